"""An encoder that knows nothing: its scores are noise that the words of the window alone decide.

It has the interface of `dragoman.reader.encoder.Encoder` and the labels of the trained one, so that the reader and the
coder can be run on any text without a model, and meet everything a score can say.
"""

import hashlib
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman import codebook
from dragoman.reader.distance import SENTENCE_STEPS, WORD_STEPS, PairScores
from dragoman.reader.encoder import Scores

NARROW = 16  # width of the relation vectors

_BOOK = codebook.load()
TYPES = tuple(_BOOK.types)
TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
RELATIONS = (
    "root nsubj obj obl nmod case det amod compound flat conj cc punct ccomp xcomp advcl acl appos dep"
)
LABELS: dict[str, list[str]] = {
    "upos": TAGS.split(),
    "start": ["inside", "start"],
    "names": ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"],
    "types": ["O", *TYPES],
    "realis": ["actual", "future", "hypothetical", "historical"],
    "polarity": ["affirmed", "negated"],
    "certainty": ["certain", "probable", "possible"],
    "cue": ["no", "cue"],
    "inside": ["no", "inside"],
    "modes": [f"{kind}/{mode}" for kind in TYPES for mode in _BOOK.modes(kind)],
    "contexts": list(_BOOK.contexts),
    "rels": RELATIONS.split(),
    "pairs": [
        "actor",
        "recipient",
        "place",
        "date",
        "speaker",
        "content",
        "same",
        "support",
        "oppose",
        "coref",
    ],
}


def columns_of(labels: dict[str, list[str]]) -> dict[str, slice]:
    columns, at = {}, 0
    for head, names in labels.items():
        if head not in ("rels", "pairs"):
            columns[head] = slice(at, at + len(names))
            at += len(names)
    return columns


def without_prior(pair: NDArray[np.float32], sentence: NDArray[np.int64]) -> PairScores:
    """Pair scores (words, labels, words) to which distance adds nothing."""
    labels = pair.shape[1]
    return PairScores(
        pair,
        np.zeros((WORD_STEPS, labels), dtype=np.float32),
        np.zeros((SENTENCE_STEPS, labels), dtype=np.float32),
        sentence,
    )


class RandomEncoder:
    """size: subwords that each word is said to have. windows: what was read, in order."""

    labels = LABELS
    columns = columns_of(LABELS)
    hash = "0" * 16

    def __init__(self, *, size: int = 2) -> None:
        self.size = size
        self.windows: list[list[str]] = []

    def sizes(self, words: Sequence[str]) -> list[int]:
        return [self.size] * len(words)

    def encode(self, words: Sequence[str], breaks: Collection[int]) -> list[str]:
        return list(words)

    def read(self, encoded: list[str]) -> Scores:
        self.windows.append(encoded)
        key = hashlib.sha256("\x00".join(encoded).encode("utf-8", "surrogatepass")).digest()
        noise = np.random.default_rng(int.from_bytes(key[:8], "big"))
        words = len(encoded)

        def draw(*shape: int) -> NDArray[np.float32]:
            return noise.normal(0, 2, shape).astype(np.float32)

        width = max(part.stop for part in self.columns.values())
        return Scores(
            token=draw(words, width),
            arc=draw(words, words + 1),
            rel_dep=draw(words, NARROW),
            rel_head=draw(words + 1, NARROW),
            pair=draw(words, len(self.labels["pairs"]), words),
        )

    def relations(self, scores: Scores, heads: NDArray[np.int64]) -> NDArray[np.float32]:
        joined = scores.rel_dep + scores.rel_head[heads]
        return np.resize(joined, (len(heads), len(self.labels["rels"])))

    def pairs(self, scores: Scores, sentence: NDArray[np.int64]) -> PairScores:
        return without_prior(scores.pair, sentence)
