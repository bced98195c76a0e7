import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.records import Coded
from dragoman.store import open_store, write_coded


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "empty.duckdb"
    with open_store(path, write=True):
        pass
    return path


@pytest.fixture
def store_of(tmp_path: Path, empty_store: Path) -> Callable[..., Path]:
    """A store that holds these articles; with the same name again they are added."""

    def make(*coded: Coded, name: str = "news.duckdb") -> Path:
        path = tmp_path / name
        if not path.exists():
            shutil.copy(empty_store, path)
        if coded:
            with open_store(path, write=True) as connection:
                write_coded(connection, coded)
        return path

    return make
