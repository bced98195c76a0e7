"""What speaks for a mention's part in an act, weighed together.

The pair head scores every word against the trigger; the parse gives a path whose odds were counted on training texts
(data/role_paths.csv). Neither sees the whole: that the mention is surer of the other part, a thing, a bare number or a
mere place, that it stands sentences away, or what the type of act asks for. A logistic function adds these up; its
weights (data/role_weights.toml) were fitted on texts the reader had not been trained on (training/role_weights.py).
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from dragoman.coding import odds
from dragoman.coding.actors import Actors
from dragoman.coding.heads import Heads
from dragoman.coding.mentions import Mention
from dragoman.coding.paths import Paths, ending, ending_odds
from dragoman.coding.words import Words

SIDES = ("actor", "recipient")
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
NATURES = ("person", "country", "organisation", "group", "crowd", "place", "thing", "list")
LOCATIVE = frozenset(
    {"in", "at", "near", "from", "into", "on", "across", "around", "outside", "inside", "over"}
)
EDGE = 0.002  # probabilities nearer to 0 or 1 count as this near
REACH = 2  # sentences before or after the trigger's
MOST_MENTIONS = (
    150  # the nearest to a trigger that are weighed: no news text has more in reach, a bare list may
)
HOPELESS = 0.02  # by the pair head, for both parts: no path could make such a mention matter
LIKELY = 0.3  # from which the other side is taken to be filled
PAIR_WEIGHT, PATH_WEIGHT = 0.7, 0.5  # which mention of an entity speaks for it: as in roles.py
PLAUSIBLE = 0.03  # by itself, for either part: below it a mention is not compared
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
FRIENDLY_WORDS = frozenset({"AGREE", "CONSULT", "SUPPORT"})
FORCE = frozenset({"ASSAULT", "COERCE", "PROTEST"})
IN_NAME = frozenset({"compound", "flat", "nmod:desc"})
PLACES = frozenset({"country", "capital", "region", "metonym"})

SEEN = (
    "constant", "pair", "pair_head", "path", "unseen", "ending", "other_pair", "other_path", "other_ending", "with_meets",
    "between",
    "before", "after", "two_away", "words_away", "to_the_left",
    "name", "pronoun", "number", "owner", "in_name", "locative", "salience", "titled", "trigger_noun",
    *(f"is_{nature}" for nature in NATURES),
    *(f"type_{kind}" for kind in TYPES),
)  # fmt: skip
"""Features of a mention by itself, in the order of `Case.seen`."""

COMPARED = (
    "constant", "first", "other", "best", "gap", "joined_to_best", "same_land_as_best", "other_best",
    "same_land_as_other", "overlaps_surer", "landless", "guessed", "no_sector", "thing_guessed", "thing_no_sector",
    "coreferred",
    "place_struck", "place_guessed", "own_land_by_words", "own_land_by_force", "rival_first",
    *(f"type_{kind}" for kind in TYPES),
)  # fmt: skip
"""Features of a mention among its rivals: what the first weighing gave it and them."""


@dataclass(slots=True, eq=False)
class Case:
    """The case for a mention's playing one part. first: its probability by itself; last: among its rivals."""

    mention: Mention
    path: str
    pair: float
    seen: list[float]
    first: float = 0.0
    compared: list[float] = field(default_factory=list)
    last: float = 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """Whom a mention stands for, as far as it matters here. guessed: his country is the story's."""

    codes: frozenset[str]
    guessed: bool
    coreferred: bool
    sectors: bool


