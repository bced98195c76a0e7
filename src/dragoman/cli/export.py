"""`dragoman export`: records out, in the form of another system."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import OutOption

if TYPE_CHECKING:
    from dragoman.records import Coded

FormatArgument = Annotated[
    str,
    typer.Argument(
        metavar="FORMAT",
        help="plover, polecat, icews, gdelt, gdelt-mentions, phoenix, csv, parquet or geojson.",
        show_default=False,
    ),
]


def export(
    format: FormatArgument,
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Stores, JSON Lines of `dragoman code`, or - for standard input.", show_default=False
        ),
    ],
    out: OutOption = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Write also acts that are negated, to come, supposed or uncertain; CAMEO files cannot say so.",
        ),
    ] = False,
) -> None:
    """Write events in the form of another system.

    What the form cannot hold is told on standard error; docs/exports.md says what each one holds, and how its
    users know missing values.

    Example: dragoman export gdelt news.duckdb --out news.export.CSV
    """
    from dragoman.cli.formats import format_of, opened, tell

    chosen = format_of(format)
    with opened(out, binary=chosen.name == "parquet") as stream:
        tell("export", chosen.write(_all_of(inputs), stream, everything=everything))


def _all_of(inputs: Iterable[str]) -> Iterator["Coded"]:
    from dragoman.cli.formats import records_of

    for name in inputs:
        yield from records_of(name)


def import_(
    format: FormatArgument,
    inputs: Annotated[
        list[Path],
        typer.Argument(help="Files of that form, also zipped or gzipped.", show_default=False),
    ],
    out: OutOption = None,
    into: Annotated[
        Path | None, typer.Option(help="Put the events into this store.", show_default=False)
    ] = None,
) -> None:
    """Read events of another system as records.

    One event a row, without a text but the row's own label; `why` says where it came from. So series and
    differences can set other codings beside ours.

    Example: dragoman import icews events.2023.tab --into news.duckdb
    """
    from dragoman.cli.formats import format_of, opened, read_all, tell, to_be_read
    from dragoman.errors import UsageError
    from dragoman.records import to_jsonl
    from dragoman.store import open_store, write_files
    from dragoman.store.formats import Losses

    if out is not None and into is not None:
        raise UsageError("--out and --into exclude each other", where="import", do="Give one of them")
    chosen, losses = format_of(format), Losses()
    to_be_read(chosen)
    if into is not None:
        with open_store(into, write=True) as connection:
            write_files(connection, chosen, inputs, losses)
    else:
        with opened(out) as stream:
            for one in read_all(chosen, inputs, losses):
                stream.write(to_jsonl(one))
    tell("import", losses.lines())


import_.__name__ = "import"  # a word that Python keeps for itself; help, manual and tests name commands by it
