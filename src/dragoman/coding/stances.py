"""For whom and against whom a statement speaks.

Every actor named in a statement, or in the sentence before it, may be its target. Several witnesses are heard on each: the
pair head, which scores words as the target of praise ("support") and of blame ("oppose"); the same head on the statement
as a whole; and the acts that cue and content tell, for whoever "condemns" or tells of an attack is against the one
condemned or the attacker. They are weighed by data/stance.toml (made by training/stance.py). Words that name no actor are
a target where the head alone is sure of a noun ("against the bill"). What a side is: guidelines of the corpus, case 25.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np

from dragoman.coding.actors import Actors
from dragoman.coding.heads import Floats, Heads
from dragoman.coding.mentions import Mention
from dragoman.coding.odds import log_odds
from dragoman.coding.statements import Saying
from dragoman.coding.words import Words, runs
from dragoman.records import Actor, Alternative, Reason, Span, Stance

Side = Literal["support", "oppose"]
SIDES: tuple[Side, Side] = ("support", "oppose")
# Probability from which an actor, or a thing, is a target: best F1 on the development part (training/README.md).
CUT = 0.3
THING_CUT = 0.5
BEFORE = 1  # sentences before the cue's in which a target may stand ("He condemned it": the attack just told)
NOUNS = frozenset(("NOUN", "PROPN"))
FRIENDLY = frozenset(("AGREE", "SUPPORT", "COOPERATE", "AID"))
HOSTILE = frozenset(("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"))
TRIGGER = 0.2  # probability of an act from which it is a witness
EDGE = 0.01  # probabilities nearer to 0 or 1 count as this near
FEATURES = (
    "constant",
    "own_support",
    "own_oppose",
    "whole_support",
    "whole_oppose",
    "cue_friendly",
    "cue_hostile",
    "content_friendly",
    "content_hostile",
    "addressed",
    "wronged",
    "wrongdoer",
    "helped",
    "inside",
    "blamed",
    "backed",
    "told_wrongdoer",
    "plays_a_part",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that may be a target. x: what the witnesses say, in the order of `FEATURES`."""

    actor: Actor
    span: Span
    x: tuple[float, ...]


def stances_of(
    heads: Heads, words: Words, actors: Actors, saying: Saying, players: frozenset[str]
) -> tuple[tuple[Stance, ...], tuple[Reason, ...]]:
    """The targets of a statement, in text order, each with its side, and the reasons, if the model has such a head.

    players: names of all who do, undergo or say something in the text.
    """
    if not set(SIDES) <= set(heads.labels["pairs"]):
        return (), ()
    witness = Witness(heads, words, saying.cue, saying.content)
    found: list[tuple[int, Stance, Reason]] = []
    for candidate in candidates(witness, actors, {player.actor.name for player in saying.speakers}, players):
        chances = weigh(candidate.x)
        if sum(chances.values()) >= CUT:
            found.append(
                (
                    candidate.span.start,
                    *_stance(candidate.actor, candidate.span, chances, by="stances:witnesses"),
                )
            )
    taken = {t for mention in witness.mentions(actors) for t in range(mention.first, mention.end)}
    for run in _things(witness, taken):
        span = words.span(run[0], run[-1])
        thing = {side: float(witness.sheets[side][run].max()) for side in SIDES}
        target = Actor(name=span.text, mentions=(span,))
        found.append(
            (span.start, *_stance(target, span, thing, by="head:" + max(SIDES, key=lambda s: thing[s])))
        )
    found.sort(key=lambda item: item[0])
    return tuple(stance for _, stance, _ in found), tuple(reason for _, _, reason in found)


