"""A coding by the name of its file: a store, JSON Lines of Dragoman, or a file of another system."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dragoman.errors import UsageError
from dragoman.records import Coded, from_jsonl
from dragoman.store.file import open_store
from dragoman.store.formats import FORMATS
from dragoman.store.read import read_coded

STORES: Final = (".duckdb", ".ddb", ".db")


def read_any(path: Path, form: str | None = None) -> Iterator[Coded]:
    """Yield what a file holds. form: `store`, `jsonl` or a format that can be imported; null: by the file's name.

    Raises UsageError for a form that is unknown or cannot be told, InputError or StoreError for a file that is bad.
    """
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), do="Name a store or a file of records")
    kind = form or _by_name(path)
    if kind == "store":
        with open_store(path) as connection:
            yield from read_coded(connection, where=str(path))
    elif kind == "jsonl":
        with path.open("rb") as lines:
            yield from from_jsonl(lines, where=str(path))
    else:
        reader = FORMATS[kind].read if kind in FORMATS else None
        if reader is None:
            known = ", ".join(["store", "jsonl", *(name for name, one in FORMATS.items() if one.read)])
            raise UsageError(f"{kind!r} cannot be read", where=str(path), do=f"Choose among {known}")
        yield from reader(path)


def _by_name(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in STORES:
        return "store"
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    raise UsageError(
        "its name does not say what it is",
        where=str(path),
        do="Say it: --from-a or --from-b, icews for example",
    )
