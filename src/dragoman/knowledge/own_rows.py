"""A user's file of actors as rows with their lines: TOML or CSV, and what is broken in its form.

TOML: [[actor]] tables; CSV: a header and one row an actor. Both know the same fields (`FIELDS`). A row that cannot be
read is a fault and does not hide the others. What the cells say is checked by `own_checks`.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dragoman.errors import KnowledgeError

FIELDS: Final = (
    "name", "aliases", "country", "sectors", "from", "to", "wikidata", "kind", "office", "note",
)  # fmt: skip
LARGEST_FILE: Final = 64_000_000  # bytes; 100,000 rows have about ten million
MOST_ROWS: Final = 250_000
SHOWN_FAULTS: Final = 50  # of a hopeless file the first ones say enough
SHOWN_CHARACTERS: Final = 60


@dataclass(slots=True)
class Faults:
    """What is wrong with one file: a line each, told together."""

    file: str
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, name: str, what: str, do: str) -> None:
        """Note a fault of a line (0: of the whole file) and go on."""
        where = f"{self.file}:{line}" if line else self.file
        called = f" ({shown(name)})" if name else ""
        self.found.append((line, f"{where}{called}: {what}. {do}"))

    def raise_any(self) -> None:
        """Raise KnowledgeError with all faults in the order of the lines; do nothing if there is none."""
        if not self.found:
            return
        told = [text for _, text in sorted(self.found, key=lambda fault: fault[0])]
        more = len(told) - SHOWN_FAULTS
        lines = "".join(f"\n  {text}" for text in told[:SHOWN_FAULTS])
        if more > 0:
            lines += f"\n  … and {more} more"
        count = f"{len(told)} faults" if len(told) > 1 else "1 fault"
        raise KnowledgeError(f"has {count}", where=self.file, do=f"Mend what each line says:{lines}")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one actor as the file has them.

    line: where it begins; lines: where each field stands, if known; broken: some of its lines could not be read.
    """

    line: int
    cells: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)
    broken: bool = False

    @property
    def name(self) -> str:
        """The name, for messages."""
        name = self.cells.get("name")
        return name if isinstance(name, str) else ""

    def at(self, key: str) -> int:
        """The line of a field, or of the row."""
        return self.lines.get(key, self.line)


