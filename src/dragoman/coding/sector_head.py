"""What the model says of an actor: its first sector, a witness beside rules and tables.

How far each kind of rule is believed against the head is fitted on texts that the model has not learnt
(training/sectors.py, data/sectors.toml).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from dragoman.coding.heads import Floats, Heads
from dragoman.coding.mentions import Mention

WEIGHTS = Path(__file__).parent / "data/sectors.toml"
NONE = "none"  # the label of an actor without sector
LEAST = 1e-3  # what is less probable counts as this probable
# Probability from which another sector than the rule's is believed: 0, 0.4, 0.5 and 0.6 got 0.785, 0.787, 0.782 and
# 0.779 right on development articles, and 0.716, 0.723, 0.721 and 0.718 (F1) of found records.
LEAST_SURE = 0.4
OTHER = "other"  # the rule of a kind that has no weight of its own
TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Lean:
    """The first sector that rule and head together favour (None: no sector), and its probability."""

    sector: str | None
    probability: float


class SectorHead:
    """The head of sectors for the mentions of one document."""

    def __init__(self, heads: Heads, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        self.labels = tuple(heads.labels["sectors"])
        self._log = np.log(np.maximum(heads.sectors, LEAST))

    def sectors(self, indexes: Sequence[int]) -> Floats:
        """(labels,) mean log-probability of each first sector over mentions of one entity."""
        return np.asarray(self._log[[self._mentions[i].head for i in indexes]].mean(0), dtype=np.float32)

    def lean(self, indexes: Sequence[int], rule: str, sectors: Sequence[str]) -> Lean:
        """Weigh the head against the sectors that a rule gives (its name as in `Reason.by`)."""
        scores = weights()["head"]["weight"] * self.sectors(indexes).astype(np.float64)
        said = sectors[0] if sectors else NONE
        if said in self.labels:
            scores[self.labels.index(said)] += weight_of(rule)
        powers = np.exp(scores - scores.max())
        shares = powers / powers.sum()
        best = int(shares.argmax())
        if shares[best] < LEAST_SURE and said in self.labels:
            best = self.labels.index(said)
        label = self.labels[best]
        return Lean(None if label == NONE else label, float(shares[best]))


def kind_of(rule: str) -> str:
    """The kind of a rule (its name as in `Reason.by`): the file or module it stands in, or "tables"."""
    head = rule.split(":")[0]
    return head if head in ("roles.toml", "bodies.toml", "actors.toml", "actors", "roles.py") else TABLES


def weight_of(rule: str) -> float:
    """Log-odds by which what a rule says is believed over any other sector."""
    table = weights()["rule"]
    return table.get(rule, table.get(kind_of(rule), table[OTHER]))


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The fitted weights: [head] weight, [rule] by rule or kind of rule."""
    found: dict[str, dict[str, float]] = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found
