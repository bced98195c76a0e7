"""Runs of tokens as spans."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.words import Words, overlap, runs
from fake_reading import read, tokens_of

INDICES = st.sets(st.integers(0, 40), max_size=20).map(sorted)


@given(INDICES, st.integers(0, 3))
def test_runs_hold_every_index_once_in_order(indices: list[int], gap: int) -> None:
    assert [index for run in runs(indices, gap=gap) for index in run] == indices


@given(INDICES, st.integers(0, 3))
def test_runs_are_parted_by_more_than_the_gap_and_have_none_inside(indices: list[int], gap: int) -> None:
    found = list(runs(indices, gap=gap))

    assert all(b - a <= gap + 1 for run in found for a, b in itertools.pairwise(run))
    assert all(b[0] - a[-1] > gap + 1 for a, b in itertools.pairwise(found))


def test_a_span_says_its_words_and_its_sentence() -> None:
    doc = read("Talks end.\n\nBoth sides  left.")
    words = Words(doc)
    first, *_, last = tokens_of(doc, "Both sides  left")
    span = words.span(first, last)

    assert (span.start, span.end, span.text, span.sentence) == (12, 28, "Both sides  left", 1)


def test_white_space_at_the_edges_of_a_span_is_left_out() -> None:
    doc = read("Talks end.\n\nBoth sides left.")
    blank = next(token.i for token in doc if token.is_space)

    assert Words(doc).span(blank - 1, blank).text == "."
    assert Words(doc).span(blank, blank + 1).text == "Both"


def test_sentences_are_spans_without_the_white_space_after_them() -> None:
    text = "Talks end.\n\nBoth sides left. They’re home."

    assert [(s.text, s.sentence) for s in Words(read(text)).sentences()] == [
        ("Talks end.", 0),
        ("Both sides left.", 1),
        ("They’re home.", 2),
    ]


@given(INDICES, INDICES)
def test_token_sets_overlap_where_they_share_a_token(first: list[int], second: list[int]) -> None:
    assert overlap(first, second) is bool(set(first) & set(second))
