"""What goes out of an article, and what stays."""

from typing import Any

import pytest

from dragoman.intake import Raw, read
from dragoman.intake.clean import clean
from dragoman.intake.dateline import dateline

from .cases import load, name_of

BEFORE = "The envoys of the two countries met in the capital on Sunday."
AFTER = "They will meet again in the spring, the host of the talks said."


@pytest.mark.parametrize("case", load("lines.toml"), ids=name_of)
def test_a_line_that_is_not_the_story_goes_and_a_sentence_stays(case: dict[str, Any]) -> None:
    document = read(Raw(content="\n\n".join(["Envoys meet in the capital", BEFORE, case["line"], AFTER])))

    assert [(item.text, item.reason) for item in document.removed] == (
        [(case["line"], case["reason"])] if case["reason"] else []
    )
    assert (case["line"] in document.text) == (not case["reason"])
    assert document.title == "Envoys meet in the capital"


@pytest.mark.parametrize("case", load("datelines.toml"), ids=name_of)
def test_a_dateline_is_known_by_its_parts(case: dict[str, Any]) -> None:
    found = dateline(case["paragraph"])

    if "rest" not in case:
        assert found is None
        return
    assert found is not None
    assert case["paragraph"][found.end :] == case["rest"]
    assert (found.place, found.published, found.agency) == (
        case.get("place"),
        case.get("published"),
        case.get("agency"),
    )


def test_a_dateline_gives_place_day_and_agency_to_the_document() -> None:
    document = read(Raw(content=f"Envoys meet\n\nVIENNA, June 24, 2023 (Reuters) - {BEFORE}\n\n{AFTER}"))

    assert document.text == f"Envoys meet\n\n{BEFORE}\n\n{AFTER}"
    assert (document.place_line, document.published, document.publisher) == (
        "VIENNA",
        "2023-06-24",
        "Reuters",
    )
    assert [(item.text, item.reason) for item in document.removed] == [
        ("VIENNA, June 24, 2023 (Reuters) -", "dateline")
    ]


def test_what_the_input_says_is_stronger_than_the_dateline() -> None:
    raw = Raw(
        content=f"VIENNA, June 24, 2023 (Reuters) - {BEFORE}",
        published="2023-06-25",
        publisher="The Example Times",
        published_default="2020-01-01",
    )

    document = read(raw)

    assert (document.published, document.publisher) == ("2023-06-25", "The Example Times")


def test_the_users_day_is_stronger_than_a_guess() -> None:
    document = read(Raw(content=f"VIENNA, June 24, 2023 — {BEFORE}", published_default="2023-06-26"))

    assert document.published == "2023-06-26"


def test_a_day_line_gives_the_day_and_an_update_does_not() -> None:
    first = read(Raw(content=f"Envoys meet\n\nPublished: 24 June 2023\n\n{BEFORE}\n\n{AFTER}"))
    second = read(Raw(content=f"Envoys meet\n\nUpdated: 24 June 2023\n\n{BEFORE}\n\n{AFTER}"))

    assert (first.published, second.published) == ("2023-06-24", None)


def test_speakers_of_an_interview_are_no_datelines() -> None:
    paragraphs = ["DOE: The war is over, I think.", "ROE: It is not over at all.", "DOE: We will see."]

    assert clean(paragraphs, titled=False).paragraphs == tuple(paragraphs)


def test_a_byline_goes_to_its_field() -> None:
    document = read(Raw(content=f"Envoys meet\n\nBy Jane Doe and John Roe\n\n{BEFORE}\n\n{AFTER}"))

    assert document.byline == "Jane Doe and John Roe"
    assert document.text == f"Envoys meet\n\n{BEFORE}\n\n{AFTER}"


@pytest.mark.parametrize(
    "sentence",
    [
        "By Friday Morning the rebels had left",
        "By John Roe's account, the army fired first.",
        "By all accounts the army fired first",
    ],
)
def test_a_sentence_with_by_is_no_byline(sentence: str) -> None:
    assert sentence in read(Raw(content=f"Envoys meet\n\n{sentence}\n\n{BEFORE}")).text


def test_a_list_under_a_heading_goes_with_it() -> None:
    lines = ["Related stories", "Rebels free ten", "Parliament votes on budget", BEFORE, AFTER]

    cleaned = clean([AFTER, *lines], titled=False)

    assert cleaned.paragraphs == (AFTER, BEFORE, AFTER)
    assert [item.text for item in cleaned.removed] == lines[:3]
    assert {item.reason for item in cleaned.removed} == {"related link"}


@pytest.mark.parametrize(
    ("paragraph", "kept", "gone"),
    [
        (f"{BEFORE} READ MORE: Why they met", BEFORE, "READ MORE: Why they met"),
        (
            f"{BEFORE} (Reporting by Jane Doe; editing by John Roe)",
            BEFORE,
            "(Reporting by Jane Doe; editing by John Roe)",
        ),
        (f"{BEFORE} —AFP", BEFORE, "—AFP"),
        ("The envoys (also read: Who they are) met.", "The envoys met.", "(also read: Who they are)"),
        ("The envoys (Photo: Jane Doe) met.", "The envoys met.", "(Photo: Jane Doe)"),
    ],
)
def test_a_tail_or_a_bracket_goes_and_its_paragraph_stays(paragraph: str, kept: str, gone: str) -> None:
    cleaned = clean([AFTER, paragraph], titled=False)

    assert cleaned.paragraphs == (AFTER, kept)
    assert [item.text for item in cleaned.removed] == [gone]


@pytest.mark.parametrize("title", ["Watch: Protesters storm parliament", "Explainer: What the ruling means"])
def test_a_headline_that_looks_like_a_link_stays(title: str) -> None:
    for raw in (Raw(content=f"{title}\n\n{BEFORE}"), Raw(content=BEFORE, title=title)):
        document = read(raw)
        assert (document.title, document.text) == (title, f"{title}\n\n{BEFORE}")


def test_every_rule_of_the_table_has_a_reason_that_the_cases_know() -> None:
    from dragoman.intake.clean import _table

    table = _table()
    reasons = {line.reason for line in table.lines} | {reason for reason, _ in (*table.tails, *table.inside)}
    reasons |= {reason for reason, _ in table.labels.values()} | set(table.headings.values())
    assert reasons == {case["reason"] for case in load("lines.toml")} - {""}
