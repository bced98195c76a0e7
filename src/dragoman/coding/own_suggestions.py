"""Further phrases for a user's own categories: what acts of their parents say that no category matches yet.

An act is like a category's examples in two ways, each from 0 to 1: how the model reads it (the scores of its heads for
modes and contexts, as an angle) and how it is worded (the likest example phrase, by its letters). Nothing is trained.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import token_set_ratio

from dragoman.codebook import Category
from dragoman.coding.heads import heads_of
from dragoman.coding.words import Words
from dragoman.records import Coded, Event

READ_WEIGHT: Final = (
    0.6  # of how the model reads an act, against how it is worded; by judgement, not measured
)
LEAST: Final = 0.6  # likeness below which nothing is proposed; by judgement too
WORDS_AT_MOST: Final = 3
SAYING: Final = (
    "obj",
    "obl",
    "compound",
    "nmod",
    "xcomp",
    "amod",
    "nsubj:pass",
)  # what the act's word takes with it
TELLING: Final = frozenset(("NOUN", "VERB", "ADJ"))
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One act as it can be compared. phrase: its words, as lemmas; read: what the heads say of it."""

    event: Event
    phrase: str
    read: Floats
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A phrase for a category. likeness: 0 to 1, of the likest act; count: acts that say it."""

    category: str
    phrase: str
    likeness: float
    count: int
    sentence: str


@dataclass(slots=True)
class Gathered:
    """What the examples of one category look like, and the acts that may belong to it."""

    category: Category
    examples: list[Floats] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)

    def likeness(self, told: Told) -> float:
        """From 0 to 1; without examples that gave the category only the words count."""
        worded = max((token_set_ratio(told.phrase, phrase) / 100 for phrase in self.phrases), default=0.0)
        if not self.examples:
            return round(worded, 3)
        read = max(float(told.read @ example) for example in self.examples)
        return round(READ_WEIGHT * max(0.0, read) + (1 - READ_WEIGHT) * worded, 3)


def told_acts(doc: Any, coded: Coded) -> list[Told]:
    """The events of a document as they can be compared. doc: the reading that they were coded from."""
    heads, words = heads_of(doc), Words(doc)
    at = {start: token for token, start in enumerate(words.starts)}
    out = []
    for event in coded.events:
        first = at.get(event.trigger.start)
        if first is None:
            continue
        tokens = [
            t for t in range(first, len(words)) if words.ends[t] <= event.trigger.end and words.solid[t]
        ]
        scores = np.concatenate([heads.mean("modes", tokens), heads.mean("contexts", tokens)])
        length = float(np.linalg.norm(scores))
        out.append(
            Told(
                event=event,
                phrase=_phrase(doc, words, tokens),
                read=np.asarray(scores / length if length else scores, dtype=np.float32),
                sentence=coded.document.sentences[event.sentence].text,
            )
        )
    return out


def _phrase(doc: Any, words: Words, tokens: Sequence[int]) -> str:
    """The act's telling words and the first that hang on them, in text order, as lemmas."""
    own = [t for t in tokens if words.pos[t] in TELLING or words.deps[t] == "compound:prt"]
    below = [
        child
        for relation in SAYING
        for token in tokens
        for child in words.children[token]
        if words.deps[child] == relation and words.pos[child] in TELLING and child not in own
    ]
    chosen = sorted((own or list(tokens))[:WORDS_AT_MOST] + below[: max(1, WORDS_AT_MOST - len(own))])
    return " ".join(dict.fromkeys(doc[t].lemma_.lower() for t in chosen))


def suggest(gathered: Sequence[Gathered], acts: Sequence[Told], *, limit: int) -> list[Suggestion]:
    """The likest phrases of each category, each phrase once, where the category is likest; ties by phrase."""
    best: dict[str, tuple[float, Gathered, Told]] = {}
    count: dict[str, int] = {}
    for told in acts:
        for one in gathered:
            category = one.category
            if told.event.type not in category.parents or (
                category.parent_modes and set(category.parent_modes).isdisjoint(told.event.modes)
            ):
                continue
            likeness = one.likeness(told)
            if told.phrase not in best or likeness > best[told.phrase][0]:
                best[told.phrase] = (likeness, one, told)
        count[told.phrase] = count.get(told.phrase, 0) + 1
    out = []
    for one in gathered:
        mine = [(likeness, told) for likeness, of, told in best.values() if of is one and likeness >= LEAST]
        mine.sort(key=lambda pair: (-pair[0], -count[pair[1].phrase], pair[1].phrase))
        out += [
            Suggestion(
                category=one.category.code,
                phrase=told.phrase,
                likeness=likeness,
                count=count[told.phrase],
                sentence=told.sentence,
            )
            for likeness, told in mine[:limit]
        ]
    return out


__all__ = ["Gathered", "Suggestion", "Told", "suggest", "told_acts"]
