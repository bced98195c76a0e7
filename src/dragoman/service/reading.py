"""The store as the service holds it: many readers at once, a writer alone, and let go of when nobody asks.

DuckDB lets a program write only while no other has the file open. So the service closes it a moment after the last
question, and `dragoman code --into` works beside an open page.
"""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
from duckdb import DuckDBPyConnection

from dragoman.errors import BusyError
from dragoman.store import in_words, open_store
from dragoman.store.query import plain

IDLE_SECONDS: Final = 2.0  # after which the file is closed; opening it again takes some 20 ms
QUERY_SECONDS: Final = 20.0  # of one question; the slowest of a million events takes about one
DOWNLOAD_SECONDS: Final = 300.0  # of a whole file of rows that somebody is sent
PATIENCE_SECONDS: Final = 3.0  # how long a reader or a writer waits for the other to let go
MEMORY: Final = "1GB"
AT_ONCE: Final = 2_000
SEAL: Final = (
    f"SET memory_limit = '{MEMORY}'",
    "SET enable_progress_bar = false",
    "SET enable_external_access = false",  # no other file can be reached, whatever the question
    "SET lock_configuration = true",
)


class Reader:
    """One question at a time on a cursor of its own; use it in one thread."""

    def __init__(self, cursor: DuckDBPyConnection, where: str) -> None:
        self.cursor = cursor
        self.where = where
        self.expired = False

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Rows with plain values; `values` are bound to $names, and are the only way in for what a user gave.

        Raises BusyError if it takes too long or too much memory, StoreError if the file fails.
        """
        try:
            described = self.cursor.execute(sql, dict(values or {})).description or []
            names = [str(column[0]) for column in described]
            decoded = [json.loads if str(column[1]) == "JSON" else plain for column in described]
            while chunk := self.cursor.fetchmany(AT_ONCE):
                for row in chunk:
                    yield {
                        name: None if value is None else decode(value)
                        for name, decode, value in zip(names, decoded, row, strict=True)
                    }
        except duckdb.Error as error:
            if self.expired or isinstance(error, duckdb.InterruptException | duckdb.OutOfMemoryException):
                raise BusyError(
                    "the question takes too long or too much memory",
                    where=self.where,
                    do="Narrow it: fewer days, one type, a longer word",
                ) from error
            raise in_words(error, self.where) from error

    def row(self, sql: str, values: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
        """The first row, or null."""
        return next(self.rows(sql, values), None)


class Reading:
    """The store's file, opened when somebody asks and closed when nobody does."""

    def __init__(self, path: Path, *, idle: float = IDLE_SECONDS, seconds: float = QUERY_SECONDS) -> None:
        self.path = path
        self.where = path.name  # what an asker may know of it
        self.idle, self.seconds = idle, seconds
        self._free = threading.Condition()
        self._stack: ExitStack | None = None
        self._connection: DuckDBPyConnection | None = None
        self._readers = 0
        self._last = 0.0
        self._writing = False

    @contextmanager
    def reader(self, seconds: float | None = None) -> Iterator[Reader]:
        """A cursor of one's own, interrupted after `seconds`."""
        self._enter()
        try:
            assert self._connection is not None
            with self._connection.cursor() as cursor:
                reader = Reader(cursor, self.where)

                def stop() -> None:
                    reader.expired = True
                    cursor.interrupt()

                timer = threading.Timer(seconds or self.seconds, stop)
                timer.daemon = True
                timer.start()
                try:
                    yield reader
                finally:
                    timer.cancel()
        finally:
            self._leave()

    @contextmanager
    def writer(self) -> Iterator[DuckDBPyConnection]:
        """The only one at the file: readers end first, and those who come wait."""
        with self._free:
            if self._writing or not self._wait(lambda: not self._writing and self._readers == 0, close=True):
                raise self._busy()
            self._writing = True
        try:
            with open_store(self.path, write=True, patience=PATIENCE_SECONDS) as connection:
                connection.execute("SET enable_progress_bar = false")
                yield connection
        finally:
            with self._free:
                self._writing = False
                self._free.notify_all()

    def state(self) -> tuple[int, ...]:
        """Changes whenever the file does; what was read in one state may be told again in it."""
        try:
            found = self.path.stat()
        except OSError:
            return ()
        return (found.st_ino, found.st_size, found.st_mtime_ns)

    def close(self) -> None:
        """Let go of the file."""
        with self._free:
            self._wait(lambda: self._readers == 0, close=True)

    def _enter(self) -> None:
        with self._free:
            if not self._wait(lambda: not self._writing):
                raise self._busy()
            if self._connection is None:
                self._open()
            self._readers += 1

    def _leave(self) -> None:
        with self._free:
            self._readers -= 1
            self._last = time.monotonic()
            self._free.notify_all()

    def _open(self) -> None:
        with ExitStack() as stack:
            connection = stack.enter_context(open_store(self.path, patience=PATIENCE_SECONDS))
            # Another reading of the same file in this process has sealed it already: they share one database.
            sealed = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
            for setting in () if sealed and sealed[0] else SEAL:
                connection.execute(setting)
            self._stack = stack.pop_all()
        self._connection = connection
        self._last = time.monotonic()
        threading.Thread(target=self._watch, daemon=True, name="dragoman-store").start()

    def _watch(self) -> None:
        """Close the file when nobody has asked for a while."""
        with self._free:
            while self._connection is not None:
                rest = self._last + self.idle - time.monotonic()
                if self._readers == 0 and rest <= 0:
                    self._shut()
                    return
                self._free.wait(max(rest, 0.05) if self._readers == 0 else None)

    def _shut(self) -> None:
        if self._stack is not None:
            stack, self._stack, self._connection = self._stack, None, None
            stack.close()
            self._free.notify_all()

    def _wait(self, free: Any, *, close: bool = False) -> bool:
        found: bool = self._free.wait_for(free, timeout=PATIENCE_SECONDS)
        if found and close:
            self._shut()
        return found

    def _busy(self) -> BusyError:
        return BusyError("others are at it just now", where=self.where, do="Try again in a few seconds")
