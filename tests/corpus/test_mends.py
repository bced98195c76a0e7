"""Mends by reading: guarded, numbered as the row stood, links kept."""

import json
import re
from typing import Any

import pytest
from tests.corpus.test_corpus import CORPUS, LONGEST_NAME, corpus_rows, mends, words_of


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


def test_the_log_counts_what_the_tables_hold() -> None:
    splits = json.loads((CORPUS / "splits.json").read_text(encoding="utf-8"))["splits"]
    parts = [
        splits[name]
        for _, of in mends.read_mends(CORPUS / "mends")
        for name, some in of.items()
        for _ in some
    ]
    told = re.search(
        r"Train (\d+), development (\d+), test (\d+) records",
        (CORPUS / "MENDS.md").read_text(encoding="utf-8"),
    )

    assert told is not None
    assert [int(number) for number in told.groups()] == [
        parts.count(part) for part in ("train", "development", "test")
    ]


def test_a_mend_says_its_case_and_quotes_no_real_text() -> None:
    """Of real texts a mend holds offsets, codes and names, as the rows do."""
    real = {row["id"] for row in corpus_rows("real")}
    for _, of in mends.read_mends(CORPUS / "mends"):
        for name, some in of.items():
            for mend in some:
                assert mend["case"] in range(1, 27) or mend["case"] == "§6"
                held = [words for _, words in words_of(mend) if name in real]
                assert all(len(words.split()) <= LONGEST_NAME for words in held), mend["where"]
