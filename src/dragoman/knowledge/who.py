"""Who a name is on a day: every reading with its terms and sources, which one is chosen, and why before the next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from dragoman.knowledge.entries import RANK, Entry
from dragoman.knowledge.lookup import Knowledge
from dragoman.knowledge.offices import Candidate
from dragoman.knowledge.own import entry_of

LONGEST_TITLE = 8  # words before a name: "Minister for Foreign Affairs and Trade of New Zealand"
WHOLE = ("exact", "folded")
MATCHES = {
    "exact": "the name stands there as given",
    "folded": "the name stands there but for accents, script or case",
    "inverted order": "its words stand there in another order",
    "initials": "its initials fit",
    "part of name": "it is a part of the name",
    "last name": "only the last name fits",
    "office": "held the office that is asked for",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What a table says of a time: office (None for what holds none), codes, first and last day, source."""

    office: str | None
    country: tuple[str, ...]
    sectors: tuple[str, ...]
    start: date | None
    end: date | None
    source: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.office or 'no office'}, {self.start or '?'} to {self.end or 'now'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Somebody or something that a name may mean, with the codes of the day.

    match: how the name fits, as in `Candidate`; state: "in term", "left", "to come" or "undated";
    term: the one that decides; terms: all of them in order of time; score: for persons only.
    """

    name: str
    id: str
    kind: str
    match: str
    state: str
    country: tuple[str, ...]
    sectors: tuple[str, ...]
    term: Term
    terms: tuple[Term, ...]
    own: bool
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Readings of a name, best first; `why` says what put the first one before the second."""

    name: str
    on: date | None
    readings: tuple[Reading, ...]
    why: str

    @property
    def chosen(self) -> Reading | None:
        """The first reading."""
        return self.readings[0] if self.readings else None

    @property
    def runner_up(self) -> Reading | None:
        """The second reading."""
        return self.readings[1] if len(self.readings) > 1 else None


def who(knowledge: Knowledge, name: str, *, on: date | None = None) -> Answer:
    """Who or what the tables and the user's own file know by this name on that day.

    name: as a text gives it: a person, also with title and country before it, a body, group or state, or an office
    alone ("Russian foreign minister").
    """
    name = " ".join(name.split())
    readings = [*_things(knowledge, name, on), *_persons(knowledge, name, on, None, None)]
    if not readings:
        readings = list(_titled(knowledge, name, on))
    once = {(reading.id, reading.kind): reading for reading in reversed(readings)}
    ranked = sorted(once.values(), key=_rank)
    return Answer(name=name, on=on, readings=tuple(ranked), why=_why(ranked, on))


def _things(knowledge: Knowledge, name: str, on: date | None) -> Iterator[Reading]:
    """States, bodies, groups and the like of exactly this name, and actors of the user's file that are no persons."""
    rows = knowledge.own.named(name) if knowledge.own is not None else ()
    if rows and rows[0].kind != "person":
        yield _of_entries([entry_of(row) for row in rows], on)
    bare = name[4:] if name.lower().startswith("the ") else name
    for spelling in dict.fromkeys((name, bare, bare.title(), bare.upper())):
        whole = [hit for hit in knowledge.scan(spelling) if (hit.start, hit.end) == (0, len(spelling))]
        if whole:
            found: dict[tuple[str, str], list[Entry]] = {}
            for entry in whole[0].entries:
                if entry.kind != "person" and not entry.own:
                    found.setdefault((entry.id, entry.kind), []).append(entry)
            for entries in found.values():
                yield _of_entries(entries, on)
            return


def _of_entries(entries: list[Entry], on: date | None) -> Reading:
    terms = tuple(
        Term(
            office=None,
            country=one.country,
            sectors=one.sectors,
            start=one.start,
            end=one.end,
            source=one.source,
            holds=one.holds(on),
        )
        for one in sorted(entries, key=lambda one: one.start or date.min)
    )
    holding = [term for term in terms if term.holds]
    term = holding[-1] if holding else terms[-1]
    return Reading(
        name=entries[0].name,
        id=entries[0].id,
        kind=entries[0].kind,
        match="exact",
        state=_state(term, on),
        country=term.country if holding else (),
        sectors=term.sectors if holding else (),
        term=term,
        terms=terms,
        own=entries[0].own,
    )


def _persons(
    knowledge: Knowledge, name: str, on: date | None, country: str | None, title: str | None
) -> Iterator[Reading]:
    for candidate in knowledge.person(name, on=on, country=country, title=title):
        yield _of_candidate(knowledge, candidate, on)


def _of_candidate(knowledge: Knowledge, candidate: Candidate, on: date | None) -> Reading:
    if candidate.own and knowledge.own is not None:
        rows = knowledge.own.named(candidate.name)
        terms = [_term(replace(candidate, office=row.office, country=row.country, sectors=row.sectors,
                               start=row.start, end=row.end, source=row.where), on) for row in rows]  # fmt: skip
    else:
        terms = [_term(one, on) for one in knowledge.offices.terms(candidate)]
    term = _term(candidate, on)
    deciding = next(
        (
            one
            for one in terms
            if (one.office, one.start, one.source) == (term.office, term.start, term.source)
        ),
        term,
    )
    return Reading(
        name=candidate.name,
        id=candidate.person,
        kind="person",
        match=candidate.match,
        state=_state(deciding, on),
        country=candidate.country,
        sectors=candidate.sectors,
        term=deciding,
        terms=tuple(terms),
        own=candidate.own,
        score=candidate.score,
    )


def _term(candidate: Candidate, on: date | None) -> Term:
    start, end = candidate.start, candidate.end
    return Term(
        office=candidate.office,
        country=candidate.country,
        sectors=candidate.sectors,
        start=start,
        end=end,
        source=candidate.source,
        holds=on is None or ((start is None or start <= on) and (end is None or on <= end)),
    )


def _titled(knowledge: Knowledge, name: str, on: date | None) -> Iterator[Reading]:
    """A name with title and country before it, or an office and its country alone."""
    words = name.split()
    hit = next((one for one in knowledge.scan(name) if len(one.entries[0].country) == 1), None)
    country = hit.entries[0].country[0] if hit is not None else None
    for cut in range(1, min(len(words), LONGEST_TITLE + 1)):
        title = knowledge.office_key(" ".join(words[:cut]))
        if title is not None or cut == 1:
            found = list(_persons(knowledge, " ".join(words[cut:]), on, country, title))
            if found and title is not None:
                yield from found
                return
    office = knowledge.office_key(name)
    if office is not None and country is not None:
        for candidate in knowledge.holder(office, country, on):
            yield _of_candidate(knowledge, candidate, on)
    elif hit is not None and country is not None:
        rest = f"{name[: hit.start].removesuffix('the ')} {name[hit.end :]}".replace("'s ", " ").strip()
        body = knowledge.body(rest.removesuffix(" of").strip())
        if body is not None:
            state = knowledge.country(country)
            yield _of_entries(
                [
                    Entry(
                        id=f"{body.key}.{country.lower()}",
                        name=body.name_template.replace("{country}", state.name),
                        kind="organisation",
                        country=(country,),
                        sectors=body.sectors,
                        form=None,
                        wikidata=None,
                        start=None,
                        end=None,
                        source=f"{body.source}, {hit.entries[0].source}",
                    )
                ],
                on,
            )


def _state(term: Term, on: date | None) -> str:
    if on is None or (term.start is None and term.end is None):
        return "undated"
    if term.holds:
        return "in term"
    return "left" if term.end is not None and term.end < on else "to come"


def _rank(reading: Reading) -> tuple[bool, bool, bool, float, int, str, str]:
    """Own rows in term first; then what has the whole name and holds; of persons the better score; then by kind."""
    thing = reading.score is None
    out = reading.state in ("left", "to come") if thing else reading.state == "to come"
    return (
        not (reading.own and not out),
        thing and out,
        not (thing or reading.match in WHOLE),
        -(reading.score or 0.0) if not thing else -9.0,
        RANK.get(reading.kind, len(RANK)),
        reading.name,
        reading.id,
    )


def _why(readings: list[Reading], on: date | None) -> str:
    """The reason for the first reading, and what the second lacks."""
    if not readings:
        return "no table knows the name"
    first = readings[0]
    parts = [f"your own file has it ({first.term.source})" if first.own else f"found in {first.term.source}"]
    parts.append(_match(first.match))
    if first.term.start or first.term.end:
        parts.append(_standing(first, on))
    if len(readings) > 1:
        parts.append(f"before {readings[1].name}: {_against(first, readings[1])}")
    return "; ".join(parts)


def _match(match: str) -> str:
    return MATCHES.get(match, f"only like it, {match.partition(':')[2]} of 1")


def _standing(reading: Reading, on: date | None) -> str:
    office = f"{reading.term.office}, " if reading.term.office else ""
    span = f"{office}{reading.term.start or '?'} to {reading.term.end or 'now'}"
    if reading.state == "in term":
        return f"holds on {on} ({span})"
    if reading.state == "left":
        return f"ended before {on} ({span})"
    if reading.state == "to come":
        return f"begins after {on} ({span})"
    return f"no day was asked for, so the latest term counts ({span})"


def _against(first: Reading, second: Reading) -> str:
    if first.own and not second.own:
        return "your own file wins"
    if first.match in WHOLE and second.match not in WHOLE:
        return f"of that one {_match(second.match)}"
    if first.state in ("in term", "undated") and second.state in ("left", "to come"):
        return "that one does not hold on the day"
    if first.score is None and second.score is None:
        return f"a name of a {first.kind} comes before that of a {second.kind}"
    if first.score is None:
        return f"a {first.kind} of this name comes before a person of whom {_match(second.match)}"
    if second.score is not None and first.score > second.score:
        return f"office, country and table speak more for the first ({first.score:g} to {second.score:g})"
    return "nothing tells the two apart but the order of names"
