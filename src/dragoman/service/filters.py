"""Which rows are meant: parameters become conditions in SQL, and what the user gave is bound, never written into them.

The tables are named `e` (events), `s` (statements) and `d` (documents). A condition has the name of its parameter, so
that a facet can leave out its own.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BeforeValidator, Field, field_validator

from dragoman.records import StanceValue
from dragoman.service.parameters import (
    Asked,
    Codes,
    Contexts,
    Countries,
    Day,
    Modes,
    Names,
    Types,
    choices,
    fault,
    one_of,
)

# The tables below the views `events` and `documents`: to plan a view that puts records together takes 5 ms each time.
EVENTS: Final = "event_rows e LEFT JOIN document_rows d ON d.id = e.document"
STATEMENTS: Final = "statements s LEFT JOIN document_rows d ON d.id = s.document"
EVENT_DAY: Final = "e.day"
STATEMENT_DAY: Final = "s.day"
_OF_DOCUMENT: Final = re.compile(r"\bd\.")
STATUSES: Final = {
    "happened": "e.happened",
    "negated": "e.polarity = 'negated'",
    "future": "e.realis = 'future'",
    "hypothetical": "e.realis = 'hypothetical'",
    "historical": "e.realis = 'historical'",
    "uncertain": "e.certainty <> 'certain'",
    "any": "true",
}
MOST_WORDS: Final = 12
_PARTS: Final = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL that must hold, and the values of its $names."""

    sql: str
    values: dict[str, Any]


def needed(tables: str, condition: str) -> str:
    """The tables without the documents, where a condition does not speak of them: the join is half the work."""
    first, _, joined = tables.partition(" LEFT JOIN ")
    return tables if joined and _OF_DOCUMENT.search(condition) else first


class Where(dict[str, Condition]):
    """Conditions by the name of their parameter."""

    def sql(self, without: Collection[str] = ()) -> str:
        """All of them in one."""
        return " AND ".join(f"({one.sql})" for name, one in self.items() if name not in without) or "true"

    def bound(self, without: Collection[str] = ()) -> dict[str, Any]:
        """What is bound to their names."""
        return {
            key: value
            for name, one in self.items()
            if name not in without
            for key, value in one.values.items()
        }


Statuses = Annotated[
    list[str],
    BeforeValidator(one_of(lambda: STATUSES, "status")),
    Field(json_schema_extra=choices(tuple(STATUSES))),
]
QUADS: Final = ("1", "2", "3", "4")
Quads = Annotated[
    list[str], BeforeValidator(one_of(lambda: QUADS, "quad")), Field(json_schema_extra=choices(QUADS))
]
KINDS: Final = ("direct", "indirect", "mixed")
Kinds = Annotated[
    list[str], BeforeValidator(one_of(lambda: KINDS, "kind")), Field(json_schema_extra=choices(KINDS))
]


SIDES: Final[tuple[str, ...]] = get_args(StanceValue)
Sides = Annotated[
    list[str], BeforeValidator(one_of(lambda: SIDES, "side")), Field(json_schema_extra=choices(SIDES))
]


