"""`dragoman corpus` on a corpus of one written article, and its help."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman.cli import corpus
from dragoman.cli.main import app, main

TEXT = "Norvia attacked Tavo in March."
TARGETS = "\n".join(
    f"{key} = 1"
    for key in "type mode context future hypothetical negated unsure statements nested clusters".split()  # noqa: SIM905
)
COMMANDS = [str(one.callback.__name__) for one in corpus.app.registered_commands if one.callback]


def folder(where: Path, **changes: Any) -> list[str]:
    """The option that names a corpus of one article, with its one event changed."""
    event = {"s": 0, "trigger": "attacked", "type": "ASSAULT", "modes": ["aerial"], "contexts": ["military"]}
    event |= {"actors": [{"name": "Norvia", "text": "Norvia", "country": ["NOR"], "sectors": ["GOV"]}]}
    event |= {"recipients": [], "realis": "actual", "polarity": "affirmed", "certainty": "certain", **changes}
    row = {"id": "w9-01", "batch": "w9", "source": "written", "title": TEXT, "text": TEXT, "events": [event]}
    row |= {"sentences": [[0, len(TEXT)]], "statements": [], "published": "2020-04-01"}
    (where / "written").mkdir()
    (where / "written" / "w9.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (where / "splits.json").write_text(json.dumps({"splits": {"w9-01": "train"}}), encoding="utf-8")
    (where / "upstream.toml").write_text("source = []\n", encoding="utf-8")
    (where / "targets.toml").write_text(TARGETS, encoding="utf-8")
    return ["--corpus", str(where)]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example_of_itself(command: str) -> None:
    text = CliRunner().invoke(app, ["corpus", command, "--help"]).stdout
    (example,) = re.findall(r"Example: dragoman corpus (.+)", text)

    assert example.split()[0] == command
    assert all(option in text.replace(example, "") for option in re.findall(r"--[a-z-]+", example))


def test_a_sound_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "check", *folder(tmp_path)]) == 0

    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "1 texts checked, 0 faults\n")


def test_faults_are_printed_and_the_status_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "check", *folder(tmp_path, modes=["loudly"])]) == 1

    shown = capsys.readouterr().out
    assert "written/w9.jsonl:1 (w9-01, event 0 'attacked'): ASSAULT has no mode 'loudly'. Write one" in shown


def test_stats_as_tables_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = folder(tmp_path)
    assert main(["corpus", "stats", *where]) == 0
    table = capsys.readouterr().out
    assert main(["corpus", "stats", *where, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)

    assert re.search(r"^  ASSAULT +1 +0 +0 +1 +1$", table, re.M)
    assert {"table": "types", "value": "ASSAULT", "total": 1, "gap": 0}.items() <= next(
        row for row in rows if row["value"] == "ASSAULT"
    ).items()


def test_show_marks_the_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "show", "w9-01", *folder(tmp_path)]) == 0

    assert "    ~~~~~~ ^^^^^^^^\n    actor  act\n" in capsys.readouterr().out


def test_a_text_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "show", "w0-99", *folder(tmp_path)]) == 2

    assert "there is no text 'w0-99'" in capsys.readouterr().err


def test_export_to_brat_writes_text_annotation_and_configuration(tmp_path: Path) -> None:
    out = tmp_path / "brat"
    assert main(["corpus", "export", "--to", "brat", "--out", str(out), *folder(tmp_path)]) == 0

    assert sorted(path.name for path in out.iterdir()) == ["annotation.conf", "w9-01.ann", "w9-01.txt"]
    assert (out / "w9-01.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("form, rows", [("plover", 1), ("jsonl", 2)])
def test_export_to_lines(form: str, rows: int, tmp_path: Path) -> None:
    """PLOVER: one line an event. JSON Lines: a line for the document as well."""
    out = tmp_path / "out.jsonl"
    assert main(["corpus", "export", "--to", form, "--out", str(out), *folder(tmp_path)]) == 0

    assert len(out.read_text(encoding="utf-8").splitlines()) == rows


def test_the_test_part_is_exported_only_when_named(tmp_path: Path) -> None:
    where = folder(tmp_path)
    (tmp_path / "splits.json").write_text(json.dumps({"splits": {"w9-01": "test"}}), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    command = ["corpus", "export", "--to", "jsonl", "--out", str(out), *where]

    assert main(command) == 0
    assert out.read_bytes() == b""
    assert main([*command, "--part", "test"]) == 0
    assert out.read_bytes() != b""


def test_a_folder_that_holds_no_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "stats", "--corpus", str(tmp_path)]) == 1

    assert "Name the folder of the corpus" in capsys.readouterr().err
