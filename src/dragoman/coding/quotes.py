"""Quotations: what stands between quotation marks."""

from dataclasses import dataclass

from dragoman.coding.words import Words

OPENING, CLOSING, STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset(('"', "''", "``"))
LONGEST = 400  # tokens; a mark that was never closed must not swallow the text


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens first to last inside the marks, the marks left out."""

    first: int
    last: int


def find_quotations(words: Words) -> tuple[Quotation, ...]:
    """Pair quotation marks inside each paragraph.

    A quotation that runs over several paragraphs is opened anew in each and closed once (the convention of English
    newspapers): one left open at the end of a paragraph ends there if the next paragraph opens with a mark.
    Single quotation marks are not read: they cannot be told from apostrophes.
    """
    found: list[Quotation] = []
    opened: int | None = None
    for index, mark in enumerate(words.lower):
        if words.space[index] and "\n" in mark:
            if opened is not None and _opens_next(words, index) and index - 1 > opened:
                found.append(Quotation(opened + 1, index - 1))
            opened = None
        elif mark in OPENING or (mark in STRAIGHT and opened is None):
            opened = index
        elif mark in CLOSING or mark in STRAIGHT:
            if opened is not None and 1 < index - opened <= LONGEST:
                found.append(Quotation(opened + 1, index - 1))
            opened = None
    return tuple(found)


def _opens_next(words: Words, index: int) -> bool:
    return index + 1 < len(words) and words.lower[index + 1] in OPENING | STRAIGHT
