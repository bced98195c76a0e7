"""docs/store.md is made from the schema, and its questions run."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.articles import coded_articles
from dragoman.store import open_store
from dragoman.store.query import ask

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "build_store_docs.py"


@pytest.fixture(scope="module")
def script() -> Any:
    spec = importlib.util.spec_from_file_location("build_store_docs", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_script_makes(script: Any) -> None:
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), "run scripts/build_store_docs.py"


def test_its_questions_have_answers(script: Any, store_of: Callable[..., Path]) -> None:
    none = {"attack", "country's", "failed", "copies"}  # the articles of the test have no such thing
    with open_store(store_of(*coded_articles().values())) as connection:
        for question, sql in script.QUESTIONS:
            rows = list(ask(connection, sql).rows)
            assert bool(rows) != any(word in question for word in none), question
