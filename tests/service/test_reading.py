"""The store's file: many readers at once, a writer alone, closed when nobody asks."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import BusyError, StoreError
from dragoman.service.reading import Reading
from dragoman.store import open_store

from .conftest import make_store

Open = Callable[..., Reading]
COUNT = "SELECT count(*) AS n FROM events"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("reading") / "news.duckdb")


@pytest.fixture
def open_reading(path: Path) -> Iterator[Open]:
    """Readings of the store, closed whatever happens: the file has one configuration in a process."""
    opened: list[Reading] = []

    def make(**options: float) -> Reading:
        opened.append(Reading(path, **options))
        return opened[-1]

    yield make
    for reading in opened:
        reading.close()


def test_it_is_closed_when_nobody_asks_so_that_a_run_can_write(path: Path, open_reading: Open) -> None:
    reading = open_reading(idle=0.05)
    with reading.reader() as reader:
        first = reader.row(COUNT)
    until = time.monotonic() + 10
    while reading._connection is not None and time.monotonic() < until:
        time.sleep(0.02)
    with open_store(path, write=True, patience=0.0) as connection:
        connection.execute("UPDATE runs SET options = '{}'")
    with reading.reader() as reader:
        assert reader.row(COUNT) == first


def test_readers_do_not_wait_for_each_other(open_reading: Open) -> None:
    reading = open_reading()
    together = threading.Barrier(8, timeout=20)

    def ask(n: int) -> int:
        with reading.reader() as reader:
            together.wait()
            return sum(
                len(list(reader.rows("SELECT id FROM events ORDER BY id LIMIT $n", {"n": n})))
                for _ in range(5)
            )

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [5 * n for n in range(8)]


def test_a_writer_waits_for_readers_and_readers_for_it(
    open_reading: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.service import reading as module

    reading = open_reading()
    with reading.reader() as reader:
        assert reader.row(COUNT)
        monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.05)
        with pytest.raises(BusyError, match="Try again"), reading.writer():
            pass
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 10.0)
    before = reading.state()
    with ThreadPoolExecutor(1) as pool:
        with reading.writer() as connection:
            asked = pool.submit(_count, reading)
            connection.execute("INSERT INTO runs (id) VALUES ('another')")
        assert asked.result(timeout=20) > 0
    assert reading.state() != before


def _count(reading: Reading) -> int:
    with reading.reader() as reader:
        return int((reader.row(COUNT) or {})["n"])


def test_a_question_that_takes_too_long_is_ended(open_reading: Open) -> None:
    reading = open_reading(seconds=0.3)
    with reading.reader() as reader, pytest.raises(BusyError, match="Narrow it"):
        reader.row("SELECT sum(a.range * b.range) AS s FROM range(10000000) a, range(10000000) b")
    with reading.reader() as reader:
        assert reader.row(COUNT)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "ATTACH '/tmp/other.duckdb'",
        "COPY events TO '/tmp/events.csv'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "DELETE FROM events",
    ],
)
def test_a_question_reaches_no_other_file_and_changes_nothing(open_reading: Open, sql: str) -> None:
    reading = open_reading()
    with reading.reader() as reader, pytest.raises(StoreError):
        list(reader.rows(sql))


def test_a_store_that_is_none_is_told_at_the_start(tmp_path: Path) -> None:
    from dragoman.service.api import make_app

    with pytest.raises(StoreError, match="there is no such store"):
        make_app(tmp_path / "none.duckdb")
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    with pytest.raises(StoreError, match="no store of Dragoman"):
        make_app(tmp_path / "other.duckdb")
