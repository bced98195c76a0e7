"""Who plays which part in an act or a statement.

Two witnesses are heard on each mention near the trigger: the pair head, which scores every word of the window against
the trigger, and the parse, whose path from trigger to mention has been seen in this part so and so often on the training
part (data/role_paths.csv, made by training/role_paths.py). For the speaker of a statement their log-odds are added with the
weights below; for the sides of an act more is heard, and its weights are fitted (evidence.py).
"""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dragoman.coding.actors import Actors
from dragoman.coding.evidence import Case, Evidence, log_odds, phrase
from dragoman.coding.heads import Heads
from dragoman.coding.mentions import Mention
from dragoman.coding.paths import Paths
from dragoman.coding.words import Words
from dragoman.records import Actor, Alternative, Reason, Span

DATA = Path(__file__).parent / "data"
# Chosen on the development part by benchmarks/cuts.py; the sweeps stand in training/README.md.
PAIR_WEIGHT = 0.7
PATH_WEIGHT = 0.5
CUT = {"speaker": 0.3}  # probability from which a mention plays the part
FLOOR = 0.08  # where a statement needs its speaker, the best mention down to this one
WORTH_TELLING = 0.1  # probability from which a mention that was not taken stands among the runners-up
# Of the sides of an act; swept on development texts (flat between 0.25 and 0.4) by benchmarks/cuts.py.
FIRST = {"actor": 0.3, "recipient": 0.3}  # probability from which the likeliest entity is on a side
MORE = {"actor": 0.4, "recipient": 0.4}  # … and from which a further one is
LEAST = 0.15  # … where the type needs a recipient
SECOND = 0.2  # … where two sides must have taken part
AFTER_PREPOSITION = 3  # tokens
SURE = 0.95  # of what grammar alone decides
UNSEEN = {
    "actor": -3.5,
    "recipient": -3.5,
    "speaker": -4.0,
}  # log-odds of a path the training part never showed


Scored = tuple[float, str, Mention]  # probability of playing a part, path from the trigger, mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """One actor in a role. probability: of playing it, by both witnesses together."""

    actor: Actor
    probability: float
    reasons: tuple[Reason, ...]
    span: Span


