"""The model heads' scores as the coder sees them: by token of the Doc, as probabilities."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ModelError

SCORES = "dragoman.scores"  # the key in `Doc.user_data` under which a reader leaves them
Floats = NDArray[np.float32]


class HeadScores(Protocol):
    """What a reader must leave in `doc.user_data[SCORES]`."""

    labels: dict[str, list[str]]

    def softmax(self, head: str) -> Floats:
        """(tokens, labels) probabilities that sum to one."""
        ...

    def sigmoid(self, head: str) -> Floats:
        """(tokens, labels) independent probabilities."""
        ...

    def pair(self, anchor: int, label: str) -> Floats:
        """(tokens,) probability of the relation between anchor and each token."""
        ...


class Heads:
    """Scores of one document; each head is turned into probabilities once."""

    def __init__(self, scores: HeadScores) -> None:
        self._scores = scores
        self.labels = scores.labels

    @cached_property
    def types(self) -> Floats:
        """(tokens, 1 + types): column 0 is "no trigger"."""
        return self._scores.softmax("types")

    @cached_property
    def cue(self) -> Floats:
        """(tokens,) probability that the token is part of a reporting cue."""
        return self._scores.softmax("cue")[:, 1]

    @cached_property
    def inside(self) -> Floats:
        """(tokens,) probability that the token lies in what somebody is said to have said."""
        return self._scores.softmax("inside")[:, 1]

    @cached_property
    def sectors(self) -> Floats:
        """(tokens, sectors) probability of the first sector of the actor whose head the token is; "none" for none."""
        return self._scores.softmax("sectors")

    @cached_property
    def modes_of_type(self) -> dict[str, list[int]]:
        """Columns of the head "modes", whose labels are "TYPE/mode", by type."""
        columns: dict[str, list[int]] = {}
        for column, label in enumerate(self.labels["modes"]):
            columns.setdefault(label.split("/", 1)[0], []).append(column)
        return columns

    @cached_property
    def _soft(self) -> dict[str, Floats]:
        return {head: self._scores.softmax(head) for head in ("realis", "polarity", "certainty")}

    @cached_property
    def _free(self) -> dict[str, Floats]:
        return {head: self._scores.sigmoid(head) for head in ("modes", "contexts")}

    def mean(self, head: str, tokens: Sequence[int]) -> Floats:
        """(labels,) probabilities of a head, averaged over tokens."""
        table = self._soft[head] if head in self._soft else self._free[head]
        only = len(tokens) == 1  # as most triggers
        return np.asarray(table[tokens[0]] if only else table[list(tokens)].mean(0), dtype=np.float32)

    def pair(self, anchors: Sequence[int], label: str) -> Floats:
        """(tokens,) probability of a relation, averaged over the anchor tokens."""
        rows = [self._scores.pair(anchor, label) for anchor in anchors]
        if len(rows) == 1:
            return rows[0]
        return np.asarray(np.mean(rows, axis=0), dtype=np.float32)


def heads_of(doc: Any) -> Heads:
    """Raises ModelError where the Doc was read by a pipeline without meaning heads."""
    scores = doc.user_data.get(SCORES)
    if scores is None:
        raise ModelError(
            "the text was read by a pipeline without Dragoman's meaning heads",
            where="doc.user_data",
            do="Add the component 'dragoman_reader' to the pipeline, or use dragoman.load()",
        )
    return Heads(cast(HeadScores, scores))
