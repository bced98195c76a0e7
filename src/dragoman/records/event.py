"""What was done: one act in one document (a report)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dragoman.records.actor import Actor
from dragoman.records.date import When
from dragoman.records.place import Place
from dragoman.records.reason import Reason
from dragoman.records.span import Span

Polarity = Literal["affirmed", "negated"]
Realis = Literal["actual", "future", "hypothetical", "historical"]
Certainty = Literal["certain", "probable", "possible"]
Commitment = Literal["asserts", "denies", "doubts", "reports"]
CountKind = Literal["killed", "injured", "arrested", "displaced", "participants", "amount"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quad:
    """PLOVER's quadrant: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""

    code: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """An act happened, so the text says, only if it is affirmed, actual and certain."""

    polarity: Polarity = "affirmed"
    realis: Realis = "actual"
    certainty: Certainty = "certain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One link of the chain of those who say so, outermost first.

    kind: how the source says it (direct, indirect, mixed); commitment: how far it stands behind it, null where
    the cue does not say; statement: id of the Statement that carries it, or null.
    """

    source: Actor
    cue: Span | None = None
    kind: str | None = None
    commitment: Commitment | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many, only as the text gives it; an open or unsaid side is null."""

    low: float | None
    best: float | None
    high: float | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act in one document. `why` explains every field that is set; `confidence` maps record and fields to 0–1.

    categories: the user's own, "CODE" or "CODE/mode", where the text was coded with a codebook; null without one, and
    then left out of the JSON form.
    """

    id: str
    document: str
    type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    quad: Quad | None = None
    scale: float | None = None
    cameo: str | None = None
    goldstein: float | None = None
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    status: Status = Status()
    attribution: tuple[Source, ...] = ()
    date: When | None = None
    place: Place | None = None
    counts: Mapping[CountKind, Count] = field(default_factory=dict)
    trigger: Span
    sentence: int
    evidence: tuple[Span, ...] = ()
    statement: str | None = None
    confidence: Mapping[str, float] = field(default_factory=dict)
    why: tuple[Reason, ...] = ()
    run: str | None = None
    categories: tuple[str, ...] | None = None


def event_id(document: str, trigger: Span, kind: str) -> str:
    """Sixteen hex digits, stable for document, trigger words and type."""
    return hashlib.sha256(f"{document}|{trigger.start}|{trigger.end}|{kind}".encode()).hexdigest()[:16]
