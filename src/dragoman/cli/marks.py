"""Which words of a text carry which part of a record, and where the parts of one article belong."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from dragoman.cli.columns import first_sentence
from dragoman.records import Actor, Coded, Event, Missed, Source, Span, Statement

Role = Literal[
    "actor", "act", "recipient", "speaker", "cue", "content", "source", "place", "date", "count", "missed"
]
ROLES: Final[tuple[Role, ...]] = (
    "actor",
    "act",
    "recipient",
    "speaker",
    "cue",
    "content",
    "source",
    "place",
    "date",
    "count",
    "missed",
)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Characters [start, end) of the document's text, and the part they play."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Marked:
    """A record with the words that carry it."""

    record: Event | Statement
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence, the records that belong to it, and what was seen in it and not coded."""

    number: int
    sentence: Span
    records: tuple[Marked, ...]
    missed: tuple[Missed, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks of all its records and misses that fall into this sentence, in text order, each once."""
        missed = (Mark(miss.span.start, miss.span.end, "missed") for miss in self.missed)
        own = {mark for marked in self.records for mark in marked.marks} | set(missed)
        return within(own, self.sentence)


def parts(coded: Coded) -> list[Part]:
    """The article by sentences; a record stands with its trigger, its content or, failing that, its cue."""
    records: dict[int | None, list[tuple[int, Marked]]] = defaultdict(list)
    for event in coded.events:
        records[event.sentence].append((event.trigger.start, Marked(event, event_marks(event))))
    for statement in coded.statements:
        marks = statement_marks(statement)
        start = min((mark.start for mark in marks if mark.role in ("cue", "content")), default=0)
        records[first_sentence(coded, statement)].append((start, Marked(statement, marks)))
    return [
        Part(
            number,
            sentence,
            tuple(marked for _, marked in sorted(records[number], key=lambda pair: pair[0])),
            tuple(miss for miss in coded.document.missed if sentence.start <= miss.span.start < sentence.end),
        )
        for number, sentence in enumerate(coded.document.sentences)
    ]


def event_marks(event: Event) -> tuple[Mark, ...]:
    """The words of an event: act, parties, sources, date, place, counts."""
    return _sorted(
        *_spans("act", [event.trigger]),
        *_actors("actor", event.actors),
        *_actors("recipient", event.recipients),
        *_sources(event.attribution),
        *_spans("date", [event.date.span] if event.date else []),
        *_spans("place", [event.place.span] if event.place else []),
        *_spans("count", [count.span for count in event.counts.values()]),
    )


def statement_marks(statement: Statement) -> tuple[Mark, ...]:
    """The words of a statement: speakers, cue, content, sources, date and place of the occasion."""
    cue, occasion = statement.cue, statement.occasion
    return _sorted(
        *_actors("speaker", statement.speakers),
        *_actors("recipient", statement.addressees),
        *([Mark(cue.start, cue.end, "cue")] if cue else []),
        *_spans("content", statement.content),
        *_sources(statement.attribution),
        *_spans("date", [occasion.date.span] if occasion and occasion.date else []),
        *_spans("place", [occasion.place.span] if occasion and occasion.place else []),
    )


def within(marks: Iterable[Mark], span: Span) -> tuple[Mark, ...]:
    """The marks that touch a span, cut to it, in text order."""
    return _sorted(
        *(
            Mark(max(mark.start, span.start), min(mark.end, span.end), mark.role)
            for mark in marks
            if mark.start < span.end and span.start < mark.end
        )
    )


def pieces(span: Span, marks: Sequence[Mark]) -> Iterator[tuple[str, tuple[Role, ...]]]:
    """Cut the words of a span where any mark begins or ends; each piece with all roles that cover it."""
    edges = {span.start, span.end}
    for mark in marks:
        edges |= {edge for edge in (mark.start, mark.end) if span.start < edge < span.end}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        roles = {mark.role for mark in marks if mark.start <= start and end <= mark.end}
        yield (
            span.text[start - span.start : end - span.start],
            tuple(role for role in ROLES if role in roles),
        )


def _sorted(*marks: Mark) -> tuple[Mark, ...]:
    return tuple(sorted(set(marks), key=lambda mark: (mark.start, -mark.end, ROLES.index(mark.role))))


def _spans(role: Role, spans: Iterable[Span | None]) -> list[Mark]:
    return [Mark(span.start, span.end, role) for span in spans if span is not None]


def _actors(role: Role, actors: Iterable[Actor]) -> list[Mark]:
    """The mention that the record used, which is the first."""
    return _spans(role, [actor.mentions[0] for actor in actors if actor.mentions])


def _sources(chain: Iterable[Source]) -> list[Mark]:
    marks = []
    for link in chain:
        marks += _actors("source", [link.source]) + _spans("cue", [link.cue])
    return marks
