"""When."""

from dataclasses import dataclass
from typing import Literal

from dragoman.records.span import Span

DatePrecision = Literal[
    "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "range", "unknown"
]
Anchor = Literal["published", "text", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The date of an act: ISO days, first and last; an open side is null.

    anchor: `published` (relative to publication), `text` (relative to another date of the text),
    `none` (absolute). With an unknown publication date a relative expression keeps its words, start and end null.
    """

    start: str | None = None
    end: str | None = None
    precision: DatePrecision = "unknown"
    text: str | None = None
    span: Span | None = None
    anchor: Anchor = "none"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A date expression found in the text, resolved or not."""

    span: Span
    start: str | None
    end: str | None
    precision: DatePrecision
    anchor: Anchor
    reason: str
