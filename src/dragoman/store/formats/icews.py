"""ICEWS coded event data: 20 tab-separated columns with a header, a row for each source and target.

Source of columns: Dataverse, doi:10.7910/DVN/28075.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from dragoman import codebook
from dragoman.records import Actor, Coded, Document, Place
from dragoman.store.formats import cameo
from dragoman.store.formats.chosen import chosen, day_of, kept, pairs_of, whole_number
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.imported import number
from dragoman.store.formats.layout import Cells, Layout, Part, read_tabs
from dragoman.store.formats.rows import write_row
from dragoman.store.formats.tables import codes

COLUMNS: Final = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
NONE: Final = ("", "NULL")
KEPT: Final = ("Event ID", "Event Text", "Source Sectors", "Target Sectors", "Sentence Number")
# Sectors are parted by a comma alone; a comma with a blank belongs to a name ("Mechanized (Ships, Tanks, Planes)").
_PARTED: Final = re.compile(",(?! )")


def write(coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
    """Write one row for each pair of source and target."""
    losses, book = Losses(), codebook.load()
    write_row(out, COLUMNS)
    for document, event in chosen(coded, losses, everything=everything, holds=()):
        when = day_of(document, event, losses)
        if when is None:
            losses.add("left out: neither the act nor the document has a day")
            continue
        code, goldstein = cameo.code_of(event)
        own = kept(event, "icews")
        for part, (actor, recipient) in enumerate(pairs_of(event, losses)):
            source, target = (recipient, actor) if cameo.sides_change(code) else (actor, recipient)
            if source is None or target is None:
                losses.add("without source or target: empty cells, which ICEWS itself never has")
            write_row(
                out,
                (
                    own.get("Event ID") or whole_number(event.id, part),
                    when.isoformat(),
                    *_actor_cells(source, own.get("Source Sectors"), losses),
                    own.get("Event Text") or book.cameo_codes[code].name,
                    code,
                    goldstein,
                    *_actor_cells(target, own.get("Target Sectors"), losses),
                    _story(document),
                    own.get("Sentence Number") or event.sentence + 1,
                    document.publisher,
                    *_place_cells(event.place, losses),
                ),
            )
    return losses.lines()


def read(path: Path, losses: Losses | None = None) -> Iterator[Coded]:
    """One document with one event for each row."""
    losses = Losses() if losses is None else losses
    return read_tabs(LAYOUT, path, losses, title="ICEWS", header=True)


def _actor_cells(actor: Actor | None, own: str | None, losses: Losses) -> tuple[str, str, str]:
    """Name, sectors and country of an actor, in the words of ICEWS; own: the sectors of an imported row."""
    if actor is None:
        return "", "", ""
    tables = codes()
    first = actor.country[0] if actor.country else ""
    words = [tables.beyond_icews[first]] if first in tables.beyond_icews else []
    for sector in actor.sectors:
        known = tables.sectors.get(sector)
        if known is None or not known.exact:
            losses.add("sectors that ICEWS has no name of their own for (PRE PRM SOC UNK)")
        if known is not None and known.icews:
            words.append(known.icews)
    if len(actor.country) > 1:
        losses.add("further countries of an actor lost")
    if first in ("UNO", "EUR"):
        losses.add("UNO and EUR written as international organisations (Global, Regional)")
    country = tables.countries[first].icews if first in tables.countries else ""
    return actor.name, own or ",".join(words), country


def _side(slot: str, side: str) -> Part:
    columns = tuple(f"{side} {part}" for part in ("Name", "Sectors", "Country"))
    return Part(
        slot,
        columns,
        lambda cells, losses: {"actor": _actor(cells, side, losses)},
        stands={f"{side} Name": "name"},
    )


def _actor(row: Cells, side: str, losses: Losses) -> Actor | None:
    name, words, place = row[f"{side} Name"], row[f"{side} Sectors"], row[f"{side} Country"]
    if not name and not words and not place:
        return None
    tables = codes()
    country = tables.of_icews.get(place.casefold(), "")
    sectors: list[str] = []
    if place and not country:
        losses.add("countries of an unknown name")
    for word in filter(None, _PARTED.split(words)):
        its_sectors, beyond = tables.icews_sectors.get(word, ((), ""))
        sectors.extend(its_sectors)
        country = country or beyond
        if not its_sectors and not beyond:
            losses.add("sectors of ICEWS that PLOVER has no code for (peoples, religions, tendencies)")
    return Actor(
        name=name or place,
        kind="country" if name == place and not words else "unknown",
        country=(country,) if country else (),
        sectors=tuple(dict.fromkeys(sectors)),
    )


def _place_cells(place: Place | None, losses: Losses) -> tuple[object, ...]:
    """City, district, province, country, latitude, longitude."""
    if place is None:
        return "", "", "", "", None, None
    known = codes().countries.get(place.country or "")
    country = known.icews if known else ""
    names: dict[str, tuple[str | None, str | None, str | None]] = {
        "exact": (place.name, place.admin2, place.admin1),
        "near": (place.name, place.admin2, place.admin1),
        "admin2": (None, place.name, place.admin1),
        "admin1": (None, None, place.name),
        "country": (None, None, None),
    }
    if place.precision not in names or (place.precision == "country" and not country):
        losses.add("places that are no country, division or town lost, but for their country")
        return "", "", "", country, *((place.lat, place.lon) if country else (None, None))
    return *names[place.precision], country, place.lat, place.lon


def _place(row: Cells) -> Place | None:
    city, district, province, country = row["City"], row["District"], row["Province"], row["Country"]
    name = city or district or province or country
    if not name:
        return None
    return Place(
        name=name,
        admin1=province or None,
        admin2=district or None,
        country=codes().of_icews.get(country.casefold()),
        lat=number(row["Latitude"]),
        lon=number(row["Longitude"]),
        precision="exact" if city else "admin2" if district else "admin1" if province else "country",
        reason="import:icews",
    )


def _story(document: Document) -> str | int:
    given = document.source_id or ""
    return given if given.isdigit() else whole_number(document.id)


LAYOUT: Final = Layout(
    format="icews",
    columns=COLUMNS,
    parts=(
        _side("source", "Source"),
        _side("target", "Target"),
        cameo.act_part("CAMEO Code", three_digits=True),
        cameo.goldstein_part("Intensity"),
        cameo.day_part("Event Date", "icews"),
        Part(
            "place",
            ("City", "District", "Province", "Country", "Latitude", "Longitude"),
            lambda cells, _: {"place": _place(cells)},
        ),
    ),
    about={"source_id": "Story ID", "publisher": "Publisher", "published": "Event Date"},
    kept=KEPT,
    label=("Event Text",),
    nulls=NONE[1:],
)
ICEWS: Final = Format(
    name="icews",
    title="ICEWS coded event data",
    suffix=".tab",
    columns=COLUMNS,
    write=write,
    read=read,
    cannot_hold=(
        *cameo.CANNOT_HOLD,
        "ids, kinds and offices of actors",
        "the words: trigger, evidence, offsets",
        "address and title of the article",
        "statements",
        "confidence and reasons",
        "GeoNames id and precision of the place",
    ),
    layout=LAYOUT,
    approximate=(
        "several parties: a row for each pair",
        "UNO and EUR: IGO",
        *cameo.SECTORS_LOST,
        "no day of its own: the day of publication",
    ),
)
