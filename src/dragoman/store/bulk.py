"""Whole files of other systems into a store, fast: DuckDB reads the cells, Python each distinct part of a row once.

What comes out is what `Format.read` and `write_coded` would put there (a test compares the two): a layout says which
cells come to which fields (formats/layout.py); the records are put together from the parts in SQL (bulk_sql.py).
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb
import msgspec
from duckdb import DuckDBPyConnection
from duckdb.func import SPECIAL

from dragoman.records import Actor, Span
from dragoman.store import bulk_sql
from dragoman.store.file import transaction
from dragoman.store.formats import Format, Losses, flat_parquet
from dragoman.store.formats.gdelt import columns_of
from dragoman.store.formats.imported import figures_of
from dragoman.store.formats.layout import SLOTS, Layout, Part, Told
from dragoman.store.formats.rows import BLOCK, clean_blocks, open_bytes
from dragoman.store.write import add_coded, load_tables, rows_of_lines

ROW_GROUP: Final = 122_880  # rows that DuckDB keeps together, and one core works on
CHUNK: Final = 4 * ROW_GROUP  # rows that are put together at once
NOWHERE: Final = Span(start=0, end=1, text="x")  # counts of a row have no words of their own
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
        telling = _Telling(layout)
        try:
            telling.begin(connection)
            while first:
                _put_together(connection, layout, path.name, telling)
                first = next(chunks, False)
        finally:
            telling.end(connection)
        telling.count(losses)
        return True


def _put_together(connection: DuckDBPyConnection, layout: Layout, file: str, telling: "_Telling") -> None:
    """From the table `cells` into the tables of the store."""
    for table in bulk_sql.told_parts(layout):
        telling.add(connection, table)
    _leave_last(connection, "cells")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lines (n BIGINT, json JSON, kind VARCHAR, id VARCHAR, document VARCHAR)"
    )
    rows_of_lines(connection)
    for table in ("documents_in", "events_in"):
        connection.execute(f"DROP TABLE {table}")
    for statement in bulk_sql.statements(layout, f"{file}:"):
        connection.execute(statement)
    load_tables(connection)
    for view in ("documents_in", "events_in"):
        connection.execute(f"DROP VIEW {view}")
    for table in ("lines", "statements_in", "rows_in"):
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
    blocks = clean_blocks(path, here, losses, format=format.title, header=format.name in _HEADED)
    while _written(islice(blocks, CHUNK // BLOCK), part):
        types = {"n": "BIGINT"} | dict.fromkeys(here, "VARCHAR")
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE cells AS SELECT n,"
            f" {bulk_sql.document(bulk_sql.joined(here), layout)} AS row_id,"
            f" {bulk_sql.without_nulls(layout, here)} FROM read_csv(?, delim='\t',"
            f" quote='', escape='', header=false, auto_detect=false, nullstr='{_NO_NULL}', columns={types!r},"
            " max_line_size=100000000)",
            [str(part)],
        )
        yield True


def _written(blocks: Iterable[list[tuple[int, str]]], part: Path) -> bool:
    """Lines into a file, each behind its number; false if there were none left."""
    any_came = False
    with part.open("wb") as out:
        for block in blocks:
            any_came = True
            lines = "".join([f"{number}\t{line}\n" for number, line in block])
            out.write(lines.encode("utf-8", "replace"))
    return any_came


def _of_csv(connection: DuckDBPyConnection, layout: Layout, path: Path) -> Iterator[bool]:
    if path.suffix.lower() == ".zip":
        return
    with open_bytes(path) as file:
        header = next(csv.reader(io.TextIOWrapper(file, encoding="utf-8-sig", newline="")), [])
    if set(layout.columns) - set(header) or len(set(header)) != len(header):
        return
    names = bulk_sql.named(layout.columns)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE all_cells AS
        SELECT length(key) - length(replace(key, chr(10), '')) AS breaks, strpos(key, chr({ord(bulk_sql.BETWEEN)})) > 0
                AS odd, {bulk_sql.document("key", layout)} AS row_id, {names}
        FROM (SELECT {bulk_sql.joined(layout.columns)} AS key, {names}
        FROM read_csv(?, delim=',', quote='"', escape='"', header=true, auto_detect=false, nullstr='{_NO_NULL}',
            columns={dict.fromkeys(header, "VARCHAR")!r}, max_line_size=100000000))""",
        [str(path)],
    )
    ((broken, odd),) = connection.execute(
        "SELECT coalesce(bool_or(breaks > 0), false), coalesce(bool_or(odd), false) FROM all_cells"
    ).fetchall()
    if odd:
        return
    number = "row + 2"
    if broken:
        # A record may have several lines; the number of the last is the one that the row reader gives.
        number = "(1 + sum(1 + breaks) OVER (ORDER BY row ROWS UNBOUNDED PRECEDING))::BIGINT"
    yield from _ranges(connection, f"{number} AS n, * EXCLUDE (row, breaks, odd)")


