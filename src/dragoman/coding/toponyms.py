"""Which places does a text name, and which of several of one name does it mean.

A capitalised name is a place where the reader says so, or where the words around it do ("in", "near", "province").
It is settled by the company it keeps: the country named beside it, the countries of the article, its size.
"""

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

from spacy.tokens import Doc

from dragoman.coding.words import has_sentences
from dragoman.knowledge.places import Gazetteer, PlaceRow, fold, weight
from dragoman.records import Place, Span, Toponym
from dragoman.records.place import PlacePrecision


class NamedEntry(Protocol):
    """What a hit stands for: its kind ("country", "demonym" …) and ISO alpha-3 codes."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def country(self) -> tuple[str, ...]: ...  # noqa: D102


class NamedHit(Protocol):
    """A name that the knowledge tables know: code points of the text, entries best first."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def entries(self) -> Sequence[NamedEntry]: ...  # noqa: D102


# Company outweighs size, counted in powers of ten of inhabitants: the country named beside the name, the country
# that most of the article is about, any country it mentions, that of the dateline, a region it names.
BESIDE, ABOUT, MENTIONED, DATELINE, SAME_REGION = 6.0, 2.0, 1.0, 2.0, 1.0
# A name whose next best country is this much lighter speaks for its country without being asked.
CLEAR = 2.0
# "Kandahar province" is not the town.
SAID_REGION = 3.0
# A bare capitalised word without a locative word before it counts as a place only from this weight on
# (a first-level region, a city of a million, a capital); after "to" and "from", which bodies follow too, from less.
BARE_WEIGHT, GOAL_WEIGHT = 6.0, 5.0
# A name that the gazetteer lacks takes the country that this share of the article's place names belongs to.
DOMINANT = 0.4
LONGEST_NAME = 6
AREAS = ("admin1", "admin2", "region")
REGION_WORDS = frozenset({
    "province", "region", "district", "state", "county", "governorate", "oblast", "prefecture",
    "department", "valley", "municipality",
})  # fmt: skip

CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚḨ]"
WORD = rf"(?:(?:al|el|ar|as|ad|an|ash|at|az|d|l)[-’'])?{CAPITAL}[\w'’.\-–]*"
LINK = r"(?:of|the|al|el|de|da|do|dos|del|du|la|le|les|am|an|der|y|e|ash|as|at)"
RUN = re.compile(rf"(?<!\w){WORD}(?:[ ](?:{LINK}[ ]){{0,2}}{WORD})*")
DATELINE_PATTERN = re.compile(
    rf"(?:^|\n)(?P<place>{CAPITAL}{{3,}}(?:[ '’-]{CAPITAL}+)*)(?:, [A-Z][\w. ]+?)?(?:, [A-Z][a-z]+\.? \d+)?"
    r"(?: \([^)\n]{1,30}\))? ?[-–—]"
)
# What may stand between a place and what holds it: "Goma, North Kivu", "Kano in northern Nigeria".
CHAIN = re.compile(
    r"(?: (?:province|region|district|state|county|city|oblast|prefecture|department|municipality))?"
    r"(?:,| in|, in| of)(?: the)?(?: [a-z\-]+){0,2} "
)
WORDS_BEFORE = re.compile(r"[\w'’\-]+|[^\w\s]")


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
    after_name: frozenset[str]
    anaphors: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read places.toml, once."""
    table = tomllib.loads((files("dragoman.coding") / "data" / "places.toml").read_text(encoding="utf-8"))
    anaphors = {kind: frozenset(nouns) for kind, nouns in table.pop("anaphors").items()}
    return Lexicon(**{name: frozenset(row["words"]) for name, row in table.items()}, anaphors=anaphors)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name before it is settled. beside: the country named right after it; said_region: "province" follows."""

    start: int
    end: int
    name: str
    rows: tuple[PlaceRow, ...]
    said_region: bool = False
    beside: str = ""


