"""Put what the stages found together into records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.codebook import Codebook
from dragoman.coding.acts import Act
from dragoman.coding.confidence import record_confidence
from dragoman.coding.roles import Player
from dragoman.coding.statements import Saying
from dragoman.records import (
    Actor,
    Alternative,
    Assertion,
    Count,
    CountKind,
    Document,
    Event,
    Place,
    Reason,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    When,
    event_id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One telling of an act, with all that was found for it."""

    act: Act
    actors: tuple[Player, ...]
    recipients: tuple[Player, ...]
    status: Status
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    date: When
    place: Place | None
    counts: Mapping[CountKind, Count]
    confidence: Mapping[str, float]
    why: tuple[Reason, ...]


def event_record(
    document: Document,
    tellings: Sequence[Draft],
    codebook: Codebook,
    *,
    doc: Any,
    sources: tuple[Source, ...],
    source_reasons: tuple[Reason, ...],
    statement: str | None,
) -> Event:
    """One event of one or several tellings, the fullest first; what it lacks the others give, and `why` says so."""
    best = tellings[0]
    why = list(best.why)
    actors, recipients, date, place = best.actors, best.recipients, best.date, best.place
    counts = dict(best.counts)
    modes = best.modes
    for other in tellings[1:]:
        if not actors and other.actors:
            actors = other.actors
            why += _from_telling("actors", ", ".join(p.actor.name for p in actors), other)
        if not recipients and other.recipients:
            recipients = other.recipients
            why += _from_telling("recipients", ", ".join(p.actor.name for p in recipients), other)
        silent = date.start is None and date.end is None
        if other.date.start is not None and (silent or (date.span is None and other.date.span is not None)):
            date = other.date
            why += _from_telling("date", str(date.start), other)
        if place is None and other.place is not None:
            place = other.place
            why += _from_telling("place", place.name, other)
        for what, count in other.counts.items():
            if what not in counts:
                counts[what] = count
                why += _from_telling(f"counts.{what}", count.text, other)
        more = tuple(mode for mode in other.modes if mode not in modes)
        if more:
            modes = (*modes, *more)
            why += _from_telling("modes", ", ".join(more), other)
    kind = best.act.type
    lemmas = [doc[t].lemma_.lower() for t in best.act.tokens]
    cameo = codebook.cameo(kind, modes, best.contexts, best.status, lemma=lemmas)
    why.append(
        Reason(
            field="cameo",
            value=cameo.code,
            by="codebook:crosswalk",
            evidence=(best.act.span,),
            alternatives=tuple(Alternative(value=code) for code in cameo.alternatives[:3]),
            note=cameo.reason,
        )
    )
    why.append(Reason(field="quad", value=str(codebook.quad(kind).code), by=f"codebook:{kind}"))
    why.append(Reason(field="scale", value=str(codebook.scale(kind, modes)), by=f"codebook:{kind}"))
    why.extend(source_reasons)
    spans = {(span.start, span.end): span for telling in tellings for span in _evidence(telling)}
    return Event(
        id=event_id(document.id, best.act.span, kind),
        document=document.id,
        type=kind,
        modes=modes,
        contexts=best.contexts,
        quad=codebook.quad(kind),
        scale=codebook.scale(kind, modes),
        cameo=cameo.code,
        goldstein=cameo.goldstein,
        actors=_records(actors),
        recipients=_records(recipients),
        status=best.status,
        attribution=sources,
        date=date,
        place=place,
        counts=counts,
        trigger=best.act.span,
        sentence=best.act.sentence,
        evidence=tuple(spans[key] for key in sorted(spans)),
        statement=statement,
        confidence=record_confidence(best.confidence, actors, recipients),
        why=tuple(why),
    )


def statement_record(
    document: Document,
    saying: Saying,
    identifier: str,
    *,
    sources: tuple[Source, ...],
    source_reasons: tuple[Reason, ...],
    asserts: tuple[Assertion, ...],
    event: str | None,
    stance: tuple[Stance, ...] = (),
    stance_reasons: tuple[Reason, ...] = (),
) -> Statement:
    """One statement."""
    confidence = {"record": round(saying.probability, 3)}
    if saying.speakers:
        confidence["speakers"] = round(max(player.probability for player in saying.speakers), 3)
    return Statement(
        id=identifier,
        document=document.id,
        speakers=_records(saying.speakers),
        kind=saying.kind,
        cue=saying.cue_record,
        content=saying.pieces,
        attribution=sources,
        asserts=asserts,
        event=event,
        stance=stance,
        confidence=confidence,
        why=(*saying.why, *stance_reasons, *source_reasons, *_ties(saying, asserts, event)),
    )


def _ties(saying: Saying, asserts: Sequence[Assertion], event: str | None) -> list[Reason]:
    """Why a statement asserts these events, and why it is one itself."""
    out = [
        Reason(
            field="asserts", value=each.event, by="sources:told inside the content", evidence=saying.pieces
        )
        for each in asserts
    ]
    if event is not None:
        cue = saying.cue_record
        span = Span(start=cue.start, end=cue.end, text=cue.text, sentence=cue.sentence)
        out.append(Reason(field="event", value=event, by="sources:the cue tells the act", evidence=(span,)))
    return out


def _records(players: Sequence[Player]) -> tuple[Actor, ...]:
    return tuple(player.actor for player in players)


def _evidence(telling: Draft) -> list[Span]:
    """Trigger, actors, recipients, date, place and counts of one telling."""
    spans = [telling.act.span, *(p.span for p in telling.actors), *(p.span for p in telling.recipients)]
    spans += [x.span for x in (telling.date, telling.place) if x is not None and x.span is not None]
    return spans + [count.span for count in telling.counts.values()]


def _from_telling(field: str, value: str, telling: Draft) -> list[Reason]:
    """That a field comes from another telling of the act, and the reasons which that telling had for it."""
    by = "repeats:another telling of the act"
    own = [why for why in telling.why if why.field == field or why.field.startswith(f"{field}.")]
    return [Reason(field=field, value=value, by=by, evidence=(telling.act.span,)), *own]
