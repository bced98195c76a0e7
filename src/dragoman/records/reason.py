"""Why a field has its value."""

from dataclasses import dataclass

from dragoman.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A runner-up and its probability (null where a rule, not a head, decided)."""

    value: str
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One decision: which field got which value, by which rule or model head, on which words.

    by: a rule ("dates:weekday"), a table row ("cues.toml:deny") or a head ("head:type").
    probability: the deciding head's own, between 0 and 1; null for rules.
    """

    field: str
    value: str
    by: str
    evidence: tuple[Span, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    probability: float | None = None
    note: str | None = None
