import io
from collections.abc import Mapping

import pytest
from rich.console import Console

from dragoman.cli.table import article, clip, excerpt
from dragoman.cli.words import count_words, date_words, day_words, visible
from dragoman.records import Coded, Count, Span, When

SENTENCE = Span(start=100, end=152, text="Before the long day, dockers struck in all of Selma.")


def printed(coded: Coded, width: int, records: str | None = None) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    for part in article(coded, width=width, plain=True, records=records):  # type: ignore[arg-type]
        console.print(part)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [80, 160])
def test_everything_a_reader_asks_stands_in_the_table(harbour: Coded, width: int) -> None:
    lines = printed(harbour, width)
    words = " ".join(" ".join(lines).split())

    assert all(len(line) <= width for line in lines)
    assert "2024-03-10 Mara Olin (FRA GOV) → CONSULT/visit → Juno Takk (BEL GOV)" in words
    assert "[met]" in words
    assert "at Port Selma (FRA)" in words
    assert "[negated]" in words
    assert "[future]" in words
    assert "denied by Juno Takk (BEL GOV)" in words
    assert "[possible]" in words
    assert "injured 20 or more" in words
    assert "says (direct)" in words
    assert "0.93" in words


def test_on_a_wide_terminal_the_words_stand_beside_the_record(harbour: Coded) -> None:
    assert any("CONSULT/visit" in line and "[met]" in line for line in printed(harbour, 160))
    assert not any("CONSULT/visit" in line and "[met]" in line for line in printed(harbour, 80))


@pytest.mark.parametrize(
    "records, there, absent", [("events", "CONSULT", "says"), ("statements", "says", "CONSULT")]
)
def test_one_kind_of_record_alone(harbour: Coded, records: str, there: str, absent: str) -> None:
    shown = "\n".join(printed(harbour, 100, records))

    assert there in shown
    assert absent not in shown


def test_an_article_without_records_says_so(articles: Mapping[str, Coded]) -> None:
    assert "  nothing coded" in printed(articles["quiet"], 80)


@pytest.mark.parametrize(
    "room, shown",
    [
        (80, "Before the long day, dockers [struck] in all of Selma."),
        (40, "…day, dockers [struck] in all of…"),
        (20, "…[struck] in…"),
    ],
)
def test_the_trigger_stays_in_a_sentence_cut_to_size(room: int, shown: str) -> None:
    start = SENTENCE.text.index("struck")
    trigger = Span(start=100 + start, end=106 + start, text="struck")

    cut = excerpt(SENTENCE, trigger, room, plain=True).plain

    assert shown == cut
    assert len(cut) <= room


def test_clip_cuts_at_words() -> None:
    assert clip("one two three", 9) == "one two…"
    assert clip("one", 3) == "one"


@pytest.mark.parametrize(
    "start, end, precision, shown",
    [
        ("2023-06-25", "2023-06-25", "day", "2023-06-25"),
        ("2023-06-21", "2023-06-30", "range", "2023-06-21/30"),
        ("2023-06-01", "2023-06-30", "month", "2023-06"),
        ("2023-01-01", "2023-12-31", "year", "2023"),
        ("2020-01-01", "2029-12-31", "decade", "2020-01-01/2029-12-31"),
        ("2011-01-01", None, "range", "2011-01-01…"),
        (None, "2024-05-01", "range", "…2024-05-01"),
        (None, None, "unknown", ""),
    ],
)
def test_days_in_few_signs(start: str | None, end: str | None, precision: str, shown: str) -> None:
    assert shown == day_words(When(start=start, end=end, precision=precision))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "date, shown",
    [
        (None, ""),
        (When(), ""),
        (When(text="Sunday"), "day not known (unknown: “Sunday”)"),
        (When(start="2024-05-01", end="2024-05-01", precision="day"), "2024-05-01 (day)"),
    ],
)
def test_a_date_shows_days_or_words_or_nothing(date: When | None, shown: str) -> None:
    assert shown == date_words(date)


@pytest.mark.parametrize(
    "low, best, high, shown",
    [
        (20, 20, 20, "20"),
        (20, 20, None, "20 or more"),
        (20, 25, 30, "20 to 30 (25)"),
        (None, 200, None, "about 200"),
        (None, None, 10, "10 or fewer"),
        (None, None, None, "“several”"),
        (2.5, 2.5, 2.5, "2.5"),
    ],
)
def test_counts_as_the_text_gives_them(
    low: float | None, best: float | None, high: float | None, shown: str
) -> None:
    span = Span(start=0, end=7, text="several")

    assert shown == count_words(Count(low=low, best=best, high=high, text="several", span=span))


def test_control_characters_become_visible_without_changing_the_length() -> None:
    nasty = "a\x1b[31mb\n\tc\x9b\x00"

    assert len(visible(nasty)) == len(nasty)
    assert visible(nasty) == "a\N{REPLACEMENT CHARACTER}[31mb  c" + "\N{REPLACEMENT CHARACTER}" * 2
