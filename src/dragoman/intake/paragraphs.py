"""Cuts a text into paragraphs: at its line ends, or only at its blank lines.

Files come in two habits. Some wrap a paragraph over many lines of one width and leave a blank line between
paragraphs; others write a paragraph a line. Which habit a text has is told by the line ends inside its
blocks: wrapped lines break anywhere, so most of them end in mid-sentence and the next begins in lower case.
"""

import re
from itertools import pairwise

_CLOSERS = "\"'”’»)]"
_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_SPACE_RUN = re.compile(r" {2,}")
# Of wrapped English lines about three in four go on in lower case; of paragraphs a line next to none do.
GOES_ON_SHARE = 0.25
# Nobody wraps wider; a line above it is a paragraph.
WIDEST_WRAP = 140


def ends_sentence(line: str) -> bool:
    """Say whether the line ends with the mark of a sentence, or of a clause that introduces one."""
    return _SENTENCE_END.search(line) is not None


def paragraphs(text: str, *, a_line_each: bool = False) -> list[str]:
    """Cut canonical characters into paragraphs: each one line, no blanks around it, no double ones inside.

    a_line_each: every line is a paragraph (text from a page, whose blocks are known).
    """
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip(" "):
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if a_line_each:
        cut = [[line] for block in blocks for line in block]
    else:
        width = _wrap_width(blocks)
        cut = [part for block in blocks for part in _parts(block, width)]
    return [joined for part in cut if (joined := _join(part))]


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """The width at which the text is wrapped, or None if its lines are paragraphs."""
    breaks = [pair for block in blocks for pair in pairwise(block)]
    if not breaks:
        return None
    width = max(len(line.strip(" ")) for block in blocks if len(block) > 1 for line in block)
    going_on = sum(1 for line, after in breaks if _goes_on(line, after))
    return width if width <= WIDEST_WRAP and going_on >= GOES_ON_SHARE * len(breaks) else None


def _goes_on(line: str, after: str) -> bool:
    """Say whether the second line must go on with the first one's sentence."""
    return not ends_sentence(line.rstrip(" ")) and after.lstrip(" ")[:1].islower()


def _parts(block: list[str], width: int | None) -> list[list[str]]:
    """Cut a block of lines where one paragraph ends and another begins."""
    parts = [[block[0]]]
    for line, after in pairwise(block):
        if width is None:
            together = _goes_on(line, after)
        else:
            indented = after.startswith("  ") and not line.startswith("  ")
            first_word = after.split(maxsplit=1)[0]
            full = len(line.strip(" ")) + 1 + len(first_word) > width
            together = not indented and (full or not ends_sentence(line.rstrip(" ")))
        if together:
            parts[-1].append(after)
        else:
            parts.append([after])
    return parts


def _join(lines: list[str]) -> str:
    """Join wrapped lines; a word broken at its hyphen keeps the hyphen and gets no blank."""
    whole = ""
    for line in lines:
        line = _SPACE_RUN.sub(" ", line.strip(" "))
        if not whole:
            whole = line
        elif whole.endswith("-") and whole[-2:-1].isalpha() and line[:1].islower():
            whole += line
        else:
            whole += " " + line
    return whole
