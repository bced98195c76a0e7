"""A store as a folder of Parquet files, and back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.articles import coded_articles
from dragoman.errors import UsageError
from dragoman.store import open_store, read_coded, read_folder, write_files, write_folder
from dragoman.store.formats import FORMATS, Losses
from dragoman.store.parquet import tables

from .made import article

ICEWS = Path(__file__).parents[1] / "cases" / "store" / "formats" / "icews.tab"
ARTICLES = sorted(coded_articles().values(), key=lambda coded: coded.document.id)


def test_every_table_comes_back(store_of: Callable[..., Path], tmp_path: Path) -> None:
    with open_store(store_of(*ARTICLES)) as connection:
        write_folder(connection, tmp_path / "out")
        before = {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in tables()}
    for _ in range(2):  # a second time it replaces what it brought
        with open_store(store_of(name="other.duckdb"), write=True) as connection:
            read_folder(connection, tmp_path / "out")
            after = {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in tables()}
            assert list(read_coded(connection)) == ARTICLES

    assert after == before


def test_rows_of_another_system_come_back_with_their_records(
    store_of: Callable[..., Path], tmp_path: Path
) -> None:
    with open_store(store_of(), write=True) as connection:
        write_files(connection, FORMATS["icews"], [ICEWS], Losses())
        before = list(read_coded(connection))
        write_folder(connection, tmp_path / "out")
    with open_store(store_of(name="other.duckdb"), write=True) as connection:
        read_folder(connection, tmp_path / "out")
        assert list(read_coded(connection)) == before
    assert before


def test_documents_that_the_folder_lacks_stay(store_of: Callable[..., Path], tmp_path: Path) -> None:
    with open_store(store_of(*ARTICLES)) as connection:
        write_folder(connection, tmp_path / "out")
    with open_store(store_of(article(name="mine"), name="other.duckdb"), write=True) as connection:
        read_folder(connection, tmp_path / "out")
        assert len(list(read_coded(connection))) == len(ARTICLES) + 1


def test_a_folder_without_a_store_is_refused(store_of: Callable[..., Path], tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match=r"no store\.parquet"),
        open_store(store_of(), write=True) as connection,
    ):
        read_folder(connection, tmp_path)
