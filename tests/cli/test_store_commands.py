"""`dragoman query`, `series` and `diff` from the command line."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from dragoman.cli.main import main
from dragoman.records import Coded, to_jsonl
from dragoman.store import open_store, write_coded


@pytest.fixture(scope="module")
def store(articles: Mapping[str, Coded], tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("store") / "news.duckdb"
    with open_store(path, write=True) as connection:
        write_coded(connection, articles.values())
    return str(path)


def test_query_prints_csv_with_lists_joined(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "SELECT type, cameo, actor_names FROM event_table ORDER BY type", store]) == 0

    rows = list(csv.reader(io.StringIO(capfd.readouterr().out)))
    assert rows[0] == ["type", "cameo", "actor_names"]
    assert [row[0] for row in rows[1:]] == ["COERCE", "CONSULT", "PROTEST"]
    assert rows[2][1] == "042"


def test_query_prints_json_lines_with_plain_values(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    sql = "SELECT date_start, counts, modes, record FROM events WHERE type = 'CONSULT'"
    assert main(["query", sql, store, "--to", "jsonl"]) == 0

    (line,) = capfd.readouterr().out.splitlines()
    row = json.loads(line)
    assert row["date_start"] == "2024-03-10"
    assert row["modes"] == ["visit"]
    assert row["record"]["type"] == "CONSULT"


def test_query_prints_a_table_and_stops_at_the_limit(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["query", "FROM events SELECT type ORDER BY type", store, "--to", "table", "--limit", "2"]) == 0
    )
    assert [line.strip() for line in capfd.readouterr().out.splitlines()] == ["type", "COERCE", "CONSULT"]


def test_query_writes_parquet(store: str, tmp_path: Path) -> None:
    out = tmp_path / "e.parquet"
    assert main(["query", "FROM event_table", store, "--out", str(out), "--limit", "2"]) == 0
    found = duckdb.sql(f"SELECT count(*), any_value(typeof(date_start)) FROM '{out}'").fetchall()
    assert found == [(2, "DATE")]


@pytest.mark.parametrize(
    "sql, message",
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM events", "The tables are documents, events"),
        ("DELETE FROM events", "may not change the store"),
        ("SELECT CAST(title AS INTEGER) FROM documents", "Could not convert"),
    ],
)
def test_wrong_sql_is_wrong_use(
    sql: str, message: str, store: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", sql, store]) == 2
    assert message in capfd.readouterr().err


def test_query_without_a_store_says_how_to_make_one(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "FROM events", "nowhere.duckdb"]) == 1
    assert "Make one with `dragoman code --into`" in capfd.readouterr().err


def test_series_prints_counts_and_what_it_left_out(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["series", store, "--all", "--to", "csv"]) == 0

    told = capfd.readouterr()
    (row,) = csv.DictReader(io.StringIO(told.out))
    assert (row["period"], row["actor"], row["recipient"], row["events"]) == ("2024-03-01", "FRA", "BEL", "1")
    assert "2 event(s) left out, without the countries of a dyad" in told.err


def test_series_writes_parquet_and_a_picture(store: str, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert", reason="extra plot")
    out, picture = tmp_path / "s.parquet", tmp_path / "s.svg"
    options = ["--by", "type,month", "--types", "CONSULT", "--out", str(out), "--picture", str(picture)]
    assert main(["series", store, *options]) == 0
    assert duckdb.sql(f"SELECT period, type, events FROM '{out}'").fetchall()[0][1:] == ("CONSULT", 1)
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_diff_of_a_store_and_its_json_lines_is_empty(
    store: str, articles: Mapping[str, Coded], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_bytes(b"".join(map(to_jsonl, articles.values())))

    assert main(["diff", store, str(lines)]) == 0
    assert capfd.readouterr().err == "dragoman: no change\n"

    lines.write_bytes(lines.read_bytes().replace(b'"type":"PROTEST"', b'"type":"ASSAULT"'))
    assert main(["diff", store, str(lines), "--to", "jsonl"]) == 0
    told = capfd.readouterr()
    change = json.loads(told.out)
    assert (change["field"], change["before"], change["after"]) == ("type", "PROTEST", "ASSAULT")
    assert change["text"]
    assert told.err == "dragoman: 1 events changed\n"


def test_diff_asks_what_a_file_is(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "events.tab"
    file.write_text("", encoding="utf-8")
    assert main(["diff", str(file), str(file)]) == 2
    assert "--from-a" in capfd.readouterr().err
    assert main(["diff", str(file), str(file), "--from-a", "nonsense"]) == 2
    assert "icews" in capfd.readouterr().err
