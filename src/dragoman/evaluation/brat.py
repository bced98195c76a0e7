"""Gold as BRAT stand-off: a `.txt` and an `.ann` a document, and the configuration that shows them.

An event is a BRAT event on its trigger, with its parties, date, place and counts as arguments; a statement is an
event `Statement` on its cue (on its content, where it has no cue). Status stands in attributes; names, codes,
modes and contexts, which have no words, in the annotator's notes. Offsets are those of the corpus: code points.
Source of the form: brat.nlplab.org/standoff.html.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dragoman import codebook
from dragoman.evaluation.annotation import GoldActor, GoldDocument, GoldEvent, GoldStatement
from dragoman.evaluation.codes import CERTAINTIES, COUNTS, POLARITIES, REALIS, STATEMENT_KINDS
from dragoman.records import Span

ROLES: Final = ("Actor", "Recipient", "Date", "Place", "Count", "Also")
SAID_ROLES: Final = ("Speaker", "Content", "Realises", "Asserts")
PLAIN: Final = {"polarity": "affirmed", "realis": "actual", "certainty": "certain"}


def to_ann(document: GoldDocument) -> str:
    """The `.ann` file of a document; its `.txt` is `document.text`."""
    return "".join(f"{line}\n" for line in _Writer(document).lines())


def configuration() -> str:
    """`annotation.conf`: every type, role and attribute that `to_ann` can write."""
    types = list(codebook.load().types)
    entities = [*ROLES, *SAID_ROLES[:2]]
    arguments = ", ".join(f"{role}*:<ENTITY>" for role in ROLES)
    return "\n".join(
        [
            "[entities]",
            *dict.fromkeys(entities),
            "[relations]",
            "[events]",
            *(f"{type_}\t{arguments}" for type_ in types),
            "Statement\tSpeaker*:<ENTITY>, Content*:<ENTITY>, Realises?:<EVENT>, Asserts*:<EVENT>",
            "[attributes]",
            f"Polarity\tArg:<EVENT>, Value:{'|'.join(POLARITIES)}",
            f"Realis\tArg:<EVENT>, Value:{'|'.join(REALIS)}",
            f"Certainty\tArg:<EVENT>, Value:{'|'.join(CERTAINTIES)}",
            f"Kind\tArg:<EVENT>, Value:{'|'.join(STATEMENT_KINDS)}",
            "Optional\tArg:<EVENT>",
            "",
        ]
    )


class _Writer:
    """Numbers the lines of one document: T words, E events, A attributes, # notes."""

    def __init__(self, document: GoldDocument) -> None:
        self.document = document
        self.words: dict[tuple[str, tuple[tuple[int, int], ...]], str] = {}
        self.rest: list[str] = []
        self.attributes = 0
        self.notes = 0

    def lines(self) -> Iterator[str]:
        for event in self.document.events:
            self.event(event)
        for said in self.document.statements:
            self.statement(said)
        for (label, bounds), name in self.words.items():
            spread = ";".join(f"{start} {end}" for start, end in bounds)
            told = " ".join(self.document.text[start:end] for start, end in bounds)
            yield f"{name}\t{label} {spread}\t{told}"
        yield from self.rest

    def told(self, label: str, spans: Iterable[Span]) -> str:
        """The name of the T line for these words; BRAT allows no line break inside one stretch."""
        bounds = tuple(piece for span in spans for piece in _pieces(self.document.text, span))
        return self.words.setdefault((label, bounds), f"T{len(self.words) + 1}")

    def event(self, event: GoldEvent) -> None:
        name = f"E{event.number + 1}"
        first, *others = event.tellings
        arguments = [
            *self.parties("Actor", event.actors),
            *self.parties("Recipient", event.recipients),
            *self.one("Date", event.date.words if event.date else None),
            *self.one("Place", event.place.words if event.place else None),
            *(part for count in event.counts.values() for part in self.one("Count", count.words)),
            *(f"Also:{self.told('Also', [telling.trigger])}" for telling in others),
        ]
        self.add(name, f"{event.type}:{self.told(event.type, [first.trigger])}", arguments)
        for key, plain in PLAIN.items():
            if (value := getattr(event, key)) != plain:
                self.attribute(f"{key.capitalize()} {name} {value}")
        if event.optional:
            self.attribute(f"Optional {name}")
        self.note(name, "; ".join(_event_notes(event)))

    def statement(self, said: GoldStatement) -> None:
        name = self.said_name(said.number)
        content = self.told("Content", said.content)
        trigger = self.told("Statement", [said.cue] if said.cue else said.content)
        arguments = [*self.parties("Speaker", said.speakers), f"Content:{content}"]
        if said.event is not None:
            arguments.append(f"Realises:E{said.event + 1}")
        arguments += [f"Asserts:E{number + 1}" for number in said.asserts]
        self.add(name, f"Statement:{trigger}", arguments)
        if said.kind:
            self.attribute(f"Kind {name} {said.kind}")
        if said.optional:
            self.attribute(f"Optional {name}")
        self.note(name, "; ".join(_statement_notes(said)))

    def said_name(self, number: int) -> str:
        """Statements are numbered after the events."""
        return f"E{len(self.document.events) + number + 1}"

    def parties(self, role: str, actors: Sequence[GoldActor]) -> Iterator[str]:
        for actor in actors:
            yield from self.one(role, actor.words)

    def one(self, role: str, words: Span | None) -> Iterator[str]:
        if words is not None:
            yield f"{role}:{self.told(role, [words])}"

    def add(self, name: str, head: str, arguments: Iterable[str]) -> None:
        """One E line; of several arguments in one role the later ones are numbered (Actor2)."""
        counts: dict[str, int] = {}
        numbered = []
        for argument in dict.fromkeys(arguments):
            role, target = argument.split(":")
            counts[role] = counts.get(role, 0) + 1
            numbered.append(f"{role}{counts[role] if counts[role] > 1 else ''}:{target}")
        self.rest.append(f"{name}\t{' '.join([head, *numbered])}")

    def attribute(self, words: str) -> None:
        self.attributes += 1
        self.rest.append(f"A{self.attributes}\t{words}")

    def note(self, target: str, words: str) -> None:
        if words:
            self.notes += 1
            self.rest.append(f"#{self.notes}\tAnnotatorNotes {target}\t{words}")


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    for piece in re.finditer(r"[^\n]+", text[span.start : span.end]):
        yield span.start + piece.start(), span.start + piece.end()


