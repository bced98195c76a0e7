"""Where."""

from dataclasses import dataclass
from typing import Literal

from dragoman.records.span import Span

PlacePrecision = Literal["exact", "near", "admin2", "admin1", "country", "region", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an act took place, only where the text places it. lat, lon: WGS 84 degrees; country: ISO alpha-3."""

    name: str
    geonames_id: int | None = None
    kind: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"
    span: Span | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name found in the text, resolved or not."""

    span: Span
    place: Place | None
    reason: str
