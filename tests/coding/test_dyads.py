"""What one given side does to another."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.dyads import Evidence, code_dyad
from dragoman.errors import InputError
from fake_reading import params, read, read_case, shipped_tables

BOOK = shipped_tables().codebook


@pytest.mark.parametrize("case", params("coding/dyads.toml"))
def test_the_type_between_two_sides(case: dict[str, Any]) -> None:
    dyad = code_dyad(read_case(case), case.get("source"), case.get("target"), BOOK)

    assert (dyad.type, dyad.trigger.text) == (case["type"], case["trigger"])
    assert dyad.quad == BOOK.quad(dyad.type)
    assert dyad.cameo in BOOK.cameo_codes
    assert dyad.why[0].evidence == (dyad.trigger,)


def test_a_pair_is_told_by_its_own_places() -> None:
    """Of a name that stands twice, characters say which place is meant."""
    text = "Kyiv hit Moscow and Minsk praised Kyiv."
    doc = read(
        text,
        tags="hit/VERB praised/VERB",
        types=["hit ASSAULT", "praised SUPPORT"],
        pairs=["hit actor Kyiv 0.6", "praised recipient Kyiv#2"],
    )
    second = text.rindex("Kyiv")

    assert code_dyad(doc, None, (second, second + 4), BOOK).type == "SUPPORT"


def test_the_runners_up_share_what_the_type_leaves() -> None:
    doc = read("Drones hit Odesa.", types=["hit ASSAULT 0.6"], pairs=["hit actor Drones"])
    dyad = code_dyad(doc, "Drones", "Odesa", BOOK)

    assert dyad.probability + sum(other.probability or 0.0 for other in dyad.alternatives) <= 1.0
    assert [other.value for other in dyad.alternatives] == [
        other.value for other in sorted(dyad.alternatives, key=lambda other: -(other.probability or 0.0))
    ]


def test_status_and_modes_are_those_of_the_word_that_decides() -> None:
    doc = read(
        "Moscow did not bomb Kyiv.",
        tags="bomb/VERB",
        types=["bomb ASSAULT"],
        pairs=["bomb actor Moscow", "bomb recipient Kyiv"],
        labels=["bomb ASSAULT/aerial", "bomb negated"],
    )
    dyad = code_dyad(doc, "Moscow", "Kyiv", BOOK)

    assert (dyad.modes, dyad.status.polarity, dyad.cameo) == (("aerial",), "negated", "195")


@pytest.mark.parametrize(
    ("source", "fault"), [("Minsk", "'Minsk' does not stand"), (" ", "' ' does not stand")]
)
def test_a_side_that_is_not_in_the_text_is_refused(source: str, fault: str) -> None:
    with pytest.raises(InputError, match=f"^source: {fault} in the text.*None to leave it open"):
        code_dyad(read("Drones hit Odesa."), source, "Odesa", BOOK)


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(InputError, match=r"^text: the text has no words"):
        code_dyad(read("…"), None, None, BOOK)


@given(st.lists(st.tuples(*[st.floats(0.01, 1.0)] * 3), min_size=1, max_size=5), st.floats(1.0, 3.0))
def test_surer_roles_never_weaken_a_word(rows: list[tuple[float, float, float]], more: float) -> None:
    """Raising the roles of one word raises what it says for each type, and leaves the others alone."""
    types, actor, recipient = (np.array(column) for column in zip(*rows, strict=True))
    raised = actor.copy()
    raised[0] = min(1.0, raised[0] * more)

    def table(actors: Any) -> Any:
        return Evidence(("ASSAULT",), types[:, None], actors, recipient).by_word()

    assert (table(raised)[0] >= table(actor)[0]).all()
    assert (table(raised)[1:] == table(actor)[1:]).all()
