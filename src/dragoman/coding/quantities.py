"""The numbers of a sentence: how many of what, and what the words around the number leave open."""

import re
import tomllib
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}

PIECE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d]+(?:['’][^\W\d]+)*|[^\w\s]")
MONEY = re.compile(
    r"(?P<sign>(?:US|A|C|NZ|HK|CA|AU|S)?[$€£¥₹₽₪]|(?:USD|EUR|GBP|RMB|CAD|AUD)\s)\s?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:[\s-]?(?P<scale>thousand|million|billion|trillion|bn|mn|tn|[mbk])\b)?"
)


class Piece(NamedTuple):
    """A word or sign of the sentence, offsets in code points of the text."""

    start: int
    end: int
    lower: str
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it leaves open. first, last: pieces (half-open), the qualifier included."""

    first: int
    last: int
    low: float | None
    best: float | None
    high: float | None


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """counts.toml, read once."""
    return tomllib.loads((files("dragoman.coding") / "data" / "counts.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)  # the acts of a sentence ask for the same pieces one after another
def pieces_of(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """The words and signs between two offsets."""
    return tuple(
        Piece(m.start(), m.end(), m.group().lower(), m.group()) for m in PIECE.finditer(text, start, end)
    )


def _plain(pieces: Sequence[Piece], at: int) -> tuple[float, int] | None:
    """A number in digits or words from this piece on, and the piece after it."""
    total, part, index, seen = 0.0, 0.0, at, False
    while index < len(pieces):
        word = pieces[index].lower
        if word[0].isdecimal():
            if seen:
                break
            part, seen = float(word.replace(",", "")), True
        elif word in ONES:
            if seen and not (
                part % 100 == 0 or (part % 10 == 0 and 20 <= part % 100 <= 90 and ONES[word] < 10)
            ):
                break
            part, seen = part + ONES[word], True
        elif word in SCALES and seen:
            if SCALES[word] >= 1000:
                total, part = total + part * SCALES[word], 0.0
            else:
                part *= SCALES[word]
        elif (
            word in ("a", "one")
            and not seen
            and index + 1 < len(pieces)
            and pieces[index + 1].lower in SCALES
        ):
            part, seen = 1.0, True
        elif word == "dozen" and not seen:
            part, seen = 12.0, True
        elif (
            word in ("-", "and")
            and seen
            and index + 1 < len(pieces)
            and pieces[index + 1].lower in ONES
            and (
                (part % 100 == 0 and part and word == "and")
                or (word == "-" and pieces[index].start == pieces[index - 1].end)
            )
        ):
            pass
        else:
            break
        index += 1
    return (total + part, index) if seen else None


@lru_cache(maxsize=64)
def quantities_of(pieces: tuple[Piece, ...]) -> tuple[Quantity, ...]:
    """All numbers of people or things, in order; money, dates and ages are the caller's to leave out."""
    table = tables()
    out: list[Quantity] = []
    index = 0
    openers = _openers()
    while index < len(pieces):
        lower = pieces[index].lower
        found = _quantity(pieces, index, table) if lower in openers or lower[0].isdecimal() else None
        if found is None:
            index += 1
        else:
            out.append(found)
            index = found.last
    return tuple(out)


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """The words with which a quantity may begin."""
    table = tables()
    phrases = (*table["qualifiers"], *table["vague"], *table["wordy"]["words"])
    return frozenset(ONES) | {"a", "dozen", "between"} | {phrase.split()[0] for phrase in phrases}


def _phrase(pieces: Sequence[Piece], at: int, phrases: Container[str]) -> tuple[str, int] | None:
    """The longest phrase of the table that begins here, and the piece after it."""
    for length in (4, 3, 2, 1):
        words = " ".join(p.lower for p in pieces[at : at + length])
        if len(pieces) >= at + length and words in phrases:
            return words, at + length
    return None


def _quantity(pieces: Sequence[Piece], at: int, table: dict[str, Any]) -> Quantity | None:
    qualifier, index = _phrase(pieces, at, table["qualifiers"]) or ("", at)
    sense = table["qualifiers"].get(qualifier, "exact")
    if not qualifier and pieces[at].lower == "between":
        index, sense = at + 1, "between"
    if index < len(pieces) and pieces[index].lower in ("another", "other", "a") and sense == "from":
        index += pieces[index].lower != "a" or (
            index + 1 < len(pieces) and pieces[index + 1].lower not in SCALES
        )
    vague = _phrase(pieces, index, table["vague"])
    if vague:
        return Quantity(at, vague[1], float(table["vague"][vague[0]]), None, None)
    wordy = _phrase(pieces, index, table["wordy"]["words"])
    if wordy:
        return Quantity(at, wordy[1], None, None, None)
    number = _plain(pieces, index)
    if number is None or (sense == "between" and not _second(pieces, number[1], "and")):
        return None
    value, end = number
    joint = _second(pieces, end, "and" if sense == "between" else "to")
    if joint and joint[0] > value:
        return Quantity(at, joint[1], value, (value + joint[0]) / 2, joint[0])
    bounds: dict[str, tuple[float | None, float | None, float | None]] = {
        "exact": (value, value, value),
        "from": (value, value, None),
        "to": (None, value, value),
        "below": (None, None, value),
        "about": (None, value, None),
    }
    return Quantity(at, end, *bounds[sense])


def _second(pieces: Sequence[Piece], at: int, link: str) -> tuple[float, int] | None:
    """The second number of a range ("20 to 30", "20-30", "between 20 and 30")."""
    if at >= len(pieces) or pieces[at].lower not in (link, "-", "–"):
        return None
    return _plain(pieces, at + 1)
