"""Gold: what a careful reader coded, as frozen records with resolved spans.

A coder's output takes the same form (`coded.py`), so that matching compares like with like.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.records import Span

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldActor:
    """Who acts, is acted on or speaks; `words` are those of the text, where they were given."""

    name: str
    country: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    words: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDate:
    """First and last day; a start of null: the text does not say; an end of null: an open side."""

    start: str | None
    end: str | None
    precision: str = "unknown"
    words: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    """Where."""

    name: str
    country: str | None = None
    precision: str = "unknown"
    words: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldCount:
    """How many; an unsaid side is null."""

    low: float | None
    best: float | None
    high: float | None
    words: Span | None = None

    @property
    def figure(self) -> float | None:
        """The one number to compare: the best, else the lowest, else the highest."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Words that tell an act, and the bounds of their sentence (null in a coder's output)."""

    trigger: Span
    sentence: Bounds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """One act.

    number: its place in the document, from 0. tellings: the fullest first; empty only in a coder's output
    whose words are not in the gold text. types, attribution: all that are right.
    actor_accept, recipient_accept: further sets of countries that are right as well.
    date: null if it is not scored. confidence: a coder's own, empty in gold.
    """

    number: int
    tellings: tuple[Telling, ...]
    type: str
    types: frozenset[str]
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[GoldActor, ...] = ()
    recipients: tuple[GoldActor, ...] = ()
    actor_accept: tuple[frozenset[str], ...] = ()
    recipient_accept: tuple[frozenset[str], ...] = ()
    actor_optional: bool = False
    recipient_optional: bool = False
    polarity: str = "affirmed"
    realis: str = "actual"
    certainty: str = "certain"
    attribution: tuple[str, ...] = ()
    date: GoldDate | None = None
    place: GoldPlace | None = None
    counts: Mapping[str, GoldCount] = field(default_factory=dict)
    optional: bool = False
    confidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStance:
    """The side a content takes towards a target."""

    target: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    """One thing said. asserts, event: numbers of events of the document."""

    number: int
    speakers: tuple[GoldActor, ...]
    cue: Span | None
    content: tuple[Span, ...]
    kind: str | None = None
    attribution: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    stance: tuple[GoldStance, ...] = ()
    asserts: tuple[int, ...] = ()
    event: int | None = None
    optional: bool = False
    confidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntity:
    """One actor of a text and its mentions (names, descriptions, pronouns), in the order of the text."""

    name: str
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One text with everything in it, events and statements in the order of the file.

    entities: the clusters of mentions; null where the text was coded without them.
    """

    id: str
    text: str
    published: str | None = None
    source: str | None = None
    batch: str | None = None
    sentences: tuple[Bounds, ...] = ()
    events: tuple[GoldEvent, ...] = ()
    statements: tuple[GoldStatement, ...] = ()
    entities: tuple[GoldEntity, ...] | None = None
