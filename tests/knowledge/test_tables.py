"""The tables themselves: known codes, dates in order, sources, names that are found again."""

import csv
import json
from datetime import date

import pytest

from dragoman import knowledge
from dragoman.errors import KnowledgeError
from dragoman.knowledge import tables
from dragoman.knowledge.countries import BEYOND_STATES
from dragoman.knowledge.entries import RANK
from dragoman.knowledge.tables import DATA, ENTITY_COLUMNS, ENTITY_TABLES, TERM_COLUMNS, TERM_TABLES, rows

# Source: PLOVER manual 2024, table "Sector Codes".
SECTORS = frozenset(
    {
        "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL",
        "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
    }
)  # fmt: skip


def states() -> set[str]:
    return set(knowledge.load().countries)


@pytest.mark.parametrize("table", ENTITY_TABLES)
def test_entity_rows_are_in_order(table: str) -> None:
    """Kinds, codes and sectors are known, dates run forwards, every row has a name and a source."""
    known = states()
    for row in rows(table, ENTITY_COLUMNS):
        line = dict(zip(ENTITY_COLUMNS, row, strict=True))
        assert line["kind"] in RANK, line
        assert line["kind"] == "other" or (set(line["country"].split()) <= known and line["country"]), line
        assert set(line["sectors"].split()) <= SECTORS, line
        assert all((line["id"], line["name"], line["source"], *line["names"].split("|"))), line
        start, end = (tables.day(line[side]) for side in ("start", "end"))
        assert start is None or end is None or start <= end, line


@pytest.mark.parametrize("table", TERM_TABLES)
def test_term_rows_are_in_order(table: str) -> None:
    """The same for terms of office."""
    known = states()
    for row in rows(table, TERM_COLUMNS):
        line = dict(zip(TERM_COLUMNS, row, strict=True))
        assert line["country"] in known, line
        assert set(line["sectors"].split()) <= SECTORS, line
        assert all((line["person"], line["office"], line["source"])), line
        start, end = (
            tables.day(line[side]) or bound for side, bound in (("start", date.min), ("end", date.max))
        )
        assert start <= end, line


def test_short_abbreviations_are_written_by_hand() -> None:
    """Of three letters and less only those that a person chose: the rest mean too many things."""
    short = [
        (table, name)
        for table in ENTITY_TABLES
        if table.startswith("built/") and "countries" not in table
        for row in rows(table, ENTITY_COLUMNS)
        for name in row[3].split("|")
        if len(name) <= 3 and name.isupper()
    ]

    assert short == []


def test_every_name_written_by_hand_is_found() -> None:
    """A name of the hand tables, alone, gives its row among the readings; names that only look like one give nothing."""
    base = knowledge.load()
    lost = []
    for table in ENTITY_TABLES:
        if not table.startswith("hand/"):
            continue
        for row in rows(table, ENTITY_COLUMNS):
            for name in row[3].split("|"):
                found = {entry.id for hit in base.scan(name) if hit.text == name for entry in hit.entries}
                if (row[0] in found) == (row[1] == "other"):
                    lost.append((table, name))

    assert lost == []


def test_what_issue_asks_for_is_there() -> None:
    """At least 300 armed groups and 300 organisations."""
    number = dict.fromkeys(RANK, 0)
    for table in ENTITY_TABLES:
        for row in rows(table, ENTITY_COLUMNS):
            number[row[1]] += 1

    assert number["group"] >= 300
    assert number["igo"] + number["organisation"] + number["ngo"] >= 300


def test_built_tables_name_their_inputs() -> None:
    """built.json has a hash for each raw file and the number of rows of each table as it stands."""
    built = json.loads((DATA / "built/built.json").read_text("utf-8"))

    assert all(len(digest) == 64 for digest in built["inputs"].values())
    assert built["inputs"]
    for table, number in built["rows"].items():
        with (DATA / "built" / table).open(encoding="utf-8", newline="") as file:
            assert number == sum(1 for _ in csv.reader(file)) - 1, table


def test_a_damaged_table_says_where_and_what_to_do(tmp_path, monkeypatch) -> None:
    """A row of another width: file, line, and what to write."""
    (tmp_path / "hand").mkdir()
    (tmp_path / "hand/others.csv").write_text(",".join(ENTITY_COLUMNS) + "\na,b\n", "utf-8")
    monkeypatch.setattr(tables, "DATA", tmp_path)

    with pytest.raises(KnowledgeError, match=r"others\.csv:2: has 2 fields\. Give 11"):
        list(rows("hand/others.csv", ENTITY_COLUMNS))
    with pytest.raises(KnowledgeError, match="make knowledge"):
        list(rows("hand/metonyms.csv", ENTITY_COLUMNS))


def test_the_hash_names_the_state_of_all_tables() -> None:
    """Sixteen hex digits, the same at every call."""
    assert knowledge.load().hash == knowledge.Knowledge().hash
    assert len(knowledge.load().hash) == 16
    assert BEYOND_STATES
