"""The table form of the knowledge base: one CSV form for things with names, one for terms of office."""

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

from dragoman.errors import KnowledgeError

DATA = files("dragoman.knowledge") / "data"
ENTITY_COLUMNS = (
    "id", "kind", "name", "names", "country", "sectors", "form", "wikidata", "start", "end", "source",
)  # fmt: skip
TERM_COLUMNS = (
    "person", "aliases", "country", "office", "office_key", "sectors", "start", "end", "wikidata", "source",
)  # fmt: skip
ENTITY_TABLES = (
    "hand/countries.csv", "built/countries.csv", "hand/metonyms.csv", "hand/states.csv",
    "hand/others.csv", "hand/regions.csv", "built/regions.csv", "hand/organisations.csv", "hand/groups.csv",
    "built/groups.csv", "hand/parties.csv", "built/parties.csv", "hand/media.csv", "built/media.csv",
)  # fmt: skip
TERM_TABLES = ("hand/people.csv", "built/people.csv")


def rows(table: str, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield the rows of one table under `data`, in file order. Raises KnowledgeError with file and line."""
    file: Traversable = DATA / table
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(
            f"cannot be read ({error})", where=f"knowledge/data/{table}", do="Run `make knowledge`"
        ) from error
    reader = csv.reader(text.splitlines())
    head = next(reader, [])
    if tuple(head) != columns:
        raise KnowledgeError(
            f"has the columns {head}", where=f"knowledge/data/{table}:1", do=f"Write {','.join(columns)}"
        )
    width = len(columns)
    for row in reader:
        if len(row) != width:
            raise KnowledgeError(
                f"has {len(row)} fields",
                where=f"knowledge/data/{table}:{reader.line_num}",
                do=f"Give {width}, or quote the commas",
            )
        yield row


def day(text: str) -> date | None:
    """A day as tables write it (YYYY-MM-DD), or None for an open side."""
    return date.fromisoformat(text) if text else None
