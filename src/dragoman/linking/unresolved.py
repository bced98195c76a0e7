"""Which names of many documents act or speak and are nobody the tables know: counted, with sentences that show them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from dragoman.knowledge.own_checks import LONGEST_NAME, PRONOUNS, compared
from dragoman.records import Actor, Coded, Span

EXAMPLES = 2  # sentences of a name, each of another document
LONGEST_EXAMPLE = 300  # characters
# Small words inside a name ("Bank of the North", "Mohammed bin Salman").
SMALL = frozenset(
    {"of", "the", "for", "and", "in", "on", "de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von",
     "der", "den", "ter", "bin", "ibn", "bint", "ben", "al", "el", "e", "y", "ul", "ur"}
)  # fmt: skip
KINDS = frozenset({"person", "organisation", "group", "unknown"})
Value = TypeVar("Value", str, tuple[str, ...])
_EDGES = " ,.;:-–—’'\"“”()[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A name without a row: how often it acted, received or spoke, and what the texts say of it.

    country, sectors, kind, role: what the coder made of it most often, () or None where nothing; sure: the share of
    the count for which it did; first, last: days of publication; examples: (document id, sentence).
    """

    name: str
    spellings: tuple[str, ...]
    count: int
    documents: int
    kind: str | None
    country: tuple[str, ...]
    sectors: tuple[str, ...]
    role: str | None
    sure: float
    first: str | None
    last: str | None
    examples: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Tally:
    spellings: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    countries: Counter[tuple[str, ...]] = field(default_factory=Counter)
    sectors: Counter[tuple[str, ...]] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    count: int = 0
    documents: int = 0
    latest: str = ""
    days: list[str] = field(default_factory=list)
    examples: list[tuple[str, str]] = field(default_factory=list)


def unresolved(articles: Iterable[Coded]) -> list[Unresolved]:
    """The names without an id or country, the most frequent first.

    Counted is each part in a record: actor, recipient, speaker. Left out are descriptions ("gunmen"), bodies made of a
    pattern ("Ministry of Defence of Chad"), crowds and places.
    """
    tallies: dict[str, _Tally] = {}
    for coded in articles:
        known: dict[str, str | None] = {}
        for actor, where in _parts(coded):
            if actor.name not in known:
                known[actor.name] = _proper(actor, coded)
            name = known[actor.name]
            if name is not None:
                _count(tallies.setdefault(compared(name), _Tally()), name, actor, where, coded)
    found = [_made(tally) for tally in tallies.values()]
    return sorted(found, key=lambda one: (-one.count, -one.documents, one.name))


def _parts(coded: Coded) -> Iterator[tuple[Actor, int]]:
    """Every actor of a record that the tables did not know, and the sentence of the record."""
    for event in coded.events:
        for actor in (*event.actors, *event.recipients):
            if actor.id is None or not actor.country:
                yield actor, event.sentence
    for statement in coded.statements:
        for actor in statement.speakers:
            if actor.id is None or not actor.country:
                first = next(
                    (span for span in (*actor.mentions, *statement.content) if span.sentence is not None),
                    None,
                )
                yield actor, first.sentence or 0 if first is not None else 0


def _proper(actor: Actor, coded: Coded) -> str | None:
    """The actor's name where the text writes it as a proper name, else None."""
    name = " ".join(actor.name.strip(_EDGES).split())
    words = name.split()
    if actor.kind not in KINDS or not words or not 1 < len(name) <= LONGEST_NAME or name.lower() in PRONOUNS:
        return None
    if words[0].lower() in ("the", "a", "an"):
        return None
    if any(word[:1].islower() and word.lower() not in SMALL for word in words) or not name[:1].isalpha():
        return None
    if not any(char.isalpha() for char in name) or not name.isprintable():
        return None
    text, starts = coded.document.text, _openings(coded.document.sentences)
    places = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    if not places:
        return None  # "Police of Ghana": made of a pattern, no words of the text
    # A capital at the head of a sentence says nothing; a word that is also written small is none.
    small = rf"(?<!\w){re.escape(name.lower())}(?!\w)"
    if len(words) == 1 and (all(place in starts for place in places) or re.search(small, text)):
        return None
    return name


def _openings(sentences: tuple[Span, ...]) -> set[int]:
    """Where sentences begin, and where they do behind an opening quotation mark."""
    return {span.start + skip for span in sentences for skip in (0, 1)}


def _count(tally: _Tally, name: str, actor: Actor, sentence: int, coded: Coded) -> None:
    document = coded.document
    tally.count += 1
    tally.spellings[name] += 1
    tally.countries[actor.country] += 1
    tally.sectors[actor.sectors] += 1
    tally.kinds[actor.kind] += 1
    if actor.role:
        tally.roles[actor.role.removeprefix("'s ").removeprefix("’s ")] += 1
    if document.id == tally.latest:
        return
    tally.latest = document.id
    tally.documents += 1
    if document.published:
        day = document.published[:10]
        tally.days = [min([day, *tally.days]), max([day, *tally.days])]
    if len(tally.examples) < EXAMPLES:
        words = next((span.text for span in document.sentences if span.sentence == sentence), "")
        shows = next((span.text for span in document.sentences if name in span.text), words)
        example = " ".join((words if name in words else shows).split())
        tally.examples.append((document.id, example[:LONGEST_EXAMPLE]))


def _made(tally: _Tally) -> Unresolved:
    kind = _commonest(tally.kinds)
    country = _commonest(tally.countries)
    spellings = [name for name, _ in sorted(tally.spellings.items(), key=lambda one: (-one[1], one[0]))]
    return Unresolved(
        name=spellings[0],
        spellings=tuple(spellings[1:]),
        count=tally.count,
        documents=tally.documents,
        kind=kind if kind != "unknown" else None,
        country=country or (),
        sectors=_commonest(tally.sectors) or (),
        role=_commonest(tally.roles),
        sure=round(tally.countries[country or ()] / tally.count, 3),
        first=tally.days[0] if tally.days else None,
        last=tally.days[-1] if tally.days else None,
        examples=tuple(tally.examples),
    )


def _commonest(counts: Counter[Value]) -> Value | None:
    """The most frequent value; of equals the first by the alphabet, an empty one last."""
    ranked = sorted(counts.items(), key=lambda one: (-one[1], not one[0], one[0]))
    return ranked[0][0] if ranked else None
