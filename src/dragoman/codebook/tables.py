"""Reading a table, and the one way of saying that rows are wrong: all faults together, with file and row."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import CodebookError

# The sixteen types and the modes of any type are listed in a message; hundreds of CAMEO codes are not.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: `where` names file and row, `do` says what to write instead."""

    where: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.do}"


@dataclass(slots=True)
class Faults:
    """Gathers the faults of a whole reading, to be raised once."""

    found: list[Fault] = field(default_factory=list)

    def add(self, where: str, what: str, do: str) -> None:
        """Note one fault and go on; the same one twice is one."""
        fault = Fault(where, what, do)
        if fault not in self.found:
            self.found.append(fault)

    def raise_any(self, where: str) -> None:
        """Raise CodebookError with every fault found; do nothing if there is none."""
        if not self.found:
            return
        if len(self.found) == 1:
            fault = self.found[0]
            raise CodebookError(fault.what, where=fault.where, do=fault.do)
        lines = "".join(f"\n  {fault}" for fault in self.found)
        raise CodebookError(f"{len(self.found)} faults", where=where, do=f"Mend each of them:{lines}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table with its place, and readers of its cells that note what is wrong and go on."""

    where: str
    cells: Mapping[str, Any]
    faults: Faults

    def text(self, column: str, *, needed: bool = True) -> str:
        """The words of a cell; an empty one is a fault if the column is needed."""
        value = self.cells.get(column, "")
        if not isinstance(value, str):
            self.faults.add(
                self.where, f"'{column}' is {value!r} and no text", f'Write {column} = "…" in quotes'
            )
            return ""
        if needed and not value.strip():
            self.faults.add(self.where, f"'{column}' is empty", f"Fill in '{column}'")
        return value.strip()

    def number(self, column: str, *, low: float = -10.0, high: float = 10.0) -> float:
        """The number of a cell, within bounds."""
        value = self.cells.get(column, "")
        try:
            number = float(value)
        except (TypeError, ValueError):
            self.faults.add(
                self.where,
                f"'{column}' is {value!r} and no number",
                f"Write a number from {low:g} to {high:g}",
            )
            return 0.0
        if not low <= number <= high:
            self.faults.add(
                self.where,
                f"'{column}' is {value} and out of range",
                f"Write a number from {low:g} to {high:g}",
            )
        return number

    def choice(self, column: str, allowed: Collection[str], *, needed: bool = True) -> str:
        """One word out of a closed list."""
        value = self.text(column, needed=needed)
        if value and value not in allowed:
            known = ", ".join(allowed) if len(allowed) <= SHOWN else f"the {len(allowed)} known codes"
            self.faults.add(self.where, f"'{column}' is {value!r}", f"Write one of: {known}")
        return value

    def choices(self, column: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Words parted by blanks, each out of a closed list; may be empty."""
        values = tuple(self.text(column, needed=False).split())
        for value in values:
            if value not in allowed:
                self.faults.add(
                    self.where,
                    f"'{column}' has {value!r}, which is not known",
                    "Use a known code, or strike it out",
                )
        return values

    def yes(self, column: str) -> bool:
        """A yes or a no; TOML's true and false as well."""
        value = self.cells.get(column, "")
        if isinstance(value, bool):
            return value
        return self.choice(column, ("yes", "no")) == "yes"


def read_csv(path: Path, columns: tuple[str, ...], key: tuple[str, ...], faults: Faults) -> list[Row]:
    """Rows of a CSV table; missing columns and repeated keys are faults, and `where` counts lines from 1."""
    if not path.is_file():
        faults.add(path.name, "the table is missing", "Install the package again")
        return []
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        faults.add(path.name, "this is not UTF-8", "Save it as UTF-8")
        return []
    reader = csv.DictReader(text.splitlines(keepends=True))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        faults.add(
            f"{path.name}:1", f"no column {', '.join(missing)}", f"Write the header {','.join(columns)}"
        )
        return []
    rows = []
    for cells in reader:
        name = "/".join(cells[column] for column in key if cells[column])
        where = f"{path.name}:{reader.line_num} ({name})"
        if None in cells or None in cells.values():
            what = "the row has more or fewer cells than the header"
            faults.add(where, what, "Put cells with a comma in quotes")
            continue
        rows.append(Row(where, cells, faults))
    return unique(rows, key)


def unique(rows: list[Row], key: tuple[str, ...]) -> list[Row]:
    """The rows with each key once; a repeated key is a fault and its later rows are left out."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        name = tuple(str(row.cells.get(column, "")) for column in key)
        if not any(name):  # a missing key is a fault of its own, told when the cell is read
            name = (row.where,)
        if name in first:
            row.faults.add(row.where, f"stands already at {first[name].where}", "Strike one of the two out")
            continue
        first[name] = row
    return list(first.values())