def find_toponyms(
    doc: Doc,
    gazetteer: Gazetteer,
    *,
    hits: Iterable[NamedHit] = (),
    place_line: str | None = None,
) -> list[Toponym]:
    """Find the place names of a text, in text order, each settled where the gazetteer knows it.

    Takes LOC entities of the Doc where it has entities, and capitalised names in a place's surroundings.
    hits: names that the knowledge tables know; countries give context, nationalities and bodies are no places.
    place_line: the place of a dateline that was taken out of the text.
    """
    hits = list(hits)
    mentions = _mentions(doc, gazetteer, hits)
    about: Counter[str] = Counter()
    for hit in hits:
        if hit.entries and hit.entries[0].kind in ("country", "demonym", "capital", "metonym", "region"):
            about.update(hit.entries[0].country[:1])
    for mention in mentions:
        first = mention.rows[0] if mention.rows else None
        if first and first.country and first.kind in ("country", "admin1", "capital") and _is_clear(mention):
            about[first.country] += 1 if first.kind != "country" or not hits else 0
    about = +about  # without the countries counted zero times
    regions = {row.admin1 for m in mentions for row in m.rows if row.kind == "admin1" and row.admin1}
    line_rows = gazetteer.candidates(place_line.title()) if place_line else []
    line = line_rows[0].country if line_rows else None
    text = doc.text
    settled = [_settle(mention, about, regions, line, text) for mention in mentions]
    return _with_sentences(settled, doc)


def _is_clear(mention: _Mention) -> bool:
    """Whether the name means one country before any company is asked."""
    folded = fold(mention.name)
    best = weight(mention.rows[0], folded)
    others = [weight(row, folded) for row in mention.rows if row.country != mention.rows[0].country]
    return not mention.beside and (not others or best - others[0] >= CLEAR)


def _mentions(doc: Doc, gazetteer: Gazetteer, hits: Sequence[NamedHit]) -> list[_Mention]:
    text, words = doc.text, lexicon()
    located = {(e.start_char, e.end_char) for e in doc.ents if e.label_ in ("LOC", "GPE", "FAC")}
    barred = [(e.start_char, e.end_char) for e in doc.ents if e.label_ in ("PER", "PERSON", "ORG")]
    for hit in hits:
        if hit.entries and hit.entries[0].kind not in ("country", "capital", "region", "metonym"):
            barred.append((hit.start, hit.end))
    barred.sort()
    out: list[_Mention] = []
    datelines = {m.start("place"): m.end("place") for m in DATELINE_PATTERN.finditer(text)}
    for run in RUN.finditer(text):
        end = datelines.get(run.start())
        rows = tuple(gazetteer.candidates(text[run.start() : end].title())) if end else ()
        if end and rows:
            out.append(_Mention(run.start(), end, text[run.start() : end], rows))
            continue
        out.extend(_names_in_run(run.group(), run.start(), text, words, gazetteer, located, barred))
    for start, end in sorted(located):
        is_word = not text[start].isupper() or text[start:end].lower() in words.never
        if not is_word and not any(m.start < end and start < m.end for m in out):
            out.append(_Mention(start, end, text[start:end], _known(text[start:end], gazetteer)))
    out.sort(key=lambda m: m.start)
    with_company = [replace(m, beside=_beside(out, index, text)) for index, m in enumerate(out)]
    named = doc.has_annotation("ENT_IOB")
    return [
        m
        for m in with_company
        if m.rows or m.beside or not named or (m.start, m.end) in located or _last_is_kind(m.name)
    ]


def _last_is_kind(name: str) -> bool:
    return name.rpartition(" ")[2].lower() in lexicon().kinds


