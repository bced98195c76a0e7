"""What a store says of itself when it cannot be used."""

import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import BusyError, StoreError
from dragoman.store import file, in_words, open_store, read_coded, write_files
from dragoman.store.formats import FORMATS, Losses
from dragoman.store.tables import VERSION

from .made import article

HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
ICEWS = Path(__file__).parents[1] / "cases" / "store" / "formats" / "icews.tab"
COLUMNS = (
    "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
)


def test_a_missing_store_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no such store.*code --into"), open_store(tmp_path / "a.duckdb"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_second_writer_is_told_who_holds_it(store_of: Callable[..., Path]) -> None:
    path = store_of(article())
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        for write in (True, False):
            with (
                pytest.raises(
                    BusyError, match=rf"another program \(process {holder.pid}\) has it open\. Wait"
                ),
                open_store(path, write=write, patience=0),
            ):
                pass
    finally:
        holder.communicate()


@pytest.mark.parametrize(
    "damage, message",
    [
        (lambda data: b"", "no store of Dragoman"),
        (lambda data: b"once upon a time" * 100, "no store of Dragoman"),
        (lambda data: data[:5_000], "is damaged"),
        (lambda data: data[:8_192] + b"\0" * (len(data) - 8_192), "is damaged"),
        (lambda data: data[:9_000] + b"\xff\x00\xff" + data[9_003:], "is damaged"),
    ],
    ids=["empty", "other", "cut", "zeros", "flipped"],
)
def test_a_damaged_file_is_called_so(
    damage: Callable[[bytes], bytes], message: str, store_of: Callable[..., Path]
) -> None:
    path = store_of(article(("ASSAULT", "RUS", "UKR", None)))
    path.write_bytes(damage(path.read_bytes()))
    for write in (False, True):
        with pytest.raises(StoreError, match=message), open_store(path, write=write):
            pass


def test_another_duckdb_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE mine (a INTEGER)")
    for write in (False, True):
        with pytest.raises(StoreError, match="but no store of Dragoman"), open_store(path, write=write):
            pass


def test_a_store_of_a_later_version_is_refused(store_of: Callable[..., Path]) -> None:
    path = store_of(article())
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE store SET \"value\" = '99' WHERE \"key\" = 'version'")
    for write in (False, True):
        with (
            pytest.raises(StoreError, match=r"version 99; .* up to \d+\. Upgrade"),
            open_store(path, write=write),
        ):
            pass


def test_an_older_store_is_brought_up_to_date_by_writing(
    store_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = store_of(article())
    monkeypatch.setattr(file, "VERSION", VERSION + 2)
    monkeypatch.setattr(
        file, "migration", lambda to: f"ALTER TABLE document_rows ADD COLUMN step_{to} INTEGER DEFAULT {to}"
    )
    with pytest.raises(StoreError, match="Bring it up to date"), open_store(path):
        pass
    for _ in range(2):
        with open_store(path, write=True) as connection:
            steps = connection.execute(
                f"SELECT step_{VERSION + 1}, step_{VERSION + 2} FROM documents"
            ).fetchall()
    assert steps == [(VERSION + 1, VERSION + 2)]


def test_each_version_has_its_migration() -> None:
    found = sorted(
        one.name for one in (files("dragoman.store") / "migrations").iterdir() if one.name.endswith(".sql")
    )
    assert found == [f"{version:04}.sql" for version in range(2, VERSION + 1)]


def test_a_sealed_store_reaches_no_other_file(store_of: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    path = store_of(article())
    for sql in (
        f"FROM read_csv('{tmp_path}/secret.csv')",
        f"COPY documents TO '{tmp_path}/out.csv'",
        f"ATTACH '{tmp_path}/x.duckdb'",
        "SET enable_external_access = true",
    ):
        with pytest.raises(StoreError), open_store(path, sealed=True) as connection:
            connection.execute(sql)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["news.duckdb", "secret.csv"]


def test_a_full_disk_has_its_own_words() -> None:
    error = duckdb.IOException("Could not write file: No space left on device")
    assert "Make room" in str(in_words(error, "x"))


def as_version_2(old: duckdb.DuckDBPyConnection) -> None:
    """Make a new store what version 2 would have made: no views of rows, records as they came in."""
    for view in ("event_table", "statement_table", "dyads", "documents", "events"):
        old.execute(f"DROP VIEW {view}")
    old.execute("ALTER TABLE event_rows DROP COLUMN imported")
    old.execute("DROP TYPE foreign_row")
    for table, name in (("document_rows", "documents"), ("event_rows", "events")):
        old.execute(f"ALTER TABLE {table} RENAME COLUMN whole TO record")
        old.execute(f"ALTER TABLE {table} RENAME TO {name}")
    old.execute("UPDATE store SET \"value\" = '2' WHERE \"key\" = 'version'")


def test_an_older_store_keeps_its_records_and_takes_in_rows(store_of: Callable[..., Path]) -> None:
    """Version 2 kept every record as it came in; brought up to date, it has the tables that a new store has."""
    coded = article(("AID", "FRA", "MLI", "2024-03-04"), ("CONSULT", "FRA", "MLI", None))
    path, new = store_of(coded), store_of(name="new.duckdb")
    with duckdb.connect(str(path)) as old:
        as_version_2(old)

    with open_store(path, write=True) as connection:
        write_files(connection, FORMATS["icews"], [ICEWS], Losses())
        held = list(read_coded(connection))
        columns = connection.execute(COLUMNS).fetchall()
    with open_store(new, write=True) as connection:
        write_files(connection, FORMATS["icews"], [ICEWS], Losses())
        rows = list(read_coded(connection))
        wanted = connection.execute(COLUMNS).fetchall()

    assert held == sorted([coded, *rows], key=lambda one: one.document.id)
    assert columns == wanted


def test_an_older_store_gets_the_days_of_its_events(store_of: Callable[..., Path]) -> None:
    """Version 1 had no column `day`: brought up to date, it holds what a new store would."""
    path = store_of(article(("AID", "FRA", "MLI", "2024-03-04"), ("CONSULT", "FRA", "MLI", None)))
    with open_store(path, write=True) as connection:
        wanted = connection.execute("SELECT id, published_day, day FROM events ORDER BY id").fetchall()
    old = duckdb.connect(str(path))
    as_version_2(old)
    for table, column in (("events", "published_day"), ("events", "day"), ("statements", "day")):
        old.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    old.execute("UPDATE store SET \"value\" = '1' WHERE \"key\" = 'version'")
    old.close()

    with open_store(path, write=True) as connection:
        found = connection.execute("SELECT id, published_day, day FROM events ORDER BY id").fetchall()
        days = connection.execute("SELECT day FROM event_table ORDER BY day").fetchall()

    assert found == wanted
    assert [str(day) for (day,) in days] == ["2024-03-04", "2024-03-10"]
