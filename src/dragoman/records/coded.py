"""A document with what was found in it."""

from dataclasses import dataclass

from dragoman.records.document import Document
from dragoman.records.event import Event
from dragoman.records.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """One coded article: events and statements in text order."""

    document: Document
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
