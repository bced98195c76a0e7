"""Leaving out what the user does not want to see."""

from dataclasses import replace

from dragoman.records import Coded, Event, Source, Statement


def at_least(coded: Coded, minimum: float) -> Coded:
    """The document without records of lower confidence, and without references to them.

    A record without a confidence stays: nothing says that it is doubtful.
    """
    if minimum <= 0:
        return coded
    events = [event for event in coded.events if _sure(event, minimum)]
    statements = [statement for statement in coded.statements if _sure(statement, minimum)]
    kept = {event.id for event in events} | {statement.id for statement in statements}
    return replace(
        coded,
        events=tuple(
            replace(
                event,
                statement=event.statement if event.statement in kept else None,
                attribution=_known(event.attribution, kept),
            )
            for event in events
        ),
        statements=tuple(
            replace(
                statement,
                event=statement.event if statement.event in kept else None,
                asserts=tuple(assertion for assertion in statement.asserts if assertion.event in kept),
                attribution=_known(statement.attribution, kept),
            )
            for statement in statements
        ),
    )


def _sure(record: Event | Statement, minimum: float) -> bool:
    return record.confidence.get("record", 1.0) >= minimum


def _known(chain: tuple[Source, ...], kept: set[str]) -> tuple[Source, ...]:
    return tuple(link if link.statement in kept else replace(link, statement=None) for link in chain)
