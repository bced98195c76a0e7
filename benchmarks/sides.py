"""Why a side of an act is wrong: of each act found with its type, what the gold has, what stands there, and what spoke for it.

    python benchmarks/sides.py out/train.jsonl --kind articles [--model FOLDER] [--limit N] [--list]

Prints how often each cause stands behind a side with the wrong countries; --list prints the cases. For reading on training texts.
"""

from __future__ import annotations

import argparse
import collections
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dragoman
from dragoman.coder import plain_document
from dragoman.coding.actors import Actors
from dragoman.coding.coder import code
from dragoman.coding.heads import heads_of
from dragoman.coding.mentions import Mention
from dragoman.coding.roles import MORE, REACH, Cast
from dragoman.coding.words import Words
from dragoman.evaluation.annotation import GoldActor, GoldEvent
from dragoman.evaluation.coded import gold_form
from dragoman.evaluation.gold import load
from dragoman.evaluation.match import actor_agrees, countries, match, recipient_agrees
from dragoman.evaluation.scores import kind_of
from dragoman.records import Actor, Coded, Document, Event, Span

SIDES = {"actor": "actors", "recipient": "recipients"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One wrong side. causes: one for each country too few or too many; detail: what was weighed."""

    document: str
    side: str
    type: str
    causes: tuple[str, ...]
    detail: str


class Reading:
    """One document as the coder sees it, asked about its weighing."""

    def __init__(self, doc: Any, document: Document, tables: Any) -> None:
        self.words = Words(doc)
        self.actors = Actors(doc, document, tables.knowledge)
        self.cast = Cast(heads_of(doc), self.actors, self.words)
        self.text = document.text

    def tokens(self, span: Span) -> list[int]:
        starts = self.words.starts
        return [
            i for i in range(len(starts)) if span.start <= starts[i] < span.end and not self.words.space[i]
        ]

    def mention(self, span: Span | None) -> Mention | None:
        """The largest mention whose head lies in these words."""
        inside = [] if span is None else [m for m in self.actors.mentions if m.head in set(self.tokens(span))]
        return max(inside, key=lambda m: (m.end - m.first, -m.first), default=None)

    def codes(self, mention: Mention) -> set[str]:
        return {c for actor, _ in self.actors.actors_of(mention) for c in actor.country}


def faults(reading: Reading, coded: Coded, gold: Any) -> Iterator[Fault]:
    """The wrong sides of the acts found with their type."""
    events = {event.trigger.start: event for event in coded.events}
    for one, other in match(gold, gold_form(coded)).events:
        if one.optional or other.type not in one.types:
            continue
        event = events[other.tellings[0].trigger.start]
        for side, agrees in (("actor", actor_agrees), ("recipient", recipient_agrees)):
            if not agrees(one, other):
                yield _fault(reading, gold.id, one, event, side)


def _fault(reading: Reading, document: str, one: GoldEvent, event: Event, side: str) -> Fault:
    wanted: Sequence[GoldActor] = getattr(one, SIDES[side])
    given: Sequence[Actor] = getattr(event, SIDES[side])
    rest: Sequence[GoldActor] = getattr(one, SIDES["recipient" if side == "actor" else "actor"])
    other_given: Sequence[Actor] = getattr(event, SIDES["recipient" if side == "actor" else "actor"])
    gold_codes = countries(wanted)
    our_codes = {c for actor in given for c in actor.country}
    anchors = reading.tokens(event.trigger)
    cases = reading.cast.evidence.cases(anchors, event.type)[side]
    scored = {case.mention.head: case.last for case in cases}
    causes = []
    for code_ in sorted(gold_codes - our_codes):
        causes.append("missing: " + _missing(reading, anchors, wanted, code_, scored, side))
    for code_ in sorted(our_codes - gold_codes):
        causes.append("extra: " + _extra(reading, wanted, rest, given, code_))
    lines = [f"  {side} gold {_gold(wanted)} | ours {_ours(given)}"]
    lines.append(f"  other side gold {_gold(rest)} | ours {_ours(other_given)}")
    for case in cases[:5]:
        mention = case.mention
        codes = sorted(reading.codes(mention))
        lines.append(
            f"    {case.last:.2f} first {case.first:.2f} pair {case.pair:.2f} {case.path}  [{mention.span.text[:50]}] {codes}"
        )
    here = reading.words.sentence_of[anchors[0]]
    first, last = reading.words.bounds[here]
    sentence = reading.words.span(first, last - 1).text
    head_line = f'{document} {one.type} "{event.trigger.text}": {sentence}'
    return Fault(
        document=document,
        side=side,
        type=event.type,
        causes=tuple(causes) or ("accepted sets only",),
        detail="\n".join([head_line, *lines]),
    )


def _missing(
    reading: Reading,
    anchors: Sequence[int],
    wanted: Sequence[GoldActor],
    code_: str,
    scored: dict[int, float],
    side: str,
) -> str:
    actor = next(a for a in wanted if code_ in a.country)
    if actor.words is None:
        return "gold has no words"
    mention = reading.mention(actor.words)
    if mention is None:
        return "no mention of the gold words"
    away = abs(reading.words.sentence_of[mention.head] - reading.words.sentence_of[anchors[0]])
    if away > REACH:
        return "out of reach"
    if code_ not in reading.codes(mention):
        return "resolved to another country or none"
    place = "same sentence" if away == 0 else "other sentence"
    if mention.head in anchors:
        return "inside the trigger"
    if scored.get(mention.head, 0.0) < MORE[side]:
        return f"not chosen, {place}"
    return f"chosen but dropped, {place}"


def _extra(
    reading: Reading,
    wanted: Sequence[GoldActor],
    rest: Sequence[GoldActor],
    given: Sequence[Actor],
    code_: str,
) -> str:
    actor = next(a for a in given if code_ in a.country)
    span = actor.mentions[0] if actor.mentions else None
    if span is None:
        return "no words"
    if any(g.words is not None and g.words.overlaps(span) for g in wanted):
        return "right words resolved to another country"
    if any(g.words is not None and g.words.overlaps(span) for g in rest):
        return "words of the other side"
    if any(code_ in g.country for g in rest):
        return "country of the other side"
    return "bystander, nothing wanted" if not wanted else "bystander"


def _gold(side: Sequence[GoldActor]) -> str:
    return "; ".join(f"{a.words.text if a.words else a.name} {list(a.country)}" for a in side) or "–"


def _ours(side: Sequence[Actor]) -> str:
    return (
        "; ".join(
            f"{a.mentions[0].text if a.mentions else a.name} {list(a.country)} {a.resolved_by}" for a in side
        )
        or "–"
    )


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("--kind", choices=("articles", "briefs", "written"))
    p.add_argument("--model")
    p.add_argument("--limit", type=int)
    p.add_argument("--list", action="store_true")
    a = p.parse_args()
    coder = dragoman.load(model=a.model)
    rows = [json.loads(line) for line in a.gold.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if a.kind is None or kind_of(row["source"]) == a.kind][: a.limit]
    gold = {one.id: one for one in load(a.gold)}
    read = []
    for row in rows:
        document = plain_document(
            row["text"], published=row["published"], title=row.get("title"), publisher=row.get("publisher")
        )
        read.append((gold[row["id"]], document, coder.nlp(document.text)))
    report(read, coder.tables, show=a.list)


def report(read: Sequence[tuple[Any, Document, Any]], tables: Any, *, show: bool) -> None:
    """Print the causes, and the cases if asked for."""
    found = [
        fault
        for one, document, doc in read
        for fault in faults(Reading(doc, document, tables), code(doc, document, tables), one)
    ]
    if show:
        for fault in found:
            print(f"{fault.detail}\n  -> {'; '.join(fault.causes)}\n")
    counted = collections.Counter((fault.side, cause) for fault in found for cause in fault.causes)
    for side in SIDES:
        print(f"{side}: {sum(fault.side == side for fault in found)} wrong sides")
        for (which, cause), times in counted.most_common():
            if which == side:
                print(f"  {times:4}  {cause}")


if __name__ == "__main__":
    main()
