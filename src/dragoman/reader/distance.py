"""How far apart two words stand, in classes: the pair head's prior (trained in training/model.py, applied here)."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
_EDGES = np.array([1, 2, 3, 5, 8, 12, 18, 27, 40, 60])  # words
WORD_STEPS = 2 * (len(_EDGES) + 1)
FARTHEST = 3  # sentences
SENTENCE_STEPS = 2 * FARTHEST + 1


def word_steps(words: int) -> Ints:
    """(words, words) class of the distance from anchor (row) to word (column), its sign included."""
    return _steps_of(np.arange(words)[None, :] - np.arange(words)[:, None])


def _steps_of(away: Ints) -> Ints:
    step = np.digitize(np.abs(away), _EDGES)
    return np.asarray(np.where(away < 0, step + len(_EDGES) + 1, step), dtype=np.int64)


def sentence_steps(sentence: Ints) -> Ints:
    """(..., words, words) class of how many sentences after the anchor's the word's stands. sentence: (..., words)."""
    return _sentence_steps_of(sentence[..., None, :] - sentence[..., :, None])


def _sentence_steps_of(away: Ints) -> Ints:
    return np.asarray(np.minimum(np.maximum(away, -FARTHEST), FARTHEST) + FARTHEST, dtype=np.int64)


class PairScores:
    """Pair scores of one window of W words; the prior is added to the rows that are asked for, which are few.

    raw: (W anchors, labels, W words) log-odds. by_words: (WORD_STEPS, labels) and by_sentences: (SENTENCE_STEPS, labels)
    are what distance adds. sentence: (W,) number of each word's sentence.
    """

    def __init__(self, raw: Floats, by_words: Floats, by_sentences: Floats, sentence: Ints) -> None:
        self._raw, self._sentence, self._last = raw, sentence, len(sentence) - 1
        # (labels, 2 W - 1): what every distance adds, from that of the first word seen from the last one onwards
        self._by_distance = by_words[_steps_of(np.arange(-self._last, self._last + 1))].T
        self._by_sentences = by_sentences.T

    def row(self, anchor: int, label: int) -> Floats:
        """(W,) log-odds that each word stands in the relation to the anchor. The indices are of the window."""
        first = self._last - anchor
        by_distance = self._by_distance[label, first : first + self._last + 1]
        sentences = _sentence_steps_of(self._sentence - self._sentence[anchor])
        prior = by_distance + self._by_sentences[label][sentences]
        return np.asarray(self._raw[anchor, label] + prior, dtype=np.float32)
