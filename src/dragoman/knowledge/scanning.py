"""Find every name of the tables in a text: one Aho–Corasick pass, whole words, capitals respected, longest first."""

from collections.abc import Callable, Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from dragoman.knowledge.entries import RANK, Entry, Hit
from dragoman.knowledge.folding import cased_like, fold


class Scanner:
    """An automaton over the folded names; each pattern knows the spellings behind it and the rows that have them.

    names: (spelling, row number); entry: row number to Entry, called for what is found only.
    """

    def __init__(self, names: Iterable[tuple[str, int]], entry: Callable[[int], Entry]) -> None:
        by_pattern: dict[str, list[tuple[str, int]]] = {}
        for name in names:
            by_pattern.setdefault(fold(name[0]), []).append(name)
        self._spellings = list(by_pattern.values())
        self._entry = entry
        self._automaton = AhoCorasick(
            list(by_pattern),
            matchkind=MatchKind.Standard,
            store_patterns=False,
            implementation=Implementation.NoncontiguousNFA,
        )

    def scan(self, text: str) -> list[Hit]:
        """All names in text order; of overlapping ones the leftmost, then the longest. Entries of a hit: best first."""
        folded = fold(text)
        found = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if (start and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()):
                continue
            found.append((start, -end, pattern))
        found.sort()
        hits: list[Hit] = []
        free = 0
        for start, minus_end, pattern in found:
            if start < free:
                continue
            words = text[start:-minus_end]
            rows = [row for surface, row in self._spellings[pattern] if cased_like(surface, words)]
            if not rows:
                continue
            hits.append(Hit(start, -minus_end, words, self._entries(rows)))
            free = -minus_end
        return hits

    def _entries(self, rows: list[int]) -> tuple[Entry, ...]:
        """The rows' entries, best first; of several rows about one thing (hand and built table) the first in load order."""
        entries = sorted((self._entry(row) for row in dict.fromkeys(rows)), key=_rank)
        once: dict[tuple[object, ...], Entry] = {}
        for entry in entries:
            once.setdefault((entry.id, entry.kind, entry.form, entry.start, entry.end), entry)
        return tuple(once.values())


def _rank(entry: Entry) -> int:
    return RANK[entry.kind]
