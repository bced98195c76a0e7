"""Where did an act take place, as its sentence or paragraph says, and which places does a text name?

A name is looked up in the gazetteer and settled by the company it keeps: the country named beside it, the countries and
regions of the article, its size. Where an act took place is read from the words around a name ("in", "near", "the
Kabul bombing"), never from who acted: a possessive or a nationality is not a place.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

from spacy.tokens import Doc

from dragoman.coding.attach import TokenRange, attach, has_parse, sentence_range, token_range
from dragoman.knowledge.places import Gazetteer, PlaceRow, fold, weight
from dragoman.records import Place, Reason, Span, Toponym
from dragoman.records.place import PlacePrecision


class _Entry(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def country(self) -> tuple[str, ...]: ...


class CountryHit(Protocol):
    """A country, capital or nationality found by the knowledge tables: code points of the text, entries best first."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def entries(self) -> Sequence[_Entry]: ...


# Company outweighs size: a country named beside the name is worth three powers of ten of inhabitants, the
# country that most of the article is about half of that, any country it mentions a third.
BESIDE, ABOUT, MENTIONED, DATELINE, SAME_REGION = 3.0, 1.5, 1.0, 1.0, 1.0
# A bare capitalised word without a locative word before it counts as a place only from this weight on
# (a first-level region, a city of a million, a capital).
BARE_WEIGHT = 6.0
# After "to", "from", "for", which people and bodies follow as well, from this weight on.
GOAL_WEIGHT = 5.0
LONGEST_NAME = 6

CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
WORD = rf"{CAPITAL}[\w'’.\-–]*"
LINK = r"(?:of|the|al|el|de|da|do|dos|del|du|la|le|les|am|an|der|y|e)"
RUN = re.compile(rf"(?<!\w){WORD}(?:[ ](?:{LINK}[ ]){{0,2}}{WORD})*")
DATELINE_PATTERN = re.compile(
    rf"(?:^|\n)(?P<place>{CAPITAL}{{3,}}(?:[ -]{CAPITAL}+)*)(?:, [A-Z][\w. ]+?)?(?:, [A-Z][a-z]+\.? \d+)?(?: \([^)]*\))? [-–—]"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The closed word lists of places.toml."""

    inside: frozenset[str]
    near: frozenset[str]
    directions: frozenset[str]
    goal: frozenset[str]
    motion: frozenset[str]
    done_to_places: frozenset[str]
    between: frozenset[str]
    kinds: frozenset[str]
    titles: frozenset[str]
    never: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read places.toml, once."""
    table = tomllib.loads((files("dragoman.coding") / "data" / "places.toml").read_text(encoding="utf-8"))
    return Lexicon(**{name: frozenset(row["words"]) for name, row in table.items()})


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name before it is settled. before: the locative word in front ("in", "near"), "" if none."""

    start: int
    end: int
    name: str
    rows: tuple[PlaceRow, ...]
    before: str
    beside: str = ""


def find_toponyms(
    doc: Doc,
    gazetteer: Gazetteer,
    *,
    country_hits: Iterable[CountryHit] = (),
    place_line: str | None = None,
) -> list[Toponym]:
    """Find the place names of a text, in text order, each settled where the gazetteer knows it.

    Takes LOC entities of the Doc where it has entities, and capitalised names in a place's surroundings.
    country_hits: countries and nationalities named, for context. place_line: the place of a dateline.
    """
    text = doc.text
    hits = list(country_hits)
    mentions = _mentions(doc, gazetteer)
    about: Counter[str] = Counter()
    for hit in hits:
        if hit.entries and hit.entries[0].kind in ("country", "demonym", "capital", "metonym", "region"):
            about.update(hit.entries[0].country[:1])
    for mention in mentions:
        if (
            mention.rows
            and mention.rows[0].country
            and mention.rows[0].kind in ("country", "admin1", "capital")
        ):
            about[mention.rows[0].country] += not hits or mention.rows[0].kind != "country"
    regions = {row.admin1 for m in mentions for row in m.rows if row.kind == "admin1" and row.admin1}
    line_rows = gazetteer.candidates(
        place_line.title() if place_line and place_line.isupper() else place_line or ""
    )
    line = line_rows[0].country if line_rows else None
    return [_settle(mention, about, regions, line, text) for mention in mentions]


def _mentions(doc: Doc, gazetteer: Gazetteer) -> list[_Mention]:
    text, words = doc.text, lexicon()
    located = {(e.start_char, e.end_char) for e in doc.ents if e.label_ in ("LOC", "GPE", "FAC")}
    barred = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in ("PER", "PERSON", "ORG")]
    out: list[_Mention] = []
    datelines = {m.start("place"): m.end("place") for m in DATELINE_PATTERN.finditer(text)}
    for run in RUN.finditer(text):
        if run.start() in datelines:
            end = datelines[run.start()]
            rows = tuple(gazetteer.candidates(text[run.start() : end].title()))
            if rows:
                out.append(_Mention(run.start(), end, text[run.start() : end], rows, "dateline"))
                continue
        out.extend(_names_in_run(run.group(), run.start(), text, words, gazetteer, located, barred))
    taken = {(m.start, m.end) for m in out}
    for start, end in sorted(located):
        if not any(a < end and start < b for a, b in taken):
            name = text[start:end]
            before = _word_before(text, start, words)
            out.append(_Mention(start, end, name, _known(name, gazetteer), before))
    out.sort(key=lambda m: m.start)
    return [replace(m, beside=_beside(m, out, index, text)) for index, m in enumerate(out)]


def _known(name: str, gazetteer: Gazetteer) -> tuple[PlaceRow, ...]:
    """The places of a name; without its kind noun where the whole is unknown ("Swat District")."""
    rows = gazetteer.candidates(name)
    head, _, last = name.rpartition(" ")
    if not rows and head and last.lower() in lexicon().kinds:
        rows = [
            row for row in gazetteer.candidates(head) if row.kind in ("admin1", "admin2", "town", "region")
        ]
        rows.sort(key=lambda row: row.kind not in ("admin1", "admin2"))
    return tuple(rows)


def _names_in_run(
    run: str,
    offset: int,
    text: str,
    words: Lexicon,
    gazetteer: Gazetteer,
    located: set[tuple[int, int]],
    barred: Sequence[tuple[int, int]],
) -> list[_Mention]:
    """The place names within a run of capitalised words, the longest first from the left."""
    pieces = [(m.start(), m.end()) for m in re.finditer(r"\S+", run)]
    out: list[_Mention] = []
    first = 0
    while first < len(pieces):
        for last in range(min(len(pieces), first + LONGEST_NAME), first, -1):
            start, end = pieces[first][0], pieces[last - 1][1]
            name = (
                re.sub(r"(['’]s?|[.\-–'’])$", "", run[start:end])
                if run[end - 2 : end] != "C."
                else run[start:end]
            )
            if not name or name.lower() in words.never or not name[0].isupper():
                continue
            at = (offset + start, offset + start + len(name))
            is_located = at in located
            if not is_located and any(a < at[1] and at[0] < b for a, b in barred):
                continue
            rows = _known(name, gazetteer)
            before = _word_before(text, at[0], words)
            if _accept(name, rows, before, text, at, words, is_located, whole=last - first == len(pieces)):
                out.append(_Mention(*at, name, rows, before))
                first = last - 1
                break
        first += 1
    return out


def _accept(
    name: str,
    rows: Sequence[PlaceRow],
    before: str,
    text: str,
    at: tuple[int, int],
    words: Lexicon,
    is_located: bool,
    *,
    whole: bool,
) -> bool:
    """Is this capitalised name used as a place here?"""
    if is_located:
        return True
    if not rows:
        return False
    top = weight(rows[0], fold(name))
    if rows[0].kind in ("country", "venue"):
        return True
    previous = re.search(r"([\w.]+)\s$", text[max(0, at[0] - 20) : at[0]])
    prior = previous.group(1) if previous else ""
    if prior.lower().rstrip(".") in words.titles or name.isupper() and len(name) <= 4:
        return False
    following = text[at[1] : at[1] + 30]
    part_of_name = not whole and (
        (prior[:1].isupper() and prior.lower() not in words.between and not prior.endswith("."))
        or re.match(rf"\s{CAPITAL}[a-z]", following)
    )
    if part_of_name and rows[0].kind not in ("admin1", "capital"):
        return False
    kind_noun = re.match(r"\s(?:['’]s\s)?([a-z]+)", following)
    if kind_noun and kind_noun.group(1) in words.kinds:
        return True
    if before in words.inside or before in words.near or before == "near":
        return True
    if re.match(r", [A-Z]", following) and before in words.goal:
        return True
    return top >= (GOAL_WEIGHT if before in words.goal else BARE_WEIGHT)


def _word_before(text: str, start: int, words: Lexicon) -> str:
    """The locative word that governs a name: "in the northern city of Kano" gives "in"; "" if there is none."""
    previous = re.findall(r"[\w'’\-]+|[^\w\s]", text[max(0, start - 60) : start])[::-1]
    for index, word in enumerate(previous[:9]):
        lower = word.lower()
        if lower in words.inside or lower in words.goal:
            nearness = any(
                w.lower() in ("outskirts", "suburb", "suburbs", "edge", "coast") for w in previous[:index]
            )
            return "near" if nearness else lower
        if lower in words.near:
            return "near"
        if lower == "of" and index + 1 < len(previous) and previous[index + 1].lower() in words.directions:
            if index == 0 and re.search(r"\d|km|kilomet|mile|just|out|border", " ".join(previous[1:6])):
                return "near"
            continue
        if lower in words.between and lower not in ("and", "or", ","):
            continue
        if lower in ("and", "or", ","):
            # a list of places: "in Homs, Hama and Aleppo"
            if index == 0 and len(previous) > 1 and (previous[1][:1].isupper() or previous[1] == ","):
                continue
            return ""
        if word[:1].isupper() and index and previous[index - 1] in ("and", "or", ","):
            continue
        return ""
    return ""


def _beside(mention: _Mention, others: Sequence[_Mention], index: int, text: str) -> str:
    """The code of the country named right after: "X, Country", "X in Country"; through a region too."""
    end = mention.end
    for other in others[index + 1 : index + 4]:
        between = text[end : other.start]
        if not re.fullmatch(
            r"(['’]s)?( (province|region|district|state|county|city|oblast))?(,| in| of|, in)( the)?( [a-z\-]+){0,2} ",
            between,
        ):
            return ""
        if other.rows and other.rows[0].kind in ("country", "admin1"):
            return other.rows[0].country or ""
        end = other.end
    return ""


def _settle(
    mention: _Mention, about: Counter[str], regions: set[str], line: str | None, text: str
) -> Toponym:
    """Choose among the places of a name by the company it keeps; the runner-up stands in the reason."""
    span = Span(start=mention.start, end=mention.end, text=text[mention.start : mention.end])
    if not mention.rows:
        return Toponym(span=span, place=None, reason=_marked("not in the gazetteer", mention))
    folded = fold(mention.name)
    most = about.most_common(1)[0][0] if about else None

    def score(row: PlaceRow) -> float:
        points = weight(row, folded)
        if row.country is None:
            return points
        points += BESIDE * (row.country == mention.beside and row.kind != "country")
        points += ABOUT * (row.country == most) + MENTIONED * (about[row.country] > 0 and row.country != most)
        points += DATELINE * (row.country == line)
        return points + SAME_REGION * (row.admin1 in regions and row.kind != "admin1")

    ranked = sorted(mention.rows, key=lambda row: (-score(row), row.row))
    best = ranked[0]
    why = []
    if mention.beside and best.country == mention.beside:
        why.append("its country stands beside it")
    elif best.country and best.country == most:
        why.append("the article is about its country")
    elif best.country and about[best.country]:
        why.append("its country is mentioned")
    if not why:
        why.append("the largest of its name" if len(ranked) > 1 else "the only one of its name")
    other = next((row for row in ranked[1:] if row.country != best.country), None)
    if other is not None:
        why.append(f"not {other.name} ({other.country or other.kind})")
    reason = _marked(", ".join(why), mention)
    return Toponym(span=span, place=_place(best, span, reason), reason=reason)


def _marked(why: str, mention: _Mention) -> str:
    return f"places:gazetteer: {why}" + (f"; after {mention.before!r}" if mention.before else "")


PRECISION: dict[str, PlacePrecision] = {
    "country": "country", "admin1": "admin1", "admin2": "admin2", "region": "region", "sea": "region",
    "island": "region", "river": "region", "mountain": "region", "lake": "region",
}  # fmt: skip


def _place(row: PlaceRow, span: Span, reason: str) -> Place:
    return Place(
        name=row.name,
        geonames_id=row.geonames_id,
        kind=row.kind,
        admin1=row.admin1,
        admin2=row.admin2,
        country=row.country,
        lat=row.lat,
        lon=row.lon,
        precision=PRECISION.get(row.kind, "exact"),
        span=span,
        reason=reason,
    )


def place_event(
    doc: Doc, trigger: TokenRange, toponyms: Sequence[Toponym]
) -> tuple[Place | None, Reason | None]:
    """Place one act where its sentence says it took place; null where no words place it.

    trigger: token range of the words that carry the act. toponyms: all of the text, from `find_toponyms`.
    """
    words = lexicon()
    first, last = sentence_range(doc, trigger[0])
    low, high = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    near = [t for t in toponyms if low <= t.span.start < high]
    placing: list[tuple[Toponym, str]] = []
    for toponym in near:
        how = _placing_word(doc, trigger, toponym, words)
        if how:
            placing.append((toponym, how))
    ranges = [token_range(doc, t.span.start, t.span.end) for t, _ in placing]
    attached = attach(doc, trigger, ranges)
    for attachment in attached:
        toponym, how = placing[attachment.index]
        place = _as_place(toponym, how)
        if place is None:
            continue
        reason = f"{toponym.reason}; {how}; {attachment.how}"
        by = "places:near" if place.precision == "near" else f"places:{how.split()[0]}"
        value = f"{place.name} ({place.country})" if place.country else place.name
        note = reason
        return (
            replace(place, reason=reason),
            Reason(field="place", value=value, by=by, evidence=(toponym.span,), note=note),
        )
    return None, None


def _placing_word(doc: Doc, trigger: TokenRange, toponym: Toponym, words: Lexicon) -> str:
    """Which words make this name the place of an act: a preposition, the act itself, or none ("")."""
    after = re.search(r"after '([^']+)'$", toponym.reason)
    before = after.group(1) if after else ""
    end = toponym.span.end
    following = doc.text[end : end + 3]
    if following[:2] in ("'s", "’s") and before not in words.inside | {"near"}:
        return ""
    if before == "dateline":
        return ""
    if before in words.inside:
        return f"preposition {before!r}"
    if before == "near":
        return "near"
    start, stop = token_range(doc, toponym.span.start, toponym.span.end)
    trigger_words = {token.lower_ for token in doc[trigger[0] : trigger[1]]}
    if before in words.goal and trigger_words & words.motion:
        return f"goal {before!r}"
    if stop == trigger[0] and not (has_parse(doc) and doc[trigger[0]].pos_ == "VERB"):
        return "modifier of the act"
    if trigger_words & words.done_to_places:
        between = [t.lower_ for t in doc[trigger[1] : start]] if start >= trigger[1] else ["x"]
        if all(word in words.between or word in ("on", "against") for word in between) and len(between) <= 6:
            return "object of the act"
    if trigger[0] <= start and stop <= trigger[1] and trigger_words & (words.inside | words.done_to_places):
        return "object of the act"
    return ""


def _as_place(toponym: Toponym, how: str) -> Place | None:
    place = toponym.place
    if place is None:
        return Place(name=toponym.span.text, precision="unknown", span=toponym.span, reason=toponym.reason)
    if how == "near" and place.precision in ("exact", "admin2"):
        return replace(place, precision="near")
    return place
