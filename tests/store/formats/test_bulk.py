"""Whole files read in SQL put into a store what reading them row by row does."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from dragoman.errors import InputError
from dragoman.records import Coded
from dragoman.store import bulk, open_store, write_coded, write_files
from dragoman.store.formats import FORMATS, Losses, rows

from .articles import articles

CASES = Path(__file__).parents[2] / "cases" / "store" / "formats"
FOREIGN = {
    "icews": "icews.tab",
    "polecat": "polecat.txt",
    "gdelt": "gdelt.export.CSV",
    "phoenix": "phoenix.txt",
}
IN_SQL = sorted(name for name, each in FORMATS.items() if each.layout is not None and each.read is not None)
TABLES = ("documents", "events", "actors", "sources", "statements", "runs")


def holds(store: Path) -> dict[str, list[str]]:
    """All rows; records as what they say, not as they are written."""
    found: dict[str, list[str]] = {}
    with open_store(store) as connection:
        for table in TABLES:
            cursor = connection.execute(f"SELECT COLUMNS(lambda name: name <> 'rowid') FROM {table}")
            names = [column[0] for column in cursor.description or []]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            for row in rows:
                if row.get("record") and table in ("documents", "events"):
                    row["record"] = list(json.loads(row["record"]).items())
            found[table] = sorted(map(repr, rows))
    return found


def both_ways(name: str, path: Path, store_of: Callable[..., Path]) -> tuple[Any, Any]:
    form, losses, other = FORMATS[name], Losses(), Losses()
    assert form.read is not None
    slow, quick = store_of(name="slow.duckdb"), store_of(name="quick.duckdb")
    with open_store(slow, write=True) as connection:
        write_coded(connection, form.read(path, losses))
    with open_store(quick, write=True) as connection:
        write_files(connection, form, [path], other)
    return (holds(slow), losses.counts), (holds(quick), other.counts)


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_a_file_of_another_system(name: str, store_of: Callable[..., Path]) -> None:
    slow, quick = both_ways(name, CASES / FOREIGN[name], store_of)
    assert quick == slow


@pytest.mark.parametrize("name", IN_SQL)
def test_our_own_file(name: str, harbour: list[Coded], tmp_path: Path, store_of: Callable[..., Path]) -> None:
    path = tmp_path / f"file{FORMATS[name].suffix}"
    with path.open("wb") as out:
        FORMATS[name].write(harbour, out, everything=True)

    slow, quick = both_ways(name, path, store_of)

    assert quick == slow
    assert quick[0]["events"]


@pytest.mark.slow
@pytest.mark.parametrize("name", IN_SQL)
@given(coded=articles())
@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_articles(
    name: str, coded: list[Coded], tmp_path: Path, empty_store: Path, store_of: Callable[..., Path]
) -> None:
    for old in tmp_path.iterdir():
        old.unlink()
    path = tmp_path / f"file{FORMATS[name].suffix}"
    with path.open("wb") as out:
        FORMATS[name].write([*coded, *coded[:1]], out, everything=True)  # a row that comes twice

    slow, quick = both_ways(name, path, store_of)

    assert quick == slow


def test_odd_lines_are_mended_on_the_way(tmp_path: Path, store_of: Callable[..., Path]) -> None:
    text = (CASES / "icews.tab").read_text(encoding="utf-8")
    header, first, *others = text.splitlines()
    cells = first.split("\t")
    odd = [
        "\t".join(f'"{cell}"' if cell else "" for cell in cells),
        first.replace("\t", " \t ", 3),
        "\t".join(["9", *cells[1:]]) + "\t\t",
        "\t".join([*cells[:2], "Zoë", *cells[3:]]),
        "too\tfew",
    ]
    path = tmp_path / "odd.tab"
    path.write_bytes("\r\n".join([header, *odd, *others]).encode("cp1252"))

    slow, quick = both_ways("icews", path, store_of)

    assert quick == slow
    assert any("not 20 cells" in what for what in quick[1])
    assert any("Windows-1252" in what for what in quick[1])


def test_a_packed_file(tmp_path: Path, store_of: Callable[..., Path]) -> None:
    path = tmp_path / "events.tab.gz"
    path.write_bytes(gzip.compress((CASES / "icews.tab").read_bytes()))

    slow, quick = both_ways("icews", path, store_of)

    assert quick == slow


@pytest.mark.parametrize("name", IN_SQL)
def test_a_bad_file_changes_nothing(name: str, tmp_path: Path, store_of: Callable[..., Path]) -> None:
    path, store = tmp_path / "bad", store_of()
    path.write_text("no\tsuch\tfile\n", encoding="utf-8")
    good = CASES / "icews.tab"

    with open_store(store, write=True) as connection:
        files = [good, path] if name == "icews" else [path]
        with pytest.raises(InputError):
            write_files(connection, FORMATS[name], files, Losses())

    assert holds(store)["events"] == []


def test_several_chunks_are_one_file(
    tmp_path: Path, store_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, losses and the numbers of lines are those of the whole, and a row that comes again replaces its self."""
    monkeypatch.setattr(bulk, "CHUNK", 4)
    monkeypatch.setattr(bulk, "BLOCK", 2)
    monkeypatch.setattr(rows, "BLOCK", 2)
    header, *lines = (CASES / "icews.tab").read_text(encoding="utf-8").splitlines()
    more = [f"{number}{line.lstrip('0123456789')}" for number in range(700, 703) for line in lines]
    path = tmp_path / "many.tab"
    path.write_text("\n".join([header, *lines, "", "too\tfew", *more, *lines]) + "\n", encoding="utf-8")

    slow, quick = both_ways("icews", path, store_of)

    assert quick == slow
    assert len(quick[0]["events"]) > 4


def test_a_cell_with_the_sign_between_cells_is_read_row_by_row(
    harbour: list[Coded], tmp_path: Path, store_of: Callable[..., Path]
) -> None:
    path = tmp_path / "file.csv"
    with path.open("wb") as out:
        FORMATS["csv"].write(harbour, out, everything=True)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(" ", "\x1f", 1), encoding="utf-8")

    slow, quick = both_ways("csv", path, store_of)

    assert "\\x1f" in str(slow)
    assert quick == slow
