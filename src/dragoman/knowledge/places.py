"""What is where: populated places, administrative regions, countries, seas and ranges, seats of power.

The gazetteer is three files made by `scripts/build_places.py`: sorted keys, rows and names. They are mapped, not read,
so that a look-up touches a few pages and opening costs milliseconds. A key is one number: the upper 44 bits are a
hash of the folded name, the lower 20 the row that bears it; all rows of a name therefore stand side by side.
"""

import hashlib
import json
import math
import mmap
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import KnowledgeError

ROW_BITS: Final = 20
NONE: Final = 0xFFFF
ROW_TYPE: Final = np.dtype(
    [
        ("geonames", "<u4"),
        ("lat", "<f4"),
        ("lon", "<f4"),
        ("name", "<u4"),  # where the name begins in the names file; it ends at the next NUL
        (
            "country",
            "<u2",
        ),  # row of the country, of the first and of the second administrative level, or NONE
        ("admin1", "<u2"),
        ("admin2", "<u2"),
        ("size", "u1"),  # population as round(8 * log2(population + 1))
        ("kind", "u1"),
    ]
)
KINDS: Final = (
    "country", "admin1", "admin2", "capital", "admin1-seat", "town", "part-of-town", "region", "island", "sea",
    "river", "lake", "mountain", "venue",
)  # fmt: skip
# Letters that Unicode does not decompose into a base and a mark.
LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h", "ə": "a"}
)
MARKS: Final = re.compile("['’‘`ʼʿʾ′ʻ.]")
DATA: Final = Path(__file__).parent / "data"


@lru_cache(maxsize=1 << 14)
def fold(name: str) -> str:
    """A name without case, accents, apostrophes, full stops, hyphens and leading article, as keys are made."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(LETTERS)
    words = re.sub(r"[\s\-–_/]+", " ", MARKS.sub("", plain)).strip()
    return words.removeprefix("the ") if words.count(" ") else words


def key_of(folded: str) -> int:
    """The 44-bit key of a folded name, in the upper bits of a 64-bit number."""
    digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> ROW_BITS << ROW_BITS


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place. lat, lon: WGS 84 degrees; of an area, the centre of its towns; null where none is known.

    country: ISO alpha-3, null for what lies in several states or none. admin1, admin2: names. population: from
    the gazetteer, to about five per cent, 0 where unknown.
    """

    row: int
    name: str
    kind: str
    geonames_id: int | None
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float | None
    lon: float | None
    population: int


class Gazetteer:
    """The places, by name."""

    def __init__(self, folder: Path = DATA) -> None:
        try:
            about = json.loads((folder / "places_built.json").read_text(encoding="utf-8"))
            keys = np.load(folder / "places_keys.npy", mmap_mode="r")
            rows = np.load(folder / "places_rows.npy", mmap_mode="r")
            with (folder / "places_names.bin").open("rb") as handle:
                self._names = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError, KeyError) as error:
            raise KnowledgeError(
                f"the gazetteer cannot be opened ({error})",
                where=str(folder),
                do="Install the package again, or run scripts/build_places.py",
            ) from error
        # Plain array views of the mapped files: indexing a memmap object itself is ten times slower.
        self._keys: NDArray[np.uint64] = np.asarray(keys)
        self._rows: NDArray[Any] = np.asarray(rows)
        self._countries: Sequence[str] = about["countries"]
        self.built: dict[str, Any] = about
        self._find = lru_cache(maxsize=4096)(self._look_up)

    def candidates(self, name: str) -> list[PlaceRow]:
        """All places that bear the name, the weightiest first: countries, then by kind and population."""
        return list(self._find(fold(name)))

    def country(self, code: str) -> PlaceRow | None:
        """The country with this ISO alpha-3 code."""
        try:
            return self._row(self._countries.index(code))
        except ValueError:
            return None

    def _look_up(self, folded: str) -> tuple[PlaceRow, ...]:
        if not folded:
            return ()
        key = key_of(folded)
        low = int(np.searchsorted(self._keys, np.uint64(key)))
        high = int(np.searchsorted(self._keys, np.uint64(key + (1 << ROW_BITS))))
        mask = np.uint64((1 << ROW_BITS) - 1)
        found = [self._row(int(key & mask)) for key in self._keys[low:high]]
        return tuple(sorted(found, key=lambda place: (-weight(place, folded), place.row)))

    def _row(self, index: int) -> PlaceRow:
        geonames, lat, lon, name, country, admin1, admin2, size, kind = self._rows[index].item()
        return PlaceRow(
            row=index,
            name=self._name(name),
            kind=KINDS[kind],
            geonames_id=geonames or None,
            country=None if country == NONE else self._countries[country],
            admin1=None if admin1 == NONE else self._name(int(self._rows[admin1]["name"])),
            admin2=None if admin2 == NONE else self._name(int(self._rows[admin2]["name"])),
            lat=None if np.isnan(lat) else round(lat, 4),
            lon=None if np.isnan(lon) else round(lon, 4),
            population=round(2 ** (size / 8)) - 1,
        )

    def _name(self, offset: int) -> str:
        return self._names[offset : self._names.find(b"\0", offset)].decode("utf-8")


# How much a kind weighs beside population, in powers of ten of inhabitants. Areas carry no population in the
# gazetteer: a first-level region weighs as a city of 300,000, a second-level one as a town of 10,000.
KIND_WEIGHT: Final = {
    "country": 8.0, "admin1": 5.5, "admin2": 4.0, "capital": 1.5, "admin1-seat": 0.5, "town": 0.0,
    "part-of-town": -0.7, "region": 5.4, "island": 4.5, "sea": 6.0, "river": 5.0, "lake": 4.0, "mountain": 4.0,
    "venue": 7.0,
}  # fmt: skip


# A place under its own name against one that only some language calls so ("White House" is also Casablanca).
OWN_NAME: Final = 1.0


def weight(place: PlaceRow, folded: str) -> float:
    """How likely a bare name means this place: log10 of inhabitants, the weight of its kind, and its own name."""
    own = OWN_NAME if fold(place.name) == folded else 0.0
    return math.log10(place.population + 1) + KIND_WEIGHT[place.kind] + own


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package, opened once."""
    return Gazetteer()
