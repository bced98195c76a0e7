import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import knowledge
from dragoman.knowledge import Knowledge
from dragoman.knowledge.tables import TERM_COLUMNS, TERM_TABLES, rows

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/knowledge/people.toml").read_text("utf-8"))["case"]
EVERY_NTH = 90  # of the built table: with those written by hand about 1,200 terms


@pytest.fixture(scope="module")
def base() -> Knowledge:
    return knowledge.load()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_who_a_name_is_on_a_day(case: dict, base: Knowledge) -> None:
    """The best candidate has the name, country and sectors of the day, and says how the name fits."""
    best = base.person(case["name"], on=case["on"])[0]

    assert (case["person"], case["country"], case["sectors"]) == (
        best.name,
        " ".join(best.country),
        " ".join(best.sectors),
    )
    assert best.match.startswith(case["match"])


def terms() -> list[dict[str, str]]:
    hand, built = (
        [dict(zip(TERM_COLUMNS, row, strict=True)) for row in rows(table, TERM_COLUMNS)]
        for table in TERM_TABLES
    )
    return [*hand, *built[::EVERY_NTH]]


def test_terms_resolve_inside_and_not_outside(base: Knowledge) -> None:
    """Of 1,200 terms: on the first day country and a sector are right; a century before there is no sector."""
    wrong = []
    for term in terms():
        day = date.fromisoformat(term["start"]) if term["start"] else None
        if day is None:
            continue
        found = base.person(term["person"], on=day, country=term["country"])
        if (
            not any(
                one.name == term["person"] and " ".join(one.country) == term["country"] and one.sectors
                for one in found
            )
            and term["sectors"]
        ):
            wrong.append((term["person"], term["start"]))
        first = [
            one
            for one in base.person(term["person"], on=day - timedelta(days=36_500), country=term["country"])
            if one.name == term["person"] and one.sectors
        ]
        if first:
            wrong.append((term["person"], "a century before"))

    assert wrong == []


def test_holder_of_an_office(base: Knowledge) -> None:
    """By office, state and day; a state without one gives nothing."""
    assert base.holder("foreign minister", "RUS", date(2012, 5, 1))[0].name == "Sergey Lavrov"
    assert base.holder("prime minister", "GBR", date(2003, 3, 20))[0].name == "Tony Blair"
    assert base.holder("monarch", "USA", date(2020, 1, 1)) == []


def test_country_and_title_rank_equal_names(base: Knowledge) -> None:
    """Two of one last name: the words beside it decide, and the other stays as runner-up."""
    found = base.person("Yoon", on=date(2023, 1, 1), country="KOR", title="president")

    assert found[0].name == "Yoon Suk Yeol"
    assert len(found) > 1
    assert found[0].score > found[1].score


@pytest.mark.parametrize(
    "name", ["he", "I", "", "   ", ".*", "((", "[a-z]+" * 30, "x" * 10_000, "\x00", "42", "Qzxwv Jkqpt"]
)
def test_what_is_no_name_finds_nobody(name: str, base: Knowledge) -> None:
    """Pronouns, patterns and overlong strings: no candidate, no error, no delay."""
    assert base.person(name, on=date(2020, 1, 1)) == []


@given(st.text(max_size=60))
def test_any_text_may_be_asked(name: str) -> None:
    """Whatever is asked, candidates are ranked and each says where it is from."""
    found = knowledge.load().person(name, on=date(2020, 1, 1), country="RUS")

    assert found == sorted(found, key=lambda one: (-one.score, one.name, one.person))
    assert all(one.source and one.match for one in found)
