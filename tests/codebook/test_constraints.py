"""The rules that hold whatever the words are."""

import shutil
from pathlib import Path

import pytest

from dragoman.codebook import book as book_module
from dragoman.codebook import load
from dragoman.errors import CodebookError


@pytest.mark.parametrize("kind", ["CONSULT", "SUPPORT", "COOPERATE", "AID"])
def test_a_friendly_act_to_come_is_agree(book, kind):
    assert book.constraints.turned(kind, polarity="affirmed", realis="future").then == "AGREE"
    assert book.constraints.turned(kind, polarity="negated", realis="future") is None
    assert book.constraints.turned(kind, polarity="affirmed", realis="actual") is None


def test_steps_back_and_hostile_acts_to_come_stay_what_they_are(book):
    friendly = {rule.type for rule in book.constraints.becomes}

    assert friendly == {code for code, entry in book.types.items() if entry.quad.code in (1, 2)} - {
        "AGREE",
        "CONCEDE",
        "RETREAT",
    }


def test_a_type_that_something_becomes_is_done_when_said(book):
    """Else a rule would turn an act to come into another act to come."""
    assert {rule.then for rule in book.constraints.becomes} <= book.constraints.done_when_said


def test_no_tie_drops_what_another_keeps_for_it(book):
    ties = book.constraints.ties

    assert {(tie.keep, tie.drop) for tie in ties}.isdisjoint({(tie.drop, tie.keep) for tie in ties})
    assert all(tie.source for tie in ties)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('drop = "MOBILIZE"', 'drop = "MARCH"', r"\[\[tie\]\] 1: 'drop' is 'MARCH'"),
        ('keep_mode = "convict"', 'keep_mode = "aerial"', r"\[\[tie\]\] 2: 'keep_mode' is 'aerial'"),
        ('types = ["AGREE", "THREATEN"]', "types = []", r"\[done_when_said\]: no types"),
        ('"COERCE", "RETREAT"]', '"COERCE", "AID"]', r"\[needs_mode\]: AID has no modes"),
        ('as = "AGREE"', "", r"\[\[becomes\]\] 1: 'as' is empty"),
    ],
)
def test_a_faulty_rule_is_refused_with_its_place(tmp_path: Path, old: str, new: str, fault: str):
    data = tmp_path / "data"
    shutil.copytree(book_module.DATA, data)
    table = data / "plover/constraints.toml"
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CodebookError, match=fault):
        load(data)
