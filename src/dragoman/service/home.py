"""The addresses of what the store holds and of what the codes mean."""

from dataclasses import asdict
from functools import cache
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from dragoman import __version__, codebook
from dragoman.codebook import (
    AuxiliaryEntry,
    CameoEntry,
    ContextEntry,
    ModeEntry,
    NonStateEntry,
    SectorEntry,
    TypeEntry,
)
from dragoman.errors import CodebookError
from dragoman.records import Quad
from dragoman.service.forms import Form, as_json, form_of, stream
from dragoman.service.models import Entries, EntryShape, Home
from dragoman.service.openapi import responses
from dragoman.service.parameters import Asked
from dragoman.service.problems import ProblemError

router = APIRouter()
FORMS: Final[tuple[Form, ...]] = ("json", "csv", "jsonl")
LINKS: Final = (
    "documents",
    "events",
    "statements",
    "actors",
    "facets",
    "series",
    "map",
    "network",
    "codebook",
    "code",
)
KINDS: Final[dict[type, str]] = {
    TypeEntry: "type",
    ModeEntry: "mode",
    ContextEntry: "context",
    SectorEntry: "sector",
    NonStateEntry: "nonstate",
    AuxiliaryEntry: "auxiliary",
    CameoEntry: "cameo",
}


@router.get("", summary="What the store holds", responses=responses(Home))
def home(request: Request) -> Response:
    """Numbers of what the store holds, and where to find it."""
    reading = request.app.state.reading
    sql = """
        SELECT count(*) AS documents, (SELECT count(*) FROM copies) AS copies, (SELECT count(*) FROM event_rows) AS events,
            (SELECT count(*) FROM statements) AS statements, (SELECT count(*) FROM errors WHERE lost) AS errors,
            min(published_day) AS first, max(published_day) AS last
        FROM document_rows"""
    with reading.reader() as reader:
        found = reader.row(sql)
    links = {name: f"/api/{name}" for name in LINKS} | {"openapi": "/api/openapi.json"}
    desk = request.app.state.coding
    return as_json(
        {
            "dragoman": __version__,
            "store": reading.where,
            **(found or {}),
            "coding": desk is not None,
            "codebooks": list(desk.codebooks) if desk is not None else [],
            "links": links,
        }
    )


class CodebookAsked(Asked):
    """Which entries."""

    kind: Literal["type", "mode", "context", "sector", "nonstate", "auxiliary", "cameo"] | None = Field(
        None, description="Only of this kind"
    )
    q: str | None = Field(None, max_length=200, description="A word of code, name or definition")
    format: Literal["json", "csv", "jsonl"] | None = Field(None, description="Instead of Accept")


@router.get("/codebook", summary="The codebook", responses=responses(Entries, FORMS))
def entries(request: Request, asked: Annotated[CodebookAsked, Query()]) -> Response:
    """What the codes mean; with `q` the best matches first."""
    form = form_of(request, asked.format, FORMS)
    book = codebook.load()
    chosen = book.search(asked.q) if asked.q and asked.q.strip() else tuple(book)
    found = [item for item in map(_item, chosen) if asked.kind in (None, item["kind"])]
    if form == "json":
        return as_json({"items": found})
    return stream(form, found, {}, columns=list(EntryShape.model_fields))


@router.get("/codebook/{code:path}", summary="One code", responses=responses(dict[str, Any], errors=(404,)))
def entry(code: str) -> Response:
    """An entry with all its fields: `ASSAULT`, `ASSAULT/aerial`, `cyber`, `GOV`, `190`."""
    try:
        found = codebook.load().describe(code)
    except CodebookError as error:
        raise ProblemError(404, error.what, where=error.where, do=error.do) from error
    return as_json({"kind": KINDS[type(found)], **asdict(found), "code": _code(found)})


@cache
def _item(found: Any) -> dict[str, Any]:
    quad = getattr(found, "quad", None)
    score = getattr(found, "score", getattr(found, "goldstein", None))
    return {
        "kind": KINDS[type(found)],
        "code": _code(found),
        "name": getattr(found, "name", None),
        "definition": getattr(found, "definition", None),
        "quad": quad.code if isinstance(quad, Quad) else quad,
        "score": score,
    }


def _code(found: Any) -> str:
    return str(found.key if isinstance(found, ModeEntry) else found.code)
