"""What holds for the records of any text, whoever read it."""

import dataclasses
import itertools
from collections.abc import Collection, Iterator
from typing import Any

from dragoman.records import Coded, Cue, Event, Span, Statement, from_jsonl, to_jsonl


def check(coded: Coded, *, unexplained: Collection[str] = ()) -> None:
    """Every law that a coded article keeps. unexplained: fields that may yet lack a reason."""
    spans_are_their_words(coded)
    ids_are_unique_and_known(coded)
    records_are_in_text_order(coded)
    fields_have_reasons(coded, unexplained)
    lines = to_jsonl(coded)
    assert [to_jsonl(each) for each in from_jsonl(lines.splitlines(), where="test")] == [lines]


def spans_in(value: Any) -> Iterator[Span | Cue]:
    """Every span in a record, however deep."""
    if isinstance(value, Span | Cue):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from spans_in(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from spans_in(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from spans_in(each)


def spans_are_their_words(coded: Coded) -> None:
    document = coded.document
    for span in spans_in(coded):
        assert document.text[span.start : span.end] == span.text
        if span.sentence is not None:
            sentence = document.sentences[span.sentence]
            assert sentence.start <= span.start < sentence.end, (span, sentence)


def ids_are_unique_and_known(coded: Coded) -> None:
    events, statements = {e.id for e in coded.events}, {s.id for s in coded.statements}
    assert len(events) == len(coded.events)
    assert len(statements) == len(coded.statements)
    for event in coded.events:
        assert event.statement is None or event.statement in statements
    for statement in coded.statements:
        assert statement.event is None or statement.event in events
        assert {each.event for each in statement.asserts} <= events
    for record in (*coded.events, *coded.statements):
        assert record.document == coded.document.id
        assert {link.statement for link in record.attribution} <= {None, *statements}


def records_are_in_text_order(coded: Coded) -> None:
    triggers = [event.trigger.start for event in coded.events]
    missed = [miss.span.start for miss in coded.document.missed]
    sentences = [(s.start, s.end) for s in coded.document.sentences]
    assert triggers == sorted(triggers)
    assert missed == sorted(missed)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(sentences))
    assert [s.sentence for s in coded.document.sentences] == list(range(len(sentences)))


def fields_have_reasons(coded: Coded, unexplained: Collection[str] = ()) -> None:
    """No reason, no field."""
    for record in (*coded.events, *coded.statements):
        given: dict[str, set[str]] = {}
        for reason in record.why:
            assert reason.by
            # "Poland, France": what another telling gave is explained together
            given.setdefault(reason.field, set()).update((reason.value, *reason.value.split(", ")))
        for field, values in set_fields(record):
            assert field in unexplained or values <= given.get(field, set()), (
                field,
                values,
                given.get(field),
            )


def set_fields(record: Event | Statement) -> Iterator[tuple[str, set[str]]]:
    """The fields that a record sets, with the values that need a reason."""
    yield "attribution", {link.source.name for link in record.attribution}
    if isinstance(record, Statement):
        yield "speakers", {actor.name for actor in record.speakers}
        if record.cue is not None:
            yield "cue", {record.cue.text}
        return
    status = record.status
    yield "type", {record.type}
    yield "modes", set(record.modes)
    yield "contexts", set(record.contexts)
    yield "actors", {actor.name for actor in record.actors}
    yield "recipients", {actor.name for actor in record.recipients}
    yield "polarity", {status.polarity}
    yield "realis", {status.realis}
    yield "certainty", {status.certainty}
    for field, value in (("cameo", record.cameo), ("scale", record.scale)):
        if value is not None:
            yield field, {str(value)}
    if record.quad is not None:
        yield "quad", {str(record.quad.code)}
    fields = {reason.field for reason in record.why}
    for field, value in (("date", record.date), ("place", record.place)):
        assert value is None or field in fields, field
    for kind in record.counts:
        assert f"counts.{kind}" in fields, kind
