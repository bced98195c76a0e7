"""One act told several times in an article is one event with several evidence spans.

Two tellings are one act if the pair head says so (it knows only what stands in one window), or if type, actors,
recipients and status agree and one of them is the headline's or lead's, or both use the same word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dragoman.coding.acts import Act
from dragoman.coding.heads import Heads
from dragoman.coding.roles import Player
from dragoman.records import Status

SAME_CUT = (
    0.65  # of the pair head "same"; swept on development and unlearnt texts: 0.5 joins more acts that differ
)
OUTCOMES = frozenset(("kill", "wound", "injure", "hurt", "damage", "destroy", "displace"))
LEAD_SENTENCES = 2  # headline and first sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One telling of an act with what is known of it."""

    act: Act
    actors: tuple[Player, ...]
    recipients: tuple[Player, ...]
    status: Status
    date: str | None
    place: str | None = None


def group(doc: Any, heads: Heads, tellings: Sequence[Telling]) -> list[list[int]]:
    """Indices of tellings by act, each group's fullest telling first, groups in text order of that telling."""
    parent = list(range(len(tellings)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    said = _said_same(heads, tellings)
    for j in range(len(tellings)):
        for i in range(j):
            if root(i) != root(j) and _same(doc, tellings[i], tellings[j], said=(i, j) in said):
                parent[root(j)] = root(i)
    groups: dict[int, list[int]] = {}
    for i in range(len(tellings)):
        groups.setdefault(root(i), []).append(i)
    ordered = [sorted(members, key=_fullness(tellings)) for members in groups.values()]
    return sorted(ordered, key=lambda members: tellings[members[0]].act.tokens[0])


def _fullness(tellings: Sequence[Telling]) -> Callable[[int], tuple[int, float, int]]:
    """Most sides filled first, then the surest, then the earliest."""

    def key(i: int) -> tuple[int, float, int]:
        telling = tellings[i]
        sides = bool(telling.actors) + bool(telling.recipients) + (telling.date is not None)
        return -sides, -round(telling.act.probability, 3), i

    return key


def _said_same(heads: Heads, tellings: Sequence[Telling]) -> set[tuple[int, int]]:
    """Pairs of tellings, the earlier first, that the pair head takes for one act, seen from either of them."""
    told_at: dict[int, list[int]] = {}
    for i, telling in enumerate(tellings):
        for token in telling.act.tokens:
            told_at.setdefault(token, []).append(i)
    pairs: set[tuple[int, int]] = set()
    for i, telling in enumerate(tellings):
        for token in np.flatnonzero(heads.pair(telling.act.tokens, "same") >= SAME_CUT).tolist():
            pairs.update((min(i, j), max(i, j)) for j in told_at.get(token, ()) if j != i)
    return pairs


def _same(doc: Any, first: Telling, second: Telling, *, said: bool) -> bool:
    """said: by the pair head."""
    if first.act.type != second.act.type or first.status.polarity != second.status.polarity:
        return False
    if _is_outcome(doc, first, second):
        return True
    if first.place and second.place and first.place != second.place:
        return False
    if said:
        return not (_differ(first.actors, second.actors) and _differ(first.recipients, second.recipients))
    if first.status.realis != second.status.realis or (
        first.date and second.date and first.date != second.date
    ):
        return False
    if not first.actors or not second.actors or _differ(first.actors, second.actors):
        return False
    if bool(first.recipients) != bool(second.recipients) or _differ(first.recipients, second.recipients):
        return False
    lead = min(first.act.sentence, second.act.sentence) < LEAD_SENTENCES
    return lead or _lemmas(doc, first) == _lemmas(doc, second)


def _is_outcome(doc: Any, first: Telling, second: Telling) -> bool:
    """Whether the second only tells what came of the first: "was shelled, and two farmers were killed".

    A passive without a doer of its own, joined to an attack of the same sentence by "and".
    """
    if first.act.type != "ASSAULT" or first.act.sentence != second.act.sentence:
        return False
    for token in (doc[t] for t in second.act.tokens):
        if token.dep_ == "conj" and token.head.i in first.act.tokens and token.lemma_.lower() in OUTCOMES:
            below = {child.dep_ for child in token.children}
            return bool(below & {"nsubj:pass", "aux:pass"}) and "obl:agent" not in below
    return False


def _differ(first: Sequence[Player], second: Sequence[Player]) -> bool:
    """Both sides are known and share no actor (by name)."""
    names = [{player.actor.name for player in side} for side in (first, second)]
    return bool(names[0] and names[1] and not names[0] & names[1])


def _lemmas(doc: Any, telling: Telling) -> frozenset[str]:
    return frozenset(doc[t].lemma_.lower() for t in telling.act.tokens)
