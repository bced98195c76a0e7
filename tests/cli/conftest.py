from collections.abc import Mapping

import pytest

from dragoman.records import Coded

from .articles import coded_articles


@pytest.fixture(scope="session")
def articles() -> Mapping[str, Coded]:
    return coded_articles()


@pytest.fixture(scope="session")
def harbour(articles: Mapping[str, Coded]) -> Coded:
    return articles["harbour"]
