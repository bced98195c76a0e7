"""What a word by itself says of the type of its act."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import codebook
from dragoman.coding.trigger_words import DATA, lift, tilt

NAMES = tuple(codebook.load().types)


@pytest.mark.parametrize(
    ("word", "kind"),
    [("condemn", "ACCUSE"), ("bomb", "ASSAULT"), ("pardon", "CONCEDE"), ("rebuke", "ACCUSE")],
)
def test_a_word_raises_the_type_that_it_tells(word: str, kind: str) -> None:
    assert NAMES[int(lift(word, NAMES).argmax())] == kind


def test_an_unknown_word_says_nothing() -> None:
    assert (lift("zzyzx", NAMES) == 1).all()


@given(st.lists(st.lists(st.floats(0, 0.05), min_size=16, max_size=16), min_size=1, max_size=4), st.data())
def test_how_surely_a_word_tells_an_act_stays(rows: list[list[float]], data: st.DataObject) -> None:
    """Only the shares among the types move."""
    types = np.array(rows)
    words = data.draw(
        st.lists(st.sampled_from(["condemn", "talk", "zzyzx"]), min_size=len(rows), max_size=len(rows))
    )
    tilted = tilt(types, words, NAMES)

    assert tilted.sum(1) == pytest.approx(types.sum(1))
    for row, before, word in zip(tilted, types, words, strict=True):
        if word == "zzyzx":
            assert row == pytest.approx(before)


def test_the_tables_name_known_types_and_no_word_twice_for_one() -> None:
    with (DATA / "trigger_words.csv").open(encoding="utf-8", newline="") as rows:
        counted = [(row["word"], row["type"], int(row["count"])) for row in csv.DictReader(rows)]
    with (DATA / "trigger_words_hand.csv").open(encoding="utf-8", newline="") as rows:
        hand = [
            (word, row["type"], row["source"])
            for row in csv.DictReader(rows)
            for word in row["words"].split()
        ]

    assert {kind for _, kind, _ in (*counted, *hand)} <= set(NAMES)
    assert len({row[:2] for row in counted}) == len(counted)
    assert len({row[:2] for row in hand}) == len(hand)
    assert all(source for _, _, source in hand)
