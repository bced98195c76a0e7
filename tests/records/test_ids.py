"""Ids: the same on every machine, and different where what they name is different.

The written-out ids were computed once; a change of them changes every id that anybody has stored.
"""

import dataclasses
import inspect

import pytest

from dragoman import records
from dragoman.records import Cue, Run, Span, document_id, event_id, statement_id

HIT = Span(start=17, end=20, text="hit", sentence=0)
SAID = Cue(start=5, end=9, text="said", sentence=0, lemma="say")
CONTENT = [Span(start=10, end=26, text="drones hit Odesa", sentence=0)]


def test_ids_are_sixteen_hex_digits() -> None:
    for found in (document_id("a", None), event_id("d", HIT, "ASSAULT"), statement_id("d", SAID, CONTENT)):
        assert len(found) == 16
        assert int(found, 16) >= 0


def test_ids_stay_what_they_were() -> None:
    assert document_id("Talks end in Vienna", "https://example.org/a") == "506f3d86f4ce07e3"
    assert document_id("Talks end in Vienna", None) == "52714879a5a90541"
    assert event_id("0123456789abcdef", HIT, "ASSAULT") == "7a869a33a3f17ebf"
    assert statement_id("0123456789abcdef", SAID, CONTENT) == "9cb4711802fca5ce"


def test_a_document_is_known_by_its_text_and_address() -> None:
    ids = {document_id(text, url) for text in ("a", "b") for url in (None, "https://example.org", "x")}

    assert len(ids) == 6
    assert document_id("a", None) == document_id("a", "")


def test_a_broken_character_has_an_id_too() -> None:
    assert document_id("\ud800", None) != document_id("\ufffd", None)


def test_an_event_is_known_by_document_trigger_and_type() -> None:
    other = Span(start=21, end=26, text="Odesa", sentence=0)
    ids = {event_id(d, s, t) for d in ("d", "e") for s in (HIT, other) for t in ("ASSAULT", "COERCE")}

    assert len(ids) == 8


def test_a_statement_is_known_by_document_cue_and_content() -> None:
    halves = [Span(start=10, end=16, text="drones"), Span(start=17, end=26, text="hit Odesa")]
    ids = {statement_id(d, c, w) for d in ("d", "e") for c in (SAID, None) for w in (CONTENT, halves)}

    assert len(ids) == 8


def run(**changed: object) -> Run:
    given: dict[str, object] = {
        "version": "1",
        "hashes": {"model": "a", "codebook": "b"},
        "options": {"x": "1", "y": "2"},
        "machine": "x86_64+avx2",
    }
    return Run(**{**given, **changed})  # type: ignore[arg-type]


def test_a_run_is_known_by_what_could_change_a_record() -> None:
    assert len(run().id) == 12
    assert run().id == run(hashes={"codebook": "b", "model": "a"}).id
    changed = [
        run(version="2"),
        run(hashes={"model": "c", "codebook": "b"}),
        run(options={"x": "1"}),
        run(machine="arm64"),
    ]
    assert len({run().id, *(other.id for other in changed)}) == 5


RECORDS = [kind for _, kind in inspect.getmembers(records, inspect.isclass) if dataclasses.is_dataclass(kind)]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_records_are_frozen_and_say_what_they_are(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}(")
