"""Whether a confidence of 0.8 is right eight times in ten: reliability, calibration error, Brier score."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.evaluation.tally import Outcome

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Events whose confidence lies in [low, high) (the last bin holds 1): how sure, and how often right."""

    low: float
    high: float
    n: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """error: expected calibration error, the mean over events of |confidence - share right| of their bin.

    brier: mean squared distance of confidence from 0 or 1. Both null where nothing carries a confidence.
    """

    field: str
    n: int
    bins: tuple[Bin, ...]
    error: float | None
    brier: float | None


def calibration(outcomes: Iterable[Outcome], *, field: str = "record", bins: int = BINS) -> Calibration:
    """The reliability of one field's confidence; events without it, or with an unjudged field, are left out.

    "record": type and both countries right; a false alarm is wrong. Other fields are judged on found events.
    """
    pairs = [
        (outcome.confidence[field], outcome.right[field])
        for outcome in outcomes
        if field in outcome.confidence and field in outcome.right
    ]
    return reliability(pairs, field=field, bins=bins)


def reliability(
    pairs: Sequence[tuple[float, bool]], *, field: str = "record", bins: int = BINS
) -> Calibration:
    """The reliability table of (confidence, right) pairs; confidences between 0 and 1."""
    held: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in pairs:
        held[min(int(confidence * bins), bins - 1)].append((confidence, right))
    table = tuple(_bin(number / bins, (number + 1) / bins, inside) for number, inside in enumerate(held))
    if not pairs:
        return Calibration(field=field, n=0, bins=table, error=None, brier=None)
    distance = math.fsum(
        row.n * abs(row.confidence - row.right)
        for row in table
        if row.confidence is not None and row.right is not None
    )
    squares = math.fsum((confidence - right) ** 2 for confidence, right in pairs)
    return Calibration(
        field=field,
        n=len(pairs),
        bins=table,
        error=distance / len(pairs),
        brier=squares / len(pairs),
    )


def _bin(low: float, high: float, inside: Sequence[tuple[float, bool]]) -> Bin:
    if not inside:
        return Bin(low=low, high=high, n=0, confidence=None, right=None)
    return Bin(
        low=low,
        high=high,
        n=len(inside),
        confidence=math.fsum(confidence for confidence, _ in inside) / len(inside),
        right=sum(right for _, right in inside) / len(inside),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What stays with events of at least `minimum` confidence: how many, and F1 against all required gold events."""

    minimum: float
    events: int
    precision: float | None
    recall: float | None
    f1: float | None


def kept_at(
    outcomes: Sequence[Outcome], *, gold: int, minimum: float, judged: str = "record", of: str = "record"
) -> Kept:
    """Precision and recall of the events whose confidence in `of` is at least `minimum`.

    gold: required gold events, found or missed. judged: the field that must be right ("type", "record").
    """
    kept = [outcome for outcome in outcomes if outcome.confidence.get(of, 0.0) >= minimum]
    right = sum(outcome.right.get(judged, False) for outcome in kept)
    return Kept(
        minimum=minimum,
        events=len(kept),
        precision=right / len(kept) if kept else None,
        recall=right / gold if gold else None,
        f1=2 * right / (len(kept) + gold) if kept or gold else None,
    )
