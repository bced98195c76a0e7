"""Parquet of our own flat form, with typed columns; lists stay lists."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from dragoman.errors import InputError
from dragoman.records import Coded
from dragoman.store.formats.flat import CANNOT_HOLD, COLUMNS, TYPES, flat_layout, rows_of
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.layout import read_row

AT_ONCE: Final = 5_000  # rows in memory while reading


def write(coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
    """Write one file; the rows wait in a temporary one, which DuckDB turns into Parquet."""
    import duckdb  # 0.15 s that only this form needs

    losses = Losses()
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        waiting, made = Path(folder) / "rows.jsonl", Path(folder) / "rows.parquet"
        with waiting.open("w", encoding="utf-8") as file:
            for _, row in rows_of(coded, losses, "parquet", everything=everything):
                file.write(json.dumps(row, ensure_ascii=True) + "\n")
        with duckdb.connect() as connection:
            rows = connection.read_json(str(waiting), format="newline_delimited", columns=dict(TYPES))
            rows.write_parquet(str(made), compression="zstd")
        with made.open("rb") as ready:
            while part := ready.read(1 << 20):
                out.write(part)
    return losses.lines()


def read(path: Path, losses: Losses | None = None) -> Iterator[Coded]:
    """One document with one event for each row."""
    import duckdb

    losses = Losses() if losses is None else losses
    with duckdb.connect() as connection:
        try:
            found = connection.execute(f"SELECT {KEY}, * FROM ({cells_of(path)})")
        except duckdb.Error as error:
            raise InputError(
                f"cannot be read ({str(error).splitlines()[0]})",
                where=str(path),
                do="Give a file made by `dragoman export parquet`",
            ) from error
        number = 0
        while rows := found.fetchmany(AT_ONCE):
            for key, *values in rows:
                number += 1
                row = dict(zip(COLUMNS, values, strict=True))
                for name in ("date_start", "date_end"):
                    row[name] = row[name].isoformat() if row[name] else None
                one = read_row(LAYOUT, row, losses, where=f"{path.name}:{number}", key=key)
                if one is not None:
                    yield one


def cells_of(path: Path) -> str:
    """SQL of the rows of a file, with the types of the flat form."""
    names = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in TYPES.items())
    place = str(path).replace("'", "''")
    return f"SELECT {names} FROM read_parquet('{place}')"


LAYOUT: Final = flat_layout("parquet")
# What tells a row from every other: all its values in JSON.
KEY: Final = (
    f"to_json([{', '.join(f'CAST({chr(34)}{name}{chr(34)} AS VARCHAR)' for name in COLUMNS)}])::VARCHAR"
)
PARQUET: Final = Format(
    name="parquet",
    title="Parquet, one row an event",
    suffix=".parquet",
    columns=COLUMNS,
    write=write,
    read=read,
    cannot_hold=CANNOT_HOLD,
    layout=LAYOUT,
)
