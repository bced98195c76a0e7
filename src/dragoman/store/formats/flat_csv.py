"""CSV of our own flat form: UTF-8, a header, nothing for null, lists joined with ";" (inside a value it becomes ",")."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from dragoman.errors import InputError
from dragoman.records import Coded
from dragoman.store.formats.flat import (
    CANNOT_HOLD,
    COLUMNS,
    LIST,
    NUMBER,
    TRUTH,
    TYPES,
    WHOLE,
    Row,
    flat_layout,
    rows_of,
)
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.layout import read_row
from dragoman.store.formats.rows import open_bytes


def write(coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
    """Write CSV: UTF-8, a header, nothing for null, lists joined with ";"."""
    losses = Losses()
    _line(out, COLUMNS)
    for _, row in rows_of(coded, losses, "csv", everything=everything):
        _line(out, map(cell, row.values()))
    return losses.lines()


def read(path: Path, losses: Losses | None = None) -> Iterator[Coded]:
    """One document with one event for each row."""
    losses = Losses() if losses is None else losses
    with open_bytes(path) as file:
        reader = csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig", newline=""))
        try:
            if set(COLUMNS) - set(reader.fieldnames or ()):
                raise InputError(
                    f"no column {', '.join(sorted(set(COLUMNS) - set(reader.fieldnames or ())))}",
                    where=str(path),
                    do="Give a file made by `dragoman export csv` or `dragoman code --to csv`",
                )
            for row in reader:
                cells = {name: row.get(name) or "" for name in COLUMNS}
                where, key = f"{path.name}:{reader.line_num}", "\t".join(cells.values())
                one = read_row(LAYOUT, cells, losses, where=where, key=key)
                if one is not None:
                    yield one
        except (UnicodeDecodeError, csv.Error, ValueError) as error:
            raise InputError(
                f"cannot be read as CSV ({error})",
                where=f"{path}:{reader.line_num}",
                do="Save it as UTF-8 CSV",
            ) from error


def cell(value: object) -> str:
    """A CSV cell: nothing for null, true or false, numbers without a needless ".0", lists joined with ";"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(str(item).replace(";", ",") for item in value)
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    return str(value)


def value_of(text: str, kind: str) -> Any:
    """The value of a CSV cell."""
    if kind == LIST:
        return text.split(";") if text else []
    if not text:
        return None
    if kind == NUMBER:
        return float(text)
    if kind == WHOLE:
        return int(text)
    return text == "true" if kind == TRUTH else text


def _line(out: IO[bytes], cells: Iterable[str]) -> None:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    out.write(line.getvalue().encode("utf-8", "replace"))


def prepared(cells: Row) -> Row:
    """Typed values of some cells. One empty value and an empty list look alike: lists go as far as their names."""
    row = {name: value_of(cell, TYPES[name]) for name, cell in cells.items()}
    for party in _PARTIES:
        names = row.get(f"{party}_names")
        if not names:
            continue
        for name in _PARTIES[party]:
            if (missing := len(names) - len(row[name])) > 0:
                row[name] += [""] * missing
    return row


_PARTIES: Final = {
    party: [name for name in COLUMNS if name.startswith(f"{party}_")]
    for party in ("actor", "recipient", "attribution")
}
LAYOUT: Final = flat_layout("csv", prepared)
CSV: Final = Format(
    name="csv",
    title="CSV, one row an event",
    suffix=".csv",
    columns=COLUMNS,
    write=write,
    read=read,
    cannot_hold=CANNOT_HOLD,
    layout=LAYOUT,
    approximate=("a semicolon inside a value of a list: a comma",),
)
