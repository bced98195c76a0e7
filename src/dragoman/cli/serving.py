"""What `dragoman serve` does: make the app, listen, and say where."""

import secrets
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dragoman.cli.batch import check_codebook
from dragoman.cli.options import settings
from dragoman.errors import UsageError

LIFE_SECONDS: Final = 5  # of an idle connection, and of the last answers when the server ends


def run_server(
    store: Path, *, host: str, port: int, token: str | None, codebooks: Sequence[Path] = ()
) -> None:
    """Serve until Ctrl-C."""
    try:
        import uvicorn

        from dragoman.service.api import make_app
        from dragoman.service.coding import CodingDesk, named_codebooks
        from dragoman.service.guard import Door
    except ImportError as error:
        raise UsageError(
            f"the server is not installed ({error.name})", where="serve", do="pip install 'dragoman[serve]'"
        ) from error
    for path in codebooks:
        check_codebook(str(path))
    offered = named_codebooks(codebooks)
    made = token == "new"
    door = Door(host, secrets.token_urlsafe(24) if made else token)
    app = make_app(store, door=door, coding=CodingDesk(model=settings().model, codebooks=offered))
    listening = _listen(host, port)
    address = f"http://{_shown(host)}:{listening.getsockname()[1]}/"
    print(f"dragoman: {store} is open at {address} (API: {address}api); Ctrl-C ends it", file=sys.stderr)
    if made:
        print(f"dragoman: the token is {door.token}", file=sys.stderr)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=LIFE_SECONDS,
            timeout_graceful_shutdown=LIFE_SECONDS,
            limit_concurrency=200,
        )
    )
    server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # Only of a socket that says it is TCP, asyncio sends small pieces at once: a body would wait 40 ms for its header.
        found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen()  # who opens the address that is printed waits, and is not refused
    except OSError as error:
        raise UsageError(
            f"cannot listen at {host}, port {port} ({error.strerror or error})",
            where="serve",
            do="Give another --port, or --port 0 for any that is free",
        ) from error
    return found


def _shown(host: str) -> str:
    """The address for a browser on this machine."""
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1" if host == "0.0.0.0" else "[::1]"
    return f"[{host}]" if ":" in host else host