class EventFilter(Asked):
    """The filters that events, facets, series, map and network share."""

    q: Names = Field([], description='Words of the sentence, all of them; "next to each other"; pension*')
    scope: Literal["sentence", "article"] = Field("sentence", description="Where `q` looks")
    party: Names = Field([], description="Part of the name, or the id, of an actor or a recipient")
    actor: Names = Field([], description="The same, of an actor")
    recipient: Names = Field([], description="The same, of a recipient")
    country: Countries = Field([], description="Country of an actor or a recipient", examples=[["KEN"]])
    actor_country: Countries = Field([], description="Country of an actor")
    recipient_country: Countries = Field(
        [], description="Country of a recipient; with actor_country: the dyad"
    )
    place: Countries = Field([], description="Country in which it took place")
    type: Types = Field([], description="PLOVER type", examples=[["PROTEST", "ASSAULT"]])
    mode: Modes = Field([], description="PLOVER mode, with its type or without", examples=[["PROTEST/demo"]])
    context: Contexts = Field([], description="PLOVER context")
    quad: Quads = Field([], description="1, 2: verbal, material cooperation; 3, 4: verbal, material conflict")
    first: Day = Field(None, alias="from", description="First day", examples=["2023-01-01"])
    until: Day = Field(None, description="Last day", examples=["2023-12-31"])
    status: Statuses = Field(["happened"], description="Affirmed, actual and certain acts, or others, or any")
    min_confidence: float | None = Field(None, ge=0, le=1, description="Least confidence")
    publisher: Names = Field([], description="Who published the article, exactly")
    document: Codes = Field([], description="Id of the article")
    copies: bool = Field(False, description="Count an article as often as it was printed")

    @field_validator("q")
    @classmethod
    def _not_too_many(cls, value: list[str]) -> list[str]:
        return few_words(value)

    def where(self) -> Where:
        """The conditions."""
        found = Where()
        article = self.scope == "article"
        found |= words_in("q", self.q, "d.text" if article else "e.sentence_text")
        for name, sides in (
            ("party", "list_concat(e.actors, e.recipients)"),
            ("actor", "e.actors"),
            ("recipient", "e.recipients"),
        ):
            found |= named(name, getattr(self, name), sides)
        found |= any_of("country", self.country, ("e.actor_countries", "e.recipient_countries"))
        found |= self._dyad()
        found |= among("place", self.place, "e.place_country")
        found |= among("type", self.type, "e.type")
        found |= self._modes()
        found |= any_of("context", self.context, ("e.contexts",))
        found |= among("quad", [int(one) for one in self.quad], "e.quad")
        found |= days(self.first, self.until, EVENT_DAY)
        if "any" not in self.status:
            chosen = self.status or ["happened"]
            found["status"] = Condition(" OR ".join(STATUSES[one] for one in chosen), {})
        if self.min_confidence is not None:
            found["min_confidence"] = Condition(
                "e.confidence >= $min_confidence", {"min_confidence": self.min_confidence}
            )
        found |= among("publisher", self.publisher, "d.publisher")
        found |= among("document", self.document, "e.document")
        if not self.copies:
            found["copies"] = Condition("e.document NOT IN (SELECT document FROM copies)", {})
        return found

    def _dyad(self) -> Where:
        """Both countries given: who to whom, as the network counts it; also of acts that parties do together."""
        if self.actor_country and self.recipient_country:
            pair = "list_contains($actor_country, p.actor) AND list_contains($recipient_country, p.recipient)"
            values = {"actor_country": self.actor_country, "recipient_country": self.recipient_country}
            return Where(dyad=Condition(f"len(list_filter(e.dyads, lambda p: {pair})) > 0", values))
        found = any_of("actor_country", self.actor_country, ("e.actor_countries",))
        found |= any_of("recipient_country", self.recipient_country, ("e.recipient_countries",))
        return found

    def _modes(self) -> Where:
        sql, values = [], {}
        for n, one in enumerate(self.mode):
            kind, _, mode = one.rpartition("/")
            values[f"mode_{n}"] = mode
            if kind:
                values[f"mode_type_{n}"] = kind
            of_type = f" AND e.type = $mode_type_{n}" if kind else ""
            sql.append(f"(list_contains(e.modes, $mode_{n}){of_type})")
        return Where(mode=Condition(" OR ".join(sql), values)) if sql else Where()


class DocumentFilter(Asked):
    """Which articles."""

    q: Names = Field([], description="Words of text and title, all of them")
    title: Names = Field([], description="Part of the title")
    publisher: Names = Field([], description="Who published it, exactly")
    first: Day = Field(None, alias="from", description="First day of publication", examples=["2023-01-01"])
    until: Day = Field(None, description="Last day of publication")
    country: Countries = Field([], description="Country of an actor or a recipient of one of its events")
    type: Types = Field([], description="PLOVER type of one of its events")
    copies: bool = Field(False, description="Copies, too")

    @field_validator("q")
    @classmethod
    def _not_too_many(cls, value: list[str]) -> list[str]:
        return few_words(value)

    def where(self) -> Where:
        """The conditions."""
        found = words_in("q", self.q, "d.text")
        found |= parts_of("title", self.title, "d.title")
        found |= among("publisher", self.publisher, "d.publisher")
        found |= days(self.first, self.until, "d.published_day")
        inner = any_of("country", self.country, ("e.actor_countries", "e.recipient_countries"))
        inner |= among("type", self.type, "e.type")
        if inner:
            sql = f"d.id IN (SELECT e.document FROM event_rows e WHERE {inner.sql()})"
            found["events"] = Condition(sql, inner.bound())
        if not self.copies:
            found["copies"] = Condition("d.id NOT IN (SELECT document FROM copies)", {})
        return found


