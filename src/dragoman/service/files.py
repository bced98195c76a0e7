"""The pages: files of the package, read once when the server starts; no path in a request is ever opened."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from dragoman.service.problems import ProblemError

router = APIRouter(include_in_schema=False)
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is sent."""

    body: bytes
    type: str
    etag: str


def read_files() -> dict[str, File]:
    """All files of the pages by their path below `pages/`, and the login form beside it."""
    root = files("dragoman.service")
    found = {name: _file(one) for name, one in _walk(root / "pages", "")}
    return found | {f"login{end}": _file(root / "login" / f"login{end}") for end in (".html", ".css")}


def _walk(folder: Traversable, before: str) -> Iterator[tuple[str, Traversable]]:
    if not folder.is_dir():
        return
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            yield from _walk(one, f"{before}{one.name}/")
        elif _suffix(one.name) in TYPES:
            yield f"{before}{one.name}", one


def _suffix(name: str) -> str:
    return "." + name.rpartition(".")[2].lower()


def _file(one: Traversable) -> File:
    body = one.read_bytes()
    return File(body, TYPES[_suffix(one.name)], f'"{hashlib.sha256(body).hexdigest()[:32]}"')


@router.api_route("/", methods=["GET", "HEAD"])
def index(request: Request) -> Response:
    """The first page."""
    return send(request, "index.html")


@router.api_route("/login", methods=["GET", "HEAD"])
def login(request: Request) -> Response:
    """The form that takes the token; what it sends is taken by the guard."""
    return send(request, "login.html")


@router.api_route("/{path:path}", methods=["GET", "HEAD"])
@router.api_route("/assets/{path:path}", methods=["GET", "HEAD"])  # the nearer is tried first
def file(request: Request, path: str) -> Response:
    """A page, or what it needs; `article` is `article.html`."""
    return send(request, path)


def send(request: Request, name: str) -> Response:
    """A file, or 304 if the browser has it. Only names found when the server started are looked up."""
    known: dict[str, File] = request.app.state.files
    found = known.get(name) or known.get(f"{name}.html")
    if found is None:
        raise ProblemError(
            404, "there is no such page", where=request.url.path[:200], do="Begin at /, or at /api"
        )
    headers = {"ETag": found.etag, "Cache-Control": "no-cache"}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=found.type, headers=headers)
