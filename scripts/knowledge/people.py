"""Persons and their terms: Wikidata 2000-2022, Factbook 2015-2026, CIA 2019, US executive, joined into one table."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

import yaml
from rapidfuzz import fuzz
from scripts.knowledge.countries import acting_states
from scripts.knowledge.office_names import SINGLE_SEATS, office_of
from scripts.knowledge.sources import Sources

from dragoman.knowledge.folding import name_key
from dragoman.knowledge.offices import last_names
from dragoman.knowledge.tables import TERM_COLUMNS

# Breakaway entities carry the state they broke from (coding.md §4).
BREAKAWAY = {"ABK": "GEO", "OST": "GEO", "NKR": "AZE", "DPR": "UKR", "LPR": "UKR", "SOL": "SOM"}
# A state not yet independent carries the one it was part of (coding.md §7 case 18): first day, state before.
NOT_YET = {
    "MNE": ("2006-06-03", "SRB"), "SSD": ("2011-07-09", "SDN"), "TLS": ("2002-05-20", "IDN"), "XKX": ("2008-02-17", "SRB"),
}  # fmt: skip
# Lists of a part of a state, and the code that its holders carry: no minister of these is the minister of the whole.
PARTS = {"hong-kong": "HKG", "northern-ireland-ministers": "GBR", "scotland-cabinet": "GBR"}
SAME_NAME = 80  # per cent likeness of two spellings of one holder of one office at one time
SAME_NAME_ELSE = 93  # and at different times
CIA_SOURCE = "CIA Chiefs of State, in office on 2019-06-04, days of start and end not known"
SAME_START = timedelta(days=45)
HEADS = frozenset({"president", "prime minister", "monarch", "supreme leader"})


@dataclass
class Term:
    """One row of the table being made."""

    person: str
    country: str
    office: str
    office_key: str
    sectors: str
    start: str
    end: str
    wikidata: str
    source: str
    aliases: set[str] = field(default_factory=set)

    def row(self) -> dict[str, str]:
        aliases = sorted(self.aliases - {self.person})
        return {name: getattr(self, name) for name in TERM_COLUMNS if name != "aliases"} | {
            "aliases": "|".join(aliases)
        }


def build(sources: Sources, hand: Path) -> list[dict[str, str]]:
    """All terms, doubles joined, open terms of single seats closed by their successors (those given by hand too)."""
    by_hand = _by_hand(hand)
    acting = acting_states(sources)
    terms = _named_as(by_hand, _wikidata(sources))
    terms = _joined(terms, _named_as(by_hand, _factbook(sources)))
    terms = _joined(terms, _named_as(by_hand, _united_states(sources)))
    terms = _joined(terms, _named_as(by_hand, _cia(sources)), one_day=True)
    _close(terms, by_hand)
    terms = [_under_its_state(term, acting) for term in terms if term.country in acting]
    return sorted((term.row() for term in terms), key=itemgetter(*ORDER))


def _under_its_state(term: Term, acting: dict[str, str]) -> Term:
    """A dependent territory acts as its state (coding.md §7 case 18), and its premier is not the state's."""
    state = acting[term.country]
    if state != term.country:
        term.office, term.office_key, term.country = f"{term.office} ({term.country})", "", state
    return term


def index(rows: list[dict[str, str]]) -> list[str]:
    """The lines of names.csv: for whole names, last and first words, and offices, the lines of the table built above.

    A person's terms stand together; whole names and words lead to the first of them, offices to each term.
    """
    found: dict[str, dict[int, None]] = defaultdict(dict)
    first, mark = 0, None
    for number, row in enumerate(rows, 1):
        here = (row["person"], row["wikidata"], row["wikidata"] or row["country"])
        if here != mark:
            first, mark = number, here
        for name in (row["person"], *row["aliases"].split("|")):
            key = name_key(name)
            if not key:
                continue
            found[f"full,{key}"][first] = None
            found[f"first,{key.split()[0]}"][first] = None
            for word in last_names(key, row["country"]):
                found[f"last,{word}"][first] = None
        if row["office_key"]:
            found[f"office,{row['office_key']}|{row['country']}"][number] = None
    return sorted(f"{key},{' '.join(map(str, numbers))}" for key, numbers in found.items())


