"""Terms of office drawn from the tables by a fixed hash, with a day inside each and days outside it."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dragoman.knowledge.tables import TERM_COLUMNS, TERM_TABLES, rows

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Drawn:
    """One term. outside: the day before it and the day after it, as far as the tables say that nothing else held."""

    person: str
    country: str
    sectors: frozenset[str]
    office: str
    inside: date
    outside: tuple[date, ...]


def draw(number: int, *, begun_from: str = "") -> tuple[list[Drawn], Counter[str]]:
    """So many terms begun on that day or later, and a count of what the tables cannot support."""
    lacks: Counter[str] = Counter()
    usable = []
    for term in _terms():
        if term["start"] < begun_from:
            continue
        lacks["without a first day"] += not term["start"]
        lacks["without sectors"] += not term["sectors"]
        if term["start"] and term["sectors"]:
            usable.append(term)
    chosen = sorted(usable, key=_digest)[:number]
    drawn = [_drawn(term, lacks) for term in chosen]
    return drawn, lacks


def _drawn(term: dict[str, str], lacks: Counter[str]) -> Drawn:
    start = date.fromisoformat(term["start"])
    end = date.fromisoformat(term["end"]) if term["end"] else None
    lacks["drawn without a last day"] += end is None
    days = [start - DAY, *([end + DAY] if end is not None else [])]
    outside = tuple(day for day in days if not _held(term, day))
    lacks["drawn days outside on which another term gives the same codes"] += len(days) - len(outside)
    return Drawn(
        person=term["person"],
        country=term["country"],
        sectors=frozenset(term["sectors"].split()),
        office=term["office"],
        inside=start + (end - start) / 2 if end is not None else start,
        outside=outside,
    )


def _held(term: dict[str, str], day: date) -> bool:
    """Does any term of this name give the same country and sectors on that day?"""
    text = day.isoformat()
    return any(
        other["country"] == term["country"]
        and set(term["sectors"].split()) <= set(other["sectors"].split())
        and other["start"] <= text
        and (not other["end"] or text <= other["end"])
        for other in _by_person()[term["person"]]
    )


@cache
def _terms() -> list[dict[str, str]]:
    return [
        dict(zip(TERM_COLUMNS, row, strict=True))
        for table in TERM_TABLES
        for row in rows(table, TERM_COLUMNS)
    ]


@cache
def _by_person() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for term in _terms():
        found.setdefault(term["person"], []).append(term)
    return found


def _digest(term: dict[str, str]) -> str:
    words = "|".join((term["person"], term["country"], term["office"], term["start"]))
    return hashlib.sha256(words.encode()).hexdigest()