@cache
def path_odds() -> Mapping[str, Mapping[str, float]]:
    """Log-odds of each role for each path, as counted on the training part."""
    out: dict[str, dict[str, float]] = {}
    with (DATA / "role_paths.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            out.setdefault(row["role"], {})[row["path"]] = float(row["log_odds"])
    return out


@cache
def best_odds(role: str) -> float:
    """The log-odds of the path that speaks most for a role."""
    return max((UNSEEN[role], *path_odds().get(role, {}).values()))


class Cast:
    """Finds the players of one document."""

    def __init__(self, heads: Heads, actors: Actors, words: Words) -> None:
        self._heads, self.actors, self.words = heads, actors, words
        self._paths = Paths(words)
        self.evidence = Evidence(heads, actors, words, self._paths, path_odds(), UNSEEN)

    def players(
        self, anchors: Sequence[int], role: str, *, field: str, required: bool = False, single: bool = False
    ) -> list[Player]:
        """The actors that play a role (the speaker's) for the cue at these tokens, surest first.

        required: if no mention reaches the cut, take the best one above FLOOR, and say so in the reason.
        single: keep the surest mention (and what "and" joins to it) only.
        """
        if (agent := self._agent(anchors)) is not None:
            by_grammar = self.named_at(agent, field=field, by="roles:agent of a passive")
            if by_grammar:
                return by_grammar
        scored = self._scored(anchors, role)
        cut, note = CUT[role], None
        chosen = [item for item in scored if item[0] >= cut]
        if not chosen and required and scored and scored[0][0] >= FLOOR:
            chosen, note = scored[:1], f"below the cut of {cut}, taken because the record needs one"
        chosen = _apart(self._owned(chosen, scored, CUT[role]))
        if single:
            chosen = chosen[:1]
        return self._players(chosen, scored, role, field=field, note=note)

    def _players(
        self, chosen: Sequence[Scored], scored: Sequence[Scored], role: str, *, field: str, note: str | None
    ) -> list[Player]:
        """The actors of the chosen mentions, each with its reasons; scored: all that were weighed."""
        others = tuple(
            Alternative(value=mention.span.text, probability=round(probability, 3))
            for probability, _, mention in scored
            if probability >= WORTH_TELLING and all(mention is not kept for _, _, kept in chosen)
        )[:2]
        out: list[Player] = []
        for probability, path, mention in chosen:
            for actor, reasons in self.actors.actors_of(mention):
                if any(p.actor.name == actor.name and p.actor.country == actor.country for p in out):
                    continue
                why = Reason(
                    field=field,
                    value=actor.name,
                    by=f"head:{role}+path {path}",
                    evidence=(mention.span,),
                    alternatives=others,
                    probability=round(probability, 3),
                    note=note,
                )
                under = tuple(replace(reason, field=f"{field}.{reason.field}") for reason in reasons)
                out.append(
                    Player(actor=actor, probability=probability, reasons=(why, *under), span=mention.span)
                )
        return out

    def sides(
        self, anchors: Sequence[int], kind: str, *, needs_recipient: bool
    ) -> tuple[list[Player], list[Player]]:
        """The actors and the recipients of the act told at these tokens, surest first.

        kind: its PLOVER type. needs_recipient: if nobody reaches the cut, take the likeliest above the floor.
        """
        cases = self.evidence.cases(anchors, kind)
        doers = self._chosen(cases["actor"], "actor", required=False)
        others = self._chosen(cases["recipient"], "recipient", required=needs_recipient)
        return doers, others

    def parties(self, anchors: Sequence[int], kind: str) -> list[Player]:
        """All who take part in an act that has no recipient, surest first: two at least, where two are likely at all."""
        cases = self.evidence.cases(anchors, kind)
        best: dict[int, Case] = {}
        for case in sorted((*cases["actor"], *cases["recipient"]), key=lambda c: (-c.last, c.mention.first)):
            best.setdefault(self.evidence.entity_of(case.mention), case)
        both = list(best.values())
        chosen = [c for k, c in enumerate(both) if c.last >= (SECOND if k < 2 else MORE["actor"])]
        scored = [(c.last, c.path, c.mention) for c in both]
        kept = _apart([(c.last, c.path, c.mention) for c in chosen])
        return self._players(kept, scored, "actor", field="actors", note=None)

    def _chosen(self, cases: Sequence[Case], side: str, *, required: bool) -> list[Player]:
        """Who of these is on a side. required: the likeliest down to LEAST, if nobody reaches the cut."""
        first, more, floor = FIRST[side], MORE[side], LEAST
        note = None
        chosen = [c for k, c in enumerate(cases) if c.last >= (more if k else first)]
        if not chosen and required and cases and cases[0].last >= floor:
            chosen, note = [cases[0]], f"below the cut of {first}, taken because the record needs one"
        scored = [(c.last, c.path, c.mention) for c in cases]
        kept = _apart(self._owned([(c.last, c.path, c.mention) for c in chosen], scored, more))
        return self._players(kept, scored, side, field=f"{side}s", note=note)

    def complement(self, cue: Sequence[int], *, field: str) -> list[Player]:
        """The source named right after a preposition that is the cue ("according to KCNA"): grammar decides."""
        if self.words.word(cue[0]).lower() != "according":
            return []
        after = self.evidence.in_sentence(self.words.sentence_of[cue[0]])
        near = [m for m in after if cue[-1] < m.first <= cue[-1] + AFTER_PREPOSITION]
        if not near:
            return []
        mention = min(near, key=lambda m: (m.first, -m.end))
        return self.told(mention, field=field, by="roles:complement of the cue")

    def _agent(self, anchors: Sequence[int]) -> int | None:
        """The noun behind "by" under a verb in the passive: who says it in "was urged by India"."""
        words = self.words
        for anchor in anchors:
            below = words.children[anchor]
            if not any(words.deps[c] in ("aux:pass", "nsubj:pass") for c in below):
                continue
            for child in below:
                by = any(words.deps[t] == "case" and words.lower[t] == "by" for t in words.children[child])
                if words.deps[child].split(":")[0] == "obl" and by:
                    return child
        return None

    def named_at(self, token: int | None, *, field: str, by: str) -> list[Player]:
        """Whoever the phrase around a token names, where grammar alone gives him his part; nobody if it is a thing."""
        mention = None if token is None else self.actors.mention_at(token)
        if mention is None or not self.actors.is_somebody(mention):
            return []
        return self.told(mention, field=field, by=by)

    def told(self, mention: Mention, *, field: str, by: str) -> list[Player]:
        """The actors of a mention, in a part that grammar alone decides."""
        out = []
        for actor, reasons in self.actors.actors_of(mention):
            why = Reason(field=field, value=actor.name, by=by, evidence=(mention.span,))
            under = tuple(replace(reason, field=f"{field}.{reason.field}") for reason in reasons)
            out.append(Player(actor=actor, probability=SURE, reasons=(why, *under), span=mention.span))
        return out

    def _owned(self, chosen: list[Scored], scored: Sequence[Scored], cut: float) -> list[Scored]:
        """Whoever belongs to somebody acts himself: of "Chile's navy" the navy, not Chile."""
        out: list[Scored] = []
        for item in chosen:
            owned = [
                other
                for other in scored
                if other[0] >= cut
                and other[2].possessor == item[2].head
                and self.actors.is_somebody(other[2])
            ]
            out += [other for other in owned or [item] if all(other[2] is not kept[2] for kept in out)]
        return out

    def _scored(self, anchors: Sequence[int], role: str) -> list[Scored]:
        """(probability, path, mention) of the mentions within reach, surest first, ties in text order.

        Left out are those that the pair head speaks against so clearly that no path could make them matter.
        """
        pair: list[float] = self._heads.pair(anchors, role).tolist()
        top = self._paths.top(anchors)
        odds, unseen = path_odds().get(role, {}), UNSEEN[role]
        hopeless = log_odds(min(CUT[role], FLOOR, WORTH_TELLING)) - PATH_WEIGHT * best_odds(role)
        out = []
        for mention in self.evidence.near(anchors, top):
            seen = PAIR_WEIGHT * log_odds(phrase(pair, mention))
            if seen < hopeless:
                continue
            path = self._paths.between(top, mention.head)
            z = seen + PATH_WEIGHT * odds.get(path, unseen)
            out.append((1 / (1 + math.exp(-z)), path, mention))
        return sorted(out, key=lambda item: (-item[0], item[2].first))


def _apart(chosen: list[Scored]) -> list[Scored]:
    """Leave out a mention that lies inside a surer one, or around it ("Russia" in "Russia's foreign minister")."""
    kept: list[Scored] = []
    for item in chosen:
        mention = item[2]
        if all(mention.end <= other.first or other.end <= mention.first for _, _, other in kept):
            kept.append(item)
    return kept
