"""Tab-separated files as other systems ship them: cells out, cells in, plain, zipped or gzipped."""

import gzip
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Final, cast

import numpy as np

from dragoman.errors import InputError
from dragoman.store.formats.form import Losses

# Tabs and line ends of any kind part cells and rows; a double quote swallows rows in readers that know quotes.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
_ODD: Final = bytes(byte for byte in range(32) if byte not in b"\t\n") + b'"\x7f'
# What `strip` takes for blanks beyond ASCII, and the mark at the beginning of some files.
_WIDE_BLANKS: Final = (
    "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f"
    "\u3000\ufeff"
)
BLOCK: Final = 4_096  # lines that are looked at together
FEW: Final = 16  # among which an odd line is looked for one by one
_ENCODINGS: Final = ("utf-8", "cp1252")


def cell(value: object) -> str:
    """A value as a tab-separated cell: empty for null, no character that ends a cell or a row."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value)
    return _UNSAFE.sub(" ", str(value)).replace('"', "'").strip()


def write_row(out: IO[bytes], values: Iterable[object]) -> None:
    """Write one row, UTF-8, ended by a line feed."""
    out.write(("\t".join(map(cell, values)) + "\n").encode("utf-8", "replace"))


def read_rows(
    path: Path, columns: Sequence[str], losses: Losses, *, format: str, header: bool
) -> Iterator[tuple[str, list[str]]]:
    """Yield `file:line` and the cells of each row that has all columns; as `clean_lines` has them."""
    for number, line in clean_lines(path, columns, losses, format=format, header=header):
        yield f"{path.name}:{number}", line.split("\t")


def clean_lines(
    path: Path, columns: Sequence[str], losses: Losses, *, format: str, header: bool
) -> Iterator[tuple[int, str]]:
    """Yield number and line of each row that has all columns: cells parted by tabs, without blanks or quotes around them.

    Empty cells beyond the last column are dropped, as published files have them; a row with fewer or more is left out
    and counted. Raises InputError if no row fits. Lines that are not UTF-8 are read as Windows-1252.
    """
    for block in clean_blocks(path, columns, losses, format=format, header=header):
        yield from block


def clean_blocks(
    path: Path, columns: Sequence[str], losses: Losses, *, format: str, header: bool
) -> Iterator[list[tuple[int, str]]]:
    """The same, some thousand lines at a time: most are as they should be, and to take each apart is what costs."""
    mended, number = _Mended(columns, losses), 0
    form = f"Give a file in the form of {format}; see docs/exports.md"
    with open_bytes(path) as file:
        if header:
            for line in islice(file, 1):
                number = 1
                name, *others = (each.strip() for each in _decode(line, losses).rstrip("\r\n").split("\t"))
                if (name or others) and name.strip('"').lower() != columns[0].lower():
                    fault = f"the first line is no header: it begins with {name[:40]!r}"
                    raise InputError(fault, where=str(path), do=form)
        while lines := list(islice(file, BLOCK)):
            yield mended.block(number + 1, lines)
            number += len(lines)
    if mended.bad and not mended.good:
        raise InputError(mended.bad, where=str(path), do=form)


class _Mended:
    """Lines made rows, and how many were good, and what was wrong with the first that was not."""

    def __init__(self, columns: Sequence[str], losses: Losses) -> None:
        self.columns, self.losses = columns, losses
        self.good, self.bad = 0, ""

    def block(self, first: int, lines: list[bytes]) -> list[tuple[int, str]]:
        """The rows of some lines; an odd one is sought by halves."""
        text = _as_it_is(lines, len(self.columns) - 1)
        if text is not None:
            self.good += len(lines)
            return list(enumerate(text.split("\n"), first))
        if len(lines) > FEW:
            half = len(lines) // 2
            return self.block(first, lines[:half]) + self.block(first + half, lines[half:])
        rows = ((number, self._row(number, line)) for number, line in enumerate(lines, first))
        return [(number, row) for number, row in rows if row is not None]

    def _row(self, number: int, line: bytes) -> str | None:
        text = _decode(line, self.losses).rstrip("\r\n")
        cells = [each.strip() for each in text.split("\t")]
        if cells == [""]:
            return None
        while len(cells) > len(self.columns) and not cells[-1]:
            cells.pop()
        if len(cells) != len(self.columns):
            self.bad = self.bad or f"line {number} has {len(cells)} cells, not {len(self.columns)}"
            self.losses.add(f"left out: not {len(self.columns)} cells in the line")
            return None
        self.good += 1
        return "\t".join(map(_unquote, cells) if '"' in text else cells)


def _as_it_is(lines: list[bytes], tabs: int) -> str | None:
    """Lines that need no mending in one, without the last line end; null if one of them does, or may."""
    body = b"".join(lines)
    if b"\r" in body:
        body = body.replace(b"\r\n", b"\n")
    body = body.removesuffix(b"\n")
    if body[:1] in (b"", b" ", b"\n") or body[-1:] in (b" ", b"\n") or _loose(body):
        return None
    if len(body.translate(None, _ODD)) != len(body) or any(line.count(b"\t") != tabs for line in lines):
        return None
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if body.isascii() or not any(sign in text for sign in _WIDE_BLANKS) else None


def _loose(body: bytes) -> bool:
    """True if a blank stands beside a tab or a line end, or a line is empty; to search for the pairs takes longer."""
    letters = np.frombuffer(body, np.uint8)
    blank, line = letters == ord(" "), letters == ord("\n")
    end = line | (letters == ord("\t"))
    pairs = (blank[:-1] & end[1:]) | (end[:-1] & blank[1:]) | (line[:-1] & line[1:])
    return bool(pairs.any())


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Open a file; of a ZIP the one member, of a gzip file what is in it."""
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                names = [info.filename for info in archive.infolist() if not info.is_dir()]
                if len(names) != 1:
                    raise InputError(
                        f"holds {len(names)} files", where=str(path), do="Unpack it and name one"
                    )
                with archive.open(names[0]) as file:
                    yield file
        elif path.suffix.lower() == ".gz":
            with gzip.open(path) as packed:
                yield cast(IO[bytes], packed)
        else:
            with path.open("rb") as file:
                yield file
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        raise InputError(f"cannot be read ({error})", where=str(path), do="Check name and content") from error


def _decode(line: bytes, losses: Losses) -> str:
    for encoding in _ENCODINGS:
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != _ENCODINGS[0]:
            losses.add("mended: a line that is not UTF-8, read as Windows-1252")
        return text.removeprefix("\ufeff")
    losses.add("mended: a line that is neither UTF-8 nor Windows-1252, unknown characters replaced")
    return line.decode("utf-8", "replace")


def _unquote(text: str) -> str:
    """A cell without the quotes that Dataverse and spreadsheets put around words."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"').replace('\\"', '"')
    return text
