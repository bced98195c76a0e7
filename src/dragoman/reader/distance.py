"""How far apart two words stand, in classes: the pair head's prior (trained in training/model.py, applied here)."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_EDGES = np.array([1, 2, 3, 5, 8, 12, 18, 27, 40, 60])  # words
WORD_STEPS = 2 * (len(_EDGES) + 1)
FARTHEST = 3  # sentences
SENTENCE_STEPS = 2 * FARTHEST + 1


def word_steps(words: int) -> Ints:
    """(words, words) class of the distance from anchor (row) to word (column), its sign included."""
    away = np.arange(words)[None, :] - np.arange(words)[:, None]
    step = np.digitize(np.abs(away), _EDGES)
    return np.asarray(np.where(away < 0, step + len(_EDGES) + 1, step), dtype=np.int64)


def sentence_steps(sentence: Ints) -> Ints:
    """(..., words, words) class of how many sentences after the anchor's the word's stands. sentence: (..., words)."""
    away = sentence[..., None, :] - sentence[..., :, None]
    return np.asarray(np.clip(away, -FARTHEST, FARTHEST) + FARTHEST, dtype=np.int64)
