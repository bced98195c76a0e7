"""Who held which office when: persons, their names and terms, looked up by name or by office, on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter

from rapidfuzz import fuzz

from dragoman.knowledge.entries import Entry
from dragoman.knowledge.folding import name_key
from dragoman.knowledge.tables import TERM_COLUMNS, TERM_TABLES, day, rows

PERSON, ALIASES, COUNTRY, OFFICE, OFFICE_KEY, SECTORS, START, END, WIKIDATA, SOURCE = range(len(TERM_COLUMNS))

# Where the family name stands first, a last name is the first word.
FAMILY_NAME_FIRST = frozenset({"CHN", "HKG", "KHM", "KOR", "MAC", "PRK", "SGP", "TWN", "VNM"})
FUZZY_LEAST = 88.0  # per cent of rapidfuzz's ratio on folded names
SHORTEST_FUZZY = 5
# Offices that a text means when it names a country's leaders: they win among equal names.
PROMINENT = frozenset(
    {
        "president",
        "prime minister",
        "monarch",
        "supreme leader",
        "foreign minister",
        "defence minister",
        "head",
    }
)
EXACT, INVERTED, PART, LAST = 1.0, 0.95, 0.85, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person whom a name may mean.

    match: how the name fits: "exact", "folded" (accents or script aside), "inverted order", "initials", "part of name",
    "last name" or "fuzzy:0.93" (similarity, never silent); office, sectors, start, end: of the term on the day asked
    for; a former holder has sectors ("ELI",) and the last office held; one whose first term comes later has none.
    score: for ranking only, higher is better.
    """

    person: str
    name: str
    match: str
    office: str | None
    office_key: str | None
    country: tuple[str, ...]
    sectors: tuple[str, ...]
    start: date | None
    end: date | None
    source: str
    score: float


