"""`dragoman quotes` on records by hand: what is listed, what is left out, and the same from a store and from a file."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.cli.main import main
from dragoman.cli.quote_rows import COLUMNS, Wish, chosen
from dragoman.records import (
    Actor,
    Coded,
    Occasion,
    Source,
    Stance,
    Statement,
    When,
    statement_id,
    to_jsonl,
)
from dragoman.store import open_store, write_coded


@pytest.fixture(scope="module")
def harbour_talk(articles: Mapping[str, Coded]) -> Coded:
    """The harbour article with a second statement: APA passes on what the ministry said on the Sunday."""
    harbour = articles["harbour"]
    (first,) = harbour.statements
    content = (harbour.document.sentences[3],)
    second = Statement(
        id=statement_id(harbour.document.id, None, content),
        document=harbour.document.id,
        speakers=(
            Actor(
                name="Élise Marchand", country=("FRA",), sectors=("GOV", "MIL"), role="Minister of the Navy"
            ),
        ),
        kind="indirect",
        cue=None,
        content=content,
        occasion=Occasion(date=When(start="2024-03-10", end="2024-03-10", precision="day")),
        attribution=(Source(source=Actor(name="APA", country=("FRA",)), commitment="reports"),),
        stance=(
            Stance(target=Actor(name="Belmark", country=("BEL",)), value="oppose"),
            Stance(target=Actor(name="dockers"), value="neutral"),
        ),
        confidence={"record": 0.4},
        run=first.run,
    )
    return replace(harbour, statements=(first, second))


@pytest.fixture(scope="module")
def records(harbour_talk: Coded, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("quotes") / "records.jsonl"
    path.write_bytes(to_jsonl(harbour_talk))
    return str(path)


@pytest.fixture(scope="module")
def store(harbour_talk: Coded, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("quotes") / "news.duckdb"
    with open_store(path, write=True) as connection:
        write_coded(connection, [harbour_talk])
    return str(path)


def test_a_row_tells_who_what_to_whom_and_where_it_stands(
    records: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["quotes", records, "--kind", "direct", "--to", "jsonl"]) == 0

    (line,) = capfd.readouterr().out.splitlines()
    row = json.loads(line)
    text = Path(records).read_text(encoding="utf-8").splitlines()[0]
    assert list(row) == [name for name, _ in COLUMNS]
    assert (row["speakers"], row["countries"], row["sectors"]) == (["Juno Takk"], ["BEL"], ["GOV"])
    assert (row["cue"], row["content"]) == ("told", "We will not seize ships")
    assert (row["addressees"], row["stances"], row["targets"]) == (["reporters"], ["support"], ["Arvania"])
    assert (row["date"], row["dated_by"], row["sentence"]) == ("2024-03-12", "publication", 2)
    assert json.loads(text)["text"][row["start"] : row["end"]] == row["content"]


def test_csv_joins_lists_and_tells_the_chain_of_sources(
    records: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["quotes", records, "--speaker", "elise", "--to", "csv"]) == 0

    (row,) = csv.DictReader(io.StringIO(capfd.readouterr().out))
    assert (row["speakers"], row["offices"], row["sectors"]) == (
        "Élise Marchand",
        "Minister of the Navy",
        "GOV/MIL",
    )
    assert (row["sources"], row["stances"], row["targets"]) == ("APA", "oppose;neutral", "Belmark;dockers")
    assert (row["target_countries"], row["date"], row["dated_by"]) == ("BEL;", "2024-03-10", "text")


@pytest.mark.parametrize(
    "options, speakers",
    [
        ([], ["Juno Takk", "Élise Marchand"]),
        (["--speaker", "TAKK"], ["Juno Takk"]),
        (["--speaker", "minister of the navy"], ["Élise Marchand"]),
        (["--speaker", "takk", "--speaker", "marchand"], ["Juno Takk", "Élise Marchand"]),
        (["--country", "fra"], ["Élise Marchand"]),
        (["--sector", "MIL"], ["Élise Marchand"]),
        (["--kind", "direct"], ["Juno Takk"]),
        (["--stance", "oppose"], ["Élise Marchand"]),
        (["--stance", "oppose", "--target", "dockers"], []),
        (["--stance", "neutral", "--target", "dockers"], ["Élise Marchand"]),
        (["--target", "bel"], ["Élise Marchand"]),
        (["--target", "arvania"], ["Juno Takk"]),
        (["--from", "2024-03-11"], ["Juno Takk"]),
        (["--until", "2024-03-10"], ["Élise Marchand"]),
        (["--from", "2024-03-10", "--until", "2024-03-12"], ["Juno Takk", "Élise Marchand"]),
        (["--min-confidence", "0.5"], ["Juno Takk"]),
        (["--country", "BEL", "--sector", "MIL"], []),
        (["--limit", "1"], ["Juno Takk"]),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("where", ["records", "store"])
def test_options_choose_the_same_from_a_file_and_from_a_store(
    options: list[str],
    speakers: list[str],
    where: str,
    request: pytest.FixtureRequest,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["quotes", request.getfixturevalue(where), *options, "--to", "csv"]) == 0

    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert [row["speakers"] for row in rows] == speakers


def test_the_table_is_read_without_a_terminal(records: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["quotes", records, "--to", "table"]) == 0

    told = " ".join(capfd.readouterr().out.split())
    assert "2024-03-12 Juno Takk (BEL GOV) told" in told
    assert "“We will not seize ships”" in told
    assert "direct · to reporters (JRN) · support Arvania" in told
    assert "Élise Marchand (FRA GOV/MIL) [Minister of the Navy]" in told
    assert "reported by APA (FRA)" in told


def test_a_statement_without_a_day_is_in_no_span_of_days(harbour_talk: Coded) -> None:
    undated = replace(harbour_talk, document=replace(harbour_talk.document, published=None))

    assert [said.kind for said in chosen(undated, Wish(last="2030-01-01"))] == ["indirect"]


def test_parquet_goes_to_a_file(records: str, tmp_path: Path) -> None:
    import duckdb

    out = tmp_path / "quotes.parquet"
    assert main(["quotes", records, "--out", str(out)]) == 0
    assert duckdb.sql(f"SELECT speakers[1] FROM '{out}'").fetchall() == [("Juno Takk",), ("Élise Marchand",)]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["quotes"], "nothing to read"),
        (["quotes", "a.jsonl", "--sample"], "exclude each other"),
        (["quotes", "a.jsonl", "--from", "May"], "'May' is no day"),
        (["quotes", "a.jsonl", "--country", "Armenia"], "as in ARM, or one of"),
        (["quotes", "a.jsonl", "--sector", "ARMY"], "Write one of AGR, BUS"),
    ],
)
def test_wrong_use_is_told(arguments: list[str], words: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert words in capfd.readouterr().err


def test_a_text_that_is_not_there_gives_a_line_and_status_one(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["quotes", "nowhere.txt", "--to", "csv"]) == 1
    assert "nowhere.txt" in capfd.readouterr().err


def test_texts_are_coded(model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "Minister told off\n\n“We will not leave,” Kenyan minister Amos Baraka said on Sunday.\n",
        encoding="utf-8",
    )

    assert main(["quotes", str(text), "--published", "2024-05-14", "--to", "csv"]) == 0

    (row,) = csv.DictReader(io.StringIO(capfd.readouterr().out))
    assert (row["countries"], row["kind"]) == ("KEN", "direct")
