"""GeoJSON (RFC 7946): a feature for each event, its point where the text places it, else a null geometry.

The properties are the columns of the flat form; a country or a division is drawn at its centre, and
`place_precision` says so.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from dragoman.errors import InputError
from dragoman.records import Coded, Event
from dragoman.store.formats.flat import CANNOT_HOLD, COLUMNS, flat_layout, rows_of
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.layout import read_row
from dragoman.store.formats.rows import open_bytes

COORDINATES: Final = ("place_lat", "place_lon")


def write(coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
    """Write one FeatureCollection."""
    losses = Losses()
    out.write(b'{"type":"FeatureCollection","features":[')
    first = True
    for event, row in rows_of(coded, losses, "geojson", everything=everything):
        out.write(b"\n" if first else b",\n")
        first = False
        geometry = _point(event)
        if geometry is None:
            losses.add("without coordinates: a feature without geometry")
        properties = {name: value for name, value in row.items() if name not in COORDINATES}
        feature = {"type": "Feature", "id": row["event"], "geometry": geometry, "properties": properties}
        out.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
    out.write(b"\n]}\n")
    return losses.lines()


def read(path: Path, losses: Losses | None = None) -> Iterator[Coded]:
    """One document with one event for each feature."""
    losses = Losses() if losses is None else losses
    with open_bytes(path) as file:
        try:
            features: list[dict[str, Any]] = msgspec.json.decode(file.read())["features"]
        except (msgspec.DecodeError, KeyError, TypeError) as error:
            raise InputError(
                f"is no FeatureCollection ({error})",
                where=str(path),
                do="Give a file made by `dragoman export geojson`",
            ) from error
    for number, feature in enumerate(features):
        properties, geometry = feature.get("properties") or {}, feature.get("geometry") or {}
        lon, lat = (geometry.get("coordinates") or (None, None))[:2]
        row = {name: properties.get(name) for name in COLUMNS} | {"place_lat": lat, "place_lon": lon}
        key = json.dumps(row, sort_keys=True, default=str)
        one = read_row(LAYOUT, row, losses, where=f"{path.name}: feature {number}", key=key)
        if one is not None:
            yield one


def _point(event: Event) -> dict[str, Any] | None:
    place = event.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


LAYOUT: Final = flat_layout("geojson")
GEOJSON: Final = Format(
    name="geojson",
    title="GeoJSON",
    suffix=".geojson",
    columns=(),
    write=write,
    read=read,
    cannot_hold=CANNOT_HOLD,
    approximate=("no coordinates: a feature without geometry, which some maps leave out",),
)
