"""The table of words that decide whether an act happened (data/factuality.toml), loaded once and checked."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from dragoman.errors import KnowledgeError

EFFECTS = frozenset({"affirmed", "negated", "future", "hypothetical", "probable", "possible", "unknown"})
LINKS = frozenset({"infinitive", "gerund", "clause", "noun", "matter"})
FORMS = frozenset({"passive", "adjective", "progressive"})
Effect = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """What a word of the clause itself makes of the act. perfect: where "have" stands beside it."""

    id: str
    effect: Effect
    perfect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Governor:
    """What a word makes of the act that is its complement, where it is affirmed and where it is denied itself."""

    id: str
    takes: frozenset[str]
    forms: frozenset[str]
    beside: frozenset[str]
    nouns: bool
    speech: bool
    positive: Effect
    negative: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """The words of denial, by how they stand in the clause."""

    adverbs: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    weakened_by: frozenset[str]
    adverbial: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactualityWords:
    """The table, by word or lemma."""

    auxiliaries: Mapping[str, Operator]
    marks: Mapping[str, Operator]
    adverbs: Mapping[str, Operator]
    adjectives: Mapping[str, Operator]
    governors: Mapping[str, tuple[Governor, ...]]
    negation: Negation
    support: frozenset[str]
    occurring: frozenset[str]


@lru_cache(maxsize=1)
def factuality_words() -> FactualityWords:
    """Raises KnowledgeError with the row where the table is wrong."""
    raw = tomllib.loads((files("dragoman.coding") / "data" / "factuality.toml").read_text(encoding="utf-8"))
    governors: dict[str, tuple[Governor, ...]] = {}
    for row in raw["verb"]:
        governor = Governor(
            id=row["id"],
            takes=_of(row, "takes", LINKS),
            forms=_of(row, "forms", FORMS),
            beside=frozenset(row.get("beside", ())),
            nouns=row.get("nouns", False),
            speech=row.get("speech", False),
            positive=_effect(row, "positive"),
            negative=_effect(row, "negative"),
        )
        for lemma in row["lemmas"]:
            # a row that asks for a form is tried before one that takes any
            known = (*governors.get(lemma, ()), governor)
            governors[lemma] = tuple(sorted(known, key=lambda g: not g.forms))
    denial = raw["negation"]
    return FactualityWords(
        auxiliaries=_operators(raw["auxiliary"]),
        marks=_operators(raw["mark"]),
        adverbs=_operators(raw["adverb"]),
        adjectives=_operators(raw["adjective"]),
        governors=governors,
        negation=Negation(**{name: frozenset(denial[name]) for name in Negation.__slots__}),
        support=frozenset(raw["support"]["lemmas"]),
        occurring=frozenset(raw["support"]["occurring"]),
    )


def _operators(rows: Iterable[Mapping[str, Any]]) -> dict[str, Operator]:
    out: dict[str, Operator] = {}
    for row in rows:
        perfect = _effect(row, "perfect") if "perfect" in row else _effect(row, "effect")
        operator = Operator(id=row["id"], effect=_effect(row, "effect"), perfect=perfect)
        out.update(dict.fromkeys(row["words"], operator))
    return out


def _effect(row: Mapping[str, Any], name: str) -> Effect:
    return tuple(sorted(_of(row, name, EFFECTS)))


def _of(row: Mapping[str, Any], name: str, allowed: frozenset[str]) -> frozenset[str]:
    values = frozenset(row.get(name, ()))
    if values <= allowed:
        return values
    raise KnowledgeError(
        f"row {row.get('id', '?')!r} has {name} = {sorted(values - allowed)}",
        where="dragoman/coding/data/factuality.toml",
        do=f"Use words of: {', '.join(sorted(allowed))}",
    )
