"""Who says so: the chain of sources of each act and statement."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import pytest

from dragoman.coding.coder import Tables
from dragoman.records import Source
from fake_reading import cases, code_case, params

CASES = cases("coding/sources/chains.toml")


def links(sources: Sequence[Source]) -> list[list[Any]]:
    return [[link.source.name, link.commitment] for link in sources]


@pytest.mark.parametrize("case", params("coding/sources/chains.toml"))
def test_chains_of_sources(case: dict[str, Any], tables: Tables) -> None:
    coded = code_case(case, tables)
    triggers = {event.id: event.trigger.text for event in coded.events}

    assert [[event.trigger.text, links(event.attribution)] for event in coded.events] == case["events"]
    assert [
        [said.cue.text if said.cue else "", links(said.attribution)] for said in coded.statements
    ] == case["statements"]
    assert [
        [said.cue.text if said.cue else "", triggers[each.event], each.commitment]
        for said in coded.statements
        for each in said.asserts
    ] == case["asserts"]


@pytest.mark.parametrize("case", CASES, ids=itemgetter("id"))
def test_every_link_has_a_reason_and_names_its_statement_and_cue_unless_it_only_passes_on(
    case: dict[str, Any], tables: Tables
) -> None:
    coded = code_case(case, tables)
    statements = {said.id: said for said in coded.statements}
    for record in (*coded.events, *coded.statements):
        reasons = [reason.value for reason in record.why if reason.field == "attribution"]
        assert reasons == [link.source.name for link in record.attribution]
        for link in record.attribution:
            if link.statement is None:
                assert link.commitment == "reports"
                continue
            said = statements[link.statement]
            assert link.kind == said.kind
            assert link.cue is not None
            assert said.cue is not None
            assert (link.cue.start, link.cue.text) == (said.cue.start, said.cue.text)
            assert link.source in said.speakers


def test_a_speech_act_and_its_statement_name_each_other(tables: Tables) -> None:
    case = next(case for case in CASES if case["id"] == "a-speech-act-is-not-its-own-source")
    coded = code_case(case, tables)
    [event], [said] = coded.events, coded.statements

    assert (event.statement, said.event) == (said.id, event.id)


def test_a_plain_comment_is_no_act(tables: Tables) -> None:
    case = next(case for case in CASES if case["id"] == "one-source")
    coded = code_case(case, tables)

    assert [said.event for said in coded.statements] == [None]
    assert [event.statement for event in coded.events] == [None]
