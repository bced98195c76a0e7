"""The record classes and their JSON form; nothing else. All records are frozen; `dataclasses.replace` changes them."""

from dragoman.records.actor import Actor, ActorKind, Entity
from dragoman.records.coded import Coded
from dragoman.records.date import Anchor, DatePrecision, Timex, When
from dragoman.records.document import Document, Missed, Removed, document_id
from dragoman.records.event import (
    Certainty,
    Commitment,
    Count,
    CountKind,
    Event,
    Polarity,
    Quad,
    Realis,
    Source,
    Status,
    event_id,
)
from dragoman.records.json import from_jsonl, rows, to_jsonl
from dragoman.records.place import Place, PlacePrecision, Toponym
from dragoman.records.reason import Alternative, Reason
from dragoman.records.run import Run
from dragoman.records.span import Span
from dragoman.records.statement import (
    Assertion,
    Cue,
    Occasion,
    Stance,
    StanceValue,
    Statement,
    StatementKind,
    statement_id,
)

__all__ = [
    "Actor",
    "ActorKind",
    "Alternative",
    "Anchor",
    "Assertion",
    "Certainty",
    "Coded",
    "Commitment",
    "Count",
    "CountKind",
    "Cue",
    "DatePrecision",
    "Document",
    "Entity",
    "Event",
    "Missed",
    "Occasion",
    "Place",
    "PlacePrecision",
    "Polarity",
    "Quad",
    "Realis",
    "Reason",
    "Removed",
    "Run",
    "Source",
    "Span",
    "Stance",
    "StanceValue",
    "Statement",
    "StatementKind",
    "Status",
    "Timex",
    "Toponym",
    "When",
    "document_id",
    "event_id",
    "from_jsonl",
    "rows",
    "statement_id",
    "to_jsonl",
]
