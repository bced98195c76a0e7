"""Lines to paragraphs, first lines to headlines."""

from typing import Any

import pytest

from dragoman.intake import Raw, read
from dragoman.intake.characters import canonical_characters
from dragoman.intake.note import Note, unheard
from dragoman.intake.paragraphs import paragraphs

from .cases import load, name_of

BODY = "The envoys of the two countries met in the capital on Sunday."


@pytest.mark.parametrize("case", load("paragraphs.toml"), ids=name_of)
def test_paragraphs_are_told_from_wrapped_lines(case: dict[str, Any]) -> None:
    assert paragraphs(canonical_characters(case["text"], unheard)) == case["paragraphs"]


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("\ufeffone\u200btwo", "onetwo"),
        ("one\xa0two\u2009three\tfour", "one two three four"),
        ("he said \x93yes\x94 \x96 twice\x85", "he said “yes” – twice…"),
        ("one\x00two\x1bthree\x7f", "onetwothree"),
        ("a \ud83d\ude00 b", "a 😀 b"),
        ("a \ud800 b", "a \ufffd b"),
        ("e\u0301 is not é here", "e\u0301 is not é here"),
    ],
)
def test_characters_are_kept_but_for_those_named(given: str, canonical: str) -> None:
    assert canonical_characters(given, unheard) == canonical


def test_mended_characters_are_told_with_their_line() -> None:
    notes: list[Note] = []

    canonical_characters("one\ntwo \ud800\nthree \x07", notes.append)

    assert [(note.line, note.what.split(" were")[0]) for note in notes] == [
        (2, "lone surrogates (half a character)"),
        (3, "control characters"),
    ]


@pytest.mark.parametrize(
    "headline",
    [
        "Envoys meet in the capital",
        "Will the envoys meet again?",
        "Minister: ‘We will never sign’",
        "Gen. Smith resigns after U.S. report",
    ],
)
def test_a_first_line_without_full_stop_is_the_title(headline: str) -> None:
    document = read(Raw(content=f"{headline}\n\n{BODY}"))

    assert document.title == headline
    assert document.text == f"{headline}\n\n{BODY}"


@pytest.mark.parametrize(
    "first",
    ["The envoys met.", "“We met,” the envoy said.", BODY, "The list of the demands reads as follows:"],
)
def test_a_sentence_is_no_title(first: str) -> None:
    assert read(Raw(content=f"{first}\n\n{BODY}")).title is None


def test_a_text_of_one_paragraph_has_no_title() -> None:
    assert read(Raw(content=BODY)).title is None


@pytest.mark.parametrize("title", ["Envoys meet", "ENVOYS MEET", "Envoys  meet"])
def test_a_title_that_the_text_begins_with_is_not_said_twice(title: str) -> None:
    document = read(Raw(content=f"Envoys meet\n\n{BODY}", title=title))

    assert (document.title, document.text) == ("Envoys meet", f"Envoys meet\n\n{BODY}")


def test_a_sites_name_behind_the_title_does_not_hide_it() -> None:
    text = f"Envoys of both countries meet\n\n{BODY}"
    document = read(Raw(content=text, title="Envoys of both countries meet | The Example Times"))

    assert (document.title, document.text) == ("Envoys of both countries meet", text)


def test_a_title_that_the_text_lacks_is_put_in_front() -> None:
    document = read(Raw(content=BODY, title=" Envoys\nmeet "))

    assert (document.title, document.text) == ("Envoys meet", f"Envoys meet\n\n{BODY}")
