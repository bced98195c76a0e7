"""Who held which office when: persons and their terms, looked up by name or by office, on a day."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from dragoman.errors import KnowledgeError
from dragoman.knowledge.entries import Entry
from dragoman.knowledge.folding import name_key
from dragoman.knowledge.names import EXACT, LAST, NameIndex, fit
from dragoman.knowledge.tables import DATA, TERM_COLUMNS, day, rows

PERSON, ALIASES, COUNTRY, OFFICE, OFFICE_KEY, SECTORS, START, END, WIKIDATA, SOURCE = range(len(TERM_COLUMNS))
HAND, BUILT = "hand/people.csv", "built/people.csv"

# Where the family name stands first, a last name is the first word.
FAMILY_NAME_FIRST = frozenset({"CHN", "HKG", "KHM", "KOR", "MAC", "PRK", "SGP", "TWN", "VNM"})
FUZZY_LEAST = 88.0  # per cent of rapidfuzz's ratio on folded names
REMEMBERED_NAMES = 2048
SHORTEST_FUZZY = 5  # letters; shorter names are all alike
PRONOUNS = frozenset(
    {
        "he",
        "her",
        "hers",
        "him",
        "his",
        "i",
        "it",
        "its",
        "me",
        "my",
        "our",
        "she",
        "their",
        "them",
        "they",
        "us",
        "we",
        "who",
        "you",
        "your",
    }
)
LONGEST_NAME = 100  # a longer "name" is none
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

Term = list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person whom a name may mean.

    match: how the name fits: "exact", "folded" (accents or script aside), "inverted order", "initials",
    "part of name", "last name", or "fuzzy:0.93" (similarity, never silent); "office" if looked up by office.
    office, sectors, start, end: of the term on the day asked for; a former holder has sectors ("ELI",) and the
    last office held; one whose first term comes later has none. score: for ranking only, higher is better.
    own: of a user's own file; source then is that file and the line.
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
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Person:
    """All terms of one person, hand table first, and the table that each row is from."""

    terms: tuple[Term, ...]
    tables: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for term in self.terms for one in _names(term)))

    @property
    def wikidata(self) -> str | None:
        return next((term[WIKIDATA] for term in self.terms if term[WIKIDATA]), None)

    @property
    def id(self) -> str:
        first = self.terms[0]
        return self.wikidata or f"{name_key(first[PERSON]).replace(' ', '-')}.{first[COUNTRY].lower()}"


class Offices:
    """The tables of terms. A person is all rows with one name and Wikidata id or, without id, one name and country."""

    def __init__(self) -> None:
        self._hand: dict[tuple[str, str], list[Term]] = {}
        self._hand_keys: dict[str, list[tuple[str, str]]] = {}
        for row in rows(HAND, TERM_COLUMNS):
            mark = (row[PERSON], row[COUNTRY])
            self._hand.setdefault(mark, []).append(row)
            for name in _names(row):
                self._hand_keys.setdefault(name_key(name), []).append(mark)
        self._by_letter: dict[str, tuple[list[str], list[list[int]]]] = {}
        # An article asks for the same name again and again.
        self._matches = lru_cache(maxsize=REMEMBERED_NAMES)(self._match)

    def scanned_names(self) -> Iterator[tuple[str, int]]:
        """Names of the hand table, which may be searched for in running text even if of one word."""
        for number, terms in enumerate(self._hand.values()):
            for name in dict.fromkeys(one for term in terms for one in _names(term)):
                yield name, number

    def scanned_entry(self, number: int) -> Entry:
        """The person whom `scanned_names` gave this number."""
        return _entry(self._with_built(list(self._hand)[number]))

    def entries(self, full_name: str) -> list[Entry]:
        """Persons with exactly this name or alias (accents aside) as rows of the entity kind; [] if there is none."""
        key = name_key(full_name)
        if len(key) > LONGEST_NAME or " " not in key:
            return []
        return [_entry(person) for person in self._by_key(key)]

    def person(
        self, name: str, *, on: date | None = None, country: str | None = None, title: str | None = None
    ) -> list[Candidate]:
        """Who a text may mean by `name` on that day, best first.

        name: full, last name only, inverted, with initials, or in another transliteration; country, title (an
        office_key such as "foreign minister"): what the text says beside it, which ranks but does not exclude.
        Fuzzy candidates come only where nothing else fits; a lone last name is matched fuzzily only with a country.
        """
        key = name_key(name)
        if not key or len(key) > LONGEST_NAME or key in PRONOUNS:
            return []
        matches = self._matches(key, name.strip().lower(), country)
        found = [_candidate(person, match, base, on, country, title) for person, match, base in matches]
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.name, candidate.person))

    def _match(self, key: str, plain: str, country: str | None) -> tuple[tuple[_Person, str, float], ...]:
        exact = [
            (person, "exact" if any(one.lower() == plain for one in person.names) else "folded", EXACT)
            for person in self._by_key(key)
        ]
        return tuple(exact or self._partial(key) or self._fuzzy(key, country))

    def holder(self, office_key: str, country: str, on: date | None) -> list[Candidate]:
        """Who held the office on that day, the latest to begin first; without a day, everyone."""
        at_hand = [(term, HAND) for terms in self._hand.values() for term in terms]
        built = [
            (self._term(number), BUILT) for number in self._index.find("office", f"{office_key}|{country}")
        ]
        found: dict[tuple[str, str], Candidate] = {}
        for term, table in (*at_hand, *built):
            if (term[OFFICE_KEY], term[COUNTRY]) != (office_key, country) or not _runs(term, on):
                continue
            mark = (term[PERSON], term[COUNTRY])
            if mark not in found:
                person = self._with_built(mark) if table == HAND else _Person((term,), (table,))
                found[mark] = _made(person.id, term, "office", term[SECTORS], EXACT, table)
        return sorted(found.values(), key=lambda one: (-(one.start or date.min).toordinal(), one.name))

    def terms(self, candidate: Candidate) -> tuple[Candidate, ...]:
        """All terms of a candidate's person in order of time, each with its own sectors and source."""
        for person in self._by_key(name_key(candidate.name)):
            if person.id == candidate.person:
                made = (
                    _made(person.id, term, candidate.match, term[SECTORS], candidate.score, table)
                    for term, table in zip(person.terms, person.tables, strict=True)
                )
                return tuple(sorted(made, key=lambda one: (one.start or date.min, one.office or "")))
        return (candidate,)

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex()

    @cached_property
    def _lines(self) -> list[str]:
        """The built table as it stands; a line is parsed when it is asked for. Numbers count from 0, the head is 0."""
        try:
            return (DATA / BUILT).read_text("utf-8").splitlines()
        except OSError as error:
            raise KnowledgeError(
                f"cannot be read ({error})", where=f"knowledge/data/{BUILT}", do="Run `make knowledge`"
            ) from error

    def _term(self, number: int) -> Term:
        return next(csv.reader([self._lines[number]]))

    def _built(self, number: int) -> _Person:
        """The person whose first term stands on that line of the built table, with the hand table's rows if any."""
        first = self._term(number)
        terms = [first]
        for at in range(number + 1, len(self._lines)):
            term = self._term(at)
            same = term[PERSON] == first[PERSON] and term[WIKIDATA] == first[WIKIDATA]
            if not same or (not first[WIKIDATA] and term[COUNTRY] != first[COUNTRY]):
                break
            terms.append(term)
        at_hand = [
            row
            for country in dict.fromkeys(term[COUNTRY] for term in terms)
            for row in self._hand.get((first[PERSON], country), ())
        ]
        return _Person((*at_hand, *terms), (HAND,) * len(at_hand) + (BUILT,) * len(terms))

    def _with_built(self, mark: tuple[str, str]) -> _Person:
        """The person of the hand table, with the built table's rows of the same name and country if there are any."""
        for number in self._index.find("full", name_key(mark[0])):
            person = self._built(number)
            if person.tables[0] == HAND and any(
                (term[PERSON], term[COUNTRY]) == mark for term in person.terms
            ):
                return person
        terms = self._hand[mark]
        return _Person(tuple(terms), (HAND,) * len(terms))

    def _by_key(self, key: str) -> list[_Person]:
        people = [self._with_built(mark) for mark in dict.fromkeys(self._hand_keys.get(key, ()))]
        people += [self._built(number) for number in self._index.find("full", key)]
        return list({person.id: person for person in people}.values())

    def _at_end(self, word: str) -> list[_Person]:
        """Everybody whose name ends or begins with the word."""
        numbers = dict.fromkeys((*self._index.find("last", word), *self._index.find("first", word)))
        people = [self._with_built(mark) for mark in self._hand_ends.get(word, ())]
        people += [self._built(number) for number in numbers]
        return list({person.id: person for person in people}.values())

    @cached_property
    def _hand_ends(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, dict[tuple[str, str], None]] = {}
        for key, marks in self._hand_keys.items():
            for word in (key.partition(" ")[0], key.rpartition(" ")[2]):
                found.setdefault(word, {}).update(dict.fromkeys(marks))
        return {word: list(marks) for word, marks in found.items()}

    def _partial(self, key: str) -> list[tuple[_Person, str, float]]:
        words = key.split()
        found = []
        if len(words) == 1:
            for person in self._at_end(key):
                if any(key in last_names(name_key(one), person.terms[0][COUNTRY]) for one in person.names):
                    found.append((person, "last name", LAST))
            return found
        people = {person.id: person for word in (words[0], words[-1]) for person in self._at_end(word)}
        for person in people.values():
            kind, score = max(
                (fit(words, name_key(one).split()) for one in person.names), key=lambda pair: pair[1]
            )
            if score > 0:
                found.append((person, kind, score))
        return found

    def _lasts(self, letter: str) -> tuple[list[str], list[list[int]]]:
        """All last names of the built table that begin with a letter, and the lines of their bearers."""
        if letter not in self._by_letter:
            found = list(self._index.beginning("last", letter))
            self._by_letter[letter] = [name for name, _ in found], [lines for _, lines in found]
        return self._by_letter[letter]

    def _fuzzy(self, key: str, country: str | None) -> list[tuple[_Person, str, float]]:
        """Likeness of whole names whose last words are alike and begin with the same letter."""
        words = key.split()
        last = words[-1]
        if len(key.replace(" ", "")) < SHORTEST_FUZZY or (len(words) == 1 and country is None):
            return []
        people: dict[str, _Person] = {}
        others, lines = self._lasts(last[0])
        for _, _, at in process.extract_iter(last, others, scorer=fuzz.ratio, score_cutoff=FUZZY_LEAST_LAST):
            people.update({person.id: person for person in map(self._built, lines[at])})
        for other, marks in self._hand_ends.items():
            if other[:1] == last[0] and fuzz.ratio(last, other) >= FUZZY_LEAST_LAST:
                people.update({person.id: person for person in map(self._with_built, marks)})
        found = []
        for person in people.values():
            if len(words) == 1:
                if all(term[COUNTRY] != country for term in person.terms):
                    continue
                against = [word for one in person.names for word in last_names(name_key(one), country or "")]
            else:
                against = [name_key(one) for one in person.names]
            ratio = max(fuzz.ratio(key, one) for one in against)
            if ratio >= FUZZY_LEAST:
                weight = FUZZY_WEIGHT if len(words) > 1 else LAST
                found.append((person, f"fuzzy:{ratio / 100:.2f}", ratio / 100 * weight))
        return found


