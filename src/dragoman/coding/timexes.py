"""Which words of a text are a date, and which days do they mean.

The words are read by a table (`data/dates.toml`): each token gets one class character, and each row of the table
is a pattern over these characters, so that one regular expression finds all of them in one pass. No tagger is
needed: the classes are closed, and months or weekdays count only with a capital.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from spacy.tokens import Doc

from dragoman.coding import calendar_days as days
from dragoman.coding.calendar_days import Days, Found
from dragoman.coding.words import has_sentences
from dragoman.errors import UsageError
from dragoman.records import Timex
from dragoman.records.date import Anchor, DatePrecision
from dragoman.records.span import Span

# Words before an expression that leave one of its sides open.
OPENS_END = frozenset({"since"})
OPENS_START = frozenset({"by", "until", "till"})
# How far back from an expression the clause is searched for a sign of the future, in tokens.
CLAUSE_REACH = 14


# One character each for the classes of dates.toml; literal words get private characters as they turn up.
CLASSES = {
    "WEEKDAY": "W", "SHORTDAY": "w", "MONTH": "MBS", "BAREMONTH": "B", "DAY": "no", "ORDINAL": "f", "YEAR": "Y",
    "NUMBER": "nNk", "UNIT": "U", "DAYPART": "p", "SEASON": "s", "DECADE": "D", "HOLIDAY": "H", "CLOCK": "c",
    "DOTDATE": "d", "NINE_ELEVEN": "9",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row of dates.toml."""

    id: str
    pattern: str
    resolve: str
    precision: DatePrecision
    anchor: Anchor
    example: str
    offset: int = 0
    sign: int = 1


class Token(NamedTuple):
    """A word or sign of the text; mark: its character in patterns, kind: its class, which literal words may hide."""

    start: int
    end: int
    text: str
    mark: str
    kind: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The tables, compiled: how to split, how to class, and what to look for."""

    rows: tuple[Row, ...]
    split: re.Pattern[str]
    find: re.Pattern[str]
    marks: dict[str, str]
    words: dict[str, Any]
    classed: frozenset[str]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Read and compile the two tables, once."""
    folder = files("dragoman.coding") / "data"
    words = tomllib.loads((folder / "dates_words.toml").read_text(encoding="utf-8"))
    table = tomllib.loads((folder / "dates.toml").read_text(encoding="utf-8"))
    rows = tuple(Row(**row) for row in table["row"])
    literals = sorted({word for row in rows for word in _words(row.pattern) if word not in CLASSES})
    marks = {word: chr(0xE000 + n) for n, word in enumerate(literals)}
    sets = {name: kinds + _members(kinds, marks, words) for name, kinds in CLASSES.items()}
    branches = [f"(?P<r{n}>{_compile(row.pattern, sets | marks)})" for n, row in enumerate(rows)]
    holidays = sorted((h["name"] for h in words["holiday"]), key=len, reverse=True)
    names = "|".join(re.escape(name).replace("\\ ", r"\s").replace("'", "['’]") for name in holidays)
    tens = "|".join(name for name, value in words["numbers"].items() if value >= 20)
    ones = "|".join(name for name, value in words["numbers"].items() if value < 10)
    split = re.compile(
        rf"\b(?P<HOLIDAY>(?i:{names}))\b|(?P<NINE_ELEVEN>\b9/11\b)"
        r"|(?P<CLOCK>\b\d{1,2}[:.]\d\d\s?[ap]\.?m\b\.?|\b\d{1,2}\s?[ap]\.?m\b\.?|\b\d{1,2}:\d\d\b)"
        r"|(?P<DOTDATE>\b\d{1,2}\.\d{1,2}\.\d{4}\b)|(?P<DECADE>\b\d{3}0s\b|['’]\d0s\b)"
        r"|(?P<ORD>\b\d{1,2}(?:st|nd|rd|th)\b)|(?P<DIGITS>\d[\d,.]*\d|\d)"
        rf"|(?P<COMPOUND>\b(?i:{tens})-(?:{ones})\b)|(?P<S>['’]s\b)|(?P<WORD>[^\W\d]+)|(?P<SIGN>[^\w\s])"
    )
    classed = frozenset(words["dayparts"]["words"]).union(
        *(words[name] for name in ("weekdays", "months", "short_weekdays", "short_months")),
        *(words[name] for name, _ in WORD_CLASSES),
    )
    return Grammar(rows, split, re.compile("(?=[^x])(?:" + "|".join(branches) + ")"), marks, words, classed)


def _words(pattern: str) -> list[str]:
    """The alternatives of all elements of a pattern."""
    return [word for element in pattern.split() for word in _element(element)[2]]


def _element(element: str) -> tuple[bool, bool, list[str]]:
    """Take an element apart: looks behind?, may be missing?, alternatives."""
    optional = element.endswith("?") and len(element) > 1
    body = element.removeprefix("<").removesuffix("?" if optional else "")
    return element.startswith("<"), optional, body.split("|")


