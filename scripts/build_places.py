"""Build the gazetteer from GeoNames extracts, Natural Earth features and the package's own table.

usage: build_places.py KNOWLEDGE_FOLDER [--out src/dragoman/knowledge/data]

KNOWLEDGE_FOLDER holds geonames_places/places500.tsv.gz, geonames_admin/{countryInfo.txt,admin1CodesASCII.txt,
admin2Codes.txt.gz}, natural_earth_features/natural_features.csv and country_crosswalk/country_crosswalk.csv.
Outside: https://download.geonames.org/export/dump/ (cities500, CC BY 4.0), https://www.naturalearthdata.com (public domain).
The same inputs give the same bytes; their hashes stand in places_built.json.
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import math
import re
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from dragoman.knowledge.places import KINDS, NONE, ROW_BITS, ROW_TYPE, fold, key_of

# Alternative names of places below this size are left out: they cost a megabyte and name hamlets only.
ALTERNATIVES_FROM = 1000
LATIN = re.compile("^[\u0020-\u024f\u0300-\u036f\u1e00-\u1eff\u02b0-\u02ff‘’–]+$")
# Words that call a region what it is; its name is also a key without them.
GENERIC = re.compile(
    r"\b(province|oblast|region|district|governorate|state|county|prefecture|department|division|republic|territory|"
    r"changwat|wilaya|muhafazat|kray|krai|autonomous|municipality|raion|rayon|of|republic of|tinh|departamento|departement|"
    r"provincia|distrito|county|zone|sheng|voivodeship|parish|canton|island|islands|council area|city)\b"
)
DIRECTIONS = {"nord": "north", "sud": "south", "est": "east", "ouest": "west", "norte": "north", "sur": "south",
              "oeste": "west", "haut": "upper", "extreme nord": "far north"}  # fmt: skip
# Natural Earth: class of feature to kind, and the coarsest scale rank still taken (higher is finer).
FEATURES = {
    ("marine", None): ("sea", 9), ("region", "Island"): ("island", 6), ("region", "Island group"): ("island", 6),
    ("region_point", "island"): ("island", 6), ("region", None): ("region", 5), ("lake", None): ("lake", 4),
    ("river", None): ("river", 6), ("elevation", "mountain"): ("mountain", 4),
}  # fmt: skip
SHORT = {
    "Is.": "Islands",
    "I.": "Island",
    "Pen.": "Peninsula",
    "Mts.": "Mountains",
    "Mt.": "Mount",
    "Str.": "Strait",
    "Gt.": "Great",
}


@dataclass
class Entry:
    """A row being built. country, admin1, admin2: row numbers."""

    name: str
    kind: str
    names: set[str]
    geonames: int = 0
    lat: float = math.nan
    lon: float = math.nan
    population: int = 0
    country: int = NONE
    admin1: int = NONE
    admin2: int = NONE
    points: list[tuple[float, float, int]] = field(default_factory=list)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("knowledge", type=Path)
    options.add_argument("--out", type=Path, default=Path("src/dragoman/knowledge/data"))
    chosen = options.parse_args()
    inputs = {
        "countries": chosen.knowledge / "geonames_admin/countryInfo.txt",
        "crosswalk": chosen.knowledge / "country_crosswalk/country_crosswalk.csv",
        "admin1": chosen.knowledge / "geonames_admin/admin1CodesASCII.txt",
        "admin2": chosen.knowledge / "geonames_admin/admin2Codes.txt.gz",
        "places": chosen.knowledge / "geonames_places/places500.tsv.gz",
        "features": chosen.knowledge / "natural_earth_features/natural_features.csv",
        "extra": chosen.out / "places_extra.toml",
    }
    text = {name: opened(path) for name, path in inputs.items()}
    entries: list[Entry] = []
    countries, codes = add_countries(entries, text["countries"], text["crosswalk"])
    areas = add_areas(entries, text["admin1"], text["admin2"], countries)
    add_places(entries, text["places"], countries, areas)
    give_areas_their_centre(entries)
    add_features(entries, text["features"])
    add_extra(entries, tomllib.loads(text["extra"]), codes)
    hashes = {
        f"{path.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in inputs.values()
    }
    write(entries, codes, hashes, chosen.out)
    return 0


def opened(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def add_countries(entries: list[Entry], info: str, crosswalk: str) -> tuple[dict[str, int], list[str]]:
    """Row of each ISO 2 code, and the ISO 3 codes in row order."""
    more = {
        row["iso2"]: {row[k] for k in ("cldr_name", "cldr_short", "cldr_variant", "factbook_short") if row[k]}
        for row in csv.DictReader(io.StringIO(crosswalk))
    }
    rows: dict[str, int] = {}
    codes: list[str] = []
    for line in info.splitlines():
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if cells[0] in ("ISO", "AN", "CS"):  # the header, and two dissolved states
            continue
        rows[cells[0]] = len(entries)
        codes.append(cells[1])
        names = {cells[4]} | more.get(cells[0], set())
        entries.append(
            Entry(
                cells[4],
                "country",
                names,
                int(cells[16]),
                population=int(cells[7] or 0),
                country=len(entries),
            )
        )
    return rows, codes


def add_areas(entries: list[Entry], first: str, second: str, countries: dict[str, int]) -> dict[str, int]:
    """Row of each administrative code ("UA.11", "UA.11.8")."""
    rows: dict[str, int] = {}
    for kind, table in (("admin1", first), ("admin2", second)):
        for line in table.splitlines():
            code, name, plain, geonames = line.split("\t")
            parts = code.split(".")
            if parts[0] not in countries or len(name) < 3:
                continue
            rows[code] = len(entries)
            admin1 = rows.get(".".join(parts[:2]), NONE) if kind == "admin2" else len(entries)
            own = len(entries) if kind == "admin2" else NONE
            entries.append(
                Entry(
                    name, kind, area_names(name, plain), int(geonames),
                    country=countries[parts[0]], admin1=admin1, admin2=own,
                )
            )  # fmt: skip
    return rows


def area_names(name: str, plain: str) -> set[str]:
    """The name, without the word for its kind, and with French and Spanish directions in English."""
    names = {name, plain}
    short = re.sub(r"\s+", " ", GENERIC.sub("", fold(plain))).strip()
    if len(short) > 2:
        names.add(short)
    words = short.split()
    if words and words[0] in DIRECTIONS:
        names.add(" ".join([DIRECTIONS[words[0]], *words[1:]]))
    return names


def add_places(entries: list[Entry], table: str, countries: dict[str, int], areas: dict[str, int]) -> None:
    kinds = {"PPLC": "capital", "PPLA": "admin1-seat", "PPLX": "part-of-town"}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["country"] not in countries:
            continue
        population = int(row["population"] or 0)
        names = {row["name"], row["asciiname"]}
        if population >= ALTERNATIVES_FROM:
            names |= set((row["alternatenames"] or "").split("|"))
        lat, lon = float(row["lat"]), float(row["lon"])
        entry = Entry(
            row["name"],
            kinds.get(row["feature_code"], "town"),
            {n for n in names if n and n[0].isupper() and LATIN.match(n) and len(n) > 1},
            int(row["geonameid"]),
            lat,
            lon,
            population,
            countries[row["country"]],
            areas.get(f"{row['country']}.{row['admin1']}", NONE),
            areas.get(f"{row['country']}.{row['admin1']}.{row['admin2']}", NONE),
        )
        for area in (entry.country, entry.admin1, entry.admin2):
            if area != NONE:
                entries[area].points.append((lat, lon, population + 1))
        entries.append(entry)


def give_areas_their_centre(entries: list[Entry]) -> None:
    """The centre of an area's towns, weighted by population, on the sphere (the date line is no border there)."""
    for entry in entries:
        if not entry.points:
            continue
        lat, lon, size = (
            np.radians(np.array([p[0] for p in entry.points])),
            np.radians([p[1] for p in entry.points]),
            np.array([p[2] for p in entry.points]),
        )
        x, y, z = (
            (np.cos(lat) * np.cos(lon) * size).sum(),
            (np.cos(lat) * np.sin(lon) * size).sum(),
            (np.sin(lat) * size).sum(),
        )
        entry.lat = math.degrees(math.atan2(z, math.hypot(x, y)))
        entry.lon = math.degrees(math.atan2(y, x))


