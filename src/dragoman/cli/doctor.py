"""`dragoman doctor`: whether all is there, and how fast it is here."""

from typing import Annotated

import typer

from dragoman.cli.options import JsonOption, settings


def doctor(
    json: JsonOption = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out loading the coder and its speed.")
    ] = False,
) -> int:
    """Show versions, settings, hashes, sizes and the speed here.

    Exit status: 0 all is there, 1 something is missing or damaged.

    Example: dragoman doctor --quick
    """
    from dragoman.cli.diagnosis import diagnose, show

    found = diagnose(settings(), quick=quick)
    show(found, as_json=json)
    return 1 if found["faults"] else 0
