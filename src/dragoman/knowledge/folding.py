"""One spelling for comparing: case, accents, dashes and quotation marks folded away."""

import re
import unicodedata

from anyascii import anyascii

# Letters that Unicode does not decompose, and marks that newsrooms type in several ways.
_SAME = {
    "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ħ": "h", "ŧ": "t", "ð": "d",
    "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "´": "'", "`": "'", "ʹ": "'",
    "–": "-", "‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip
_WORDS = re.compile(r"[a-z0-9]+")


class _Folded(dict[int, str]):
    """Code point to its folded character, worked out once: exactly one character for one, so offsets stay."""

    def __missing__(self, code: int) -> str:
        if 0xD800 <= code <= 0xDFFF:  # half a surrogate pair: no letter, and no library takes it
            self[code] = "\ufffd"
            return "\ufffd"
        char = chr(code)
        lower = char.lower()
        base = _SAME.get(lower) or unicodedata.normalize("NFD", lower)[:1]
        folded = base if len(base) == 1 else char
        self[code] = folded
        return folded


_TABLE = _Folded({ord("\n"): " ", ord("\t"): " ", ord("\r"): " "})


def fold(text: str) -> str:
    """Lower case without accents, character by character: `len(fold(text)) == len(text)` always."""
    if text.isascii():
        return text.lower().replace("\n", " ").replace("\t", " ").replace("\r", " ")
    return text.translate(_TABLE)


def name_key(name: str) -> str:
    """A person's name as plain lower-case words: "Nguyễn Xuân-Phúc" and "NGUYEN Xuan Phuc" become the same."""
    plain = name if name.isascii() else anyascii(name.encode("utf-8", "replace").decode())
    return " ".join(_WORDS.findall(plain.lower().replace("'", "")))


def cased_like(surface: str, found: str) -> bool:
    """Say whether `found` is written as the table's `surface` allows.

    Both have the same length. An abbreviation must be all capitals; any other name needs a capital wherever a
    word of the table has one, or may stand wholly in capitals, as in a headline, if it has four letters or more.
    """
    if found == surface:
        return True
    if surface.isupper() and len(surface) <= LONGEST_ABBREVIATION and " " not in surface:
        return found.isupper()
    if found.isupper() and len(found) >= SHORTEST_HEADLINE_WORD:
        return True
    start = True
    for wanted, given in zip(surface, found, strict=True):
        if start and wanted.isupper() and not given.isupper():
            return False
        start = not wanted.isalnum() and wanted != "'"
    return True


LONGEST_ABBREVIATION = 8  # "UNRWA", "ASEAN", "MONUSCO"
SHORTEST_HEADLINE_WORD = 4  # "IRAN" is Iran, "MAY" may be anything
