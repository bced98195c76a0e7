"""Cut a text into windows of neighbouring words that are read in one call.

The document alone decides what is in a call (nothing of another document, no padding), so a text reads the same in any
order, on any number of workers. Whole paragraphs are packed up to CAP subwords; a longer paragraph is cut after a full
stop, question or exclamation mark; a run of words without any is cut at LONGEST.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

CAP = (
    112  # subwords: best typed events, whole records and realis on the development part (training/README.md)
)
LONGEST = 300  # subwords; the encoder has 512 places, training saw up to 320
_ENDS = frozenset((".", "!", "?", "…", "...", "?!", "!!", "??", "!!!"))
_CLOSERS = frozenset(('"', "”", "’", "'", "''", ")", "]", "»"))
# Capitalised words of closed classes that are no part of a name: after an abbreviation they begin a sentence.
STARTERS = frozenset(
    "The A An He She It They We I His Her Their Its This That These Those In On At But And There However Meanwhile "  # noqa: SIM905
    "After Before When While If".split()
)


@dataclass(frozen=True, slots=True)
class Window:
    """Words [first, last) of a document; `breaks` are indices inside the window that begin a paragraph."""

    first: int
    last: int
    breaks: tuple[int, ...]


def cut_windows(words: Sequence[str], sizes: Sequence[int], paragraphs: Sequence[int]) -> list[Window]:
    """Cut words into windows.

    sizes: subwords of each word. paragraphs: indices of words that begin a paragraph, the first one included.
    """
    pieces: list[tuple[int, int]] = []
    bounds = [*paragraphs, len(words)]
    for first, last in pairwise(bounds):
        if sum(sizes[first:last]) <= CAP:
            pieces.append((first, last))
        else:
            pieces.extend(_split(words, sizes, first, last))
    starts = frozenset(paragraphs)
    windows: list[Window] = []
    begin, filled = 0, 0
    for first, last in pieces:
        size = sum(sizes[first:last])
        if filled and filled + size > CAP:
            windows.append(_window(begin, first, starts))
            begin, filled = first, 0
        filled += size
    if begin < len(words):
        windows.append(_window(begin, len(words), starts))
    return windows


def _window(first: int, last: int, starts: frozenset[int]) -> Window:
    return Window(first, last, tuple(i - first for i in range(first + 1, last) if i in starts))


def _split(words: Sequence[str], sizes: Sequence[int], first: int, last: int) -> list[tuple[int, int]]:
    """Cut one long paragraph into pieces that end where a sentence seems to end."""
    pieces: list[tuple[int, int]] = []
    begin, filled = first, 0
    for i in range(first, last):
        if filled and filled + sizes[i] > LONGEST:
            pieces.append((begin, i))
            begin, filled = i, 0
        filled += sizes[i]
        if ends_sentence(words, i, last):
            pieces.append((begin, i + 1))
            begin, filled = i + 1, 0
    if begin < last:
        pieces.append((begin, last))
    return pieces


def ends_sentence(words: Sequence[str], i: int, last: int) -> bool:
    """Tell whether word i looks like the last of a sentence: a closing mark, and a capital or quotation mark after it."""
    if i + 1 >= last:
        return False
    after = words[i + 1]
    if len(words[i]) > 1 and words[i].endswith(".") and after in STARTERS:
        return True  # "in the U.S. He returned": the abbreviation's full stop is the sentence's too
    if words[i] in _CLOSERS:
        return i > 0 and words[i - 1] in _ENDS and after[:1].isupper()
    return words[i] in _ENDS and after not in _CLOSERS and (after[:1].isupper() or after[:1] in "\"“‘'(")
