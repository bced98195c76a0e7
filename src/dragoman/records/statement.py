"""What was said, by whom."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dragoman.records.actor import Actor
from dragoman.records.date import When
from dragoman.records.event import Commitment, Source
from dragoman.records.place import Place
from dragoman.records.reason import Reason
from dragoman.records.span import Span

StatementKind = Literal["direct", "indirect", "mixed"]
StanceValue = Literal["support", "oppose", "neutral", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The words that say that something is said, and their lemma."""

    start: int
    end: int
    text: str
    sentence: int | None
    lemma: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """To whom, where and when it was said."""

    date: When | None = None
    place: Place | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """The side a content takes towards a target; strength 0–1."""

    target: Actor
    value: StanceValue
    strength: float | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """An event inside the content, and how far the speaker stands behind it."""

    event: str
    commitment: Commitment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing said. content: spans in text order, perhaps discontinuous, perhaps over several sentences."""

    id: str
    document: str
    speakers: tuple[Actor, ...]
    kind: StatementKind
    cue: Cue | None
    content: tuple[Span, ...]
    addressees: tuple[Actor, ...] = ()
    occasion: Occasion | None = None
    attribution: tuple[Source, ...] = ()
    stance: tuple[Stance, ...] = ()
    asserts: tuple[Assertion, ...] = ()
    event: str | None = None
    confidence: Mapping[str, float] = field(default_factory=dict)
    why: tuple[Reason, ...] = ()
    run: str | None = None


def statement_id(document: str, cue: Cue | None, content: Sequence[Span]) -> str:
    """Sixteen hex digits, stable for document, cue and content."""
    words = f"{(cue.start, cue.end) if cue else None}|{[(s.start, s.end) for s in content]}"
    return hashlib.sha256(f"{document}|statement|{words}".encode()).hexdigest()[:16]
