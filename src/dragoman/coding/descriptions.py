"""What a description says of whoever carries it: "deputy foreign minister", "elite police unit", "gunmen"."""

from dataclasses import dataclass, replace
from typing import Protocol

from dragoman.coding.wordlists import Words
from dragoman.knowledge import Body, Role
from dragoman.records import ActorKind

# Words at the end of a phrase that a table row may cover.
LONGEST_ROW = 5
MOST_KNOWN = 20_000  # phrases remembered: about 10 MB
MINISTRIES = frozenset({"ministry", "ministries", "department"})
# Rows of ranks and forms of address, which stand behind an office without changing it ("Prime Minister General").
RANKS = frozenset({"officer", "cleric", "student", "doctor"})


class Tables(Protocol):
    """The part of the knowledge base that knows role nouns and bodies."""

    def role(self, phrase: str) -> Role | None:
        """The role that a phrase names, or None."""

    def body(self, phrase: str) -> Body | None:
        """The body that a phrase names, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A role noun or body as the tables give it.

    template: canonical name with "{country}", for bodies; office_key: the office of which a term table may
    know the holder; relational: it is whatever its owner is ("spokesman of …"); source: the table row.
    """

    key: str
    sectors: tuple[str, ...]
    kind: ActorKind
    template: str | None = None
    office_key: str | None = None
    country_default: str | None = None
    former: bool = False
    relational: bool = False
    source: str = ""


class Describer:
    """Reads descriptions, remembering what it has read: news repeats itself from text to text."""

    def __init__(self, tables: Tables, words: Words) -> None:
        self._tables = tables
        self._words = words
        self._known: dict[str, Description | None] = {}

    def describe(self, phrase: str) -> Description | None:
        """What the phrase says, or None where the tables know none of its words.

        Of the table rows that fit the end of the phrase the longest counts; of a body and a role the body.
        """
        key = phrase.lower().strip()
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        if key not in self._known:
            self._known[key] = self._read(key) if key else None
        return self._known[key]

    def title(self, name: str) -> Description | None:
        """What a capitalised title says that stands as a name ("the Supreme Leader"); None for any other name."""
        words = name.replace("-", " ").split()
        role = self._tables.role(name) if len(words) > 1 else None
        return self.describe(name) if role is not None and role.words == len(words) else None

    def _read(self, phrase: str) -> Description | None:
        found = self._by_end(phrase)
        if found is not None and (found.sectors or found.former or " " not in phrase):
            return found
        words = phrase.split(" of ")[0].split(" for ")[0].split()
        standing = self._words.stands_for(words[-1]) if words else None
        # "rebel roadblock", "government buildings": what stands before an unknown noun says whose it is.
        for end in range(len(words) - 1, 0, -1):
            owner = self._by_end(" ".join(words[:end]))
            if owner is not None and owner.sectors:
                if found is not None:
                    # "government spokesman": the noun has no sector of its own
                    return replace(found, sectors=owner.sectors)
                return replace(owner, kind="unknown", template=None, office_key=None, relational=False)
        if found is not None or standing is None:
            return found
        return Description(
            key=words[-1], sectors=standing.sectors, kind=standing.kind, source=f"actors.toml:{words[-1]}"
        )

    def _by_end(self, phrase: str) -> Description | None:
        role = self._role(phrase)
        body = self._longest_body(phrase)
        head = phrase.split(" of ")[0].split(" for ")[0].split()[-1:]
        relational = bool(head) and head[0] in self._words.relational
        if relational and role is not None and role != self._tables.role(head[0]):
            relational = False  # "opposition leader", "rebel commander": the whole is a row of its own
        if role is not None and relational and not role.sectors:
            # "leaders of political parties", where the text does not name an owner
            behind = self._tables.role(phrase)
            role = replace(role, sectors=behind.sectors) if behind is not None else role
        length = role.words if role is not None else 0
        if body is not None and (role is None or len(body[0]) >= length or role.kind == "organisation"):
            if role is not None and role.former:
                return _of_role(role, relational)
            row = body[1]
            return Description(
                key=row.key,
                sectors=row.sectors,
                kind=row.kind,
                template=row.name_template,
                country_default=row.country_default,
                relational=relational,
                source=row.source,
            )
        return _of_role(role, relational) if role is not None else None

    def _role(self, phrase: str) -> Role | None:
        """The role of the noun, not of its complement ("rebels of the … Army"), nor of a rank behind an office."""
        role = self._tables.role(phrase)
        if role is None:
            return None
        noun, of, behind = phrase.partition(" of ")
        if of and role.words <= len(behind.split()):
            return self._tables.role(noun) or role
        words = phrase.split()
        if role.key in RANKS and len(words) > role.words:
            office = self._tables.role(" ".join(words[: -role.words]))
            if office is not None and office.office_key is not None:
                return office
        return role

    def _longest_body(self, phrase: str) -> tuple[list[str], Body] | None:
        words = phrase.split()
        head = next((at for at, word in enumerate(words) if at and word in ("of", "for")), len(words)) - 1
        made = None
        for first in range(max(0, len(words) - LONGEST_ROW), head + 1):
            tail = words[first:]
            body = self._tables.body(" ".join(tail))
            if body is None:
                continue
            # "embattled foreign ministry": a row of the table beats a name made by the pattern of ministries.
            if body.source != "roles.py:ministry":
                return tail, body
            if words[head] in MINISTRIES:
                made = made or (tail, body)
        return made


def _of_role(role: Role, relational: bool) -> Description:
    return Description(
        key=role.key,
        sectors=role.sectors,
        kind=role.kind,
        office_key=None if role.deputy else role.office_key,
        country_default=role.country_default,
        former=role.former,
        relational=relational,
        source=role.source,
    )
