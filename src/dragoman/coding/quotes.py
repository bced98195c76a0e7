"""Quotations: what stands between quotation marks."""

from dataclasses import dataclass
from typing import Any

OPENING, CLOSING, STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset(('"', "''", "``"))
LONGEST = 400  # tokens; a mark that was never closed must not swallow the text


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens first to last inside the marks, the marks left out."""

    first: int
    last: int


def find_quotations(doc: Any) -> tuple[Quotation, ...]:
    """Pair quotation marks inside each paragraph.

    A quotation that runs over several paragraphs is opened anew in each and closed once (the convention of English
    newspapers): one left open at the end of a paragraph ends there if the next paragraph opens with a mark.
    Single quotation marks are not read: they cannot be told from apostrophes.
    """
    found: list[Quotation] = []
    opened: int | None = None
    for token in doc:
        text = token.text
        if token.is_space and "\n" in text:
            if opened is not None and _opens_next(doc, token.i) and token.i - 1 > opened:
                found.append(Quotation(opened + 1, token.i - 1))
            opened = None
        elif text in OPENING or (text in STRAIGHT and opened is None):
            opened = token.i
        elif text in CLOSING or text in STRAIGHT:
            if opened is not None and 1 < token.i - opened <= LONGEST:
                found.append(Quotation(opened + 1, token.i - 1))
            opened = None
    return tuple(found)


def _opens_next(doc: Any, index: int) -> bool:
    return index + 1 < len(doc) and (doc[index + 1].text in OPENING or doc[index + 1].text in STRAIGHT)
