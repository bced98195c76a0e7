"""What speaks for a part: the weights and how they add up."""

import math
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.evidence import COMPARED, SEEN, SIDES, log_odds, probability, weights
from dragoman.coding.implied import aimed_at, hosts_among, may_be_shared
from dragoman.coding.paths import ending, ending_odds


@pytest.mark.parametrize("side", SIDES)
def test_every_feature_has_a_weight(side: str) -> None:
    assert len(weights("seen", side)) == len(SEEN)
    assert len(weights("compared", side)) == len(COMPARED)


@pytest.mark.parametrize("side", SIDES)
def test_the_pair_head_and_the_path_speak_for_a_part(side: str) -> None:
    fitted = dict(zip(SEEN, weights("seen", side), strict=True))

    assert fitted["pair"] > 0
    assert fitted["path"] > 0
    assert fitted["number"] < 0, "a bare number is nobody"
    assert fitted["is_place"] < fitted["is_person"]


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=20))
def test_a_probability_stays_between_nought_and_one(features: list[float]) -> None:
    assert 0 < probability([1.0] * len(features), features) < 1


@given(st.floats(0, 1))
def test_log_odds_are_finite(chance: float) -> None:
    assert math.isfinite(log_odds(chance))


def test_the_end_of_a_path_keeps_the_kind_of_trigger() -> None:
    assert ending("v:^xcomp.nsubj") == "v:nsubj"
    assert ending_odds("actor")["v:nsubj"] > ending_odds("actor")["v:obj"]


def player(name: str, country: str, chance: float = 0.5) -> Any:
    return SimpleNamespace(actor=SimpleNamespace(name=name, country=(country,)), probability=chance)


def act(kind: str) -> Any:
    return SimpleNamespace(type=kind, tokens=(0,))


def test_the_host_of_a_visit_is_the_party_whose_country_it_is() -> None:
    guest, host = player("Germany", "DEU"), player("France", "FRA")
    paris: Any = SimpleNamespace(country="FRA")

    assert hosts_among(act("CONSULT"), ["visit"], paris, [guest, host]) == [host]
    assert hosts_among(act("CONSULT"), ["phone"], paris, [guest, host]) == []
    assert hosts_among(act("CONSULT"), ["visit"], None, [guest, host]) == []
    assert hosts_among(act("CONSULT"), ["visit"], paris, [host, host]) == [], "nobody came from elsewhere"


def test_talks_and_clashes_may_be_shared() -> None:
    def words(first: str) -> Any:
        return SimpleNamespace(word=lambda index: first)

    assert may_be_shared(act("CONSULT"), words("met"))
    assert may_be_shared(act("ASSAULT"), words("Clashes"))
    assert not may_be_shared(act("ASSAULT"), words("bombed"))
    assert not may_be_shared(act("AGREE"), words("battle"))


def test_where_another_state_is_aimed_at_own_people_are_left_out_unless_they_are_sure() -> None:
    doer, foreign = player("Russia", "RUS"), player("Ukraine", "UKR")
    doubtful, sure = player("villagers", "RUS", 0.4), player("rebels", "RUS", 0.9)

    assert aimed_at("ASSAULT", [doer], [foreign, doubtful]) == [foreign]
    assert aimed_at("ASSAULT", [doer], [foreign, sure]) == [foreign, sure]
    assert aimed_at("ASSAULT", [doer], [doubtful]) == [doubtful]
    assert aimed_at("COOPERATE", [doer], [foreign, sure]) == [foreign], "who is handed over is no side"
