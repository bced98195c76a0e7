"""What was said, by whom."""

from operator import itemgetter
from typing import Any

import pytest

from dragoman.coding.coder import Tables
from fake_reading import cases, code_case, params

CASES = cases("coding/statements/statements.toml")


@pytest.mark.parametrize("case", params("coding/statements/statements.toml"))
def test_statements_of_a_text(case: dict[str, Any], tables: Tables) -> None:
    coded = code_case(case, tables)

    assert [
        [
            said.cue.text if said.cue else "",
            said.cue.lemma if said.cue else "",
            said.kind,
            [speaker.name for speaker in said.speakers],
            [piece.text for piece in said.content],
        ]
        for said in coded.statements
    ] == case["statements"]
    assert [miss.span.text for miss in coded.document.missed] == case["silent"]


@pytest.mark.parametrize("case", CASES, ids=itemgetter("id"))
def test_content_is_in_text_order_and_never_holds_its_own_cue(case: dict[str, Any], tables: Tables) -> None:
    for said in code_case(case, tables).statements:
        assert said.cue is not None
        assert all(a.end <= b.start for a, b in zip(said.content, said.content[1:], strict=False))
        assert all(piece.end <= said.cue.start or said.cue.end <= piece.start for piece in said.content)


@pytest.mark.parametrize("case", CASES, ids=itemgetter("id"))
def test_cue_content_and_speakers_have_reasons(case: dict[str, Any], tables: Tables) -> None:
    for said in code_case(case, tables).statements:
        given = {reason.field for reason in said.why}
        assert {"cue", "content"} <= given
        assert {speaker.name for speaker in said.speakers} == {
            reason.value for reason in said.why if reason.field == "speakers"
        }
