"""Phoenix: 26 tab-separated columns without a header, a row for each source and target.

Source of columns: openeventdata/phoenix_pipeline, postprocess.py, `create_strings`.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final

from dragoman import codebook
from dragoman.records import Actor, Coded, Place
from dragoman.store.formats import cameo
from dragoman.store.formats.chosen import chosen, day_of, kept, pairs_of, whole_number
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.imported import number, read_day
from dragoman.store.formats.layout import Cells, Layout, Part, Told, read_tabs
from dragoman.store.formats.rows import write_row
from dragoman.store.formats.tables import codes

ACTOR: Final = ("Full", "Entity", "Role", "Attribute")
COLUMNS: Final = (
    "EventID", "Date", "Year", "Month", "Day", *(f"SourceActor{part}" for part in ACTOR),
    *(f"TargetActor{part}" for part in ACTOR), "EventCode", "EventRootCode", "QuadClass", "GoldsteinScore", "Issues",
    "Lat", "Lon", "LocationName", "StateName", "CountryName", "SentenceIDs", "URLs", "NewsSources",
)  # fmt: skip
SIDES: Final = {side: tuple(f"{side}Actor{part}" for part in ACTOR) for side in ("Source", "Target")}
KEPT: Final = ("EventID", "Issues", "SentenceIDs", "URLs", "NewsSources", *SIDES["Source"], *SIDES["Target"])
# What Phoenix takes for the role of an actor; of several pieces the first of these is it, the rest are attributes.
ROLES: Final = (
    "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL",
)  # fmt: skip


def write(coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
    """Write one row for each pair of source and target."""
    losses, book = Losses(), codebook.load()
    for document, event in chosen(coded, losses, everything=everything, holds=()):
        when = day_of(document, event, losses)
        if when is None:
            losses.add("left out: neither the act nor the document has a day")
            continue
        code, goldstein = cameo.code_of(event)
        entry, own, place = book.cameo_codes[code], kept(event, "phoenix"), event.place
        for part, (actor, recipient) in enumerate(pairs_of(event, losses)):
            source, target = (recipient, actor) if cameo.sides_change(code) else (actor, recipient)
            if source is None or target is None:
                losses.add("without source or target: empty cells, which Phoenix itself leaves out")
            at_country = place is not None and place.precision == "country"
            country = codes().countries.get(place.country or "") if place else None
            write_row(
                out,
                (
                    own.get("EventID") or f"{whole_number(event.id, part)}_{event.run or 0}",
                    f"{when:%Y%m%d}",
                    f"{when:%Y}",
                    f"{when:%m}",
                    f"{when:%d}",
                    *_actor_cells(source, "Source", own, losses),
                    *_actor_cells(target, "Target", own, losses),
                    code,
                    entry.root,
                    entry.quad_phoenix,
                    goldstein,
                    own.get("Issues"),
                    place.lat if place else None,
                    place.lon if place else None,
                    place.name
                    if place and not (place.precision == "admin1" or (at_country and country))
                    else "",
                    (place.name if place.precision == "admin1" else place.admin1) if place else "",
                    country.name if country else "",
                    own.get("SentenceIDs") or f"{document.source_id or document.id}_{event.sentence + 1}",
                    own.get("URLs") or document.url,
                    own.get("NewsSources") or document.publisher,
                ),
            )
    return losses.lines()


def read(path: Path, losses: Losses | None = None) -> Iterator[Coded]:
    """One document with one event for each row."""
    losses = Losses() if losses is None else losses
    return read_tabs(LAYOUT, path, losses, title="Phoenix", header=False)


def _side(slot: str, side: str) -> Part:
    column = f"{side}ActorFull"

    def read(cells: Cells, losses: Losses) -> Told:
        return {"actor": cameo.actor_of("", cameo.pieces_of(cells[column].strip("-")), losses)}

    return Part(slot, (column,), read)


def _story(cells: Cells, _: Losses) -> Told:
    story, _, _ = cells["SentenceIDs"].split(";")[0].rpartition("_")
    return {"source_id": story or None}


def _published(cells: Cells, _: Losses) -> Told:
    on = read_day(cells["Date"])
    return {"published": on.isoformat() if on else None}


def _first(field: str, column: str) -> Part:
    """The first of several in one cell."""
    return Part(
        "about",
        (column,),
        lambda cells, _: {field: cells[column].split(";")[0] or None},
        gives=(field,),
        sql={field: f"""nullif(split_part("{column}", ';', 1), '')"""},
    )


def _actor_cells(actor: Actor | None, side: str, own: Mapping[str, str], losses: Losses) -> tuple[str, ...]:
    """Full code, entity (a country, or IGO NGO MNC IMG), role, and the rest joined with ";"; own: an imported row."""
    if own:
        return tuple(own.get(column, "") for column in SIDES[side])
    code = cameo.actor_code(actor, losses)
    entity = code.beyond or code.country
    role = next((piece for piece in code.roles if piece in ROLES), "")
    others = [
        code.country if code.beyond else "",
        code.group,
        *(piece for piece in code.roles if piece != role),
    ]
    return code.whole, entity, role, ";".join(filter(None, others))


def _place(row: Cells) -> Place | None:
    town, state, country = row["LocationName"], row["StateName"], row["CountryName"]
    name = town or state or country
    if not name:
        return None
    return Place(
        name=name,
        admin1=state or None,
        country=codes().of_icews.get(country.casefold()),
        lat=number(row["Lat"]),
        lon=number(row["Lon"]),
        precision="exact" if town else "admin1" if state else "country",
        reason="import:phoenix",
    )


LAYOUT: Final = Layout(
    format="phoenix",
    columns=COLUMNS,
    parts=(
        _side("source", "Source"),
        _side("target", "Target"),
        cameo.act_part("EventCode"),
        cameo.goldstein_part("GoldsteinScore"),
        cameo.day_part("Date", "phoenix"),
        Part(
            "place",
            ("Lat", "Lon", "LocationName", "StateName", "CountryName"),
            lambda cells, _: {"place": _place(cells)},
        ),
        Part(
            "about",
            ("SentenceIDs",),
            _story,
            gives=("source_id",),
            sql={
                "source_id": """nullif(regexp_extract(split_part("SentenceIDs", ';', 1), '^(.*)_', 1), '')"""
            },
        ),
        Part("about", ("Date",), _published, gives=("published",)),
        _first("url", "URLs"),
        _first("publisher", "NewsSources"),
    ),
    kept=KEPT,
)
PHOENIX: Final = Format(
    name="phoenix",
    title="Phoenix",
    suffix=".phoenix.txt",
    columns=COLUMNS,
    write=write,
    read=read,
    cannot_hold=(
        *cameo.CANNOT_HOLD,
        "names, ids, kinds and offices of actors",
        "the words: trigger, evidence, offsets",
        "title of the article",
        "statements",
        "confidence and reasons",
        "GeoNames id, second-order division and precision of the place",
    ),
    layout=LAYOUT,
    approximate=(
        "several parties: a row for each pair",
        *cameo.SECTORS_LOST,
        "no day of its own: the day of publication",
        "Issues: empty, they are Phoenix's own lists of words",
    ),
)