def _members(kinds: str, marks: dict[str, str], words: dict[str, Any]) -> str:
    """The characters of those literal words that belong to a class as well."""
    dayparts = words["dayparts"]["words"] if "p" in kinds else []
    return "".join(
        mark for word, mark in marks.items() if _class_of_word(word, "", words) in kinds or word in dayparts
    )


def _compile(pattern: str, chars: dict[str, str]) -> str:
    """Turn a row's pattern into a regular expression over class characters."""
    out = []
    for element in pattern.split():
        behind, optional, alternatives = _element(element)
        group = f"[{''.join(chars[word] for word in alternatives)}]"
        out.append(f"(?<={group})" if behind else group + ("?" if optional else ""))
    return "".join(out)


def tokens_of(text: str) -> list[Token]:
    """Split the text as the table sees it, each token with its class character (x: none)."""
    rules = grammar()
    words, marks = rules.words, rules.marks
    out: list[Token] = []
    for match in rules.split.finditer(text):
        kind, word = match.lastgroup, match.group()
        known, mark = "x", None
        if kind == "WORD":
            lower = word.lower()
            mark = marks.get(lower)
            if mark is not None or lower in rules.classed:
                known = _class_of_word(word, text[match.end() : match.end() + 2], words)
        elif kind == "SIGN" or kind == "S":
            mark = marks.get(word)
        elif kind == "DIGITS":
            known = _class_of_digits(word)
        elif kind == "ORD":
            known = "o" if 1 <= int(word[:-2]) <= 31 else "x"
        elif kind == "COMPOUND":
            known = "k"
        elif kind == "HOLIDAY":
            known = "H" if word[0].isupper() else "x"
        elif kind is not None:
            known = CLASSES[kind]
        out.append(Token(match.start(), match.end(), word, mark or known, known))
    return out


def _class_of_word(word: str, after: str, words: dict[str, Any]) -> str:
    """The class character of a word; after: the two characters that follow it."""
    lower = word.lower()
    if word[0].isupper():
        if lower in words["weekdays"]:
            return "W"
        if lower in words["months"]:
            return "M" if lower in words["ambiguous_months"]["words"] else "B"
        numeric = after[:1] == "." or after[1:2].isdigit()
        if lower in words["short_months"] and numeric:
            return "S"
        if lower in words["short_weekdays"] and (numeric or after[:1] == ","):
            return "w"
    for name, kind in WORD_CLASSES:
        if lower in words[name]:
            return kind
    return "p" if lower in words["dayparts"]["words"] else "x"


WORD_CLASSES = (("units", "U"), ("numbers", "k"), ("ordinals", "f"), ("seasons", "s"))


def _class_of_digits(word: str) -> str:
    if not word.isdigit():
        return "x"
    value = int(word) if len(word) <= 4 else 0
    if len(word) <= 2 and 1 <= value <= 31:
        return "n"
    if len(word) == 4 and 1500 <= value <= 2100:
        return "Y"
    return "N" if 0 < value < 1000 else "x"


def publication_day(published: str | None) -> date | None:
    """The day of publication as the article's own place counts it: the date part of a timestamp with zone."""
    if published is None:
        return None
    try:
        return datetime.fromisoformat(published).date()
    except ValueError:
        raise UsageError(
            f"{published!r} is no date", where="published", do="Give YYYY-MM-DD or an ISO 8601 timestamp"
        ) from None


def find_timexes(doc: Doc, published: str | None) -> list[Timex]:
    """Find every date expression of the text, in text order, each resolved where its words and anchor allow.

    published: ISO date or timestamp; null leaves what is counted from it without start and end.
    A weekday, month or day without a year is the nearest past one, and the nearest coming one where its clause
    speaks of the future. A date counted from "that day" takes the last date before it in the text.
    """
    return _with_sentences(_read(doc.text, published, future=None), doc)


def read_as_future(text: str, timex: Timex, published: str | None) -> Timex | None:
    """Read an expression again for an act known to be still to come; null if it reads no differently."""
    reach = max(0, timex.span.start - 40)
    for again in _read(text[reach : timex.span.end], published, future=True):
        if again.span.end + reach == timex.span.end and (again.start, again.end) != (timex.start, timex.end):
            return replace(again, span=timex.span)
    return None


