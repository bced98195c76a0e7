"""GDELT 2.0 Events: 61 tab-separated columns without a header; read also from GDELT 1.0 (57 or 58 columns).

Source of columns: The GDELT Event Database, Data Format Codebook V2.0, 2015-02-19.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO, Final

from dragoman import codebook
from dragoman.records import Actor, Coded, Document, Event, Place
from dragoman.store.formats import cameo
from dragoman.store.formats.chosen import chosen, day_of, kept, moment_of, pairs_of, whole_number
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.imported import number
from dragoman.store.formats.layout import Cells, Layout, Part, Told, read_tabs
from dragoman.store.formats.rows import cell, open_bytes, write_row
from dragoman.store.formats.tables import codes, fold

ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
GEO: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: Final = (
    "GLOBALEVENTID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{part}" for part in ACTOR), *(f"Actor2{part}" for part in ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
OLD_COLUMNS: Final = tuple(
    name for name in COLUMNS if not name.endswith("ADM2Code")
)  # GDELT 1.0 since 2013-04
OLDEST_COLUMNS: Final = OLD_COLUMNS[:-1]  # and before, without SOURCEURL
MAX_TYPES: Final = 3
NO_PLACE: Final = (0, "", "", "", "", None, None, "")
USA: Final = "USA"
# What a row has and a record does not: kept with the reason of the row, and written again.
KEPT: Final = (
    "GLOBALEVENTID", "IsRootEvent", "NumMentions", "NumSources", "NumArticles", "AvgTone", "DATEADDED",
    *(f"ActionGeo_{part}" for part in GEO if part not in ("Lat", "Long")),
    *(f"{who}{part}" for who in ("Actor1", "Actor2") for part in ACTOR if part != "Name"),
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2") for part in GEO),
)  # fmt: skip


def write(coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
    """Write one row for each pair of actors."""
    losses, book = Losses(), codebook.load()
    for document, event in chosen(coded, losses, everything=everything, holds=()):
        when = day_of(document, event, losses)
        if when is None:
            losses.add("left out: neither the act nor the document has a day")
            continue
        code, goldstein = cameo.code_of(event)
        entry, own = book.cameo_codes[code], kept(event, "gdelt")
        for part, (actor, recipient) in enumerate(pairs_of(event, losses)):
            one, two = (recipient, actor) if cameo.sides_change(code) else (actor, recipient)
            write_row(
                out,
                (
                    own.get("GLOBALEVENTID") or whole_number(event.id, part),
                    f"{when:%Y%m%d}",
                    f"{when:%Y%m}",
                    f"{when:%Y}",
                    fraction(when),
                    *_actor_cells(one, "Actor1", own, losses),
                    *_actor_cells(two, "Actor2", own, losses),
                    own.get("IsRootEvent") or int(is_lead(document, event)),
                    code,
                    code[:3],
                    entry.root,
                    entry.quad,
                    goldstein,
                    *(own.get(f"Num{what}") or 1 for what in ("Mentions", "Sources", "Articles")),
                    own.get("AvgTone"),
                    *_kept_place("Actor1", own),
                    *_kept_place("Actor2", own),
                    *_place_cells(event.place, own, losses),
                    own.get("DATEADDED") or added(document),
                    document.url,
                ),
            )
    return losses.lines()


def read(path: Path, losses: Losses | None = None) -> Iterator[Coded]:
    """One document with one event for each row."""
    losses = Losses() if losses is None else losses
    return read_tabs(LAYOUT, path, losses, title="GDELT 2.0 Events", header=False, columns=columns_of(path))


def fraction(when: date) -> str:
    """The date as a year with four digits of fraction, months of 30 days, as the codebook has it."""
    return f"{when.year + ((when.month - 1) * 30 + when.day) / 365:.4f}"


def is_lead(document: Document, event: Event) -> bool:
    """True if the act stands in the title or in the first paragraph after it, GDELT's sign of importance."""
    breaks = 1 if document.title and document.text.startswith(document.title) else 0
    return document.text.count("\n\n", 0, event.trigger.start) <= breaks


def added(document: Document) -> str:
    """Time of publication as YYYYMMDDHHMMSS in UTC; empty where unknown."""
    moment = moment_of(document)
    return f"{moment:%Y%m%d%H%M%S}" if moment else ""


def published(stamp: str) -> str | None:
    """GDELT's time (2.0: YYYYMMDDHHMMSS, 1.0: YYYYMMDD) as ISO 8601, or null."""
    if not stamp.isdigit() or len(stamp) not in (len("20230626"), len("20230626101500")):
        return None
    text = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"
    clock = stamp[8:]
    return f"{text}T{clock[:2]}:{clock[2:4]}:{clock[4:]}+00:00" if clock else text


def columns_of(path: Path) -> tuple[str, ...]:
    """The columns of a file by the width of its first line: 61 in 2.0, 58 and 57 in 1.0."""
    with open_bytes(path) as file:
        width = file.readline().count(b"\t") + 1
    return {len(OLD_COLUMNS): OLD_COLUMNS, len(OLDEST_COLUMNS): OLDEST_COLUMNS}.get(width, COLUMNS)