def _event_notes(event: GoldEvent) -> Iterator[str]:
    yield from _party_notes("actors", event.actors)
    yield from _party_notes("recipients", event.recipients)
    yield from _list_note("modes", event.modes)
    yield from _list_note("contexts", event.contexts)
    yield from _list_note("according to", event.attribution)
    if event.date and event.date.start:
        yield f"date: {event.date.start}/{event.date.end or '..'} ({event.date.precision})"
    if event.place:
        yield f"place: {event.place.name} ({event.place.country or '?'})"
    for kind in COUNTS:
        if count := event.counts.get(kind):
            yield f"{kind}: {count.low}/{count.best}/{count.high}"


def _statement_notes(said: GoldStatement) -> Iterator[str]:
    yield from _party_notes("speakers", said.speakers)
    yield from _list_note("addressees", said.addressees)
    yield from _list_note("according to", said.attribution)
    yield from _list_note("stance", [f"{side.value} {side.target}" for side in said.stance])


def _party_notes(label: str, actors: Sequence[GoldActor]) -> Iterator[str]:
    yield from _list_note(
        label,
        [
            f"{actor.name} ({' '.join(['/'.join(actor.country), '/'.join(actor.sectors)]).strip()})"
            for actor in actors
        ],
    )


def _list_note(label: str, values: Sequence[str]) -> Iterator[str]:
    if values:
        yield f"{label}: {', '.join(values)}".replace("\n", " ").replace("\t", " ")
