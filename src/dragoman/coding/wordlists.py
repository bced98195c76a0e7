"""The closed word lists of data/actors.toml, loaded once and checked."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from dragoman.errors import KnowledgeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """What a pronoun says of whom it stands for; None where it says nothing."""

    number: Literal["singular", "plural"] | None = None
    gender: Literal["f", "m"] | None = None
    person: int = 3
    animate: Literal["person", "thing", "any"] = "any"
    relative: bool = False
    reflexive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """Actors above states that a description names without a name: PLOVER's code, sectors and a name for them."""

    country: str
    sectors: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who is meant by a noun that names no person or body: deeds, things and places of somebody."""

    sectors: tuple[str, ...]
    kind: Literal["crowd", "organisation", "group", "unknown", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The word lists by their names in actors.toml."""

    pronouns: dict[str, Pronoun]
    plural: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    titles: frozenset[str]
    generic: frozenset[str]
    loose: frozenset[str]
    relational: frozenset[str]
    belonging: frozenset[str]
    foreign: frozenset[str]
    abroad: frozenset[str]
    state_nouns: frozenset[str]
    pair_words: frozenset[str]
    pair_nouns: frozenset[str]
    reporting: frozenset[str]
    organisations: frozenset[str]
    unplaced: frozenset[str]
    times: frozenset[str]
    placeless: frozenset[str]
    placed_all_the_same: frozenset[str]
    congress: frozenset[str]
    committees: frozenset[str]
    issuing: frozenset[str]
    things: frozenset[str]
    partitive: frozenset[str]
    legislature: frozenset[str]
    no_doers: frozenset[str]
    beyond: dict[str, Beyond]
    standing: dict[str, Standing]

    def gender_of(self, words: Sequence[str]) -> Literal["f", "m"] | None:
        """The gender that a title or a noun of kinship gives, None where none does or both do."""
        female = any(word in self.female for word in words)
        male = any(word in self.male for word in words)
        if female == male:
            return None
        return "f" if female else "m"

    def beyond_states(self, phrase: str) -> Beyond | None:
        """Who above states a description names by its last words ("several human rights groups"), or None."""
        words = phrase.lower().split()
        for first in range(max(0, len(words) - LONGEST_BEYOND), len(words)):
            found = self.beyond.get(" ".join(words[first:]))
            if found is not None:
                return found
        return None

    def is_committee_of_congress(self, words: Sequence[str]) -> bool:
        """Tell whether a name is that of a committee of a congress ("senate finance committee")."""
        return bool(words) and words[-1] in self.committees and not self.congress.isdisjoint(words)

    def stands_for(self, noun: str) -> Standing | None:
        """Who is meant by the noun of a deed, thing or place ("airstrike", "convoy", "village"), or None."""
        return self.standing.get(noun) or self.standing.get(noun.removesuffix("s"))

    def has_no_place(self, words: Sequence[str], head: str) -> bool:
        """Tell whether a description keeps its country open ("foreign nationals", "an unknown assailant")."""
        if head in self.unplaced:
            return True
        return head not in self.placed_all_the_same and any(word in self.placeless for word in words)


LONGEST_BEYOND = 3  # words of the longest phrase in [[beyond]]


@lru_cache(maxsize=1)
def load() -> Words:
    """The lists of the package. Raises KnowledgeError if the file is damaged."""
    file = files("dragoman.coding") / "data" / "actors.toml"
    try:
        table = tomllib.loads(file.read_text("utf-8"))
        forms = {name: frozenset(words) for name, words in table["forms"].items()}
        beyond = {
            word: Beyond(country=row["country"], sectors=tuple(row["sectors"]), name=row["name"])
            for row in table["beyond"]
            for word in row["words"]
        }
        standing = {
            word: Standing(sectors=tuple(row["sectors"]), kind=row["kind"])
            for row in table["standing"]
            for word in row["words"]
        }
        pronouns = {word: Pronoun(**row) for word, row in table["pronouns"].items()}
        return Words(pronouns=pronouns, beyond=beyond, standing=standing, **forms)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise KnowledgeError(
            f"cannot be read ({error})",
            where="coding/data/actors.toml",
            do="Mend the row it names, or reinstall",
        ) from error
