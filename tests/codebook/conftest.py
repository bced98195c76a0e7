"""The codebook once a run, the written cases, and the official files where they are at hand."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import Codebook, load

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT.parent / "shared/data/knowledge"


@pytest.fixture(scope="session")
def book() -> Codebook:
    return load()


@pytest.fixture(scope="session")
def guidelines() -> dict[str, Any]:
    """What coding.md uses, as written in tests/cases/codebook/plover.toml."""
    return tomllib.loads((ROOT / "tests/cases/codebook/plover.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def official() -> Callable[[str], Path]:
    """Path of a file of ../shared/data/knowledge; the test is skipped where it is not."""

    def path(name: str) -> Path:
        if not (KNOWLEDGE / name).is_file():
            pytest.skip(f"needs the official file ../shared/data/knowledge/{name}, which is not here")
        return KNOWLEDGE / name

    return path