def shown(value: object) -> str:
    """A value as a message may print it: on one line, no control characters, not endless."""
    text = str(value)
    text = text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises KnowledgeError if it is no readable file of reasonable size."""
    where = str(path)
    try:
        if not path.is_file():
            what = "is no file" if path.exists() else "does not exist"
            raise KnowledgeError(what, where=where, do="Give the path of a .toml or .csv file of actors")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise KnowledgeError(
                f"has {size:,} bytes",
                where=where,
                do=f"Give at most {LARGEST_FILE:,}: keep the actors that your texts name",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise KnowledgeError(
            f"cannot be read ({reason})", where=where, do="Give a file that you may read"
        ) from error


def read_rows(raw: bytes, path: Path, faults: Faults) -> list[Row]:
    """The rows of a file, told to be TOML or CSV by its name; faults of form go to `faults`."""
    suffix = path.suffix.lower()
    if suffix not in (".toml", ".csv"):
        faults.add(0, "", f"ends in '{shown(suffix)}'", "Name it .toml or .csv, by what it holds")
        return []
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        faults.add(line, "", "is not UTF-8", "Save the file as UTF-8")
        return []
    rows = list(_csv_rows(text, faults) if suffix == ".csv" else _toml_rows(text, faults))
    if len(rows) > MOST_ROWS:
        faults.add(0, "", f"holds {len(rows):,} actors", f"Give at most {MOST_ROWS:,}")
        return []
    if not rows and not faults.found:
        form = "a header and a row an actor" if suffix == ".csv" else "[[actor]] tables with name and country"
        faults.add(0, "", "holds no actor", f"Write {form}; see docs/actors.md")
    return rows


def _csv_rows(text: str, faults: Faults) -> Iterator[Row]:
    first = text.partition("\n")[0]
    comma = ";" if ";" in first and "," not in first else ","  # as spreadsheets of half the world write it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    begin, head = 1, None
    try:
        for cells in reader:
            line, begin = begin, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if head is None:
                head = [cell.strip().lower() for cell in cells]
                if not _check_head(head, line, faults):
                    return
                continue
            if len(cells) != len(head):
                faults.add(
                    line,
                    cells[head.index("name")] if len(cells) > head.index("name") else "",
                    f"has {len(cells)} cells, and the header has {len(head)}",
                    "Put a cell with a comma in quotes, and write an empty cell for what is open",
                )
                continue
            yield Row(
                line, {key: cell.strip() for key, cell in zip(head, cells, strict=True) if cell.strip()}
            )
    except csv.Error as error:
        what = (
            "opens a quotation mark that is not closed"
            if "unexpected end" in str(error)
            else f"is no CSV ({error})"
        )
        faults.add(begin, "", what, "Close the mark, and write a mark inside a cell twice")


def _check_head(head: list[str], line: int, faults: Faults) -> bool:
    before = len(faults.found)
    for key in dict.fromkeys(head):
        if key not in FIELDS:
            faults.add(line, "", f"'{shown(key)}' is no column", f"Write some of: {','.join(FIELDS)}")
        elif head.count(key) > 1:
            faults.add(
                line, "", f"the column {key!r} stands {head.count(key)} times", "Strike out all but one"
            )
    if "name" not in head:
        faults.add(line, "", "has no column 'name'", f"Begin with the header {','.join(FIELDS[:7])}")
    return len(faults.found) == before


_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*actor[ \t]*\]\][ \t]*(?:#.*)?$")
_INLINE = re.compile(r"^[ \t]*(?:actor[ \t]*=[ \t]*\[[ \t]*)?\{")
_KEY = re.compile(r"^[ \t]*\"?([A-Za-z_]+)\"?[ \t]*=")
_DATE = re.compile(r"^[ \t]*(\w+)[ \t]*=[ \t]*([\d-]+)[ \t]*(?:#.*)?$")


def _toml_rows(text: str, faults: Faults) -> Iterator[Row]:
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines) if _HEADER.match(line)]
    try:
        content = tomllib.loads(text)
    except RecursionError:
        faults.add(0, "", "nests brackets too deeply", "Write [[actor]] tables with plain values")
        return
    except tomllib.TOMLDecodeError as error:
        yield from _piecemeal(lines, heads, str(error), faults)
        return
    for key in content:
        if key != "actor":
            faults.add(0, "", f"'{shown(key)}' is no key here", "Write [[actor]] tables")
    tables: Any = content.get("actor", [])
    if not (isinstance(tables, list) and all(isinstance(table, dict) for table in tables)):
        faults.add(0, "", "'actor' is no list of tables", "Write [[actor]] with double brackets")
        return
    if len(heads) != len(tables):
        heads = [at for at, line in enumerate(lines) if _INLINE.match(line)]
    known = len(heads) == len(tables)  # else the file is written in a way that hides where its rows begin
    ends = [*heads[1:], len(lines)]
    for number, table in enumerate(tables):
        if known:
            yield Row(heads[number] + 1, table, _lines_of(lines, heads[number], ends[number]))
        else:
            yield Row(0, table)


def _lines_of(lines: list[str], first: int, end: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for at in range(first, end):
        key = _KEY.match(lines[at])
        if key is not None:
            found.setdefault(key[1], at + 1)
    return found


def _piecemeal(lines: list[str], heads: list[int], error: str, faults: Faults) -> Iterator[Row]:
    """The rows of a file that is no TOML as a whole: block by block, and a broken block line by line."""
    mended = False
    for first, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        where = _lines_of(lines, first, end)
        before = len(faults.found)
        try:
            table = tomllib.loads("\n".join(lines[first:end]))["actor"][0]
        except (tomllib.TOMLDecodeError, RecursionError):
            mended = True
            table = _line_by_line(lines, first, end, faults)
        yield Row(first + 1, table, where, broken=len(faults.found) > before)
    if not mended:  # nothing but the whole shows it
        place = re.search(r"line (\d+)", error)
        faults.add(int(place[1]) if place else 0, "", f"is no TOML ({shown(error)})", "Mend the line")


def _line_by_line(lines: list[str], first: int, end: int, faults: Faults) -> dict[str, Any]:
    """What can be read of a broken block; a list may go over several lines."""
    table: dict[str, Any] = {}
    broken: list[tuple[int, str]] = []
    at = first + 1
    while at < end:
        line = lines[at].rstrip("\r")
        day = _DATE.match(line)
        cells, after = ({day[1]: day[2]}, at + 1) if day is not None else _parsed(lines, at, end)
        if cells is None:
            broken.append((at + 1, f"is no TOML: {shown(line.strip())}"))
        for key, value in (cells or {}).items():
            if key in table:
                broken.append((at + 1, f"'{shown(key)}' stands twice in one actor"))
            table[key] = value
        at = after
    name = table.get("name")
    for number, what in broken:
        called = name if isinstance(name, str) else ""
        faults.add(number, called, what, 'Write each key once, as key = "…" or key = ["…", "…"]')
    return table


def _parsed(lines: list[str], at: int, end: int) -> tuple[dict[str, Any] | None, int]:
    """The keys of the line, or of it and the lines after it if it opens a list; None if it is broken."""
    opens = lines[at].count("[") > lines[at].count("]")
    for after in range(at + 1, min(end, at + LONGEST_LIST) + 1 if opens else at + 2):
        try:
            return tomllib.loads("\n".join(lines[at:after])), after
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
    return None, at + 1


LONGEST_LIST = 100  # lines of one value in a broken block