def _known(name: str, gazetteer: Gazetteer) -> tuple[PlaceRow, ...]:
    """The places of a name; without its kind noun where the whole is unknown ("Swat District")."""
    rows = gazetteer.candidates(name)
    head, _, last = name.rpartition(" ")
    if not rows and head and last.lower() in lexicon().kinds:
        rows = [row for row in gazetteer.candidates(head) if row.kind in (*AREAS, "town")]
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
        start = pieces[first][0]
        if (
            not run[start].isupper()
            and run[start + 1 : start + 2].isalpha()
            and "-" not in run[start : start + 4]
        ):
            first += 1
            continue
        before = word_before(text, offset + start, words)
        for last in range(min(len(pieces), first + LONGEST_NAME), first, -1):
            name = _trimmed(run[start : pieces[last - 1][1]])
            if not name or name.lower() in words.never:
                continue
            at = (offset + start, offset + start + len(name))
            is_located = at in located
            stands_whole = (
                last == len(pieces) and first == 0 and before in PLAIN and text[at[1] : at[1] + 1] not in "'’"
            )
            if not is_located and not stands_whole and _overlaps(barred, at):
                continue
            whole = last == len(pieces) and (
                first == 0 or run[: start - 1].rpartition(" ")[2].lower() in words.never
            )
            rows = _known(name, gazetteer)
            if name.startswith("The ") and rows and not rows[0].name.startswith("The "):
                continue
            if is_located or (
                _accept(name, rows, before, text, at, words, whole=whole)
                if rows
                else whole and _unknown(name, before, words)
            ):
                said = re.match(r"\s([a-z]+)", text[at[1] : at[1] + 20])
                kind = said.group(1) if said else name.rpartition(" ")[2].lower()
                out.append(_Mention(*at, name, rows, kind in REGION_WORDS))
                first = last - 1
                break
        first += 1
    return out


def _trimmed(name: str) -> str:
    """Without a possessive or the full stop of the sentence; that of "D.C." and "U.S." stays."""
    name = re.sub(r"['’]s?$", "", name)
    return name if re.search(r"\b[A-Z]\.[A-Z]\.$", name) else name.rstrip(".-–'’")


def _overlaps(spans: Sequence[tuple[int, int]], at: tuple[int, int]) -> bool:
    index = bisect_right(spans, (at[1], 0))
    return any(a < at[1] and at[0] < b for a, b in spans[max(0, index - 4) : index])


# Only these prepositions make a name that no gazetteer knows a place.
PLAIN = frozenset({"in", "at", "near", "inside", "outside", "around"})


def _unknown(name: str, before: str, words: Lexicon) -> bool:
    """May a name that the gazetteer lacks be a place? It still needs a place beside it or a kind noun in it."""
    return before in PLAIN and not name.isupper() and not any(w.lower() in words.titles for w in name.split())


def _accept(
    name: str,
    rows: Sequence[PlaceRow],
    before: str,
    text: str,
    at: tuple[int, int],
    words: Lexicon,
    *,
    whole: bool,
) -> bool:
    """Is this capitalised name, which some place bears, used as a place here? whole: no other capital touches it."""
    previous = re.search(r"(\S+) $", text[max(0, at[0] - 24) : at[0]])
    prior = previous.group(1) if previous else ""
    following = text[at[1] : at[1] + 30]
    part_of_body = prior == "of" and re.search(rf"{CAPITAL}\w+ of $", text[max(0, at[0] - 30) : at[0]])
    if part_of_body and not re.search(
        r"(City|State|Province|Republic|Kingdom|Gulf|Strait|Port|Town) of $", text[max(0, at[0] - 12) : at[0]]
    ):
        return False
    if prior.lower().rstrip(".") in words.titles or (
        name.isupper() and len(name) <= 4 and rows[0].kind != "country"
    ):
        return False
    if rows[0].kind in ("country", "venue"):
        return True
    if re.match(rf" of (?:the )?{CAPITAL}", following):
        return False
    if not whole:
        glued = re.match(rf" {CAPITAL}", following)
        capital_before = (
            prior[:1].isupper() and prior[-1:].isalpha() and prior.lower() not in words.between | words.never
        )
        if glued or capital_before:
            return (
                rows[0].kind == "admin1" and not capital_before and weight(rows[0], fold(name)) >= BARE_WEIGHT
            )
    noun = re.match(r" ([a-z]+)", following)
    if noun and noun.group(1) in words.kinds:
        return True
    if before in words.inside or before == "near" or prior.lower() in words.done_to_places:
        return True
    if before in words.goal and (
        re.match(r", [A-Z]", following) or weight(rows[0], fold(name)) >= GOAL_WEIGHT
    ):
        return True
    return weight(rows[0], fold(name)) >= BARE_WEIGHT


