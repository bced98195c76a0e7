"""`dragoman diff`: what changed between two codings."""

import sys
from collections import Counter
from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import OutOption, To

FromOption = typer.Option(metavar="FORM", show_default=False)


def diff(
    before: Annotated[Path, typer.Argument(metavar="A", help="A store, a .jsonl file, or another system's.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="What it is compared with.")],
    from_a: Annotated[
        str | None,
        typer.Option(
            help="What A is, where its name does not say: store, jsonl, icews …", show_default=False
        ),
    ] = None,
    from_b: Annotated[str | None, typer.Option(help="What B is.", show_default=False)] = None,
    to: Annotated[
        To | None,
        typer.Option(
            help="Form of the list. Without it: by the name in --out, a table on a terminal, else csv."
        ),
    ] = None,
    out: OutOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many changes.", show_default=False)
    ] = None,
) -> None:
    """List what changed from A to B, by field, with the text.

    Records are added, lost or changed. A and B are two runs, releases or codebooks; or our coding and another system's
    file, whose events are matched by type, day and countries. A line on standard error counts the changes.

    Example: dragoman diff old.duckdb new.duckdb --to csv
    """
    from dragoman.cli.rows import form_of_rows, needs_out, show_rows
    from dragoman.store.codings import read_any
    from dragoman.store.diff import Change
    from dragoman.store.diff import diff as changes
    from dragoman.store.query import write_rows

    found = list(changes(read_any(before, from_a), read_any(after, from_b)))
    columns = [field.name for field in fields(Change)]
    rows = [tuple(asdict(change).values()) for change in found]
    form = form_of_rows(to.value if to else None, out)
    if form == "parquet":
        write_rows(columns, rows[:limit], needs_out(out))
    else:
        show_rows(columns, rows, to=form, out=out, limit=limit)
    counts = Counter(f"{change.record}s {change.change}" for change in found if change.change != "changed")
    counts |= Counter(
        f"{record}s changed" for record, _ in {(c.record, c.id) for c in found if c.change == "changed"}
    )
    told = ", ".join(f"{number} {what}" for what, number in sorted(counts.items())) or "no change"
    print(f"dragoman: {told}", file=sys.stderr)
