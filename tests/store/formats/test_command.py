"""`dragoman export` and `dragoman import`, from files and stores to files and stores."""

import json
from pathlib import Path

import pytest

from dragoman.cli.main import main
from dragoman.records import Coded, to_jsonl
from dragoman.store import open_store, write_coded

CASES = Path(__file__).parents[2] / "cases" / "store" / "formats"


@pytest.fixture
def records(harbour: list[Coded], tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(map(to_jsonl, harbour)))
    return path


def test_a_file_goes_out_and_losses_are_told_on_standard_error(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "events.export.CSV"

    assert main(["export", "gdelt", str(records), "--out", str(out)]) == 0

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "export: " in captured.err
    assert "left out: negated" in captured.err
    assert out.read_bytes().count(b"\t") % 60 == 0
    assert not list(tmp_path.glob("*.part"))


def test_a_store_gives_the_same_rows_as_its_records(
    harbour: list[Coded], records: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    store = tmp_path / "news.duckdb"
    with open_store(store, write=True) as connection:
        write_coded(connection, harbour)

    assert main(["export", "icews", str(store), "--all"]) == 0
    from_store = capfdbinary.readouterr().out
    assert main(["export", "icews", str(records), "--all"]) == 0
    from_records = capfdbinary.readouterr().out

    assert sorted(from_store.splitlines()) == sorted(from_records.splitlines())


def test_an_import_gives_json_lines(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["import", "phoenix", str(CASES / "phoenix.txt")]) == 0

    rows = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [row["record"] for row in rows] == ["document", "event"] * 2
    assert {row["run"] for row in rows} == {"import:phoenix"}


def test_an_import_goes_into_a_store_and_twice_is_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "news.duckdb"
    for _ in range(2):
        assert main(["import", "icews", str(CASES / "icews.tab"), "--into", str(store)]) == 0
    assert "import: 1 × left out: comment (CAMEO 01)" in capsys.readouterr().err

    with open_store(store) as connection:
        rows = connection.execute("SELECT type, cameo, run FROM events ORDER BY date_start, type").fetchall()
    assert rows == [
        ("ASSAULT", "180", "import:icews"),
        ("CONSULT", "042", "import:icews"),
        ("CONSULT", "043", "import:icews"),
        ("COERCE", "191", "import:icews"),
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "excel", "x"], "there is no format 'excel'"),
        (["export", "gdelt", "nowhere.jsonl"], "there is no such file"),
        (["export", "parquet", "RECORDS"], "Parquet cannot go to standard output"),
        (["import", "gdelt-mentions", "x"], "holds none itself"),
        (["import", "icews", "x", "--out", "a", "--into", "b"], "exclude each other"),
        (["export", "gdelt", "RECORDS", "--out", "no/such/folder/x"], "there is no folder"),
    ],
)
def test_wrong_use_is_said_in_words(
    arguments: list[str], words: str, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(records) if each == "RECORDS" else each for each in arguments]

    assert main(given) == 2
    assert words in capsys.readouterr().err


def test_a_failed_export_leaves_no_half_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken, out = tmp_path / "broken.jsonl", tmp_path / "events.tab"
    broken.write_text('{"record": "event"}\n', encoding="utf-8")

    assert main(["export", "icews", str(broken), "--out", str(out)]) == 1
    assert "no record of Dragoman" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [broken]
