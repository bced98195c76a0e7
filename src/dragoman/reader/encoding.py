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


def subwords_of(words: Sequence[str], tokenizer: Tokenizer) -> list[tuple[int, ...]]:
    """Subwords of each word, which its neighbours do not change.

    Of each word the first MOST_SUBWORDS are kept; one of which nothing is left (a lone control sign) still gets a place.
    """
    encoding = tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
    found: list[list[int]] = [[] for _ in words]
    for subword, word in zip(encoding.ids, encoding.word_ids, strict=True):
        if word is not None:
            found[word].append(subword)
    return [tuple(own[:MOST_SUBWORDS]) or (UNKNOWN,) for own in found]


def join_subwords(
    words: Sequence[str], subwords: Sequence[Sequence[int]], breaks: Collection[int]
) -> Encoded:
    """Encode the words of one window. breaks: indices of words that begin a new paragraph inside it."""
    ids, shapes, first, word_of = [START], [0], [], []
    for index, (word, own) in enumerate(zip(words, subwords, strict=True)):
        if index in breaks and index:
            ids.append(SEPARATOR)
            shapes.append(0)
        first.append(len(ids))
        ids.extend(own)
        shapes.extend([shape(word)] * len(own))
        word_of.extend([index] * len(own))
    ids.append(SEPARATOR)
    shapes.append(0)
    return Encoded(ids, shapes, first, word_of)


def encode_words(words: Sequence[str], breaks: Collection[int], tokenizer: Tokenizer) -> Encoded:
    """Encode the words of one window, in use as in training. breaks: as of `join_subwords`."""
    return join_subwords(words, subwords_of(words, tokenizer), breaks)
