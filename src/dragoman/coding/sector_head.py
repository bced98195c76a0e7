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
OTHER = "other"  # the rule of a kind that has no weight of its own
TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Lean:
    """The first sector that rule and head together favour (None: no sector), its probability, and the second best."""

    sector: str | None
    probability: float
    runner_up: str | None


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
        order = np.argsort(-powers, kind="stable")
        best, second = (self.labels[int(k)] for k in order[:2])
        return Lean(
            None if best == NONE else best,
            float(powers[order[0]] / powers.sum()),
            None if second == NONE else second,
        )


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
