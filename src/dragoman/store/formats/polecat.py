"""POLECAT's public file: 40 tab-separated columns with a header, one row an event.

Source of columns: Dataverse, doi:10.7910/DVN/AJGVIT. Actors of one event stand side by side in their cells, parted by
"; "; several codes of one actor are parted by ", ". A missing word is "None", a missing number an empty cell.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Final

from dragoman import codebook
from dragoman.records import Actor, Coded, Place, PlacePrecision, Quad
from dragoman.store.formats import cameo
from dragoman.store.formats.chosen import chosen, day_of, kept, moment_of
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.imported import number
from dragoman.store.formats.layout import Cells, Layout, Part, Told, read_tabs
from dragoman.store.formats.rows import cell, write_row
from dragoman.store.formats.tables import BEYOND, codes
from dragoman.store.formats.versions import current_act

COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
NONE: Final = "None"
BETWEEN, WITHIN = "; ", ", "
SIDES: Final = {
    "actors": ("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
               "Actor Name Raw", "Wikipedia Actor ID"),
    "recipients": ("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
                   "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
}  # fmt: skip
# The feature codes of GeoNames for the kinds of our gazetteer.
FEATURES: Final = {
    "country": "PCLI", "admin1": "ADM1", "admin2": "ADM2", "capital": "PPLC", "admin1-seat": "PPLA", "town": "PPL",
    "part-of-town": "PPLX", "region": "RGN", "island": "ISL", "sea": "SEA", "river": "STM", "lake": "LK",
    "mountain": "MT", "venue": "BLDG",
}  # fmt: skip
WIDE: Final = ("RGN", "SEA", "STM", "LK", "MT")
KINDS: Final = {feature: kind for kind, feature in FEATURES.items()}
KEPT: Final = (
    "Event ID", "Wikipedia Actor ID", "Wikipedia Recipient ID", "Actor COW", "Recipient COW", "Raw Placename",
    "Actor Name Raw", "Recipient Name Raw", "Feature Type", "Story People", "Story Organizations", "Story Locations",
    "Version",
)  # fmt: skip


def write(coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
    """Write one row for each event."""
    losses = Losses()
    write_row(out, COLUMNS)
    for document, event in chosen(coded, losses, everything=everything, holds=("modes", "contexts")):
        when = day_of(document, event, losses)
        if when is None:
            losses.add("left out: neither the act nor the document has a day")
            continue
        place, own, moment = event.place, kept(event, "polecat"), moment_of(document)
        people = [entity.actor for entity in document.entities]
        story = {
            "Story People": BETWEEN.join(_word(a.name) for a in people if a.kind == "person"),
            "Story Organizations": BETWEEN.join(
                _word(a.name) for a in people if a.kind in ("organisation", "group")
            ),
            "Story Locations": BETWEEN.join(
                dict.fromkeys(_word(t.place.name) for t in document.toponyms if t.place is not None)
            ),
        }
        cells: dict[str, object] = {
            "Event ID": f"{document.source_id or document.id}_{event.type}_{event.id}",
            "Event Date": when.isoformat(),
            "Event Type": event.type,
            "Event Mode": BETWEEN.join(event.modes),
            "Quad Code": event.quad.name.upper() if event.quad else "",
            "Contexts": BETWEEN.join(event.contexts),
            **_actor_cells(event.actors, SIDES["actors"]),
            **_actor_cells(event.recipients, SIDES["recipients"]),
            **_place_cells(place),
            "Source": document.publisher,
            "Publication Date": moment.date().isoformat() if moment else "",
            **story,
            "Language": document.language,
            "Version": event.run,
        }
        if own:
            cells |= {name: own.get(name, "") for name in KEPT}
        numbers = {
            "Intensity": event.scale,
            "Latitude": place.lat if place else None,
            "Longitude": place.lon if place else None,
            "GeoNames ID": place.geonames_id if place else None,
        }
        row = {name: cell(cells.get(name)) or NONE for name in COLUMNS} | numbers
        write_row(out, (row[name] for name in COLUMNS))
    return losses.lines()


def read(path: Path, losses: Losses | None = None) -> Iterator[Coded]:
    """One document with one event for each row."""
    losses = Losses() if losses is None else losses
    return read_tabs(LAYOUT, path, losses, title="POLECAT", header=True)


def _act(cells: Cells, losses: Losses) -> Told | None:
    act = current_act(cells["Event Type"], _several(cells["Event Mode"]), _several(cells["Contexts"]), losses)
    if act is None:
        losses.add("left out: an unknown event type")
        return None
    scale, book = number(cells["Intensity"]), codebook.load()
    return {
        "type": act.type,
        "type_note": act.note,
        "modes": act.modes,
        "contexts": act.contexts,
        "quad": _quads().get(cells["Quad Code"].lower()),
        "scale": book.scale(act.type, act.modes) if scale is None else scale,
        "label": " ".join((act.type, *act.modes)),
    }


@cache
def _quads() -> Mapping[str, Quad]:
    book = codebook.load()
    return {quad.name: Quad(code=quad.code, name=quad.name) for quad in map(book.quad, book.types)}


def _side(slot: str) -> Part:
    columns = SIDES[slot][:6]
    return Part(
        slot,
        columns,
        lambda cells, _: {slot: _actors(cells, columns)},
        stands={columns[0]: "name", columns[5]: "role"},
    )


def _story(cells: Cells, _: Losses) -> Told:
    return {"source_id": cells["Event ID"].split(f"_{cells['Event Type']}")[0] or None}


def _word(text: str | None) -> str:
    """A word that may stand beside others in one cell."""
    return cell(text).replace(";", ",") or NONE


def _several(text: str) -> list[str]:
    return [part for part in map(str.strip, text.split(";")) if part and part != NONE]


def _actor_cells(actors: Sequence[Actor], columns: Sequence[str]) -> dict[str, str]:
    """The eight cells of one side; each actor has its place in every cell, so that they can be parted together."""
    tables = codes()
    parts: tuple[Callable[[Actor], str], ...] = (
        lambda actor: actor.name,
        lambda actor: WITHIN.join(actor.country),
        lambda actor: WITHIN.join(filter(None, (tables.countries[c].cow for c in actor.country if c in tables.countries))),
        lambda actor: actor.sectors[0] if actor.sectors else "",
        lambda actor: WITHIN.join(actor.sectors),
        lambda actor: actor.role or "",
        lambda actor: actor.mentions[0].text if actor.mentions else "",
        lambda actor: "",  # Wikipedia's titles are not known here; ids of Wikidata would not join
    )  # fmt: skip
    return {
        column: BETWEEN.join(_word(part(actor)) for actor in actors)
        for column, part in zip(columns, parts, strict=True)
    }


def _actors(row: Cells, columns: Sequence[str]) -> list[Actor]:
    """The actors of one side, parted together."""
    name, country, _, primary, sectors, title, *_ = columns
    cells = {column: row[column].split(";") for column in (name, country, primary, sectors, title)}
    many = max(len(cells[column]) for column in (name, country))

    def at(column: str, place: int) -> str:
        parts = cells[column]
        text = parts[place].strip() if place < len(parts) else ""
        return "" if text == NONE else text

    actors = []
    for place in range(many):
        countries = [code for code in re.split("[, ]+", at(country, place)) if code]
        codes_of = [code for code in re.split("[, ]+", f"{at(primary, place)} {at(sectors, place)}") if code]
        words = at(name, place)
        if not words and not countries and not codes_of:
            continue
        actors.append(
            Actor(
                name=words or " ".join(dict.fromkeys((*countries, *codes_of))),
                country=tuple(dict.fromkeys(map(_country, countries))),
                sectors=tuple(dict.fromkeys(code for code in codes_of if code not in BEYOND)),
                role=at(title, place) or None,
            )
        )
    return actors


def _country(code: str) -> str:
    former = codebook.load().former("country", code)
    return former.now if former and former.now else code


def _place_cells(place: Place | None) -> dict[str, object]:
    if place is None:
        return {}
    town = place.precision in ("exact", "near")
    return {
        "Placename": place.name,
        "City": place.name if town else "",
        "District": place.name if place.precision == "admin2" else place.admin2,
        "Province": place.name if place.precision == "admin1" else place.admin1,
        "Country": place.country,
        "Raw Placename": place.span.text if place.span else "",
        "Feature Type": FEATURES.get(place.kind or "", ""),
    }


def _place(row: Cells) -> Place | None:
    city, district, province, country = row["City"], row["District"], row["Province"], row["Country"]
    name = row["Placename"] or city or district or province or country
    if not name:
        return None
    identifier = number(row["GeoNames ID"])
    return Place(
        name=name,
        geonames_id=None if identifier is None else int(identifier),
        kind=KINDS.get(row["Feature Type"]),
        admin1=province or None,
        admin2=district or None,
        country=_country(country) if country else None,
        lat=number(row["Latitude"]),
        lon=number(row["Longitude"]),
        precision=_precision(row, name),
        reason="import:polecat",
    )


def _precision(row: Cells, name: str) -> PlacePrecision:
    """How exact the place is, by which of the cells below the country its name stands in."""
    if row["City"]:
        return "exact"
    if row["Feature Type"] in WIDE:
        return "region"
    if name == row["District"]:
        return "admin2"
    if name == row["Province"]:
        return "admin1"
    return "country" if row["Country"] and not row["District"] and not row["Province"] else "unknown"


LAYOUT: Final = Layout(
    format="polecat",
    columns=COLUMNS,
    parts=(
        Part("act", ("Event Type", "Event Mode", "Contexts", "Quad Code", "Intensity"), _act),
        _side("actors"),
        _side("recipients"),
        cameo.day_part("Event Date", "polecat"),
        Part(
            "place",
            (
                "Placename",
                "City",
                "District",
                "Province",
                "Country",
                "Latitude",
                "Longitude",
                "GeoNames ID",
                "Feature Type",
            ),
            lambda cells, _: {"place": _place(cells)},
        ),
        Part(
            "about",
            ("Event ID", "Event Type"),
            _story,
            gives=("source_id",),
            sql={"source_id": """nullif(split_part("Event ID", concat('_', "Event Type"), 1), '')"""},
        ),
    ),
    about={"publisher": "Source", "published": "Publication Date", "language": "Language"},
    kept=KEPT,
    nulls=(NONE,),
)
POLECAT: Final = Format(
    name="polecat",
    title="POLECAT",
    suffix=".DV.txt",
    columns=COLUMNS,
    write=write,
    read=read,
    cannot_hold=(
        "status",
        "attribution",
        "CAMEO code and Goldstein value",
        "counts",
        "last day of a period",
        "ids and kinds of actors",
        "the words: trigger, evidence, offsets",
        "address and title of the article",
        "statements",
        "confidence and reasons",
        "precision of the place",
    ),
    layout=LAYOUT,
    approximate=(
        "no day of its own: the day of publication",
        "Wikipedia ids: None, ours are Wikidata's",
        'semicolons in names: commas; a country or sector list of one actor: joined with ", "',
    ),
)
