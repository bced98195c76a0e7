"""What stands between quotation marks."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings

import strategies
from dragoman.coding.quotes import find_quotations
from dragoman.coding.words import Words
from fake_reading import params, pipeline, read


@pytest.mark.parametrize("case", params("coding/quotes/quotations.toml"))
def test_quotations_of_a_text(case: dict[str, Any]) -> None:
    doc = read(case["text"])

    assert [doc[q.first : q.last + 1].text for q in find_quotations(Words(doc))] == case["quotations"]


@settings(max_examples=60)
@given(strategies.news_texts())
def test_quotations_hold_words_and_follow_each_other(text: str) -> None:
    found = find_quotations(Words(pipeline().make_doc(text)))

    assert all(q.first <= q.last for q in found)
    assert all(a.last < b.first for a, b in itertools.pairwise(found))


def test_a_mark_closed_pages_later_was_never_closed() -> None:
    doc = read("“We stay. " + "They go. " * 300 + "So it is.”")

    assert find_quotations(Words(doc)) == ()
