"""Who is actor and who is recipient of an act.

The pair head scores every word of the window against the trigger. Neighbouring high-scoring words are one phrase; its
syntactic head (and what "and" joins to it) says which mention is meant, and the mention says who that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.actors import Actors
from dragoman.coding.heads import Heads
from dragoman.coding.words import Words, runs
from dragoman.records import Actor, Reason, Span

# Probability from which a word plays the role: best whole-record F1 on the development part, see training/README.md.
CUT = {"actor": 0.5, "recipient": 0.5, "speaker": 0.4}
FLOOR = 0.15  # where the type needs a recipient, or a statement its speaker, the best phrase down to this one is taken
FUNCTION = frozenset(("ADP", "DET", "PUNCT", "CCONJ", "SCONJ", "PART", "AUX", "SPACE"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One actor in a role. probability: the pair head's, for the words that name it."""

    actor: Actor
    probability: float
    reasons: tuple[Reason, ...]
    span: Span


def players(
    heads: Heads,
    actors: Actors,
    words: Words,
    anchors: Sequence[int],
    role: str,
    *,
    field: str,
    required: bool = False,
) -> list[Player]:
    """Find the actors that play a role for the trigger or cue at these tokens, likeliest phrase first.

    required: if no word reaches the cut, take the best phrase above FLOOR, and say so in the reason.
    """
    scores = heads.pair(anchors, role)
    able = ~words.space
    able[list(anchors)] = False
    cut = CUT[role]
    chosen = np.flatnonzero((scores >= cut) & able)
    note = None
    if not len(chosen) and required:
        best = int(np.argmax(np.where(able, scores, 0.0)))
        if scores[best] >= FLOOR:
            chosen = np.flatnonzero((scores >= max(FLOOR, float(scores[best]) * 0.7)) & able)
            note = f"below the cut of {cut}, taken because the record needs one"
    return _named(actors, words, scores, chosen, field, role, note)


def _named(
    actors: Actors,
    words: Words,
    scores: NDArray[np.float32],
    chosen: NDArray[np.intp],
    field: str,
    role: str,
    note: str | None,
) -> list[Player]:
    phrases = []
    for run in runs(chosen.tolist(), gap=1):
        content = [t for t in run if words.pos[t] not in FUNCTION]
        if content:
            phrases.append((float(np.mean(sorted((scores[t] for t in content), reverse=True)[:3])), run))
    out: list[Player] = []
    for probability, run in sorted(phrases, key=lambda phrase: (-phrase[0], phrase[1][0])):
        for token in _tops(words, run):
            mention = actors.mention_at(token)
            if mention is None:
                continue
            for actor, reasons in actors.actors_of(mention):
                if any(
                    player.actor.name == actor.name and player.actor.country == actor.country
                    for player in out
                ):
                    continue
                span = mention.span
                why = Reason(
                    field=field,
                    value=actor.name,
                    by=f"head:{role}",
                    evidence=(span,),
                    probability=round(probability, 3),
                    note=note,
                )
                out.append(
                    Player(
                        actor=actor,
                        probability=probability,
                        reasons=(why, *_under(reasons, field)),
                        span=span,
                    )
                )
    return out


def _under(reasons: Sequence[Reason], field: str) -> tuple[Reason, ...]:
    """Reasons of an actor's own fields, named after the role it plays ("actors.country")."""
    return tuple(
        Reason(
            field=f"{field}.{reason.field}",
            value=reason.value,
            by=reason.by,
            evidence=reason.evidence,
            alternatives=reason.alternatives,
            probability=reason.probability,
            note=reason.note,
        )
        for reason in reasons
    )


def _tops(words: Words, run: Sequence[int]) -> list[int]:
    """Tokens of a phrase that stand for it: heads outside the phrase, and what "and" joins to those."""
    inside = set(run)
    tops = [t for t in run if words.heads[t] not in inside or words.heads[t] == t]
    joined = [t for t in run if words.deps[t].split(":")[0] == "conj" and words.heads[t] in inside]
    nouns = [t for t in dict.fromkeys([*tops, *joined]) if words.pos[t] not in FUNCTION]
    return nouns or [t for t in run if words.pos[t] not in FUNCTION][:1]