def _actor_cells(actor: Actor | None, who: str, own: Mapping[str, str], losses: Losses) -> tuple[str, ...]:
    """The ten columns of one actor."""
    name = actor.name.upper() if actor else ""
    if own:
        return tuple(name if part == "Name" else own.get(f"{who}{part}", "") for part in ACTOR)
    code = cameo.actor_code(actor, losses)
    types = [code.beyond, *code.roles] if code.beyond else list(code.roles)
    if len(types) > MAX_TYPES:
        losses.add("roles of an actor beyond the third lost")
    types = [*types, "", "", ""][:MAX_TYPES]
    return (code.whole, name, code.country, code.group, "", "", "", *types)


def _side(slot: str, who: str) -> Part:
    parts = ("CountryCode", "KnownGroupCode", "Type1Code", "Type2Code", "Type3Code")
    columns = (f"{who}Name", f"{who}Code", *(f"{who}{part}" for part in parts))

    def read(cells: Cells, losses: Losses) -> Told:
        name, code, *pieces = (cells[column] for column in columns)
        return {"actor": cameo.actor_of(name or code, pieces, losses)}

    return Part(slot, columns, read, stands={f"{who}Name": "name"})


def _kept_place(who: str, own: Mapping[str, str]) -> tuple[object, ...]:
    """The place of an actor: of ours none is known, type 0 as GDELT writes it."""
    if not own:
        return NO_PLACE
    return tuple(own.get(f"{who}Geo_{part}", "0" if part == "Type" else "") for part in GEO)


def _place_cells(place: Place | None, own: Mapping[str, str], losses: Losses) -> tuple[object, ...]:
    """The eight columns of the place of the act; own: the cells of an imported row."""
    if place is None:
        return NO_PLACE
    if own:
        names = {"Lat": place.lat, "Long": place.lon}
        return tuple(names[part] if part in names else own.get(f"ActionGeo_{part}", "") for part in GEO)
    tables = codes()
    country = tables.countries.get(place.country or "")
    american = place.country == USA
    if country is None or place.precision in ("region", "unknown"):
        losses.add("places that are no country, division or town lost")
        return NO_PLACE
    if place.precision == "country":
        parts, kind, division = [country.name], 1, None
    elif place.precision == "admin1":
        parts, kind, division = [place.name, country.name], 2 if american else 5, place.name
    else:
        division = place.admin1
        parts = [place.name, *([division] if division else []), country.name]
        kind = 3 if american else 4
    code = country.fips + tables.divisions.get((country.fips, fold(division or "")), "")
    feature = code if kind in (1, 2, 5) else ""
    full = ", ".join(cell(name).replace(",", "") for name in parts)
    return kind, full, country.fips, code, "", place.lat, place.lon, feature


def _place(row: Cells) -> Place | None:
    kind, full = row["ActionGeo_Type"], row["ActionGeo_FullName"]
    if kind in ("", "0") or not full:
        return None
    name, *rest = (part.strip() for part in full.split(","))
    return Place(
        name=name,
        admin1=rest[0] if len(rest) > 1 else name if kind in "25" else None,
        country=codes().of_fips.get(row["ActionGeo_CountryCode"]),
        lat=number(row["ActionGeo_Lat"]),
        lon=number(row["ActionGeo_Long"]),
        precision="country" if kind == "1" else "admin1" if kind in "25" else "exact",
        reason="import:gdelt",
    )


LAYOUT: Final = Layout(
    format="gdelt",
    columns=COLUMNS,
    parts=(
        _side("source", "Actor1"),
        _side("target", "Actor2"),
        cameo.act_part("EventCode"),
        cameo.goldstein_part("GoldsteinScale"),
        cameo.day_part("Day", "gdelt"),
        Part(
            "place",
            tuple(f"ActionGeo_{part}" for part in ("Type", "FullName", "CountryCode", "Lat", "Long")),
            lambda cells, _: {"place": _place(cells)},
        ),
        Part(
            "about",
            ("DATEADDED",),
            lambda cells, _: {"published": published(cells["DATEADDED"])},
            gives=("published",),
        ),
    ),
    about={"url": "SOURCEURL"},
    kept=KEPT,
)
GDELT: Final = Format(
    name="gdelt",
    title="GDELT 2.0 Events",
    suffix=".export.CSV",
    columns=COLUMNS,
    write=write,
    read=read,
    cannot_hold=(
        *cameo.CANNOT_HOLD,
        "ids, kinds and offices of actors",
        "the words: trigger, evidence, offsets (offsets: gdelt-mentions)",
        "title and publisher of the article",
        "statements",
        "confidence (gdelt-mentions has it) and reasons",
        "GeoNames id, second-order division and precision of the place",
    ),
    layout=LAYOUT,
    approximate=(
        "names: in capitals",
        "several parties: a row for each pair",
        "roles of an actor: three",
        *cameo.SECTORS_LOST,
        "commas in place names: none",
        "no day of its own: the day of publication",
        "NumMentions, NumSources, NumArticles: 1, each event is one report",
        "AvgTone: empty, tone is not measured",
        "Actor1Geo, Actor2Geo: none",
        "names of places below a division: type 4 (3 in the USA)",
    ),
)
