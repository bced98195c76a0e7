"""Each export is loaded as its users load it: with the column types of columns.toml, and nothing may be refused."""

import csv
import io
import json
import tomllib
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dragoman import codebook
from dragoman.cli.columns import EVENT_COLUMNS, event_rows
from dragoman.cli.writers import SQL_TYPES
from dragoman.records import Coded
from dragoman.store.formats import FORMATS, Losses
from dragoman.store.formats.chosen import pairs_of
from dragoman.store.formats.flat import TYPES, flat_row

CASES = Path(__file__).parents[2] / "cases" / "store" / "formats"
TABLE = tomllib.loads((CASES / "columns.toml").read_text(encoding="utf-8"))
CAMEO = [name for name, case in TABLE.items() if "code" in case]


def columns_of(name: str) -> dict[str, str]:
    parts = (part.strip().rpartition(":") for part in TABLE[name]["columns"].split(","))
    return {column: kind for column, _, kind in parts}


def export(name: str, coded: list[Coded], folder: Path) -> Path:
    path = folder / f"events{FORMATS[name].suffix}"
    with path.open("wb") as out:
        FORMATS[name].write(coded, out, everything=True)
    return path


def load(name: str, path: Path) -> list[dict[str, Any]]:
    """Read with DuckDB, every column typed, no quoting, no line let pass."""
    rows = duckdb.sql(
        "SELECT * FROM read_csv($path, delim = '\t', quote = '', header = $header, columns = $columns,"
        " auto_detect = false, nullstr = '', strict_mode = true)",
        params={"path": str(path), "header": TABLE[name]["header"], "columns": columns_of(name)},
    )
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]


@pytest.mark.parametrize("name", TABLE)
def test_columns_stand_in_the_published_order(name: str) -> None:
    assert FORMATS[name].columns == tuple(columns_of(name))
    assert len(FORMATS[name].columns) == TABLE[name]["size"]


@pytest.mark.parametrize("name", TABLE)
def test_an_export_loads_with_the_types_of_its_users(name: str, harbour: list[Coded], tmp_path: Path) -> None:
    rows = load(name, export(name, harbour, tmp_path))
    events = [event for article in harbour for event in article.events]
    expected = len(events) if name == "polecat" else sum(len(pairs_of(event, Losses())) for event in events)

    assert len(rows) == expected


@pytest.mark.parametrize("name", TABLE)
def test_the_csv_module_reads_the_same_cells(name: str, harbour: list[Coded], tmp_path: Path) -> None:
    """Also a reader that knows quotes finds every row: no cell begins one."""
    text = export(name, harbour, tmp_path).read_text(encoding="utf-8")

    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))

    assert {len(row) for row in rows} == {TABLE[name]["size"]}
    assert len(rows) == text.count("\n")


@pytest.mark.parametrize("name", CAMEO)
def test_leading_zeros_stay(name: str, harbour: list[Coded], tmp_path: Path) -> None:
    found = {row[TABLE[name]["code"]] for row in load(name, export(name, harbour, tmp_path))}

    assert any(code.startswith("0") for code in found)
    assert found <= set(codebook.load().cameo_codes)


@pytest.mark.parametrize("name", ["icews", "gdelt"])
def test_ids_are_whole_numbers_that_a_double_holds(name: str, harbour: list[Coded], tmp_path: Path) -> None:
    ids = [row[FORMATS[name].columns[0]] for row in load(name, export(name, harbour, tmp_path))]

    assert len(set(ids)) == len(ids)
    assert all(int(float(number)) == number for number in ids)


def test_mentions_are_joined_to_events_by_number(harbour: list[Coded], tmp_path: Path) -> None:
    events = {row["GLOBALEVENTID"]: row for row in load("gdelt", export("gdelt", harbour, tmp_path))}
    mentions = load("gdelt-mentions", export("gdelt-mentions", harbour, tmp_path))

    assert {row["GLOBALEVENTID"] for row in mentions} == set(events)
    texts = {article.document.url or article.document.title or article.document.source_id or article.document.id:
             article.document.text for article in harbour}  # fmt: skip
    for row in mentions:
        assert row["MentionIdentifier"] in texts
        assert row["EventTimeDate"] == events[row["GLOBALEVENTID"]]["DATEADDED"]
        assert 0 <= row["ActionCharOffset"] < row["MentionDocLen"]
        assert 10 <= row["Confidence"] <= 100