class Evidence:
    """Hears the witnesses on the mentions of one document."""

    def __init__(
        self,
        heads: Heads,
        actors: Actors,
        words: Words,
        paths: Paths,
        odds: Mapping[str, Mapping[str, float]],
        unseen: Mapping[str, float],
    ) -> None:
        self._heads, self._actors, self._words, self._paths = heads, actors, words, paths
        self._odds, self._unseen = odds, unseen
        self._by_sentence: dict[int, list[Mention]] = {}
        for mention in actors.mentions:
            self._by_sentence.setdefault(words.sentence_of[mention.head], []).append(mention)
        self._owners = {mention.possessor for mention in actors.mentions}
        self._entity = {actors.mentions[i].head: one for one in actors.clusters for i in one.mentions}
        self._titled = {
            one.number
            for one in actors.clusters
            if any(words.sentence_of[actors.mentions[i].head] == 0 for i in one.mentions)
        }
        self._standing: dict[int, Standing] = {}

    def cases(self, anchors: Sequence[int], kind: str) -> dict[str, list[Case]]:
        """The cases of the mentions within reach for each side, surest first, ties in text order."""
        found = self.by_themselves(anchors, kind)
        for side in SIDES:
            fitted = weights("seen", side)
            for case in found[side]:
                case.first = probability(fitted, case.seen)
        self.compare(found, kind)
        for side in SIDES:
            fitted = weights("compared", side)
            for case in found[side]:
                case.last = probability(fitted, case.compared) if case.compared else 0.0
            found[side] = sorted(
                (c for c in found[side] if c.compared), key=lambda c: (-c.last, c.mention.first)
            )
        return found

    def in_sentence(self, number: int) -> list[Mention]:
        """The mentions whose heads stand in a sentence, in text order."""
        return self._by_sentence.get(number, [])

    def near(self, anchors: Sequence[int], top: int) -> list[Mention]:
        """The mentions within reach of a trigger or cue and no part of it, in text order; of too many the nearest ones."""
        here, taken = self._words.sentence_of[anchors[0]], set(anchors)
        found = [
            mention
            for sentence in range(here - REACH, here + REACH + 1)
            for mention in self.in_sentence(sentence)
            if mention.head not in taken
        ]
        if len(found) > MOST_MENTIONS:
            found = sorted(found, key=lambda mention: abs(mention.head - top))[:MOST_MENTIONS]
        return found

    def by_themselves(self, anchors: Sequence[int], kind: str) -> dict[str, list[Case]]:
        """Both cases of each entity within reach, in text order, with the features of the first weighing.

        An entity stands here with the mention that speaks most for the part.
        """
        words, top = self._words, self._paths.top(anchors)
        pairs: dict[str, list[float]] = {side: self._heads.pair(anchors, side).tolist() for side in SIDES}
        types = [float(kind == other) for other in TYPES]
        noun = float(words.pos[top] in ("NOUN", "PROPN"))
        told: dict[int, dict[str, tuple[float, Mention, str, float, float]]] = {}
        for mention in self.near(anchors, top):
            heard = {side: phrase(pairs[side], mention) for side in SIDES}
            if max(heard.values()) < HOPELESS:
                continue
            path = self._paths.between(top, mention.head)
            best = told.setdefault(self._entity[mention.head].number, {})
            for side in SIDES:
                said = self._odds[side].get(path, self._unseen[side])
                case = PAIR_WEIGHT * log_odds(heard[side]) + PATH_WEIGHT * said
                if side not in best or case > best[side][0]:
                    best[side] = (case, mention, path, heard[side], said)
        out: dict[str, list[Case]] = {side: [] for side in SIDES}
        for best in told.values():
            for side, other in (SIDES, SIDES[::-1]):
                _, mention, path, pair, said = best[side]
                seen = [
                    1.0,
                    log_odds(pair),
                    log_odds(pairs[side][mention.head]),
                    said,
                    float(path not in self._odds[side]),
                    ending_odds(side).get(ending(path), -4.0),
                    log_odds(best[other][3]),
                    best[other][4],
                    ending_odds(other).get(ending(best[other][2]), -4.0),
                    float(kind in MUTUAL and path.endswith("-with")),
                    float("-between" in path or "-among" in path),
                    *self._of_mention(mention, words.sentence_of[anchors[0]], top),
                    noun,
                    *self._nature(mention),
                    *types,
                ]
                out[side].append(Case(mention=mention, path=path, pair=pair, seen=seen))
        return out

    def compare(self, found: Mapping[str, Sequence[Case]], kind: str) -> None:
        """Give the plausible cases the features of the second weighing; `first` must be known."""
        types = [float(kind == other) for other in TYPES]
        best = {side: max(found[side], key=lambda c: c.first, default=None) for side in SIDES}
        for side, other in (SIDES, SIDES[::-1]):
            top, rival = best[side], best[other]
            if top is None or rival is None:
                continue
            chosen = self.standing(top.mention).codes
            elsewhere = self.standing(rival.mention).codes if rival.first >= LIKELY else frozenset()
            strong = [case for case in found[side] if case.first >= PLAUSIBLE]
            for case, against in zip(found[side], found[other], strict=True):
                if max(case.first, against.first) < PLAUSIBLE:
                    continue
                mention, stands = case.mention, self.standing(case.mention)
                surer = (c for c in strong if c.first > case.first and c.mention is not mention)
                nature = self._entity[mention.head].nature
                thing, place = nature == "thing", nature == "place"
                own = bool(stands.codes & elsewhere)
                case.compared = [
                    1.0,
                    log_odds(case.first),
                    log_odds(against.first),
                    float(case is top),
                    log_odds(top.first) - log_odds(case.first),
                    float(mention.head in top.mention.members or top.mention.head in mention.members),
                    float(case is not top and stands.codes == chosen),
                    float(against is rival),
                    float(own),
                    float(any(_overlap(c.mention, mention) for c in surer)),
                    float(not stands.codes),
                    float(stands.guessed),
                    float(not stands.sectors),
                    float(thing and stands.guessed),
                    float(thing and not stands.sectors),
                    float(stands.coreferred),
                    float(place and kind == "ASSAULT"),
                    float(place and stands.guessed),
                    float(own and kind in FRIENDLY_WORDS),
                    float(own and kind in FORCE),
                    log_odds(rival.first),
                    *types,
                ]

    def entity_of(self, mention: Mention) -> int:
        """The number of the entity that a mention stands for."""
        return self._entity[mention.head].number

    def standing(self, mention: Mention) -> Standing:
        """Whom the mention stands for."""
        if mention.head not in self._standing:
            found = [actor for actor, _ in self._actors.actors_of(mention)]
            self._standing[mention.head] = Standing(
                codes=frozenset(code for actor in found for code in actor.country),
                guessed=any(actor.resolved_by == "description" for actor in found),
                coreferred=any(actor.resolved_by == "coreference" for actor in found),
                sectors=any(actor.sectors for actor in found),
            )
        return self._standing[mention.head]

    def _of_mention(self, mention: Mention, here: int, top: int) -> list[float]:
        words = self._words
        away = words.sentence_of[mention.head] - here
        entity = self._entity[mention.head]
        place = mention.label == "LOC" or (mention.hit is not None and mention.hit.entries[0].kind in PLACES)
        return [
            float(away == -1),
            float(away == 1),
            float(abs(away) == 2),
            math.log1p(abs(mention.head - top)),
            float(away == 0 and mention.head < top),
            float(mention.form == "name"),
            float(mention.form == "pronoun"),
            float(mention.relation == "nummod" or words.pos[mention.head] == "NUM"),
            float(mention.head in self._owners),
            float(mention.relation in IN_NAME),
            float(place and self._paths.preposition(mention.head) in LOCATIVE),
            math.log(len(entity.mentions)),
            float(entity.number in self._titled),
        ]

    def _nature(self, mention: Mention) -> list[float]:
        nature = self._entity[mention.head].nature
        return [float(nature == other) for other in NATURES]


def phrase(pair: Sequence[float], mention: Mention) -> float:
    """The pair head's view of a mention: its head word, lifted half-way to its best word."""
    return (pair[mention.head] + max(pair[mention.first : mention.end])) / 2


def _overlap(one: Mention, other: Mention) -> bool:
    return one.first < other.end and other.first < one.end


def log_odds(probability: float) -> float:
    """Log-odds, kept finite."""
    return odds.log_odds(probability, EDGE)


@cache
def weights(stage: str, side: str) -> tuple[float, ...]:
    """The fitted weights, in the order of SEEN or COMPARED."""
    return tuple(_table()[stage][side][name] for name in (SEEN if stage == "seen" else COMPARED))


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    data = files("dragoman.coding").joinpath("data/role_weights.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def probability(weighing: Sequence[float], features: Sequence[float]) -> float:
    """The logistic function of the weighted sum."""
    z = math.fsum(w * x for w, x in zip(weighing, features, strict=True) if x)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
