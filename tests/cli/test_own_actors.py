"""The commands around a user's own actors: --actors, who, missed."""

import csv
import json
import os
import tomllib
from pathlib import Path

import pytest

import dragoman
from dragoman import knowledge
from dragoman.cli.main import main
from dragoman.records import Actor, Coded, Document, Event, Span, to_jsonl

from . import fake

ROWS = "name,country,sectors,from\nMara Olin,BEL,GOV,2021-05-01\nScott Morrison,AUS,OPP,2024-01-01\n"
TEXT = 'Yesterday "Juno" Takk\\Rau of Kiel struck again. Gunmen struck. Kalle Takk struck.'


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DRAGOMAN_")]:
        monkeypatch.delenv(name)
    (tmp_path / "actors.csv").write_text(ROWS, encoding="utf-8")


def coded() -> Coded:
    """One article in which four act: two with names, one with a quotation mark and a backslash in it."""
    document = Document(id="d", text=TEXT, published="2025-05-01")
    at = [0, TEXT.index("Gunmen"), TEXT.index("Kalle")]
    sentences = tuple(
        Span(start=start, end=end, text=TEXT[start:end], sentence=number)
        for number, (start, end) in enumerate(zip(at, [at[1] - 1, at[2] - 1, len(TEXT)], strict=True))
    )
    actors = [
        Actor(name='"Juno" Takk\\Rau', kind="person", country=("DEU",), sectors=("CVL",)),
        Actor(name="Gunmen", kind="group", country=("DEU",), sectors=("UAF",)),
        Actor(name="Kalle Takk", kind="person"),
        Actor(name="Berlin", id="Q1", kind="country", country=("DEU",)),
    ]
    events = tuple(
        Event(
            id=f"e{k}",
            document="d",
            type="PROTEST",
            actors=(actor,),
            trigger=sentences[k % 3],
            sentence=k % 3,
        )
        for k, actor in enumerate((*actors, actors[2]))
    )
    return Coded(
        document=Document(**{**_fields(document), "sentences": sentences}), events=events, statements=()
    )


def _fields(document: Document) -> dict:
    return {"id": document.id, "text": document.text, "published": document.published}


@pytest.fixture
def records(tmp_path: Path) -> str:
    path = tmp_path / "records.jsonl"
    path.write_bytes(to_jsonl(coded()))
    return str(path)


@pytest.mark.parametrize(
    "command", [["code", "a.txt"], ["explain", "a.txt"], ["who", "Takk"], ["missed", "a.txt"]]
)
def test_a_wrong_file_ends_the_command_before_it_begins(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """All faults, status 2, nothing on standard output."""
    Path("a.txt").write_text("Dockers struck.", encoding="utf-8")
    Path("wrong.csv").write_text("name,country,to\nMara Olin,Russia,2021-13-04\n", encoding="utf-8")

    assert main([*command, "--actors", "wrong.csv"]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert "wrong.csv:2 (Mara Olin): 'country' has 'Russia', which is no code. Write RUS" in err
    assert "wrong.csv:2 (Mara Olin): 'to' is 2021-13-04, which is no date" in err


def test_the_file_reaches_the_coder(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the command line and from the settings of a project alike."""
    given = []
    monkeypatch.setattr(
        dragoman, "load", lambda **options: given.append(options) or fake.load(), raising=False
    )
    Path("a.txt").write_text(
        "Dock workers of the harbour struck on Monday for a whole day.", encoding="utf-8"
    )

    main(["code", "a.txt", "--actors", "actors.csv", "--out", "x.jsonl"])
    Path("dragoman.toml").write_text('actors = "actors.csv"', encoding="utf-8")
    main(["code", "a.txt", "--out", "x.jsonl"])

    assert given == [{"actors": "actors.csv"}] * 2


def test_who_tells_candidates_terms_sources_and_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON: the choice, why, the runner-up, and every term with its source."""
    arguments = ["who", "Scott Morrison", "--actors", "actors.csv", "--to", "json"]

    assert main([*arguments, "--on", "2024-06-01"]) == 0
    own = json.loads(capsys.readouterr().out)
    assert main([*arguments, "--on", "2021-06-01"]) == 0
    tables = json.loads(capsys.readouterr().out)

    assert own["candidates"][0]["sectors"] == ["OPP"]
    assert own["candidates"][0]["source"] == "actors.csv:3"
    assert own["why"].startswith("your own file has it (actors.csv:3)")
    assert own["runner_up"] == tables["chosen"] == "Q7436908"
    assert tables["candidates"][0]["sectors"] == ["GOV"]
    terms = tables["candidates"][0]["terms"]
    assert len(terms) > 1
    assert all(term["source"] and term["start"] for term in terms)


def test_who_as_text_marks_the_term_that_decides(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "Russian foreign minister", "--on", "2012-05-01"]) == 0

    out = capsys.readouterr().out
    assert "1. Sergey Lavrov (Q58217), person: RUS GOV" in out
    assert " * 2004-03-09 to now" in out
    assert main(["who", "Qzxwv \x1b[2J Jkqpt"]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_missed_names_come_as_rows_that_the_file_takes(
    records: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """TOML and CSV go straight back in; descriptions and known names are left out; a name without codes is a comment."""
    assert main(["missed", records, "--coded", "--out", "found.toml"]) == 0
    assert main(["missed", records, "--coded", "--out", "found.csv"]) == 0

    text = Path("found.toml").read_text(encoding="utf-8")
    (row,) = tomllib.loads(text)["actor"]
    assert (row["name"], row["country"]) == ('Juno" Takk\\Rau', ["DEU"])
    assert '# name = "Kalle Takk"' in text
    assert "# “Kalle Takk struck.”" in text
    assert 'Gunmen"' not in text
    for name in ("found.toml", "found.csv"):
        own = knowledge.load(name).own
        assert own is not None
        assert [one.name for one in own.rows] == ['Juno" Takk\\Rau']
    assert "Kalle Takk: count 2" in capsys.readouterr().err


def test_missed_counts_and_leaves_out_what_the_file_has(
    records: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mine.csv").write_text("name,country\nKalle Takk,DEU\n", encoding="utf-8")

    main(["missed", records, "--coded", "--to", "jsonl"])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    main(["missed", records, "--coded", "--to", "csv", "--actors", "mine.csv"])
    left = list(csv.DictReader(capsys.readouterr().out.splitlines()))

    assert (found[0]["name"], found[0]["count"], found[0]["documents"]) == ("Kalle Takk", 2, 1)
    assert found[0]["examples"] == [{"document": "d", "sentence": "Kalle Takk struck."}]
    assert [row["name"] for row in left] == ['Juno" Takk\\Rau']
