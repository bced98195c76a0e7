"""`dragoman who`: what the tables know of a name on a day, and which reading is chosen."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from dragoman.cli.options import ActorsOption, OutOption, settings


class To(StrEnum):
    """Forms of the answer."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


def who(
    name: Annotated[str, typer.Argument(help="A name as a text would give it.")],
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help="Day of the event; without it the latest term counts.",
            show_default=False,
        ),
    ] = None,
    actors: ActorsOption = None,
    to: Annotated[
        To, typer.Option(help="table and json: the whole answer; jsonl and csv: one candidate a row.")
    ] = To.table,
    out: OutOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Show at most so many candidates.")] = 10,
) -> int:
    """Say who a name was on a day, and why.

    Candidates, their terms and sources, the reason for the choice, and the runner-up. NAME may be a person, with
    or without title and country, a body, group or state, or an office alone. Exit status: 0 somebody is known by
    it, 1 nobody.

    Example: dragoman who "Sergey Lavrov" --on 2023-06-25
    """
    from dragoman.cli.answers import run_who

    day = on.date() if on is not None else None
    return run_who(name, day, settings(actors=actors), to=to.value, out=out, limit=limit)
