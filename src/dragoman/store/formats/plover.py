"""PLOVER JSON: one event a line, with the fields of the manual's chapter on data fields.

Source of fields: PLOVER_MANUAL.tex (openeventdata/PLOVER), marked there as still under development. The gold corpus is
written in the same form by `dragoman.evaluation.plover_json`; the names of sizes are taken from there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from dragoman import codebook
from dragoman.errors import InputError
from dragoman.evaluation.plover_json import SIZES
from dragoman.records import Actor, Coded, CountKind, Document, Event, Place, Source, Span, Status, When
from dragoman.store.formats.chosen import chosen, day_of, kept
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.imported import coded_row
from dragoman.store.formats.rows import open_bytes
from dragoman.store.formats.versions import current_act

Row = dict[str, Any]
CODER: Final = "dragoman"
ACCORDING, SURE = "according to ", "certainty: "
WIKIDATA: Final = "Q"
KINDS: Final[Mapping[str, CountKind]] = {
    "dead": "killed", "injured": "injured", "arrested": "arrested",
}  # fmt: skip
# The gold file of 0.5b1 writes some fields in another way.
OLDER: Final = {"event_text": "eventText", "text_info": "textInfo", "actor": "source", "recipient": "target"}


def write(coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
    """Write one JSON object a line for each event."""
    losses, encode = Losses(), msgspec.json.Encoder().encode
    holds = ("status", "attribution", "modes", "contexts", "period", "counts")
    for document, event in chosen(coded, losses, everything=everything, holds=holds):
        out.write(encode(_row(document, event, losses)) + b"\n")
    return losses.lines()


def read(path: Path, losses: Losses | None = None) -> Iterator[Coded]:
    """One document with one event for each line; the document's text is the event's sentence where the line has it."""
    losses, known = Losses() if losses is None else losses, 0
    fault = ""
    with open_bytes(path) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            where = f"{path.name}:{number}"
            try:
                row = msgspec.json.decode(line, type=Row)
            except (msgspec.DecodeError, msgspec.ValidationError) as error:
                fault = fault or f"line {number} is no JSON object ({error})"
                losses.add("left out: no JSON object in the line")
                continue
            known += 1
            if row.get("has_event", True):
                yield from _events(row, line, where, losses)
    if fault and not known:
        raise InputError(
            fault, where=str(path), do="Give a file of PLOVER JSON, one event a line; see docs/exports.md"
        )


def _row(document: Document, event: Event, losses: Losses) -> Row:
    book = codebook.load()
    when, own = event.date, kept(event, "plover")
    first = when.start or when.end if when else None
    last = when.end if when else None
    if first is None:
        stands = day_of(document, event, losses)
        first = stands.isoformat() if stands else None
    sentence = next((s for s in document.sentences if s.start <= event.trigger.start < s.end), event.trigger)
    comment = [
        *(f"{ACCORDING}{link.source.name}" for link in event.attribution),
        *([f"{SURE}{event.status.certainty}"] if event.status.certainty != "certain" else []),
    ]
    size = {
        SIZES[kind]: figure
        for kind, count in sorted(event.counts.items())
        if kind in SIZES and (figure := count.best if count.best is not None else count.low) is not None
    }
    if set(event.counts) - set(SIZES):
        losses.add("counts lost: displaced, participants, amount")
    return {
        "id": own.get("id") or event.id,
        "has_event": True,
        "date": first,
        "enddate": last if last != first else None,
        "actor": [_entity(actor) for actor in event.actors],
        "recipient": [_entity(actor) for actor in event.recipients],
        "event": [event.type],
        "event_loc": event.place.name if event.place else None,
        "event_text": [event.trigger.text],
        "quad_code": event.quad.code if event.quad else None,
        "event_scale": event.scale,
        "mode": [*event.modes, *book.auxiliary_modes(event.status)],
        "context": list(event.contexts),
        "size": size,
        "text": sentence.text,
        "text_info": {
            "sequence": int(own.get("sequence", event.sentence)),
            "start": int(own.get("start", sentence.start)),
            "end": int(own.get("end", sentence.end)),
        },
        "cite_info": {
            "citation": document.source_id or document.id,
            "url": document.url,
            "title": document.title,
            "language": document.language,
            "publication": document.publisher,
            "license": document.licence,
            "version": own.get("version") if own else event.run,
        },
        "coder": own.get("coder") or CODER,
        "coded_date": own.get("coded_date"),
        "comment": "; ".join(comment),
    }


def _entity(actor: Actor) -> Row:
    return {
        "code": ";".join(actor.country),
        "sector": ";".join(actor.sectors),
        "entity_text": actor.mentions[0].text if actor.mentions else "",
        "identifier_id": actor.id if actor.id and actor.id.startswith(WIKIDATA) else None,
        "identifier_text": actor.name,
        "office": actor.role,
    }


def _events(row: Row, line: bytes, where: str, losses: Losses) -> Iterator[Coded]:
    """The event of a line; a line that names several types gives one for each."""
    for name, older in OLDER.items():
        if name not in row and older in row:
            row[name] = row[older]
    book, types = codebook.load(), _list(row.get("event"))
    words = [str(word).casefold() for word in _list(row.get("mode"))]
    negated = any(word in words for word in ("negation", "negated"))
    realis = next((word for word in ("future", "hypothetical", "historical") if word in words), "actual")
    comment = [part.strip() for part in str(row.get("comment") or "").split(";")]
    sure = next((part.removeprefix(SURE) for part in comment if part.startswith(SURE)), "certain")
    status = Status(
        polarity="negated" if negated else "affirmed",
        realis=realis,  # type: ignore[arg-type]  # one of the four named above
        certainty=sure if sure in ("probable", "possible") else "certain",  # type: ignore[arg-type]
    )
    modes = [word for word in words if word not in book.auxiliary and word != "negated"]
    cite, info = _dict(row.get("cite_info")), _dict(row.get("text_info"))
    acts = _list(row.get("event_text"))
    if not types:
        losses.add("left out: no event type in the line")
    for kind in types:
        act = current_act(str(kind), modes, [str(c) for c in _list(row.get("context"))], losses)
        if act is None:
            losses.add("left out: an unknown event type")
            continue
        quad, scale = book.quad(act.type), row.get("event_scale")
        label = _text(row.get("text")) or " ".join(map(str, acts)) or act.type
        first = _text(row.get("date"))
        place = _text(row.get("event_loc"))
        yield coded_row(
            format="plover",
            where=where,
            key=f"{line.decode('utf-8', 'replace')}|{kind}",
            label=label,
            act=str(acts[0]) if acts else None,
            type=act.type,
            type_note=act.note,
            modes=act.modes,
            contexts=act.contexts,
            quad=quad,
            scale=float(scale) if isinstance(scale, int | float) else book.scale(act.type, act.modes),
            actors=_actors(row.get("actor"), label),
            recipients=_actors(row.get("recipient"), label),
            status=status,
            attribution=[
                Source(source=Actor(name=part.removeprefix(ACCORDING)))
                for part in comment
                if part.startswith(ACCORDING)
            ],
            when=_when(first, _text(row.get("enddate"))),
            place=Place(name=place, reason="import:plover") if place else None,
            counts={
                KINDS[name]: (float(figure), float(figure), None)
                for name, figure in _dict(row.get("size")).items()
                if name in KINDS and isinstance(figure, int | float)
            },
            kept={
                **{name: _text(row.get(name)) or "" for name in ("id", "coder", "coded_date")},
                **{
                    name: str(info[name])
                    for name in ("sequence", "start", "end")
                    if isinstance(info.get(name), int)
                },
                "version": _text(cite.get("version")) or "",
            },
            source_id=_text(cite.get("citation")),
            url=_text(cite.get("url")),
            title=_text(cite.get("title")),
            publisher=_text(cite.get("publication")),
            language=_text(cite.get("language")),
            licence=_text(cite.get("license")),
        )


def _when(first: str | None, last: str | None) -> When | None:
    if first is None and last is None:
        return None
    last = last or first
    return When(start=first, end=last, precision="day" if first == last else "range", reason="import:plover")


def _actors(value: object, text: str) -> Sequence[Actor]:
    """The entities of one side; their words are mentions where the text has them."""
    actors = []
    for each in map(_dict, _list(value)):
        code, sector = (str(each.get(name) or "").replace(",", ";") for name in ("code", "sector"))
        name = _text(each.get("identifier_text")) or _text(each.get("entity_text")) or code
        if not name:
            continue
        words = _text(each.get("entity_text"))
        at = text.find(words) if words else -1
        actors.append(
            Actor(
                name=name,
                mentions=(Span(start=at, end=at + len(words), text=words, sentence=0),)
                if words and at >= 0
                else (),
                id=_text(each.get("identifier_id")),
                country=tuple(_country(part) for part in map(str.strip, code.split(";")) if part),
                sectors=tuple(part for part in map(str.strip, sector.split(";")) if part),
                role=_text(each.get("office")),
            )
        )
    return actors


def _country(code: str) -> str:
    former = codebook.load().former("country", code)
    return former.now if former and former.now else code


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _dict(value: object) -> Row:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str | None:
    return str(value) if isinstance(value, str | int | float) and str(value) else None


PLOVER: Final = Format(
    name="plover",
    title="PLOVER JSON",
    suffix=".plover.jsonl",
    columns=(),
    write=write,
    read=read,
    cannot_hold=(
        "CAMEO code and Goldstein value",
        "kinds of actors, ids that are not Wikidata's",
        "who says so beyond the names (in the comment)",
        "displaced, participants, amount",
        "country, coordinates and GeoNames id of the place",
        "precision and words of the date",
        "the offset of the trigger (the sentence has one)",
        "statements",
        "confidence and reasons",
    ),
    approximate=(
        "status: the auxiliary modes; certainty in the comment",
        "counts: the best figure, else the lowest",
        "no day of its own: the day of publication",
    ),
)
