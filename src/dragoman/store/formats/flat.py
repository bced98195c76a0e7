"""Our own flat form: one row an event, in CSV, Parquet, and as properties of GeoJSON.

The columns are those of `dragoman code --to csv` (a test compares the two). Lists stand side by side: the n-th country
belongs to the n-th name. An actor of several states or sectors joins them with "/". `flat_csv`, `flat_parquet` and `geojson`
write and read the files.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from dragoman import codebook
from dragoman.records import Actor, Coded, CountKind, Document, Event, Place, Quad, Source, Status, When
from dragoman.store.formats.chosen import chosen, happened, kept
from dragoman.store.formats.form import Losses
from dragoman.store.formats.layout import Layout, Part, Told
from dragoman.store.formats.versions import current_act

Row = dict[str, Any]
COUNTS: Final[tuple[CountKind, ...]] = (
    "killed", "injured", "arrested", "displaced", "participants", "amount",
)  # fmt: skip
ENDS: Final = ("low", "best", "high")
STATUS: Final = ("polarity", "realis", "certainty")
PARTY: Final = ("names", "ids", "kinds", "countries", "sectors", "roles")
TEXT, LIST, NUMBER, WHOLE, TRUTH, DAY = "VARCHAR", "VARCHAR[]", "DOUBLE", "BIGINT", "BOOLEAN", "DATE"
TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("document", "source_id", "url", "title", "publisher", "published", "event", "type"), TEXT),
    "modes": LIST, "contexts": LIST, "quad": WHOLE, "scale": NUMBER, "cameo": TEXT, "goldstein": NUMBER,
    **{f"{side}_{part}": LIST for side in ("actor", "recipient") for part in PARTY},
    "happened": TRUTH, "polarity": TEXT, "realis": TEXT, "certainty": TEXT,
    "attribution_names": LIST, "attribution_countries": LIST, "attribution_commitments": LIST,
    "date_start": DAY, "date_end": DAY, "date_precision": TEXT, "date_text": TEXT,
    "place_name": TEXT, "place_country": TEXT, "place_admin1": TEXT, "place_lat": NUMBER, "place_lon": NUMBER,
    "place_precision": TEXT, "place_geonames_id": WHOLE,
    **{f"{kind}_{side}": NUMBER for kind in COUNTS for side in ENDS},
    "trigger": TEXT, "trigger_start": WHOLE, "trigger_end": WHOLE, "sentence": WHOLE, "sentence_text": TEXT,
    "statement": TEXT, "confidence": NUMBER, "run": TEXT,
}  # fmt: skip
COLUMNS: Final = tuple(TYPES)
HOLDS: Final = ("status", "attribution", "counts", "modes", "contexts", "period")
# What points into a text that a row does not bring along: kept with the reason of the row, and written again.
KEPT: Final = ("document", "event", "trigger_start", "trigger_end", "sentence", "statement", "run")
CANNOT_HOLD: Final = (
    "all mentions of an actor and how it was resolved",
    "anchor of the date",
    "second-order division of the place",
    "the words of counts",
    "evidence and reasons",
    "confidence of single fields",
    "statements (`dragoman code --to csv --records statements`)",
)


def flat_row(document: Document, event: Event, own: Mapping[str, str]) -> Row:
    """The row of an event; own: the cells of an imported one that point into its former text."""
    date, place, status, links = event.date, event.place, event.status, event.attribution
    sentences = document.sentences
    sentence = sentences[event.sentence] if 0 <= event.sentence < len(sentences) else None
    values: list[Any] = [
        document.id, document.source_id, document.url, document.title, document.publisher, document.published,
        event.id, event.type, list(event.modes), list(event.contexts), event.quad.code if event.quad else None,
        event.scale, event.cameo, event.goldstein,
        *_party(event.actors), *_party(event.recipients),
        happened(event), status.polarity, status.realis, status.certainty,
        [link.source.name for link in links], ["/".join(link.source.country) for link in links],
        [link.commitment or "" for link in links],
        *((date.start, date.end, date.precision, date.text) if date else (None,) * 4),
        *((place.name, place.country, place.admin1, place.lat, place.lon, place.precision, place.geonames_id)
          if place else (None,) * 7),
        *(getattr(event.counts.get(kind), side, None) for kind in COUNTS for side in ENDS),
        event.trigger.text, event.trigger.start, event.trigger.end, event.sentence,
        sentence.text if sentence else None, event.statement, event.confidence.get("record"), event.run,
    ]  # fmt: skip
    row = dict(zip(COLUMNS, values, strict=True))
    if own:
        for name in KEPT:
            cell = own.get(name)
            row[name] = int(cell) if cell is not None and TYPES[name] == WHOLE else cell
    return row


def rows_of(
    coded: Iterable[Coded], losses: Losses, name: str, *, everything: bool
) -> Iterator[tuple[Event, Row]]:
    """The events to write with their rows."""
    for document, event in chosen(coded, losses, everything=everything, holds=HOLDS):
        yield event, flat_row(document, event, kept(event, name))


def flat_layout(format: str, prepared: Callable[[Row], Row] = lambda row: row) -> Layout:
    """How the flat form is read. prepared: makes typed values of the cells of a part."""

    def part(
        slot: str,
        columns: tuple[str, ...],
        read: Callable[[Row, Losses], Told | None],
        stands: Mapping[str, str] | None = None,
    ) -> Part:
        return Part(
            slot,
            columns,
            lambda cells, losses: read(prepared({name: cells[name] for name in columns}), losses),
            stands=stands or {},
        )

    def side(slot: str, party: str) -> Part:
        columns = tuple(f"{party}_{name}" for name in PARTY)
        stands = {f"{party}_names": "name", f"{party}_ids": "id", f"{party}_roles": "role"}
        return part(slot, columns, lambda row, _: {slot: _actors(row, party)}, stands)

    def some(slot: str, begin: str, told: Callable[[Row], Told]) -> Part:
        return part(slot, tuple(name for name in COLUMNS if name.startswith(begin)), lambda row, _: told(row))

    by = f"import:{format}"
    return Layout(
        format=format,
        columns=COLUMNS,
        parts=(
            part("act", ("type", "modes", "contexts", "quad", "scale", "cameo"), _act),
            part("goldstein", ("goldstein",), lambda row, _: {"goldstein": row["goldstein"]}),
            side("actors", "actor"),
            side("recipients", "recipient"),
            part(
                "status",
                STATUS,
                lambda row, _: {"status": Status(**{name: row[name] for name in STATUS if row[name]})},
            ),
            some("attribution", "attribution_", lambda row: {"attribution": _sources(row)}),
            some("date", "date_", lambda row: {"when": _when(row, by)}),
            some("place", "place_", lambda row: {"place": _place(row, by)}),
            part(
                "counts",
                tuple(f"{kind}_{end}" for kind in COUNTS for end in ENDS),
                lambda row, _: {"counts": _counts(row)},
            ),
            part("confidence", ("confidence",), lambda row, _: {"confidence": row["confidence"]}),
        ),
        about={name: name for name in ("source_id", "url", "title", "publisher", "published")},
        kept=KEPT,
        label=("sentence_text", "trigger"),
        trigger="trigger",
    )


def _act(row: Row, losses: Losses) -> Told | None:
    act = current_act(str(row["type"] or ""), row["modes"] or [], row["contexts"] or [], losses)
    if act is None:
        losses.add("left out: an unknown event type")
        return None
    quad = codebook.load().quad(act.type)
    return {
        "type": act.type,
        "type_note": act.note,
        "modes": act.modes,
        "contexts": act.contexts,
        "quad": Quad(code=quad.code, name=quad.name) if row["quad"] is not None else None,
        "scale": row["scale"],
        "cameo": row["cameo"],
        "label": act.type,
    }


def _party(actors: Sequence[Actor]) -> tuple[list[str], ...]:
    return (
        [actor.name for actor in actors],
        [actor.id or "" for actor in actors],
        [actor.kind for actor in actors],
        ["/".join(actor.country) for actor in actors],
        ["/".join(actor.sectors) for actor in actors],
        [actor.role or "" for actor in actors],
    )


def _actors(row: Row, side: str) -> list[Actor]:
    return [
        Actor(
            name=name,
            id=id or None,
            kind=kind or "unknown",
            country=tuple(filter(None, country.split("/"))),
            sectors=tuple(filter(None, sectors.split("/"))),
            role=role or None,
        )
        for name, id, kind, country, sectors, role in zip(
            *(row.get(f"{side}_{part}") or [] for part in PARTY), strict=False
        )
    ]


def _sources(row: Row) -> list[Source]:
    parts = (row.get(f"attribution_{part}") or [] for part in ("names", "countries", "commitments"))
    return [
        Source(
            source=Actor(name=name, country=tuple(filter(None, country.split("/")))),
            commitment=commitment or None,
        )
        for name, country, commitment in zip(*parts, strict=False)
    ]


def _counts(row: Row) -> dict[CountKind, tuple[float | None, float | None, float | None]]:
    """Low, best and high of each count that the row has."""
    found = {
        kind: (row.get(f"{kind}_low"), row.get(f"{kind}_best"), row.get(f"{kind}_high")) for kind in COUNTS
    }
    return {kind: figures for kind, figures in found.items() if figures != (None, None, None)}


def _when(row: Row, by: str) -> When | None:
    if not row.get("date_precision"):
        return None
    return When(
        start=row.get("date_start"),
        end=row.get("date_end"),
        precision=row["date_precision"],
        text=row.get("date_text"),
        reason=by,
    )


def _place(row: Row, by: str) -> Place | None:
    if not row.get("place_name"):
        return None
    return Place(
        name=row["place_name"],
        country=row.get("place_country"),
        admin1=row.get("place_admin1"),
        lat=row.get("place_lat"),
        lon=row.get("place_lon"),
        precision=row.get("place_precision") or "unknown",
        geonames_id=row.get("place_geonames_id"),
        reason=by,
    )