FUZZY_LEAST_LAST = 75.0  # per cent, for the last word alone, before whole names are compared
FUZZY_WEIGHT = 0.8  # a fuzzy whole name ranks below a part of a name that fits


def last_names(key: str, country: str) -> tuple[str, ...]:
    """The words of a folded name that a text may use alone: the last and, where family names stand first, the first."""
    last = key.rpartition(" ")[2]
    return (last, key.partition(" ")[0]) if country in FAMILY_NAME_FIRST else (last,)


def _names(term: Term) -> list[str]:
    return [term[PERSON], *term[ALIASES].split("|")] if term[ALIASES] else [term[PERSON]]


def _runs(term: Term, on: date | None) -> bool:
    if on is None:
        return True
    text = on.isoformat()
    return (not term[START] or term[START] <= text) and (not term[END] or text <= term[END])


def _candidate(
    person: _Person, match: str, base: float, on: date | None, country: str | None, title: str | None
) -> Candidate:
    at, sectors, bonus = _term_on(person.terms, on, title, country)
    term = person.terms[at]
    score = base + bonus
    if country is not None:
        score += 0.3 if any(country in one[COUNTRY].split() for one in person.terms) else -0.5
    if title is not None and term[OFFICE_KEY] == title:
        score += 0.2
    if term[OFFICE_KEY] in PROMINENT:
        score += 0.1
    if person.tables[0] == HAND:
        score += 0.1
    return _made(person.id, term, match, sectors, round(score, 3), person.tables[at])


