"""Which country a text is about at a given place: the fall-back for "the police", "protesters", "the minister"."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from dragoman.coding.tree import Tree
from dragoman.knowledge import Hit

# A country's log-odds of being meant where the text leaves it out. Fitted on the training part (1,600 such words with
# two countries or more; five folds: the right one 0.79 to 0.81, by the count alone 0.74). Same or previous sentence,
# paragraph, "in X" and co-arguments of the verb added nothing. The place line is set by judgement: too few texts.
PER_LOG_COUNT = 1.1  # times the log of how often the text names it
IN_TITLE = 0.9
NAMED_FIRST = 0.65
NAMED_LAST_BEFORE = 0.4  # the country named last before the word
ISSUER = 0.8  # a government that publishes its own text
PLACE_LINE = 0.8
# How much one mention of a country says, by what names it.
WEIGHT_OF_KIND = {
    "country": 1.0,
    "demonym": 1.0,
    "capital": 1.0,
    "metonym": 0.8,
    "region": 0.9,
    "organisation": 0.5,
    "group": 0.5,
    "party": 0.8,
    "person": 0.7,
    "media": 0.2,
    "company": 0.2,
}
PLAIN = frozenset({"country", "demonym", "capital", "metonym", "region"})
PLACES = frozenset({"country", "capital", "metonym", "region", "organisation", "group", "party"})
BEYOND = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"})


@dataclass(frozen=True, slots=True)
class Guess:
    """The country most strongly tied to a place in the text; probability: as fitted."""

    country: str
    probability: float
    hit: Hit | None
    runner_up: str | None


@dataclass(frozen=True, slots=True)
class _Sighting:
    token: int
    sentence: int
    country: str
    hit: Hit


class Setting:
    """The countries that a text names, by place."""

    def __init__(
        self,
        tree: Tree,
        hits: Sequence[Hit],
        *,
        has_title: bool,
        place_line: str | None,
        issuer: str | None = None,
    ) -> None:
        self._has_title = has_title
        self._place_line = place_line
        self._issuer = issuer
        self._sightings: list[_Sighting] = []
        self._count: dict[str, float] = {}
        self._plain: dict[str, float] = {}
        for hit in hits:
            entry = hit.entries[0]
            weight = WEIGHT_OF_KIND.get(entry.kind, 0.0)
            if not weight or len(entry.country) != 1 or entry.country[0] in BEYOND:
                continue
            token = tree.token_at(hit.start)
            country = entry.country[0]
            self._sightings.append(_Sighting(token, tree.sent[token], country, hit))
            self._count[country] = self._count.get(country, 0.0) + weight
            if entry.kind in PLAIN:
                self._plain[country] = self._plain.get(country, 0.0) + weight
        self._at = {sighting.token: sighting.hit for sighting in self._sightings}
        self._known: dict[tuple[int, frozenset[str]], Guess | None] = {}

    def place_from(self, token: int) -> Hit | None:
        """The name of one state, or of a part or body of it, that begins at a token, or None."""
        hit = self._at.get(token)
        return hit if hit is not None and hit.entries[0].kind in PLACES else None

    def count(self, country: str) -> float:
        """How often the text names a country as such, and not through what belongs to it."""
        return self._plain.get(country, 0.0)

    @property
    def countries(self) -> tuple[str, ...]:
        """The states that the text names, in the order in which it does."""
        return tuple(self._count)

    @property
    def issuer(self) -> str | None:
        """The state whose government published the text, or None."""
        return self._issuer

    def country_at(self, token: int, *, excluded: frozenset[str] = frozenset()) -> Guess | None:
        """The country meant at a token where none is said; None in a text that names no country."""
        key = (token, excluded)
        if key not in self._known:
            self._known[key] = self._guess(token, excluded)
        return self._known[key]

    def _guess(self, token: int, excluded: frozenset[str]) -> Guess | None:
        scores: dict[str, float] = {}
        nearest: dict[str, _Sighting] = {}
        titled: set[str] = set()
        last: str | None = None
        for sighting in self._sightings:
            country = sighting.country
            if country in excluded:
                continue
            if country not in nearest or abs(sighting.token - token) < abs(nearest[country].token - token):
                nearest[country] = sighting
            if country not in scores:
                scores[country] = PER_LOG_COUNT * log(self._count[country])
                if len(scores) == 1:
                    scores[country] += NAMED_FIRST
            if self._has_title and sighting.sentence == 0:
                titled.add(country)
            if sighting.token < token:
                last = country
        for country in titled:
            scores[country] += IN_TITLE
        if last is not None:
            scores[last] += NAMED_LAST_BEFORE
        for code, weight in ((self._place_line, PLACE_LINE), (self._issuer, ISSUER)):
            if code is not None and code not in excluded:
                scores[code] = scores.get(code, 0.0) + weight
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        country, score = ranked[0]
        odds = sum(exp(other - score) for _, other in ranked)
        runner_up = ranked[1][0] if len(ranked) > 1 else None
        hit = nearest[country].hit if country in nearest else None
        return Guess(country, 1.0 / odds, hit, runner_up)
