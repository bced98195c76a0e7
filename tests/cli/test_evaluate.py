import json

import pytest

from dragoman.cli.main import main
from dragoman.samples import gold_path


def test_gold_against_itself_is_perfect(capsys: pytest.CaptureFixture[str]) -> None:
    gold = str(gold_path())

    assert main(["evaluate", gold, gold, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["whole"]["value"] == 1.0

    assert main(["evaluate", gold, gold]) == 0
    assert "typed events by type" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "no.jsonl", str(gold_path())]) != 0
    assert capsys.readouterr().err.count("\n") == 1
