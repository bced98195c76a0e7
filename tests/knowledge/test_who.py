"""Who a name is on a day, and why."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import knowledge
from dragoman.knowledge.who import who

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/knowledge/who.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_who_and_why(case: dict) -> None:
    answer = who(knowledge.load(), case["name"], on=case.get("on"))

    first = answer.chosen
    assert first is not None
    assert case["first"] == [first.name, first.kind, " ".join((*first.country, *first.sectors)), first.state]
    assert case["why"] in answer.why
    assert "next" not in case or (answer.runner_up is not None and answer.runner_up.name == case["next"])
    assert all(term.source for reading in answer.readings for term in reading.terms)


@given(st.text(max_size=60))
def test_any_text_may_be_asked(name: str) -> None:
    """Each reading stands once, and the term that decides is one of its terms."""
    answer = who(knowledge.load(), name)

    assert len({(one.id, one.kind) for one in answer.readings}) == len(answer.readings)
    assert all(one.term in one.terms for one in answer.readings)
    assert answer.why
