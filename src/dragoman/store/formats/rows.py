"""Tab-separated files as other systems ship them: cells out, cells in, plain, zipped or gzipped."""

import gzip
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from dragoman.errors import InputError
from dragoman.store.formats.form import Losses

# Tabs and line ends of any kind part cells and rows; a double quote swallows rows in readers that know quotes.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
_ODD: Final = bytes(byte for byte in range(32) if byte not in b"\t\n") + b'"\x7f'
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
    good, bad, tabs = 0, "", len(columns) - 1
    with open_bytes(path) as file:
        for number, line in enumerate(file, 1):
            if number > 1 and line.count(b"\t") == tabs and not line.startswith((b" ", b"\t")):
                # Most lines are as they should be; to take them apart is what costs.
                body = line.removesuffix(b"\n").removesuffix(b"\r")
                if body.isascii() and len(body.translate(None, _ODD)) == len(body) and not _loose(body):
                    good += 1
                    yield number, body.decode("ascii")
                    continue
            text = _decode(line, losses).rstrip("\r\n")
            cells = [each.strip() for each in text.split("\t")]
            if cells == [""]:
                continue
            if header and number == 1:
                if cells[0].strip('"').lower() != columns[0].lower():
                    bad = bad or f"the first line is no header: it begins with {cells[0][:40]!r}"
                    break
                continue
            while len(cells) > len(columns) and not cells[-1]:
                cells.pop()
            if len(cells) != len(columns):
                bad = bad or f"line {number} has {len(cells)} cells, not {len(columns)}"
                losses.add(f"left out: not {len(columns)} cells in the line")
                continue
            good += 1
            yield number, "\t".join(map(_unquote, cells) if '"' in text else cells)
    if bad and not good:
        raise InputError(bad, where=str(path), do=f"Give a file in the form of {format}; see docs/exports.md")


def _loose(body: bytes) -> bool:
    """True if blanks stand around a cell."""
    return b" \t" in body or b"\t " in body or body.endswith(b" ")


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
