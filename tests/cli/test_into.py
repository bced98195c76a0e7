"""`dragoman code --into`, and the kill that loses nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.cli.main import main
from dragoman.store import open_store

from . import fake

WORDS = "The dock workers of harbour {} struck on Monday, and its port stood still for a day and a night."
PROGRAM = (
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent)!r}); import dragoman; "
    "from cli import fake; dragoman.load = fake.load_slow; from dragoman.cli.main import run; run()",
)


@pytest.fixture(autouse=True)
def _fake_coder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dragoman, "load", fake.load, raising=False)
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DRAGOMAN_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(60):
        words = WORDS.format(number) + (" Then came the crash." if number % 20 == 7 else "")
        (folder / f"{number:02}.txt").write_text(words, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def content(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    tables = [
        "documents",
        "events",
        "statements",
        "actors",
        "sources",
        "runs",
        "inputs",
        "errors",
        "copies",
        "signatures",
    ]
    with open_store(store) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in tables
        }


def test_records_inputs_and_errors_are_rows(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["code", str(texts), "--into", "news.duckdb", "--workers", "0"])

    found = content(Path("news.duckdb"))
    assert status == 1
    assert {table: len(rows) for table, rows in found.items() if rows} == {
        "documents": 57,
        "events": 57,
        "runs": 1,
        "inputs": 60,
        "errors": 4,
        "signatures": 57,
    }
    assert "57 article(s) coded into news.duckdb" in capsys.readouterr().err
    assert not Path("news.duckdb.ledger").exists()


def test_the_same_command_again_codes_nothing_and_says_the_same(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["code", str(texts), "--into", "news.duckdb", "--workers", "0"]
    first = main(command)
    told = capsys.readouterr().err.splitlines()
    before = content(Path("news.duckdb"))

    again = main(command)

    assert again == first == 1
    told_again = capsys.readouterr().err.splitlines()
    assert told_again[:-1] == told[:-1]
    assert told_again[-1] == "dragoman: 0 article(s) coded into news.duckdb; 60 were finished before"
    assert content(Path("news.duckdb")) == before


def test_a_text_that_was_mended_by_its_author_loses_its_error(texts: Path) -> None:
    command = ["code", str(texts), "--into", "news.duckdb", "--workers", "0"]
    main(command)
    (texts / "07.txt").write_text(WORDS.format("seven"), encoding="utf-8")
    (texts / "empty.txt").write_text(WORDS.format("new"), encoding="utf-8")

    main(command)

    failed = {Path(str(row[1])).name for row in content(Path("news.duckdb"))["errors"]}
    assert failed == {"27.txt", "47.txt"}


def test_a_run_killed_at_any_moment_ends_as_an_undisturbed_one(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dragoman, "load", fake.load_slow)  # the same coder here, so that traces are the same
    command = ["code", str(texts), "--into"]
    main([*command, "whole.duckdb", "--workers", "0"])
    slow = dict(os.environ, FAKE_SECONDS="0.02")
    for moment in (0.1, 0.4):
        process = subprocess.Popen(
            [*PROGRAM, *command, "killed.duckdb", "--workers", "1"],
            env=slow,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 30
        while not Path("killed.duckdb.ledger").exists() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.5 + moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    killed_early = process.returncode == -signal.SIGKILL

    main([*command, "killed.duckdb", "--workers", "0"])

    assert killed_early
    assert content(Path("killed.duckdb")) == content(Path("whole.duckdb"))


def test_a_second_run_into_the_same_store_is_told_so(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dragoman.runs.resume import Ledger

    with Ledger(Path("news.duckdb.ledger")):
        status = main(["code", str(texts), "--into", "news.duckdb", "--workers", "0"])

    assert status == 1
    assert "another run writes into the same store" in capsys.readouterr().err


def test_a_store_and_a_file_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "--sample", "--into", "x.duckdb", "--to", "csv"]) == 2
    assert "not to both" in capsys.readouterr().err


def test_records_of_low_confidence_can_be_left_out_and_had_later(texts: Path) -> None:
    command = ["code", str(texts), "--into", "news.duckdb", "--workers", "0"]
    main([*command, "--min-confidence", "0.9"])
    few = content(Path("news.duckdb"))
    main(command)

    assert len(few["events"]) == 0
    assert len(content(Path("news.duckdb"))["events"]) == 57


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs the size limit of Linux files")
def test_a_full_disk_ends_with_a_message_and_a_readable_store(texts: Path) -> None:
    main(["code", str(texts / "00.txt"), "--into", "news.duckdb", "--workers", "0"])
    # A limit on the size of files stands in for the full disk: writing fails in the same place.
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)); "
    program = [
        *PROGRAM[:2],
        limit + PROGRAM[2],
        "code",
        str(texts),
        "--into",
        "news.duckdb",
        "--workers",
        "0",
    ]

    done = subprocess.run(program, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "full" in done.stderr
    assert len(content(Path("news.duckdb"))["documents"]) >= 1
    assert main(["code", str(texts), "--into", "news.duckdb", "--workers", "0"]) == 1
    assert len(content(Path("news.duckdb"))["documents"]) == 57
