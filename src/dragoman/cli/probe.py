"""`dragoman probe`: sentences changed in one thing, and what the coder makes of it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ReportForm(StrEnum):
    """Forms of the report."""

    table = "table"
    json = "json"


def probe(
    suite: Annotated[
        list[Path] | None,
        typer.Argument(help="Suites of your own (docs/probes.md). Without: that of the package."),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this kind; may be given several times: plain swap negate future passive hypothetical date "
            "indirect cue nest rename link.",
            show_default=False,
        ),
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", help="List each failure: its text, what was expected, what came.")
    ] = False,
    to: Annotated[ReportForm, typer.Option(help="Form of the report.")] = ReportForm.table,
    model: Annotated[
        Path | None,
        typer.Option(help="Folder of another model of the same form.", show_default=False),
    ] = None,
) -> None:
    """Change sentences in one thing, and compare the records.

    Columns: passed, every field is right; steady, the fields that the change leaves alone are as in the coder's own
    record of the unchanged sentence; sound base, how many pass of those whose unchanged sentence passes.

    Example: dragoman probe --kind negate --kind swap --list
    """
    import sys

    from dragoman import load
    from dragoman.cli.options import settings
    from dragoman.errors import GoldError, UsageError
    from dragoman.evaluation.probe_report import probe_json, probe_lines
    from dragoman.evaluation.probes import load_probes
    from dragoman.evaluation.probing import run

    try:
        probes = load_probes(*(suite or ()))
        if kind:
            probes.only(kind)
    except GoldError as error:  # a suite or a kind that the user named
        raise UsageError(error.what, where=error.where, do=error.do) from error
    coder = load(model=model or settings().model)
    report = run(probes, lambda text, published: coder(text, published=published), kind or ())
    if to is ReportForm.json:
        sys.stdout.buffer.write(probe_json(report))
        return
    for line in probe_lines(report, listing=listing):
        typer.echo(line)