# Rows of one person stand together: the index counts on it.
ORDER = ("person", "wikidata", "country", "start", "office", "end", "source", "aliases")


def _named_as(known: list[Term], terms: list[Term]) -> list[Term]:
    """Give the persons whom the hand table has the name that they have there."""
    by_country: dict[str, list[Term]] = defaultdict(list)
    for term in known:
        by_country[term.country].append(term)
    for term in terms:
        same = next((old for old in by_country[term.country] if _same_person(old, term)), None)
        if same is not None and same.person != term.person:
            term.aliases.add(term.person)
            term.person = same.person
    return terms


_key = lru_cache(maxsize=None)(name_key)  # each name is compared with every other of its country
_DAY = re.compile(r"(?:\d{4}(?:-\d\d){0,2}(?=$|\D))?")


def first_day(text: str) -> str:
    """2015 → 2015-01-01, 2015-10 → 2015-10-01."""
    text = _DAY.match(text).group()  # type: ignore[union-attr]  # an empty match is one too
    return text + ("-01-01" if len(text) == 4 else "-01" if len(text) == 7 else "")


def last_day(text: str) -> str:
    """2015 → 2015-12-31, 2015-10 → 2015-10-31."""
    text = _DAY.match(text).group()  # type: ignore[union-attr]
    if len(text) == 4:
        return text + "-12-31"
    if len(text) == 7:
        year, month = map(int, text.split("-"))
        return str(date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))
    return text


def _wikidata(sources: Sources) -> list[Term]:
    terms: dict[tuple[str, str, str, str], Term] = {}
    states = _state_names(sources)
    for line in sources.csv("officeholders_wikidata_2000_2022/officeholders_2000_2022.csv.gz"):
        start, end = first_day(line["start"]), last_day(line["end"])
        if not line["iso3"] or (start and end and end < start) or re.fullmatch(r"Q\d+", line["person"]):
            continue
        home, breakaway = BREAKAWAY.get(line["iso3"], line["iso3"]), line["iso3"] in BREAKAWAY
        independent, former = NOT_YET.get(home, ("", ""))
        if end and end <= independent:
            home, breakaway = former, True
        key, sectors = office_of(line["position"])
        part = PARTS.get(line["source_repo"])
        home = part or home
        if (
            part
            or _of_a_part(line["position"], states[home])
            or (home == "USA" and "Interior" in line["position"])
        ):
            key = ""
        if line["position"].startswith("ambassador to") and line["iso3"] in ("HUN",):
            continue  # Hungary's list holds other states' ambassadors to Hungary
        term = Term(
            person=line["person"], country=home, office=line["position"], office_key="" if breakaway else key,
            sectors=f"PRE {sectors}" if breakaway else sectors, start=start, end=end, wikidata=line["person_qid"],
            source=f"Wikidata, {line['as_of'][:7]}",
        )  # fmt: skip
        mark = (home, term.office, term.wikidata or term.person, start)
        known = terms.get(mark)
        if known is None or (term.end and not known.end):
            terms[mark] = term
    return list(terms.values())


_OF = re.compile(
    r"^(?:acting |interim )?(?:president|prime minister|premier|minister-president|ruler|head of government) of (.+)$",
    re.I,
)
# What may stand after "president of" when the office is the state's.
_GENERAL = re.compile(
    r"^(?:the )?(?:(?:\w+ )?republic|(?:\w+ )?government|council|state|national|presiden|supreme|sovereign|military|"
    r"transition|people|palestin|swiss|executive|federa|confedera|islamic|country|cabinet|general)",
    re.IGNORECASE,
)


def _of_a_part(position: str, names: set[str]) -> bool:
    """Say whether a title like "premier of Tasmania" is of a part of the state and not of the state."""
    match = _OF.match(position)
    if match is None or _GENERAL.match(match[1]):
        return False
    return match[1].removeprefix("the ").lower() not in names


