"""How it was done, and what it is about."""

from dragoman.coding.heads import heads_of
from dragoman.coding.modes import contexts_of, modes_of
from dragoman.coding.words import Words
from fake_reading import read, tokens_of


def modes(kind: str, *labels: str) -> tuple[str, ...]:
    return explained(kind, *labels)[0]


def explained(kind: str, *labels: str):
    doc = read("Drones hit Odesa.", labels=[f"hit {label}" for label in labels])
    [hit] = tokens_of(doc, "hit")
    return modes_of(heads_of(doc), [hit], kind, Words(doc).span(hit, hit))


def test_likely_modes_of_the_type_are_taken_likeliest_first() -> None:
    assert modes("ASSAULT", "ASSAULT/aerial 0.7", "ASSAULT/drone 0.9", "ASSAULT/beat 0.1") == (
        "drone",
        "aerial",
    )


def test_a_mode_of_another_type_is_not() -> None:
    assert modes("ASSAULT", "COERCE/arrest 0.9") == ()


def test_a_type_without_modes_has_none() -> None:
    assert modes("AGREE", "ASSAULT/drone 0.9") == ()


def test_a_type_that_needs_a_mode_takes_its_best_one_below_the_cut() -> None:
    assert modes("PROTEST", "PROTEST/demo 0.35", "PROTEST/riot 0.3") == ("demo",)
    assert modes("PROTEST", "PROTEST/demo 0.05") == ()


def test_a_type_that_needs_none_does_without() -> None:
    assert modes("ASSAULT", "ASSAULT/drone 0.35") == ()


def test_each_mode_has_a_reason_and_the_runners_up_are_named() -> None:
    found, reasons, sure = explained("ASSAULT", "ASSAULT/drone 0.9", "ASSAULT/aerial 0.4")

    assert found == ("drone",)
    assert [(r.field, r.value, r.by, r.probability) for r in reasons] == [
        ("modes", "drone", "head:modes", 0.9)
    ]
    assert [(a.value, a.probability) for a in reasons[0].alternatives] == [("aerial", 0.4)]
    assert round(sure, 3) == 0.9


def test_likely_contexts_are_taken_likeliest_first_each_with_a_reason() -> None:
    doc = read("Drones hit Odesa.", labels=["hit military 0.7", "hit terrorism 0.9", "hit election 0.1"])
    [hit] = tokens_of(doc, "hit")
    contexts, reasons = contexts_of(heads_of(doc), [hit], Words(doc).span(hit, hit))

    assert contexts == ("terrorism", "military")
    assert [(r.field, r.value) for r in reasons] == [("contexts", "terrorism"), ("contexts", "military")]
