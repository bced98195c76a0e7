"""Options that several commands share, and how they join the settings."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.settings import Settings, read_settings


class To(StrEnum):
    """Forms of the output."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


class Form(StrEnum):
    """Forms of the input."""

    auto = "auto"
    text = "text"
    html = "html"
    jsonl = "jsonl"
    feed = "feed"
    warc = "warc"


class Which(StrEnum):
    """Which records a flat file or a table holds."""

    events = "events"
    statements = "statements"


FormOption = Annotated[
    Form | None, typer.Option("--form", help="What the inputs are; auto tells by name and first bytes.")
]
PublishedOption = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="YYYY-MM-DD",
        help="Day of publication, for texts that do not say; relative dates hang on it.",
    ),
]
FollowOption = Annotated[
    bool,
    typer.Option(
        "--follow",
        help="Of feeds: fetch the page of each item that is new, and code that instead of the item.",
    ),
]
PrivateOption = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Fetch also from this machine and from networks that are not public."
    ),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", help="Write here instead of to standard output.", show_default=False)
]
ActorsOption = Annotated[
    Path | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        help="Your own actors (TOML or CSV): they win over the tables of the package.",
        show_default=False,
    ),
]
CodebookOption = Annotated[
    Path | None,
    typer.Option(
        "--codebook",
        metavar="FILE",
        help="Your own categories (TOML), or a shipped one: protest, ceasefire.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def settings(**command_line: Any) -> Settings:
    """Settings of this run. This is the one place that looks at the environment and the working folder."""
    return read_settings(Path.cwd(), os.environ, command_line)
