"""Which words tell an act, and of what type."""

from typing import Any

import pytest

from dragoman.coding.acts import Act, find_acts
from dragoman.coding.heads import heads_of
from dragoman.coding.words import Words
from dragoman.records import Missed
from fake_reading import params, read, read_case


def acts_of(doc: Any, **options: float) -> tuple[list[Act], list[Missed]]:
    return find_acts(heads_of(doc), Words(doc), **options)


@pytest.mark.parametrize("case", params("coding/acts/triggers.toml"))
def test_acts_of_a_text(case: dict[str, Any]) -> None:
    acts, missed = acts_of(read_case(case))

    assert [[act.type, act.span.text] for act in acts] == case["acts"]
    assert [miss.span.text for miss in missed] == case["missed"]


def test_a_joined_act_is_told_by_both_words_and_as_sure_as_the_surer() -> None:
    doc = read(
        "The ministers held talks.",
        tags="held/VERB",
        arcs=["talks obj held"],
        types=["held CONSULT 0.6", "talks CONSULT 0.9"],
    )
    [act] = acts_of(doc, cut=0.5)[0]

    assert [doc[token].text for token in act.tokens] == ["held", "talks"]
    assert act.certainty == pytest.approx(0.9)
    assert act.reason.evidence[0].text == "held talks"


def test_the_cut_decides_between_an_act_and_a_miss() -> None:
    doc = read("Drones hit Odesa.", types=["hit ASSAULT 0.4"])

    assert [act.span.text for act in acts_of(doc, cut=0.3)[0]] == ["hit"]
    assert acts_of(doc, cut=0.5)[0] == []


def test_a_miss_says_what_it_looked_like_and_how_far_it_was() -> None:
    [miss] = acts_of(read("Drones hit Odesa.", types=["hit ASSAULT 0.3"]), cut=0.45)[1]

    assert miss.reason == "below the cut: ASSAULT with probability 0.30 (cut 0.45)"


def test_the_reason_names_the_head_its_probability_and_the_runner_up() -> None:
    doc = read("Drones hit Odesa.", types=["hit ASSAULT 0.6"])
    scores = heads_of(doc)
    scores.types[1, scores.labels["types"].index("COERCE")] = 0.3
    [act] = find_acts(scores, Words(doc), cut=0.5)[0]

    assert (act.reason.field, act.reason.value, act.reason.by) == ("type", "ASSAULT", "head:type")
    assert act.reason.probability == pytest.approx(0.6)
    assert [(a.value, a.probability) for a in act.reason.alternatives] == [("COERCE", pytest.approx(0.3))]


@pytest.mark.parametrize("word, found", [("not", ["praise"]), ("always", [])])
def test_where_the_verb_is_denied_a_little_less_than_the_cut_suffices(word: str, found: list[str]) -> None:
    doc = read(
        f"Chile did {word} praise Peru.",
        tags=f"{word}/PART praise/VERB",
        arcs=[f"{word} advmod praise"],
        types=["praise SUPPORT 0.45"],
    )

    assert [act.span.text for act in acts_of(doc, cut=0.5)[0]] == found
