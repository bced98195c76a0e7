"""What `export` and `import` share: formats by name, records from stores and files, losses told."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import typer

from dragoman.errors import UsageError
from dragoman.records import Coded, from_jsonl
from dragoman.store import open_store, read_coded
from dragoman.store.formats import FORMATS, Format, Losses

DUCKDB: Final = b"DUCK"  # stands at byte 8 of every DuckDB file
DUCKDB_AT: Final = 8


def format_of(name: str) -> Format:
    """The format of a name. Raises UsageError with the known names."""
    if name not in FORMATS:
        raise UsageError(
            f"there is no format {name!r}", where="FORMAT", do=f"Write one of: {', '.join(FORMATS)}"
        )
    return FORMATS[name]


def records_of(name: str) -> Iterator[Coded]:
    """The coded documents of a store or of a file of JSON Lines; - is standard input."""
    if name == "-":
        yield from from_jsonl(sys.stdin.buffer, where="standard input")
        return
    path = Path(name)
    if not path.is_file():
        raise UsageError(
            "there is no such file", where=name, do="Name a store or JSON Lines of `dragoman code`"
        )
    with path.open("rb") as file:
        is_store = file.read(DUCKDB_AT + len(DUCKDB))[DUCKDB_AT:] == DUCKDB
        if not is_store:
            file.seek(0)
            yield from from_jsonl(file, where=name)
            return
    with open_store(path) as connection:
        yield from read_coded(connection, where=name)


def to_be_read(format: Format) -> None:
    """Raise UsageError for a format that holds no events."""
    if format.read is None:
        raise UsageError(
            f"{format.title} tells where events of another file are mentioned, and holds none itself",
            where="import",
            do="Import the Events file: dragoman import gdelt",
        )


def read_all(format: Format, paths: Iterable[Path], losses: Losses) -> Iterator[Coded]:
    """The events of all files, in order."""
    assert format.read is not None
    for path in paths:
        yield from format.read(path, losses)


@contextmanager
def opened(out: Path | None, *, binary: bool = False) -> Iterator[IO[bytes]]:
    """The place to write to: a file that is there whole or not at all, or standard output."""
    if out is None:
        if binary:
            raise UsageError(
                "Parquet cannot go to standard output", where="--out", do="Add --out NAME.parquet"
            )
        yield sys.stdout.buffer
        return
    if not out.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}", where=f"--out {out}", do="Make it first")
    if out.is_dir():
        raise UsageError("is a folder", where=f"--out {out}", do="Give the name of a file")
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def tell(command: str, lines: Sequence[str]) -> None:
    """What was left out or lost, a line each, on standard error."""
    for line in lines:
        typer.echo(f"{command}: {line}", err=True)
