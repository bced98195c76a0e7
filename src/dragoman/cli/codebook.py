"""`dragoman codebook`: what the codes mean."""

from typing import Annotated

import typer

from dragoman.cli.options import JsonOption


def codebook(
    code: Annotated[
        str | None,
        typer.Argument(
            help="A code: a type, TYPE/mode, context, sector or CAMEO code. Without it: the list.",
            show_default=False,
        ),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option(help="Entries whose code, name or definition holds this word.", show_default=False),
    ] = None,
    json: JsonOption = False,
) -> None:
    """List the codebook, describe one code, or search it.

    Example: dragoman codebook CONSULT
    """
    from dragoman.cli.entries import show_codebook

    show_codebook(code, search=search, as_json=json)
