"""The JSON Lines form, and the schema that describes it."""

import dataclasses
import json
import typing
from typing import Any

import pytest
from hypothesis import given, settings

from dragoman.errors import InputError
from dragoman.records import (
    Actor,
    Coded,
    Count,
    Document,
    Event,
    Reason,
    Span,
    Statement,
    document_id,
    from_jsonl,
    rows,
    to_jsonl,
)
from dragoman.records.schema import json_schema

from .any_record import coded

TEXT = "Kyiv said drones hit Odesa."
BARE = Document(id=document_id(TEXT, None), text=TEXT)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=words, sentence=0)


EVENT = Event(id="e1", document=BARE.id, type="ASSAULT", trigger=span("hit"), sentence=0)
SAID = Statement(
    id="s1", document=BARE.id, speakers=(), kind="indirect", cue=None, content=(span("drones hit Odesa"),)
)
LAWS = settings(max_examples=60)


def written(article: Coded) -> list[dict[str, Any]]:
    return [json.loads(line) for line in to_jsonl(article).splitlines()]


@LAWS
@given(coded())
def test_json_lines_and_back_are_the_same_records(article: Coded) -> None:
    assert list(from_jsonl(to_jsonl(article).splitlines(), where="test")) == [article]


def test_several_articles_come_back_in_order() -> None:
    other = dataclasses.replace(BARE, id="other")
    first = Coded(document=BARE, events=(EVENT,), statements=(SAID,))
    second = Coded(document=other, events=(), statements=())
    lines = (to_jsonl(first) + b"\n" + to_jsonl(second)).splitlines()

    assert list(from_jsonl(lines, where="test")) == [first, second]
    assert list(from_jsonl([], where="test")) == []


@LAWS
@given(coded())
def test_a_line_is_one_object_with_every_field(article: Coded) -> None:
    kinds: dict[str, Any] = {"document": Document, "event": Event, "statement": Statement}
    for line in to_jsonl(article).decode().split("\n")[:-1]:
        row = json.loads(line)
        names = [field.name for field in dataclasses.fields(kinds[row["record"]])]
        if row["record"] == "event" and "categories" not in row:  # there only with a codebook of one's own
            names.remove("categories")
        assert list(row) == ["record", *names]


def test_absent_values_are_null_or_empty_but_never_left_out() -> None:
    document, event = written(Coded(document=BARE, events=(EVENT,), statements=()))

    assert (document["url"], document["removed"], document["run"]) == (None, [], None)
    assert (event["place"], event["actors"], event["counts"]) == (None, [], {})
    assert event["status"] == {"polarity": "affirmed", "realis": "actual", "certainty": "certain"}


def test_records_follow_their_document_in_text_order() -> None:
    late = dataclasses.replace(EVENT, id="e2", trigger=span("Odesa"))
    named = dataclasses.replace(EVENT, id="e0", trigger=span("drones"))
    article = Coded(document=BARE, events=(late, EVENT, named), statements=(SAID,))

    assert [row["id"] for row in rows(article)] == [BARE.id, "e0", "s1", "e1", "e2"]


def test_letters_are_written_as_they_are() -> None:
    article = Coded(document=dataclasses.replace(BARE, title="“Київ” 👩‍🚒"), events=(), statements=())

    assert "“Київ” 👩‍🚒" in to_jsonl(article).decode()


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b"[1, 2]",
        b"7",
        b"null",
        b'"document"',
        b"{}",
        b'{"record": "incident"}',
        b'{"record": []}',
        b'{"record": "event", "id": 7}',
        b'{"record": "document", "id": "x"}',
        b"\xff\xfe",
    ],
)
def test_a_line_that_is_no_record_is_named(line: bytes) -> None:
    good = to_jsonl(Coded(document=BARE, events=(), statements=()))

    with pytest.raises(
        InputError, match=r"^codes\.jsonl:3: no record of Dragoman .*dragoman code --to jsonl"
    ):
        list(from_jsonl([good, b"", line], where="codes.jsonl"))


def test_a_span_that_is_not_its_text_is_refused() -> None:
    good = to_jsonl(Coded(document=BARE, events=(EVENT,), statements=()))
    bad = good.replace(b'"text":"hit"', b'"text":"struck"')

    with pytest.raises(InputError, match=r"codes:2: .*characters"):
        list(from_jsonl(bad.splitlines(), where="codes"))


# --- the schema ----------------------------------------------------------------------------------------------------------


def fits(value: Any, schema: Any, parts: dict[str, Any]) -> bool:
    """Does a value fit a schema? The part of JSON Schema that the record classes need, written out."""
    if "$ref" in schema:
        return fits(value, parts[schema["$ref"].rsplit("/", 1)[1]], parts)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            fitting = sum(fits(value, each, parts) for each in schema[key])
            return fitting == 1 if key == "oneOf" else fitting > 0
    if "const" in schema:
        return bool(value == schema["const"])
    if "enum" in schema:
        return value in schema["enum"]
    kinds = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "null": type(None),
        "array": list,
        "object": dict,
        "boolean": bool,
    }
    if not isinstance(value, kinds[schema["type"]]):
        return False
    if schema["type"] == "array":
        return all(fits(each, schema["items"], parts) for each in value)
    if schema["type"] == "object":
        known = schema.get("properties", {})
        more = schema.get("additionalProperties", True)
        return set(schema.get("required", [])) <= set(value) and all(
            fits(each, known[key], parts)
            if key in known
            else more is True or (isinstance(more, dict) and fits(each, more, parts))
            for key, each in value.items()
        )
    return True


@LAWS
@given(coded())
def test_the_schema_allows_what_is_written(article: Coded) -> None:
    schema = json_schema()
    for row in written(article):
        assert fits(row, schema, schema["$defs"])


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", 7), ("status", "actual"), ("trigger", {"start": 0}), ("record", "incident"), ("actors", {})],
)
def test_the_schema_refuses_what_is_no_record(field: str, value: Any) -> None:
    schema = json_schema()
    row = written(Coded(document=BARE, events=(EVENT,), statements=()))[1]

    assert fits(row, schema, schema["$defs"])
    assert not fits({**row, field: value}, schema, schema["$defs"])


def test_the_schema_describes_every_field_of_every_record() -> None:
    parts = json_schema()["$defs"]
    for kind in (Actor, Count, Document, Event, Reason, Span, Statement):
        names = {field.name for field in dataclasses.fields(kind)}
        assert names <= set(parts[kind.__name__]["properties"]), kind.__name__


def test_the_schema_lists_the_values_of_closed_sets() -> None:
    parts = json_schema()["$defs"]
    allowed = typing.get_args(typing.get_type_hints(Statement)["kind"])

    assert sorted(parts["Statement"]["properties"]["kind"]["enum"]) == sorted(allowed)