class Witness:
    """What the heads say of one statement. cue, content: its tokens."""

    def __init__(self, heads: Heads, words: Words, cue: Sequence[int], content: Sequence[int]) -> None:
        self.words, self.content = words, frozenset(content)
        sentences = {words.sentence_of[t] for t in (*cue, *content)}
        self.first = words.bounds[max(0, min(sentences) - BEFORE)][0]
        self.last = words.bounds[max(sentences)][1]
        self.sheets: dict[Side, Floats] = {side: heads.pair(cue, side) for side in SIDES}
        self.whole = {side: float(sheet[self.first : self.last].max()) for side, sheet in self.sheets.items()}
        names = heads.labels["types"]
        self._groups = [[k for k, name in enumerate(names) if name in group] for group in (FRIENDLY, HOSTILE)]
        table = heads.types
        self.cue_mass = [float(table[list(cue)][:, group].sum(1).max()) for group in self._groups]
        rest = [t for t in content if t not in cue]
        self.content_mass = [
            float(table[rest][:, group].sum(1).max()) if rest else 0.0 for group in self._groups
        ]
        self.addressed = heads.pair(cue, "recipient")
        self.roles: dict[str, Floats] = {
            role: np.zeros(len(words), dtype=np.float32) for role in ("wronged", "wrongdoer", "helped")
        }
        for t in rest:
            friendly, hostile = (float(table[t, group].sum()) for group in self._groups)
            if hostile >= TRIGGER:
                self._hear("wrongdoer", hostile * heads.pair([t], "actor"))
                self._hear("wronged", hostile * heads.pair([t], "recipient"))
            if friendly >= TRIGGER:
                self._hear("helped", friendly * heads.pair([t], "recipient"))

    def _hear(self, role: str, sheet: Floats) -> None:
        self.roles[role] = np.maximum(self.roles[role], sheet)

    def mentions(self, actors: Actors) -> list[Mention]:
        """The mentions in reach that stand for somebody."""
        found = actors.mentions_in(self.words.starts[self.first], self.words.ends[self.last - 1])
        return [mention for mention in found if actors.is_somebody(mention)]

    def features(self, tokens: Sequence[int], plays_a_part: bool) -> tuple[float, ...]:
        """What is said of the actor whose mentions in reach are these tokens."""
        at = list(tokens)
        addressed = float(self.addressed[at].max())
        doer = float(self.roles["wrongdoer"][at].max())
        own = [log_odds(float(self.sheets[side][at].max()), EDGE) for side in SIDES]
        return (
            1.0,
            *own,
            *(log_odds(self.whole[side], EDGE) for side in SIDES),
            *self.cue_mass,
            *self.content_mass,
            addressed,
            float(self.roles["wronged"][at].max()),
            doer,
            float(self.roles["helped"][at].max()),
            float(any(t in self.content for t in at)),
            addressed * self.cue_mass[1],
            addressed * self.cue_mass[0],
            doer * self.whole["oppose"],
            float(plays_a_part),
        )


def candidates(
    witness: Witness, actors: Actors, speakers: set[str], players: frozenset[str]
) -> list[Candidate]:
    """The actors named in reach, but for the speakers, in text order."""
    tokens: dict[str, list[int]] = {}
    shown: dict[str, tuple[float, Actor, Span]] = {}
    for mention in witness.mentions(actors):
        own = list(range(mention.first, mention.end))
        strength = max(float(sheet[own].max()) for sheet in witness.sheets.values())
        for actor, _ in actors.actors_of(mention):
            if actor.name in speakers:
                continue
            tokens.setdefault(actor.name, []).extend(own)
            if actor.name not in shown or strength > shown[actor.name][0]:
                shown[actor.name] = (strength, actor, mention.span)
    return [
        Candidate(actor=actor, span=span, x=witness.features(tokens[name], name in players))
        for name, (_, actor, span) in shown.items()
    ]


def weigh(x: Sequence[float]) -> dict[Side, float]:
    """The probability that an actor is a target, on each side; the rest is that it is none."""
    scores = {side: math.fsum(w * v for w, v in zip(weights()[side], x, strict=True)) for side in SIDES}
    top = max(0.0, *scores.values())
    powers = {side: math.exp(score - top) for side, score in scores.items()}
    total = math.exp(-top) + sum(powers.values())
    return {side: power / total for side, power in powers.items()}


@cache
def weights() -> dict[Side, tuple[float, ...]]:
    """The weights of `FEATURES` for each side, against no side."""
    given = tomllib.loads(files("dragoman.coding").joinpath("data/stance.toml").read_text(encoding="utf-8"))
    return {side: tuple(float(given[side][name]) for name in FEATURES) for side in SIDES}


def _things(witness: Witness, taken: set[int]) -> list[list[int]]:
    """Runs of words that the head is sure of, that hold a noun and are no part of an actor's mention."""
    words = witness.words
    strength = np.maximum(*(witness.sheets[side] for side in SIDES))
    sure = [
        t
        for t in range(witness.first, witness.last)
        if t not in taken and words.solid[t] and strength[t] >= THING_CUT
    ]
    out = []
    for run in runs(sure):
        while run and words.pos[run[0]] in ("DET", "PRON", "ADP"):
            run = run[1:]
        if any(words.pos[t] in NOUNS for t in run):
            out.append(run)
    return out


def _stance(actor: Actor, span: Span, chances: dict[Side, float], *, by: str) -> tuple[Stance, Reason]:
    side, other = sorted(SIDES, key=lambda side: -chances[side])
    reason = Reason(
        field="stance",
        value=f"{side} {actor.name}",
        by=by,
        evidence=(span,),
        alternatives=(Alternative(value=f"{other} {actor.name}", probability=round(chances[other], 3)),),
        probability=round(chances[side], 3),
    )
    return Stance(target=actor, value=side, strength=round(chances[side], 3), span=span), reason
