"""Gold as coded records, so that whatever shows or writes a coder's output shows and writes gold."""

from typing import Any

from dragoman import codebook
from dragoman.evaluation.annotation import (
    GoldActor,
    GoldCount,
    GoldDate,
    GoldDocument,
    GoldEvent,
    GoldPlace,
    GoldStatement,
)
from dragoman.records import (
    Actor,
    Assertion,
    Coded,
    Count,
    Cue,
    Document,
    Event,
    Place,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    When,
    document_id,
    event_id,
    statement_id,
)


def as_coded(document: GoldDocument, *, title: str | None = None, publisher: str | None = None) -> Coded:
    """The document with its records; what only gold says (`optional`, further right answers) falls away."""
    key = document_id(document.text, None)
    ids = [event_id(key, event.tellings[0].trigger, event.type) for event in document.events]
    sentences = tuple(
        Span(start=start, end=end, text=document.text[start:end], sentence=number)
        for number, (start, end) in enumerate(document.sentences)
    )
    about = Document(
        id=key,
        text=document.text,
        title=title,
        publisher=publisher,
        published=document.published,
        sentences=sentences,
        source_id=document.id,
    )
    return Coded(
        document=about,
        events=tuple(_event(event, key, name) for event, name in zip(document.events, ids, strict=True)),
        statements=tuple(_statement(said, key, ids) for said in document.statements),
    )


def _event(event: GoldEvent, document: str, name: str) -> Event:
    book, trigger = codebook.load(), event.tellings[0].trigger
    # resolve has checked each of these words against the codes; the records name them as literals
    status: Any = {"polarity": event.polarity, "realis": event.realis, "certainty": event.certainty}
    counts: Any = {kind: _count(count) for kind, count in event.counts.items() if count.words}
    cameo = book.cameo(event.type, event.modes, event.contexts)
    return Event(
        id=name,
        document=document,
        type=event.type,
        modes=event.modes,
        contexts=event.contexts,
        quad=book.quad(event.type),
        scale=book.scale(event.type, event.modes),
        cameo=cameo.code,
        goldstein=cameo.goldstein,
        actors=tuple(map(_actor, event.actors)),
        recipients=tuple(map(_actor, event.recipients)),
        status=Status(**status),
        attribution=tuple(Source(source=Actor(name=source)) for source in event.attribution),
        date=_date(event.date) if event.date else None,
        place=_place(event.place) if event.place else None,
        counts=counts,
        trigger=trigger,
        sentence=trigger.sentence or 0,
        evidence=tuple(telling.trigger for telling in event.tellings),
    )


def _statement(said: GoldStatement, document: str, events: list[str]) -> Statement:
    cue = _cue(said.cue) if said.cue else None
    kind: Any = said.kind or "indirect"
    values: Any = [side.value for side in said.stance]
    return Statement(
        id=statement_id(document, cue, said.content),
        document=document,
        speakers=tuple(map(_actor, said.speakers)),
        kind=kind,
        cue=cue,
        content=said.content,
        addressees=tuple(Actor(name=name) for name in said.addressees),
        attribution=tuple(Source(source=Actor(name=source)) for source in said.attribution),
        stance=tuple(
            Stance(target=Actor(name=side.target), value=value)
            for side, value in zip(said.stance, values, strict=True)
        ),
        asserts=tuple(Assertion(event=events[number], commitment=None) for number in said.asserts),
        event=events[said.event] if said.event is not None else None,
    )


def _cue(words: Span) -> Cue:
    """Gold has no lemmas; the words in lower case stand for theirs."""
    return Cue(
        start=words.start,
        end=words.end,
        text=words.text,
        sentence=words.sentence,
        lemma=words.text.lower(),
    )


def _actor(actor: GoldActor) -> Actor:
    mentions = (actor.words,) if actor.words else ()
    return Actor(name=actor.name, country=actor.country, sectors=actor.sectors, mentions=mentions)


def _date(date: GoldDate) -> When:
    precision: Any = date.precision
    words = date.words
    return When(
        start=date.start, end=date.end, precision=precision, text=words.text if words else None, span=words
    )


def _place(place: GoldPlace) -> Place:
    precision: Any = place.precision
    return Place(name=place.name, country=place.country, precision=precision, span=place.words)


def _count(count: GoldCount) -> Count:
    assert count.words is not None
    return Count(low=count.low, best=count.best, high=count.high, text=count.words.text, span=count.words)
