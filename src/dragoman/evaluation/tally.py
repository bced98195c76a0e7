"""Count, document by document, what was found and which fields agree."""

import collections
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dragoman.evaluation.annotation import GoldActor, GoldCount, GoldEvent, GoldStatement
from dragoman.evaluation.match import (
    CONTENT_RIGHT,
    Fold,
    Matched,
    actor_agrees,
    content_agreement,
    countries,
    recipient_agrees,
    same_cue,
    same_date,
    same_name,
    share_name,
)
from dragoman.records import Span

CONTEXT = 60  # characters shown on each side of a trigger

What = Literal["DIFF", "MISS", "SPUR", "REPEAT"]
"""Paired but with wrong fields; not found; false alarm; told again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where coder and gold part. fields: those that are wrong in a pair; text: the words around."""

    document: str
    what: What
    record: Literal["event", "statement"]
    gold: str | None
    coded: str | None
    fields: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A coded event with its confidence, and which of its fields are right; for calibration."""

    document: str
    confidence: Mapping[str, float]
    right: Mapping[str, bool]


@dataclass(slots=True)
class Tally:
    """What one document adds up to."""

    counts: collections.Counter[str] = field(default_factory=collections.Counter)
    confusions: collections.Counter[tuple[str, str]] = field(default_factory=collections.Counter)
    differences: list[Difference] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def tally(matched: Matched, fold: Fold) -> Tally:
    """Count one document. Names of the counts: those that `scores.MEASURES` adds up."""
    sums = Tally()
    for gold, coded in matched.events:
        if gold.optional:
            sums.counts["optional events found"] += 1
        else:
            _event(sums, matched, gold, coded, fold)
    for event in matched.missed:
        sums.counts.update(["missed", "typed missed", "whole missed", f"{event.type} missed"])
        sums.differences.append(_alone(matched, "MISS", event))
    for event in matched.spurious:
        sums.counts.update(["spurious", "typed spurious", "whole spurious", f"{event.type} spurious"])
        sums.differences.append(_alone(matched, "SPUR", event))
        sums.outcomes.append(_outcome(matched, event, {}))
    for event in matched.repeats:
        sums.counts["repeats"] += 1
        sums.differences.append(_alone(matched, "REPEAT", event))
    for said, heard in matched.statements:
        if said.optional:
            sums.counts["optional statements found"] += 1
        else:
            _statement(sums, matched, said, heard)
    for statement in matched.missed_statements:
        sums.counts.update(["statements missed", "whole statements missed"])
        sums.differences.append(_alone_statement(matched, "MISS", statement))
    for statement in matched.spurious_statements:
        sums.counts.update(["statements spurious", "whole statements spurious"])
        sums.differences.append(_alone_statement(matched, "SPUR", statement))
    return sums


def _event(sums: Tally, matched: Matched, gold: GoldEvent, coded: GoldEvent, fold: Fold) -> None:
    right = {
        "type": coded.type in gold.types,
        "actors": actor_agrees(gold, coded, fold),
        "recipients": recipient_agrees(gold, coded, fold),
        "polarity": coded.polarity == gold.polarity,
        "realis": coded.realis == gold.realis,
        "certainty": coded.certainty == gold.certainty,
        "modes": set(coded.modes) == set(gold.modes),
        "contexts": set(coded.contexts) == set(gold.contexts),
    }
    right["record"] = right["type"] and right["actors"] and right["recipients"]
    counts = sums.counts
    counts["found"] += 1
    _three(counts, "typed", right["type"])
    _three(counts, "whole", right["record"])
    for name in ("type", "actors", "recipients", "polarity", "realis", "certainty"):
        counts[f"{name} right"] += right[name]
    if right["type"]:
        counts.update([f"{gold.type} found", f"given {gold.type} found"])
    else:
        for name, what in ((gold.type, "missed"), (coded.type, "spurious")):
            counts.update([f"{name} {what}", f"given {name} {what}"])
        sums.confusions[gold.type, coded.type] += 1
    _sets(counts, "modes", gold.modes, coded.modes)
    _sets(counts, "contexts", gold.contexts, coded.contexts)
    _sets(counts, "counts", _figures(gold.counts), _figures(coded.counts))
    right.update(_when_and_where(counts, gold, coded))
    if gold.attribution or coded.attribution:
        right["attribution"] = share_name(gold.attribution, coded.attribution)
        counts["attribution scored"] += 1
        counts["attribution right"] += right["attribution"]
    sums.outcomes.append(_outcome(matched, coded, right))
    wrong = tuple(name for name, agrees in right.items() if not agrees and name != "record")
    if wrong:
        sums.differences.append(
            Difference(
                document=matched.gold.id,
                what="DIFF",
                record="event",
                gold=_event_in_words(gold),
                coded=_event_in_words(coded),
                fields=wrong,
                text=_around(matched.gold.text, gold.tellings[0].trigger),
            )
        )


def _when_and_where(counts: collections.Counter[str], gold: GoldEvent, coded: GoldEvent) -> dict[str, bool]:
    right: dict[str, bool] = {}
    if gold.date is not None and gold.date.start is not None:
        right["date"] = same_date(gold.date, coded.date)
        counts["date scored"] += 1
        counts["date right"] += right["date"]
    elif gold.date is not None and coded.date is not None and coded.date.start is not None:
        counts["date spurious"] += 1
    if gold.place is not None:
        right["place"] = coded.place is not None and coded.place.country == gold.place.country
        counts["place scored"] += 1
        counts["place country right"] += right["place"]
        counts["place name right"] += coded.place is not None and same_name(coded.place.name, gold.place.name)
    elif coded.place is not None:
        counts["place spurious"] += 1
    return right


def _statement(sums: Tally, matched: Matched, gold: GoldStatement, coded: GoldStatement) -> None:
    shared = content_agreement(gold.content, coded.content)
    right = {
        "speaker name": share_name([a.name for a in gold.speakers], [a.name for a in coded.speakers]),
        "speaker country": countries(gold.speakers) == countries(coded.speakers),
        "content": shared >= CONTENT_RIGHT,
        "kind": gold.kind == coded.kind,
    }
    counts = sums.counts
    counts["statements found"] += 1
    counts["cue right"] += same_cue(gold, coded)
    counts["content exact right"] += shared > 0.999
    if gold.attribution:
        right["chain"] = share_name(gold.attribution, coded.attribution)
        counts["chain scored"] += 1
    _three(
        counts, "whole statements", right["content"] and right["speaker name"] and right["speaker country"]
    )
    if gold.stance or coded.stance:
        right["stance"] = _stances(counts, gold, coded)
    for name, agrees in right.items():
        counts[f"{name} right"] += agrees
    wrong = tuple(name for name, agrees in right.items() if not agrees)
    if wrong:
        sums.differences.append(
            Difference(
                document=matched.gold.id,
                what="DIFF",
                record="statement",
                gold=_statement_in_words(gold),
                coded=_statement_in_words(coded),
                fields=wrong,
                text=_around(matched.gold.text, gold.content[0]),
            )
        )


def _stances(counts: collections.Counter[str], gold: GoldStatement, coded: GoldStatement) -> bool:
    """Count the sides taken, target by target; the wrong side of a target is missed and a false alarm."""
    left = list(coded.stance)
    for side in gold.stance:
        hit = next((x for x in left if x.value == side.value and same_name(side.target, x.target)), None)
        counts["stance missed" if hit is None else "stance found"] += 1
        if hit is not None:
            left.remove(hit)
    counts["stance spurious"] += len(left)
    return not left and len(gold.stance) == len(coded.stance)


def _three(counts: collections.Counter[str], name: str, right: bool) -> None:
    """A pair that is right is found; one that is wrong is missed and a false alarm."""
    counts.update([f"{name} found"] if right else [f"{name} missed", f"{name} spurious"])


def _sets(counts: collections.Counter[str], name: str, gold: Iterable[str], coded: Iterable[str]) -> None:
    one, other = set(gold), set(coded)
    counts[f"{name} found"] += len(one & other)
    counts[f"{name} missed"] += len(one - other)
    counts[f"{name} spurious"] += len(other - one)


def _figures(counts: Mapping[str, GoldCount]) -> list[str]:
    """A count is its kind and its one number; without a number it is not scored."""
    return [f"{kind} {count.figure:g}" for kind, count in counts.items() if count.figure is not None]


def _outcome(matched: Matched, coded: GoldEvent, right: Mapping[str, bool]) -> Outcome:
    """A false alarm is wrong as a record; its fields are not judged."""
    return Outcome(document=matched.gold.id, confidence=coded.confidence, right=right or {"record": False})


def _alone(matched: Matched, what: What, event: GoldEvent) -> Difference:
    words = _event_in_words(event)
    return Difference(
        document=matched.gold.id,
        what=what,
        record="event",
        gold=words if what == "MISS" else None,
        coded=None if what == "MISS" else words,
        text=_around(matched.gold.text, event.tellings[0].trigger) if event.tellings else "",
    )


def _alone_statement(matched: Matched, what: What, said: GoldStatement) -> Difference:
    words = _statement_in_words(said)
    return Difference(
        document=matched.gold.id,
        what=what,
        record="statement",
        gold=words if what == "MISS" else None,
        coded=None if what == "MISS" else words,
        text=_around(matched.gold.text, said.content[0]) if said.content else "",
    )


def _side(actors: Iterable[GoldActor]) -> str:
    return "+".join(sorted(countries(actors))) or "–"


def _event_in_words(event: GoldEvent) -> str:
    modes = f"/{','.join(event.modes)}" if event.modes else ""
    status = [
        value
        for value, usual in (
            (event.polarity, "affirmed"),
            (event.realis, "actual"),
            (event.certainty, "certain"),
        )
        if value != usual
    ]
    trigger = repr(event.tellings[0].trigger.text) if event.tellings else "(words not in the text)"
    sides = f"{_side(event.actors)}>{_side(event.recipients)}"
    return " ".join([event.type + modes, sides, *status, trigger])


def _statement_in_words(said: GoldStatement) -> str:
    speakers = ", ".join(f"{actor.name} ({_side([actor])})" for actor in said.speakers) or "nobody"
    return f"{speakers} {said.cue.text!r}" if said.cue else speakers


def _around(text: str, span: Span) -> str:
    """The words with some context, on one line, the span in brackets."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    after = text[span.end : span.end + CONTEXT]
    return " ".join(f"{before}[{text[span.start : span.end]}]{after}".split())
