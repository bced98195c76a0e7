"""The addresses of facets, series, map and network; all take the filters of events."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator, Field
from starlette.responses import Response

from dragoman import __version__
from dragoman.service import counts, curves
from dragoman.service.facets import FACETS, flat_facets
from dragoman.service.facets import facets as count_facets
from dragoman.service.filters import EventFilter
from dragoman.service.forms import TYPES, Form, form_of, point, stream
from dragoman.service.models import FacetsShape, MapShape, NetworkShape, SeriesShape
from dragoman.service.openapi import responses
from dragoman.service.parameters import choices, one_of
from dragoman.service.reading import Reader
from dragoman.store.series import KEYS, PERIODS, SeriesOptions

router = APIRouter()
ROWS: Final[tuple[Form, ...]] = ("json", "csv", "jsonl")
SERIES_KEYS: Final = (*KEYS, *PERIODS)
Facets = Annotated[
    list[str],
    BeforeValidator(one_of(lambda: FACETS, "facet")),
    Field(json_schema_extra=choices(tuple(FACETS))),
]
SeriesKeys = Annotated[
    list[str],
    BeforeValidator(one_of(lambda: SERIES_KEYS, "key of a series")),
    Field(json_schema_extra={**choices(SERIES_KEYS), "examples": [["type,month"]]}),
]
Rows = Literal["json", "csv", "jsonl"]


class FacetsAsked(EventFilter):
    """Filters, and which facets."""

    of: Facets = Field(
        [], description="Which facets; all, if none is named", examples=[["type,country,month"]]
    )
    top: int = Field(100, ge=1, le=1000, description="At most so many values of each")
    format: Rows | None = Field(None, description="Instead of Accept")


class SeriesAsked(EventFilter):
    """Filters, and how to count."""

    by: SeriesKeys = Field(["month"], description="Keys, and at most one period")
    weights: Literal["count", "scale", "goldstein"] = Field("count", description="What `value` adds up")
    format: Rows | None = Field(None, description="Instead of Accept")


class MapAsked(EventFilter):
    """Filters, and how many points."""

    top: int = Field(1000, ge=1, le=5000, description="At most so many points, most events first")
    format: Literal["json", "csv", "jsonl", "geojson"] | None = Field(None, description="Instead of Accept")


class NetworkAsked(EventFilter):
    """Filters, and which nodes."""

    by: Literal["country", "name"] = Field("country", description="What the nodes are")
    top: int = Field(200, ge=1, le=2000, description="At most so many edges, most events first")
    format: Rows | None = Field(None, description="Instead of Accept")


@router.get("/facets", summary="Events by facet", responses=responses(FacetsShape, ROWS))
def facets(request: Request, asked: Annotated[FacetsAsked, Query()]) -> Response:
    """How many events of each type, country, month …; for filters and their counts."""
    of = asked.of or list(FACETS)
    return _told(request, asked, ROWS, lambda reader: count_facets(reader, asked, of, asked.top), flat_facets)


@router.get("/series", summary="Events over time", responses=responses(SeriesShape, ROWS))
def series(request: Request, asked: Annotated[SeriesAsked, Query()]) -> Response:
    """Events as counts over time, with zeros."""
    options = SeriesOptions(by=tuple(asked.by or ["month"]), weights=asked.weights, copies=asked.copies)
    return _told(
        request, asked, ROWS, lambda reader: curves.series(reader, asked, options), curves.flat_series
    )


@router.get("/map", summary="Events on the map", responses=responses(MapShape, (*ROWS, "geojson")))
def on_map(request: Request, asked: Annotated[MapAsked, Query()]) -> Response:
    """Where events took place: points with their precision, and countries."""
    forms: tuple[Form, ...] = (*ROWS, "geojson")
    return _told(
        request,
        asked,
        forms,
        lambda reader: counts.on_map(reader, asked, asked.top),
        lambda body: body["points"],
    )


@router.get("/network", summary="Who to whom", responses=responses(NetworkShape, ROWS))
def network(request: Request, asked: Annotated[NetworkAsked, Query()]) -> Response:
    """Who to whom, by quad."""
    return _told(
        request,
        asked,
        ROWS,
        lambda reader: counts.network(reader, asked, asked.by, asked.top),
        lambda body: body["edges"],
    )


def _told(
    request: Request,
    asked: Any,
    forms: tuple[Form, ...],
    make: Callable[[Reader], Any],
    rows: Callable[[Any], Iterable[dict[str, Any]]],
) -> Response:
    """Counted now or before, in the form asked for."""
    form = form_of(request, asked.format, forms)
    reading, remembered = request.app.state.reading, request.app.state.remembered

    def count() -> Any:
        with reading.reader() as reader:
            return make(reader)

    question = (request.url.path, asked.model_dump_json(exclude={"format"}))
    state = reading.state()
    tag = _tag(state, question, form)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = remembered.get(state, question, count)
    if form == "json":
        return Response(body, media_type=TYPES["json"], headers=headers)
    return stream(form, rows(msgspec.json.decode(body)), headers, feature=_feature)


def _tag(state: tuple[int, ...], question: tuple[str, str], form: str) -> str:
    """Of an answer: another one as soon as the store, the question or the program is another."""
    told = "\n".join([__version__, *map(str, state), *question, form])
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def _feature(row: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": point(row["lat"], row["lon"]), "properties": row}
