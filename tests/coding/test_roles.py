"""Who plays which part in an act."""

from typing import Any

import pytest

from dragoman.coding.coder import Tables
from fake_reading import code_case, params


@pytest.mark.parametrize("case", params("coding/coder/roles.toml"))
def test_parts_of_an_act(case: dict[str, Any], tables: Tables) -> None:
    coded = code_case(case, tables)

    assert [
        [event.type, sorted(actor.name for actor in event.actors), [actor.name for actor in event.recipients]]
        for event in coded.events
    ] == case["events"]
    assert [miss.span.text for miss in coded.document.missed] == case["missed"]


ATTACK = {
    "text": "Russia attacked Ukraine.",
    "tags": "attacked/VERB",
    "arcs": ["Russia nsubj attacked", "Ukraine obj attacked"],
    "types": ["attacked ASSAULT"],
    "pairs": ["attacked actor Russia", "attacked recipient Ukraine"],
}


def test_each_player_has_a_reason_on_the_words_that_name_it(tables: Tables) -> None:
    [event] = code_case(ATTACK, tables).events
    reasons = {reason.field: reason for reason in event.why}

    assert [span.text for span in reasons["actors"].evidence] == ["Russia"]
    assert [span.text for span in reasons["recipients"].evidence] == ["Ukraine"]
    assert 0.5 < (reasons["actors"].probability or 0) <= 1
    assert event.actors[0].mentions[0].text == "Russia"


def test_how_an_actor_was_known_stands_under_the_part_it_plays(tables: Tables) -> None:
    [event] = code_case(ATTACK, tables).events
    under = [reason.field for reason in event.why if reason.field.startswith("actors.")]

    assert "actors.country" in under
    assert all(0 <= value <= 1 for value in event.confidence.values())


def test_a_needed_recipient_may_be_weak_and_the_reason_says_so(tables: Tables) -> None:
    case = {
        "text": "Poland sent grain while Ukraine waited.",
        "tags": "sent/VERB waited/VERB",
        "arcs": ["Poland nsubj sent", "grain obj sent", "waited advcl sent", "Ukraine nsubj waited"],
        "types": ["sent AID"],
        "pairs": ["sent actor Poland", "sent recipient Ukraine 0.8"],
    }
    for sure in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        coded = code_case({**case, "pairs": ["sent actor Poland", f"sent recipient Ukraine {sure}"]}, tables)
        notes = [r.note for event in coded.events for r in event.why if r.field == "recipients" and r.note]
        if notes:
            assert "taken because the record needs one" in notes[0]
            return
    pytest.fail("a weak recipient was never taken for an AID that needs one")


def test_a_left_out_act_says_what_it_lacks(tables: Tables) -> None:
    case = {**ATTACK, "types": ["attacked AID"], "pairs": ["attacked actor Russia"]}
    [miss] = code_case(case, tables).document.missed

    assert miss.reason == "AID needs a recipient, and the text names none here"
