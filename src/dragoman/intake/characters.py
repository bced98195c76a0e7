"""The code points that may stand in a canonical text.

Code points are kept as given (no normalisation form is forced: an offset counts what the source wrote), but
line ends of every kind become a line feed; every other space (tab, no-break, thin …) becomes a blank;
invisible marks (byte order mark, zero-width space, soft hyphen, word joiner, direction marks) are dropped; C1
controls are read as cp1252, as browsers do (0x93 is “); other control characters are dropped; surrogate pairs
are joined and lone surrogates become U+FFFD.
"""

import re

from dragoman.intake.note import Note, Noter

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028]")
_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\ufeff\u200b\xad\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    "\ufff9\ufffa\ufffb"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def _table() -> dict[int, str]:
    table = {code: "" for code in [*range(0x20), *range(0x7F, 0xA0)] if code != 0x0A}
    for code in range(0x80, 0xA0):
        table[code] = bytes([code]).decode("cp1252", errors="ignore")
    table |= {ord(character): " " for character in _SPACES}
    table |= {ord(character): "" for character in _INVISIBLE}
    table[0x2029] = "\n\n"
    return table


_TABLE = _table()


def canonical_characters(text: str, note: Noter) -> str:
    """Replace what may not stand in a canonical text (see above); lines and blank lines stay as they are."""
    surrogate = _SURROGATES.search(text)
    if surrogate is not None:
        line = text.count("\n", 0, surrogate.start()) + 1
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if "\ufffd" in text:
            note(
                Note(
                    "lone surrogates (half a character) were replaced by U+FFFD",
                    "Write the text out again as UTF-8 if names look wrong",
                    line,
                )
            )
    text = _LINE_ENDS.sub("\n", text)
    control = _CONTROLS.search(text)
    if control is not None:
        note(
            Note(
                f"control characters were taken out (first: 0x{ord(control.group()):02x})",
                "Look at the text there if words look wrong",
                text.count("\n", 0, control.start()) + 1,
            )
        )
    return text.translate(_TABLE)
