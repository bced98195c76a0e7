"""JSON Lines in: one article a line."""

import json
from collections.abc import Iterator
from typing import IO, Any

from dragoman.errors import InputError
from dragoman.intake.encoding import decode
from dragoman.intake.fault import Fault
from dragoman.intake.limits import LARGEST_BYTES, too_large
from dragoman.intake.note import unheard
from dragoman.intake.raw import Raw

# field of the line → field of Raw. Any other field is left alone.
FIELDS: dict[str, str] = {
    "id": "source_id",
    "url": "url",
    "title": "title",
    "published": "published",
    "publisher": "publisher",
    "byline": "byline",
    "author": "byline",
    "language": "language",
    "retrieved": "retrieved",
    "licence": "licence",
    "license": "licence",
}
SHAPE = (
    'Write one JSON object a line with "text" (or "html"), and "id", "url", "title", "published" where known'
)


def read_lines(file: IO[bytes], *, name: str, published: str | None) -> Iterator[Raw | Fault]:
    """Yield the texts of a JSON Lines file and a fault for each line that is none; skip blank ones.

    A line has `text`, or `html` where it has no `text`. All the faults of a line are told at once. Memory
    holds one line, never the file.
    """
    number = 0
    while line := file.readline(LARGEST_BYTES + 1):
        number += 1
        if len(line) > LARGEST_BYTES and not line.endswith(b"\n"):
            while (rest := file.readline(LARGEST_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield _fault(too_large(f"{name}:{number}", "jsonl"), name, number)
            continue
        if line.strip():
            yield _line(line, name, number, published)


def _line(line: bytes, name: str, number: int, published: str | None) -> Raw | Fault:
    where = f"{name}:{number}"
    try:
        body = json.loads(decode(line, where=where, note=unheard))
    except InputError as error:
        return _fault(error, name, number)
    except (ValueError, RecursionError) as error:
        column = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return _fault(InputError(f"no JSON{column}", where=where, do=SHAPE), name, number)
    if not isinstance(body, dict):
        return _fault(InputError(f"a JSON {_kind(body)}, not an object", where=where, do=SHAPE), name, number)
    faults = _faults(body)
    if faults:
        source = body.get("id")
        return _fault(
            InputError("; ".join(faults), where=where, do=SHAPE),
            name,
            number,
            source if isinstance(source, str) else None,
        )
    fields = {
        into: str(body[field]) for field, into in reversed(FIELDS.items()) if body.get(field) is not None
    }
    has_text = isinstance(body.get("text"), str)
    return Raw(
        content=body["text"] if has_text else body["html"],
        form="text" if has_text else "html",
        file=name,
        line=number,
        published_default=published,
        **fields,
    )


def _faults(body: dict[str, Any]) -> list[str]:
    """Everything wrong with a line's fields."""
    faults = []
    if body.get("text") is None and body.get("html") is None:
        faults.append("neither 'text' nor 'html' in it")
    for field in ("text", "html", *FIELDS):
        value = body.get(field)
        if value is None or isinstance(value, str):
            continue
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            continue
        faults.append(f"'{field}' is a {_kind(value)}, not a string")
    return faults


def _kind(value: object) -> str:
    if value is None:
        return "null"
    kinds = {bool: "truth value", int: "number", float: "number", str: "string", list: "list", dict: "object"}
    return kinds[type(value)]


def _fault(error: InputError, name: str, number: int, source_id: str | None = None) -> Fault:
    return Fault(file=name, line=number, what=error.what, do=error.do, source_id=source_id)