class Offices:
    """The tables of terms. A person is all rows with one Wikidata id or, without, one name in one country."""

    def __init__(self) -> None:
        self._people: list[list[list[str]]] = []
        self._tables: list[str] = []
        index: dict[str, int] = {}
        for table in TERM_TABLES:
            for row in rows(table, TERM_COLUMNS):
                key = row[WIKIDATA] or f"{row[PERSON]}|{row[COUNTRY]}"
                at = index.get(key)
                if at is None:
                    # A hand row without Wikidata id joins the person of the same name and country.
                    at = index.get(f"{row[PERSON]}|{row[COUNTRY]}")
                if at is None:
                    at = len(self._people)
                    self._people.append([])
                    self._tables.append(table)
                index[key] = at
                index.setdefault(f"{row[PERSON]}|{row[COUNTRY]}", at)
                self._people[at].append(row)

    def scanned_names(self) -> Iterator[tuple[str, int]]:
        """Names that may be searched for in running text: of two words or more, or given by hand."""
        for number, terms in enumerate(self._people):
            for name in _names(terms):
                if " " in name or self._tables[number].startswith("hand/"):
                    yield name, number

    def entry(self, number: int) -> Entry:
        """The person as a row of the entity kind; country and sectors of the latest term (ask `person` for a day)."""
        terms = self._people[number]
        last = max(terms, key=lambda row: (row[START], row[END] or "9999"))
        return Entry(
            id=self._id(number),
            name=terms[0][PERSON],
            kind="person",
            country=tuple(last[COUNTRY].split()),
            sectors=tuple(last[SECTORS].split()),
            form=None,
            wikidata=next((row[WIKIDATA] for row in terms if row[WIKIDATA]), None),
            start=None,
            end=None,
            source=f"{self._tables[number]}: {last[SOURCE]}",
        )

    def person(
        self, name: str, *, on: date | None = None, country: str | None = None, title: str | None = None
    ) -> list[Candidate]:
        """Who a text may mean by `name` on that day, best first.

        name: full, last name only, inverted, with initials, or in another transliteration; country, title (an
        office_key such as "foreign minister"): what the text says beside it, which ranks but does not exclude.
        Fuzzy candidates come only where nothing else fits, and a lone last name is matched fuzzily only with a country.
        """
        key = name_key(name)
        if not key or len(key) > LONGEST_NAME:
            return []
        matches = self._exact(key, name) or self._partial(key) or self._fuzzy(key, country)
        found = [
            self._candidate(number, match, base, on, country, title)
            for number, (match, base) in matches.items()
        ]
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.name, candidate.person))

    def holder(self, office_key: str, country: str, on: date | None) -> list[Candidate]:
        """Who held the office on that day; without a day, everyone, the latest first."""
        found: dict[int, Candidate] = {}
        for number, row in self._by_office.get((office_key, country), ()):
            start, end = day(row[START]), day(row[END])
            if number not in found and (on is None or ((start or on) <= on <= (end or on))):
                found[number] = _made(self._id(number), row, "office", row[SECTORS], 1.0, self._tables[number])
        return sorted(found.values(), key=lambda one: (-(one.start or date.min).toordinal(), one.name))

    def _id(self, number: int) -> str:
        terms = self._people[number]
        known = next((row[WIKIDATA] for row in terms if row[WIKIDATA]), None)
        return known or f"{name_key(terms[0][PERSON]).replace(' ', '-')}.{terms[0][COUNTRY].lower()}"

    def _exact(self, key: str, name: str) -> dict[int, tuple[str, float]]:
        plain = name.strip().lower()
        found = {}
        for number in self._by_key.get(key, ()):
            same = any(one.lower() == plain for one in _names(self._people[number]))
            found[number] = ("exact" if same else "folded", EXACT)
        return found

    def _partial(self, key: str) -> dict[int, tuple[str, float]]:
        words = key.split()
        if len(words) == 1:
            return dict.fromkeys(self._by_last.get(words[0], ()), ("last name", LAST))
        found: dict[int, tuple[str, float]] = {}
        ends = (words[0], words[-1])
        near = [number for word in ends for index in (self._by_last, self._by_first) for number in index.get(word, ())]
        for number in dict.fromkeys(near):
            fits = (_overlap(words, key.split()) for key in self._keys[number] if key)
            best = max(fits, key=itemgetter(1))
            if best[1] > 0:
                found[number] = best
        return found

    def _fuzzy(self, key: str, country: str | None) -> dict[int, tuple[str, float]]:
        if len(key.replace(" ", "")) < SHORTEST_FUZZY:
            return {}
        words = key.split()
        found: dict[int, tuple[str, float]] = {}
        for initial in dict.fromkeys((words[-1][0], words[0][0])):
            for number in self._by_initial.get(initial, ()):
                at_home = any(row[COUNTRY] == country for row in self._people[number])
                if len(words) == 1 and not at_home:
                    continue
                for other in self._keys[number]:
                    against = other.split()[-1] if len(words) == 1 and other else other
                    ratio = fuzz.ratio(key, against, score_cutoff=FUZZY_LEAST)
                    if ratio and (number not in found or ratio / 100 * 0.8 > found[number][1]):
                        found[number] = (
                            f"fuzzy:{ratio / 100:.2f}",
                            ratio / 100 * (0.8 if len(words) > 1 else LAST),
                        )
        return found

    def _candidate(
        self, number: int, match: str, base: float, on: date | None, country: str | None, title: str | None
    ) -> Candidate:
        terms = self._people[number]
        row, sectors, bonus = _term_on(terms, on, title)
        score = base + bonus
        if country is not None:
            score += 0.3 if any(country in term[COUNTRY].split() for term in terms) else -0.5
        if title is not None and row[OFFICE_KEY] == title:
            score += 0.2
        if row[OFFICE_KEY] in PROMINENT:
            score += 0.1
        return _made(self._id(number), row, match, sectors, round(score, 3), self._tables[number])

    @cached_property
    def _keys(self) -> list[list[str]]:
        """Folded names of each person, doubles left out."""
        return [list(dict.fromkeys(map(name_key, _names(terms)))) for terms in self._people]

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, keys in enumerate(self._keys):
            for key in keys:
                found.setdefault(key, []).append(number)
        return found

    @cached_property
    def _by_last(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, keys in enumerate(self._keys):
            first = self._people[number][0][COUNTRY] in FAMILY_NAME_FIRST
            for key in keys:
                for word in _last_names(key, first):
                    numbers = found.setdefault(word, [])
                    if not numbers or numbers[-1] != number:
                        numbers.append(number)
        return found

    @cached_property
    def _by_first(self) -> dict[str, list[int]]:
        """The word at the other end of the name than the last name, for inverted names and parts of long ones."""
        found: dict[str, list[int]] = {}
        for number, keys in enumerate(self._keys):
            for key in keys:
                numbers = found.setdefault(key.partition(" ")[0], [])
                if not numbers or numbers[-1] != number:
                    numbers.append(number)
        return found

    @cached_property
    def _by_initial(self) -> dict[str, list[int]]:
        found: dict[str, dict[int, None]] = {}
        for word, numbers in self._by_last.items():
            found.setdefault(word[0], {}).update(dict.fromkeys(numbers))
        return {initial: sorted(numbers) for initial, numbers in found.items()}

    @cached_property
    def _by_office(self) -> dict[tuple[str, str], list[tuple[int, list[str]]]]:
        found: dict[tuple[str, str], list[tuple[int, list[str]]]] = {}
        for number, terms in enumerate(self._people):
            for row in terms:
                if row[OFFICE_KEY]:
                    found.setdefault((row[OFFICE_KEY], row[COUNTRY]), []).append((number, row))
        return found


LONGEST_NAME = 100  # a longer "name" is none


def _names(terms: list[list[str]]) -> list[str]:
    names: dict[str, None] = {}
    for row in terms:
        names[row[PERSON]] = None
        if row[ALIASES]:
            names.update(dict.fromkeys(row[ALIASES].split("|")))
    return list(names)


def _last_names(key: str, family_first: bool) -> tuple[str, ...]:
    last = key.rpartition(" ")[2]
    return (last, key.partition(" ")[0]) if family_first else (last,)


def _overlap(words: list[str], other: list[str]) -> tuple[str, float]:
    """How two names of several words fit: the same words in another order, initials, or a part with first or last word."""
    if sorted(words) == sorted(other):
        return "inverted order", INVERTED
    long_words = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    if initials and long_words and long_words[-1] == other[-1] and _initials_fit(words, other):
        return "initials", PART
    if len(long_words) > 1 and len(other) > 1 and _inside(long_words, other):
        return "part of name", PART
    plain = [word for word in other if len(word) > 1]
    same_ends = bool(plain) and (words[0], words[-1]) == (plain[0], plain[-1])
    if 1 < len(plain) < len(words) and same_ends and _inside(plain, words):
        return "part of name", PART
    return "", 0.0


def _initials_fit(words: list[str], other: list[str]) -> bool:
    """ "J. D. Vance", "D. J. Trump": each initial begins a word of the name, in order; the whole words stand in it."""
    at = 0
    for word in words:
        while at < len(other) and not (other[at] == word or (len(word) == 1 and other[at].startswith(word))):
            at += 1
        if at == len(other):
            # "Donald J. Trump" against "Donald Trump": a middle initial that the table does not have
            return words[0] == other[0] and words[-1] == other[-1]
        at += 1
    return True


def _inside(part: list[str], whole: list[str]) -> bool:
    """Do all words of `part` stand in `whole` in the same order?"""
    rest = iter(whole)
    return all(word in rest for word in part)


def _term_on(terms: list[list[str]], on: date | None, title: str | None) -> tuple[list[str], str, float]:
    """The term that counts on a day, the sectors it gives, and what being in office adds to the score."""
    if on is None:
        row = max(terms, key=lambda term: (term[OFFICE_KEY] == title, not term[END], term[START]))
        return row, row[SECTORS], 0.1
    text = on.isoformat()
    running = [
        term
        for term in terms
        if (not term[START] or term[START] <= text) and (not term[END] or text <= term[END])
    ]
    if running:
        row = max(
            running, key=lambda term: (term[OFFICE_KEY] == title, term[OFFICE_KEY] in PROMINENT, term[START])
        )
        return row, row[SECTORS], 0.2
    past = [term for term in terms if term[END] and term[END] < text]
    if past:
        row = max(past, key=lambda term: term[END])
        return row, "ELI", 0.05
    row = min(terms, key=lambda term: term[START])
    return row, "", 0.0


def _made(person: str, row: list[str], match: str, sectors: str, score: float, table: str) -> Candidate:
    return Candidate(
        person=person,
        name=row[PERSON],
        match=match,
        office=row[OFFICE] or None,
        office_key=row[OFFICE_KEY] or None,
        country=tuple(row[COUNTRY].split()),
        sectors=tuple(sectors.split()),
        start=day(row[START]),
        end=day(row[END]),
        source=f"{table}: {row[SOURCE]}",
        score=score,
    )
