"""A coder's output in gold form, its offsets brought onto the gold text."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from dragoman.errors import GoldError
from dragoman.evaluation.annotation import (
    GoldActor,
    GoldCount,
    GoldDate,
    GoldDocument,
    GoldEvent,
    GoldPlace,
    GoldStance,
    GoldStatement,
    Telling,
)
from dragoman.evaluation.gold import check_lines, raise_faults
from dragoman.records import Actor, Coded, Event, Place, Source, Span, Statement, When, from_jsonl

JOINED_ON = 400
"""Characters of the folded text that documents are joined on, as the prototype does."""


def load_coded(path: Path) -> tuple[GoldDocument, ...]:
    """Read a coder's output: the JSON Lines of `dragoman code`, or gold form, told apart by the key `record`.

    Raises GoldError or InputError, with file and line, if it is neither.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise GoldError(
            f"cannot be read ({error.strerror})", where=str(path), do="Give the output of `dragoman code`"
        ) from error
    head = next((line for line in lines if line.strip()), b"")
    if re.search(rb'"record"\s*:\s*"document"', head):
        return tuple(gold_form(coded) for coded in from_jsonl(lines, where=str(path)))
    documents, faults = check_lines(lines, where=str(path))
    raise_faults(faults, where=str(path))
    return documents


def gold_form(coded: Coded) -> GoldDocument:
    """One coded article in the form that gold has; `id` is the one that its input gave it, if it had one."""
    document = coded.document
    number = {event.id: n for n, event in enumerate(coded.events)}
    return GoldDocument(
        id=document.source_id or document.id,
        text=document.text,
        published=document.published,
        sentences=tuple((span.start, span.end) for span in document.sentences),
        events=tuple(_event(n, event) for n, event in enumerate(coded.events)),
        statements=tuple(_statement(n, said, number) for n, said in enumerate(coded.statements)),
    )


def _event(number: int, event: Event) -> GoldEvent:
    return GoldEvent(
        number=number,
        tellings=(Telling(trigger=event.trigger),),
        type=event.type,
        types=frozenset({event.type}),
        modes=event.modes,
        contexts=event.contexts,
        actors=_actors(event.actors),
        recipients=_actors(event.recipients),
        polarity=event.status.polarity,
        realis=event.status.realis,
        certainty=event.status.certainty,
        attribution=_names(event.attribution),
        date=_date(event.date),
        place=_place(event.place),
        counts={
            kind: GoldCount(low=count.low, best=count.best, high=count.high, words=count.span)
            for kind, count in event.counts.items()
        },
        confidence=event.confidence,
    )


def _statement(number: int, said: Statement, events: Mapping[str, int]) -> GoldStatement:
    cue = said.cue
    return GoldStatement(
        number=number,
        speakers=_actors(said.speakers),
        cue=Span(start=cue.start, end=cue.end, text=cue.text) if cue else None,
        content=said.content,
        kind=said.kind,
        attribution=_names(said.attribution),
        addressees=tuple(actor.name for actor in said.addressees),
        stance=tuple(GoldStance(target=side.target.name, value=side.value) for side in said.stance),
        asserts=tuple(events[link.event] for link in said.asserts if link.event in events),
        event=events.get(said.event) if said.event else None,
        confidence=said.confidence,
    )


def _actors(actors: Iterable[Actor]) -> tuple[GoldActor, ...]:
    return tuple(
        GoldActor(
            name=actor.name,
            country=actor.country,
            sectors=actor.sectors,
            words=actor.mentions[0] if actor.mentions else None,
        )
        for actor in actors
    )


def _names(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(link.source.name for link in sources)


def _date(date: When | None) -> GoldDate | None:
    if date is None:
        return None
    return GoldDate(start=date.start, end=date.end, precision=date.precision, words=date.span)


def _place(place: Place | None) -> GoldPlace | None:
    if place is None:
        return None
    return GoldPlace(name=place.name, country=place.country, precision=place.precision, words=place.span)


def fold(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


def join(
    gold: Sequence[GoldDocument], coded: Sequence[GoldDocument]
) -> Iterator[tuple[GoldDocument, GoldDocument | None]]:
    """Each gold document with its coded one, by text, else by id; null if there is none.

    The coded one comes with its offsets on the gold text: where the coder cleaned the text, spans are carried
    over by the words that both texts share.
    """
    by_text = {fold(document.text)[:JOINED_ON]: document for document in coded}
    by_id = {document.id: document for document in coded}
    for document in gold:
        found = by_text.get(fold(document.text)[:JOINED_ON]) or by_id.get(document.id)
        yield document, carry(found, document.text) if found else None


def carry(document: GoldDocument, text: str) -> GoldDocument:
    """Move the spans of triggers, cues and contents onto `text`; what is not in it has no span there."""
    if document.text == text:
        return document
    moved = _alignment(document.text, text)

    def move(span: Span | None) -> Span | None:
        points = [moved[at] for at in range(span.start, span.end) if at in moved] if span else []
        if not points:
            return None
        start, end = min(points), max(points) + 1
        return Span(start=start, end=end, text=text[start:end])

    def tellings(event: GoldEvent) -> tuple[Telling, ...]:
        triggers = (move(telling.trigger) for telling in event.tellings)
        return tuple(Telling(trigger=trigger) for trigger in triggers if trigger)

    return replace(
        document,
        text=text,
        events=tuple(replace(event, tellings=tellings(event)) for event in document.events),
        statements=tuple(
            replace(
                said,
                cue=move(said.cue),
                content=tuple(part for part in map(move, said.content) if part),
            )
            for said in document.statements
        ),
    )


def _alignment(one: str, other: str) -> dict[int, int]:
    """For the characters of words that both texts share in order: offset in `one` to offset in `other`."""
    mine, theirs = (list(re.finditer(r"\w+|[^\w\s]", text)) for text in (one, other))
    matcher = difflib.SequenceMatcher(
        None, [word.group() for word in mine], [word.group() for word in theirs], autojunk=False
    )
    moved: dict[int, int] = {}
    for block in matcher.get_matching_blocks():
        for k in range(block.size):
            a, b = mine[block.a + k], theirs[block.b + k]
            moved.update(zip(range(a.start(), a.end()), range(b.start(), b.end()), strict=True))
    return moved
