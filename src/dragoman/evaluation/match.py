"""Which coded record is which gold record, and do their fields agree (guidelines.md §9).

Pairs are taken greedily, best first, each record once; ties go to the earlier gold record, then to the
earlier coded one, so that equal input gives equal pairs.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dragoman.evaluation.annotation import (
    GoldActor,
    GoldDate,
    GoldDocument,
    GoldEvent,
    GoldStatement,
)
from dragoman.knowledge.folding import fold
from dragoman.records import Span

CONTENT_PAIRS = 0.5  # guidelines.md §9: token F1 of contents from which statements pair
CONTENT_PAIRS_WITH_CUE = 0.2  # … and above which they pair if their cues overlap
CONTENT_RIGHT = 0.8  # … and from which a content is right

BODIES = {"UNO", "EUR", "WTO"}
"""Bodies with a code of their own, which older gold wrote as IGO."""

Fold = Callable[[frozenset[str]], frozenset[str]]


def told_apart(codes: frozenset[str]) -> frozenset[str]:
    """UNO, EUR and IGO are three codes."""
    return codes


def bodies_as_igo(codes: frozenset[str]) -> frozenset[str]:
    """UNO, EUR and the like count as IGO, as in older gold."""
    return frozenset(
        "IGO" if code in BODIES or (len(code) > 3 and code.startswith("IGO")) else code for code in codes
    )


@dataclass(frozen=True, slots=True)
class Matched:
    """One document: pairs of records, what only one side has, and coded repeats of a paired act.

    A pair whose gold is `optional` stands among the pairs; `missed` never holds optional gold.
    """

    gold: GoldDocument
    coded: GoldDocument
    events: tuple[tuple[GoldEvent, GoldEvent], ...]
    missed: tuple[GoldEvent, ...]
    spurious: tuple[GoldEvent, ...]
    repeats: tuple[GoldEvent, ...]
    statements: tuple[tuple[GoldStatement, GoldStatement], ...]
    missed_statements: tuple[GoldStatement, ...]
    spurious_statements: tuple[GoldStatement, ...]


def match(gold: GoldDocument, coded: GoldDocument) -> Matched:
    """Pair the records of one document; both sides have the same text."""
    events = pair_events(gold.events, coded.events)
    paired_gold = {one.number for one, _ in events}
    paired_coded = {other.number for _, other in events}
    left = [event for event in coded.events if event.number not in paired_coded]
    repeats = [event for event in left if any(_triggers_overlap(told, event) for told in gold.events)]
    again = {event.number for event in repeats}
    statements = pair_statements(gold.statements, coded.statements)
    said_gold = {one.number for one, _ in statements}
    said_coded = {other.number for _, other in statements}
    return Matched(
        gold=gold,
        coded=coded,
        events=tuple(events),
        missed=tuple(e for e in gold.events if e.number not in paired_gold and not e.optional),
        spurious=tuple(event for event in left if event.number not in again),
        repeats=tuple(repeats),
        statements=tuple(statements),
        missed_statements=tuple(s for s in gold.statements if s.number not in said_gold and not s.optional),
        spurious_statements=tuple(s for s in coded.statements if s.number not in said_coded),
    )


def pair_events(gold: Sequence[GoldEvent], coded: Sequence[GoldEvent]) -> list[tuple[GoldEvent, GoldEvent]]:
    """Pair events by trigger, or by sentence, type and a shared country; best first."""
    candidates: list[tuple[float, int, int, GoldEvent, GoldEvent]] = []
    for one in gold:
        for other in coded:
            trigger = _triggers_overlap(one, other)
            if not (trigger or _same_sentence(one, other)):
                continue
            typed = other.type in one.types
            actors = _share_country(one.actors, other.actors)
            recipients = _share_country(one.recipients, other.recipients)
            if not trigger and not (typed and (actors or recipients)):
                continue
            score = 3 * trigger + 3 * typed + actors + recipients - 0.5 * one.optional
            candidates.append((-score, one.number, other.number, one, other))
    return _greedy(candidates)


def pair_statements(
    gold: Sequence[GoldStatement], coded: Sequence[GoldStatement]
) -> list[tuple[GoldStatement, GoldStatement]]:
    """Pair statements by the words of their contents, with a bonus for the same cue; best first."""
    candidates: list[tuple[float, int, int, GoldStatement, GoldStatement]] = []
    for one in gold:
        for other in coded:
            shared = content_agreement(one.content, other.content)
            cue = same_cue(one, other)
            if shared >= CONTENT_PAIRS or (cue and shared > CONTENT_PAIRS_WITH_CUE):
                candidates.append((-(shared + 0.3 * cue), one.number, other.number, one, other))
    return _greedy(candidates)


Record = TypeVar("Record", GoldEvent, GoldStatement)


def _greedy(
    candidates: list[tuple[float, int, int, Record, Record]],
) -> list[tuple[Record, Record]]:
    taken_gold: set[int] = set()
    taken_coded: set[int] = set()
    pairs: list[tuple[Record, Record]] = []
    for _, one_number, other_number, one, other in sorted(candidates, key=lambda c: c[:3]):
        if one_number in taken_gold or other_number in taken_coded:
            continue
        taken_gold.add(one_number)
        taken_coded.add(other_number)
        pairs.append((one, other))
    return pairs


def _triggers_overlap(one: GoldEvent, other: GoldEvent) -> bool:
    return any(a.trigger.overlaps(b.trigger) for a in one.tellings for b in other.tellings)


def _same_sentence(gold: GoldEvent, coded: GoldEvent) -> bool:
    return any(
        a.sentence[0] < b.trigger.end and b.trigger.start < a.sentence[1]
        for a in gold.tellings
        if a.sentence is not None
        for b in coded.tellings
    )


def _share_country(one: Sequence[GoldActor], other: Sequence[GoldActor]) -> bool:
    return bool(countries(one) & countries(other)) or (not one and not other)


def countries(actors: Iterable[GoldActor]) -> frozenset[str]:
    """All countries of one side."""
    return frozenset(code for actor in actors for code in actor.country)


def same_side(
    gold: Sequence[GoldActor], accept: Iterable[frozenset[str]], coded: Sequence[GoldActor], fold: Fold
) -> bool:
    """Say whether the coded side has the countries of the gold side, or of a set that is right as well."""
    given = fold(countries(coded))
    return given == fold(countries(gold)) or any(given == fold(codes) for codes in accept)


def actor_agrees(gold: GoldEvent, coded: GoldEvent, fold: Fold = told_apart) -> bool:
    """Say whether the actors' countries are right; an optional actor side may be anything."""
    return gold.actor_optional or same_side(gold.actors, gold.actor_accept, coded.actors, fold)


