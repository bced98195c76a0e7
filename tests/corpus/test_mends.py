"""Mends by reading: guarded, numbered as the row stood, links kept."""

from typing import Any

import pytest
from tests.corpus.test_corpus import mends


def row() -> dict[str, Any]:
    return {
        "id": "tavo",
        "events": [
            {"trigger": [0, 3], "type": "REQUEST"},
            {"trigger": [4, 9], "type": "ASSAULT", "optional": True},
            {"trigger": [10, 12], "type": "ACCUSE"},
        ],
        "statements": [
            {"content": [[5, 9]], "asserts": [1, 2], "event": 2},
            {"content": [[1, 2]], "asserts": [1], "event": 1},
        ],
    }


def made(**keys: Any) -> dict[str, Any]:
    return {"id": "tavo", "where": "00.jsonl:1", **keys}


def test_set_writes_keys_and_null_takes_them_away() -> None:
    mend = made(event=1, at=[4, 9], set={"optional": None, "polarity": "negated"})

    after = mends.apply(row(), [mend])

    assert after["events"][1] == {"trigger": [4, 9], "type": "ASSAULT", "polarity": "negated"}
    assert row()["events"][1]["optional"], "the row given stays as it was"


def test_a_dropped_event_takes_its_links_with_it() -> None:
    after = mends.apply(row(), [made(event=1, at=[4, 9], drop=True)])

    assert [event["type"] for event in after["events"]] == ["REQUEST", "ACCUSE"]
    assert [(one["asserts"], one["event"]) for one in after["statements"]] == [([1], 1), ([], None)]


def test_numbers_are_those_before_the_file() -> None:
    """What is added follows the last record, and what is dropped counts until the file is done."""
    said = {"content": [[20, 24]], "asserts": [], "event": 3}
    after = mends.apply(
        row(),
        [
            made(event=0, at=[0, 3], drop=True),
            made(add="event", record={"trigger": [20, 22], "type": "REJECT"}),
            made(add="statement", record=said),
            made(event=2, at=[10, 12], set={"type": "THREATEN"}),
        ],
    )

    assert [event["type"] for event in after["events"]] == ["ASSAULT", "THREATEN", "REJECT"]
    assert after["statements"][-1]["event"] == 2


@pytest.mark.parametrize("mend", [made(event=1, at=[4, 8], drop=True), made(statement=9, at=[], drop=True)])
def test_a_mend_of_another_record_is_refused(mend: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"00\.jsonl:1: tavo, (event|statement) \d stands at"):
        mends.apply(row(), [mend])
