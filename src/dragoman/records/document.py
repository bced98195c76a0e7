"""A clean text and what is known about it."""

import hashlib
from dataclasses import dataclass

from dragoman.records.actor import Entity
from dragoman.records.date import Timex
from dragoman.records.place import Toponym
from dragoman.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Words that intake took out of the body, and why; removed, never lost."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Words that looked like an act or a statement and were not coded, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article: `text` is title and body, paragraphs separated by one blank line, the only base of offsets.

    published: ISO 8601 date ("2023-06-26") or timestamp with zone; the anchor of relative dates.
    place_line: the place of a dateline ("BEIJING") that intake removed, or null.
    source_id: the id that the input gave the text. `entities`, `missed`, `timexes`, `toponyms` and
    `sentences` are empty until the document has been coded.
    """

    id: str
    text: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    retrieved: str | None = None
    licence: str | None = None
    place_line: str | None = None
    removed: tuple[Removed, ...] = ()
    sentences: tuple[Span, ...] = ()
    source_id: str | None = None
    entities: tuple[Entity, ...] = ()
    missed: tuple[Missed, ...] = ()
    timexes: tuple[Timex, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    run: str | None = None


def document_id(text: str, url: str | None) -> str:
    """Sixteen hex digits of SHA-256 over canonical text and URL: the same input, the same id, on every machine."""
    return hashlib.sha256(f"{text}\x00{url or ''}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
