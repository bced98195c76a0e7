"""A store is one DuckDB file: opening, making and migrating it, and what its faults mean in words.

One program writes at a time, and only while nobody reads; `code --into` therefore opens the file for a moment a
shard, not for the whole run.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection

from dragoman.errors import BusyError, StoreError
from dragoman.store.tables import VERSION, comments, sql

# Of DuckDB while it writes; beyond, it puts parts aside on the disk. With less it puts the rows of a wide table in
# one after another, on one core.
MEMORY: Final = "1500MB"
PATIENCE_SECONDS: Final = 10.0  # how long a reader or a writer waits for another to let go
LOCKED: Final = "Could not set lock"
NOT_OURS: Final = "Name a file made by `dragoman code --into`"


@contextmanager
def open_store(
    path: str | Path, *, write: bool = False, sealed: bool = False, patience: float = PATIENCE_SECONDS
) -> Iterator[DuckDBPyConnection]:
    """Open a store to read, or with `write` to change it (made if it is not there), and close it at the end.

    sealed: SQL from strangers may run: no file but this one can be reached, and no setting be changed.
    patience: seconds to wait where another program holds the file.
    An error of DuckDB inside the block becomes a StoreError too. Raises StoreError if the file is missing, damaged,
    no store, of a later version, locked, or if the disk is full.
    """
    place = Path(path)
    where = str(path)
    if not write and not place.is_file():
        raise StoreError("there is no such store", where=where, do="Make one with `dragoman code --into`")
    if write and not place.absolute().parent.is_dir():
        raise StoreError(f"there is no folder {place.parent}", where=where, do="Make it first")
    connection = _connect(place, write, patience)
    try:
        if write:
            connection.execute(f"SET memory_limit = '{MEMORY}'")
        _settle_version(connection, where, write)
        if sealed:
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
        yield connection
    except duckdb.Error as error:
        raise in_words(error, where) from error
    finally:
        try:
            connection.close()
        except duckdb.Error as error:  # the last writing of a full disk
            raise in_words(error, where) from error


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """All changes of the block, or none."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        # After an error inside DuckDB the transaction may be gone already.
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def in_words(error: Exception, where: str) -> StoreError:
    """What an error of DuckDB means to somebody who does not know it."""
    text = str(error)
    first = text.split("\n")[0][:300]
    if LOCKED in text:
        holder = re.search(r"held in .*\(PID (\d+)\)", text)
        by = f" (process {holder[1]})" if holder else ""
        return BusyError(
            f"another program{by} has it open", where=where, do="Wait until it ends, or end it, and try again"
        )
    if "No space left" in text or "disk is full" in text or "File too large" in text:
        return StoreError(
            "the disk is full; what was stored before is safe",
            where=where,
            do="Make room and give the same command again",
        )
    if "not a valid DuckDB database" in text:
        return StoreError("is no store of Dragoman", where=where, do=NOT_OURS)
    if "newer version" in text or "version number" in text:
        return StoreError(f"was written by a later DuckDB ({first})", where=where, do="Upgrade duckdb")
    if any(sign in text for sign in ("Corrupt", "checksum", "Could not read enough bytes", "Serialization")):
        return StoreError(
            f"is damaged ({first})", where=where, do="Restore it from a copy, or delete it and code again"
        )
    if "Permission denied" in text or "Cannot open file" in text:
        return StoreError(
            f"cannot be opened ({first})", where=where, do="Look at the rights of file and folder"
        )
    return StoreError(
        f"DuckDB stopped ({first})", where=where, do="Look at the SQL, or report it with this line"
    )


def _connect(place: Path, write: bool, patience: float) -> DuckDBPyConnection:
    until = time.monotonic() + patience
    while True:
        try:
            return duckdb.connect(str(place), read_only=not write)
        except duckdb.Error as error:
            if LOCKED in str(error) and time.monotonic() < until:
                time.sleep(0.1)
                continue
            raise in_words(error, str(place)) from error


def _settle_version(connection: DuckDBPyConnection, where: str, write: bool) -> None:
    """Make the tables of a new file; bring an older one up to date when it is opened to write."""
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables and write:
        with transaction(connection):
            connection.execute(sql("schema"))
            connection.execute(
                "INSERT INTO store VALUES ('format', 'dragoman'), ('version', ?)", [str(VERSION)]
            )
            _describe(connection)
        return
    found: dict[str, str] = {}
    if "store" in tables:
        found = dict(connection.execute('SELECT "key", "value" FROM store').fetchall())
    if found.get("format") != "dragoman":
        raise StoreError("is a DuckDB file, but no store of Dragoman", where=where, do=NOT_OURS)
    version = int(found["version"])
    if version > VERSION:
        raise StoreError(
            f"has tables of version {version}; this Dragoman knows those up to {VERSION}",
            where=where,
            do="Upgrade dragoman",
        )
    if version < VERSION:
        if not write:
            raise StoreError(
                f"has tables of version {version}; this Dragoman reads those of {VERSION}",
                where=where,
                do="Bring it up to date with `dragoman code NEWS --into` it",
            )
        with transaction(connection):
            for step in range(version + 1, VERSION + 1):
                connection.execute(migration(step))
            connection.execute('UPDATE store SET "value" = ? WHERE "key" = \'version\'', [str(VERSION)])
            _describe(connection)


def migration(to: int) -> str:
    """The SQL that takes the tables from the version before to this one: `migrations/0002.sql` and on."""
    return (files("dragoman.store") / "migrations" / f"{to:04}.sql").read_text(encoding="utf-8")


def _describe(connection: DuckDBPyConnection) -> None:
    connection.execute(sql("views"))
    connection.execute(";\n".join(comments()))
