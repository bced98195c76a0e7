"""One act told several times in an article is one event."""

from operator import itemgetter
from typing import Any

import pytest

from dragoman.coding.coder import Tables
from dragoman.coding.heads import heads_of
from fake_reading import cases, code_case, params, read_case

CASES = cases("coding/repeats/tellings.toml")


@pytest.mark.parametrize("case", params("coding/repeats/tellings.toml"))
def test_tellings_of_one_act_are_one_event(case: dict[str, Any], tables: Tables) -> None:
    told = {word for row in case["types"] for word in [row.split()[0].split("#")[0]]}
    events = []
    for event in code_case(case, tables).events:
        others = [span.text for span in event.evidence if span.text in told and span != event.trigger]
        events.append([event.trigger.text, others])

    assert events == case["events"]


@pytest.mark.parametrize("case", CASES, ids=itemgetter("id"))
def test_no_telling_is_lost_and_none_is_in_two_events(case: dict[str, Any], tables: Tables) -> None:
    table = heads_of(read_case(case)).types
    tellings = int((table[:, 1:].max(1) > 0.5).sum())
    told = {word for row in case["types"] for word in [row.split()[0].split("#")[0]]}
    spans = [span for event in code_case(case, tables).events for span in event.evidence if span.text in told]

    assert len(spans) == len(set(spans)) == tellings


def test_what_the_fullest_telling_lacks_another_gives_and_says_so(tables: Tables) -> None:
    case = {
        "text": "Russia attacked Ukraine on Sunday. The attack in Ukraine killed 20 people.",
        "published": "2023-06-26",
        "tags": "attacked/VERB killed/VERB 20/NUM people/NOUN in/ADP",
        "arcs": [
            *("Russia nsubj attacked", "Ukraine obj attacked", "Sunday obl attacked", "on case Sunday"),
            *("attack#2 nsubj killed", "people obj killed", "20 nummod people"),
        ],
        "types": ["attacked ASSAULT", "killed ASSAULT"],
        "pairs": ["attacked actor Russia", "attacked recipient Ukraine", "killed same attacked"],
    }
    [event] = code_case(case, tables).events

    assert (event.trigger.text, event.counts["killed"].best) == ("attacked", 20)
    assert "repeats:another telling of the act" in {r.by for r in event.why if r.field == "counts.killed"}
