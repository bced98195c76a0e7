"""A coder that knows the answers: it gives each probe the records that are wanted, changed as a test likes."""

from collections.abc import Callable
from typing import Any

from dragoman.evaluation.probes import Suite
from dragoman.records import (
    Actor,
    Coded,
    Document,
    Event,
    Source,
    Span,
    Statement,
    Status,
    When,
    document_id,
    event_id,
    statement_id,
)

Spoil = Callable[[dict[str, Any]], dict[str, Any]]


def oracle(suite: Suite, spoil: Spoil = lambda wanted: wanted) -> Callable[[str, str], Coded]:
    """Codes the texts of a suite as wanted, each want passed through `spoil` before."""
    wants = {probe.text: dict(probe.wanted) for probe in suite.probes}
    return lambda text, published: _coded(text, spoil(wants[text]))


def _coded(text: str, wanted: dict[str, Any]) -> Coded:
    document = document_id(text, None)
    count = _first(wanted["events"])
    events = tuple(_event(document, text, wanted, number) for number in range(count))
    statements = (_statement(document, wanted),) if "statement.content" in wanted else ()
    return Coded(document=Document(id=document, text=text), events=events, statements=statements)


def _event(document: str, text: str, wanted: dict[str, Any], number: int) -> Event:
    trigger = Span(start=number, end=number + 1, text=text[number])
    kind = _first(wanted.get("event.type", "CONSULT")) if number == 0 else "CONSULT"
    days = wanted.get("event.date") or [None, None]
    return Event(
        id=event_id(document, trigger, kind),
        document=document,
        type=kind,
        actors=_actors(wanted.get("event.actors", ())),
        recipients=_actors(wanted.get("event.recipients", ())),
        status=Status(
            polarity=_first(wanted.get("event.polarity", "affirmed")),
            realis=_first(wanted.get("event.realis", "actual")),
        ),
        attribution=_sources(wanted.get("event.attribution", ())),
        date=When(start=days[0], end=days[1]),
        trigger=trigger,
        sentence=0,
    )


def _statement(document: str, wanted: dict[str, Any]) -> Statement:
    content = wanted["statement.content"]
    spans = (Span(start=0, end=len(content), text=content),)
    return Statement(
        id=statement_id(document, None, spans),
        document=document,
        speakers=tuple(
            Actor(name=name, country=tuple(wanted.get("statement.countries", ())))
            for name in wanted["statement.speakers"]
        ),
        kind=wanted["statement.kind"],
        cue=None,
        content=spans,
        attribution=_sources(wanted["statement.attribution"]),
    )


def _actors(countries: list[str]) -> tuple[Actor, ...]:
    return tuple(Actor(name=code, country=(code,)) for code in countries)


def _sources(names: list[str]) -> tuple[Source, ...]:
    return tuple(Source(source=Actor(name=name)) for name in names)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value
