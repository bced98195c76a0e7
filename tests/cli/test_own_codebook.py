"""The commands around a user's own categories: --codebook, codebook test, codebook suggest."""

import csv
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

import dragoman
from dragoman.cli.main import main
from dragoman.cli.own_codebook import try_examples
from dragoman.codebook import load_custom, shipped
from dragoman.coder import Coder
from dragoman.coding.own_categories import OwnCategories
from dragoman.records import Coded, Document, Reason

from . import fake

MINE = """
name = "Mine"
[[category]]
code = "STRIKE"
name = "Strike"
definition = "Workers stop work."
parent = "PROTEST"
phrases = ["strike"]
examples = ["Dockers struck.", "Dockers slept."]
counter_examples = ["Gunmen struck."]
"""
WRONG = MINE.replace('"PROTEST"', '"PROTESTS"').replace('phrases = ["strike"]', "phrases = 3")


class OwnCoder(fake.FakeCoder):
    """Gives every event the category STRIKE."""

    def __call__(self, document: Document) -> Coded:
        coded = super().__call__(document)
        why = (Reason(field="categories", value="STRIKE", by="own:mine.toml:8", note="phrase 'strike'"),)
        return replace(
            coded, events=tuple(replace(event, categories=("STRIKE",), why=why) for event in coded.events)
        )


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DRAGOMAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(dragoman, "load", lambda **given: OwnCoder() if given else fake.FakeCoder())
    Path("mine.toml").write_text(MINE, encoding="utf-8")
    Path("wrong.toml").write_text(WRONG, encoding="utf-8")
    Path("a.txt").write_text("Dockers struck.", encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ["code", "a.txt", "--codebook", "wrong.toml"],
        ["explain", "a.txt", "--codebook", "wrong.toml"],
        ["codebook", "test", "wrong.toml"],
        ["codebook", "suggest", "wrong.toml", "a.txt"],
    ],
)
def test_a_wrong_file_ends_the_command_with_all_its_faults(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert "wrong.toml: 2 faults. Mend each of them:" in err
    assert "wrong.toml:7 (STRIKE): 'PROTESTS' is no PLOVER type. Write some of: AGREE" in err
    assert "wrong.toml:8 (STRIKE): 'phrases' is no list of words" in err


def test_examples_pass_and_fail_with_what_was_got(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "test", "mine.toml"]) == 1

    assert capsys.readouterr().out.splitlines() == [
        "pass  STRIKE  Dockers struck.",
        "FAIL  STRIKE  Dockers slept.",
        "      mine.toml:9: got",
        "        no event of any type",
        "FAIL  not STRIKE  Gunmen struck.",
        "      mine.toml:10: got",
        "        PROTEST 'struck': STRIKE (own:mine.toml:8: phrase 'strike')",
        "1 of 3 examples of Mine pass",
    ]


def test_the_trials_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "test", "mine.toml", "--json"]) == 1

    rows = json.loads(capsys.readouterr().out)
    assert [(row["line"], row["expected"], row["passed"]) for row in rows] == [
        (9, True, True),
        (9, True, False),
        (10, False, False),
    ]


def test_categories_are_in_json_lines_and_csv_only_with_a_codebook(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def out(*options: str) -> str:
        assert main(["code", "a.txt", "--workers", "0", *options]) == 0
        return capsys.readouterr().out

    assert '"categories":["STRIKE"]' in out("--to", "jsonl", "--codebook", "mine.toml")
    assert "categories" not in out("--to", "jsonl")
    plain = list(csv.reader(out("--to", "csv").splitlines()))
    own = list(csv.reader(out("--to", "csv", "--codebook", "mine.toml").splitlines()))
    assert [row[: len(plain[0])] for row in own] == plain
    assert [row[len(plain[0]) :] for row in own] == [["categories"], ["STRIKE"]]


# Sentences that the shipped model reads wrongly (type, or no act at all); one that comes right leaves this list.
KNOWN_TO_FAIL = {
    "protest": [
        ("PROTEST_BANNED", "The city council banned all demonstrations on Monday."),
        ("PROPERTY_DAMAGED", "Workers repaired the windows of the town hall on Monday."),
        ("BUILDING_OCCUPIED", "Students occupied the university on Thursday."),
    ],
    "ceasefire": [
        ("VIOLATION_ALLEGED", "The government accused the rebels of violating the ceasefire on Monday."),
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_the_examples_of_a_shipped_codebook_pass(name: str, coder: Coder) -> None:
    custom = load_custom(name)
    own = Coder(coder.nlp, replace(coder.tables, own=OwnCategories(custom, coder.nlp)), coder.run)

    failed = [trial for trial in try_examples(custom, own) if not trial.passed]
    assert [(trial.category, trial.text) for trial in failed] == KNOWN_TO_FAIL[name]
