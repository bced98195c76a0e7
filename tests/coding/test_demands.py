"""What a speaker demands of another by saying that he must."""

from typing import Any

import pytest

from dragoman.coding.coder import Tables
from fake_reading import code_case, params


@pytest.mark.parametrize("case", params("coding/acts/demands.toml"))
def test_demands(case: dict[str, Any], tables: Tables) -> None:
    events = code_case(case, tables).events

    assert [
        [
            event.type,
            event.trigger.text,
            *([code for a in side for code in a.country] for side in (event.actors, event.recipients)),
        ]
        for event in events
    ] == case["acts"]
