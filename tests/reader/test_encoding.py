"""Words as the encoder's input."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

import strategies
from dragoman.reader.encoding import (
    MOST_SUBWORDS,
    SEPARATOR,
    SHAPES,
    START,
    UNKNOWN,
    Encoded,
    encode_words,
    shape,
)

# A WordPiece of letters: "talks" is t ##a ##l ##k ##s. Ids of words begin above those of the marks.
PIECES = [chr(c) for c in range(ord("a"), ord("z") + 1)]
VOCABULARY = {"[UNK]": UNKNOWN, "[CLS]": START, "[SEP]": SEPARATOR} | {
    piece: 1000 + i for i, piece in enumerate([*PIECES, *(f"##{p}" for p in PIECES), ".", ",", "-", "!"])
}
LETTERS = Tokenizer(models.WordPiece(VOCABULARY, unk_token="[UNK]"))
LETTERS.normalizer = normalizers.BertNormalizer()
LETTERS.pre_tokenizer = pre_tokenizers.BertPreTokenizer()

ODD = ["\x00", "\x07", "\u200b", "\ufeff", "\u0301", "👩‍🚒", "🇺🇦", "漢字", "\ufffd", "…", "𝔘", "\xad"]


def odd_words() -> st.SearchStrategy[list[str]]:
    word = st.one_of(
        st.sampled_from([*ODD, "Talks", "U.S.", "failed", "-", "al-Ani"]),
        strategies.texts(min_size=1, max_size=6).filter(lambda w: bool(w.split())),
    )
    return st.lists(word, min_size=1, max_size=30)


def check(encoded: Encoded, words: list[str], breaks: set[int]) -> None:
    """The laws of an input, whatever the words."""
    assert len(encoded.ids) == len(encoded.shapes)
    assert (encoded.ids[0], encoded.ids[-1]) == (START, SEPARATOR)
    assert len(encoded.first) == len(words)
    assert encoded.first == sorted(set(encoded.first)), "a word without a place of its own"
    assert sorted(set(encoded.word_of)) == list(range(len(words)))
    assert all(0 < place < len(encoded.ids) - 1 for place in encoded.first)
    assert all(0 <= value < SHAPES for value in encoded.shapes)
    marks = [i for i, value in enumerate(encoded.shapes) if value == 0]
    assert len(marks) == 2 + len(breaks - {0})
    assert len(encoded.word_of) == len(encoded.ids) - len(marks)
    assert marks[1:-1] == [encoded.first[word] - 1 for word in sorted(breaks - {0})]
    assert all(encoded.ids[i] == SEPARATOR for i in marks[1:])


def test_words_stand_between_start_and_separator() -> None:
    encoded = encode_words(["Talks", "on"], (), LETTERS)

    assert [LETTERS.id_to_token(i) for i in encoded.ids] == [
        *("[CLS]", "t", "##a", "##l", "##k", "##s", "o", "##n", "[SEP]")
    ]
    assert encoded.first == [1, 6]
    assert encoded.word_of == [0, 0, 0, 0, 0, 1, 1]
    assert encoded.shapes == [0, 2, 2, 2, 2, 2, 1, 1, 0]


def test_of_a_long_word_only_the_beginning_is_kept() -> None:
    encoded = encode_words(["on", "a" * 90, "on"], (), LETTERS)

    assert [encoded.word_of.count(word) for word in range(3)] == [2, MOST_SUBWORDS, 2]
    check(encoded, ["on", "a" * 90, "on"], set())


def test_a_separator_stands_before_a_new_paragraph() -> None:
    encoded = encode_words(["a", "b", "c"], (1,), LETTERS)

    assert [LETTERS.id_to_token(i) for i in encoded.ids] == ["[CLS]", "a", "[SEP]", "b", "c", "[SEP]"]
    assert encoded.first == [1, 3, 4]


@settings(max_examples=80)
@given(words=odd_words(), data=st.data())
def test_every_word_has_a_place_and_every_paragraph_its_separator(
    words: list[str], data: st.DataObject
) -> None:
    breaks = data.draw(st.sets(st.integers(0, len(words) - 1), max_size=4))

    check(encode_words(words, breaks, LETTERS), words, breaks)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("at", [0, 1, 2], ids=["first", "middle", "last"])
def test_an_odd_word_has_a_place(odd: str, at: int) -> None:
    words = ["talks", "on"]
    words.insert(at, odd)

    check(encode_words(words, {at}, LETTERS), words, {at})


def test_words_of_which_nothing_is_left_are_unknown_words() -> None:
    encoded = encode_words(["\x00", "\x07", "a", "\x00"], (), LETTERS)

    assert [LETTERS.id_to_token(i) for i in encoded.ids[1:-1]] == ["[UNK]", "[UNK]", "a", "[UNK]"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("talks", 1),
        ("1990", 1),
        ("-", 1),
        ("漢", 1),
        ("Turkey", 2),
        ("I", 2),
        ("É́tat", 2),
        ("US", 3),
        ("U.S.", 3),
        ("eBay", 4),
        ("McDonald", 4),
    ],
)
def test_capitals_have_four_classes(word: str, expected: int) -> None:
    assert shape(word) == expected


@given(strategies.texts(min_size=1, max_size=8))
def test_every_word_has_one_of_the_four_classes(word: str) -> None:
    assert 1 <= shape(word) < SHAPES
