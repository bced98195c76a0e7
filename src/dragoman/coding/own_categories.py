"""Which of a user's own categories an event belongs to, beside PLOVER and CAMEO, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.codebook import Category, CustomCodebook, Pattern
from dragoman.coding.acts import Act
from dragoman.coding.own_words import Clause, Forms
from dragoman.coding.words import Words, runs
from dragoman.records import Alternative, Event, Reason, Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A category that an event belongs to. pattern: None where it takes every act of its parents."""

    category: Category
    mode: str | None
    pattern: Pattern | None
    tokens: tuple[int, ...]

    @property
    def code(self) -> str:
        """As the record has it."""
        return self.category.code if self.mode is None else f"{self.category.code}/{self.mode}"


class OwnCategories:
    """A codebook made ready for texts read by a pipeline with our lemmatizer."""

    def __init__(self, custom: CustomCodebook, nlp: Any) -> None:
        self.custom, self.forms = custom, Forms(nlp)
        self._phrases: dict[str, tuple[frozenset[str], ...]] = {}

    def of(self, words: Words, acts: Sequence[Act]) -> "OwnReading":
        """The categories' view of one document."""
        return OwnReading(self, words, acts)

    def phrase(self, text: str) -> tuple[frozenset[str], ...]:
        """The forms of a phrase's words; each phrase is cut once."""
        if text not in self._phrases:
            self._phrases[text] = self.forms.phrase(text)
        return self._phrases[text]


class OwnReading:
    """Categorises the events of one document."""

    def __init__(self, own: OwnCategories, words: Words, acts: Sequence[Act]) -> None:
        self._own, self._words, self._acts = own, words, acts
        self._clauses: dict[tuple[int, ...], Clause] = {}

    def categorise(self, event: Event, tellings: Sequence[Act]) -> Event:
        """The event with its categories, and a reason for each. tellings: its acts, the fullest first."""
        hits = [hit for category in self._under(event) if (hit := self._hit(category, event, tellings))]
        highest = max((hit.category.priority for hit in hits), default=0)
        kept = [hit for hit in hits if hit.category.priority == highest]
        kept = [each for hit in kept for each in (hit, *self._modes(hit.category, event, tellings))]
        outranked = tuple(Alternative(value=h.code) for h in hits if h.category.priority < highest)
        reasons = [self._reason(hit, event, outranked) for hit in kept]
        return replace(event, categories=tuple(hit.code for hit in kept), why=(*event.why, *reasons))

    def clause(self, act: Act) -> Clause:
        """The clause of an act, found once."""
        if act.tokens not in self._clauses:
            others = [other for other in self._acts if other.sentence == act.sentence and other is not act]
            self._clauses[act.tokens] = Clause(self._words, act, others, self._own.forms.of)
        return self._clauses[act.tokens]

    def _under(self, event: Event) -> tuple[Category, ...]:
        return self._own.custom.under(event.type, event.modes)

    def _hit(self, category: Category, event: Event, tellings: Sequence[Act]) -> Hit | None:
        if not category.patterns:
            return Hit(category, None, None, ())
        found = self._first(category.patterns, event, tellings)
        return None if found is None else Hit(category, None, *found)

    def _modes(self, category: Category, event: Event, tellings: Sequence[Act]) -> Iterator[Hit]:
        for mode in category.modes:
            found = self._first(mode.patterns, event, tellings)
            if found is not None:
                yield Hit(category, mode.code, *found)

    def _first(
        self, patterns: Sequence[Pattern], event: Event, tellings: Sequence[Act]
    ) -> tuple[Pattern, tuple[int, ...]] | None:
        """The first pattern of the file that one of the tellings fulfils, with the words that do."""
        for pattern in patterns:
            for act in tellings:
                tokens = self._match(pattern, event, self.clause(act))
                if tokens is not None:
                    return pattern, tokens
        return None

    def _match(self, pattern: Pattern, event: Event, clause: Clause) -> tuple[int, ...] | None:
        if not (
            _some(pattern.modes, event.modes)
            and _some(pattern.contexts, event.contexts)
            and _some(pattern.actor, [sector for actor in event.actors for sector in actor.sectors])
            and _some(pattern.recipient, [sector for actor in event.recipients for sector in actor.sectors])
        ):
            return None
        found: list[int] = []
        for phrases, at_trigger, in_trigger in (
            ((pattern.phrase,) if pattern.phrase is not None else (), True, False),
            (pattern.trigger, False, True),
            (pattern.near, False, False),
        ):
            if phrases:
                tokens = self._any(phrases, clause, at_trigger=at_trigger, in_trigger=in_trigger)
                if tokens is None:
                    return None
                found += tokens
        for dependency in pattern.dependency:
            lemmas = [form for lemma in dependency.lemma for form in self._own.phrase(lemma)]
            hanging = clause.dependents(dependency.relation, lemmas, dependency.case)
            if not hanging:
                return None
            found += hanging[:1]
        if pattern.without and self._any(pattern.without, clause) is not None:
            return None
        return tuple(sorted(set(found)))

    def _any(
        self, phrases: Sequence[str], clause: Clause, *, at_trigger: bool = False, in_trigger: bool = False
    ) -> tuple[int, ...] | None:
        for phrase in phrases:
            tokens = clause.find(self._own.phrase(phrase), at_trigger=at_trigger, in_trigger=in_trigger)
            if tokens is not None:
                return tokens
        return None

    def _reason(self, hit: Hit, event: Event, outranked: tuple[Alternative, ...]) -> Reason:
        pattern, words = hit.pattern, self._words
        spans: tuple[Span, ...] = tuple(words.span(run[0], run[-1]) for run in runs(hit.tokens))
        line = hit.category.line if pattern is None else pattern.line
        return Reason(
            field="categories",
            value=hit.code,
            by=f"own:{self._own.custom.file}:{line}",
            evidence=spans or (event.trigger,),
            alternatives=outranked,
            note=f"every {event.type} of this kind" if pattern is None else str(pattern),
        )


def _some(asked: Sequence[str], given: Sequence[str]) -> bool:
    return not asked or not set(asked).isdisjoint(given)


__all__ = ["OwnCategories", "OwnReading"]