def test_gdelt_writes_its_own_dates_places_and_classes(harbour: list[Coded], tmp_path: Path) -> None:
    book = codebook.load()
    for row in load("gdelt", export("gdelt", harbour, tmp_path)):
        day = str(row["Day"])
        assert (str(row["MonthYear"]), str(row["Year"])) == (day[:6], day[:4])
        assert 0 <= row["FractionDate"] - row["Year"] <= 1
        assert row["EventRootCode"] == row["EventCode"][:2]
        assert row["EventCode"].startswith(row["EventBaseCode"])
        assert row["QuadClass"] == book.cameo_codes[row["EventCode"]].quad
        assert (row["ActionGeo_Type"] == 0) == (row["ActionGeo_CountryCode"] is None)
        assert row["ActionGeo_CountryCode"] is None or len(row["ActionGeo_CountryCode"]) == 2  # FIPS, not ISO
        assert row["AvgTone"] is None


def test_phoenix_counts_appeals_and_comment_as_neutral(harbour: list[Coded], tmp_path: Path) -> None:
    for row in load("phoenix", export("phoenix", harbour, tmp_path)):
        assert (row["QuadClass"] == 0) == (row["EventRootCode"] in ("01", "02"))
        assert f"{row['Year']}{row['Month']}{row['Day']}" == str(row["Date"])


def test_polecat_has_none_for_missing_words_and_nothing_for_missing_numbers(
    harbour: list[Coded], tmp_path: Path
) -> None:
    rows = load("polecat", export("polecat", harbour, tmp_path))

    for row in rows:
        missing = {column for column, value in row.items() if value is None}
        assert missing <= {"Latitude", "Longitude", "GeoNames ID", "Intensity"}
        for side in ("Actor", "Recipient"):  # the cells of a side can be parted together
            parts = [len(row[f"{side} {part}"].split("; ")) for part in ("Name", "Country", "COW", "Sectors")]
            assert len(set(parts)) == 1
    assert {row["Quad Code"] for row in rows} == {
        "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT",
    }  # fmt: skip


def test_plover_has_the_required_fields(harbour: list[Coded], tmp_path: Path) -> None:
    lines = export("plover", harbour, tmp_path).read_bytes().splitlines()

    rows = [json.loads(line) for line in lines]
    for row in rows:
        assert all(row[field] for field in ("id", "date", "event"))
        assert isinstance(row["actor"], list)
        assert row["quad_code"] in (1, 2, 3, 4)
        start, end = row["text_info"]["start"], row["text_info"]["end"]
        assert end - start == len(row["text"])
    assert any("negation" in row["mode"] for row in rows)
    assert any("future" in row["mode"] for row in rows)


def test_geojson_is_drawn_by_longitude_first(harbour: list[Coded], tmp_path: Path) -> None:
    collection = json.loads(export("geojson", harbour, tmp_path).read_bytes())
    places = {event.id: event.place for article in harbour for event in article.events}

    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        place = places[feature["id"]]
        if feature["geometry"] is None:
            assert place is None or place.lat is None
        else:
            assert place is not None
            assert feature["geometry"] == {"type": "Point", "coordinates": [place.lon, place.lat]}


def test_the_flat_columns_are_those_of_code(harbour: list[Coded]) -> None:
    """One flat form in the whole program: `dragoman code --to csv` and `dragoman export csv` agree."""
    assert {column.name: SQL_TYPES[column.kind] for column in EVENT_COLUMNS} == dict(TYPES)
    for article in harbour:
        ours = [flat_row(article.document, event, {}) for event in article.events]
        assert ours == list(event_rows(article))


def test_parquet_has_typed_columns(harbour: list[Coded], tmp_path: Path) -> None:
    path = export("parquet", harbour, tmp_path)

    found = duckdb.sql("DESCRIBE SELECT * FROM read_parquet($path)", params={"path": str(path)}).fetchall()

    assert {name: kind for name, kind, *_ in found} == dict(TYPES)


def test_csv_is_read_by_duckdb(harbour: list[Coded], tmp_path: Path) -> None:
    path = export("csv", harbour, tmp_path)
    kinds = {name: "VARCHAR" if kind == "VARCHAR[]" else kind for name, kind in TYPES.items()}

    (count,) = duckdb.sql(
        "SELECT count(*) FROM read_csv($path, header = true, columns = $columns, auto_detect = false)",
        params={"path": str(path), "columns": kinds},
    ).fetchall()[0]

    assert count == sum(len(article.events) for article in harbour)
