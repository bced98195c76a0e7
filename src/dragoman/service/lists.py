"""The addresses of documents, events and statements: pages of them, and one with all that is known."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from msgspec import Struct
from msgspec.json import decode
from pydantic import Field
from starlette.responses import Response

from dragoman.errors import BusyError
from dragoman.service.filters import DocumentFilter, EventFilter, StatementFilter, Where
from dragoman.service.forms import TYPES, Form, as_json, form_of, point, stream
from dragoman.service.listings import (
    DOCUMENT_LISTING,
    EVENT_LISTING,
    STATEMENT_LISTING,
    Listing,
    columns_of,
    flat,
    items,
    places,
)
from dragoman.service.models import (
    DocumentShape,
    DocumentWhole,
    EventShape,
    EventWhole,
    Page,
    StatementShape,
    StatementWhole,
)
from dragoman.service.openapi import responses
from dragoman.service.paging import Paged, cursor_of, place_of
from dragoman.service.problems import ProblemError
from dragoman.service.reading import DOWNLOAD_SECONDS, Reader, Reading

router = APIRouter()
CHUNK: Final = 1_000  # rows that are read at once on their way into a stream
PAGES: Final[tuple[Form, ...]] = ("json", "csv", "jsonl")


class EventPage(EventFilter, Paged):
    """Filters, and which page."""

    order: Literal["newest", "oldest", "confidence"] = Field("newest", description="What comes first")
    format: Literal["json", "csv", "jsonl", "geojson"] | None = Field(None, description="Instead of Accept")


class DocumentPage(DocumentFilter, Paged):
    """Filters, and which page."""

    order: Literal["newest", "oldest"] = Field("newest", description="What comes first")
    format: Literal["json", "csv", "jsonl"] | None = Field(None, description="Instead of Accept")


class StatementPage(StatementFilter, Paged):
    """Filters, and which page."""

    order: Literal["newest", "oldest"] = Field("newest", description="What comes first")
    format: Literal["json", "csv", "jsonl"] | None = Field(None, description="Instead of Accept")


@router.get("/events", summary="Events", responses=responses(Page[EventShape], (*PAGES, "geojson")))
def events(request: Request, asked: Annotated[EventPage, Query()]) -> Response:
    """Events that pass the filters, a page at a time."""
    return page(request, asked, EVENT_LISTING, asked.where(), (*PAGES, "geojson"))


@router.get("/documents", summary="Articles", responses=responses(Page[DocumentShape], PAGES))
def documents(request: Request, asked: Annotated[DocumentPage, Query()]) -> Response:
    """Articles that pass the filters, a page at a time."""
    return page(request, asked, DOCUMENT_LISTING, asked.where(), PAGES)


@router.get("/statements", summary="Statements", responses=responses(Page[StatementShape], PAGES))
def statements(request: Request, asked: Annotated[StatementPage, Query()]) -> Response:
    """Statements that pass the filters, a page at a time."""
    return page(request, asked, STATEMENT_LISTING, asked.where(), PAGES)


def page(request: Request, asked: Any, listing: Listing, where: Where, forms: Sequence[Form]) -> Response:
    """One page in the form asked for."""
    form = form_of(request, asked.format, forms)
    reading: Reading = request.app.state.reading
    state = reading.state()
    order = listing.orders[asked.order]
    size, since = asked.size(form), place_of(asked.cursor, asked.order, order)

    def choose(reader: Reader) -> tuple[list[int], str | None]:
        chosen, last = places(reader, listing, asked.order, where, size, since)
        return [place.row for place in chosen], cursor_of(asked.order, last.at) if last else None

    def whole() -> dict[str, Any]:
        with reading.reader() as reader:
            rows, following = choose(reader)
            return {"items": items(reader, listing, rows), "next": following}

    if form == "json":
        question = (request.url.path, asked.model_dump_json(exclude={"format"}))
        body = request.app.state.remembered.get(state, question, whole)
        return Response(body, media_type=TYPES["json"], headers=_link(request, decode(body, type=_Page).next))
    with reading.reader() as reader:
        state = reading.state()
        rows, following = choose(reader)
        wide = form == "csv" and listing.view is not None
        columns = columns_of(reader, listing.view) if wide and listing.view else None
    take = flat if wide else items
    sent = _in_chunks(reading, state, listing, rows, take)
    return stream(form, sent, _link(request, following), columns=columns, feature=_feature)


class _Page(Struct):
    """What is read off a page that was made before."""

    next: str | None


def _link(request: Request, following: str | None) -> dict[str, str]:
    return {"Link": f'<{_next(request, following)}>; rel="next"'} if following else {}


def _next(request: Request, cursor: str) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"


def _in_chunks(
    reading: Reading, state: tuple[int, ...], listing: Listing, rows: Sequence[int], take: Any
) -> Iterator[dict[str, Any]]:
    """Items read as they are sent. Rows are numbers of places in the file, so a file that changed ends it."""
    with reading.reader(DOWNLOAD_SECONDS) as reader:
        if reading.state() != state:
            raise BusyError("articles were added just now", where=reading.where, do="Ask again")
        for at in range(0, len(rows), CHUNK):
            yield from take(reader, listing, rows[at : at + CHUNK])


def _feature(row: Any) -> dict[str, Any]:
    place = row["place"] or {}
    geometry = point(place.get("lat"), place.get("lon"))
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": row}


@router.get("/events/{id}", summary="One event", responses=responses(EventWhole, errors=(404,)))
def event(request: Request, id: str) -> Response:
    """An event with its whole record: evidence, and why each field has its value."""
    return _one(request, EVENT_LISTING, "event", id)


@router.get("/statements/{id}", summary="One statement", responses=responses(StatementWhole, errors=(404,)))
def statement(request: Request, id: str) -> Response:
    """A statement with its whole record."""
    return _one(request, STATEMENT_LISTING, "statement", id)


def _one(request: Request, listing: Listing, kind: str, id: str) -> Response:
    with request.app.state.reading.reader() as reader:
        row = _find(reader, listing, kind, id)
        record = reader.row(f"SELECT record FROM {kind}s WHERE rowid = $row", {"row": row})
        return as_json(
            {kind: items(reader, listing, [row])[0], "record": record["record"] if record else None}
        )


def _find(reader: Reader, listing: Listing, kind: str, id: str) -> int:
    table = listing.tables.split()[0]
    found = reader.row(
        f"SELECT rowid AS found FROM {table} WHERE id = $id ORDER BY rowid LIMIT 1", {"id": id}
    )
    if found is None:
        raise ProblemError(
            404, f"there is no {kind} {id[:40]!r}", where=kind, do=f"GET /api/{kind}s lists them"
        )
    return int(found["found"])


@router.get(
    "/documents/{id}",
    summary="One article",
    responses=responses(DocumentWhole, ("json", "jsonl"), errors=(404,)),
)
def document(
    request: Request,
    id: str,
    format: Annotated[Literal["json", "jsonl"] | None, Query(description="Instead of Accept")] = None,
) -> Response:
    """An article: its text, all that was found in it and why, and its copies. As JSON Lines: the records alone."""
    form = form_of(request, format, ("json", "jsonl"))
    with request.app.state.reading.reader() as reader:
        row = _find(reader, DOCUMENT_LISTING, "document", id)
        item = items(reader, DOCUMENT_LISTING, [row])[0]
        found = reader.row("SELECT record FROM documents WHERE rowid = $row", {"row": row})
        record = found["record"] if found else None
        parts = {
            kind: [
                one["record"]
                for one in reader.rows(
                    f'SELECT record FROM {kind} WHERE document = $id AND record IS NOT NULL ORDER BY "position"',
                    {"id": id},
                )
            ]
            for kind in ("events", "statements")
        }
        copies = list(reader.rows(_COPIES, {"id": id}))
        run = reader.row(
            "SELECT id, version, hashes, options, machine FROM runs WHERE id = $run", {"run": item["run"]}
        )
    if form == "jsonl":
        lines = [record, *sorted([*parts["events"], *parts["statements"]], key=_begin)] if record else []
        return stream(form, lines, {})
    return as_json({"document": item, "record": record, **parts, "copies": copies, "run": run})


def _begin(record: dict[str, Any]) -> tuple[int, int]:
    """Text order, events first where both start together, as `dragoman code --to jsonl` has them."""
    if record["record"] == "event":
        return record["trigger"]["start"], 0
    return min((span["start"] for span in record["content"]), default=0), 1


_COPIES: Final = """
    WITH head AS (SELECT coalesce((SELECT head FROM copies WHERE document = $id), $id) AS id)
    SELECT d.id, d.title, d.publisher, d.published, k.kind, k.similarity, k.document IS NULL AS head
    FROM document_rows d LEFT JOIN copies k ON k.document = d.id
    WHERE d.id <> $id AND (d.id = (SELECT id FROM head) OR k.head = (SELECT id FROM head))
    ORDER BY k.document IS NOT NULL, d.published, d.id
"""
