"""What the rows of a user's file of actors say, checked: every fault with its line, its field and what to write."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from rapidfuzz import process

from dragoman.knowledge.entries import EntryKind
from dragoman.knowledge.folding import fold, name_key
from dragoman.knowledge.own_rows import FIELDS, Faults, Row, shown
from dragoman.knowledge.sectors import SECTORS

KINDS: Final[tuple[EntryKind, ...]] = (
    "person", "organisation", "group", "party", "media", "company", "ngo", "igo",
)  # fmt: skip
LONGEST_NAME: Final = 100  # characters, as in the tables of the package
MOST_NAMES: Final = 100  # of one actor
LIKE: Final = 75.0  # per cent of likeness above which a word is proposed for a wrong one
# A name with such a word is no person's, where the row does not say.
BODIES: Final = frozenset(
    {
        "agency", "alliance", "army", "association", "authority", "bank", "bloc", "brigade", "brigades", "bureau",
        "cartel", "coalition", "command", "commission", "committee", "company", "congress", "corps", "council",
        "court", "federation", "force", "forces", "foundation", "front", "group", "guard", "institute", "league",
        "militia", "ministry", "movement", "network", "office", "organisation", "organization", "party", "police",
        "service", "society", "union", "university",
    }
)  # fmt: skip
PRONOUNS: Final = frozenset(
    {"he", "she", "it", "they", "we", "i", "you", "him", "her", "them", "us", "me", "who"}
)
_WIKIDATA: Final = re.compile(r"Q[1-9][0-9]{0,11}")
_CODE_GAPS: Final = re.compile(r"[\s|;,/]+")
# Characters that turn the direction of what follows: a name that shows as another one.
_TURNERS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """One term of one actor as a user gives it; `where` is file and line. Open sides are None.

    said: the kind is the user's own and no guess.
    keys: of the name and each alias the form in which names are compared; the name's makes rows terms of one actor.
    """

    name: str
    aliases: tuple[str, ...]
    keys: tuple[str, ...]
    kind: EntryKind
    country: tuple[str, ...]
    sectors: tuple[str, ...]
    start: date | None
    end: date | None
    wikidata: str | None
    office: str | None
    said: bool
    where: str
    line: int

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return (self.name, *self.aliases)

    def holds(self, on: date | None) -> bool:
        """Does the term run on that day? An unknown day excludes nothing."""
        return on is None or (
            (self.start is None or self.start <= on) and (self.end is None or on <= self.end)
        )


def check_rows(rows: Sequence[Row], countries: Mapping[str, str], faults: Faults) -> list[OwnRow]:
    """The rows that are sound, in file order; `faults` gets what is wrong with each and between them.

    countries: code to name, and in lower case every name to its code, so that "Russia" can be answered with RUS.
    """
    checker = _Checker(countries, faults)
    found = [row for row in map(checker.row, rows) if row is not None]
    _check_names(found, faults)
    _check_terms(found, faults)
    return found


class _Checker:
    """Reads the cells of one row after another."""

    def __init__(self, countries: Mapping[str, str], faults: Faults) -> None:
        self.codes = {code for code in countries if code.isupper()}
        self.countries = countries
        self.faults = faults

    def row(self, row: Row) -> OwnRow | None:
        before = len(self.faults.found)
        for key in row.cells:
            if key not in FIELDS:
                like = _likest(key, FIELDS)
                self._add(
                    row,
                    key,
                    "is no field",
                    f"Write {like}" if like else f"Write some of: {', '.join(FIELDS)}",
                )
        name = "" if row.broken and not row.name else self._name(row, "name", row.cells.get("name", ""))
        aliases = self._aliases(row, name)
        start, end = self._day(row, "from"), self._day(row, "to")
        if start is not None and end is not None and end < start:
            self._add(
                row, "to", f"is {end}, before 'from' ({start})", "Change the two, or mend the wrong one"
            )
        wikidata = self._text(row, "wikidata") or None
        if wikidata is not None and not _WIKIDATA.fullmatch(wikidata):
            self._add(
                row, "wikidata", f"is '{shown(wikidata)}'", "Write the item's number with its Q, as in Q42"
            )
        country = self._codes(row, "country", self.codes, self._country_for)
        sectors = self._codes(row, "sectors", SECTORS, _sector_for)
        if not row.broken and not {"country", "sectors"} & set(row.cells):
            what = "says neither country nor sectors"
            self.faults.add(row.line, row.name, what, "Fill in one of them, or strike the actor out")
        kind = self._text(row, "kind").lower()
        if kind and kind not in KINDS:
            self._add(
                row, "kind", f"is '{shown(kind)}'", f"Write one of: {', '.join(KINDS)}, or leave it out"
            )
        if row.broken or len(self.faults.found) > before:
            return None
        return OwnRow(
            name=name,
            aliases=aliases,
            keys=tuple(map(compared, (name, *aliases))),
            kind=next((one for one in KINDS if one == kind), _kind_of(name)),
            country=country,
            sectors=sectors,
            start=start,
            end=end,
            wikidata=wikidata,
            office=self._text(row, "office") or None,
            said=bool(kind),
            where=f"{self.faults.file}:{row.line}" if row.line else self.faults.file,
            line=row.line,
        )

    def _add(self, row: Row, key: str, what: str, do: str) -> None:
        self.faults.add(row.at(key), row.name, f"'{shown(key)}' {what}", do)

    def _text(self, row: Row, key: str) -> str:
        value = row.cells.get(key, "")
        if not isinstance(value, str):
            self._add(row, key, f"is {shown(value)} and no text", f'Write {key} = "…" in quotes')
            return ""
        return " ".join(value.split())

    def _name(self, row: Row, key: str, value: Any) -> str:
        """A name that may be looked for in texts without harm."""
        if not isinstance(value, str):
            self._add(row, key, f"is {shown(value)} and no text", "Write it in quotes")
            return ""
        what, do = "", "Write the name as a text gives it"
        name = " ".join(value.split(" ")).strip()
        folded = fold(name)
        if not name:
            what = "is empty" if key in row.cells else "is missing"
        elif len(name) > LONGEST_NAME:
            what, do = f"has {len(name):,} characters", f"Write at most {LONGEST_NAME}"
        elif not (name.isascii() and name.isprintable()) and any(map(_steers, name)):
            what, do = f"has control characters: '{shown(name)}'", "Strike them out"
        elif not any(char.isalnum() for char in name):
            what = f"is '{shown(name)}', without a letter"
        elif len(name) < 2:
            what = f"is '{shown(name)}', one letter"
        elif name.islower() and folded != name.upper():
            what, do = (
                f"is '{shown(name)}', without a capital",
                "Write it with the capitals that a text gives it",
            )
        elif folded in PRONOUNS and not name.isupper():
            what, do = f"is '{shown(name)}', a pronoun", "Strike it out"
        if what:
            self._add(row, key, what, do)
            return ""
        return name

    def _aliases(self, row: Row, name: str) -> tuple[str, ...]:
        value = row.cells.get("aliases", [])
        given = [one for one in value.split("|") if one.strip()] if isinstance(value, str) else value
        if not isinstance(given, list):
            self._add(row, "aliases", f"is {shown(value)} and no list", 'Write aliases = ["…", "…"]')
            return ()
        if len(given) > MOST_NAMES:
            self._add(row, "aliases", f"holds {len(given):,} names", f"Write at most {MOST_NAMES}")
            return ()
        found: list[str] = []
        for one in given:
            alias = self._name(row, "aliases", one)
            if alias and alias in (name, *found):
                self._add(
                    row, "aliases", f"has '{shown(alias)}' twice", "Strike one out (the name counts as well)"
                )
            elif alias:
                found.append(alias)
        return tuple(found)

    def _day(self, row: Row, key: str) -> date | None:
        value = row.cells.get(key)
        if value is None or value == "":
            return None
        open_side = "still runs" if key == "to" else "has no known begin"
        do = f"Write YYYY-MM-DD, or leave {key!r} out for a term that {open_side}"
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        text = str(value).strip()
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self._add(row, key, f"is {shown(text)}, which is no date", do)
        return None

    def _codes(self, row: Row, key: str, known: Collection[str], propose: Any) -> tuple[str, ...]:
        value = row.cells.get(key, [])
        given = [value] if isinstance(value, str) else value
        if not (isinstance(given, list) and all(isinstance(one, str) for one in given)):
            self._add(row, key, f"is {shown(value)} and no list of codes", f'Write {key} = ["…"]')
            return ()
        # One name of several words ("United Kingdom") is one wrong code and not two.
        codes = [
            code
            for one in given
            for code in ([one.strip()] if propose(one.strip()) else _CODE_GAPS.split(one.strip()))
            if code
        ]
        for code in dict.fromkeys(codes):
            if code not in known:
                better = propose(code)
                self._add(row, key, f"has '{shown(code)}', which is no code", _instead(key, better))
            elif codes.count(code) > 1:
                self._add(row, key, f"has {code} twice", "Strike one out")
        return tuple(codes)

    def _country_for(self, words: str) -> str | None:
        if words in self.codes:
            return None
        if words.upper() in self.codes:
            return words.upper()
        return self.countries.get(words.lower())


def _sector_for(words: str) -> str | None:
    if words in SECTORS:
        return None
    if words.upper() in SECTORS:
        return words.upper()
    by_name = {name.lower(): code for code, name in SECTORS.items()}
    like = _likest(words.lower(), by_name)
    return by_name[like] if like else None


def _instead(key: str, better: str | None) -> str:
    if better:
        return f"Write {better}"
    if key == "sectors":
        return f"Write some of: {', '.join(SECTORS)}"
    return "Write ISO 3166-1 alpha-3 (FRA), or UNO, EUR, IGO, NGO, MNC, ISM or IMG"


def _likest(word: str, known: Collection[str]) -> str | None:
    found = process.extractOne(word[:LONGEST_NAME].lower(), list(known), score_cutoff=LIKE)
    return str(found[0]) if found else None


def _kind_of(name: str) -> EntryKind:
    return "organisation" if BODIES & set(fold(name).split()) else "person"


def _steers(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or char in _TURNERS


def compared(name: str) -> str:
    """A name without case, accents, script and marks; what has no letters in Latin stays as it is."""
    return name_key(name) or fold(name)


def _check_names(rows: Sequence[OwnRow], faults: Faults) -> None:
    """A name or alias belongs to one actor, and an actor has one Wikidata id."""
    owner: dict[str, OwnRow] = {}
    by_id: dict[str, OwnRow] = {}
    for row in rows:
        for name, key in zip(row.names, row.keys, strict=True):
            first = owner.setdefault(key, row)
            if first.keys[0] != row.keys[0]:
                field = "name" if name == row.name else "aliases"
                what = (
                    f"{field!r} '{shown(name)}' belongs to '{shown(first.name)}' of line {first.line} already"
                )
                faults.add(row.line, row.name, what, "Leave it to one of the two, or write both as one actor")
        first = owner[row.keys[0]]
        if first.keys[0] == row.keys[0] and first.wikidata and row.wikidata not in (None, first.wikidata):
            what = f"'wikidata' is {row.wikidata}, and line {first.line} gives this name {first.wikidata}"
            faults.add(row.line, row.name, what, "Write one id, or a name that tells the two apart")
        if row.wikidata:
            same = by_id.setdefault(row.wikidata, row)
            if same.keys[0] != row.keys[0]:
                what = f"'wikidata' {row.wikidata} is '{shown(same.name)}' of line {same.line}"
                faults.add(
                    row.line, row.name, what, "Write one name for both, and the other among the aliases"
                )


def _check_terms(rows: Sequence[OwnRow], faults: Faults) -> None:
    """Terms of one actor follow one another; the last day of one may be the first of the next."""
    terms: dict[str, list[OwnRow]] = {}
    for row in rows:
        terms.setdefault(row.keys[0], []).append(row)
    for same in terms.values():
        same.sort(key=lambda row: (row.start or date.min, row.line))
        latest = same[0]
        for row in same[1:]:
            if latest.end is None or (row.start or date.min) < latest.end:
                term = f"{latest.start or '…'} to {latest.end or 'now'}"
                what = f"the term from {row.start or '…'} begins inside that of line {latest.line} ({term})"
                faults.add(row.line, row.name, what, _apart(latest, row))
            if latest.end is not None and (row.end is None or row.end > latest.end):
                latest = row


def _apart(first: OwnRow, second: OwnRow) -> str:
    both = "for two offices at once give one row both sectors"
    if second.start is not None and second.start != first.start:
        return f"Write to = {second.start} in line {first.line}, or begin this term later; {both}"
    return f"Give both rows 'from' and 'to'; {both}"