def _term_on(
    terms: tuple[Term, ...], on: date | None, title: str | None, country: str | None
) -> tuple[int, str, float]:
    """Which term counts on a day, the sectors it gives, and what being in office adds to the score.

    Of one office in several states at once, as a monarch's, it is that of the country asked for, else the oldest.
    """
    every = range(len(terms))
    if on is None:
        at = max(every, key=lambda i: (terms[i][OFFICE_KEY] == title, not terms[i][END], terms[i][START]))
        return at, terms[at][SECTORS], 0.1
    running = [i for i in every if _runs(terms[i], on)]
    if running:
        at = max(
            running,
            key=lambda i: (terms[i][OFFICE_KEY] == title, terms[i][OFFICE_KEY] in PROMINENT, terms[i][START]),
        )
        office = terms[at][OFFICE_KEY]
        shared = [i for i in running if office and terms[i][OFFICE_KEY] == office]
        if len({terms[i][COUNTRY] for i in shared}) > 1:
            at = min(shared, key=lambda i: (country not in terms[i][COUNTRY].split(), terms[i][START]))
        return at, terms[at][SECTORS], 0.2
    past = [i for i in every if terms[i][END] and terms[i][END] < on.isoformat()]
    if past:
        at = max(past, key=lambda i: terms[i][END])
        beyond = {"UNO", "IGO", "EUR", "IMG"}
        return at, "" if terms[at][COUNTRY] in beyond and not terms[at][SECTORS] else "ELI", 0.05
    return min(every, key=lambda i: terms[i][START]), "", 0.0


