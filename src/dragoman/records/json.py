"""The JSON Lines form: the document, then its events and statements in text order, `record` naming the kind."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dragoman.errors import InputError
from dragoman.records.coded import Coded
from dragoman.records.document import Document
from dragoman.records.event import Event
from dragoman.records.statement import Statement

KINDS: dict[str, type] = {"document": Document, "event": Event, "statement": Statement}
PROBABILITY_DIGITS = (
    3  # int8 products differ a little between instruction sets; more digits would promise too much
)


def _plain(record: Document | Event | Statement, kind: str) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(record)
    if isinstance(record, Event) and record.categories is None:
        del body["categories"]  # who uses no codebook of their own sees nothing of it
    return {"record": kind, **body}


def rows(coded: Coded) -> Iterator[dict[str, Any]]:
    """Yield the document's row, then its events and statements in text order (events first where both start together)."""
    yield _plain(coded.document, "document")
    inside: list[tuple[int, int, dict[str, Any]]] = []
    for event in coded.events:
        inside.append((event.trigger.start, 0, _plain(event, "event")))
    for statement in coded.statements:
        at = min(span.start for span in statement.content) if statement.content else 0
        inside.append((at, 1, _plain(statement, "statement")))
    for _, _, row in sorted(inside, key=lambda item: item[:2]):
        yield row


def to_jsonl(coded: Coded) -> bytes:
    """One JSON object a line, UTF-8, keys as the field names, absent values null or [] but never left out.

    Only `categories` stands alone where a codebook of the user's own was in use.
    """
    encode = msgspec.json.Encoder().encode
    return b"".join(encode(row) + b"\n" for row in rows(coded))


def from_jsonl(lines: Iterable[bytes | str], *, where: str) -> Iterator[Coded]:
    """Read what `to_jsonl` wrote. Raises InputError with file and line where a line does not fit the records."""
    document: Document | None = None
    events: list[Event] = []
    statements: list[Statement] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            body = msgspec.json.decode(line)
            body_kind = body.pop("record")
            record: Document | Event | Statement = msgspec.convert(body, KINDS[body_kind])
        except (msgspec.DecodeError, msgspec.ValidationError, KeyError, AttributeError, TypeError) as error:
            raise InputError(
                f"no record of Dragoman ({error})",
                where=f"{where}:{number}",
                do="Give a file made by `dragoman code --to jsonl`",
            ) from error
        if isinstance(record, Document):
            if document is not None:
                yield Coded(document=document, events=tuple(events), statements=tuple(statements))
            document, events, statements = record, [], []
        elif document is None:
            raise InputError(
                f"a record of kind {body_kind!r} stands before any document",
                where=f"{where}:{number}",
                do="Give a file made by `dragoman code --to jsonl`, from its first line",
            )
        elif isinstance(record, Event):
            events.append(record)
        else:
            statements.append(record)
    if document is not None:
        yield Coded(document=document, events=tuple(events), statements=tuple(statements))
