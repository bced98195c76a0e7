"""Find every name of the tables in a text: one Aho–Corasick pass, whole words, capitals respected, longest first."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from dragoman.knowledge.entries import RANK, Entry, Hit
from dragoman.knowledge.folding import cased_like, fold


class Scanner:
    """An automaton over the folded names; each pattern knows the spellings behind it and the rows that have them.

    names: (spelling, row number); entry: row number to Entry, called for what is found only.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, int]],
        entry: Callable[[int], Entry],
        people: Callable[[str], list[Entry]],
    ) -> None:
        by_pattern: dict[str, list[tuple[str, int]]] = {}
        for name in names:
            by_pattern.setdefault(fold(name[0]), []).append(name)
        self._spellings = list(by_pattern.values())
        self._entry = entry
        self._people = people
        self._automaton = AhoCorasick(
            list(by_pattern),
            matchkind=MatchKind.Standard,
            store_patterns=False,
            implementation=Implementation.NoncontiguousNFA,
        )

    def scan(self, text: str) -> list[Hit]:
        """All names in text order; of overlapping ones the leftmost, then the longest."""
        found = [*self._from_tables(text), *self._from_people(text)]
        found.sort(key=lambda hit: (hit.start, -hit.end))
        hits: list[Hit] = []
        for hit in found:
            if hits and hit.start < hits[-1].end:
                if (hit.start, hit.end) == (hits[-1].start, hits[-1].end):
                    both = sorted({*hits[-1].entries, *hit.entries}, key=_order)
                    hits[-1] = Hit(hit.start, hit.end, hit.text, tuple(both))
                continue
            hits.append(hit)
        return [_with_compound(hit, text) for hit in hits if hit.entries[0].kind != "other"]

    def _from_tables(self, text: str) -> Iterator[Hit]:
        folded = fold(text)
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if (start and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()):
                continue
            words = text[start:end]
            rows = [row for surface, row in self._spellings[pattern] if cased_like(surface, words)]
            if rows:
                yield Hit(start, end, words, self._entries(rows))

    def _from_people(self, text: str) -> Iterator[Hit]:
        """Runs of capitalised words that are, from some word on, the full name of somebody in the table of terms."""
        for run in _RUN.finditer(text):
            words = [
                (run.start() + word.start(), run.start() + word.end()) for word in _WORD.finditer(run.group())
            ]
            at = 0
            while at < len(words) - 1:
                for last in range(min(len(words), at + LONGEST_PERSON) - 1, at, -1):
                    start, end = words[at][0], words[last][1]
                    entries = self._people(text[start:end])
                    if entries:
                        yield Hit(start, end, text[start:end], tuple(entries))
                        at = last
                        break
                at += 1

    def _entries(self, rows: list[int]) -> tuple[Entry, ...]:
        """The rows' entries, best first; of several rows about one thing (hand and built table) the first in load order."""
        entries = sorted((self._entry(row) for row in dict.fromkeys(rows)), key=_rank)
        once: dict[tuple[object, ...], Entry] = {}
        for entry in entries:
            once.setdefault((entry.id, entry.kind, entry.form, entry.start, entry.end), entry)
        return tuple(once.values())


_BEFORE = re.compile(r"(\w+)[-‐‑–]$")
_AFTER = re.compile(r"[-‐‑](?P<word>[a-z]+)")


def _with_compound(hit: Hit, text: str) -> Hit:
    after = _AFTER.match(text, hit.end)
    before = _BEFORE.search(text, max(0, hit.start - LONGEST_PREFIX), hit.start)
    if after is None and (before is None or before[1].lower() not in _PREFIXES):
        return hit
    return replace(hit, compound=after["word"] if after is not None else before and before[1].lower())


_PREFIXES = frozenset(
    {"anti", "pro", "non", "ex", "post", "pre", "trans", "mid", "un", "counter", "intra", "inter"}
)
LONGEST_PREFIX = 16
LONGEST_PERSON = 6  # words: "Luiz Inácio Lula da Silva" has five
_PARTICLE = r"(?:al|el|bin|ibn|bint|ben|de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|ter|ul|ur|y|e|of|zu|af|st)"
# A length bound and a start at a word's start keep the search linear on any text.
_NAME = r"(?<![\w.'’‘-])(?:[a-z]{2,3}-)?[^\W\d_a-z][\w.'’‘-]{0,40}"  # "al-Bashir" begins small
_RUN = re.compile(rf"{_NAME}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}{_NAME})+")
_WORD = re.compile(r"\w[^ \u00a0]*?(?=['’]s?\b|[ \u00a0.,]|$)")


def _order(entry: Entry) -> tuple[int, str, str]:
    return RANK[entry.kind], entry.id, entry.form or ""


def _rank(entry: Entry) -> int:
    return RANK[entry.kind]
