"""Counts by dyad and month and the like, on articles whose counts are plain to see."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.rows import show_rows
from dragoman.errors import UsageError
from dragoman.records import Status
from dragoman.store import open_store, refresh_copies, write_coded
from dragoman.store.picture import draw
from dragoman.store.series import Series, SeriesOptions, series, write_series

from .made import article

NEWS = (
    article(
        ("ASSAULT", "RUS", "UKR", "2024-01-05"), ("AID", "USA", "UKR", "2024-01-31"), published="2024-01-06"
    ),
    article(("ASSAULT", "RUS", "UKR", "2024-03-01"), name="b", published="2024-03-02"),
    article(("ASSAULT", "RUS", "UKR", None), name="c", published="2024-03-09"),
    article(("ASSAULT", "RUS", "UKR", "2024-03-04"), name="d", status=Status(polarity="negated")),
    article(("ACCUSE", "UKR", "RUS", "2024-01-20..2024-03-02"), name="e", published="2024-03-02"),
    article(("CONSULT", "FRA BEL", "", "2024-03-05"), name="f"),
)


@pytest.fixture(scope="module")
def count(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Series]:
    path = tmp_path_factory.mktemp("series") / "news.duckdb"
    with open_store(path, write=True) as connection:
        write_coded(connection, NEWS)

    def of(**options: Any) -> Series:
        with open_store(path) as connection:
            return series(connection, SeriesOptions(**options))

    return of


def named(found: Series, *columns: str) -> list[tuple[Any, ...]]:
    places = [found.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in found.rows]


def test_dyads_by_month_with_zeros(count: Callable[..., Series]) -> None:
    found = count(types=("ASSAULT", "AID", "ACCUSE"))

    assert named(found, "period", "actor", "recipient", "events", "value") == [
        ("2024-01-01", "RUS", "UKR", 1, 1),
        ("2024-01-01", "USA", "UKR", 1, 1),
        ("2024-02-01", "RUS", "UKR", 0, 0),
        ("2024-02-01", "USA", "UKR", 0, 0),
        ("2024-03-01", "RUS", "UKR", 2, 2),
        ("2024-03-01", "USA", "UKR", 0, 0),
    ]
    assert found.left_out == {"without a date in one month": 1}


def test_quads_scale_and_share(count: Callable[..., Series]) -> None:
    found = count(by=("month",), weights="scale")

    assert named(
        found, "period", "events", "material_cooperation", "material_conflict", "mean_scale", "value"
    ) == [
        ("2024-01-01", 2, 1, 1, -1.0, -2.0),
        ("2024-02-01", 0, 0, 0, None, 0),
        ("2024-03-01", 3, 0, 2, -5.167, -15.5),
    ]
    assert named(found, "documents", "share") == [(1, 1.0), (0, None), (3, 0.6)]


def test_goldstein_adds_up(count: Callable[..., Series]) -> None:
    assert named(count(by=("type",), types=("ASSAULT",), weights="goldstein"), "events", "value") == [
        (3, -13.5)
    ]


def test_an_act_done_together_counts_each_way(count: Callable[..., Series]) -> None:
    found = count(types=("CONSULT",), by=("dyad",))
    assert named(found, "actor", "recipient", "events") == [("BEL", "FRA", 1), ("FRA", "BEL", 1)]


def test_a_switch_counts_what_did_not_happen(count: Callable[..., Series]) -> None:
    found = count(types=("ASSAULT",), by=("year",), everything=True)
    assert named(found, "period", "events") == [("2024-01-01", 4)]


def test_undated_acts_can_be_left_out(count: Callable[..., Series]) -> None:
    found = count(types=("ASSAULT",), by=("month",), undated=False)
    assert named(found, "events") == [(1,), (0,), (1,)]
    assert found.left_out == {"without a date in one month": 1}


def test_days_bound_the_series_and_its_zeros(count: Callable[..., Series]) -> None:
    found = count(types=("ASSAULT",), by=("month",), first="2024-02-01", last="2024-05-31")
    assert named(found, "period", "events") == [
        ("2024-02-01", 0),
        ("2024-03-01", 2),
        ("2024-04-01", 0),
        ("2024-05-01", 0),
    ]


def test_any_column_can_narrow_it(count: Callable[..., Series]) -> None:
    found = count(by=("type",), where="list_contains(recipient_countries, 'UKR') AND day < '2024-02-01'")
    assert named(found, "type", "events") == [("AID", 1), ("ASSAULT", 1)]


def test_two_lists_are_taken_apart_one_after_the_other(count: Callable[..., Series]) -> None:
    found = count(by=("actor", "mode"))
    assert named(found, "actor", "mode", "events") == [("BEL", "visit", 1), ("FRA", "visit", 1)]


@pytest.mark.parametrize("period", ["day", "week", "month", "quarter", "year"])
def test_every_period_adds_up_to_the_same(period: str, count: Callable[..., Series]) -> None:
    found = count(by=("type", period), types=("ASSAULT", "AID", "CONSULT"))
    assert sum(row[0] for row in named(found, "events")) == 5


@pytest.mark.parametrize(
    "options, message",
    [
        ({"by": ("dyads",)}, "no key 'dyads'. Choose among dyad"),
        ({"by": ()}, "no key is given"),
        ({"by": ("month", "year")}, "two periods"),
        ({"first": "yesterday"}, "'yesterday' is no day"),
        ({"where": "nonsense = 1"}, "nonsense"),
        ({"where": "true) OR (false"}, "is no condition"),
        ({"where": "true; DROP TABLE events"}, "more than a condition"),
        ({"where": "true GROUP BY ALL"}, "Parser"),
        ({"weights": "tone"}, "no weights 'tone'"),
    ],
)
def test_what_cannot_be_counted_is_said(
    options: dict[str, Any], message: str, count: Callable[..., Series]
) -> None:
    with pytest.raises(UsageError, match=message):
        count(**options)


def test_no_event_gives_no_row(count: Callable[..., Series]) -> None:
    assert count(types=("SANCTION",)).rows == []


def test_copies_count_once_unless_asked(store_of: Callable[..., Path]) -> None:
    acts = [("ASSAULT", "RUS", "UKR", "2024-01-05")] * 4
    path = store_of(article(*acts, published="2024-01-07"))
    text = article(*acts, published="2024-01-06")
    other = "ffffffffffffffff"
    store_of(
        replace(
            text,
            document=replace(text.document, id=other, url="b"),
            events=tuple(replace(e, id=f"{n:016}", document=other) for n, e in enumerate(text.events)),
        )
    )
    with open_store(path, write=True) as connection:
        copies = refresh_copies(connection)
    with open_store(path) as connection:
        once = series(connection, SeriesOptions(by=("year",)))
        each = series(connection, SeriesOptions(by=("year",), copies=True))

    assert [(copy.document, copy.head) for copy in copies] == [(text.document.id, other)]
    assert named(once, "events", "share") == [(4, 1.0)]
    assert named(each, "events", "share") == [(8, 1.0)]


@pytest.mark.parametrize("weights", ["count", "scale"])
def test_a_file_holds_what_the_rows_say(weights: Any, tmp_path: Path) -> None:
    """The rows of a file do not pass through Python; they are the same."""
    store, table, typed, rows = (tmp_path / name for name in ("a.duckdb", "a.csv", "a.parquet", "rows.csv"))
    options = SeriesOptions(by=("dyad", "month"), weights=weights)
    with open_store(store, write=True) as connection:
        write_coded(connection, NEWS)
    with open_store(store) as connection:
        found = series(connection, options)
        lost = [
            write_series(connection, options, table, to="csv"),
            write_series(connection, options, typed, to="parquet"),
        ]
        answer = connection.execute(f"SELECT period, * EXCLUDE period FROM '{typed}'")
        kinds = [str(column[1]) for column in answer.description or ()]
        back = [(first.isoformat(), *others) for first, *others in answer.fetchall()]
    show_rows(found.columns, found.rows, to="csv", out=rows)

    assert table.read_text() == rows.read_text()
    assert back == found.rows
    assert kinds[:4] == ["DATE", "VARCHAR", "VARCHAR", "BIGINT"]
    assert lost == [found.left_out] * 2
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_a_series_becomes_a_picture(name: str, count: Callable[..., Series], tmp_path: Path) -> None:
    pytest.importorskip("vl_convert", reason="extra plot")
    out = tmp_path / name
    assert draw(count(), out, title="Acts <of> war") == 4

    data = out.read_bytes()
    assert data.startswith(b"\x89PNG") if name == "a.png" else b"RUS \xe2\x86\x92 UKR" in data


def test_without_the_extra_the_message_names_it(
    count: Callable[..., Series], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "altair", None)
    with pytest.raises(UsageError, match=r"dragoman\[plot\]"):
        draw(count(by=("type",)), tmp_path / "a.png")
    with pytest.raises(UsageError, match="neither"):
        draw(count(by=("type",)), tmp_path / "a.gif")
