"""Write docs/cli.md from what `dragoman --help` and the columns say; a test compares.

Usage: python scripts/build_cli_docs.py
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from typer.testing import CliRunner

from dragoman.cli.columns import EVENT_COLUMNS, STATEMENT_COLUMNS, Column
from dragoman.cli.main import COMMANDS, GROUPS, app
from dragoman.cli.writers import SQL_TYPES
from dragoman.settings import PREFIX, Settings

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
WIDTH = 90
HEAD = """<!-- Made by scripts/build_cli_docs.py from the program itself; do not edit. -->
# The command line

Records go to standard output, all else to standard error. Exit status: 0 good; 1 some inputs failed or had
to be mended (one line each, and a row each in `--errors`); 2 wrong use.
"""
SETTINGS = """## Settings

A value is taken from the command line, else the environment, else `dragoman.toml` or `[tool.dragoman]` in a
`pyproject.toml` of this folder or the nearest above it, else the default. `dragoman doctor` says where each
came from.

| in a file | in the environment | default |
|---|---|---|"""
COLUMNS = """
## Columns of CSV and Parquet

One row an event (or a statement). Lists stand side by side: the n-th country belongs to the n-th name; an
actor of several states or sectors joins them with "/". In CSV a list is joined with ";" (a ";" inside a
value becomes ","), and null is an empty cell. CAMEO codes are text: read them as text, or their leading
zeros are lost.
"""


def page() -> str:
    """The whole page."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield HEAD
    yield _help()
    for command in COMMANDS:
        yield f"## dragoman {command.__name__}\n"
        yield _help(command.__name__)
    for group in GROUPS:
        for one in group.registered_commands:
            assert one.callback is not None
            yield f"## dragoman {group.info.name} {one.callback.__name__}\n"
            yield _help(str(group.info.name), one.callback.__name__)
    yield SETTINGS
    for key, default in Settings().values().items():
        shown = "none" if default is None else default
        yield f"| `{key}` | `{PREFIX}{key.upper()}` | {shown} |"
    yield COLUMNS
    yield from _columns("Events", EVENT_COLUMNS)
    yield from _columns("Statements", STATEMENT_COLUMNS)


def _help(*command: str) -> str:
    result = CliRunner().invoke(app, [*command, "--help"], prog_name="dragoman", terminal_width=WIDTH)
    return f"```\n{result.stdout.strip()}\n```\n"


def _columns(title: str, columns: Sequence[Column]) -> Iterator[str]:
    yield f"### {title}\n"
    yield "| column | type | meaning |\n|---|---|---|"
    for column in columns:
        yield f"| `{column.name}` | {SQL_TYPES[column.kind]} | {column.meaning} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
