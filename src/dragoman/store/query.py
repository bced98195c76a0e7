"""Questions in SQL, and their answers as rows."""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import duckdb
from duckdb import DuckDBPyConnection

from dragoman.errors import UsageError

AT_ONCE: Final = 5_000
# How DuckDB says that a question would change a table or a view.
CHANGING: Final = ("read-only", "Can only delete from", "Can only update", "is not an table", "ALTER VIEW")
# Types whose values need no change to stand in JSON: most cells, and looking at each costs more than reading it.
AS_THEY_ARE: Final = frozenset(
    ("VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE")
)
TABLES: Final = (
    "documents, events, statements, actors, sources, runs, inputs, errors, copies,"
    " event_table, statement_table, dyads"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Column names, their SQL types, and the rows, which can be read once."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(
    connection: DuckDBPyConnection, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
) -> Answer:
    """Run one question. Values are plain: days and times as ISO 8601, JSON columns as what they hold.

    Raises UsageError where the SQL is wrong, or wants to write to a store that is open to be read.
    """
    try:
        cursor = connection.execute(sql, parameters)
        described = cursor.description or []
        types = tuple(str(column[1]) for column in described)
        columns = tuple(str(column[0]) for column in described)
        first = cursor.fetchmany(AT_ONCE)  # errors of the first rows are errors of the question, too
    except duckdb.IOException:
        raise
    except duckdb.Error as error:
        raise _in_words(error) from error
    return Answer(columns, types, _rows(connection, first, types))


def _rows(
    connection: DuckDBPyConnection, chunk: list[tuple[Any, ...]], types: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    changed = [
        (at, json.loads if kind == "JSON" else plain)
        for at, kind in enumerate(types)
        if kind not in AS_THEY_ARE
    ]
    while chunk:
        if not changed:
            yield from chunk
        else:
            for row in chunk:
                cells = list(row)
                for at, change in changed:
                    if cells[at] is not None:
                        cells[at] = change(cells[at])
                yield tuple(cells)
        try:
            chunk = connection.fetchmany(AT_ONCE)
        except duckdb.IOException:
            raise
        except duckdb.Error as error:
            raise _in_words(error) from error


def plain(value: Any) -> Any:
    """A value of DuckDB as JSON would have it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, UUID | timedelta) else value


def write_answer(connection: DuckDBPyConnection, sql: str, out: Path) -> None:
    """Write the answer as a Parquet file, whole or not at all."""
    _copy(connection, sql, out, "FORMAT parquet, COMPRESSION zstd")


def write_csv(connection: DuckDBPyConnection, sql: str, out: Path) -> None:
    """Write the answer as CSV, whole or not at all."""
    _copy(connection, sql, out, "FORMAT csv, HEADER true")


def _copy(connection: DuckDBPyConnection, sql: str, out: Path, how: str) -> None:
    part = out.with_name(out.name + ".part")
    place = str(part).replace("'", "''")
    try:
        connection.execute(f"COPY ({sql}\n) TO '{place}' ({how})")
    except duckdb.IOException:
        raise
    except duckdb.Error as error:
        raise _in_words(error) from error
    part.replace(out)


def write_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], out: Path) -> None:
    """Write rows that are at hand as a Parquet file; days become days, lists and objects stay such."""
    part = out.with_name(out.name + ".part")
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as waiting:
        for row in rows:
            waiting.write(json.dumps(dict(zip(columns, row, strict=True))) + "\n")
        waiting.flush()
        with duckdb.connect() as connection:
            if rows:
                source = connection.read_json(waiting.name, format="newline_delimited", sample_size=-1)
            else:
                empty = ", ".join(f'NULL AS "{column}"' for column in columns)
                source = connection.sql(f"SELECT {empty} LIMIT 0")
            source.write_parquet(str(part), compression="zstd")
    part.replace(out)


def _in_words(error: Exception) -> UsageError:
    text = str(error)
    if any(sign in text for sign in CHANGING):
        return UsageError(
            "a question may not change the store", where="query", do="Ask with SELECT, or DESCRIBE TABLE"
        )
    lines = [line for line in text.splitlines() if line.strip()]
    hint = " ".join(line.strip() for line in lines[:2] if not line.startswith("LINE"))
    return UsageError(hint.rstrip("."), where="query", do=f"The tables are {TABLES}")
