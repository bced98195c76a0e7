"""A store, each export, an import into another store, the same export: every column of every format says the same."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import pytest

from dragoman.records import Coded
from dragoman.store import open_store, read_coded, write_coded, write_files
from dragoman.store.formats import FORMATS, Losses

READABLE = sorted(name for name, each in FORMATS.items() if each.read is not None)
HEADED = ("csv", "icews", "polecat")


def exported(name: str, coded: Iterable[Coded], path: Path) -> dict[str, Counter[str]]:
    """What a file has in each column, how often."""
    out = io.BytesIO()
    FORMATS[name].write(coded, out, everything=True)
    path.write_bytes(out.getvalue())
    rows = list(rows_of(name, path))
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return {column: Counter(repr(row.get(column)) for row in rows) for column in columns}


def rows_of(name: str, path: Path) -> Iterable[dict[str, object]]:
    if name == "parquet":
        with duckdb.connect() as connection:
            answer = connection.execute(f"FROM '{path}'")
            names = [str(column[0]) for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    text = path.read_text(encoding="utf-8")
    if name == "geojson":
        found: list[dict[str, object]] = [
            {**feature["properties"], "geometry": feature["geometry"]}
            for feature in json.loads(text)["features"]
        ]
        return found
    if name == "plover":
        return [json.loads(line) for line in text.splitlines()]
    quoting = {} if name == "csv" else {"delimiter": "\t", "quoting": csv.QUOTE_NONE}
    lines = list(csv.reader(io.StringIO(text), **quoting))  # type: ignore[arg-type]
    return [
        dict(zip(FORMATS[name].columns, line, strict=True)) for line in lines[1 if name in HEADED else 0 :]
    ]


@pytest.mark.parametrize("name", READABLE)
def test_every_column_comes_back(
    name: str, harbour: list[Coded], tmp_path: Path, store_of: Callable[..., Path]
) -> None:
    ours, theirs = store_of(name="ours.duckdb"), store_of(name="theirs.duckdb")
    path = tmp_path / f"file{FORMATS[name].suffix}"
    with open_store(ours, write=True) as connection:
        write_coded(connection, harbour)
    with open_store(ours) as connection:
        before = exported(name, read_coded(connection), path)

    with open_store(theirs, write=True) as connection:
        write_files(connection, FORMATS[name], [path], Losses())
    with open_store(theirs) as connection:
        after = exported(name, read_coded(connection), path)

    assert any(sum(values.values()) for values in before.values())
    assert list(after) == list(before)
    assert {column: values for column, values in after.items() if values != before[column]} == {}
    assert FORMATS[name].cannot_hold  # what is not in a column is told
