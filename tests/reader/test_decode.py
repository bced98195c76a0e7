"""From scores to trees and names."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from dragoman.reader.decode import decode_heads, decode_names, is_tree

Floats = NDArray[np.float32]


def matrices(most: int, *, ties: bool = False) -> st.SearchStrategy[Floats]:
    """Scores of a sentence; with `ties` few different values, so that many choices are equal."""
    element = st.sampled_from([-1.0, 0.0, 1.0]) if ties else st.floats(-50, 50, width=32)
    return st.integers(1, most).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=element))


def climbs_to_the_root(heads: tuple[int, ...]) -> bool:
    """Written apart from the code under test: one root, and every word reaches it within n steps."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        for _ in heads:
            word = heads[word - 1] if word else 0
        if word:
            return False
    return True


def total(scores: Floats, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i].astype(np.float64)[head] for i, head in enumerate(heads)))


def all_trees(n: int) -> list[tuple[int, ...]]:
    choices = [[head for head in range(n + 1) if head != word] for word in range(1, n + 1)]
    return [heads for heads in product(*choices) if climbs_to_the_root(heads)]


TREES = {n: all_trees(n) for n in range(1, 6)}


@settings(max_examples=100)
@given(st.one_of(matrices(12), matrices(12, ties=True)))
def test_the_arcs_are_always_one_tree_with_one_root(scores: Floats) -> None:
    heads = tuple(decode_heads(scores).tolist())

    assert climbs_to_the_root(heads)
    assert is_tree(np.array(heads))


@settings(max_examples=100)
@given(st.one_of(matrices(5), matrices(5, ties=True)))
def test_no_other_tree_scores_more(scores: Floats) -> None:
    best = max(total(scores, heads) for heads in TREES[len(scores)])

    assert total(scores, tuple(decode_heads(scores).tolist())) == pytest.approx(best, abs=1e-4)


@given(st.one_of(matrices(8), matrices(8, ties=True)))
def test_where_each_words_best_head_makes_a_tree_it_is_kept(scores: Floats) -> None:
    own = scores.copy()
    own[np.arange(len(own)), np.arange(len(own)) + 1] = -np.inf
    greedy = tuple(own.argmax(1).tolist())
    if climbs_to_the_root(greedy):
        assert tuple(decode_heads(scores).tolist()) == greedy


def test_of_equal_heads_the_leftmost_is_taken() -> None:
    scores = np.array([[9, 0, 0, 0], [0, 5, 0, 5], [0, 5, 5, 0]], dtype=np.float32)

    assert decode_heads(scores).tolist() == [0, 1, 1]


@given(matrices(12, ties=True))
def test_equal_scores_give_equal_trees_however_they_lie_in_memory(scores: Floats) -> None:
    expected = decode_heads(scores).tolist()

    assert decode_heads(np.asfortranarray(scores)).tolist() == expected
    assert decode_heads(scores.astype(np.float64)).tolist() == expected  # type: ignore[arg-type]


@given(matrices(12))
def test_the_scores_are_left_as_they_were(scores: Floats) -> None:
    before = scores.copy()
    decode_heads(scores)

    assert np.array_equal(scores, before)


def test_a_word_is_never_its_own_head() -> None:
    scores = np.array([[0, 99, 0], [0, 1, 99]], dtype=np.float32)

    assert decode_heads(scores).tolist() in ([0, 1], [2, 0])


def test_a_word_alone_is_the_root() -> None:
    assert decode_heads(np.array([[-30.0, 9.0]], dtype=np.float32)).tolist() == [0]


def test_a_long_cycle_of_three_hundred_words_is_mended() -> None:
    n = 300
    scores = np.full((n, n + 1), -5, dtype=np.float32)
    for word in range(n):
        scores[word, (word + 1) % n + 1] = 5
    heads = tuple(decode_heads(scores).tolist())

    assert climbs_to_the_root(heads)
    assert sum(head == (word + 1) % n + 1 for word, head in enumerate(heads)) == n - 1


@pytest.mark.parametrize(
    ("heads", "tree"),
    [
        ([0], True),
        ([0, 1], True),
        ([2, 0], True),
        ([3, 3, 0], True),
        ([0, 0], False),
        ([2, 1], False),
        ([1], False),
        ([0, 3, 2], False),
        ([0, 2], False),
    ],
)
def test_a_tree_has_one_root_and_no_cycle(heads: list[int], tree: bool) -> None:
    assert is_tree(np.array(heads)) is tree


LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


def scored(labels: str) -> Floats:
    return np.array([[float(name == label) for name in LABELS] for label in labels.split()], dtype=np.float32)


def starts(n: int, *at: int) -> NDArray[np.bool_]:
    marks = np.zeros(n, dtype=bool)
    marks[[0, *at]] = True
    return marks


@pytest.mark.parametrize(
    ("labels", "sentences", "names"),
    [
        ("O O", (), []),
        ("B-PER I-PER O B-LOC", (), [(0, 2, "PER"), (3, 4, "LOC")]),
        ("B-PER B-PER", (), [(0, 1, "PER"), (1, 2, "PER")]),
        ("I-PER I-PER", (), [(0, 2, "PER")]),
        ("B-PER I-LOC I-LOC", (), [(0, 1, "PER"), (1, 3, "LOC")]),
        ("B-PER O I-PER", (), [(0, 1, "PER"), (2, 3, "PER")]),
        ("B-PER I-PER I-PER", (2,), [(0, 2, "PER"), (2, 3, "PER")]),
    ],
)
def test_names_are_read_from_their_first_and_inner_words(
    labels: str, sentences: tuple[int, ...], names: list[tuple[int, int, str]]
) -> None:
    scores = scored(labels)

    assert decode_names(scores, LABELS, starts(len(scores), *sentences)) == names


@given(st.data())
def test_names_never_overlap_nor_cross_a_sentence(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 30))
    scores = data.draw(arrays(np.float32, (n, len(LABELS)), elements=st.floats(-5, 5, width=32)))
    marks = data.draw(arrays(np.bool_, (n,)))
    marks[0] = True

    names = decode_names(scores, LABELS, marks)

    assert all(first < last for first, last, _ in names)
    assert all(before[1] <= after[0] for before, after in pairwise(names))
    assert not any(marks[first + 1 : last].any() for first, last, _ in names)
    covered = {i for first, last, _ in names for i in range(first, last)}
    assert covered == {i for i in range(n) if LABELS[int(scores[i].argmax())] != "O"}
