"""The trained coder on the whole suite: no kind of change may fall below what has been reached."""

import tomllib
from pathlib import Path

import pytest

from dragoman import Coder
from dragoman.evaluation.probe_report import probe_lines
from dragoman.evaluation.probes import load_probes
from dragoman.evaluation.probing import Report, run

FLOORS = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "evaluation" / "probe_floors.toml").read_text(encoding="utf-8")
)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(coder: Coder) -> Report:
    return run(load_probes(), lambda text, published: coder(text, published=published))


def test_every_kind_has_a_floor(report: Report) -> None:
    assert set(report.rates) == set(FLOORS["passed"]) == set(FLOORS["steady"])


@pytest.mark.parametrize("kind", sorted(FLOORS["passed"]))
def test_a_kind_passes_as_often_as_before(kind: str, report: Report) -> None:
    share = report.rates[kind].share

    assert share >= FLOORS["passed"][kind], "\n".join(probe_lines(report))


@pytest.mark.parametrize("kind", sorted(FLOORS["steady"]))
def test_what_a_change_leaves_alone_stays_as_often_as_before(kind: str, report: Report) -> None:
    share = report.rates[kind].steady_share

    assert share >= FLOORS["steady"][kind], "\n".join(probe_lines(report))


@pytest.mark.parametrize(
    "kind, field", sorted((kind, field) for kind, fields in FLOORS["moved"].items() for field in fields)
)
def test_a_field_moves_no_oftener_than_before(kind: str, field: str, report: Report) -> None:
    """Such as: renaming a country changes the type of so many acts at most, and in the end of none."""
    moved = [
        answer.probe.id
        for answer in report.answers
        if answer.probe.kind == kind and field in {wrong.field for wrong in answer.moved}
    ]

    assert len(moved) <= FLOORS["moved"][kind][field], moved


def test_a_related_link_changes_nothing(report: Report) -> None:
    assert [
        answer.probe.id for answer in report.answers if answer.probe.kind == "link" and not answer.steady
    ] == []
