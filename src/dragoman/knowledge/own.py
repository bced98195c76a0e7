"""A user's own actors: read once, found in texts, and asked for by name and day before the tables of the package."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from dragoman.knowledge.entries import Entry, Hit
from dragoman.knowledge.folding import name_key
from dragoman.knowledge.names import EXACT, LAST, fit
from dragoman.knowledge.offices import LONGEST_NAME, Candidate, last_names
from dragoman.knowledge.own_checks import OwnRow, check_rows, compared
from dragoman.knowledge.own_rows import Faults, read_bytes, read_rows
from dragoman.knowledge.scanning import Scanner
from dragoman.knowledge.sectors import OFFICIAL

# What a row adds to the score of its actor beside the tables' own bonuses (at most 0.6 in all): on a day of its term
# it is above every other reading of the same name; after its end above all but a later office; before it below all.
IN_TERM, AFTER, BEFORE = 2.0, 0.7, -1.0
# Kinds of the tables that a row of the same name takes over.
TAKEN = frozenset({"country", "region", "igo", "ngo", "organisation", "group", "party", "media", "company"})
WEAK = 0.3  # for a part of a name or a last name, which others may share


def load_own(path: Path, countries: Mapping[str, str]) -> "OwnActors":
    """Read and check a user's file (TOML or CSV by its name).

    countries: as in `check_rows`. Raises KnowledgeError with all faults of the file at once.
    """
    raw = read_bytes(path)
    faults = Faults(path.name)
    rows = check_rows(read_rows(raw, path, faults), countries, faults)
    faults.raise_any()
    return OwnActors(
        path.name, rows, hashlib.sha256(path.name.encode("utf-8", "replace") + b"\0" + raw).hexdigest()[:16]
    )


class OwnActors:
    """The rows of one file. file: its name; hash: sixteen hex digits over both, for records name the file."""

    def __init__(self, file: str, rows: Sequence[OwnRow], hash: str) -> None:
        self.file = file
        self.rows = tuple(rows)
        self.hash = hash

    def scan(self, text: str, theirs: Iterable[Hit]) -> list[Hit]:
        """The hits of the tables with those of this file, which win.

        Of equal words both readings stay, the file's first; a longer name of the tables around a name of the file
        stays as well, for it is another name ("Papua New Guinea").
        """
        found, kept, at = list(theirs), [], 0
        rest: list[Hit] = []
        for hit in self._scanner.scan(text):
            while at < len(found) and found[at].end <= hit.start:
                rest.append(found[at])
                at += 1
            beside = at
            while beside < len(found) and found[beside].start < hit.end:
                beside += 1
            over = found[at:beside]
            if any(
                one.start <= hit.start and hit.end <= one.end and _length(one) > _length(hit) for one in over
            ):
                continue
            same = next((one.entries for one in over if (one.start, one.end) == (hit.start, hit.end)), ())
            kept.append(replace(hit, entries=(*self._kinds(hit.entries, same), *same)))
            at = beside
        return sorted((*kept, *rest, *found[at:]), key=lambda hit: hit.start)

    def _kinds(self, ours: tuple[Entry, ...], theirs: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """The rows, of the kind that the tables know the name by where the user says none."""
        if not theirs or theirs[0].kind not in TAKEN:
            return ours
        return tuple(one if one.source in self._said else replace(one, kind=theirs[0].kind) for one in ours)

    @cached_property
    def _said(self) -> frozenset[str]:
        return frozenset(row.where for row in self.rows if row.said)

    def person(
        self,
        name: str,
        *,
        on: date | None,
        country: str | None,
        title: str | None,
        office_key: Callable[[str], str | None],
    ) -> list[Candidate]:
        """Persons of the file whom the name may mean, scored to be ranked among those of the tables."""
        key = name_key(name)
        if not key or len(key) > LONGEST_NAME:
            return []
        found = []
        for terms, match, base in self._matches(key, name.strip()):
            row, sectors, bonus = _term_on(terms, on)
            bonus = bonus if base == EXACT else min(bonus, WEAK)
            office = office_key(row.office) if row.office else None
            score = base + bonus
            if country is not None:
                score += 0.3 if any(country in term.country for term in terms) else -0.5
            if title is not None and office == title:
                score += 0.2
            found.append(_candidate(row, terms, match, sectors, office, round(score, 3)))
        return found

    def named(self, name: str) -> tuple[OwnRow, ...]:
        """All terms of the actor, of whatever kind, who has this name or alias."""
        return self._by_name.get(compared(name.strip()), ())

    @cached_property
    def _scanner(self) -> Scanner:
        names = [(name, number) for number, row in enumerate(self.rows) for name in row.names]
        return Scanner(names, self._entry, lambda name: [])

    def _entry(self, number: int) -> Entry:
        return entry_of(self.rows[number])

    @cached_property
    def _by_name(self) -> dict[str, tuple[OwnRow, ...]]:
        """The terms of each actor in order of time, by each name."""
        terms: dict[str, list[OwnRow]] = {}
        for row in self.rows:
            terms.setdefault(row.keys[0], []).append(row)
        found: dict[str, tuple[OwnRow, ...]] = {}
        for same in terms.values():
            ordered = tuple(sorted(same, key=lambda row: row.start or date.min))
            for row in ordered:
                for key in row.keys:
                    found[key] = ordered
        return found

    @cached_property
    def _by_end(self) -> dict[str, list[tuple[OwnRow, ...]]]:
        """Persons by each word that may be their last name."""
        found: dict[str, list[tuple[OwnRow, ...]]] = {}
        for key, terms in self._by_name.items():
            if terms[0].kind == "person":
                for word in dict.fromkeys(last_names(key, (terms[0].country or ("",))[0])):
                    if terms not in found.setdefault(word, []):
                        found[word].append(terms)
        return found

    def _matches(self, key: str, plain: str) -> list[tuple[tuple[OwnRow, ...], str, float]]:
        exact = self._by_name.get(compared(plain))
        if exact is not None:
            same = any(plain.lower() == name.lower() for row in exact for name in row.names)
            return [(exact, "exact" if same else "folded", EXACT)] if exact[0].kind == "person" else []
        words = key.split()
        if len(words) == 1:
            return [(terms, "last name", LAST) for terms in self._by_end.get(key, ())]
        found = []
        for terms in self._by_end.get(words[-1], ()):
            match, score = max(
                (fit(words, name_key(name).split()) for row in terms for name in row.names),
                key=lambda pair: pair[1],
            )
            if score > 0:
                found.append((terms, match, score))
        return found


def entry_of(row: OwnRow) -> Entry:
    """The row as an entry among those of the tables."""
    return Entry(
        id=row.wikidata or f"own:{row.keys[0].replace(' ', '-')}",
        name=row.name,
        kind=row.kind,
        country=row.country,
        sectors=row.sectors,
        form=None,
        wikidata=row.wikidata,
        start=row.start,
        end=row.end,
        source=row.where,
        own=True,
    )


def own_reading(entries: Sequence[Entry], on: date | None) -> Entry | None:
    """The user's row that counts on a day, for a hit that begins with such rows; the latest to begin, of several.

    None on a day outside all its terms where the tables have a reading, or where it is a person, whose last office
    still says something; any other name then means nobody known: an entry without country and sectors.
    """
    ours = [entry for entry in entries if entry.own]
    holding = [entry for entry in ours if entry.holds(on)]
    if holding:
        return max(holding, key=lambda entry: entry.start or date.min)
    if len(ours) < len(entries) or ours[0].kind == "person":
        return None
    return replace(ours[0], country=(), sectors=())


def rank(ours: Sequence[Candidate], theirs: Sequence[Candidate], on: date | None) -> list[Candidate]:
    """Candidates of the file and of the tables in one order, best first.

    A term that ended by the file gives way to an office that the tables have from a later day on.
    """
    left = max(
        (one.end for one in ours if one.end is not None and on is not None and one.end < on), default=None
    )
    later = left is not None and any(
        one.match in ("exact", "folded")
        and one.start is not None
        and one.start > left
        and one.sectors not in ((), ("ELI",))
        for one in theirs
    )
    if later:
        ours = [replace(one, score=round(one.score - AFTER - 1.0, 3)) for one in ours]
    return sorted((*ours, *theirs), key=lambda one: (-one.score, not one.own, one.name, one.person))


def _length(hit: Hit) -> int:
    return hit.end - hit.start


def _term_on(terms: Sequence[OwnRow], on: date | None) -> tuple[OwnRow, tuple[str, ...], float]:
    holding = [row for row in terms if row.holds(on)]
    if holding:
        return holding[-1], holding[-1].sectors, IN_TERM
    past = [row for row in terms if row.end is not None and on is not None and row.end < on]
    if past:
        left = set(past[-1].sectors) & OFFICIAL
        return past[-1], ("ELI",) if left else (), AFTER
    return terms[0], (), BEFORE


def _candidate(
    row: OwnRow,
    terms: Sequence[OwnRow],
    match: str,
    sectors: tuple[str, ...],
    office_key: str | None,
    score: float,
) -> Candidate:
    wikidata = next((term.wikidata for term in terms if term.wikidata), None)
    return Candidate(
        person=wikidata or entry_of(row).id,
        name=row.name,
        match=match,
        office=row.office,
        office_key=office_key,
        country=row.country,
        sectors=sectors,
        start=row.start,
        end=row.end,
        source=row.where,
        score=score,
        own=True,
    )
