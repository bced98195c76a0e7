"""Coded documents out, one after another: JSON Lines, CSV, Parquet or a table; to a file or to a pipe."""

import csv
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, Final, Literal, Protocol

from dragoman.cli.columns import (
    EVENT_COLUMNS,
    OWN_COLUMNS,
    STATEMENT_COLUMNS,
    Column,
    event_rows,
    own_event_rows,
    statement_rows,
)
from dragoman.cli.words import number
from dragoman.errors import UsageError
from dragoman.records import Coded, to_jsonl

Records = Literal["events", "statements"]
Rows = Literal["events", "own events", "statements"]
COLUMNS: Final = {"events": EVENT_COLUMNS, "own events": OWN_COLUMNS, "statements": STATEMENT_COLUMNS}
ROWS: Final[dict[str, Callable[[Coded], Iterator[dict[str, Any]]]]] = {
    "events": event_rows,
    "own events": own_event_rows,
    "statements": statement_rows,
}
SQL_TYPES: Final = {
    "text": "VARCHAR",
    "list": "VARCHAR[]",
    "number": "DOUBLE",
    "whole": "BIGINT",
    "truth": "BOOLEAN",
    "day": "DATE",
}
SUFFIXES: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".txt": "table",
}


class Writer(Protocol):
    """Takes coded documents one at a time, in the order in which they shall stand."""

    def write(self, coded: Coded) -> None:
        """Write one document with its records."""


class JsonLines:
    """One object a line: the document, then its events and statements."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream

    def write(self, coded: Coded) -> None:
        """Write and flush, so that a reader at the other end of a pipe has each article at once."""
        self.stream.write(to_jsonl(coded))
        self.stream.flush()


class Csv:
    """One row an event, or one row a statement; UTF-8, a header, lists joined with ";"."""

    def __init__(self, stream: IO[bytes], records: Rows) -> None:
        self.rows = ROWS[records]
        self.stream = stream
        self._send([column.name for column in COLUMNS[records]])

    def write(self, coded: Coded) -> None:
        """Write the rows of one document."""
        for row in self.rows(coded):
            self._send([cell(value) for value in row.values()])
        self.stream.flush()

    def _send(self, cells: list[str]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(cells)
        self.stream.write(line.getvalue().encode("utf-8"))


def cell(value: object) -> str:
    """A CSV cell: nothing for null, true or false, numbers without a needless ".0", lists joined with ";"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(str(item).replace(";", ",") for item in value)
    return number(value) if isinstance(value, float) else str(value)


class Parquet:
    """The same rows with typed columns. They wait in a temporary file, which DuckDB turns into Parquet."""

    def __init__(self, waiting: IO[str], records: Rows) -> None:
        self.rows, self.columns, self.waiting = ROWS[records], COLUMNS[records], waiting

    def write(self, coded: Coded) -> None:
        """Put the rows of one document into the waiting file."""
        for row in self.rows(coded):
            self.waiting.write(json.dumps(row, ensure_ascii=False) + "\n")

    def finish(self, out: Path) -> None:
        """Write the Parquet file, whole or not at all."""
        import duckdb  # 0.15 s that only this form needs

        self.waiting.flush()
        part = out.with_name(out.name + ".part")
        with duckdb.connect() as connection:
            source = connection.read_json(
                self.waiting.name, format="newline_delimited", columns=types(self.columns)
            )
            source.write_parquet(str(part), compression="zstd")
        part.replace(out)


def types(columns: tuple[Column, ...]) -> dict[str, str]:
    """The SQL type of each column, in order."""
    return {column.name: SQL_TYPES[column.kind] for column in columns}


class Table:
    """Something to read, as wide as the terminal."""

    def __init__(self, stream: IO[str], records: Records | None) -> None:
        from rich.console import Console

        self.console = Console(file=stream, highlight=False, soft_wrap=False)
        self.records = records

    def write(self, coded: Coded) -> None:
        """Print one document."""
        from dragoman.cli.table import article

        for part in article(
            coded, width=self.console.width, plain=self.console.color_system is None, records=self.records
        ):
            self.console.print(part)


class Both:
    """Two writers that take the same documents."""

    def __init__(self, *writers: Writer) -> None:
        self.writers = writers

    def write(self, coded: Coded) -> None:
        """Hand the document to each."""
        for writer in self.writers:
            writer.write(coded)


def form_of(to: str | None, out: Path | None) -> str:
    """The form of the output: as asked, else by the file name, else table on a terminal, else jsonl."""
    if to is not None:
        return to
    if out is not None:
        return SUFFIXES.get(out.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


@contextmanager
def open_writer(
    to: str,
    out: Path | None,
    *,
    records: Records | None = None,
    statements: Path | None = None,
    own: bool = False,
) -> Iterator[Writer]:
    """Open the place where records go; close it, and finish what must be finished, at the end.

    records: which rows a CSV or Parquet file holds (default events) or a table shows (default both).
    statements: a second CSV or Parquet file that gets the statements.
    own: whether the events have categories of the user's own, which then get a column.
    """
    if records is not None and to == "jsonl":
        raise UsageError(
            "JSON Lines hold events and statements together",
            where="--records",
            do="Leave it out, or choose --to csv, parquet or table",
        )
    if statements is not None and to not in ("csv", "parquet"):
        raise UsageError(
            f"there is no second file beside a {to} output",
            where="--statements",
            do="Choose --to csv or --to parquet, or leave it out",
        )
    with ExitStack() as stack:
        main = stack.enter_context(_open_one(to, out, records, own=own))
        if statements is None:
            yield main
        else:
            yield Both(main, stack.enter_context(_open_one(to, statements, "statements")))


@contextmanager
def _open_one(to: str, out: Path | None, records: Records | None, *, own: bool = False) -> Iterator[Writer]:
    rows: Rows = "own events" if own and records != "statements" else records or "events"
    if out is not None and not out.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}", where=f"--out {out}", do="Make it first")
    if out is not None and out.is_dir():
        raise UsageError("is a folder", where=f"--out {out}", do="Give the name of a file")
    if to == "parquet":
        if out is None:
            raise UsageError(
                "Parquet cannot go to standard output", where="--to parquet", do="Add --out NAME.parquet"
            )
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as waiting:
            parquet = Parquet(waiting, rows)
            yield parquet
            parquet.finish(out)
    elif to == "table":
        with _text(out) as stream:
            yield Table(stream, records)
    else:
        with _bytes(out) as stream:
            yield JsonLines(stream) if to == "jsonl" else Csv(stream, rows)


@contextmanager
def _bytes(out: Path | None) -> Iterator[IO[bytes]]:
    if out is None:
        yield sys.stdout.buffer
    else:
        with out.open("wb") as stream:
            yield stream


@contextmanager
def _text(out: Path | None) -> Iterator[IO[str]]:
    if out is None:
        yield sys.stdout
    else:
        with out.open("w", encoding="utf-8") as stream:
            yield stream
