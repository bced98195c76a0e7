"""How many were killed, injured, arrested, driven out or took part, and how much money, only as the text says it.

A number belongs to a kind through the words beside it: what follows "killing" or an active "killed", what precedes
"were killed", "dead", "died". Numbers on two sides of one telling are added; parts of a number already given
("including three children") are not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from dragoman.coding.attach import TokenRange, sentence_range
from dragoman.coding.quantities import (
    MONEY,
    SCALES,
    SHORT_SCALES,
    Piece,
    Quantity,
    pieces_of,
    quantities_of,
    tables,
)
from dragoman.coding.words import Words
from dragoman.records import Count, CountKind, Reason, Span

# How many words may stand between a number's noun phrase and a verb after it, and between a verb and the number.
SUBJECT_REACH, OBJECT_REACH = 14, 6
AUXILIARIES = frozenset({
    "was", "were", "been", "are", "is", "be", "being", "got", "get", "left", "have", "has", "had",
    "reported", "confirmed", "feared", "shot", "also", "reportedly", "found", "critically", "seriously",
    "badly", "slightly", "severely", "both",
})  # fmt: skip
TOLL_ENDS = frozenset({
    "to", "at", "of", "reached", "hit", "hits", "passed", "topped",
})  # fmt: skip
CLAUSE_ENDS = frozenset({";", ":", "said", "says", "while", "when", "after", "who", "which", "that"})
# Between two verbs of one kind, these say that the second counts another telling.
OTHER_TELLING = frozenset({
    "after", "before", "since", "when", "earlier", "later", "who", "which", "while", "following",
})  # fmt: skip
FILLERS = frozenset(
    {
        "at",
        "least",
        "more",
        "than",
        "the",
        "of",
        "another",
        "other",
        "others",
        "a",
        "an",
        "some",
        "himself",
        "themselves",
        "herself",
        "and",
        ",",
        "up",
        "to",
        "both",
        "on",
        "their",
        "his",
        "her",
        "its",
    }
)
# What follows a noun phrase that is over: "a trawler and", not "a car bomber".
AFTER_NOUN = frozenset({
    "and", "or", "in", "on", "off", "at", "near", "by", "with", "from", "to", "of", "for", "after", "that", "which", ",",
    ".", "carrying", "as", "over",
})  # fmt: skip


def find_counts(words: Words, trigger: TokenRange, type: str) -> Mapping[CountKind, Count]:
    """The counts that the trigger's sentence gives for an act of this type, by kind."""
    kinds: list[CountKind] = tables()["kinds"].get(type, [])
    if not kinds:
        return {}
    first, last = sentence_range(words, trigger[0])
    low, high, text = words.starts[first], words.ends[last - 1], words.text
    at = (words.starts[trigger[0]], words.ends[trigger[1] - 1])
    out: dict[CountKind, Count] = {}
    if "amount" in kinds:
        amount = _amount(text, low, high, at)
        if amount is not None:
            out["amount"] = amount
    people = [kind for kind in kinds if kind != "amount"]
    if not people:
        return out
    sentence = _read(text, low, high)
    if not sentence.numbers:
        return out
    for kind in people:
        found = sentence.participants(at) if kind == "participants" else sentence.linked(kind, at)
        if found:
            out[kind] = sentence.total(found, text)
    return out


def count_reasons(counts: Mapping[CountKind, Count]) -> tuple[Reason, ...]:
    """One reason for each count, in the order of the mapping."""
    return tuple(
        Reason(
            field=f"counts.{kind}",
            value=_shown(count),
            by=f"counts:{kind}",
            evidence=(count.span,),
            note=count.text,
        )
        for kind, count in counts.items()
    )


