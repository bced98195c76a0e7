"""Role nouns and bodies: what "deputy foreign minister", "gunmen" or "the interior ministry" stand for anywhere."""

import re
import tomllib
from dataclasses import dataclass, replace
from typing import Any, Literal

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import DATA

RoleKind = Literal["person", "organisation", "crowd", "group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a role noun or title says of whoever carries it.

    key: canonical words ("foreign minister"); office_key: the office of the table of terms that it names, or None;
    deputy: "deputy foreign minister" is not the holder of the office; former: "ex-president";
    country_default: the country where only one has such a thing ("congressman" → USA); source: table row.
    words: how many at the end of the phrase the row covers ("military officials" two).
    """

    key: str
    sectors: tuple[str, ...]
    kind: RoleKind
    office_key: str | None = None
    country_default: str | None = None
    deputy: bool = False
    former: bool = False
    source: str = ""
    words: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organ that every country has.

    name_template: canonical name with "{country}" ("Ministry of Foreign Affairs of {country}");
    country_default: as in Role.
    """

    key: str
    name_template: str
    sectors: tuple[str, ...]
    kind: RoleKind = "organisation"
    country_default: str | None = None
    source: str = ""


# Role nouns that say less than the body before them, and crowds that lend their sector all the same.
BORROWERS = frozenset(
    {"spokesperson", "leader", "officer", "government official", "politician", "authorities"}
)
LENDERS = frozenset({"soldier", "police", "student", "doctor", "worker", "farmer", "protester"})
_SPACE = re.compile(r"[\s-]+")
_ELI_PREFIXES = frozenset({"former", "ex", "late", "onetime", "deposed", "ousted", "exiled"})
_DEPUTY = frozenset({"deputy", "vice", "assistant", "associate", "junior", "under"})


def singular(word: str) -> str:
    """The singular of a regular English plural; the word itself where it is none ("police", "press")."""
    if word.endswith("men") and len(word) > 4 and word not in {"women", "men", "specimen"}:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")):
        return word[:-1]
    return word


def _words(phrase: str) -> str:
    plain = phrase.lower().replace("’", "'").replace("defense", "defence").replace(".", "")
    return _SPACE.sub(" ", plain).strip(" ,;:")


def _possessive_off(phrase: str) -> str:
    return phrase.removesuffix("'s").removesuffix("'")


class Roles:
    """The tables roles.toml and bodies.toml, looked up by phrase."""

    def __init__(self) -> None:
        self.roles: dict[str, Role] = {}
        self.bodies: dict[str, Body] = {}
        for row in _table("roles.toml", "role"):
            self._add_role(row)
        for row in _table("bodies.toml", "body"):
            body = Body(
                key=row["key"],
                name_template=row["name"],
                sectors=tuple(row["sectors"]),
                country_default=row.get("country"),
                source=f"bodies.toml:{row['key']}",
            )
            for name in (row["key"], *row.get("names", ())):
                self.bodies.setdefault(_words(name), body)

    def _add_role(self, row: dict[str, Any]) -> None:
        role = Role(
            key=row["key"],
            sectors=tuple(row["sectors"]),
            kind=row.get("kind", "person"),
            office_key=row.get("office"),
            country_default=row.get("country"),
            source=f"roles.toml:{row['key']}",
        )
        for name in (row["key"], *row.get("names", ())):
            self.roles.setdefault(_words(name), role)

    def role(self, phrase: str) -> Role | None:
        """The role that a noun, title or noun phrase names: longest known ending; None where none is known.

        "former deputy foreign ministers of Russia" → foreign minister, former, deputy. Words that say nothing of
        the office ("senior", "acting") are passed over.
        """
        words = _possessive_off(_words(phrase))
        head = re.split(r" (?:of|for|in|from|at|to|who|with) ", words, maxsplit=1)[0]
        for candidate in dict.fromkeys((words, head)):
            found = self._ending(candidate.split())
            if found is not None:
                return found
        return None

    def _ending(self, words: list[str]) -> Role | None:
        for start in range(len(words)):
            tail = words[start:]
            one = " ".join([*tail[:-1], singular(tail[-1])])
            role = self.roles.get(" ".join(tail)) or self.roles.get(one)
            if role is None:
                # "ministers of foreign affairs": the plural stands before the "of"
                role = self.roles.get(" ".join([singular(tail[0]), *tail[1:]]))
            if role is not None:
                role = replace(role, words=len(tail))
                return self._of_body(_modified(role, words[:start]), words[:start])
        return None

    def _of_body(self, role: Role, before: list[str]) -> Role:
        """A "rebel commander" is of the rebels and an "army spokesman" of the army, whatever stands before."""
        if role.former or role.key not in BORROWERS or not before:
            return role
        for start in range(len(before)):
            tail = " ".join([*before[start:-1], singular(before[-1])])
            body, owner = self.bodies.get(" ".join(before[start:])), self.roles.get(tail)
            sectors = body.sectors if body else owner.sectors if owner and owner.kind != "crowd" else ()
            if owner is not None and owner.key in LENDERS:
                sectors = owner.sectors
            if sectors and sectors != ("CVL",) and (not role.sectors or "GOV" not in sectors):
                return replace(role, sectors=sectors, office_key=None)
        return role

    def body(self, phrase: str) -> Body | None:
        """The body that a noun phrase names: one of the table, or any ministry or department."""
        words = _possessive_off(_words(phrase)).removeprefix("the ")
        body = self.bodies.get(words)
        if body is not None:
            return body
        words_list = words.split()
        if len(words_list) > 1:
            one = self.bodies.get(" ".join([*words_list[:-1], singular(words_list[-1])]))
            if one is not None:
                return one
        return _ministry(words)


_MINISTRY_OF = re.compile(r"^(?P<kind>ministry|department|ministries) (?:of|for) (?P<what>[a-z ,&']+)$")
_MINISTRY = re.compile(r"^(?P<what>[a-z ,&']+) (?P<kind>ministry|department)$")
_NOT_MINISTRIES = frozenset(
    {"police", "fire", "sheriff's", "sheriffs", "emergency", "this", "that", "each", "every", "one"}
)
_SMALL = frozenset({"of", "and", "for", "the", "in"})


def _ministry(words: str) -> Body | None:
    match = _MINISTRY_OF.match(words) or _MINISTRY.match(words)
    if match is None or match["what"].split()[-1] in _NOT_MINISTRIES:
        return None
    what = " ".join(word if word in _SMALL else word.capitalize() for word in match["what"].split())
    kind = "Department" if match["kind"] == "department" else "Ministry"
    key = f"{kind.lower()} of {match['what']}"
    name = f"{kind} of {what} of {{country}}"
    return Body(key=key, name_template=name, sectors=("GOV",), source="roles.py:ministry")


def _modified(role: Role, before: list[str]) -> Role:
    """The role as the words before it change it: former, deputy, of the opposition."""
    if _ELI_PREFIXES & set(before) and role.kind == "person":
        return replace(role, former=True, sectors=("ELI",))
    if _DEPUTY & set(before):
        return replace(role, deputy=True)
    if "opposition" in before and "OPP" not in role.sectors:
        return replace(role, sectors=(*role.sectors, "OPP"))
    return role


def _table(name: str, key: str) -> list[dict[str, Any]]:
    try:
        body: list[dict[str, Any]] = tomllib.loads((DATA / name).read_text("utf-8"))[key]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise KnowledgeError(
            f"cannot be read ({error})",
            where=f"knowledge/data/{name}",
            do="Mend the row it names, or reinstall",
        ) from error
    return body
