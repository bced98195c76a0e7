"""Spans: the words they say they are, or no span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from dragoman.records import Span


@given(data=st.data(), text=strategies.texts(min_size=1, max_size=40))
def test_a_span_is_its_text(data: st.DataObject, text: str) -> None:
    span = data.draw(strategies.spans(text))

    assert text[span.start : span.end] == span.text


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2)])
def test_an_empty_or_backward_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"span \[{start}, {end}\) is empty or runs backwards"):
        Span(start=start, end=end, text="")


@given(st.integers(0, 9), st.integers(1, 9), st.text(max_size=12))
def test_a_span_with_words_of_another_length_is_refused(start: int, length: int, text: str) -> None:
    if len(text) == length:
        assert Span(start=start, end=start + length, text=text).text == text
    else:
        with pytest.raises(ValueError, match="characters"):
            Span(start=start, end=start + length, text=text)


@given(data=st.data())
def test_spans_overlap_where_they_share_a_character(data: st.DataObject) -> None:
    text = "0123456789"
    first, second = data.draw(strategies.spans(text)), data.draw(strategies.spans(text))
    shared = not set(first.text).isdisjoint(second.text)

    assert first.overlaps(second) is shared
    assert second.overlaps(first) is shared


def test_a_character_beyond_the_first_plane_counts_as_one() -> None:
    assert Span(start=0, end=2, text="𝔘👩").text == "𝔘👩"
