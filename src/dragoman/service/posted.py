"""The address that codes: `POST /api/code` with JSON or with a file; kept only if asked for."""

from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.responses import Response

from dragoman.intake import Fault
from dragoman.intake.limits import LARGEST_BYTES
from dragoman.intake.raw import TextForm
from dragoman.records import rows
from dragoman.service.coding import ByRun, Chosen, CodingDesk, check_length
from dragoman.service.forms import TYPES, as_json, form_of, json_lines
from dragoman.service.models import CodedShape
from dragoman.service.openapi import responses
from dragoman.service.problems import ProblemError
from dragoman.service.reading import Reading
from dragoman.store import refresh_copies, write_coded
from dragoman.store.write import write_run

router = APIRouter()
LONGEST_NAME: Final = 10_000  # characters of a title and the like
STATUS: Final = {"TooLongError": 413, "InputError": 422}
FIELDS: Final = ("published", "title", "publisher", "url")


class Posted(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A text, and what its source says of it."""

    text: str | None = None
    html: str | None = None
    published: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    codebook: str | None = None
    store: bool = False


_TEXT: Final = {"type": ["string", "null"], "maxLength": 200_000}
_NAME: Final = {"type": ["string", "null"], "maxLength": LONGEST_NAME}
_BESIDE: Final[dict[str, Any]] = {
    "published": {**_NAME, "examples": ["2023-06-26"]},
    "title": _NAME,
    "publisher": _NAME,
    "url": _NAME,
}
_CODEBOOK: Final = {
    "type": ["string", "null"],
    "description": "Name of a codebook of this server (`codebooks` of GET /api): events get its categories, too",
}
BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {
                    "text": _TEXT,
                    "html": _TEXT,
                    **_BESIDE,
                    "codebook": _CODEBOOK,
                    "store": {"type": "boolean", "default": False},
                },
                "additionalProperties": False,
            },
            "example": {
                "text": "Police in Nairobi arrested two union leaders on Sunday, the interior ministry said.",
                "published": "2023-06-26",
            },
        },
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "file": {"type": "string", "format": "binary"},
                    **{name: {"type": "string"} for name in FIELDS},
                    "codebook": {"type": "string"},
                    "store": {"type": "string", "enum": ["true", "false"]},
                },
                "required": ["file"],
            }
        },
    },
}


@router.post(
    "/code",
    summary="Code a text",
    responses=responses(CodedShape, ("json", "jsonl"), errors=(413, 415)),
    openapi_extra={"requestBody": BODY},
)
async def code(
    request: Request,
    format: Annotated[Literal["json", "jsonl"] | None, Query(description="Instead of Accept")] = None,
) -> Response:
    """Code a text, a page or a file, and give its records; nothing is kept unless `store` is true."""
    form = form_of(request, format, ("json", "jsonl"))
    desk: CodingDesk | None = request.app.state.coding
    if desk is None:
        raise ProblemError(503, "there is no model to code with", where="code", do="See `dragoman doctor`")
    raw, store = await _raw(request)
    _check_codebook(raw, desk)
    *notes, last = await desk.code(raw)
    if isinstance(last, Fault):
        raise _problem(last)
    assert isinstance(last, ByRun)
    if store:
        await run_in_threadpool(_store, request.app.state.reading, last)
    found = list(rows(last))
    if form == "jsonl":
        return Response(b"".join(json_lines(found)), media_type=TYPES["jsonl"])
    parts = {kind: [row for row in found if row["record"] == kind] for kind in ("event", "statement")}
    return as_json(
        {
            "document": found[0],
            "events": parts["event"],
            "statements": parts["statement"],
            "notes": [{"what": note.what, "do": note.do} for note in notes if isinstance(note, Fault)],
            "stored": store,
        }
    )


def _check_codebook(raw: Chosen, desk: CodingDesk) -> None:
    """A name of a list, never a path: nothing is opened because a request says so."""
    if raw.codebook is not None and raw.codebook not in desk.codebooks:
        raise ProblemError(
            422,
            f"{raw.codebook[:40]!r} is no codebook of this server",
            where="codebook",
            do=f"Choose among {', '.join(desk.codebooks) or 'none'}, or start it with --codebook FILE",
        )


def _store(reading: Reading, coded: ByRun) -> None:
    with reading.writer() as connection:
        write_run(connection, coded.made_by)
        write_coded(connection, [coded])
        refresh_copies(connection)


def _problem(fault: Fault) -> ProblemError:
    if fault.trace is not None:
        raise RuntimeError(fault.trace)  # our bug: its trace goes to whoever runs the server
    return ProblemError(STATUS.get(fault.error, 422), fault.what, where=fault.where, do=fault.do)


async def _raw(request: Request) -> tuple[Chosen, bool]:
    """The text of a request, and whether it is to be kept. Raises ProblemError if it has none, or two."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        raw, store = _from_json(await request.body())
    elif kind == "multipart/form-data":
        raw, store = await _from_form(request)
    else:
        raise ProblemError(
            415,
            f"a body of type {kind or 'none'!r}",
            where="Content-Type",
            do="Send application/json or multipart/form-data",
        )
    for name in FIELDS:
        if len(getattr(raw, name) or "") > LONGEST_NAME:
            raise ProblemError(413, "is too long", where=name, do=f"Give {LONGEST_NAME} characters at most")
    if len(raw.content) > LARGEST_BYTES:
        raise ProblemError(413, "is larger than 4 MB", where=raw.file, do="Give one article alone")
    if raw.form == "text" and isinstance(raw.content, str):
        check_length(raw.content)  # a page is longer than its article, which is measured once it is read
    return raw, store


def _from_json(body: bytes) -> tuple[Chosen, bool]:
    posted = _json(body)
    if (posted.text is None) == (posted.html is None):
        raise ProblemError(422, "there must be one text", where="body", do="Give either text or html")
    named: dict[str, Any] = {name: _word(getattr(posted, name)) for name in (*FIELDS, "codebook")}
    if posted.html is not None:
        return Chosen(content=posted.html, form="html", file="html", **named), posted.store
    return Chosen(content=posted.text or "", file="text", **named), posted.store


async def _from_form(request: Request) -> tuple[Chosen, bool]:
    try:
        async with request.form(max_files=1, max_fields=len(FIELDS) + 2) as fields:
            file = fields.get("file")
            if not isinstance(file, UploadFile):
                raise ProblemError(
                    422, "there is no file", where="file", do="Send the text as a file in field `file`"
                )
            content = await file.read(LARGEST_BYTES + 1)
            named: dict[str, Any] = {name: _word(fields.get(name)) for name in (*FIELDS, "codebook")}
            form: TextForm = "html" if _is_page(file, content) else "text"
            return Chosen(content=content, form=form, file="file", **named), fields.get("store") == "true"
    except (MultiPartException, HTTPException) as error:
        what = error.message if isinstance(error, MultiPartException) else str(error.detail)
        raise ProblemError(400, what, where="body", do="Send multipart/form-data") from error


def _json(body: bytes) -> Posted:
    try:
        return msgspec.json.decode(body, type=Posted)
    except msgspec.ValidationError as error:
        raise ProblemError(
            422, str(error), where="body", do="See POST /api/code in /api/openapi.json"
        ) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ProblemError(400, f"is no JSON ({error})", where="body", do="Send one JSON object") from error


def _word(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _is_page(file: UploadFile, content: bytes) -> bool:
    """By its name, its type or its first bytes."""
    name = (file.filename or "").lower()
    start = content[:300].lstrip().lower()
    return (
        name.endswith((".html", ".htm"))
        or file.content_type == "text/html"
        or start.startswith((b"<!doctype html", b"<html"))
    )
