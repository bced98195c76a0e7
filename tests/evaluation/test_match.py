from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.evaluation.match import bodies_as_igo, match, same_name, told_apart
from dragoman.evaluation.tally import tally

from .gold_rows import cases, documents, row

CASES = cases("matching.toml")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_matching_counts_what_the_guidelines_say(case: dict[str, Any]) -> None:
    """One rule of guidelines.md §9 a case; `why` says which."""
    (gold,) = documents(row("text", case["sentences"], **case.get("gold", {})))
    (coded,) = documents(row("text", case["sentences"], **case.get("coded", {})))

    counts = tally(match(gold, coded), bodies_as_igo if case.get("lenient") else told_apart).counts

    assert {**case["counts"], **dict.fromkeys(case["zero"], 0)} == {
        name: counts[name] for name in [*case["counts"], *case["zero"]]
    }, case["why"]


@pytest.mark.parametrize("case", cases("names.toml"), ids=lambda case: f"{case['one']}-{case['other']}")
def test_names_agree_by_inclusion_or_last_word(case: dict[str, Any]) -> None:
    assert case["same"] == same_name(case["one"], case["other"])


@given(st.text(max_size=20), st.text(max_size=20))
def test_names_agree_both_ways_or_not_at_all(one: str, other: str) -> None:
    assert same_name(one, other) == same_name(other, one)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_required_record_is_counted_once(case: dict[str, Any]) -> None:
    """Found and missed add up to the required gold, found, spurious, repeats and optional to the coded."""
    (gold,) = documents(row("text", case["sentences"], **case.get("gold", {})))
    (coded,) = documents(row("text", case["sentences"], **case.get("coded", {})))

    counts = tally(match(gold, coded), told_apart).counts

    assert sum(not event.optional for event in gold.events) == counts["found"] + counts["missed"]
    assert len(coded.events) == sum(
        counts[name] for name in ("found", "spurious", "repeats", "optional events found")
    )
    assert len(coded.statements) == sum(
        counts[name] for name in ("statements found", "statements spurious", "optional statements found")
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_gold_against_itself_is_perfect(case: dict[str, Any]) -> None:
    (gold,) = documents(row("text", case["sentences"], **case.get("gold", {})))

    sums = tally(match(gold, gold), told_apart)

    assert not sums.differences
    assert sums.counts["missed"] + sums.counts["spurious"] + sums.counts["whole missed"] == 0
