"""The reader as a spaCy component, over an encoder whose scores are noise: what holds whatever the scores say."""

import itertools
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import strategies
from dragoman.coding import heads as coding_heads
from dragoman.errors import ModelError
from dragoman.reader import SCORES, HeadScores, load_reader
from dragoman.reader.component import Reader
from dragoman.reader.tokens import make_tokenizer
from random_encoder import RandomEncoder, without_prior

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer(NLP)


def read(text: str) -> Doc:
    return Reader(RandomEncoder())(NLP.make_doc(text))  # type: ignore[arg-type]


TEXT = "Talks end\n\n“We will not leave,” he said. Gen. Smith of the U.S. Army denied it.\n\nBoth sides left."


@settings(max_examples=60)
@given(strategies.news_texts())
@example("\n\n Talks fail")
@example("Talks fail \n")
@example("one  two\n\n\n\nthree")
def test_a_text_is_whole_sentences_of_one_tree_each(text: str) -> None:
    doc = read(text)

    assert doc.text == text
    if not text.strip():
        return
    sentences = list(doc.sents)
    assert [sentence.start for sentence in sentences] == [0, *(s.end for s in sentences[:-1])]
    for sentence in sentences:
        roots = [token for token in sentence if token.head is token or token.head.i == token.i]
        assert len(roots) == 1
        assert (roots[0].dep_, roots[0].is_space) == ("ROOT", False)
        assert all(token.head in sentence for token in sentence)


@settings(max_examples=60)
@given(strategies.news_texts())
def test_every_word_has_a_tag_and_white_space_stands_apart(text: str) -> None:
    for token in read(text):
        if token.is_space:
            assert token.pos_ in ("SPACE", "")
            assert not token.has_head() or token.head is not token or len(token.doc) == 1
        else:
            assert token.pos_ in RandomEncoder.labels["upos"]
            assert token.dep_ in (*RandomEncoder.labels["rels"], "ROOT")


@settings(max_examples=40)
@given(strategies.news_texts())
def test_a_paragraph_begins_a_sentence(text: str) -> None:
    words = [token for token in read(text) if not token.is_space]
    for before, word in itertools.pairwise(words):
        if "\n" in text[before.idx + len(before) : word.idx]:
            assert word.is_sent_start


def test_names_lie_in_one_sentence() -> None:
    doc = read(TEXT * 5)

    assert doc.ents
    assert all(doc[name.start].sent == doc[name.end - 1].sent for name in doc.ents)


@settings(max_examples=25)
@given(st.lists(strategies.news_texts(), max_size=3))
def test_a_text_reads_the_same_after_any_others(others: list[str]) -> None:
    reader = Reader(RandomEncoder())  # type: ignore[arg-type]
    for other in others:
        reader(NLP.make_doc(other))

    assert reader(NLP.make_doc(TEXT)).to_json() == read(TEXT).to_json()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \n"])
def test_a_text_without_words_is_read_as_one(text: str) -> None:
    doc = read(text)

    assert doc.text == text
    assert not doc.user_data[SCORES].softmax("types").any()


def test_scores_stand_where_the_coder_looks_for_them() -> None:
    assert SCORES == coding_heads.SCORES
    assert isinstance(read(TEXT).user_data[SCORES], HeadScores)


def test_a_text_is_read_window_by_window_and_each_word_once() -> None:
    encoder = RandomEncoder(size=30)
    doc = Reader(encoder)(NLP.make_doc(TEXT))  # type: ignore[arg-type]

    assert len(encoder.windows) > 1
    assert [w for window in encoder.windows for w in window] == [t.text for t in doc if not t.is_space]


def test_a_token_has_the_scores_of_its_own_window_only() -> None:
    encoder = RandomEncoder(size=30)
    doc = Reader(encoder)(NLP.make_doc(TEXT))  # type: ignore[arg-type]
    scores: HeadScores = doc.user_data[SCORES]
    at = 0
    for window in encoder.windows:
        inside = []
        while len(inside) < len(window):
            if not doc[at].is_space:
                inside.append(at)
            at += 1
        for anchor in inside:
            pair = scores.pair(anchor, "content")
            assert set(np.flatnonzero(pair).tolist()) == set(inside)


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(
        ModelError, match=r"reader\.int8\.onnx: the model cannot be loaded .*Install dragoman again"
    ):
        load_reader(str(tmp_path))


def test_the_component_is_a_spacy_factory() -> None:
    assert Language.has_factory("dragoman_reader")


# --- the scores of the meaning heads ------------------------------------------------------------------------------------


def scores(windows: list[list[int]], tokens: int) -> tuple[HeadScores, list[np.ndarray]]:
    """Scores of two heads, "one" of three labels and "free" of two, and of two relations, by window."""
    noise = np.random.default_rng(5)
    out = HeadScores(
        tokens,
        {"one": ["a", "b", "c"], "free": ["x", "y"], "pairs": ["p", "q"]},
        {"one": slice(0, 3), "free": slice(3, 5)},
    )
    pairs = []
    for window in windows:
        pair = noise.normal(0, 3, (len(window), 2, len(window))).astype(np.float32)
        pairs.append(pair)
        token = noise.normal(0, 3, (len(window), 5)).astype(np.float32)
        out.add(
            np.array(window, dtype=np.int64),
            token,
            without_prior(pair, np.zeros(len(window), dtype=np.int64)),
        )
    return out, pairs


def test_probabilities_of_a_choice_sum_to_one_where_there_is_a_word() -> None:
    found, _ = scores([[0, 1, 3], [4, 5]], tokens=6)
    chosen = found.softmax("one")

    assert chosen.shape == (6, 3)
    assert chosen.sum(1) == pytest.approx([1, 1, 0, 1, 1, 1])


def test_independent_probabilities_are_zero_without_a_word() -> None:
    free = scores([[0, 1, 3], [4, 5]], tokens=6)[0].sigmoid("free")

    assert free.shape == (6, 2)
    assert ((free > 0) & (free < 1)).all(axis=1).tolist() == [True, True, False, True, True, True]


def test_a_pair_in_one_window_has_its_score_and_any_other_none() -> None:
    found, pairs = scores([[0, 1, 3], [4, 5]], tokens=6)
    row = found.pair(3, "q")

    assert row[[0, 1, 3]] == pytest.approx(1 / (1 + np.exp(-pairs[0][2, 1])))
    assert row[[2, 4, 5]].tolist() == [0, 0, 0]


def test_a_token_of_white_space_is_paired_with_nothing() -> None:
    assert not scores([[0, 1, 3], [4, 5]], tokens=6)[0].pair(2, "p").any()


def test_far_scores_stay_probabilities() -> None:
    found = HeadScores(1, {"one": ["a", "b"], "pairs": ["p"]}, {"one": slice(0, 2)})
    nothing = without_prior(np.zeros((1, 1, 1), dtype=np.float32), np.array([0]))
    found.add(np.array([0]), np.array([[500, -500]], dtype=np.float32), nothing)

    assert found.softmax("one").tolist() == [[1, 0]]
