"""Rows on their way out: a table to read, CSV or JSON Lines; to a file or to standard output."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from dragoman.cli.writers import SUFFIXES, cell
from dragoman.errors import UsageError

MOST_ON_SCREEN: Final = 1_000  # a terminal is no place for more


def form_of_rows(to: str | None, out: Path | None) -> str:
    """As asked, else by the name in --out, else a table on a terminal, else CSV."""
    if to is not None:
        return to
    if out is not None:
        return SUFFIXES.get(out.suffix.lower(), "csv")
    return "table" if sys.stdout.isatty() else "csv"


def show_rows(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    to: str,
    out: Path | None,
    limit: int | None = None,
) -> None:
    """Write rows in the form `to`: table, csv or jsonl."""
    with out_stream(out) as stream:
        chosen = islice(rows, limit)
        if to == "table":
            _table(columns, chosen, stream)
        elif to == "jsonl":
            for row in chosen:
                line = json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False)
                stream.write(line.encode("utf-8", "replace") + b"\n")
        else:
            _csv(stream, columns)
            for row in chosen:
                _csv(stream, [_flat(value) for value in row])


def _csv(stream: IO[bytes], cells: Sequence[Any]) -> None:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    stream.write(line.getvalue().encode("utf-8", "replace"))


def _flat(value: Any) -> str:
    """A cell; lists of plain values are joined, anything deeper is JSON."""
    if isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(item, dict | list) for item in value)
    ):
        return json.dumps(value, ensure_ascii=False)
    return cell(value)


def _table(columns: Sequence[str], rows: Iterator[Sequence[Any]], stream: IO[bytes]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    text = io.TextIOWrapper(stream, encoding="utf-8", write_through=True)
    console = Console(file=text, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    first = list(islice(rows, MOST_ON_SCREEN))
    for place, column in enumerate(columns):
        numbers = all(isinstance(row[place], int | float | None) for row in first)
        table.add_column(Text(column), justify="right" if numbers and first else "left", overflow="fold")
    for row in first:
        table.add_row(*(Text(_flat(value)) for value in row))
    console.print(table)
    if next(rows, None) is not None:
        print(f"dragoman: the first {MOST_ON_SCREEN} rows; --to csv gives all", file=sys.stderr)
    text.detach()


@contextmanager
def out_stream(out: Path | None) -> Iterator[IO[bytes]]:
    """The file of --out, or standard output."""
    if out is None:
        yield sys.stdout.buffer
        return
    if not out.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}", where=f"--out {out}", do="Make it first")
    with out.open("wb") as stream:
        yield stream


def needs_out(out: Path | None) -> Path:
    """The file that Parquet goes to."""
    if out is None:
        raise UsageError(
            "Parquet cannot go to standard output", where="--to parquet", do="Add --out NAME.parquet"
        )
    return out