def _of_parquet(connection: DuckDBPyConnection, layout: Layout, path: Path) -> Iterator[bool]:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE all_cells AS"
        f" SELECT {bulk_sql.document(flat_parquet.KEY, layout)} AS row_id, * FROM ({flat_parquet.cells_of(path)})"
    )
    yield from _ranges(connection, "row + 1 AS n, * EXCLUDE row")


def _ranges(connection: DuckDBPyConnection, columns: str) -> Iterator[bool]:
    """The table `all_cells` as `cells`, a chunk at a time. columns: of cells, by `row`, the number of the row from 0."""
    # In a transaction rowid counts from a number of DuckDB's own, but without a gap.
    ((count, base),) = connection.execute("SELECT count(*), min(rowid) FROM all_cells").fetchall()
    for first in range(0, count, CHUNK):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE cells AS SELECT * EXCLUDE place FROM ("
            f" SELECT rowid AS place, {columns} FROM (SELECT rowid, rowid - {base} AS row, * FROM all_cells))"
            f" WHERE place BETWEEN {base + first} AND {base + first + CHUNK - 1}"
        )
        yield True
    connection.execute("DROP TABLE all_cells")


class _Telling:
    """What the parts of a layout come to: each distinct one is told once, by Python, and waits in a table for the rows."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.lost = layout, Losses()
        self.parts = bulk_sql.told_parts(layout)
        self.lossy: dict[tuple[str, str], dict[str, int]] = {}

    def begin(self, connection: DuckDBPyConnection) -> None:
        """Make the tables, and the functions of SQL."""
        for table, part in self.parts.items():
            for statement in bulk_sql.make_part(table, part):
                connection.execute(statement)
            connection.create_function(
                f"read_{table}",
                self._tell(table, part),
                ["varchar", "bigint"],
                "varchar",
                null_handling=SPECIAL,
            )

    def end(self, connection: DuckDBPyConnection) -> None:
        """Take them away."""
        for table in self.parts:
            with suppress(duckdb.Error):  # after an error the transaction is gone, or there was none
                connection.remove_function(f"read_{table}")
                connection.execute(f"DROP TABLE {table}")

    def add(self, connection: DuckDBPyConnection, table: str) -> None:
        """Tell what is new in `cells`, and count what is lost of the rest."""
        part = self.parts[table]
        connection.execute(bulk_sql.keys(table, self.layout, part))
        for key, rows in connection.execute("SELECT k, rows FROM keys WHERE lossy").fetchall():
            self._count(self.lossy[table, key], rows)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE told AS SELECT k, read_{table}(k, rows) AS told FROM keys WHERE fresh"
        )
        connection.execute(bulk_sql.add_told(table, part))

    def count(self, losses: Losses) -> None:
        """What was lost, in an order that does not depend on which part was told first."""
        for what, number in sorted(self.lost.counts.items()):
            losses.add(what, number)

    def _tell(self, table: str, part: Part) -> Callable[[str, int], str]:
        """From the cells of a part, and how many rows have them, to its fields in JSON."""

        def tell(key: str, rows: int) -> str:
            once = Losses()
            told = part.read(_cells(self.layout, part, key), once)
            if once.counts:
                self.lossy[table, key] = once.counts
                self._count(once.counts, rows)
            found: dict[str, Any] = {"none": told is None, "lossy": bool(once.counts)}
            return msgspec.json.encode(found if told is None else found | _said(part, told)).decode()

        return tell

    def _count(self, counts: dict[str, int], rows: int) -> None:
        for what, number in counts.items():
            self.lost.add(what, number * rows)


def _cells(layout: Layout, part: Part, key: str) -> dict[str, Any]:
    if layout.format == "parquet":
        cells: dict[str, Any] = msgspec.json.decode(key)
        return cells
    return dict(zip(part.columns, key.split(bulk_sql.BETWEEN), strict=True))


def _said(part: Part, told: Told) -> dict[str, Any]:
    """The fields of a part, as the SQL of bulk_sql.py takes them."""
    slot = part.slot
    if slot == "about":
        return {"about": told}
    if slot in bulk_sql.SIDES:
        one = told.get("actor")
        actors: Sequence[Actor] = told.get(slot, () if one is None else (one,))
        stands = {getattr(actor, field) for actor in actors for field in part.stands.values()}
        return {"said": actors, "stands": bulk_sql.AS_IT_STANDS in stands}
    if slot == "act":
        said = {name: told.get(name) for name in bulk_sql.ACT}
        return {
            "said": said | {name: said[name] or () for name in ("modes", "contexts")},
            "swap": bool(told.get("swap")),
            "label": told.get("label"),
            "note": told.get("type_note"),
        }
    value = told[SLOTS[slot][0]]
    if slot == "counts":
        value = {
            kind: {"low": count.low, "best": count.best, "high": count.high, "text": count.text, "span": None}
            for kind, count in figures_of(value or {}, NOWHERE).items()
        }
    elif slot == "confidence":
        value = {} if value is None else {"record": value}
    return {"said": {slot: value}} | (
        {"json": value} if slot in bulk_sql.IN_JSON and value is not None else {}
    )