def _state_names(sources: Sources) -> dict[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for line in sources.csv("country_crosswalk/country_crosswalk.csv"):
        for column in (
            "cldr_name",
            "cldr_short",
            "cldr_variant",
            "factbook_short",
            "factbook_long",
            "cow_name_now",
        ):
            name = line[column].replace("’", "'").replace("&", "and").lower()
            names[line["iso3"]] |= {name, name.removeprefix("the ")}
    return names


def _factbook(sources: Sources) -> list[Term]:
    terms = []
    for line in sources.csv("leaders_factbook_2015_2026/leaders.csv.gz"):
        iso, title = line["iso3"], line["title"] or line["section"]
        person = re.sub(
            r"^(?:Sir|Dame|Dr\.|Gen\.|General|Sheikh|Lt\.|Col\.|Ambassador|Dato'|Consul General) ",
            "",
            line["person"],
        )
        if not iso or not line["start"] or len(person.split()) > 7 or person.islower():
            continue
        if line["section"] == "United States ambassador":
            iso, office = "USA", f"Ambassador to {line['country']}"
        elif line["section"] == "ambassador to the United States":
            office = "Ambassador to the United States"
        else:
            office = re.sub(r"s$", "", title) if title.startswith(("Deputy", "Vice")) else title
        if "Charg" in title:
            continue
        if line["section"] == "chief of state" and _of_another_state(person, iso):
            continue
        key, sectors = office_of(office)
        if office == line["section"]:
            key, sectors = ("president" if line["section"] == "chief of state" else "", "GOV")
        terms.append(
            Term(
                person=person, country=iso, office=office, office_key=key, sectors=sectors, start=first_day(line["start"]),
                end=last_day(line["gone_by"]), wikidata="", source="CIA World Factbook, 2015-2026",
                aliases={alias.strip() for alias in re.split(r"[|;]", line["aliases"]) if alias.strip()},
            )
        )  # fmt: skip
    return terms


# Heads of state whom the Factbook lists for realms and territories too: they act for one state.
SHARED_HEADS = {
    "Elizabeth II": "GBR", "Charles III": "GBR", "Margrethe II": "DNK", "Frederik X": "DNK", "Willem-Alexander": "NLD",
    "Emmanuel Macron": "FRA", "Francois Hollande": "FRA", "Harald V": "NOR", "Barack Obama": "USA", "Donald J. Trump": "USA",
    "Joseph R. Biden Jr.": "USA", "Joseph R. Biden": "USA", "Xi Jinping": "CHN",
}  # fmt: skip


def _of_another_state(person: str, iso: str) -> bool:
    return any(name in person and home != iso for name, home in SHARED_HEADS.items())


def _united_states(sources: Sources) -> list[Term]:
    terms = []
    for person in yaml.safe_load(sources.text("us_congress_executive/executive.yaml")):
        name = person["name"]
        full = f"{name['first']} {name['last']}"
        aliases = {f"{name['first']} {name['middle']} {name['last']}"} if name.get("middle") else set()
        if name.get("nickname"):
            aliases.add(f"{name['nickname']} {name['last']}")
        for term in person["terms"]:
            if term["start"] < "1945":
                continue
            office = "President" if term["type"] == "prez" else "Vice President"
            last = str(date.fromisoformat(term["end"]) - timedelta(days=1))
            terms.append(
                Term(
                    person=full, country="USA", office=office, office_key=office.lower(), sectors="GOV", start=term["start"],
                    end="" if term["end"] > "2026-11" else last, wikidata="", source="unitedstates/congress-legislators",
                    aliases=aliases,
                )
            )  # fmt: skip
    return terms


def _cia(sources: Sources) -> list[Term]:
    terms = []
    for line in sources.csv("cabinets_cia_2019/cabinets_2019-06-04.csv.gz"):
        office = (
            line["office"]
            .replace("&", "and")
            .replace("Intl.", "International")
            .replace("Govt.", "Government")
        )
        if not line["iso3"] or not line["person"] or len(line["person"].split()) < 2:
            continue
        if line["iso3"] == "CHN" and office.startswith(("Secretary for", "Chief Executive")):
            continue  # of Hong Kong or Macau, and the list does not say of which
        key, sectors = office_of(office)
        terms.append(
            Term(
                person=line["person"], country=line["iso3"], office=office, office_key=key, sectors=sectors,
                start=line["as_of"], end="", wikidata="", source=CIA_SOURCE,
            )
        )  # fmt: skip
    return terms


def _joined(terms: list[Term], more: list[Term], *, one_day: bool = False) -> list[Term]:
    """Add terms; one that is there already (same person and office, or same office and start in another spelling) only
    lends its spelling. A list of one day adds nobody to a seat that a table with days has filled then.
    """
    by_country: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_country[term.country].append(term)
    for new in more:
        if one_day and any(_seat_taken(old, new) for old in by_country[new.country]):
            continue
        same = [old for old in by_country[new.country] if _same_person(old, new)]
        term = next((old for old in same if _same_term(old, new, one_day)), None)
        if term is not None:
            term.aliases |= {new.person, *new.aliases}
            continue
        if same:
            new.aliases |= {new.person}
            new.person, new.wikidata = same[0].person, same[0].wikidata
        terms.append(new)
        by_country[new.country].append(new)
    return terms


def _seat_taken(old: Term, new: Term) -> bool:
    """Say whether somebody else sits in the one seat on the day of the new row."""
    if new.office_key not in SINGLE_SEATS or old.office_key != new.office_key or _same_person(old, new):
        return False
    return bool(old.end) and old.start <= new.start <= old.end


def _same_person(old: Term, new: Term) -> bool:
    names = {_key(name) for name in (old.person, *old.aliases)}
    others = {_key(name) for name in (new.person, *new.aliases)}
    if names & others or any(_fuller(a.split(), b.split()) for a in names for b in others):
        return True
    if not new.office_key or old.office_key != new.office_key:
        return False
    started = abs(
        date.fromisoformat(old.start or "1900-01-01") - date.fromisoformat(new.start or "1900-01-01")
    )
    least = SAME_NAME if started <= SAME_START or _same_term(old, new, False) else SAME_NAME_ELSE
    return any(fuzz.token_sort_ratio(a, b) >= least for a in names for b in others)


def _fuller(one: list[str], other: list[str]) -> bool:
    """The same words in any order, or one name with middle names and one without."""
    if sorted(one) == sorted(other):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and (short[0], short[-1]) == (long[0], long[-1]) and set(short) <= set(long)


def _same_term(old: Term, new: Term, one_day: bool) -> bool:
    if old.office_key != new.office_key or (not new.office_key and not one_day and old.office != new.office):
        return False
    if one_day:
        return old.start <= new.start and (not old.end or new.start <= old.end)
    ends = (old.end or "9999", new.end or "9999")
    return old.start <= ends[1] and new.start <= ends[0]


def _by_hand(hand: Path) -> list[Term]:
    with (hand / "people.csv").open(encoding="utf-8", newline="") as file:
        return [
            Term(**{name: row[name] for name in TERM_COLUMNS if name != "aliases"})
            for row in csv.DictReader(file)
        ]


def _close(terms: list[Term], by_hand: list[Term]) -> None:
    """An open term of a single seat ends the day before the next holder's begins."""
    seats: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in (*terms, *by_hand):
        if term.office_key in SINGLE_SEATS and term.start:
            seats[term.country, term.office_key].append(term)
    for held in seats.values():
        held.sort(key=lambda term: term.start)
        for at, term in enumerate(held):
            later = [
                other
                for other in held[at + 1 :]
                if other.start > term.start and not _same_person(term, other)
            ]
            if not term.end and later and "Interim" not in later[0].office:
                term.end = str(date.fromisoformat(later[0].start) - timedelta(days=1))
