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
    relational: frozenset[str]
    belonging: frozenset[str]
    foreign: frozenset[str]
    state_nouns: frozenset[str]
    pair_words: frozenset[str]
    pair_nouns: frozenset[str]
    reporting: frozenset[str]

    def gender_of(self, words: Sequence[str]) -> Literal["f", "m"] | None:
        """The gender that a title or a noun of kinship gives, None where none does or both do."""
        female = any(word in self.female for word in words)
        male = any(word in self.male for word in words)
        if female == male:
            return None
        return "f" if female else "m"


@lru_cache(maxsize=1)
def load() -> Words:
    """The lists of the package. Raises KnowledgeError if the file is damaged."""
    file = files("dragoman.coding") / "data" / "actors.toml"
    try:
        table = tomllib.loads(file.read_text("utf-8"))
        forms = {name: frozenset(words) for name, words in table["forms"].items()}
        return Words(pronouns={word: Pronoun(**row) for word, row in table["pronouns"].items()}, **forms)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise KnowledgeError(
            f"cannot be read ({error})",
            where="coding/data/actors.toml",
            do="Mend the row it names, or reinstall",
        ) from error
