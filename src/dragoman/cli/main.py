"""The command line: one file a command, each of which parses, calls and prints.

Heavy libraries are imported inside the commands that need them: help and wrong options answer at once.
"""

import os
import sys
from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from dragoman.cli import (
    code,
    codebook,
    corpus,
    diff,
    doctor,
    evaluate,
    explain,
    export,
    missed,
    probe,
    query,
    quotes,
    schema,
    series,
    serve,
    who,
)
from dragoman.errors import DragomanError, UsageError

FAILED: Final = 1
WRONG_USE: Final = 2
STOPPED: Final = 130  # as a shell reports a program ended by Ctrl-C
UsageFault: Final[Any] = typer.BadParameter.__mro__[1]  # Click's own class moved between versions of typer

app = typer.Typer(
    name="dragoman",
    help="Read news and write the record: who did or said what to whom, when, where, according to whom.\n\n"
    "Example: dragoman code --sample",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"dragoman {version('dragoman')}")
        raise typer.Exit


@app.callback()
def dragoman(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options before the command."""


COMMANDS: Final[tuple[Callable[..., Any], ...]] = (
    code.code,
    query.query,
    quotes.quotes,
    series.series,
    serve.serve,
    diff.diff,
    explain.explain,
    who.who,
    missed.missed,
    export.export,
    export.import_,
    evaluate.evaluate,
    probe.probe,
    doctor.doctor,
    schema.schema,
)
for command in COMMANDS:
    app.command()(command)
GROUPS: Final[tuple[typer.Typer, ...]] = (codebook.app, corpus.app)
for group in GROUPS:
    app.add_typer(group)


def run() -> None:
    """Run the command line; end with 0 (good), 1 (some documents failed) or 2 (wrong use)."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Run one command, return its exit status; errors raised on purpose become a line on standard error."""
    try:
        status = app(arguments or ["--help"], prog_name="dragoman", standalone_mode=False)
        sys.stdout.flush()
        if not arguments:
            return WRONG_USE
        return status if isinstance(status, int) else 0
    except (BrokenPipeError, SystemExit):  # typer makes the second of the first, and of nothing else here
        # The reader of our output has seen enough; nothing more may be flushed into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except UsageFault as fault:
        at = fault.ctx.command_path if fault.ctx else "dragoman"
        message = fault.format_message()
        end = "" if message.endswith((".", "?")) else "."
        print(f"{at}: {message}{end} See `{at} --help`.", file=sys.stderr)
        return WRONG_USE
    except DragomanError as error:
        print(f"dragoman: {error}", file=sys.stderr)
        return WRONG_USE if isinstance(error, UsageError) else FAILED
    except (KeyboardInterrupt, typer.Abort):
        print("dragoman: stopped", file=sys.stderr)
        return STOPPED