def add_features(entries: list[Entry], table: str) -> None:
    """Seas, islands, ranges …; one entry for each name and kind, its country where all towns in its box lie in one."""
    towns = [e for e in entries if e.kind in ("capital", "admin1-seat", "town")]
    lats, lons, owners = (np.array([getattr(e, k) for e in towns]) for k in ("lat", "lon", "country"))
    seen: set[tuple[str, str]] = set()
    for row in csv.DictReader(io.StringIO(table)):
        kind, limit = (
            FEATURES.get((row["kind"], row["feature_class"])) or FEATURES.get((row["kind"], None)) or ("", -1)
        )
        if not kind or not row["name"] or float(row["scalerank"] or 9) > limit:
            continue
        name = " ".join(SHORT.get(word, word) for word in row["name"].split())
        if name.isupper():
            name = name.title()
        if (kind, name) in seen or len(name) < 4:
            continue
        seen.add((kind, name))
        names = {name, *[n.strip() for n in row["alternatives"].split("|") if n.strip()]}
        if kind == "river":
            # a river's bare name is a country's or a town's far more often
            names = {f"{n} River" for n in names} | {f"River {n}" for n in names}
        box = [float(row[k]) for k in ("lat_min", "lat_max", "lon_min", "lon_max")]
        inside = owners[(lats >= box[0]) & (lats <= box[1]) & (lons >= box[2]) & (lons <= box[3])]
        one = kind != "sea" and len(inside) > 0 and len(set(inside.tolist())) == 1
        entries.append(
            Entry(
                name, kind, names, lat=float(row["lat"]), lon=float(row["lon"]),
                country=int(inside[0]) if one else NONE,
            )
        )  # fmt: skip


