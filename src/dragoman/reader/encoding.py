"""Words of a window as the encoder's input.

The vocabulary is uncased, so each word's capitals go in as a shape ("Turkey", "May" and "US" look like common words
without it). Between paragraphs stands the separator, which belongs to no word.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

START, SEPARATOR, UNKNOWN = 101, 102, 100  # [CLS], [SEP], [UNK] of the BERT vocabulary
MOST_SUBWORDS = (
    30  # kept of one word: the encoder has 512 places, and what fills them ("======", a key) says nothing
)
SHAPES = 5  # 0 no word, 1 no capital, 2 Capital, 3 CAPITALS, 4 mIxed


@dataclass(frozen=True, slots=True)
class Encoded:
    """ids, shapes: (subwords,); first: (words,) position of each word's first subword; word_of: (subwords of words,)."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    word_of: list[int]


def shape(word: str) -> int:
    """Class of a word's capitals, 1 to 4."""
    if word == word.lower():
        return 1
    if word[:1].isupper() and word[1:] == word[1:].lower():
        return 2
    return 3 if word == word.upper() else 4


def encode_words(words: Sequence[str], breaks: Collection[int], tokenizer: Tokenizer) -> Encoded:
    """Encode the words of one window. breaks: indices of words that begin a new paragraph inside it.

    Of each word the first MOST_SUBWORDS are kept, in use as in training.
    """
    encoding = tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
    ids, shapes, first, word_of = [START], [0], [-1] * len(words), []
    shape_of = [shape(word) for word in words]
    last, kept = -1, 0
    own: list[int] = [-1 if word is None else word for word in encoding.word_ids]
    for subword, word in zip(encoding.ids, own, strict=True):
        while last < word - 1:  # a word of which nothing is left (a lone control sign) still gets a place
            last += 1
            _begin(last, breaks, ids, shapes, first)
            ids.append(UNKNOWN)
            shapes.append(shape_of[last])
            word_of.append(last)
        if word != last:
            last, kept = word, 0
            _begin(word, breaks, ids, shapes, first)
        kept += 1
        if kept > MOST_SUBWORDS:
            continue
        ids.append(subword)
        shapes.append(shape_of[word])
        word_of.append(word)
    while last < len(words) - 1:
        last += 1
        _begin(last, breaks, ids, shapes, first)
        ids.append(UNKNOWN)
        shapes.append(shape_of[last])
        word_of.append(last)
    ids.append(SEPARATOR)
    shapes.append(0)
    return Encoded(ids, shapes, first, word_of)


def _begin(word: int, breaks: Collection[int], ids: list[int], shapes: list[int], first: list[int]) -> None:
    if word in breaks and word:
        ids.append(SEPARATOR)
        shapes.append(0)
    first[word] = len(ids)
