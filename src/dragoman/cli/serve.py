"""`dragoman serve`: a store as pages and an API."""

from pathlib import Path
from typing import Annotated

import typer


def serve(
    store: Annotated[Path, typer.Argument(help="A store made by `dragoman code --into`.")],
    host: Annotated[
        str, typer.Option(help="Address to listen at; any but this machine's own needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0: any that is free.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            help="What everybody who asks must show; `new` makes one and prints it.", show_default=False
        ),
    ] = None,
    codebook: Annotated[
        list[Path] | None,
        typer.Option(
            help="Your own categories (TOML), which a posted text may ask for by the file's name; may be repeated.",
            metavar="FILE",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open a store in the browser, and as a REST API (extra `serve`).

    Only this machine can reach it unless --host and --token say otherwise. docs/api.md describes the API.

    Example: dragoman serve news.duckdb
    """
    from dragoman.cli.serving import run_server

    run_server(store, host=host, port=port, token=token, codebooks=codebook or ())