def add_extra(entries: list[Entry], table: dict[str, list[dict[str, object]]], codes: list[str]) -> None:
    by_geonames = {e.geonames: e for e in entries if e.geonames}
    for row in table["place"]:
        names = {str(row["name"]), *[str(n) for n in row.get("aliases", [])]}  # type: ignore[attr-defined]
        known = by_geonames.get(int(str(row.get("geonames", 0))))
        if known is not None:
            known.names |= names
            known.name = str(row["name"])
            continue
        country = codes.index(str(row["country"])) if row["country"] else NONE
        twins = [
            e for e in entries if e.kind == row["kind"] and e.country == country and e.name == row["name"]
        ]
        if twins:
            twins[0].names |= names
            continue
        entries.append(
            Entry(
                str(row["name"]), str(row["kind"]), names, lat=float(str(row["lat"])), lon=float(str(row["lon"])),
                country=country,
            )
        )  # fmt: skip


def write(entries: list[Entry], codes: list[str], hashes: dict[str, str], out: Path) -> None:
    rows = np.zeros(len(entries), dtype=ROW_TYPE)
    blob = bytearray()
    offsets: dict[str, int] = {}
    keys: set[int] = set()
    for index, entry in enumerate(entries):
        if entry.name not in offsets:
            offsets[entry.name] = len(blob)
            blob += entry.name.encode() + b"\0"
        rows[index] = (
            entry.geonames, entry.lat, entry.lon, offsets[entry.name], entry.country, entry.admin1, entry.admin2,
            min(255, round(8 * math.log2(entry.population + 1))), KINDS.index(entry.kind),
        )  # fmt: skip
        keys |= {key_of(folded) | index for folded in {fold(n) for n in entry.names} if folded}
    if len(entries) >= 1 << ROW_BITS:
        raise SystemExit(f"{len(entries)} rows do not fit into {ROW_BITS} bits")
    np.save(out / "places_rows.npy", rows)
    np.save(out / "places_keys.npy", np.array(sorted(keys), dtype=np.uint64))
    (out / "places_names.bin").write_bytes(bytes(blob))
    kinds: dict[str, int] = defaultdict(int)
    for entry in entries:
        kinds[entry.kind] += 1
    about = {
        "countries": codes,
        "rows": len(entries),
        "names": len(keys),
        "kinds": dict(sorted(kinds.items())),
        "inputs": dict(sorted(hashes.items())),
    }
    (out / "places_built.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(about["rows"], "rows,", about["names"], "names,", dict(kinds))


if __name__ == "__main__":
    sys.exit(main())