def recipient_agrees(gold: GoldEvent, coded: GoldEvent, fold: Fold = told_apart) -> bool:
    """Say whether the recipients' countries are right; an optional recipient side may be empty."""
    if gold.recipient_optional and not coded.recipients:
        return True
    return same_side(gold.recipients, gold.recipient_accept, coded.recipients, fold)


def same_name(one: str | None, other: str | None) -> bool:
    """Say whether two names agree: equal or one in the other without article, case and accents, or the same last word.

    One is in the other by whole words ("us" is not in "Russia"). The last word counts from four letters on ("Rudenko",
    "Andrei Rudenko", but not "Li").
    """
    a, b = (re.sub(r"^(the|a|an) ", "", fold_name(name)) for name in (one or "", other or ""))
    if not a or not b:
        return bool(one) and one == other  # signs without a letter
    if f" {a} " in f" {b} " or f" {b} " in f" {a} ":
        return True
    last = a.split()[-1]
    return len(last) >= 4 and last == b.split()[-1]


def fold_name(name: str) -> str:
    """The name in lower case without accents and marks, with single spaces: "Trần Đức-Lương" is "tran duc luong"."""
    plain = fold(name).replace("'s ", " ")
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['.](?=\w)|\.(?= |$)", "", plain)))


def share_name(one: Iterable[str], other: Sequence[str]) -> bool:
    """Say whether some name of one list agrees with some name of the other."""
    return any(same_name(a, b) for a in one for b in other)


def same_date(gold: GoldDate, coded: GoldDate | None) -> bool:
    """Say whether first and last day agree; an open side agrees with an open side."""
    if coded is None:
        return False
    return _day(gold.start) == _day(coded.start) and _day(gold.end) == _day(coded.end)


def _day(day: str | None) -> str | None:
    return day[:10] if day else None


def same_cue(gold: GoldStatement, coded: GoldStatement) -> bool:
    """Say whether both have a cue and the two overlap."""
    return gold.cue is not None and coded.cue is not None and gold.cue.overlaps(coded.cue)


def content_agreement(one: Iterable[Span], other: Iterable[Span]) -> float:
    """F1 of the words of two contents."""
    a, b = _word_starts(one), _word_starts(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _word_starts(spans: Iterable[Span]) -> set[int]:
    return {span.start + word.start() for span in spans for word in re.finditer(r"\w+", span.text)}
