"""The trained reader: sentences, sanity of the parse, and the same answer whatever stands around a text."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.reader import SCORES, load_reader
from fake_reading import cases, params

SENTENCES = cases("reader/sentences.toml")
TEXTS = [case["text"] for case in SENTENCES]


def sentences_of(doc: Doc) -> list[str]:
    return [sentence.text.strip() for sentence in doc.sents]


def answer(doc: Doc) -> tuple[str, bytes]:
    """Everything the reader says of a text, to the last bit."""
    scores = doc.user_data[SCORES]
    heads = ("types", "cue", "inside", "realis", "polarity", "certainty")
    parts = [scores.softmax(head) for head in heads]
    parts += [scores.sigmoid(head) for head in ("modes", "contexts")]
    parts += [scores.pair(token.i, "actor")[None] for token in doc]
    return str(doc.to_json()), b"".join(part.tobytes() for part in parts)


@pytest.mark.parametrize("case", params("reader/sentences.toml"))
def test_sentences_of_a_text(case: dict[str, Any], reader: Language) -> None:
    assert sentences_of(reader(case["text"])) == case["sentences"]


def test_a_plain_sentence_is_parsed_as_anyone_would(reader: Language) -> None:
    doc = reader("Soldiers attacked the village in the north on Sunday.")
    by_word = {token.text: token for token in doc}

    assert [by_word[w].pos_ for w in ("Soldiers", "attacked", "village", "in", "north")] == [
        *("NOUN", "VERB", "NOUN", "ADP", "NOUN")
    ]
    assert (by_word["attacked"].dep_, by_word["attacked"].lemma_) == ("ROOT", "attack")
    assert (by_word["Soldiers"].dep_, by_word["Soldiers"].head.text) == ("nsubj", "attacked")
    assert (by_word["village"].dep_, by_word["village"].head.text) == ("obj", "attacked")


def test_talks_are_parsed_as_anyone_would(reader: Language) -> None:
    doc = reader("The president met the envoys in Vienna on Sunday.")

    assert [(token.pos_, token.dep_) for token in doc][2:5] == [
        ("VERB", "ROOT"),
        ("DET", "det"),
        ("NOUN", "obj"),
    ]


def test_a_passive_is_one(reader: Language) -> None:
    doc = reader("Two protesters were arrested by police in Minsk.")

    assert [token.dep_ for token in doc if token.text == "protesters"] == ["nsubj:pass"]


def test_the_same_text_reads_the_same_alone_and_after_others(reader: Language, model: Path) -> None:
    alone = [answer(load_reader(str(model))(text)) for text in TEXTS[:1]]
    for text in reversed(TEXTS):
        reader(text)

    assert [answer(reader(text)) for text in TEXTS[:1]] == alone


def test_a_text_reads_the_same_on_two_threads(reader: Language, model: Path) -> None:
    two = load_reader(str(model), threads=2)

    assert [answer(two(text)) for text in TEXTS[:5]] == [answer(reader(text)) for text in TEXTS[:5]]


def test_a_paragraph_far_away_does_not_change_how_a_text_is_read(reader: Language) -> None:
    """Windows are read apart: what fills another window has no say here."""
    long = "The envoys of the two countries met in Vienna on Sunday and talked for an hour. " * 12
    texts = (f"{long}\n\nTalks failed.", f"{long}\n\nRain is expected in the north of the country.")
    first, second = (reader(text) for text in texts)
    size = len(first) // 2  # the last sentences share the window of the last paragraph

    assert [(t.pos_, t.dep_, t.head.i) for t in first[:size]] == [
        (t.pos_, t.dep_, t.head.i) for t in second[:size]
    ]


def test_a_sentence_of_five_thousand_words_is_read(reader: Language) -> None:
    doc = reader(" ".join(["the envoy of the country met and"] * 714) + " left.")

    assert len(doc) > 4990
    assert all(token.head in token.sent for token in list(doc)[::50])


@pytest.mark.parametrize(
    "word",
    ["a" * 5000, "https://example.org/" + "a-b/" * 20, "👩‍🚒" * 30, "\u0301" * 50, "\x07\x00", "\ufffd"],
    ids=["letters", "address", "emoji", "marks", "controls", "broken"],
)
def test_an_odd_word_is_read_and_its_neighbours_too(word: str, reader: Language) -> None:
    doc = reader(f"The envoys met {word} in Vienna.")

    assert doc.text == f"The envoys met {word} in Vienna."
    assert doc[-1].pos_ == "PUNCT"


@pytest.mark.parametrize(
    "word",
    ["https://example.org/" + "a-b/" * 300, "!" * 700, "漢字" * 400],
    ids=["address", "marks", "unspaced script"],
)
def test_a_word_longer_than_the_encoder_is_read(word: str, reader: Language) -> None:
    assert reader(f"The envoys met {word} in Vienna.")[-1].pos_ == "PUNCT"


def test_scores_are_probabilities(reader: Language) -> None:
    doc = reader(TEXTS[0])
    scores = doc.user_data[SCORES]

    assert scores.softmax("types").sum(1) == pytest.approx(np.ones(len(doc)), abs=1e-5)
    for table in (scores.sigmoid("modes"), scores.pair(2, "actor")):
        assert ((table >= 0) & (table <= 1)).all()
