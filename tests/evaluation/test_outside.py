"""The mappings from records to the terms of the outside sets, and the table where sets are absent."""

import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.records import Actor, Event, Span, Status, Timex

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))
import outside_answers as answers  # noqa: E402

TRIGGER = Span(start=0, end=6, text="killed", sentence=0)
POLICE = (Actor(name="police", sectors=("COP",)),)
CROWD = (Actor(name="villagers", sectors=("CVL",)),)


def event(kind, actors=POLICE, modes=(), status=None):
    return Event(
        id="e",
        document="d",
        type=kind,
        modes=modes,
        actors=actors,
        status=status or Status(),
        trigger=TRIGGER,
        sentence=0,
    )


@pytest.mark.parametrize(
    ("told", "labels"),
    [
        (event("ASSAULT", modes=("crowd-control",)), {"ANY_ACTION", "FORCE"}),
        (event("ASSAULT", modes=("targeted",)), {"ANY_ACTION", "FORCE", "KILL"}),
        (event("COERCE", modes=("arrest",)), {"ANY_ACTION", "ARREST"}),
        (event("COERCE", (), ("arrest",)), {"ANY_ACTION", "ARREST"}),
        (event("COERCE", CROWD, ("arrest",)), set()),
        (event("ASSAULT", CROWD), set()),
        (event("ACCUSE"), {"ANY_ACTION"}),
        (event("ASSAULT", status=Status(polarity="negated")), set()),
        (event("ASSAULT", status=Status(realis="future")), set()),
    ],
)
def test_what_an_event_says_of_police(told, labels):
    assert answers.police_labels(told) == labels


@pytest.mark.parametrize(
    ("start", "precision", "value"),
    [("2023-06-25", "day", "2023-06-25"), ("2023-06-01", "month", "2023-06"), (None, "unknown", None)],
)
def test_a_date_is_as_long_as_it_is_precise(start, precision, value):
    timex = Timex(span=TRIGGER, start=start, end=start, precision=precision, anchor="none", reason="")
    assert answers.timex_value(timex) == value


def test_absent_sets_are_said_to_be_absent(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/outside.py"), "--check", str(tmp_path)],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "no outside sets here" in done.stderr
