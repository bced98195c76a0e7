"""The codes of other systems: countries, sectors and kinds beyond states, there and back.

Tables under `data`; `countries.csv`, `icews_sectors.csv` and `admin1.csv` are made by `scripts/build_formats.py`.
"""

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

DATA: Final = files("dragoman.store.formats") / "data"
BEYOND: Final = frozenset(("UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"))


@dataclass(frozen=True, slots=True)
class Country:
    """One country in the codes of other systems; an empty string where a system has none."""

    iso3: str
    name: str
    fips: str
    cow: str
    cameo: str
    icews: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A PLOVER sector in CAMEO and in ICEWS; exact: the code there leads back to it."""

    plover: str
    cameo: str
    exact: bool
    icews: str


@dataclass(frozen=True, slots=True)
class Codes:
    """All tables, each by what it is looked up with.

    of_fips, of_cow, of_cameo, of_icews: their code or name (ICEWS: in small letters) to ISO alpha-3.
    roles: CAMEO role to (kind, PLOVER code or "" where PLOVER has none); kind: sector, beyond or region.
    beyond_cameo: PLOVER's code beyond states to the pieces of a CAMEO actor code.
    beyond_icews: the same to a sector of ICEWS. icews_sectors: ICEWS sector to (sectors, code beyond states).
    divisions: FIPS country and folded name of a division to its FIPS code.
    """

    countries: Mapping[str, Country]
    of_fips: Mapping[str, str]
    of_cow: Mapping[str, str]
    of_cameo: Mapping[str, str]
    of_icews: Mapping[str, str]
    sectors: Mapping[str, Sector]
    roles: Mapping[str, tuple[str, str]]
    beyond_cameo: Mapping[str, tuple[str, ...]]
    beyond_icews: Mapping[str, str]
    icews_sectors: Mapping[str, tuple[tuple[str, ...], str]]
    divisions: Mapping[tuple[str, str], str]


def fold(name: str) -> str:
    """A name without accents, case and marks, so that two spellings meet."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


@cache
def codes() -> Codes:
    """Read the tables; the second call gives the same object."""
    countries = {
        row["iso3"]: Country(
            row["iso3"], row["name"], row["fips"], row["cow"], row["cameo"], row["icews"] or row["name"]
        )
        for row in _rows("countries.csv")
    }
    return Codes(
        countries=countries,
        of_fips=_back(("fips", "fips_other"), " "),
        of_cow=_back(("cow",), " "),
        of_cameo=_back(("cameo", "cameo_other"), " "),
        of_icews={name.casefold(): iso for name, iso in _back(("icews", "icews_other", "name"), "|").items()},
        sectors={
            row["plover"]: Sector(row["plover"], row["cameo"], row["exact"] == "yes", row["icews"])
            for row in _rows("sectors.csv")
        },
        roles={row["cameo"]: (row["kind"], row["plover"]) for row in _rows("roles.csv")},
        beyond_cameo={row["plover"]: tuple(row["cameo"].split()) for row in _rows("beyond.csv")},
        beyond_icews={row["plover"]: row["icews"] for row in _rows("beyond.csv")},
        icews_sectors={
            row["name"]: (tuple(row["sectors"].split()), row["beyond"]) for row in _rows("icews_sectors.csv")
        },
        divisions={(row["fips"], fold(row["name"])): row["code"] for row in _rows("admin1.csv")},
    )


def _back(columns: Iterable[str], separator: str) -> dict[str, str]:
    """Their codes to ours; a code of the first column is not taken by a later one."""
    found: dict[str, str] = {}
    for column in columns:
        for row in _rows("countries.csv"):
            for code in filter(None, row[column].split(separator)):
                found.setdefault(code, row["iso3"])
    return found


@cache
def _rows(table: str) -> tuple[dict[str, str], ...]:
    text = (DATA / table).read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))
