"""`dragoman missed`: the most frequent names that no table knows, as rows of a file of your own actors."""

from enum import StrEnum
from typing import Annotated

import typer

from dragoman.cli.options import ActorsOption, FormOption, OutOption, PublishedOption, settings


class To(StrEnum):
    """Forms of the list."""

    toml = "toml"
    csv = "csv"
    jsonl = "jsonl"
    table = "table"


def missed(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for standard input.")],
    coded: Annotated[
        bool,
        typer.Option(
            "--coded",
            help="INPUTS are records of `code --to jsonl`, or stores; they are not coded again.",
        ),
    ] = False,
    actors: ActorsOption = None,
    to: Annotated[
        To | None,
        typer.Option(help="toml and csv: rows for --actors. Without it: by the name in --out, else toml."),
    ] = None,
    out: OutOption = None,
    published: PublishedOption = None,
    form: FormOption = None,
    workers: Annotated[
        int | None,
        typer.Option(help="Processes that code at the same time, as in `dragoman code`.", show_default=False),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="List at most so many names.")] = 50,
    at_least: Annotated[int, typer.Option(min=1, help="Leave out names that are rarer.")] = 1,
) -> int:
    """List the most frequent names that are in no table.

    Counted is who acted, received or spoke; the list is ready for --actors. Each name comes with its count,
    sentences that show it, and what the coder guessed: check and mend that, delete what is nobody. Names that
    FILE has already are left out.

    Example: dragoman missed articles/ --out actors.toml
    """
    from dragoman.cli.unknown import run_missed

    return run_missed(
        inputs,
        settings(form=form, workers=workers, actors=actors),
        coded=coded,
        to=to.value if to else None,
        out=out,
        published=published,
        limit=limit,
        at_least=at_least,
    )
