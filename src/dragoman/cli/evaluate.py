"""`dragoman evaluate`: how near a coder comes to gold."""

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import JsonOption


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold file: JSON Lines, one document a line.")],
    coded: Annotated[Path, typer.Argument(help="Output of `code --to jsonl` on the same texts.")],
    differences: Annotated[
        bool, typer.Option("--list", help="List every record found wrongly, missed or made up.")
    ] = False,
    lenient_bodies: Annotated[
        bool, typer.Option("--lenient-bodies", help="Count UNO and EUR as IGO, as older gold files do.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Score coded records against gold, with intervals.

    By layer, by type and by field, with the types that were taken for one another.

    Example: dragoman evaluate gold.jsonl records.jsonl --list
    """
    import sys

    from dragoman import evaluation

    scores = evaluation.evaluate(gold, coded, lenient_bodies=lenient_bodies)
    if json:
        sys.stdout.buffer.write(evaluation.to_json(scores, differences=differences))
        return
    typer.echo(evaluation.to_text(scores), nl=False)
    if differences:
        for line in evaluation.listing(scores.differences):
            typer.echo(line.plain)
