"""The gold file as it stands on disk (guidelines.md §8): one document a line, spans as words or as offsets.

These classes only say which keys there are and of what kind; `resolve` makes `GoldDocument`s of them.
"""

import msgspec

Words = str | tuple[int, int] | None
"""Words of a sentence, or [start, end) in the text."""


class PartyRow(msgspec.Struct, kw_only=True):
    """An actor, a recipient or a speaker."""

    name: str | None = None
    text: Words = None
    country: list[str] | None = None
    sectors: list[str] | None = None


class DateRow(msgspec.Struct, kw_only=True):
    """When; a start of null says that the text does not tell."""

    start: str | None = None
    end: str | msgspec.UnsetType | None = msgspec.UNSET
    precision: str | None = None
    text: Words = None


class PlaceRow(msgspec.Struct, kw_only=True):
    """Where."""

    name: str | None = None
    country: str | None = None
    precision: str | None = None
    text: Words = None


class CountRow(msgspec.Struct, kw_only=True):
    """How many, as far as the text says."""

    low: float | None = None
    best: float | None = None
    high: float | None = None
    text: Words = None


class TellingRow(msgspec.Struct, kw_only=True):
    """A further telling of an act."""

    s: int
    trigger: Words


class EventRow(msgspec.Struct, kw_only=True):
    """One act."""

    s: int
    trigger: Words
    type: str
    type_accept: list[str] | None = None
    modes: list[str] | None = None
    contexts: list[str] | None = None
    actors: list[PartyRow] | None = None
    recipients: list[PartyRow] | None = None
    actor_accept: list[list[str]] | None = None
    recipient_accept: list[list[str]] | None = None
    actor_optional: bool = False
    recipient_optional: bool = False
    polarity: str = "affirmed"
    realis: str = "actual"
    certainty: str = "certain"
    attribution: list[str] | None = None
    attribution_accept: list[str] | None = None
    date: DateRow | None = None
    place: PlaceRow | None = None
    counts: dict[str, CountRow] | None = None
    also: list[TellingRow] | None = None
    optional: bool = False


class StanceRow(msgspec.Struct, kw_only=True):
    """The side a content takes."""

    target: Words
    value: str


class StatementRow(msgspec.Struct, kw_only=True):
    """One thing said."""

    s: int
    speakers: list[PartyRow] | None = None
    cue: Words = None
    kind: str | None = None
    content: str | list[str | tuple[int, int]]
    content_s: int | None = None
    attribution: list[str] | None = None
    addressees: list[str] | None = None
    stance: list[StanceRow] | None = None
    asserts: list[int] | None = None
    event: int | None = None
    optional: bool = False


class EntityRow(msgspec.Struct, kw_only=True):
    """One actor of the article and every mention of it, as [start, end)."""

    name: str
    mentions: list[tuple[int, int]]


class DocumentRow(msgspec.Struct, kw_only=True):
    """One line of the file."""

    id: str
    text: str
    sentences: list[tuple[int, int]]
    published: str | None = None
    source: str | None = None
    batch: str | None = None
    events: list[EventRow] | None = None
    statements: list[StatementRow] | None = None
    entities: list[EntityRow] | None = None
