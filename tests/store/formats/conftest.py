import pytest

from dragoman.records import Coded

from .articles import build


@pytest.fixture(scope="session")
def harbour() -> list[Coded]:
    """Forty articles, the same in every run."""
    return [build(seed) for seed in range(40)]
