"""What a word by itself says of the type of the act that it tells.

The type head reads the sentence and has seen few texts; a word's own record is what it told in all of them. Two tables:
counts on the training part (data/trigger_words.csv, made by training/trigger_words.py), and words that any reader knows
(data/trigger_words_hand.csv), each as if seen HAND times. A word that neither knows says nothing.
"""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"
# Chosen on pairs of the development part (docs/outside.md); any near them is as good.
HAND = 2
SMOOTHING = 2.0  # observations that a word's record is smoothed with, towards the shares of all words
WEIGHT = 0.5  # of the word's record, as an exponent
OFTEN, NEARLY = 5, 0.7  # tellings, and the share of one type among them, from which a word tells one type
Floats = NDArray[np.float64]


@cache
def _records() -> MappingProxyType[str, MappingProxyType[str, int]]:
    """How often each word told each type."""
    counts: dict[str, dict[str, int]] = {}
    with (DATA / "trigger_words.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            counts.setdefault(row["word"], {})[row["type"]] = int(row["count"])
    with (DATA / "trigger_words_hand.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for word in row["words"].split():
                own = counts.setdefault(word, {})
                own[row["type"]] = own.get(row["type"], 0) + HAND
    return MappingProxyType({word: MappingProxyType(own) for word, own in counts.items()})


@cache
def _shares(names: tuple[str, ...]) -> Floats:
    """The share of each type over all words."""
    out = np.array([sum(own.get(name, 0) for own in _records().values()) for name in names], dtype=np.float64)
    return np.asarray((out + 1) / (out + 1).sum())


@cache
def lift(word: str, names: tuple[str, ...]) -> Floats:
    """(types,) by how much a word raises or lowers each type; all ones for a word that is not known. word: a lemma."""
    own = _records().get(word)
    if own is None:
        return np.ones(len(names))
    shares = _shares(names)
    seen = np.array([own.get(name, 0) for name in names], dtype=np.float64)
    return np.asarray((seen + SMOOTHING * shares) / (seen.sum() + SMOOTHING) / shares)


def tells_one(word: str) -> bool:
    """Whether a word that has been seen often enough nearly always told one and the same type. word: a lemma or a form."""
    own = _records().get(word)
    if own is None:
        return False
    total = sum(own.values())
    return total >= OFTEN and max(own.values()) >= NEARLY * total


def tilt(types: Floats, lemmas: Sequence[str], names: tuple[str, ...]) -> Floats:
    """(words, types): the head's probabilities with each word's record heard; how surely a word tells an act stays.

    types: (words, types) without the column for "no act". lemmas: one a word.
    """
    lifts = np.stack([lift(lemma, names) for lemma in lemmas]) ** WEIGHT
    raised = types * lifts
    total = raised.sum(1, keepdims=True)
    return np.asarray(raised / np.where(total > 0, total, 1) * types.sum(1, keepdims=True), dtype=np.float64)
