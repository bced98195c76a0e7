"""The tables of a store, with the words that document them: one source for the file, for docs and for queries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Final

VERSION: Final = 3  # of the tables; a change of schema.sql adds a migration and counts it up
_COLUMN = re.compile(
    r'^ {4}"?(?P<name>\w+)"? (?P<type>[^-]+?)(?: USING COMPRESSION \w+)?,\s+-- (?P<meaning>.+)$'
)
_FROM_ROWS = re.compile(r"^FROM (\w+_rows) r;$", re.MULTILINE)
STORED_ONLY: Final = ("whole", "imported")  # columns of a table of rows that its view does without
MADE: Final = {"rowid": "BIGINT", "record": "JSON"}  # and those that it adds
_SELECTED = re.compile(r"^ {4}(?:.* AS |\w+\.)\"?(?P<name>\w+)\"?,\s+-- (?P<meaning>.+)$")


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or a view: name, one sentence, and each documented column with type and meaning.

    A view that is no table of rows under another name has no types, and documents only what it adds.
    """

    name: str
    kind: str
    meaning: str
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)


def sql(name: str) -> str:
    """The text of one of the files beside this module."""
    return (files("dragoman.store") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def relations() -> Iterator[Relation]:
    """Every table, then every view, as the comments of schema.sql and views.sql describe them."""
    tables: dict[str, Relation] = {}
    for name in ("schema", "views"):
        for block in sql(name).split("\n\n"):
            lines = block.strip().splitlines()
            head = re.search(r"^CREATE (?:OR REPLACE )?(TABLE|VIEW) (\w+)", block, re.MULTILINE)
            if head is None:
                continue
            found = Relation(head[2], head[1], lines[0].removeprefix("-- "))
            pattern = _COLUMN if head[1] == "TABLE" else _SELECTED
            for line in lines:
                if column := pattern.match(line):
                    kind = column["type"].strip() if head[1] == "TABLE" else ""
                    found.columns[column["name"]] = (kind, column["meaning"])
            if head[1] == "TABLE":
                tables[found.name] = found
            elif rows := _FROM_ROWS.search(block):
                made = {name: (MADE[name], meaning) for name, (_, meaning) in found.columns.items()}
                found.columns.clear()
                found.columns.update(
                    (name, told)
                    for name, told in (tables[rows[1]].columns | made).items()
                    if name not in STORED_ONLY
                )
            yield found


def comments() -> Iterator[str]:
    """SQL that puts the words into the file, so that `duckdb_columns()` tells them to anybody."""
    for relation in relations():
        yield f"COMMENT ON {relation.kind} {relation.name} IS {_quoted(relation.meaning)}"
        for name, (_, meaning) in relation.columns.items():
            yield f'COMMENT ON COLUMN {relation.name}."{name}" IS {_quoted(meaning)}'


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
