import io
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import dragoman
from dragoman.cli.main import main

from . import fake

STRIKE = "Dock workers in the harbour of the capital struck on Monday, and the port stood still for a day."
CALM = "The ministers of the two neighbours talked about fish and the weather for most of the afternoon."

# The program as a process of its own, with the stand-in for the coder.
PROGRAM = (
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent)!r}); import dragoman; "
    "from cli import fake; dragoman.load = fake.load; from dragoman.cli.main import run; run()",
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
    (folder / "1.txt").write_text(STRIKE, encoding="utf-8")
    (folder / "2.txt").write_bytes(b"")
    (folder / "3.txt").write_text(CALM + " Then came the crash.", encoding="utf-8")
    (folder / "4.txt").write_text(CALM, encoding="utf-8")
    return folder


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_all_good_articles_are_written_though_others_fail(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(path) for path in sorted(texts.iterdir())]

    status = main(
        ["code", *files, "--to", "jsonl", "--out", "x.jsonl", "--errors", "errors.jsonl", "--workers", "0"]
    )

    assert status == 1
    assert [(row["record"], row.get("text")) for row in rows(Path("x.jsonl"))] == [
        ("document", STRIKE),
        ("event", None),
        ("document", CALM),
    ]
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ", 1)[0] for line in told[:2]] == [files[1], files[2]]
    assert told[-1] == "dragoman: 2 input(s) failed or were mended; the list is in errors.jsonl"
    failed = rows(Path("errors.jsonl"))
    assert [("intake", files[1]), ("coding", files[2])] == [(row["stage"], row["file"]) for row in failed]
    assert "ZeroDivisionError" in failed[1]["trace"]


def test_good_input_ends_with_nothing_on_standard_error(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["code", str(texts / "1.txt"), "--to", "csv", "--out", "x.csv"]) == 0
    assert capsys.readouterr().err == ""
    assert ",014," in Path("x.csv").read_text(encoding="utf-8")


def test_standard_input_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STRIKE.encode())))

    assert main(["code", "-", "--to", "jsonl", "--workers", "0", "--published", "2024-01-02"]) == 0

    lines = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [line["record"] for line in lines] == ["document", "event"]
    assert lines[0]["published"] == "2024-01-02"


def test_the_table_goes_to_a_file_as_plain_text(texts: Path) -> None:
    assert main(["code", str(texts / "1.txt"), "--out", "x.txt"]) == 0

    shown = Path("x.txt").read_text(encoding="utf-8")
    assert "— → PROTEST" in shown
    assert "[struck]" in shown
    assert "\x1b" not in shown


def test_the_samples_come_with_day_and_publisher() -> None:
    assert main(["code", "--sample", "--to", "jsonl", "--out", "x.jsonl"]) == 0

    documents = [row for row in rows(Path("x.jsonl")) if row["record"] == "document"]
    assert len(documents) >= 8
    assert all(row["published"] and row["publisher"] and row["source_id"] for row in documents)


def test_the_run_stops_at_the_limit() -> None:
    assert main(["code", "--sample", "--out", "x.jsonl", "--limit", "2"]) == 0

    assert sum(row["record"] == "document" for row in rows(Path("x.jsonl"))) == 2


def test_on_a_terminal_the_table_is_the_default(texts: Path) -> None:
    master, slave = os.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "code", str(texts / "1.txt")], stdout=slave, env={**os.environ, "COLUMNS": "80"}
    )
    os.close(slave)
    shown = b""
    with suppress(OSError):  # Linux tells the end of a terminal by an error
        while part := os.read(master, 4096):
            shown += part
    os.close(master)

    assert process.wait() == 0
    assert "PROTEST" in shown.decode()
    assert b'{"record"' not in shown


def test_records_of_low_confidence_are_left_out(texts: Path) -> None:
    assert main(["code", str(texts / "1.txt"), "--out", "x.jsonl", "--min-confidence", "0.81"]) == 0

    assert [row["record"] for row in rows(Path("x.jsonl"))] == ["document"]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["code"], "code: there is nothing to code. Name files, folders or globs"),
        (["code", "a.txt", "--sample"], "inputs and --sample exclude each other"),
        (["code", "a.txt", "--to", "xml"], "dragoman code: Invalid value for '--to'"),
        (["code", "a.txt", "--min-confidence", "2"], "min_confidence = 2.0 is not between 0 and 1"),
        (["code", "a.txt", "--workers", "-1"], "workers = -1 is less than 0"),
        (["code", "a.txt", "--published", "yesterday"], "--published"),
        (["code", "a.txt", "--to", "parquet"], "Add --out NAME.parquet"),
        (["code", "a.txt", "--errors", "no/such/e.jsonl"], "--errors no/such/e.jsonl: cannot be written"),
        (["codde"], "No such command 'codde'. Did you mean"),
        (["explain"], "Missing argument"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert captured.err.count("\n") == 1


def test_a_missing_file_is_a_failed_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "no.txt", "--to", "jsonl", "--workers", "0"]) == 1
    assert "no.txt: no such file" in capsys.readouterr().err


def test_explain_writes_a_page(texts: Path) -> None:
    assert main(["explain", str(texts / "1.txt"), "--html", "x.html"]) == 0

    assert '<span class="act" title="act">struck</span>' in Path("x.html").read_text(encoding="utf-8")


def test_explain_reads_records_and_does_not_code_them_again(
    texts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [str(texts / "1.txt"), str(texts / "4.txt")]
    main(["code", *both, "--out", "x.jsonl", "--workers", "0"])
    monkeypatch.setattr(dragoman, "load", lambda: pytest.fail("coded again"))
    ids = [row["id"] for row in rows(Path("x.jsonl")) if row["record"] == "document"]

    assert main(["explain", "x.jsonl", "--coded", "--document", ids[0]]) == 0
    assert "PROTEST  —  0.80" in capsys.readouterr().out
    assert main(["explain", "x.jsonl", "--coded", "--html", "x.html"]) == 2
    assert f"Choose one with --document ({ids[0]}, {ids[1]})" in capsys.readouterr().err
    assert main(["explain", "x.jsonl", "--coded", "--document", "none"]) == 2


def test_explain_of_a_broken_text_says_so(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(texts / "2.txt")]) == 1
    assert "2.txt" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_failure(texts: Path) -> None:
    """`dragoman code … | head -1` ends without a trace of an error."""
    (texts / "many.jsonl").write_text(
        "".join(json.dumps({"text": f"{n}. {STRIKE}"}) + "\n" for n in range(400)), encoding="utf-8"
    )
    process = subprocess.Popen(
        [*PROGRAM, "code", str(texts / "many.jsonl"), "--to", "jsonl", "--workers", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b'{"record":"document"')
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 0
