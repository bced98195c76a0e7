"""Records in and out, and what becomes of a document that comes again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.articles import coded_articles
from dragoman.cli.columns import EVENT_COLUMNS, STATEMENT_COLUMNS, event_rows, statement_rows
from dragoman.errors import InputError
from dragoman.records import Coded, Document, to_jsonl
from dragoman.store import open_store, read_coded, write_coded, write_jsonl
from dragoman.store.query import ask
from strategies import documents

from .made import article

ARTICLES = sorted(coded_articles().values(), key=lambda coded: coded.document.id)


def test_records_come_out_as_they_went_in(store_of: Callable[..., Path]) -> None:
    with open_store(store_of(*ARTICLES)) as connection:
        assert list(read_coded(connection)) == ARTICLES
        assert list(read_coded(connection, [ARTICLES[0].document.id, "none"])) == ARTICLES[:1]


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(found=st.lists(documents(), min_size=1, max_size=5, unique_by=lambda document: document.id))
def test_any_document_comes_out_as_it_went_in(found: list[Document], store_of: Callable[..., Path]) -> None:
    path = store_of(*(Coded(document=one, events=(), statements=()) for one in found))
    with open_store(path) as connection:
        back = list(read_coded(connection, [one.id for one in found]))

    assert [coded.document for coded in back] == sorted(found, key=lambda document: document.id)


def test_the_flat_views_are_what_csv_holds(store_of: Callable[..., Path]) -> None:
    with open_store(store_of(*ARTICLES)) as connection:
        for view, key, columns, rows in (
            ("event_table", "event", EVENT_COLUMNS, event_rows),
            ("statement_table", "statement", STATEMENT_COLUMNS, statement_rows),
        ):
            answer = ask(connection, f"FROM {view}")
            found = {
                row[key]: row for row in (dict(zip(answer.columns, r, strict=True)) for r in answer.rows)
            }
            expected = {row[key]: row for coded in ARTICLES for row in rows(coded)}
            assert found.keys() == expected.keys()
            assert list(answer.columns)[: len(columns)] == [column.name for column in columns]
            for id, row in expected.items():
                assert {name: found[id][name] for name in row} == row


def test_a_document_that_comes_again_replaces_its_records(store_of: Callable[..., Path]) -> None:
    first = article(("ASSAULT", "RUS", "UKR", None), ("AID", "USA", "UKR", None))
    again = replace(first, events=first.events[1:])
    other = article(("CONSULT", "FRA BEL", "", None), name="b")

    path = store_of(first, other)
    store_of(again)

    with open_store(path) as connection:
        assert {coded.document.id for coded in read_coded(connection)} == {
            again.document.id,
            other.document.id,
        }
        assert [len(coded.events) for coded in read_coded(connection, [first.document.id])] == [1]
        assert connection.execute("SELECT count(*) FROM actors").fetchone() == (4,)


def test_of_two_in_one_go_the_last_stays(store_of: Callable[..., Path]) -> None:
    one = article(("ASSAULT", "RUS", "UKR", None))
    with open_store(store_of(one, replace(one, events=()))) as connection:
        assert list(read_coded(connection)) == [replace(one, events=())]


def test_a_fault_in_the_middle_leaves_the_store_as_it_was(store_of: Callable[..., Path]) -> None:
    one = article(("ASSAULT", "RUS", "UKR", None))
    path = store_of(one)

    def breaks() -> object:
        yield replace(one, events=())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), open_store(path, write=True) as connection:
        write_coded(connection, breaks())  # type: ignore[arg-type]

    with open_store(path) as connection:
        assert list(read_coded(connection)) == [one]


def test_json_lines_go_in_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.store.write.CHUNK_LINES", 2)
    lines = tmp_path / "x.jsonl"
    lines.write_bytes(b"".join(map(to_jsonl, ARTICLES)))
    with open_store(tmp_path / "a.duckdb", write=True) as connection:
        write_jsonl(connection, lines)
        assert list(read_coded(connection)) == ARTICLES


@pytest.mark.parametrize(
    "line",
    [
        b'{"a": 1}\n',
        b'{"record": "event", "id": "1", "document": "unknown"}\n',
        b'{"record": "x", "id": "1"}\n',
    ],
)
def test_lines_that_are_no_records_are_named(line: bytes, tmp_path: Path) -> None:
    lines = tmp_path / "x.jsonl"
    lines.write_bytes(to_jsonl(article()) + line)
    with pytest.raises(InputError, match=r"x\.jsonl:2"), open_store(tmp_path / "a.duckdb", write=True) as c:
        write_jsonl(c, lines)
    with open_store(tmp_path / "a.duckdb") as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (0,)


@pytest.mark.parametrize(
    "actors, recipients, pairs",
    [
        ("FRA", "BEL", {("FRA", "BEL")}),
        ("FRA DEU", "BEL", {("FRA", "BEL"), ("DEU", "BEL")}),
        ("FRA BEL", "", {("FRA", "BEL"), ("BEL", "FRA")}),
        ("FRA FRA", "", {("FRA", "FRA")}),
        ("FRA", "", set()),
        ("", "BEL", set()),
        ("FRA", "FRA", {("FRA", "FRA")}),
    ],
)
def test_dyads_are_who_and_whom_or_all_parties_both_ways(
    actors: str, recipients: str, pairs: set[tuple[str, str]], store_of: Callable[..., Path]
) -> None:
    with open_store(store_of(article(("CONSULT", actors, recipients, None)))) as connection:
        found = connection.execute("SELECT actor, recipient FROM dyads").fetchall()
    assert sorted(found) == sorted(pairs)


def test_acts_of_one_side_have_no_dyad_without_the_other(store_of: Callable[..., Path]) -> None:
    together = article(("ACCUSE", "FRA BEL", "", None))
    one = article(("CONSULT", "FRA", "", None), name="b")
    of_two_states = replace(one.events[0], actors=(replace(one.events[0].actors[0], country=("FRA", "BEL")),))
    with open_store(store_of(together, replace(one, events=(of_two_states,)))) as connection:
        found = connection.execute(
            "SELECT type, len(actor_countries), dyads FROM events ORDER BY type"
        ).fetchall()
    assert found == [("ACCUSE", 2, []), ("CONSULT", 2, [])]


def test_anybody_finds_the_tables_and_what_they_mean(store_of: Callable[..., Path]) -> None:
    with duckdb.connect(str(store_of()), read_only=True) as connection:
        bare = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL"
            " UNION SELECT table_name || '.' || column_name FROM duckdb_columns()"
            " WHERE comment IS NULL AND NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables())"
        ).fetchall()
    assert bare == []
