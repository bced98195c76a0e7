"""Names of persons: the sorted index of the built table, and how two spellings of a name fit."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from dragoman.errors import KnowledgeError
from dragoman.knowledge.tables import DATA

# What a line of the index is found by: a whole folded name, its last or first word, or "office key|country".
IndexKind = Literal["full", "last", "first", "office"]
INDEX = "built/names.csv"
INDEX_HEAD = "kind,key,lines"
# How well a name fits, for ranking: the whole name, its words in another order, a part of it, its last word.
EXACT, INVERTED, PART, LAST = 1.0, 0.95, 0.85, 0.6


class NameIndex:
    """`names.csv`: for each key the lines of the table of terms that hold it; searched by bisection, never parsed whole."""

    def __init__(self) -> None:
        try:
            lines = (DATA / INDEX).read_text("utf-8").splitlines()
        except OSError as error:
            raise KnowledgeError(
                f"cannot be read ({error})", where=f"knowledge/data/{INDEX}", do="Run `make knowledge`"
            ) from error
        if not lines or lines[0] != INDEX_HEAD:
            raise KnowledgeError(
                "is no index of names", where=f"knowledge/data/{INDEX}:1", do="Run `make knowledge`"
            )
        self._lines = lines
        self._lines[0] = ""  # the head sorts before everything

    def find(self, kind: IndexKind, key: str) -> list[int]:
        """Numbers of the first term of each person (for "office": of each term) with this key."""
        start = f"{kind},{key},"
        at = bisect_left(self._lines, start)
        if at == len(self._lines) or not self._lines[at].startswith(start):
            return []
        return [int(number) for number in self._lines[at][len(start) :].split(" ")]

    def beginning(self, kind: IndexKind, letters: str) -> Iterator[tuple[str, list[int]]]:
        """All keys that begin with the letters, with their numbers."""
        start = f"{kind},{letters}"
        at = bisect_left(self._lines, start)
        while at < len(self._lines) and self._lines[at].startswith(start):
            _, key, numbers = self._lines[at].split(",")
            yield key, [int(number) for number in numbers.split(" ")]
            at += 1


def fit(words: list[str], other: list[str]) -> tuple[str, float]:
    """How two names of several words fit: ("", 0.0) if not, else kind and score.

    The same words in another order; initials; or a part with the first or last word left out.
    """
    if sorted(words) == sorted(other):
        return "inverted order", INVERTED
    long_words = [word for word in words if len(word) > 1]
    initials = len(long_words) < len(words)
    if initials and long_words and long_words[-1] == other[-1] and _initials_fit(words, other):
        return "initials", PART
    if len(long_words) > 1 and _inside(long_words, other):
        return "part of name", PART
    plain = [word for word in other if len(word) > 1]
    same_ends = bool(plain) and (words[0], words[-1]) == (plain[0], plain[-1])
    if 1 < len(plain) < len(words) and same_ends and _inside(plain, words):
        return "part of name", PART
    return "", 0.0


def _initials_fit(words: list[str], other: list[str]) -> bool:
    """Each initial must begin a word of the name, in order ("j d vance"), and each whole word stand in it."""
    at = 0
    for word in words:
        while at < len(other) and not (other[at] == word or (len(word) == 1 and other[at].startswith(word))):
            at += 1
        if at == len(other):
            # "donald j trump" against "donald trump": a middle initial that the table does not have
            return words[0] == other[0] and words[-1] == other[-1]
        at += 1
    return True


def _inside(part: list[str], whole: list[str]) -> bool:
    """All words of `part` must stand in `whole` in the same order."""
    rest = iter(whole)
    return all(word in rest for word in part)
