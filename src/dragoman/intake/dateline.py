"""Finds the dateline a paragraph begins with ("BEIJING (Reuters) - ") and what it says.

A dateline is a head of known parts (a place, its region, a day, an agency) before a dash, a colon or nothing.
Every part must be known for what it is, or the paragraph is left alone: "Russia – China trade grew" has a
head that could be a place, but a short dash joins names, and only a long one opens a story.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.intake.published import MONTH, WEEKDAY, day_in

HEAD_CHARACTERS = 120  # the longest dateline, with region, day and two agencies, has about 90
_DASH = re.compile(r"\s*(?:—|--+|–|―)\s*|\s+-\s+|(?<=\))\s*-\s*")
_COLON = re.compile(r"\s*[:|]\s+")
_NOTHING = re.compile(r"(?<=[)\]])\s*(?=[A-Z\"“‘'])")
_SLASHES = re.compile(r"\.?\s*/(?P<agency>[A-Z][\w -]{1,30})/[.:]?\s*(?:[-–—]\s*)?")
_BRACKETS = re.compile(r"\(([^()]{1,60})\)|\[([^\[\]]{1,60})\]")
_DAY_OF_MONTH = rf"(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH})(?:,? \d{{4}})?"
_DAY = re.compile(rf"(?:{WEEKDAY},? ?)?{_DAY_OF_MONTH}|{WEEKDAY}|\d{{4}}-\d\d-\d\d", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’`-][^\W\d_]+)*\.?")
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_AGENCY_SPLIT = re.compile(r"\s*[/,]\s*|\s+(?:and|via|with)\s+")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says; `end` is where the text proper begins. place: as written, region included."""

    end: int
    place: str | None
    published: str | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class _Names:
    agencies: frozenset[str]
    not_places: frozenset[str]
    particles: frozenset[str]
    not_first: frozenset[str]


@cache
def _names() -> _Names:
    table = tomllib.loads(files("dragoman.intake").joinpath("data/datelines.toml").read_text("utf-8"))
    return _Names(
        agencies=frozenset(table["agencies"]),
        not_places=frozenset(table["not_places"]),
        particles=frozenset(table["particles"]),
        not_first=frozenset(table["not_first"]),
    )


@dataclass(slots=True)
class _Head:
    """The parts found before the separator."""

    place: str | None = None
    capitals: bool = False  # the place is written in capitals
    day: str | None = None  # words of the day, with or without a year
    agency: str | None = None


def dateline(paragraph: str) -> Dateline | None:
    """Find the dateline a paragraph begins with, or None.

    A day is given only where the dateline has its year. Several dashes are tried from the left.
    """
    front = paragraph[:HEAD_CHARACTERS]
    for kind, form in (("slashes", _SLASHES), ("dash", _DASH), ("nothing", _NOTHING), ("colon", _COLON)):
        for hit in form.finditer(front):
            text = front[: hit.start()]
            rest = paragraph[hit.end() :]
            head = _head(text)
            if kind == "slashes" and head is not None:
                head.agency = hit.group("agency")
            if head is not None and _begins_sentence(rest) and _is_dateline(head, kind, hit.group(), rest):
                day = day_in(text) if head.day else None
                return Dateline(hit.end(), head.place, day, head.agency)
    return None


def _begins_sentence(rest: str) -> bool:
    start = rest.lstrip("\"“‘'(")[:1]
    return bool(start) and (start.isupper() or start.isdigit())


def _is_dateline(head: _Head, kind: str, separator: str, rest: str) -> bool:
    """Say whether the parts found are enough, for this separator, to be sure."""
    if kind in {
        "slashes",
        "nothing",
    }:  # "(CNN) The", "MOSCOW, June 24. /TASS/. The"
        in_place = head.place is None or head.capitals or head.day is not None or kind == "slashes"
        return head.agency in _names().agencies and in_place
    if head.agency or (head.day and head.place):
        return True
    if head.day and head.place is None:
        return False  # "June 24 — The" begins a list or a chronicle
    if kind == "colon":
        return head.capitals and rest[:1] not in "\"“‘'"  # a name before a quotation is its speaker's
    if head.capitals:
        return True
    # "Washington — President Biden said": only the longest dash (a shorter one joins names), and no
    # second one that would close an insertion.
    return separator.strip() in {"—", "--", "―"} and _DASH.search(rest.split(". ")[0]) is None


def _head(text: str) -> _Head | None:
    """Tell the parts of a head apart; None if one of them is none of place, region, day or agency."""
    names = _names()
    head = _Head()
    for hit in _BRACKETS.finditer(text):
        inside = (hit.group(1) or hit.group(2)).strip()
        first = _AGENCY_SPLIT.split(inside)[0]
        if _DAY.fullmatch(inside):
            head.day = inside
        elif inside in names.agencies or first in names.agencies:
            head.agency = inside if inside in names.agencies else first
        elif _ACRONYM.fullmatch(inside):
            head.agency = inside  # a small agency of initials
        elif _is_name(inside) is None:
            return None
    plain = _BRACKETS.sub("", text).strip(" .,")
    day = _DAY.search(plain)
    if day is not None:
        head.day = head.day or day.group()
        plain = plain[: day.start()].strip(" .,") + ", " + plain[day.end() :].strip(" .,")
    parts = [part.strip(" .") for part in plain.split(",") if part.strip(" .")]
    place: list[str] = []
    for part in parts:
        if part in names.agencies and head.agency is None:
            head.agency = part
        elif _YEAR.fullmatch(part) and head.day:
            head.day += f", {part}"
        elif _is_name(part) is not None and len(place) < 3:
            place.append(part)
        else:
            return None
    if not place:
        return head if head.agency or head.day else None
    first, last = place[0], place[-1].rsplit(" ", 1)
    if len(last) == 2 and last[1] in names.agencies and head.agency is None:  # "Kyiv CNN —"
        place[-1], head.agency = last
        first = place[0]
    if not _is_place(first) or (first.startswith("The ") and head.agency is None):
        return None
    head.place = ", ".join(place)
    head.capitals = _is_name(first) == "capitals" and (
        len(first) > 3 or len(place) > 1 or head.day is not None or head.agency is not None
    )
    if _is_name(first) == "capitals" and not head.capitals:
        return None  # "UN — The", "US - China": an abbreviation, not a town
    return head


def _is_place(text: str) -> bool:
    names = _names()
    return text not in names.not_places and text.split()[0] not in names.not_first


def _is_name(text: str) -> str | None:
    """Say how a name is written: "capitals" (every word), "capitalised", or None if it is no name."""
    words = text.replace("/", " ").split()
    if not 1 <= len(words) <= 6 or not all(_WORD.fullmatch(word) for word in words):
        return None
    if all(word == word.upper() for word in words):
        return "capitals"
    particles = _names().particles
    if (words[0][0].isupper() and len(words) <= 4) and all(
        word[0].isupper() or word in particles or word.split("-")[0] in particles for word in words
    ):
        return "capitalised"
    return None
