"""Classes of distance between two words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reader.distance import SENTENCE_STEPS, WORD_STEPS, PairScores, sentence_steps, word_steps


@given(st.integers(1, 150))
def test_every_class_of_words_is_one_of_the_table(words: int) -> None:
    steps = word_steps(words)

    assert steps.shape == (words, words)
    assert steps.min() >= 0
    assert steps.max() < WORD_STEPS


def test_a_class_depends_on_the_distance_alone() -> None:
    steps = word_steps(120)

    assert np.array_equal(word_steps(40), steps[:40, :40])
    assert np.array_equal(steps[:-7, :-7], steps[7:, 7:])


def test_before_and_after_are_told_apart() -> None:
    steps = word_steps(120)
    before, after = set(steps[119, :119].tolist()), set(steps[0, 1:].tolist())

    assert before.isdisjoint(after)
    assert len({*before, *after, int(steps[0, 0])}) == len(before) + len(after) + 1


def test_classes_grow_with_the_distance_and_near_words_have_their_own() -> None:
    after = word_steps(120)[0]

    assert (np.diff(after) >= 0).all()
    assert len(set(after[:4].tolist())) == 4


@given(st.lists(st.integers(0, 1), min_size=1, max_size=40))
def test_sentences_apart_are_clipped_and_have_a_sign(starts: list[int]) -> None:
    sentence = np.cumsum(starts)
    steps = sentence_steps(sentence)
    middle = SENTENCE_STEPS // 2

    assert steps.min() >= 0
    assert steps.max() < SENTENCE_STEPS
    assert np.array_equal(steps == middle, sentence[:, None] == sentence[None, :])
    assert np.array_equal(steps > middle, sentence[None, :] > sentence[:, None])
    assert np.array_equal(steps + steps.T, np.full_like(steps, 2 * middle))


def test_a_batch_of_texts_is_classed_text_by_text() -> None:
    batch = np.array([[0, 0, 1, 2], [0, 1, 1, 9]])

    assert np.array_equal(sentence_steps(batch), np.stack([sentence_steps(row) for row in batch]))


@given(st.lists(st.integers(0, 1), min_size=1, max_size=40), st.data())
def test_a_row_of_pairs_has_the_prior_that_training_gave_the_whole_table(
    starts: list[int], data: st.DataObject
) -> None:
    noise = np.random.default_rng(len(starts))
    sentence, words = np.cumsum(starts), len(starts)
    raw = noise.normal(size=(words, 2, words)).astype(np.float32)
    near = noise.normal(size=(WORD_STEPS, 2)).astype(np.float32)
    same = noise.normal(size=(SENTENCE_STEPS, 2)).astype(np.float32)
    whole = raw + (near[word_steps(words)] + same[sentence_steps(sentence)]).transpose(0, 2, 1)
    anchor, label = data.draw(st.integers(0, words - 1)), data.draw(st.integers(0, 1))

    assert np.array_equal(PairScores(raw, near, same, sentence).row(anchor, label), whole[anchor, label])
