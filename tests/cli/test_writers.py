from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from dragoman.cli.choose import at_least
from dragoman.cli.writers import form_of, open_writer
from dragoman.errors import UsageError
from dragoman.records import Coded, from_jsonl, to_jsonl


def test_json_lines_come_back_as_the_same_records(articles: Mapping[str, Coded], tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    with open_writer("jsonl", path) as writer:
        for coded in articles.values():
            writer.write(coded)

    with path.open("rb") as stream:
        assert list(articles.values()) == list(from_jsonl(stream, where="records.jsonl"))


@pytest.mark.parametrize(
    "to, out, form",
    [
        ("csv", "x.parquet", "csv"),
        (None, "x.parquet", "parquet"),
        (None, "x.csv", "csv"),
        (None, "x.txt", "table"),
        (None, "x.data", "jsonl"),
        (None, None, "jsonl"),
    ],
)
def test_the_form_follows_the_option_then_the_name_then_the_terminal(
    to: str | None, out: str | None, form: str
) -> None:
    assert form == form_of(to, Path(out) if out else None)


@pytest.mark.parametrize(
    "to, out, options, words",
    [
        ("parquet", None, {}, "--to parquet: Parquet cannot go to standard output. Add --out NAME.parquet"),
        ("jsonl", None, {"records": "events"}, "--records: JSON Lines hold events and statements together"),
        (
            "table",
            None,
            {"statements": Path("s.csv")},
            "--statements: there is no second file beside a table",
        ),
        ("csv", "no/such/folder/x.csv", {}, "there is no folder no/such/folder. Make it first"),
        ("csv", ".", {}, "is a folder. Give the name of a file"),
    ],
)
def test_wrong_combinations_are_told(
    to: str, out: str | None, options: dict[str, object], words: str
) -> None:
    with (
        pytest.raises(UsageError) as raised,
        open_writer(to, Path(out) if out else None, **options),  # type: ignore[arg-type]
    ):
        pass
    assert words in str(raised.value)


def test_a_run_that_breaks_leaves_no_half_parquet_file(harbour: Coded, tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), open_writer("parquet", tmp_path / "x.parquet") as writer:
        writer.write(harbour)
        raise KeyboardInterrupt

    assert list(tmp_path.iterdir()) == []


def test_records_of_low_confidence_leave_with_the_references_to_them(harbour: Coded) -> None:
    kept = at_least(harbour, 0.5)

    assert [event.type for event in kept.events] == ["CONSULT", "PROTEST"]
    assert kept.statements[0].asserts == ()
    assert to_jsonl(at_least(harbour, 0.0)) == to_jsonl(harbour)
    assert at_least(harbour, 1.0).statements == ()
