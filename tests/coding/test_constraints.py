"""What PLOVER does not allow is mended or left out."""

from typing import Any

import pytest

from dragoman.coding.coder import Tables
from fake_reading import code_case, params, shipped_tables


@pytest.fixture(scope="module")
def tables() -> Tables:
    return shipped_tables()


@pytest.mark.parametrize("case", params("coding/constraints.toml"))
def test_events_that_plover_allows(case: dict[str, Any], tables: Tables) -> None:
    coded = code_case(case, tables)

    assert [[e.type, e.trigger.text, e.status.realis] for e in coded.events] == case["events"]
    assert [m.span.text for m in coded.document.missed] == case.get("missed", [])
    for event in coded.events:
        assert set(event.modes) <= set(tables.codebook.modes(event.type))


def test_an_act_that_becomes_another_says_so_for_type_and_realis(tables: Tables) -> None:
    case = next(row.values[0] for row in params("coding/constraints.toml") if "promise" in row.id)
    [event] = code_case(case, tables).events

    turned = [why for why in event.why if why.by == "constraints.toml: future AID"]
    assert [(why.field, why.value, why.alternatives[0].value) for why in turned] == [
        ("type", "AGREE", "AID"),
        ("realis", "actual", "future"),
    ]
    assert all(why.note for why in turned)
