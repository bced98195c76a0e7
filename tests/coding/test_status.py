"""Did it happen? And how long ago?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.heads import heads_of
from dragoman.coding.status import age, status_of
from dragoman.coding.words import Words
from dragoman.records import Span, Status, When
from fake_reading import read, tokens_of

SAID = Span(start=0, end=7, text="in 1998")
TODAY = "2023-06-26"


def status(*labels: str):
    doc = read("Drones hit Odesa.", labels=[f"hit {label}" for label in labels])
    [hit] = tokens_of(doc, "hit")
    return status_of(heads_of(doc), [hit], Words(doc).span(hit, hit))


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ((), Status()),
        (("negated",), Status(polarity="negated")),
        (("future", "probable"), Status(realis="future", certainty="probable")),
        (("historical",), Status(realis="historical")),
        (
            ("negated", "hypothetical", "possible"),
            Status(polarity="negated", realis="hypothetical", certainty="possible"),
        ),
    ],
)
def test_the_likeliest_label_of_each_head_is_the_status(labels: tuple[str, ...], expected: Status) -> None:
    assert status(*labels)[0] == expected


def test_each_field_has_a_reason_with_the_runner_up_and_a_probability() -> None:
    _, reasons, sure = status("negated 0.8")

    assert [(r.field, r.value, r.by) for r in reasons] == [
        ("polarity", "negated", "head:polarity"),
        ("realis", "actual", "head:realis"),
        ("certainty", "certain", "head:certainty"),
    ]
    assert reasons[0].probability == pytest.approx(0.8)
    assert [(a.value, a.probability) for a in reasons[0].alternatives] == [("affirmed", pytest.approx(0.2))]
    assert sure == pytest.approx({"polarity": 0.8, "realis": 1, "certainty": 1})


def told(end: str | None, *, span: Span | None = SAID) -> When:
    return When(start=end, end=end, precision="day", span=span)


@pytest.mark.parametrize(
    ("end", "realis"),
    [
        ("2023-06-25", "actual"),
        ("2023-05-27", "actual"),
        ("2023-05-26", "historical"),
        ("1998-12-31", "historical"),
    ],
)
def test_an_act_of_more_than_thirty_days_before_publication_is_history(end: str, realis: str) -> None:
    found, reason = age(Status(certainty="probable"), told(end), TODAY)

    assert (found.realis, found.certainty) == (realis, "probable")
    assert (reason is not None) == (realis == "historical")


def test_an_act_whose_day_is_not_long_ago_is_no_history() -> None:
    found, reason = age(Status(realis="historical"), told("2023-05-28"), TODAY)

    assert found.realis == "actual"
    assert reason is not None


def test_a_month_told_as_background_stays_history() -> None:
    month = When(start="2023-05-01", end="2023-05-31", precision="month", span=SAID)

    assert age(Status(realis="historical"), month, TODAY) == (Status(realis="historical"), None)


def test_the_reason_for_history_is_the_date_in_the_text() -> None:
    _, reason = age(Status(), told("1998-12-31"), f"{TODAY}T08:00:00+02:00")

    assert reason is not None
    assert (reason.field, reason.value, reason.evidence) == ("realis", "historical", (SAID,))
    assert [other.value for other in reason.alternatives] == ["actual"]


@pytest.mark.parametrize(
    ("status", "when", "published"),
    [
        (Status(), None, TODAY),
        (Status(), told(None), TODAY),
        (Status(), told("1998-12-31"), None),
        (Status(), told("1998-12-31", span=None), TODAY),
        (Status(realis="hypothetical"), told("1998-12-31"), TODAY),
        (Status(realis="future"), told("1998-12-31"), TODAY),
    ],
    ids=["no date", "open end", "no publication date", "date not said", "hypothetical", "future"],
)
def test_where_the_age_is_not_known_or_does_not_matter_nothing_changes(
    status: Status, when: When | None, published: str | None
) -> None:
    assert age(status, when, published) == (status, None)


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_the_age_rule_counts_days_and_nothing_else(published: date, days: int) -> None:
    found, _ = age(Status(), told((published - timedelta(days)).isoformat()), published.isoformat())

    assert found.realis == ("historical" if days > 30 else "actual")
