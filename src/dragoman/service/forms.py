"""In which form an answer goes out: JSON, CSV, JSON Lines or GeoJSON, by `?format=` or the header `Accept`."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import msgspec
from fastapi import Request
from starlette.responses import Response, StreamingResponse

from dragoman.service.problems import ProblemError
from dragoman.store.formats.flat_csv import cell

Form = Literal["json", "csv", "jsonl", "geojson"]
TYPES: Final[dict[str, str]] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
}
ASKED_BY: Final[dict[str, Form]] = {
    "application/json": "json",
    "text/csv": "csv",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/geo+json": "geojson",
    "application/*": "json",
    "text/*": "csv",
    "*/*": "json",
}
encode: Final = msgspec.json.Encoder(decimal_format="number").encode
Row = Mapping[str, Any]


def form_of(request: Request, asked: str | None, offered: Sequence[Form]) -> Form:
    """The form to answer in. Raises ProblemError 406 if none that is asked for is offered."""
    if asked is not None:
        wanted = [asked]
    else:
        wanted = [ASKED_BY[kind] for kind in _accepted(request.headers.get("accept")) if kind in ASKED_BY]
    for form in wanted:
        if form in offered:
            return form  # type: ignore[return-value]
    raise ProblemError(
        406,
        f"there is no {asked or request.headers.get('accept')!r} of it",
        where="format" if asked else "Accept",
        do=f"Ask for {', '.join(offered)}",
    )


def _accepted(header: str | None) -> list[str]:
    """Media types of an Accept header, best first; of equal ones the first."""
    found = []
    for place, part in enumerate((header or "*/*").split(",")):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
        if quality > 0:
            found.append((-quality, place, kind))
    return [kind for _, _, kind in sorted(found)]


def as_json(body: Any, headers: Mapping[str, str] | None = None) -> Response:
    """One JSON value."""
    return Response(encode(body), media_type=TYPES["json"], headers=dict(headers or {}))


def stream(
    form: Form,
    rows: Iterable[Row],
    headers: Mapping[str, str],
    *,
    columns: Sequence[str] | None = None,
    feature: Callable[[Row], Row] = dict,
) -> Response:
    """Rows one after another, as they are read; nothing of them is kept.

    columns: the header of CSV, where it cannot be read from a first row. feature: makes a row one of GeoJSON.
    """
    if form == "csv":
        body = csv_lines(rows, columns)
    else:
        body = json_lines(rows) if form == "jsonl" else feature_lines(map(feature, rows))
    named = {"Content-Disposition": f'inline; filename="dragoman.{form}"'}
    return StreamingResponse(_in_pieces(body), media_type=TYPES[form], headers={**named, **headers})


def csv_lines(rows: Iterable[Row], columns: Sequence[str] | None = None) -> Iterator[bytes]:
    """A header and a line a row; lists are joined with ";", deeper values are JSON."""
    if columns is not None:
        yield _csv(columns)
    for row in rows:
        if columns is None:
            columns = list(row)
            yield _csv(columns)
        yield _csv([_flat(value) for value in row.values()])


def json_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """An object a line."""
    for row in rows:
        yield encode(row) + b"\n"


def feature_lines(features: Iterable[Row]) -> Iterator[bytes]:
    """One FeatureCollection (RFC 7946), a feature a line."""
    yield b'{"type":"FeatureCollection","features":['
    between = b"\n"
    for feature in features:
        yield between + encode(feature)
        between = b",\n"
    yield b"\n]}\n"


def point(lat: float | None, lon: float | None) -> dict[str, Any] | None:
    """Geometry of a feature; null where the text gives no place."""
    return None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}


def _csv(cells: Iterable[Any]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


def _flat(value: Any) -> str:
    if isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(one, dict | list) for one in value)
    ):
        return json.dumps(value, ensure_ascii=False)
    return cell(value)


def _in_pieces(lines: Iterator[bytes], size: int = 1 << 16) -> Iterator[bytes]:
    """Larger pieces: each is a change of threads."""
    waiting, length = [], 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length >= size:
            yield b"".join(waiting)
            waiting, length = [], 0
    if waiting:
        yield b"".join(waiting)