class StatementFilter(Asked):
    """Which statements."""

    q: Names = Field([], description="Words of what is said and of its sentence, all of them")
    speaker: Names = Field([], description="Part of a speaker's name, or the id")
    country: Countries = Field([], description="Country of a speaker")
    addressee: Names = Field([], description="Part of an addressee's name, or the id")
    kind: Kinds = Field([], description="How it is told")
    stance: Sides = Field([], description="The side that the speaker takes")
    target: Names = Field(
        [], description="Towards whom: part of the name; with `stance`, both hold of one side taken"
    )
    first: Day = Field(None, alias="from", description="First day of speaking, else of publication")
    until: Day = Field(None, description="Last day")
    min_confidence: float | None = Field(None, ge=0, le=1, description="Least confidence")
    publisher: Names = Field([], description="Who published the article, exactly")
    document: Codes = Field([], description="Id of the article")
    copies: bool = Field(False, description="Statements of copies, too")

    @field_validator("q")
    @classmethod
    def _not_too_many(cls, value: list[str]) -> list[str]:
        return few_words(value)

    def where(self) -> Where:
        """The conditions."""
        found = words_in("q", self.q, "concat(s.content, ' ', s.sentence_text)")
        found |= named("speaker", self.speaker, "s.speakers")
        countries = "flatten(list_transform(s.speakers, lambda p: p.country))"
        found |= any_of("country", self.country, (countries,))
        found |= named("addressee", self.addressee, "s.addressees")
        found |= among("kind", self.kind, "s.kind")
        found |= self._side()
        found |= days(self.first, self.until, STATEMENT_DAY)
        if self.min_confidence is not None:
            found["min_confidence"] = Condition(
                "s.confidence >= $min_confidence", {"min_confidence": self.min_confidence}
            )
        found |= among("publisher", self.publisher, "d.publisher")
        found |= among("document", self.document, "s.document")
        if not self.copies:
            found["copies"] = Condition("s.document NOT IN (SELECT document FROM copies)", {})
        return found

    def _side(self) -> Where:
        sides = among("stance", self.stance, "p.value")
        sides |= parts_of("target", self.target, "p.target")
        if not sides:
            return Where()
        return Where(
            side=Condition(f"len(list_filter(s.stance, lambda p: {sides.sql()})) > 0", sides.bound())
        )


def few_words(value: list[str]) -> list[str]:
    """Words and phrases, not so many that a search takes for ever."""
    if len(list(_terms(value))) > MOST_WORDS:
        raise fault("that is too many words", f"Give {MOST_WORDS} at most, or put them into quotation marks")
    return value


def words_in(name: str, given: Sequence[str], text: str) -> Where:
    """All these words and phrases stand in the text, in any case.

    The quick look for the letters spares the slow look for whole words where they are not there at all.
    """
    sql: list[str] = []
    values: dict[str, Any] = {}
    for n, term in enumerate(_terms(given)):
        letters = term.rstrip("*")
        values |= {f"{name}_{n}": letters, f"{name}_word_{n}": _pattern(letters, prefix=term.endswith("*"))}
        sql.append(
            f"contains(lower({text}), lower(${name}_{n})) AND regexp_matches({text}, ${name}_word_{n})"
        )
    return Where({name: Condition(" AND ".join(sql), values)}) if sql else Where()


def _terms(given: Sequence[str]) -> Iterator[str]:
    for one in given:
        for phrase, word in _PARTS.findall(one):
            term = (phrase or word).strip().strip('"')
            if term.strip("* "):
                yield term


def _pattern(letters: str, *, prefix: bool) -> str:
    """In RE2, whose own word ends know only ASCII."""
    spaced = r"\s+".join(_literal(word) for word in letters.split())
    return rf"(?i)(^|[^\pL\pN]){spaced}" + ("" if prefix else r"($|[^\pL\pN])")


def _literal(word: str) -> str:
    return "".join(letter if letter.isalnum() else rf"\x{{{ord(letter):x}}}" for letter in word)


def named(name: str, given: Sequence[str], parties: str) -> Where:
    """One of the parties has such a part in its name, or this id."""
    sql = [f"contains(lower(p.name), lower(${name}_{n})) OR p.id = ${name}_{n}" for n in range(len(given))]
    if not sql:
        return Where()
    values = {f"{name}_{n}": one for n, one in enumerate(given)}
    return Where({name: Condition(f"len(list_filter({parties}, lambda p: {' OR '.join(sql)})) > 0", values)})


def parts_of(name: str, given: Sequence[str], column: str) -> Where:
    """The column holds one of these, in any case."""
    sql = " OR ".join(f"contains(lower({column}), lower(${name}_{n}))" for n in range(len(given)))
    return (
        Where({name: Condition(sql, {f"{name}_{n}": one for n, one in enumerate(given)})}) if sql else Where()
    )


def any_of(name: str, given: Sequence[str], columns: Sequence[str]) -> Where:
    """One of these stands in one of the lists."""
    sql = " OR ".join(
        f"list_contains({column}, ${name}_{n})" for n in range(len(given)) for column in columns
    )
    return (
        Where({name: Condition(sql, {f"{name}_{n}": one for n, one in enumerate(given)})}) if sql else Where()
    )


def among(name: str, given: Sequence[Any], column: str) -> Where:
    """The column is one of these."""
    if not given:
        return Where()
    return Where({name: Condition(f"list_contains(${name}, {column})", {name: list(given)})})


def days(first: Any, until: Any, column: str) -> Where:
    """The day lies between, both included."""
    found = Where()
    if first is not None:
        found["from"] = Condition(f"{column} >= $from_day", {"from_day": first})
    if until is not None:
        found["until"] = Condition(f"{column} <= $until_day", {"until_day": until})
    return found
