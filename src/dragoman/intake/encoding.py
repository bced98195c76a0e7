"""The characters that a file's bytes mean."""

import codecs
import re

from dragoman.errors import InputError
from dragoman.intake.note import Note, Noter

# Starts of files that people take for text, and what to do with them.
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "Turn it into text first (pdftotext file.pdf file.txt)"),
    (b"PK\x03\x04", "a ZIP archive or office document", "Unpack it, or save the document as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as plain text"),
    (b"\x89PNG", "a PNG image", "Give the text, not its picture"),
    (b"\xff\xd8\xff", "a JPEG image", "Give the text, not its picture"),
    (b"{\\rtf", "a rich text (RTF) document", "Save it as plain text"),
    (b"PAR1", "a Parquet file", "Write its rows as JSON Lines"),
    (b"SQLite format 3", "an SQLite database", "Write its rows as JSON Lines"),
    (b"BZh", "a bzip2 archive", "Unpack it (bunzip2), or pack it with gzip"),
    (b"\xfd7zXZ", "an xz archive", "Unpack it (unxz), or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "Unpack it (unzstd), or pack it with gzip"),
)
BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Random or packed bytes hold 11 % of C0 controls (29 of 256); a text with strays in it far below 1 %.
CONTROL_SHARE = 0.03
FEW_CONTROLS = 4  # so many may stray into a text of a line or two
# English in cp1252 has high bytes only in names, quotation marks and dashes: 1-2 % in news, 8 % in a
# line alone; a text of another script has 80 %.
CP1252_SHARE = 0.10
CP1252_MARKS = frozenset("“”‘’‚„–—…•€£¥¢§©®™°·«»¿¡½¼¾²³¹ª´¨¸±×÷\xa0\xad")
CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b")) + b"\x7f"
META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
SNIFFED_BYTES = 200_000  # as much as an encoding guess needs; the guess is quadratic in bad cases


def decode(data: bytes, *, where: str, note: Noter, html: bool = False) -> str:
    """Decode as UTF-8 or by the byte order mark; else as a page declares itself; else as cp1252, if sure.

    UTF-8 with a few broken bytes is read with U+FFFD in their place. What was mended is told to `note`.
    Raises InputError for a file that is no text, or whose encoding can only be guessed.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    for start, kind, do in SIGNATURES:
        if data.startswith(start):
            raise InputError(f"this is {kind}, not text", where=where, do=do)
    wide = _utf16_without_mark(data)
    if wide is not None:
        note(Note(f"not UTF-8; read as {wide}", "Save it as UTF-8 if names look wrong"))
        return data.decode(wide, errors="replace")
    if _is_binary(data):
        raise InputError(
            "this is a binary file, not text", where=where, do="Give plain text, HTML or JSON Lines"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    if html and (declared := _declared(data)) is not None:
        return data.decode(declared, errors="replace")
    broken = data.decode("utf-8", errors="replace")
    bad = broken.count("\ufffd")
    if bad < sum(1 for character in broken if character > "\x7f") - bad:
        note(
            Note(
                f"{bad} broken UTF-8 characters were replaced by U+FFFD",
                "Fetch the file again if names look wrong",
                line,
            )
        )
        return broken
    if _is_cp1252(data):
        note(Note("not UTF-8; read as cp1252 (Windows Latin)", "Save it as UTF-8 if names look wrong", line))
        return data.decode("cp1252")
    guess = _guess(data)
    raise InputError(
        f"not UTF-8 (byte 0x{data[_first_bad(data)]:02x} in line {line}"
        + (f"; looks like {guess})" if guess else ")"),
        where=where,
        do=f"Save it as UTF-8 (iconv -f {guess or 'ITS-ENCODING'} -t UTF-8)",
    )


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    raise ValueError("these bytes are UTF-8")


def _is_binary(data: bytes) -> bool:
    head = data[:SNIFFED_BYTES]
    controls = len(head) - len(head.translate(None, CONTROL_BYTES))
    return controls > max(FEW_CONTROLS, CONTROL_SHARE * len(head))


def _utf16_without_mark(data: bytes) -> str | None:
    """Name the byte order if every second byte is nearly always zero, as in UTF-16 of a Latin text."""
    head = data[: 2 * (len(data[:4096]) // 2)]
    if len(head) < 8:
        return None
    half = len(head) / 2
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.8 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 and odd < 0.1 else None


def _is_cp1252(data: bytes) -> bool:
    """Say whether the high bytes are few, and each a letter or a mark of typography in cp1252."""
    high = data.translate(None, bytes(range(128)))
    if len(high) > CP1252_SHARE * len(data):
        return False
    try:
        characters = set(high.decode("cp1252"))
    except UnicodeDecodeError:
        return False
    return all(character.isalpha() or character in CP1252_MARKS for character in characters)


def _declared(data: bytes) -> str | None:
    """The encoding a page declares, if Python knows it and the page can be read by it."""
    found = META_CHARSET.search(data[:4096])
    if found is None:
        return None
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name
        name = "cp1252" if name in {"iso8859-1", "ascii"} else name  # as browsers do
        data.decode(name)
    except (LookupError, UnicodeError):
        return None
    return None if name == "utf-8" else name


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # only for a message, and slow to import

    best = from_bytes(data[:SNIFFED_BYTES]).best()
    return None if best is None else str(best.encoding)
