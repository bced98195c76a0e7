"""Words as the English UD treebanks cut them."""

from operator import itemgetter
from typing import Any

import pytest
import spacy
from hypothesis import given, settings

import strategies
from dragoman.reader.tokens import make_tokenizer
from hand_docs import cases

TOKENIZER = make_tokenizer(spacy.blank("en"))


@pytest.mark.parametrize("case", cases("reader/tokens.toml"), ids=itemgetter("id"))
def test_words_are_cut_as_in_the_treebanks(case: dict[str, Any]) -> None:
    assert "|".join(token.text for token in TOKENIZER(case["text"])) == case["words"]


@settings(max_examples=80)
@given(text=strategies.news_texts())
def test_no_character_is_lost_and_every_word_stands_where_it_says(text: str) -> None:
    doc = TOKENIZER(text)

    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@settings(max_examples=40)
@given(text=strategies.news_texts())
def test_a_word_holds_no_blank_between_letters(text: str) -> None:
    """White space is a word of its own or none: no word of letters has a blank at an edge."""
    for token in TOKENIZER(text):
        assert token.is_space or token.text == token.text.strip()


@pytest.mark.parametrize("case", cases("reader/tokens.toml"), ids=itemgetter("id"))
def test_what_follows_in_another_paragraph_does_not_change_the_words(case: dict[str, Any]) -> None:
    alone = [token.text for token in TOKENIZER(case["text"])]
    followed = [token.text for token in TOKENIZER(case["text"] + "\n\nMore’s to come (soon).")]

    assert followed[: len(alone)] == alone
