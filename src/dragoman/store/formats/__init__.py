"""Files of other systems, out and in: `FORMATS[name].write(coded, out)` and `FORMATS[name].read(path)`.

docs/exports.md says for each format what it holds, what it cannot hold, and how its users know missing values.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dragoman.store.formats.flat_csv import CSV
from dragoman.store.formats.flat_parquet import PARQUET
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.gdelt import GDELT
from dragoman.store.formats.gdelt_mentions import GDELT_MENTIONS
from dragoman.store.formats.geojson import GEOJSON
from dragoman.store.formats.icews import ICEWS
from dragoman.store.formats.phoenix import PHOENIX
from dragoman.store.formats.plover import PLOVER
from dragoman.store.formats.polecat import POLECAT

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        each.name: each
        for each in (PLOVER, POLECAT, ICEWS, GDELT, GDELT_MENTIONS, PHOENIX, CSV, PARQUET, GEOJSON)
    }
)

__all__ = ["FORMATS", "Format", "Losses"]
