import csv
import io
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from dragoman.cli.columns import EVENT_COLUMNS, STATEMENT_COLUMNS, event_rows, statement_rows
from dragoman.cli.writers import Csv, cell, open_writer
from dragoman.records import Coded


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(
    path: Path, to: str, *articles: Coded, statements: Path | None = None, records: str | None = None
) -> None:
    with open_writer(to, path, statements=statements, records=records) as writer:  # type: ignore[arg-type]
        for coded in articles:
            writer.write(coded)


def test_a_row_says_what_the_event_says(harbour: Coded) -> None:
    met = next(event_rows(harbour))

    assert (
        met["document"],
        met["published"],
        met["publisher"],
    ) == ("harbour", "2024-03-12", "The Harbour Post")
    assert (
        met["type"],
        met["modes"],
        met["quad"],
        met["cameo"],
        met["goldstein"],
    ) == ("CONSULT", ["visit"], 1, "042", 1.9)
    assert (
        met["actor_names"],
        met["actor_countries"],
        met["actor_sectors"],
        met["recipient_names"],
    ) == (["Mara Olin"], ["FRA"], ["GOV"], ["Juno Takk"])
    assert met["attribution_names"] == ["APA", "Ministry of Foreign Affairs"]
    assert (met["date_start"], met["date_precision"], met["date_text"]) == ("2024-03-10", "day", "Sunday")
    assert (
        met["place_name"],
        met["place_country"],
        met["place_lat"],
        met["place_lon"],
    ) == ("Port Selma", "FRA", 43.5, 4.25)
    assert met["happened"] is True
    assert met["sentence_text"] == harbour.document.sentences[1].text


def test_an_act_that_is_negated_future_or_possible_has_not_happened(harbour: Coded) -> None:
    assert [row["happened"] for row in event_rows(harbour)] == [True, False, False]


def test_counts_keep_low_best_and_high_apart(harbour: Coded) -> None:
    strike = list(event_rows(harbour))[2]

    assert (strike["injured_low"], strike["injured_best"], strike["injured_high"]) == (20, 20, None)
    assert tuple(strike[f"participants_{side}"] for side in ("low", "best", "high")) == (3, 3, 3)
    assert strike["killed_best"] is None


def test_a_statement_row_names_its_sentence_by_its_content(harbour: Coded) -> None:
    (row,) = statement_rows(harbour)

    assert (
        row["sentence"],
        row["content"],
        row["speaker_names"],
    ) == (2, "We will not seize ships", ["Juno Takk"])
    assert [harbour.events[1].id] == row["asserts"]


@pytest.mark.parametrize("columns", [EVENT_COLUMNS, STATEMENT_COLUMNS], ids=["events", "statements"])
def test_every_column_has_one_name_and_a_meaning(columns: tuple) -> None:  # type: ignore[type-arg]
    names = [column.name for column in columns]

    assert len(names) == len(set(names))
    assert all(column.meaning and "\n" not in column.meaning for column in columns)


def test_lists_of_one_side_have_one_entry_for_each_actor(harbour: Coded) -> None:
    """The n-th country belongs to the n-th name, also where an actor has none or two."""
    for row, event in zip(event_rows(harbour), harbour.events, strict=True):
        for side, actors in (("actor", event.actors), ("recipient", event.recipients)):
            for part in ("names", "ids", "kinds", "countries", "sectors", "roles"):
                assert len(row[f"{side}_{part}"]) == len(actors)
    assert list(event_rows(harbour))[1]["actor_countries"] == ["BEL/NLD"]


@pytest.mark.parametrize(
    "value, shown",
    [
        (None, ""),
        (True, "true"),
        (20.0, "20"),
        (-9.5, "-9.5"),
        (0, "0"),
        ([], ""),
        (["a;b", "c"], "a,b;c"),
        (["", "FRA"], ";FRA"),
        ("042", "042"),
    ],
)
def test_a_csv_cell(value: object, shown: str) -> None:
    assert shown == cell(value)


def test_csv_and_back_keeps_leading_zeros_commas_and_quotes(
    articles: Mapping[str, Coded], tmp_path: Path
) -> None:
    write(tmp_path / "events.csv", "csv", *articles.values())

    rows = read_csv(tmp_path / "events.csv")

    assert [row["cameo"] for row in rows] == ["042", "175", "0143"]
    assert rows[1]["actor_names"] == "Belmark, navy"
    assert rows[1]["sentence_text"] == "“We will not seize ships,” Takk told reporters."
    assert [column.name for column in EVENT_COLUMNS] == list(rows[0])


def test_csv_has_a_header_when_there_are_no_events(articles: Mapping[str, Coded]) -> None:
    stream = io.BytesIO()

    Csv(stream, "statements").write(articles["quiet"])

    assert stream.getvalue().decode().strip() == ",".join(column.name for column in STATEMENT_COLUMNS)


def test_parquet_has_the_rows_with_types_and_lists(
    articles: Mapping[str, Coded], harbour: Coded, tmp_path: Path
) -> None:
    path = tmp_path / "events.parquet"
    write(path, "parquet", *articles.values())

    table = duckdb.read_parquet(str(path))
    found = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]

    expected = list(event_rows(harbour))
    for row in found:
        for side in ("date_start", "date_end"):
            row[side] = row[side].isoformat() if row[side] else None
    assert expected == found
    types = dict(zip(table.columns, map(str, table.types), strict=True))
    assert tuple(types[name] for name in ("cameo", "date_start", "actor_names", "happened", "place_lat")) == (
        "VARCHAR",
        "DATE",
        "VARCHAR[]",
        "BOOLEAN",
        "DOUBLE",
    )
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_statements_go_into_a_second_file(harbour: Coded, tmp_path: Path, to: str) -> None:
    events, statements = tmp_path / f"events.{to}", tmp_path / f"statements.{to}"

    write(events, to, harbour, statements=statements)

    assert duckdb.sql(f"select cue, content from '{statements}'").fetchall() == [
        ("told", "We will not seize ships")
    ]
    assert duckdb.sql(f"select type from '{events}'").fetchall() == [("CONSULT",), ("COERCE",), ("PROTEST",)]


def test_an_empty_run_still_gives_a_parquet_file_with_columns(tmp_path: Path) -> None:
    write(tmp_path / "none.parquet", "parquet")

    table = duckdb.read_parquet(str(tmp_path / "none.parquet"))
    assert [column.name for column in EVENT_COLUMNS] == table.columns
    assert table.fetchall() == []
