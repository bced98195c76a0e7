"""The face of the knowledge base: one object that holds all tables and answers questions about them."""

import copy
import hashlib
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from dragoman.errors import KnowledgeError
from dragoman.knowledge.countries import BEYOND_STATES, Country
from dragoman.knowledge.entries import Entry, Hit
from dragoman.knowledge.names import INDEX
from dragoman.knowledge.offices import Candidate, Offices
from dragoman.knowledge.own import OwnActors, load_own, rank
from dragoman.knowledge.roles import Body, Role, Roles
from dragoman.knowledge.scanning import Scanner
from dragoman.knowledge.tables import DATA, ENTITY_COLUMNS, ENTITY_TABLES, TERM_TABLES, day, rows

ID, KIND, NAME, NAMES, COUNTRY, SECTORS, FORM, WIKIDATA, START, END, SOURCE = range(len(ENTITY_COLUMNS))


class Knowledge:
    """All tables, read-only. Built by `load()`; its parts are made when first asked for.

    own: the actors of a user's file, which win over the tables; None without one.
    """

    own: OwnActors | None = None

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._tables: list[tuple[int, str]] = []
        for table in ENTITY_TABLES:
            self._tables.append((len(self._rows), table))
            self._rows.extend(rows(table, ENTITY_COLUMNS))
        self._entries: dict[int, Entry] = {}

    @cached_property
    def hash(self) -> str:
        """Sixteen hex digits of SHA-256 over all tables, in a fixed order."""
        digest = hashlib.sha256()
        for table in (*ENTITY_TABLES, *TERM_TABLES, INDEX, "roles.toml", "bodies.toml"):
            digest.update(table.encode() + b"\0" + (DATA / table).read_bytes() + b"\0")
        return digest.hexdigest()[:16]

    def scan(self, text: str) -> list[Hit]:
        """Every name of the tables in the text: whole words, capitals as in the table, leftmost and longest, in order."""
        found = self._scanner.scan(text)
        return found if self.own is None else self.own.scan(text, found)

    def person(
        self, name: str, *, on: date | None = None, country: str | None = None, title: str | None = None
    ) -> list[Candidate]:
        """Who of the table a text may mean by this name on that day, best first; see `Offices.person`."""
        found = self.offices.person(name, on=on, country=country, title=title)
        if self.own is None:
            return found
        ours = self.own.person(name, on=on, country=country, title=title, office_key=self.office_key)
        return rank(ours, found, on) if ours else found

    def office_key(self, office: str) -> str | None:
        """The key of an office in the tables of terms ("foreign minister"), or None for one that they do not know."""
        role = self.role(office)
        return role.office_key if role is not None and not role.deputy else None

    def holder(self, office_key: str, country: str, on: date | None) -> list[Candidate]:
        """Who held the office in the country on that day, the latest to begin first."""
        return self.offices.holder(office_key, country, on)

    def role(self, noun_or_title: str) -> Role | None:
        """What a role noun, title or noun phrase says of its carrier; None if no role noun is in it."""
        return self.roles.role(noun_or_title)

    def body(self, phrase: str) -> Body | None:
        """The organ that a noun phrase names ("foreign ministry"), for any country; None if it names none."""
        return self.roles.body(phrase)

    def country(self, code: str) -> Country:
        """The country of a code. Raises KnowledgeError for a code that is neither a state's nor PLOVER's."""
        try:
            return self.countries[code]
        except KeyError:
            raise KnowledgeError(
                f"{code!r} is no code of a country",
                where="Knowledge.country",
                do="Give ISO 3166-1 alpha-3, as in RUS",
            ) from None

    @cached_property
    def roles(self) -> Roles:
        """Role nouns and bodies."""
        return Roles()

    @cached_property
    def offices(self) -> Offices:
        """Persons and their terms."""
        return Offices()

    @cached_property
    def countries(self) -> dict[str, Country]:
        """All countries by code."""
        parts: dict[str, dict[str, list[str]]] = {}
        head: dict[str, tuple[str, str]] = {}
        for row in self._rows:
            if row[KIND] not in {"country", "demonym", "capital"} or row[ID] != row[COUNTRY]:
                continue
            code = row[ID]
            head.setdefault(code, (row[NAME], row[WIKIDATA]))
            if row[WIKIDATA]:
                head[code] = (row[NAME], row[WIKIDATA])
            slot = row[FORM] or row[KIND]
            parts.setdefault(code, {}).setdefault(slot, []).extend(row[NAMES].split("|"))
        made = {}
        for code, part in parts.items():
            name, wikidata = head[code]
            made[code] = Country(
                code=code,
                name=name,
                names=tuple(dict.fromkeys((name, *part.get("country", ())))),
                adjectives=tuple(dict.fromkeys(part.get("adjective", ()))),
                demonyms=tuple(dict.fromkeys((*part.get("singular", ()), *part.get("plural", ())))),
                capitals=tuple(dict.fromkeys(part.get("capital", ()))),
                wikidata=wikidata or None,
            )
        for code, name in BEYOND_STATES.items():
            made[code] = Country(
                code=code, name=name, names=(name,), adjectives=(), demonyms=(), capitals=(), wikidata=None
            )
        return made

    @cached_property
    def _scanner(self) -> Scanner:
        names = [
            (name, number)
            for number, row in enumerate(self._rows)
            for name in dict.fromkeys(
                [*row[NAMES].split("|"), *([row[NAME]] if row[KIND] == "country" else [])]
            )
        ]
        base = len(self._rows)
        names += [(name, base + person) for name, person in self.offices.scanned_names()]
        return Scanner(names, self._entry, self.offices.entries)

    def _entry(self, number: int) -> Entry:
        entry = self._entries.get(number)
        if entry is None:
            if number >= len(self._rows):
                entry = self.offices.scanned_entry(number - len(self._rows))
            else:
                entry = _entry(self._rows[number], self._table(number))
            self._entries[number] = entry
        return entry

    def _table(self, number: int) -> str:
        return next(table for first, table in reversed(self._tables) if first <= number)


def _entry(row: list[str], table: str) -> Entry:
    return Entry(
        id=row[ID],
        name=row[NAME],
        kind=row[KIND],  # type: ignore[arg-type]  # the table test checks the kinds
        country=tuple(row[COUNTRY].split()),
        sectors=tuple(row[SECTORS].split()),
        form=row[FORM] or None,
        wikidata=row[WIKIDATA] or None,
        start=day(row[START]),
        end=day(row[END]),
        source=f"{table}: {row[SOURCE]}",
    )


def load(actors: str | Path | None = None) -> Knowledge:
    """Open the tables shipped with the package; the same object at every call.

    actors: a user's own file of actors (TOML or CSV), which wins over them. Raises KnowledgeError with all its faults.
    """
    if actors is None:
        return _shipped()
    shipped = _shipped()
    knowledge = copy.copy(shipped)  # shares the tables, of which nothing changes
    knowledge.own = load_own(Path(actors), _country_words(shipped))
    return knowledge


@lru_cache(maxsize=1)
def _shipped() -> Knowledge:
    return Knowledge()


def _country_words(knowledge: Knowledge) -> dict[str, str]:
    """Codes of countries to their names, and all their names in lower case to their codes."""
    countries = knowledge.countries
    words = {name.lower(): code for code, country in countries.items() for name in country.names}
    return {**words, **{code: country.name for code, country in countries.items()}}
