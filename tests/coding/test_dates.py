"""When: which words are dates, what they mean, and which act they belong to."""

from datetime import date
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.dates import date_event, find_timexes, lead_end
from dragoman.coding.timexes import grammar, tokens_of
from dragoman.coding.words import Words
from dragoman.errors import UsageError
from hand_docs import cases, parsed, plain, token_range


@pytest.mark.parametrize("case", cases("coding/dates/expressions.toml"), ids=itemgetter("id"))
def test_expressions_of_a_text(case):
    """Every date expression is found, and nothing else, with its days and how exact they are."""
    found = find_timexes(plain(case["text"]), case["published"] or None)

    assert [[t.span.text, t.start or "", t.end or "", t.precision] for t in found] == case["found"]


@pytest.mark.parametrize("row", grammar().rows, ids=lambda row: row.id)
def test_every_row_of_the_table_reads_its_example(row):
    """A row that another row always wins over, or with a slip in its pattern, is dead."""
    rules = grammar()
    read = []
    for lead in ("", "in ", "over ", "between ", "the ", "from "):
        line = "".join(token.mark for token in tokens_of(lead + row.example))
        read += [rules.rows[int(match.lastgroup[1:])].id for match in rules.find.finditer(line)]

    assert row.id in read


def test_rows_have_unique_names():
    ids = [row.id for row in grammar().rows]

    assert len(ids) == len(set(ids))


@given(
    st.text(
        alphabet=st.sampled_from("May 3 to Friday,last week of 2019 in-the night\n\n é'’s 31"), max_size=80
    )
)
def test_spans_are_their_words_and_days_run_forward(text):
    """Whatever the text, a span is its words and no expression ends before it starts."""
    doc = plain(text)
    for timex in find_timexes(doc, "2023-06-26"):
        assert doc.text[timex.span.start : timex.span.end] == timex.span.text
        if timex.start and timex.end:
            assert date.fromisoformat(timex.start) <= date.fromisoformat(timex.end)


@given(st.lists(st.sampled_from(sorted({w for r in grammar().rows for w in r.example.split()})), max_size=12))
def test_any_order_of_date_words_is_read_without_error(words):
    find_timexes(plain(" ".join(words)), "2024-02-29")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_bare_weekday_is_at_most_six_days_back(day):
    (timex,) = find_timexes(plain("They met on Wednesday."), day.isoformat())
    found = date.fromisoformat(timex.start)

    assert 0 <= (day - found).days <= 6
    assert found.weekday() == 2


def test_a_published_date_that_is_none_says_so():
    with pytest.raises(UsageError, match="'June 26' is no date"):
        find_timexes(plain("Yesterday."), "June 26")


@pytest.mark.parametrize("case", cases("coding/dates/attached.toml"), ids=itemgetter("id"))
def test_the_date_that_belongs_to_an_act(case):
    doc = parsed(case["tree"])
    when, reason = date_event(
        Words(doc),
        token_range(doc, case["trigger"]),
        find_timexes(doc, case["published"]),
        case["published"],
        realis=case.get("realis", "actual"),
        is_lead=case.get("lead", False),
        is_speech_act=case.get("speech", False),
    )

    assert (when.start or "", when.end or "") == (case["start"], case["end"])
    assert reason.field == "date"
    assert reason.by.startswith("dates:")
    assert when.reason.startswith("dates:")


def test_without_a_parse_the_nearest_expression_counts():
    doc = plain("Rebels took the bridge on Tuesday, and the army, which had fled on Sunday, kept quiet.")
    when, _ = date_event(Words(doc), token_range(doc, "took"), find_timexes(doc, "2023-06-26"), "2023-06-26")

    assert when.start == "2023-06-20"


def test_unknown_publication_keeps_the_words():
    doc = plain("Rebels took the bridge on Tuesday.")
    when, _ = date_event(Words(doc), token_range(doc, "took"), find_timexes(doc, None), None, is_lead=True)

    assert (when.start, when.end, when.text, when.precision) == (None, None, "Tuesday", "unknown")


def test_the_lead_is_headline_and_first_sentence():
    doc = plain("Truce holds\n\nIt held. It broke. It held again.")

    assert doc[: lead_end(Words(doc))].text.endswith("It held.")


def test_a_brief_is_all_lead():
    doc = plain("Truce holds in the north.")

    assert lead_end(Words(doc)) == len(doc)


def test_an_empty_text_has_no_dates():
    assert find_timexes(plain(""), "2023-06-26") == []
