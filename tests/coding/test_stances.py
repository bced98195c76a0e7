"""For whom and against whom a statement speaks."""

from typing import Any

import pytest

from dragoman.coding.coder import Tables
from fake_reading import code_case, params


@pytest.mark.parametrize("case", params("coding/statements/stances.toml"))
def test_sides_of_a_statement(case: dict[str, Any], tables: Tables) -> None:
    said = code_case(case, tables).statements[0]

    assert [[side.value, side.target.name] for side in said.stance] == case["stances"]
    reasons = [why for why in said.why if why.field == "stance"]
    assert [why.value.split(" ", 1) for why in reasons] == case["stances"]
    assert all(why.evidence and why.probability is not None for why in reasons)