def _read(text: str, published: str | None, *, future: bool | None) -> list[Timex]:
    """All expressions of a text; future: whether its acts are to come, null where each clause says so itself."""
    rules = grammar()
    tokens = tokens_of(text)
    line = "".join(token.mark for token in tokens)
    base = publication_day(published)
    people = _people_named_like_months(tokens)
    out: list[Timex] = []
    named: Days | None = None
    for match in rules.find.finditer(line):
        row = rules.rows[int((match.lastgroup or "r0")[1:])]
        group = tokens[match.start() : match.end()]
        before = tokens[match.start() - 1].text.lower() if match.start() else ""
        if _is_name(row, group, before, people):
            continue
        found = Found(
            values=tuple((token.kind, token.text) for token in group),
            future=_future(tokens, match.start(), match.end()) if future is None else future,
            base=base,
            text_days=named,
            words=rules.words,
            offset=row.offset,
            sign=row.sign,
        )
        timex = _timex(row, group, before, found, text)
        if timex.start is not None and timex.end is not None and row.anchor != "text":
            named = Days(date.fromisoformat(timex.start), date.fromisoformat(timex.end))
        out.append(timex)
    return out


def _timex(row: Row, group: Sequence[Token], before: str, found: Found, text: str) -> Timex:
    """One expression as a record; before: the word in front of it, which may leave a side open."""
    result = days.RESOLVERS[row.resolve](found)
    start, end = group[0].start, group[-1].end
    if result is None:
        why = "the words say no more" if row.anchor == "none" else f"no date to count from ({row.anchor})"
        return Timex(
            span=Span(start=start, end=end, text=text[start:end]),
            start=None,
            end=None,
            precision="unknown",
            anchor=row.anchor,
            reason=f"dates:{row.id}: {why}",
        )
    note = f"dates:{row.id}: " + ("whole date" if row.anchor == "none" else f"counted from {row.anchor}")
    low: str | None = result.first.isoformat()
    high: str | None = result.last.isoformat()
    precision = result.precision or ("day" if low == high else row.precision)
    # "since May": the word before the expression is part of what it says
    opens = before and text[:start].rstrip().lower().endswith(before)
    if opens and before in OPENS_END:
        high, precision, note = None, "range", f"{note}; since: end open"
        start = text[:start].lower().rindex(before)
    elif opens and before in OPENS_START and (found.future or before != "by" or _is_later(result, found)):
        low, precision, note = None, "range", f"{note}; {before}: start open"
        start = text[:start].lower().rindex(before)
    if found.future and row.anchor == "published":
        note += "; the clause speaks of the future"
    return Timex(
        span=Span(start=start, end=end, text=text[start:end]),
        start=low,
        end=high,
        precision=precision,
        anchor=row.anchor,
        reason=note,
    )


def _is_later(result: Days, found: Found) -> bool:
    """Does it begin after publication."""
    return found.base is not None and result.first > found.base


def _people_named_like_months(tokens: Sequence[Token]) -> frozenset[str]:
    """Month words that this text uses as a surname: "Theresa May", "Mrs May"."""
    return frozenset(
        token.text
        for previous, token in pairwise(tokens)
        if token.kind == "M"
        and (
            previous.text in TITLES
            or (previous.kind == "x" and previous.text[:1].isupper() and len(previous.text) > 2)
        )
    )


TITLES = frozenset(
    {"Mr", "Mrs", "Ms", "Miss", "Dr", "Lady", "Sir", "Lord", "Minister", "President", "Secretary"}
)
# After these a surname is as likely as a month: "a speech by May", "aides of May".
NAME_TAKING = frozenset({"by", "from", "of", "before", "after", "through"})


def _is_name(row: Row, group: Sequence[Token], before: str, people: frozenset[str]) -> bool:
    """Whether the bare month of this match is a person of the text."""
    return row.id == "month-after-preposition" and group[-1].text in people and before in NAME_TAKING


def _future(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the clause around the expression sets its act in the future.

    Looks back to the start of the clause; an expression at the front of its sentence looks forward instead.
    """
    words = grammar().words
    signs, pairs = words["future"]["words"], words["future"]["pairs"]
    ends, marks = words["clause"]["ends"], words["clause"]["marks"]
    seen = 0
    later = ""
    infinitive = False
    for token in reversed(tokens[max(0, first - CLAUSE_REACH) : first]):
        lower = token.text.lower()
        if lower in ends:
            return False
        if token.text in marks:
            break
        if lower in signs or [lower, later] in pairs or (infinitive and lower in words["future"]["promises"]):
            return True
        infinitive = infinitive or lower == "to"
        later = lower
        seen += token.kind == "x"
    if seen > 1:
        return False
    for index, token in enumerate(tokens[last : last + CLAUSE_REACH]):
        lower = token.text.lower()
        if token.text in marks or (lower in ends and index):
            break
        if lower in ("will", "shall", "'ll", "’ll"):
            return True
    return False


def _with_sentences(timexes: Sequence[Timex], doc: Doc) -> list[Timex]:
    """Give each span the index of its sentence, where the text has been cut into sentences."""
    if not has_sentences(doc):
        return list(timexes)
    ends = [sentence.end_char for sentence in doc.sents]
    out, index = [], 0
    for timex in timexes:
        while index < len(ends) - 1 and ends[index] <= timex.span.start:
            index += 1
        out.append(replace(timex, span=replace(timex.span, sentence=index)))
    return out
