"""Who may ask: the host's own name, the token, requests of our own pages; limits of size; headers on every answer."""

import hashlib
import hmac
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.errors import UsageError
from dragoman.service.problems import ProblemError, answer

LOCAL: Final = ("127.0.0.1", "localhost", "::1")
ANY_ADDRESS: Final = ("0.0.0.0", "::", "")
SHORTEST_TOKEN: Final = 16
COOKIE: Final = "dragoman"
LARGEST_BODY: Final = 6_000_000  # a page of 4 MB with what JSON adds
TOO_LARGE: Final = f"is larger than {LARGEST_BODY // 1_000_000} MB"
SMALLER: Final = "Give one article alone"
LARGEST_FORM: Final = 4_000
SAFE: Final = ("GET", "HEAD", "OPTIONS")
OPEN: Final = ("/login", "/login.css")  # what is shown to one without a token
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:;"
    " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Where the server listens and what it asks for. Raises UsageError if others could come in without a token."""

    host: str = "127.0.0.1"
    token: str | None = None

    def __post_init__(self) -> None:
        if self.token is None and not self.is_local:
            raise UsageError(
                f"{self.host} can be reached from other machines, and there is no token",
                where="--host",
                do="Add --token new, or leave --host out to serve this machine alone",
            )
        if self.token is not None and (
            len(self.token) < SHORTEST_TOKEN or not self.token.isascii() or not self.token.isprintable()
        ):
            raise UsageError(
                f"the token has {len(self.token)} characters",
                where="--token",
                do=f"Give {SHORTEST_TOKEN} or more, plain ASCII, or `new` for one made by chance",
            )

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host.casefold() in LOCAL

    def knows(self, name: str) -> bool:
        """Whether a request may call the server so. Without a token only its own names will do.

        With a token and no one address, any name does: a page that comes in by a name of its own has no token,
        and the cookie belongs to the name under which it was set.
        """
        name = name.casefold().strip("[]")
        if name in LOCAL or name == self.host.casefold():
            return True
        return self.token is not None and (self.host in ANY_ADDRESS or _is_address(self.host))

    def is_token(self, given: str) -> bool:
        """Compared in a time that tells nothing."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    @property
    def session(self) -> str:
        """What the cookie holds: not the token, but what only one who knows it could have."""
        return hmac.new((self.token or "").encode(), b"dragoman session", hashlib.sha256).hexdigest()

    def lets_in(self, headers: Headers) -> bool:
        """Whether a request shows the token or the cookie."""
        if self.token is None:
            return True
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer" and self.is_token(given.strip()):
            return True
        cookie = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        return hmac.compare_digest(cookie.encode(), self.session.encode())


class Guard:
    """Stands before the whole app, pages and errors included."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out[name] = value
                out.setdefault("cache-control", "no-store")
            await send(message)

        read = 0

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST_BODY:
                raise ProblemError(413, TOO_LARGE, where="body", do=SMALLER)
            return message

        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        if scope["path"] == "/login" and scope["method"] == "POST":
            await (await self._login(scope, headers, receive))(scope, receive, guarded)
        else:
            await self.app(scope, limited, guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if not self.door.knows(_name(host)):
            return _refuse(
                403, f"this server is not called {host[:100]!r}", "Host", "Use the address that it printed"
            )
        if (reason := _foreign(scope, headers, host)) is not None:
            return _refuse(403, reason, "request", "Ask from the server's own pages, or from a program")
        if scope["method"] not in SAFE and scope["path"] != "/login" and not _is_deliberate(headers):
            return _refuse(
                415,
                f"a body of type {headers.get('content-type', 'none')[:100]!r} without the header X-Dragoman",
                "Content-Type",
                "Send application/json, or add `X-Dragoman: 1`",
            )
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > LARGEST_BODY:
            return _refuse(413, TOO_LARGE, "body", SMALLER)
        if scope["path"] in OPEN or self.door.lets_in(headers):
            return None
        if (
            scope["method"] == "GET"
            and not scope["path"].startswith("/api")
            and "text/html" in headers.get("accept", "")
        ):
            return RedirectResponse("/login", status_code=303)
        problem = _refuse(
            401,
            "there is no token, or a wrong one",
            "Authorization",
            "Send `Authorization: Bearer TOKEN`, or open /login",
        )
        problem.headers["www-authenticate"] = 'Bearer realm="dragoman"'
        return problem

    async def _login(self, scope: Scope, headers: Headers, receive: Receive) -> Response:
        """Take the token of the form, and set the cookie."""
        body = b""
        more = True
        while more and len(body) <= LARGEST_FORM:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        given = parse_qs(body[:LARGEST_FORM].decode("utf-8", "replace")).get("token", [""])[0].strip()
        if not self.door.is_token(given):
            return RedirectResponse("/login?wrong", status_code=303)
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            COOKIE,
            self.door.session,
            httponly=True,
            samesite="strict",
            secure=scope["scheme"] == "https" or headers.get("x-forwarded-proto") == "https",
        )
        return response


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _foreign(scope: Scope, headers: Headers, host: str) -> str | None:
    """Why a request is not one of our own pages or of a program; null if it is.

    A browser says from where it asks (Origin, Sec-Fetch-Site); a program says nothing. Another site may open our
    pages by a link, and nothing else.
    """
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.casefold() != host.casefold():
        return f"asked from {origin[:100]}"
    site = headers.get("sec-fetch-site", "none")
    if site in ("same-origin", "none"):
        return None
    if scope["method"] in SAFE and headers.get("sec-fetch-mode") == "navigate":
        return None
    return "asked from another site"


def _is_deliberate(headers: Headers) -> bool:
    """What a form of another site cannot send: JSON, or a header of our own."""
    kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
    return kind == "application/json" or headers.get("x-dragoman") is not None


def _refuse(status: int, what: str, where: str, do: str) -> Response:
    return answer(status, [{"what": what, "where": where, "do": do}])