def word_before(text: str, start: int, words: Lexicon) -> str:
    """The locative word that governs a name: "in the northern city of Kano" gives "in"; "" if there is none."""
    previous = WORDS_BEFORE.findall(text[max(0, start - 60) : start])[::-1]
    outskirts = False
    for index, word in enumerate(previous[:9]):
        lower = word.lower()
        if lower in words.inside or lower in words.goal:
            return "near" if outskirts else lower
        if lower in words.near:
            return "near"
        outskirts = outskirts or lower in ("outskirts", "suburb", "suburbs", "edge", "border")
        if lower == "of" and index + 1 < len(previous) and previous[index + 1].lower() in words.directions:
            # "20 km north of Mosul", but not "in the east of Ukraine"
            if re.search(r"\b(km|kilomet|mile|just|close|away)", " ".join(previous[1:6])):
                return "near"
            continue
        if lower in ("and", "or", ",") and index == 0:
            # a list of places: "in Homs, Hama and Aleppo"
            if len(previous) > 1 and (previous[1][:1].isupper() or previous[1] == ","):
                ahead = text[start : start + 40]
                if lower != "," or re.match(r"[\w’'\-]+(,| and| or) ", ahead):
                    continue
            return ""
        if lower in words.between and lower not in ("and", "or", ","):
            continue
        if word[:1].isupper() and index and previous[index - 1].lower() in words.kinds | {"capital"}:
            # "in the Sudanese capital Khartoum"
            continue
        if word[:1].isupper() and index and previous[index - 1] in ("and", "or", ","):
            continue
        if lower == "," and index and previous[index - 1][:1].isupper():
            continue
        return ""
    return ""


def chained(text: str, end: int, start: int) -> bool:
    """Whether the name that begins at `start` tells where the one that ends at `end` lies."""
    return 0 < start - end < 40 and CHAIN.fullmatch(text[end:start]) is not None


def _beside(mentions: Sequence[_Mention], index: int, text: str) -> str:
    """The code of the country told right after: "X, Country", "X in Country", through a region too."""
    end = mentions[index].end
    for other in mentions[index + 1 : index + 4]:
        if not chained(text, end, other.start):
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
    most, share = (
        (about.most_common(1)[0][0], about.most_common(1)[0][1] / about.total()) if about else (None, 0.0)
    )
    if not mention.rows:
        country = mention.beside or (most if share >= DOMINANT else None)
        how = "its country stands beside it" if mention.beside else "the article is about its country"
        reason = "places:unknown: not in the gazetteer" + (f"; {how}" if country else "")
        place = Place(name=mention.name, country=country, precision="exact", span=span, reason=reason)
        return Toponym(span=span, place=place, reason=reason)
    folded = fold(mention.name)

    def score(row: PlaceRow) -> float:
        points = weight(row, folded) + SAID_REGION * (mention.said_region and row.kind in AREAS)
        if row.country is None:
            return points
        points += BESIDE * (row.country == mention.beside and row.kind != "country")
        points += ABOUT * (row.country == most) + MENTIONED * (about[row.country] > 0 and row.country != most)
        points += DATELINE * (row.country == line)
        its_own = row.admin1 is not None and fold(row.admin1) == folded
        return points + SAME_REGION * (row.admin1 in regions and not its_own)

    ranked = sorted(mention.rows, key=lambda row: (-score(row), row.row))
    best = ranked[0]
    if mention.beside and best.country == mention.beside:
        why = "its country stands beside it"
    elif best.country and best.country == most:
        why = "the article is about its country"
    elif best.country and about[best.country]:
        why = "its country is mentioned"
    else:
        why = "the largest of its name" if len(ranked) > 1 else "the only one of its name"
    other = next((row for row in ranked[1:] if row.country != best.country), None)
    if other is not None:
        why += f", not {other.name} ({other.country or other.kind})"
    reason = f"places:gazetteer: {why}"
    return Toponym(span=span, place=_place(best, span, reason), reason=reason)


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


def _with_sentences(toponyms: Sequence[Toponym], doc: Doc) -> list[Toponym]:
    """Give each span the index of its sentence, where the text has been cut into sentences."""
    if not has_sentences(doc):
        return list(toponyms)
    starts = [sentence.start_char for sentence in doc.sents]
    out = []
    for toponym in toponyms:
        index = max(0, bisect_right(starts, toponym.span.start) - 1)
        span = replace(toponym.span, sentence=index)
        place = replace(toponym.place, span=span) if toponym.place else None
        out.append(replace(toponym, span=span, place=place))
    return out
