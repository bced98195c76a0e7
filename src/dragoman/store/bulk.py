"""Whole files of other systems into a store, fast: DuckDB reads the cells, Python each distinct part of a row once.

What comes out is what `Format.read` and `write_coded` would put there (a test compares the two): a layout says which
cells come to which fields (formats/layout.py); the records are put together from the parts in SQL (bulk_sql.py).
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb
import msgspec
from duckdb import DuckDBPyConnection
from duckdb.func import SPECIAL

from dragoman.records import Actor
from dragoman.store import bulk_sql
from dragoman.store.file import transaction
from dragoman.store.formats import Format, Losses, flat_parquet
from dragoman.store.formats.gdelt import columns_of
from dragoman.store.formats.layout import Layout, Part, Told, fragment, listed
from dragoman.store.formats.rows import clean_lines, open_bytes
from dragoman.store.write import add_coded, load_tables, rows_of_lines

CHUNK: Final = (
    122_880  # rows that are put together at once, some 300 MB: a row group of DuckDB, which goes out at once
)
MOST_REMEMBERED: Final = 100_000  # parts of a kind; beyond, they differ too much to come again
_HEADED: Final = ("icews", "polecat")
_NO_NULL: Final = "\x01"  # what no cell is, so that empty cells stay empty words


def write_files(
    connection: DuckDBPyConnection, format: Format, paths: Iterable[Path], losses: Losses
) -> None:
    """Put the events of files into the store, all or none; rows that it has are replaced. losses: as in `Format.read`.

    Raises InputError if a file is not of this format.
    """
    assert format.read is not None
    with transaction(connection):
        for path in paths:
            layout = format.layout
            if layout is None or not _chunks_of(connection, format, layout, path, losses):
                add_coded(connection, format.read(path, losses))


def _chunks_of(
    connection: DuckDBPyConnection, format: Format, layout: Layout, path: Path, losses: Losses
) -> bool:
    """Put a file in, a chunk at a time; false, and nothing done, if it must be read row by row."""
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        if format.name == "parquet":
            chunks = _of_parquet(connection, layout, path)
        elif format.name == "csv":
            chunks = _of_csv(connection, layout, path)
        else:
            chunks = _of_tabs(connection, format, layout, path, losses, Path(folder) / "cells.tsv")
        try:
            first = next(chunks, False)
        except duckdb.Error:  # `Format.read` says in words what is wrong, or mends it
            return False
        if not first:
            return format.name not in ("parquet", "csv")
        with _told_by(connection, layout, losses):
            while True:
                _put_together(connection, layout, path.name)
                if not next(chunks, False):
                    return True


def _put_together(connection: DuckDBPyConnection, layout: Layout, file: str) -> None:
    """From the table `cells` into the tables of the store."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lines (n BIGINT, json JSON, kind VARCHAR, id VARCHAR, document VARCHAR)"
    )
    rows_of_lines(connection)
    for table in ("documents_in", "events_in"):
        connection.execute(f"DROP TABLE {table}")
    for statement in bulk_sql.statements(layout, file):
        connection.execute(statement)
    load_tables(connection)
    for view in ("documents_in", "events_in"):
        connection.execute(f"DROP VIEW {view}")
    for table in ("lines", "statements_in", "rows_in", *bulk_sql.part_tables(layout)):
        connection.execute(f"DROP TABLE {table}")


def _leave_last(connection: DuckDBPyConnection, table: str) -> None:
    """Of equal rows the last stays."""
    ((again,),) = connection.execute(f"SELECT count(*) - count(DISTINCT row_id) FROM {table}").fetchall()
    if again:
        connection.execute(f"DELETE FROM {table} WHERE n NOT IN (SELECT max(n) FROM {table} GROUP BY row_id)")


def _of_tabs(
    connection: DuckDBPyConnection, format: Format, layout: Layout, path: Path, losses: Losses, part: Path
) -> Iterator[bool]:
    """Lines with tabs: odd ones are mended on the way, as the row reader has them."""
    here = columns_of(path) if format.name == "gdelt" else layout.columns
    lines = clean_lines(path, here, losses, format=format.title, header=format.name in _HEADED)
    while chunk := list(islice(lines, CHUNK)):
        part.write_bytes(
            "".join([f"{number}\t{line}\n" for number, line in chunk]).encode("utf-8", "replace")
        )
        types = {"n": "BIGINT"} | dict.fromkeys(here, "VARCHAR")
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE cells AS SELECT n,"
            f" {bulk_sql.document(bulk_sql.joined(here), layout)} AS row_id,"
            f" {bulk_sql.without_nulls(layout, here)} FROM read_csv(?, delim='\t',"
            f" quote='', escape='', header=false, auto_detect=false, nullstr='{_NO_NULL}', columns={types!r},"
            " max_line_size=100000000)",
            [str(part)],
        )
        _leave_last(connection, "cells")
        yield True