def _shown(count: Count) -> str:
    values = (count.low, count.best, count.high)
    return "/".join("…" if v is None else f"{v:g}" for v in values)


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word that says what happened to the counted. side: before, after, both."""

    first: int
    last: int
    kind: str
    side: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    pieces: Sequence[Piece]
    numbers: Sequence[Quantity]
    cues: Sequence[_Cue]

    def linked(self, kind: str, at: tuple[int, int]) -> list[Quantity]:
        """The numbers that the cues of this kind count, of the telling nearest to the act at these offsets."""
        groups: dict[_Cue, list[Quantity]] = {}
        for number in sorted(self.numbers, key=lambda q: q.first):
            cue = self._object_of(number) or self._subject_of(number)
            if cue is not None and cue.kind == kind:
                groups.setdefault(cue, []).append(number)
        cues = sorted(groups, key=lambda cue: cue.first)
        if not cues:
            return []
        nearest = min(cues, key=lambda cue: (self._away(cue, at), cue.first))
        found = [
            q for cue in cues if cue == nearest or not self._other_telling(cue, nearest) for q in groups[cue]
        ]
        real = [q for q in found if not self._is_single(q)]
        if real:
            # an indefinite article counts beside a number only where it is joined to it
            found = [q for q in found if q in real or self.pieces[q.first - 1].lower == "and"]
        elif len(set(found)) > 1:
            found = [q for i, q in enumerate(found) if i == 0 or self.pieces[q.first - 1].lower == "and"]
        values = {(q.low, q.best, q.high): q for q in reversed(found)}
        if len(values) == 1 and len(groups) > 1:
            # the same number told twice in a sentence is one number
            found = list(values.values())
        return [self._with_oneself(q) for q in sorted(found, key=lambda q: q.first)]

    def _away(self, cue: _Cue, at: tuple[int, int]) -> int:
        """Code points between a cue and the act."""
        return max(at[0] - self.pieces[cue.last - 1].end, self.pieces[cue.first].start - at[1], 0)

    def _other_telling(self, cue: _Cue, nearest: _Cue) -> bool:
        low, high = sorted((cue, nearest), key=lambda c: c.first)
        return any(p.lower in OTHER_TELLING for p in self.pieces[low.last : high.first])

    def _with_oneself(self, number: Quantity) -> Quantity:
        """Count the bomber too: "himself and 12 others" is thirteen."""
        before = [p.lower for p in self.pieces[max(0, number.first - 2) : number.first]]
        if before not in (["himself", "and"], ["herself", "and"]):
            return number
        low, best, high = (None if v is None else v + 1 for v in (number.low, number.best, number.high))
        return replace(number, first=number.first - 2, low=low, best=best, high=high)

    def _is_single(self, number: Quantity) -> bool:
        """An indefinite article read as one: "killed a soldier"; only where no real number is given."""
        return self.pieces[number.first].lower in ("a", "an", "another")

    def _kind_of(self, number: Quantity) -> str | None:
        """By the nearest cue that governs the number: the verb before it, else the verb after it."""
        before = self._object_of(number)
        if before is not None:
            return before.kind
        after = self._subject_of(number)
        return after.kind if after is not None else None

    def _object_of(self, number: Quantity) -> _Cue | None:
        nearest = [c for c in self.cues if c.last <= number.first and c.side in ("after", "both")]
        if not nearest:
            return None
        cue = nearest[-1]
        between = [p.lower for p in self.pieces[cue.last : number.first]]
        if (
            self.pieces[cue.last - 1].lower == "toll"
            and len(between) <= SUBJECT_REACH
            and between[-1:]
            and between[-1] in TOLL_ENDS
        ):
            # "the death toll from the bombing rose to 20"
            return cue
        if cue.side == "both" and (self._is_passive(cue) or cue.last >= len(self.pieces)):
            return None
        joined = any(q.first >= cue.last and q.last <= number.first for q in self.numbers)
        if joined:
            # "killed two soldiers and three civilians", "killing three and (a cue of its own) wounding five"
            last = max(q.last for q in self.numbers if q.last <= number.first)
            gap = [p.lower for p in self.pieces[last : number.first]]
            plain = gap[-1:] in (["and"], [","]) or gap[-2:] in (
                ["and", "the"],
                ["and", "their"],
                ["well", "as"],
            )
            if not plain or len(gap) > OBJECT_REACH or set(gap) & CLAUSE_ENDS or self._subject_of(number):
                return None
            return cue if self._object_of(next(q for q in self.numbers if q.last == last)) == cue else None
        return cue if len(between) <= 4 and all(word in FILLERS for word in between) else None

    def _subject_of(self, number: Quantity) -> _Cue | None:
        for cue in self.cues:
            if cue.first < number.last or cue.side == "after":
                continue
            between = [p.lower for p in self.pieces[number.last : cue.first]]
            if len(between) > SUBJECT_REACH or set(between) & CLAUSE_ENDS:
                return None
            if any(c.first >= number.last and c.last <= cue.first for c in self.cues):
                return None
            following = next((q for q in self.numbers if number.last <= q.first < cue.first), None)
            if following and self.pieces[following.first - 1].lower not in ("and", ",", "as", "of"):
                return None
            if cue.side == "both" and not self._is_passive(cue) and not self._is_elliptic(cue, number):
                return None
            return cue
        return None

    def _is_passive(self, cue: _Cue) -> bool:
        """Whether the participle is passive: after a form of "be", or with nothing after it that it could take."""
        before = [p.lower for p in self.pieces[max(0, cue.first - 3) : cue.first]]
        if any(
            word in ("was", "were", "been", "is", "are", "be", "being", "left", "reported", "confirmed")
            for word in before
        ):
            return True
        after = self.pieces[cue.last].lower if cue.last < len(self.pieces) else "."
        return after in (
            "and",
            "by",
            "in",
            "on",
            "at",
            "when",
            "after",
            "during",
            "as",
            ",",
            ".",
            "since",
            "near",
            "or",
            "while",
            "for",
            "over",
            "from",
        ) and not any(q.first == cue.last for q in self.numbers)

    def _is_elliptic(self, cue: _Cue, number: Quantity) -> bool:
        """Is the auxiliary left out: "three people were killed and five wounded"."""
        return cue.first - number.last <= 3

    def participants(self, at: tuple[int, int]) -> list[Quantity]:
        """The number of people nearest to the act, before it or else after it, that no other cue counts."""
        nouns = set(tables()["cues"]["participants"]["nouns"])
        free = []
        for number in self.numbers:
            if self._is_single(number) or self._kind_of(number) in ("killed", "injured"):
                continue
            following = [p.lower for p in self.pieces[number.last : number.last + 4]]
            vague = number.best is None and number.low is not None
            if set(following) & nouns or vague or (following[:1] and following[0].endswith("s")):
                free.append(number)
        if not free:
            return []

        def distance(number: Quantity) -> tuple[int, int]:
            start, end = self.pieces[number.first].start, self.pieces[number.last - 1].end
            return (max(at[0] - end, start - at[1], 0), start)

        return [min(free, key=distance)]

    def total(self, found: Sequence[Quantity], text: str) -> Count:
        """The sum of the numbers; a side that one of them leaves open stays open."""

        def add(values: list[float | None]) -> float | None:
            known = [v for v in values if v is not None]
            return sum(known) if len(known) == len(values) else None

        start, end = self.pieces[found[0].first].start, self.pieces[found[-1].last - 1].end
        return Count(
            low=add([q.low if q.low is not None or len(found) == 1 else q.best for q in found]),
            best=add([q.best for q in found]),
            high=add([q.high for q in found]),
            text=text[start:end],
            span=Span(start=start, end=end, text=text[start:end]),
        )


@lru_cache(maxsize=64)  # the acts of a sentence ask for it one after another
def _read(text: str, low: int, high: int) -> _Sentence:
    """What counts, and what may be counted, between two offsets."""
    pieces = pieces_of(text, low, high)
    numbers = [q for q in quantities_of(pieces) if _is_people(pieces, q)]
    return _Sentence(pieces, numbers + _singles(pieces, numbers), _cues(pieces))


def _is_people(pieces: Sequence[Piece], number: Quantity) -> bool:
    """Whether this number may count people: not a date, an age, money, a share, a part of another number or a thing."""
    table = tables()
    before = pieces[number.first - 1].lower if number.first else ""
    after = [p.lower for p in pieces[number.last : number.last + 3]]
    if before in ("$", "€", "£", "¥", "aged", "age", "no", "number", "#", "/", "'", "’") or before in MONTHS:
        return False
    if before == "." and number.first > 1 and pieces[number.first - 2].lower in SHORT_MONTHS:
        return False
    if before == "," and after[:1] == [","]:
        # "a student, 20, was stabbed"
        return False
    if before in table["parts"]["words"] and before != "of":
        return False
    first = pieces[number.first].lower
    if (
        first.isdecimal()
        and len(first) == 4
        and 1900 <= int(first) <= 2100
        and before in ("in", "since", "of", "from", "the", "by")
    ):
        return False
    if (
        after[:1]
        and after[0] in ("%", "$", "€", ":", "/", "'", "’", "st", "nd", "rd", "th", "p", "a")
        and after[0] != "a"
    ):
        return False
    if after[:2] == ["of", "them"] or after[:2] == ["of", "whom"]:
        return False
    return not any(
        p.lower in table["not_people"]["nouns"] and p.text.islower()
        for p in pieces[number.last : number.last + 2]
    )


SHORT_MONTHS = frozenset({
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
})  # fmt: skip
MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
})  # fmt: skip


def _singles(pieces: Sequence[Piece], numbers: Sequence[Quantity]) -> list[Quantity]:
    """Indefinite articles read as one, where a cue counts them: "a soldier", "an officer"."""
    taken = {i for q in numbers for i in range(q.first, q.last)}
    parts = tables()["parts"]["words"]
    return [
        Quantity(i, i + 1, 1.0, 1.0, 1.0)
        for i, piece in enumerate(pieces)
        if piece.lower in ("a", "an", "another")
        and not {i, i + 1} & taken
        and (i == 0 or pieces[i - 1].lower not in parts or pieces[i - 1].lower == "of")
        and not _is_thing(pieces, i + 1)
    ]


def _is_thing(pieces: Sequence[Piece], first: int) -> bool:
    """Tell whether a noun phrase in the singular ends in a word for a thing within three words ("a Chinese trawler")."""
    things = tables()["not_people"]["nouns"]
    for at in range(first, min(first + 3, len(pieces))):
        over = at + 1 >= len(pieces) or pieces[at + 1].lower in AFTER_NOUN
        if over:
            return pieces[at].lower + "s" in things or pieces[at].lower in things
    return False


def _cues(pieces: Sequence[Piece]) -> list[_Cue]:
    """All cues of the sentence, in order; of overlapping ones the longest."""
    index = _cue_index()
    openers = {phrase.split()[0] for phrase in index}
    out: list[_Cue] = []
    at = 0
    while at < len(pieces):
        for length in (3, 2, 1) if pieces[at].lower in openers else ():
            words = " ".join(p.lower for p in pieces[at : at + length])
            if words in index and at + length <= len(pieces):
                kind, side = index[words]
                out.append(_Cue(at, at + length, kind, side))
                at += length - 1
                break
        at += 1
    return out


@lru_cache(maxsize=1)
def _cue_index() -> dict[str, tuple[str, str]]:
    table: dict[str, Any] = tables()["cues"]
    return {
        phrase: (kind, side)
        for kind, sides in table.items()
        for side in ("before", "after", "both")
        for phrase in sides.get(side, [])
    }


def _amount(text: str, low: int, high: int, at: tuple[int, int]) -> Count | None:
    """The sum of money nearest to the act."""
    found: list[tuple[int, int, Count]] = []
    for match in MONEY.finditer(text, low, high):
        value = float(match["number"].replace(",", ""))
        scale = (match["scale"] or "").lower()
        value *= SCALES.get(scale, SHORT_SCALES.get(scale, 1))
        found.append(_money(text, low, match.start(), match.end(), value, at))
    pieces = pieces_of(text, low, high)
    for number in quantities_of(pieces):
        after = [p.lower for p in pieces[number.last : number.last + 2]]
        if number.best is not None and set(after) & set(tables()["currencies"]["words"]):
            end = next(p.end for p in pieces[number.last :] if p.lower in tables()["currencies"]["words"])
            found.append(_money(text, low, pieces[number.first].start, end, number.best, at))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _money(
    text: str, low: int, start: int, end: int, value: float, at: tuple[int, int]
) -> tuple[int, int, Count]:
    before = " ".join(text[max(low, start - 24) : start].lower().split())
    sense = next((s for phrase, s in tables()["qualifiers"].items() if before.endswith(phrase)), "exact")
    bounds = {
        "exact": (value, value, value),
        "from": (value, value, None),
        "to": (None, value, value),
        "below": (None, None, value),
        "about": (None, value, None),
    }[sense]
    distance = max(at[0] - end, start - at[1], 0)
    span = Span(start=start, end=end, text=text[start:end])
    return distance, start, Count(low=bounds[0], best=bounds[1], high=bounds[2], text=span.text, span=span)
