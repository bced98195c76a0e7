"""Which country a text is about at a given place: the fall-back for "the police", "protesters", "the minister"."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coding.tree import Tree
from dragoman.knowledge import Hit

# Weights of the evidence that a country is meant where the text leaves it out; chosen on the training part by
# benchmarks/who.py (swept one at a time).
SAME_SENTENCE = 1.0
BEFORE_IN_SENTENCE = 0.4  # named in the sentence before the word itself
PREVIOUS_SENTENCE = 0.5
SAME_PARAGRAPH = 0.3
TITLE = 0.9
LEAD = 0.4
SHARE = 2.0  # times its share of all countries named in the text
PLACE_LINE = 1.0
ISSUER = 1.0  # a government that publishes its own text
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
STATE_CODE_LENGTH = 3
BEYOND = frozenset({"UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"})


@dataclass(frozen=True, slots=True)
class Guess:
    """The country most strongly tied to a place in the text; margin: its share of the two best scores, 0.5 to 1."""

    country: str
    margin: float
    hit: Hit | None
    runner_up: str | None


@dataclass(frozen=True, slots=True)
class _Sighting:
    token: int
    sentence: int
    paragraph: int
    country: str
    weight: float
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
        self._tree = tree
        self._has_title = has_title
        self._place_line = place_line
        self._issuer = issuer
        self._paragraph = _paragraphs(tree)
        self._sightings: list[_Sighting] = []
        self._share: dict[str, float] = {}
        for hit in hits:
            entry = hit.entries[0]
            weight = WEIGHT_OF_KIND.get(entry.kind, 0.0)
            if not weight or len(entry.country) != 1 or entry.country[0] in BEYOND:
                continue
            token = tree.token_at(hit.start)
            country = entry.country[0]
            self._sightings.append(
                _Sighting(token, tree.sent[token], self._paragraph[token], country, weight, hit)
            )
            self._share[country] = self._share.get(country, 0.0) + weight
        self._total = sum(self._share.values()) or 1.0
        self._known: dict[tuple[int, frozenset[str]], Guess | None] = {}

    def country_at(self, token: int, *, excluded: frozenset[str] = frozenset()) -> Guess | None:
        """The country meant at a token where none is said; None in a text that names no country."""
        key = (token, excluded)
        if key not in self._known:
            self._known[key] = self._guess(token, excluded)
        return self._known[key]

    def _guess(self, token: int, excluded: frozenset[str]) -> Guess | None:
        sentence, paragraph = self._tree.sent[token], self._paragraph[token]
        best: dict[tuple[str, str], float] = {}
        nearest: dict[str, _Sighting] = {}

        def credit(sighting: _Sighting, kind: str, value: float) -> None:
            place = (sighting.country, kind)
            best[place] = max(best.get(place, 0.0), value * sighting.weight)

        for sighting in self._sightings:
            country = sighting.country
            if country in excluded:
                continue
            if country not in nearest or abs(sighting.token - token) < abs(nearest[country].token - token):
                nearest[country] = sighting
            if sighting.sentence == sentence:
                credit(sighting, "sentence", SAME_SENTENCE)
                if sighting.token < token:
                    credit(sighting, "before", BEFORE_IN_SENTENCE)
            elif sighting.sentence == sentence - 1:
                credit(sighting, "previous", PREVIOUS_SENTENCE)
            if sighting.paragraph == paragraph and sighting.sentence < sentence:
                credit(sighting, "paragraph", SAME_PARAGRAPH)
            if self._has_title and sighting.sentence == 0:
                credit(sighting, "title", TITLE)
            elif sighting.paragraph <= (1 if self._has_title else 0):
                credit(sighting, "lead", LEAD)
        scores = {country: SHARE * self._share[country] / self._total for country in nearest}
        for (country, _), value in best.items():
            scores[country] += value
        for code, weight in ((self._place_line, PLACE_LINE), (self._issuer, ISSUER)):
            if code is not None and code not in excluded:
                scores[code] = scores.get(code, 0.0) + weight
        if not scores:
            return None
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        country, score = ranked[0]
        second = ranked[1] if len(ranked) > 1 else None
        return Guess(
            country,
            score / (score + second[1]) if second else 1.0,
            nearest[country].hit if country in nearest else None,
            second[0] if second else None,
        )


def _paragraphs(tree: Tree) -> tuple[int, ...]:
    """The number of the paragraph of each token; a blank line parts paragraphs."""
    number = 0
    numbers = []
    for index in range(len(tree.words)):
        if index and "\n" in tree.text[tree.end[index - 1] : tree.start[index]]:
            number += 1
        numbers.append(number)
    return tuple(numbers)
