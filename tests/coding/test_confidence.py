"""How sure a record is."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.confidence import record_confidence, whole_record
from dragoman.coding.roles import Player
from dragoman.records import Actor, Span

CHANCE = st.floats(0, 1)


def player(probability: float, confidence: float | None) -> Player:
    return Player(
        actor=Actor(name="x", confidence=confidence),
        probability=probability,
        reasons=(),
        span=Span(start=0, end=1, text="x"),
    )


PLAYERS = st.lists(st.builds(player, CHANCE, st.none() | CHANCE), max_size=3)


@given(CHANCE, PLAYERS, PLAYERS)
def test_a_confidence_is_a_chance_with_three_digits(kind: float, doers: list, others: list) -> None:
    found = record_confidence({"type": kind}, doers, others)

    assert all(0 <= value <= 1 for value in found.values())
    assert all(value == round(value, 3) for value in found.values())
    assert ("actors" in found, "recipients" in found) == (bool(doers), bool(others))


def test_a_side_is_as_sure_as_its_least_sure_actor() -> None:
    found = record_confidence({"type": 0.8}, [player(0.9, 1.0), player(0.6, 0.5)], [player(0.5, 1.0)])
    parts = {"actors": 0.3, "recipients": 0.5, "type": 0.8}

    assert found == parts | {"record": round(whole_record(parts), 3)}


@given(st.sampled_from(["type", "actors", "recipients"]), CHANCE, CHANCE)
def test_a_record_is_never_less_sure_where_a_part_is_surer(part: str, one: float, other: float) -> None:
    parts = {"type": 0.7, "actors": 0.6, "recipients": 0.5}
    low, high = sorted((one, other))

    assert whole_record(parts | {part: low}) <= whole_record(parts | {part: high})


def test_a_record_that_nobody_does_to_anybody_is_doubtful() -> None:
    assert whole_record({"type": 0.9}) < whole_record({"type": 0.9, "actors": 0.8, "recipients": 0.8})


def test_an_actor_that_the_tables_do_not_know_lowers_the_record() -> None:
    known = record_confidence({"type": 1.0}, [player(0.9, 0.9)], [])
    unknown = record_confidence({"type": 1.0}, [player(0.9, None)], [])

    assert unknown["record"] < known["record"]


@given(st.dictionaries(st.text(max_size=4), CHANCE, max_size=4))
def test_other_fields_are_kept_in_the_order_of_their_names(fields: dict[str, float]) -> None:
    found = record_confidence(fields, [], [])

    assert list(found) == sorted(found)
    assert {*fields, "record"} == set(found)
