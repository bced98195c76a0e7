"""How two words of a text hang together in the parse, as a short string.

"v:^xcomp.nsubj" reads: from a verb, up over xcomp, then down to its nsubj. Prepositions stand with the relation
("obl-with"); passive triggers are "p", nouns "n". Two words of different sentences have only their distance.
"""

import csv
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from dragoman.coding.words import Words

LONGEST = 5  # steps; longer paths are all alike
PREPOSITIONS = frozenset(
    [
        "with",
        "of",
        "by",
        "to",
        "from",
        "against",
        "for",
        "in",
        "on",
        "at",
        "between",
        "into",
        "towards",
        "over",
        "after",
        "among",
        "under",
        "near",
        "about",
        "as",
    ]
)


class Paths:
    """Paths in one document; the tree is read once."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known: dict[tuple[int, int], str] = {}
        self._case: dict[int, str] = {}
        self._passive: set[int] = set()
        for index, (relation, head) in enumerate(zip(words.deps, words.heads, strict=True)):
            if relation == "case":
                word = words.word(index).lower()
                self._case.setdefault(head, word if word in PREPOSITIONS else "other")
            elif relation in ("aux:pass", "nsubj:pass"):
                self._passive.add(head)
            elif (
                relation in ("acl", "amod")
                and words.pos[index] == "VERB"
                and not words.word(index).endswith("ing")
            ):
                self._passive.add(index)  # a reduced relative clause: "men sentenced to death"

    def preposition(self, token: int) -> str | None:
        """The preposition before a noun, "other" if it is a rare one, or None."""
        return self._case.get(token)

    def top(self, tokens: Sequence[int]) -> int:
        """The word of a trigger that stands for it: the first whose head lies outside it."""
        inside = set(tokens)
        return next(
            (t for t in tokens if self._words.heads[t] not in inside or self._words.heads[t] == t), tokens[0]
        )

    def between(self, trigger: int, target: int) -> str:
        """The path from a trigger's top to a word."""
        if (trigger, target) not in self._known:
            self._known[trigger, target] = self._between(trigger, target)
        return self._known[trigger, target]

    def _between(self, trigger: int, target: int) -> str:
        words = self._words
        kind = "p" if trigger in self._passive else words.pos[trigger][:1].lower()
        apart = words.sentence_of[target] - words.sentence_of[trigger]
        if apart:
            return f"{kind}:sentence{max(-3, min(3, apart)):+d}"
        if trigger == target:
            return f"{kind}:self"
        up = self._climb(trigger)
        place = {node: steps for steps, node in enumerate(up)}
        down: list[int] = []
        node = target
        while node not in place:
            down.append(node)
            node = words.heads[node]
            if len(down) > LONGEST:
                return f"{kind}:far"
        climbed = up[: place[node]]
        if len(climbed) + len(down) > LONGEST:
            return f"{kind}:far"
        steps = ["^" + self._label(t) for t in climbed] + [self._label(t) for t in reversed(down)]
        return f"{kind}:" + ".".join(steps)

    def _climb(self, node: int) -> list[int]:
        """The node and its heads, the root last, as far as a path may go."""
        chain = [node]
        while self._words.heads[node] != node and len(chain) <= LONGEST:
            node = self._words.heads[node]
            chain.append(node)
        return chain

    def _label(self, token: int) -> str:
        relation = self._words.deps[token]
        if relation.startswith(("obl", "nmod")) and token in self._case:
            return f"{relation.split(':')[0]}-{self._case[token]}"
        return relation


def ending(path: str) -> str:
    """Kind of trigger and last relation of a path."""
    kind, _, steps = path.partition(":")
    return f"{kind}:{steps.split('.')[-1]}"


@cache
def ending_odds(side: str) -> Mapping[str, float]:
    """Log-odds of a side by the last relation of the path, over all counted paths that end with it."""
    seen: dict[str, int] = {}
    played: dict[str, int] = {}
    with (Path(__file__).parent / "data" / "role_paths.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["role"] == side:
                end = ending(row["path"])
                seen[end] = seen.get(end, 0) + int(row["seen"])
                played[end] = played.get(end, 0) + int(row["played"])
    return {end: math.log((played[end] + 0.1) / (seen[end] - played[end] + 4.0)) for end in seen}
