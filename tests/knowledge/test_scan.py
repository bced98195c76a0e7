import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import knowledge
from dragoman.knowledge import Knowledge
from dragoman.knowledge.folding import fold

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/knowledge/scan.toml").read_text("utf-8"))["case"]


@pytest.fixture(scope="module")
def base() -> Knowledge:
    return knowledge.load()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_names_in_a_text(case: dict, base: Knowledge) -> None:
    """Whole words, capitals as in the table, longest first, the likeliest thing first."""
    found = [
        f"{'~' if hit.compound else ''}{hit.text} = {hit.entries[0].kind} {' '.join(hit.entries[0].country)}"
        for hit in base.scan(case["text"])
    ]

    assert case["hits"] == found


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    """One character for one, over all of Unicode."""
    assert len(text) == len(fold(text))


@given(
    st.lists(
        st.sampled_from(
            ["Iran", "US", "Côte d’Ivoire", " ", "-", "İ", "ß", "\n", "the UN", "x", "Xi Jinping", "\ud800"]
        )
    )
)
def test_hits_are_words_of_the_text_in_order(parts: list[str]) -> None:
    """Every hit is its words, none overlaps another, and a second look finds the same."""
    text = "".join(parts)
    hits = knowledge.load().scan(text)

    assert all(hit.text == text[hit.start : hit.end] and hit.entries for hit in hits)
    assert all(one.end <= other.start for one, other in itertools.pairwise(hits))
    assert hits == knowledge.load().scan(text)


def test_two_readings_of_brussels(base: Knowledge) -> None:
    """The Union and the state, both kept."""
    (hit,) = base.scan("Brussels objected.")

    assert {("EUR",), ("BEL",)} == {entry.country for entry in hit.entries}


def test_a_group_that_came_to_power(base: Knowledge) -> None:
    """The Taliban are rebels before August 2021 and a government after."""
    (hit,) = base.scan("Taliban")
    from datetime import date

    def sectors(day: date) -> list[tuple[str, ...]]:
        return [entry.sectors for entry in hit.entries if entry.holds(day)]

    assert sectors(date(2015, 1, 1)) == [("REB",)]
    assert sectors(date(2023, 1, 1)) == [("GOV",)]


@pytest.mark.parametrize(
    "text", ["", "\x00", "a" * 10_000, "((((" * 500, "A " * 5_000, "É" * 3_000, "O'" * 4_000]
)
def test_hostile_text_does_no_harm(text: str, base: Knowledge) -> None:
    """No error, and no name found where there is none."""
    assert base.scan(text) == []


def test_a_country_as_a_whole(base: Knowledge) -> None:
    """Names, adjective, demonyms and capital of one code; PLOVER's codes too; an unknown one says what to do."""
    country = base.country("GBR")

    assert (country.name, country.adjective) == ("United Kingdom", "British")
    assert "Britain" in country.names
    assert "Britons" in country.demonyms
    assert country.capitals == ("London",)
    assert base.country("UNO").name == "United Nations"
    with pytest.raises(knowledge.lookup.KnowledgeError, match="Give ISO 3166-1"):
        base.country("XYZ")
