"""Takes out the words that are not part of the story.

Every rule is a row of `data/boilerplate.toml`; here stands only how a row is applied. A paragraph goes, or
loses its tail or a bracket; whatever goes is kept in `removed` under the row's reason.
"""

import re
import tomllib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.intake.dateline import Dateline, dateline
from dragoman.intake.paragraphs import ends_sentence
from dragoman.intake.published import MONTH, WEEKDAY
from dragoman.records import Removed

LINK_WORDS = 30  # a headline behind a label; the longest in use have about 20 words
LINE_WORDS = 60
LINE_CHARACTERS = 800  # no line of the table is longer; a longer paragraph is the story
CUT_CHARACTERS = 20_000  # a longer paragraph is no paragraph but a dump, and is left as it is
LIST_LENGTH = 8  # headlines under a heading ("Related stories"); sites show three to six
LIST_WORDS = 20
FRONT = 4  # datelines and bylines stand in the first paragraphs: headline, subtitle, byline, lead
_DECORATION = re.compile(r"^[\s>»›•·●▪■▶►*#\[(–—|-]+")
_SIGN = re.compile(r"\s*[:|>»›→]+\s*|\s+[-–]+\s+|\s*—\s*")
_SENTENCE_BREAK = re.compile(r"(?<=[a-z0-9][.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z])")
_FULL_STOP = re.compile(r"(?:\.|\.[\"”’]|[.,!?][\"”’]\s+\S.*\.)$")
_SPEECH = re.compile(r"[\"“].+[,.!?][\"”]\s+\w")
_LABELLED = re.compile(r"^(?:[A-Z][A-Z.'’-]+ ?){1,4}: ")
_NAME = r"(?-i:[A-Z][\w.'’-]*)(?: (?:(?-i:[A-Z][\w.'’-]*)|de|van|von|der|bin|al|el|la|di|da))*"
_BYLINE = re.compile(
    rf"(?:(?:written|reported|story|text) )?by (?P<names>{_NAME}(?:(?:, and|,| and| &) {_NAME})*)"
    r"(?: in (?-i:[A-Z])[\w .'’-]{1,30})?(?:\s*[|•·,–—-]+\s*.{0,60})?",
    re.IGNORECASE,
)
_DAY_WORDS = re.compile(rf"\b{MONTH}|\b{WEEKDAY}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    reason: str
    pattern: re.Pattern[str]
    words: int
    first: bool  # may also be the first paragraph of a text without a title
    headline: bool  # only where the line has no full stop


@dataclass(frozen=True, slots=True)
class _Table:
    labels: dict[str, tuple[str, str]]  # label → reason, strength
    headings: dict[str, str]  # heading → reason
    lines: tuple[_Line, ...]
    tails: tuple[tuple[str, re.Pattern[str]], ...]
    inside: tuple[tuple[str, re.Pattern[str]], ...]
    longest_label: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph, or what was cut from it, and the paragraph it was at the beginning."""

    origin: int
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left, and what was found in what went.

    paragraphs: the story's; removed: in text order. dateline: of the first paragraphs; byline: the writers'
    names; day_lines: the lines of publication days that went.
    """

    paragraphs: tuple[str, ...]
    removed: tuple[Removed, ...]
    dateline: Dateline | None = None
    byline: str | None = None
    day_lines: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    dateline: Dateline | None = None
    byline: str | None = None


def clean(paragraphs: Sequence[str], *, titled: bool) -> Cleaned:
    """Take out what is not the story, again and again until nothing more goes.

    titled: the first paragraph is a headline given with the text, and stays whatever it looks like.
    Cleaning what is clean changes nothing: each pass works on what the last one left.
    """
    parts = deque(_Part(origin, text) for origin, text in enumerate(paragraphs))
    gone: list[_Part] = []
    found = _Found()
    while True:
        before = len(gone)
        parts = _front(_sweep(parts, gone, titled), gone, found, titled)
        if len(gone) == before:
            break
    gone.sort(key=lambda part: part.origin)
    return Cleaned(
        paragraphs=tuple(part.text for part in parts),
        removed=tuple(Removed(text=part.text, reason=part.reason) for part in gone),
        dateline=found.dateline,
        byline=found.byline,
        day_lines=tuple(part.text for part in gone if part.reason == "publication line"),
    )


def _sweep(parts: deque[_Part], gone: list[_Part], titled: bool) -> deque[_Part]:
    """Go through the paragraphs once; what goes is added to `gone`."""
    table = _table()
    kept: deque[_Part] = deque()
    under_heading = 0
    reason: str | None = None
    for index, part in enumerate(parts):
        if titled and index == 0:
            kept.append(part)
            continue
        if under_heading and reason is not None and _is_headline(part.text):
            gone.append(_Part(part.origin, part.text, reason))
            under_heading -= 1
            continue
        under_heading = 0
        if len(part.text) <= LINE_CHARACTERS:
            heading = _plain(_DECORATION.sub("", part.text).rstrip(" :.…>»›→])"))
            if index > 0 and heading in table.headings:
                reason = table.headings[heading]
                under_heading = LIST_LENGTH
            else:
                reason = _label(part.text, index, table) or _line(part.text, index, table)
            if reason is not None:
                gone.append(_Part(part.origin, part.text, reason))
                continue
        rest = _cut(part, table, gone)
        if rest:
            kept.append(_Part(part.origin, rest))
    return kept


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _is_headline(paragraph: str) -> bool:
    return not ends_sentence(paragraph) and len(paragraph.split()) <= LIST_WORDS


def _label(paragraph: str, index: int, table: _Table) -> str | None:
    """The reason, if the paragraph is a label, a sign and a headline."""
    line = _DECORATION.sub("", paragraph)
    sign = _SIGN.search(line[: table.longest_label + 4])
    if sign is None:
        return None
    label = _plain(line[: sign.start()])
    if label not in table.labels:
        return None
    reason, strength = table.labels[label]
    rest = line[sign.end() :].strip()
    if len(rest.split()) > LINK_WORDS or _SENTENCE_BREAK.search(rest) or _SPEECH.search(rest):
        return None
    if strength == "likely" and (index == 0 or _FULL_STOP.search(rest)):
        return None  # "Analysis: What next" may be the headline itself; "More: it will come." is a sentence
    return reason


def _line(paragraph: str, index: int, table: _Table) -> str | None:
    """The reason, if the whole paragraph is one of the table's lines."""
    words = paragraph.count(" ") + 1
    for line in table.lines:
        if words > line.words or (index == 0 and not line.first and line.reason == "related link"):
            continue
        if line.headline and _FULL_STOP.search(paragraph):
            continue
        if line.pattern.fullmatch(paragraph):
            return line.reason
    return None


def _cut(part: _Part, table: _Table, gone: list[_Part]) -> str:
    """Cut the brackets and the tails that are not the story, until none is left; return what stays."""
    text = part.text
    before = None
    while text != before and len(text) <= CUT_CHARACTERS:
        before = text
        for reason, pattern in table.inside:
            hits = list(pattern.finditer(text))
            gone += [_Part(part.origin, hit.group(), reason) for hit in hits]
            text = _without(text, hits)
        for reason, pattern in table.tails:
            if hit := pattern.search(text):
                gone.append(_Part(part.origin, hit.group().strip(" "), reason))
                text = text[: hit.start()].rstrip(" ")
    return text


def _without(text: str, hits: Sequence[re.Match[str]]) -> str:
    """The text without the hits: one blank where words meet, none before a mark."""
    for hit in reversed(hits):
        before, after = text[: hit.start()].rstrip(" "), text[hit.end() :].lstrip(" ")
        text = before + (" " if before and after[:1].isalnum() else "") + after
    return text


def _front(parts: deque[_Part], gone: list[_Part], found: _Found, titled: bool) -> deque[_Part]:
    """Take bylines and datelines from the first paragraphs of the body, until none is there."""
    interview = sum(1 for part in parts if _LABELLED.match(part.text)) > 1  # several "NAME: " are speakers
    start = 1 if titled else 0
    index = start
    while index < min(FRONT, len(parts)):
        part = parts[index]
        names = _byline(part.text) if len(parts) > 1 else None
        whole = len(part.text) <= CUT_CHARACTERS and ends_sentence(part.text)
        line = dateline(part.text) if whole else None
        if names is not None:
            found.byline = found.byline or names
            gone.append(_Part(part.origin, part.text, "byline"))
            del parts[index]
            index = start
        elif line is not None and not (interview and _LABELLED.match(part.text)):
            found.dateline = found.dateline or line
            gone.append(_Part(part.origin, part.text[: line.end].strip(" "), "dateline"))
            parts[index] = _Part(part.origin, part.text[line.end :].strip(" "))
            index = start
        else:
            index += 1
    return parts


def _byline(paragraph: str) -> str | None:
    """The writers' names, if the paragraph is "By Jane Doe, Staff writer" and nothing more."""
    if len(paragraph) > 140 or paragraph.endswith(".") or _DAY_WORDS.search(paragraph[:30]):
        return None
    hit = _BYLINE.fullmatch(paragraph)
    if hit is None:
        return None
    names = hit.group("names").strip(" ,")
    return names if len(names.split()) >= 2 else None


@cache
def _table() -> _Table:
    raw = tomllib.loads(files("dragoman.intake").joinpath("data/boilerplate.toml").read_text("utf-8"))
    agency = raw["agency"]

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern.replace("{agency}", agency), re.IGNORECASE)

    labels = {
        _plain(word): (group["reason"], group["strength"])
        for strength in ("likely", "sure")
        for group in raw["label"]
        if group["strength"] == strength
        for word in group["words"]
    }
    return _Table(
        labels=labels,
        headings={_plain(word): group["reason"] for group in raw["heading"] for word in group["words"]},
        lines=tuple(
            _Line(
                group["reason"],
                compiled(pattern),
                group.get("words", LINE_WORDS),
                group.get("first", False),
                group.get("headline", False),
            )
            for group in raw["line"]
            for pattern in group["patterns"]
        ),
        tails=tuple(
            (group["reason"], compiled(pattern)) for group in raw["tail"] for pattern in group["patterns"]
        ),
        inside=tuple(
            (group["reason"], compiled(pattern)) for group in raw["inside"] for pattern in group["patterns"]
        ),
        longest_label=max(map(len, labels)),
    )