def _of_csv(connection: DuckDBPyConnection, layout: Layout, path: Path) -> Iterator[bool]:
    if path.suffix.lower() == ".zip":
        return
    with open_bytes(path) as file:
        header = next(csv.reader(io.TextIOWrapper(file, encoding="utf-8-sig", newline="")), [])
    if set(layout.columns) - set(header) or len(set(header)) != len(header):
        return
    names = bulk_sql.named(layout.columns)
    # A record may have several lines; the number of the last is the one that the row reader gives.
    breaks = "length(key) - length(replace(key, chr(10), ''))"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE all_cells AS
        SELECT row_number() OVER () AS row, (1 + sum(1 + {breaks}) OVER (ROWS UNBOUNDED PRECEDING))::BIGINT AS n,
            {bulk_sql.document("key", layout)} AS row_id, {names}
        FROM (SELECT {bulk_sql.joined(layout.columns)} AS key, {names}
        FROM read_csv(?, delim=',', quote='"', escape='"', header=true, auto_detect=false, nullstr='{_NO_NULL}',
            columns={dict.fromkeys(header, "VARCHAR")!r}, max_line_size=100000000))""",
        [str(path)],
    )
    yield from _ranges(connection)


def _of_parquet(connection: DuckDBPyConnection, layout: Layout, path: Path) -> Iterator[bool]:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE all_cells AS SELECT row_number() OVER () AS row, row AS n,"
        f" {bulk_sql.document(flat_parquet.KEY, layout)} AS row_id, * FROM ({flat_parquet.cells_of(path)})"
    )
    yield from _ranges(connection)


def _ranges(connection: DuckDBPyConnection) -> Iterator[bool]:
    """The table `all_cells` as `cells`, a chunk at a time."""
    ((count,),) = connection.execute("SELECT count(*) FROM all_cells").fetchall()
    _leave_last(connection, "all_cells")
    for first in range(1, count + 1, CHUNK):
        connection.execute(
            "CREATE OR REPLACE TEMP VIEW cells AS SELECT * EXCLUDE row FROM all_cells"
            f" WHERE row BETWEEN {first} AND {first + CHUNK - 1}"
        )
        yield True
        connection.execute("DROP VIEW cells")
    connection.execute("DROP TABLE all_cells")


@contextmanager
def _told_by(connection: DuckDBPyConnection, layout: Layout, losses: Losses) -> Iterator[None]:
    """What the parts of a layout come to, as functions of SQL."""
    names = []
    try:
        for name, part in zip(bulk_sql.part_tables(layout), layout.parts, strict=True):
            connection.create_function(
                f"read_{name}",
                _telling(layout, part, losses),
                ["varchar", "bigint"],
                "varchar",
                null_handling=SPECIAL,
            )
            names.append(f"read_{name}")
        yield
    finally:
        for name in names:
            with suppress(duckdb.Error):  # after an error the transaction is gone
                connection.remove_function(name)


def _telling(layout: Layout, part: Part, losses: Losses) -> Callable[[str, int], str | None]:
    """From the cells of a part, and how many rows have them, to its fields in JSON."""
    remembered: dict[str, tuple[str | None, dict[str, int]]] = {}
    by = f"import:{layout.format}"

    def tell(key: str, rows: int) -> str | None:
        found = remembered.get(key)
        if found is None:
            once = Losses()
            told = part.read(_cells(layout, part, key), once)
            found = None if told is None else _written(part.slot, told, by), once.counts
            if len(remembered) < MOST_REMEMBERED:
                remembered[key] = found
        for what, number in found[1].items():
            losses.add(what, number * rows)
        return found[0]

    return tell


def _cells(layout: Layout, part: Part, key: str) -> dict[str, Any]:
    if layout.format == "parquet":
        cells: dict[str, Any] = msgspec.json.decode(key)
        return cells
    return dict(zip(part.columns, key.split(bulk_sql.BETWEEN), strict=True))


def _written(slot: str, told: Told, by: str) -> str:
    if slot == "about":
        return msgspec.json.encode(told).decode()
    if slot in ("source", "target"):
        actor: Actor | None = told["actor"]
        side = () if actor is None else (actor,)
        body, reasons = fragment("actors", {"actors": side}, by)
        other = reasons.replace('"field":"actors"', '"field":"recipients"', 1)
        found: dict[str, Any] = {"json": listed(side), "why": reasons, "why_recipient": other}
    else:
        body, reasons = fragment(slot, told, by)
        found = {"json": body, "why": reasons}
    if slot == "act":
        found |= {"swap": bool(told.get("swap")), "label": told.get("label")}
    return msgspec.json.encode(found).decode()
