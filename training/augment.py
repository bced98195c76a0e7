"""Coded texts with other countries in them, so that the heads learn the sentence and not the country.

In a copy of a text each country of one-word name and adjective ("Chad", "Chadian") becomes another one throughout; words,
labels and trees keep their places. Nothing else changes, so a text may say what never was: it teaches who does what to
whom, and the names of the tables are not learnt by heart.
"""

from __future__ import annotations

import random
from dataclasses import replace

from data import Text
from dragoman import knowledge

# Words that are names of countries or their adjectives, and other things as often.
AMBIGUOUS = {
    "Georgia",
    "Georgian",
    "Jordan",
    "Chad",
    "Turkey",
    "Guinea",
    "Polish",
    "Dominican",
    "Niger",
    "Swiss",
}


def country_words() -> list[dict[str, str]]:
    """For each country of one-word name and adjective: {"name", "adjective"}."""
    out = []
    for country in knowledge.load().countries.values():
        name, adjective = country.name, next(iter(country.adjectives), "")
        single = all(word.isalpha() and word[:1].isupper() for word in (name, adjective))
        if single and not {name, adjective} & AMBIGUOUS and name != adjective:
            out.append(dict(name=name, adjective=adjective))
    return out


def renamed(text: Text, countries: list[dict[str, str]], rng: random.Random) -> Text:
    """A copy in which every country of the list that stands in the text is another one, each its own."""
    words = set(text.words)
    here = [c for c in countries if c["name"] in words or c["adjective"] in words]
    away = [c for c in countries if c not in here]
    mapping: dict[str, str] = {}
    for old, new in zip(here, rng.sample(away, min(len(here), len(away))), strict=False):
        mapping |= {old[key]: new[key] for key in ("name", "adjective")}
        plural = old["adjective"] + "s"
        if plural in words:
            mapping[plural] = new["adjective"] + ("s" if new["adjective"].endswith("an") else "")
    if not mapping:
        return text
    return replace(text, words=[mapping.get(word, word) for word in text.words], sizes=None)