def _made(person: str, term: Term, match: str, sectors: str, score: float, table: str) -> Candidate:
    return Candidate(
        person=person,
        name=term[PERSON],
        match=match,
        office=term[OFFICE] or None,
        office_key=term[OFFICE_KEY] or None,
        country=tuple(term[COUNTRY].split()),
        sectors=tuple(sectors.split()),
        start=day(term[START]),
        end=day(term[END]),
        source=f"{table}: {term[SOURCE]}",
        score=score,
    )


def _beside(one: Term, last: Term) -> bool:
    """Tell whether a term is of the same office in another state, and still ran when the last one began."""
    same = one[OFFICE_KEY] == last[OFFICE_KEY] and one[COUNTRY] != last[COUNTRY]
    return same and one[START] <= last[START] and (not one[END] or one[END] > last[START])


def _entry(person: _Person) -> Entry:
    """Country and sectors of the latest term, of one office in several states the oldest; for a day ask `person`."""
    terms = person.terms
    at = max(range(len(terms)), key=lambda i: (terms[i][START], terms[i][END] or "9999"))
    if terms[at][OFFICE_KEY]:
        at = min(
            (i for i in range(len(terms)) if _beside(terms[i], terms[at])),
            key=lambda i: terms[i][START],
            default=at,
        )
    last = person.terms[at]
    return Entry(
        id=person.id,
        name=person.terms[0][PERSON],
        kind="person",
        country=tuple(last[COUNTRY].split()),
        sectors=tuple(last[SECTORS].split()),
        form=None,
        wikidata=person.wikidata,
        start=None,
        end=None,
        source=f"{person.tables[at]}: {last[SOURCE]}",
    )
