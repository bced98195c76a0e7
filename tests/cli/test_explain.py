import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.cli.explain_html import marked, page
from dragoman.cli.explain_text import explain, lines, rows, under
from dragoman.cli.marks import ROLES, Mark, parts, pieces
from dragoman.records import Coded, Span

TEXT = Span(start=10, end=34, text="Dockers struck in Selma.")


@st.composite
def spans_with_marks(draw: st.DrawFn) -> tuple[Span, list[Mark]]:
    text = draw(st.text(min_size=1, max_size=60))
    start = draw(st.integers(0, 50))
    marks = []
    for _ in range(draw(st.integers(0, 6))):
        left = draw(st.integers(0, len(text) - 1))
        right = draw(st.integers(left + 1, len(text)))
        marks.append(Mark(start + left, start + right, draw(st.sampled_from(ROLES))))
    return Span(start=start, end=start + len(text), text=text), marks


def plain(coded: Coded, width: int = 80) -> str:
    return "\n".join(line.plain for line in explain(coded, width=width))


@given(spans_with_marks())
def test_pieces_put_together_are_the_text(case: tuple[Span, list[Mark]]) -> None:
    span, marks = case

    cut = list(pieces(span, marks))

    assert span.text == "".join(words for words, _ in cut)
    at = span.start
    for words, roles in cut:
        for here in range(at, at + len(words)):
            assert set(roles) == {mark.role for mark in marks if mark.start <= here < mark.end}
        at += len(words)


@given(spans_with_marks())
def test_marks_of_one_row_never_touch_and_none_is_lost(case: tuple[Span, list[Mark]]) -> None:
    span, marks = case

    shared = rows(span, marks)

    assert sorted(marks) == sorted(mark for row in shared for _, _, mark in row)
    for row in shared:
        for (left, right, mark), (following, _, _) in pairwise(row):
            assert max(right, left + len(mark.role)) <= following


@given(st.text(alphabet="ab \n国é", max_size=80), st.integers(4, 20))
def test_wrapped_lines_lose_nothing_but_the_space_at_a_break(text: str, width: int) -> None:
    broken = lines(text, width)

    assert all(start < end for start, end in broken)
    assert "".join(text.split()) == "".join("".join(text[start:end].split()) for start, end in broken)


def test_signs_stand_below_their_words() -> None:
    marks = [Mark(10, 17, "actor"), Mark(18, 24, "act"), Mark(28, 33, "place")]

    shown = [line.plain.rstrip() for line in under(TEXT, marks, 80)]

    assert shown == [
        "    Dockers struck in Selma.",
        "    ~~~~~~~ ^^^^^^    -----",
        "    actor   act       place",
    ]


def test_overlapping_marks_take_rows_of_their_own() -> None:
    marks = [Mark(10, 33, "content"), Mark(10, 17, "actor")]

    shown = [line.plain.rstrip() for line in under(TEXT, marks, 80)]

    assert shown == [
        "    Dockers struck in Selma.",
        "    .......................",
        "    content",
        "    ~~~~~~~",
        "    actor",
    ]


def test_wide_characters_count_two_columns() -> None:
    span = Span(start=0, end=6, text="中国 hit")

    assert [(left, right) for left, right, _ in rows(span, [Mark(3, 6, "act")])[0]] == [(5, 8)]


def test_the_view_shows_records_reasons_and_what_was_not_coded(harbour: Coded) -> None:
    shown = plain(harbour)

    assert "CONSULT/visit  Mara Olin (FRA GOV) → Juno Takk (BEL GOV)  0.93" in shown
    assert "according to said by Ministry of Foreign Affairs (FRA GOV), passed on by" in shown
    assert "type = CONSULT, by head:type 0.96 on “met”; runner-up AGREE" in shown
    assert "status       negated, future" in shown
    assert "actor        Mara Olin, person, Foreign Minister" in shown
    assert "denied by Juno Takk (BEL GOV)" in shown
    assert "how many     injured 20 or more, participants 3" in shown
    assert "not coded: harm without an agent" in shown
    assert "nothing coded" in shown
    assert "“Also Read: <b>Ten harbours</b>” (related link)" in shown


@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_line_of_text_is_wider_than_the_terminal(harbour: Coded, width: int) -> None:
    sentences = [line for line in plain(harbour, width).splitlines() if line.startswith(("    ", "["))]

    titles = re.compile(r"^    (CONSULT|COERCE|PROTEST|STATEMENT|nothing|not coded|“Also)")
    assert all(len(line) <= width for line in sentences if not titles.match(line))


def test_the_text_cannot_steer_the_terminal(harbour: Coded) -> None:
    sentence = harbour.document.sentences[4]
    nasty = replace(sentence, text="The \x1b[2Jther was mild.\x9b"[: len(sentence.text)])
    document = replace(harbour.document, sentences=(*harbour.document.sentences[:4], nasty))

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", plain(replace(harbour, document=document)))


class Reader(HTMLParser):
    """Collects visible text, tags and attributes; fails where tags do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attributes
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_is_whole_and_needs_nothing_else(harbour: Coded) -> None:
    reader = read(page(harbour))

    assert all(sentence.text in reader.text for sentence in harbour.document.sentences)
    assert not {"script", "img", "link", "iframe"} & set(reader.tags)
    assert {"src", "onclick", "style"}.isdisjoint(name for name, _ in reader.attributes)
    assert all((value or "").startswith("#") for name, value in reader.attributes if name == "href")
    ids = [value for name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_words_of_the_article_are_never_markup(harbour: Coded) -> None:
    assert "<b>Ten harbours</b>" not in page(harbour)
    assert "&lt;b&gt;Ten harbours&lt;/b&gt;" in page(harbour)


def test_why_stands_in_details(harbour: Coded) -> None:
    html = page(harbour)

    assert html.count("<details><summary>Why</summary>") == 1
    assert "head:type 0.96 on “met”; runner-up AGREE 0.02" in html


@given(spans_with_marks())
def test_marked_words_are_escaped_and_complete(case: tuple[Span, list[Mark]]) -> None:
    span, marks = case
    span = replace(span, text="".join("<&\"'>a b"[ord(c) % 8] for c in span.text))

    assert read(marked(span, marks)).text == span.text


def test_a_piece_under_two_parts_carries_both_classes() -> None:
    html = marked(TEXT, [Mark(10, 33, "content"), Mark(10, 17, "actor")])

    assert html.startswith('<span class="actor content" title="actor, content">Dockers</span>')


def test_every_role_has_a_style() -> None:
    css = files("dragoman.cli").joinpath("explain.css").read_text(encoding="utf-8")

    assert all(f".{role}" in css for role in ROLES)


def test_a_record_stands_with_its_trigger_or_content(harbour: Coded) -> None:
    homes = {marked.record.id: part.number for part in parts(harbour) for marked in part.records}

    assert [homes[event.id] for event in harbour.events] == [1, 2, 3]
    assert homes[harbour.statements[0].id] == 2


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "ink, papers",
    [
        ("ink", ("paper", "card", "actor", "recipient", "source")),
        ("faint", ("paper", "card")),
        ("status", ("paper", "card")),
    ],
)
def test_text_has_enough_contrast(scheme: str, ink: str, papers: tuple[str, ...]) -> None:
    """WCAG AA: 4.5 to 1 for text."""
    css = files("dragoman.cli").joinpath("explain.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)", 1)
    palette = colours(light if scheme == "light" else dark)

    for paper in papers:
        high, low = sorted((luminance(palette[ink]), luminance(palette[paper])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, paper)
