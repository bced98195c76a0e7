"""The whole chain with the trained model: any text gives whole records, and always the same."""

from pathlib import Path

import pytest
from hypothesis import given, settings

import dragoman
import record_laws
import strategies
from dragoman import Coded, Coder, DragomanError
from dragoman.records import to_jsonl

TEXT = (
    "Envoys meet in Vienna as truce frays\n\n"
    "Poland's foreign minister met the Ukrainian envoy in Vienna on Sunday, the ministry said. "
    "“We will not leave,” the minister told reporters.\n\n"
    "Russian drones killed at least 20 people in Odesa, according to Ukrainian police. Moscow denied the attack."
)
OTHERS = (
    "It rained.",
    "Talks failed. " * 200,
    "👩‍🚒 \x07",
    "Gen. Smith of the U.S. Army resigned in May 1998.",
)
DAY = "2023-06-26"


def test_a_plain_article_gives_whole_records(coder: Coder) -> None:
    coded = coder(TEXT, published=DAY)

    record_laws.check(coded)
    assert coded.events
    assert coded.statements
    assert {record.run for record in (coded.document, *coded.events, *coded.statements)} == {coder.run.id}


def test_the_same_text_gives_the_same_bytes_alone_and_after_others(coder: Coder, model: Path) -> None:
    alone = to_jsonl(dragoman.load(model=model)(TEXT, published=DAY))
    for other in OTHERS:
        coder(other)

    assert to_jsonl(coder(TEXT, published=DAY)) == alone


def test_the_same_text_gives_the_same_bytes_on_two_threads(coder: Coder, model: Path) -> None:
    two = dragoman.load(model=model, threads=2)

    assert to_jsonl(two(TEXT, published=DAY)) == to_jsonl(coder(TEXT, published=DAY))


def test_many_texts_are_coded_in_order_and_as_each_alone(coder: Coder) -> None:
    piped = [to_jsonl(coded) for coded in coder.pipe([*OTHERS, TEXT])]

    assert piped == [to_jsonl(coder(text)) for text in (*OTHERS, TEXT)]


def test_a_sentence_of_five_thousand_words_is_coded(coder: Coder) -> None:
    things = " and ".join(["the grain of the farmers in the valley"] * 555)
    coded = coder(f"Poland sent Ukraine {things} on Sunday.", published=DAY)

    assert len(coded.document.text.split()) > 4900
    record_laws.check(coded)


def test_an_unknown_day_of_publication_leaves_relative_dates_open(coder: Coder) -> None:
    coded = coder(TEXT)
    sunday = [timex for timex in coded.document.timexes if "Sunday" in timex.span.text]

    assert [(timex.start, timex.end) for timex in sunday] == [(None, None)]


def test_a_day_that_is_none_is_refused_with_the_way_out(coder: Coder) -> None:
    with pytest.raises(DragomanError, match="yesterday"):
        coder(TEXT, published="yesterday")


@pytest.mark.slow
@settings(max_examples=30)
@given(text=strategies.news_texts())
def test_any_text_gives_whole_records_or_a_fault_that_says_why(text: str, coder: Coder) -> None:
    try:
        coded: Coded = coder(text, published=DAY)
    except DragomanError:
        return
    record_laws.check(coded)
