"""How a text is cut into the windows that are read in one call."""

import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from dragoman.reader.windows import CAP, LONGEST, Window, cut_windows

VOCABULARY = ["a", "The", "Talks", "failed", ".", "?", "!", "”", '"', ")", "“", "U.S.", ","]


@dataclass(frozen=True)
class Text:
    words: list[str]
    sizes: list[int]
    paragraphs: list[int]

    @property
    def windows(self) -> list[Window]:
        return cut_windows(self.words, self.sizes, self.paragraphs)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    size = st.sampled_from([1, 2, 9, 40, 90, LONGEST + 100])
    words = draw(st.lists(st.tuples(st.sampled_from(VOCABULARY), size), min_size=1, max_size=30))
    starts = draw(st.sets(st.integers(1, len(words)), max_size=4))
    return Text(
        [word for word, _ in words],
        [size for _, size in words],
        [0, *sorted(start for start in starts if start < len(words))],
    )


def joined(first: Text, second: Text) -> Text:
    """The second text as further paragraphs of the first."""
    shift = len(first.words)
    return Text(
        first.words + second.words,
        first.sizes + second.sizes,
        first.paragraphs + [start + shift for start in second.paragraphs],
    )


@given(texts())
def test_windows_partition_the_words(text: Text) -> None:
    windows = text.windows

    assert [window.first for window in windows] == [0, *(window.last for window in windows[:-1])]
    assert windows[-1].last == len(text.words)
    assert all(window.first < window.last for window in windows)


@given(texts())
def test_no_window_is_too_long_but_for_one_word_that_is(text: Text) -> None:
    for window in text.windows:
        size = sum(text.sizes[window.first : window.last])
        assert size <= LONGEST or window.last - window.first == 1


@given(texts())
def test_the_breaks_of_a_window_are_the_paragraphs_that_begin_inside_it(text: Text) -> None:
    for window in text.windows:
        inside = [p - window.first for p in text.paragraphs if window.first < p < window.last]
        assert list(window.breaks) == inside


@given(texts())
def test_a_paragraph_that_fits_is_not_cut(text: Text) -> None:
    begins = {window.first for window in text.windows}
    for first, last in zip(text.paragraphs, [*text.paragraphs[1:], len(text.words)], strict=True):
        if sum(text.sizes[first:last]) <= CAP:
            assert begins.isdisjoint(range(first + 1, last))


@given(texts())
def test_neighbouring_windows_would_not_fit_into_one(text: Text) -> None:
    """Few, full windows: two that could be one call are one."""
    windows = text.windows
    for before, after in itertools.pairwise(windows):
        bounds = [*(p for p in text.paragraphs if after.first < p < after.last), after.last]
        if after.first in text.paragraphs and sum(text.sizes[after.first : bounds[0]]) <= CAP:
            assert sum(text.sizes[before.first : bounds[0]]) > CAP


@given(texts(), texts())
def test_what_follows_changes_only_the_last_window(text: Text, more: Text) -> None:
    """Windows depend on the words before them: no window knows what is to come."""
    assert joined(text, more).windows[: len(text.windows) - 1] == text.windows[:-1]


def sentence(words: int) -> list[str]:
    return ["Then", *["word"] * (words - 2), "."]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    words = sentence(CAP - 20) + sentence(CAP - 20) + sentence(CAP - 20)

    windows = cut_windows(words, [1] * len(words), [0])

    assert [(w.first, w.last) for w in windows] == [
        (0, CAP - 20),
        (CAP - 20, 2 * CAP - 40),
        (2 * CAP - 40, 3 * CAP - 60),
    ]


def test_a_closing_mark_stays_with_its_sentence() -> None:
    words = ["“", *sentence(CAP - 20), "”", *sentence(CAP - 20)]

    assert cut_windows(words, [1] * len(words), [0])[0].last == CAP - 18


def test_a_full_stop_before_a_small_letter_is_no_place_to_cut() -> None:
    words = ["The", "U.S", ".", "army", *["word"] * CAP, ".", "Then", "it", "left", "."]

    assert [window.first for window in cut_windows(words, [1] * len(words), [0])] == [0, CAP + 5]


def test_a_sentence_without_end_is_cut_where_the_window_is_full() -> None:
    words = ["word"] * 5000

    windows = cut_windows(words, [1] * len(words), [0])

    assert {window.last - window.first for window in windows[:-1]} == {LONGEST}


def test_a_text_without_words_has_no_windows() -> None:
    assert cut_windows([], [], [0]) == []
