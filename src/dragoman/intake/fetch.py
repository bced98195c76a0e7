"""One page or feed from the net: http and https only, no private address, and an end to size and time.

An address may come out of a feed that anybody wrote. So each host is looked up once and the connection goes to just the
addresses that were checked; and each redirection is checked anew. Proxies of the environment are not used.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from dragoman.errors import InputError

SECONDS: Final = 30.0  # for one address with all its redirections
REDIRECTIONS: Final = 5
PIECE: Final = 65_536
SCHEMES: Final = {"http": 80, "https": 443}
HEADERS: Final = {"User-Agent": "dragoman (reads news)", "Accept-Encoding": "gzip", "Connection": "close"}
LOOK: Final = "Look whether the address opens in a browser; give the same command again later"


class FetchError(InputError):
    """An address that is not allowed, or does not answer with what was asked for; it may another time."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. kind: its media type, in lower case; charset, date: as the answer says, or null."""

    content: bytes
    kind: str
    charset: str | None
    date: str | None


def fetch(url: str, *, largest: int, allow_private: bool = False, seconds: float = SECONDS) -> Fetched:
    """Get what an address gives.

    largest: bytes, packed or not. allow_private: also hosts of this machine and of networks that are not public.
    Raises FetchError, and nothing else.
    """
    until = time.monotonic() + seconds
    at = url
    try:
        for _ in range(REDIRECTIONS + 1):
            answer = _ask(_parts(at, where=url), url, largest, allow_private, until)
            if time.monotonic() >= until:  # a connection that was shut ends like one that is complete
                raise TimeoutError
            if isinstance(answer, Fetched):
                return answer
            at = urljoin(at, answer)
    except (OSError, http.client.HTTPException, ValueError, zlib.error, EOFError) as error:
        if time.monotonic() >= until:
            raise FetchError(f"no whole answer within {seconds:g} seconds", where=url, do=LOOK) from error
        raise FetchError(f"cannot be fetched ({_words(error)})", where=url, do=LOOK) from error
    raise FetchError(f"more than {REDIRECTIONS} redirections", where=url, do=LOOK)


def _parts(url: str, *, where: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise FetchError(
            f"{url[:200]!r} is no http or https address", where=where, do="Give one that begins with https://"
        )
    if parts.username or parts.password:
        raise FetchError(
            "the address holds a name or password", where=where, do="Leave them out: they would be stored"
        )
    return parts


def _ask(parts: SplitResult, where: str, largest: int, allow_private: bool, until: float) -> Fetched | str:
    """The answer of one address, or the address that it sends to."""
    host, port = str(parts.hostname), parts.port or SCHEMES[parts.scheme]
    plain = _open(host, port, where, allow_private, until)
    # The clock of a socket begins anew with each byte that comes; this one does not.
    layers = [plain]
    watch = threading.Timer(max(0.0, until - time.monotonic()), _shut, [layers])
    watch.daemon = True
    watch.start()
    try:
        connection = http.client.HTTPConnection(host, port)
        with closing(connection):
            if parts.scheme == "https":
                context = ssl.create_default_context()
                tls = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
                layers.append(tls)
                tls.do_handshake()
            connection.sock = layers[-1]
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
            query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
            connection.request(
                "GET", path + ("?" + query if query else ""), headers={"Host": _host(parts), **HEADERS}
            )
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308) and (to := answer.headers.get("Location")):
                return to
            if answer.status != 200:
                raise FetchError(f"the answer is {answer.status} {answer.reason}", where=where, do=LOOK)
            content = _body(answer, where, largest)
            if answer.length:
                raise EOFError("the answer broke off")
            return Fetched(content, *_said(answer.headers))
    finally:
        watch.cancel()
        for layer in layers:
            layer.close()


def _open(host: str, port: int, where: str, allow_private: bool, until: float) -> socket.socket:
    """A connection to one of the host's addresses, all of which must be allowed."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_, address in found:
        if not allow_private and not _is_public(str(address[0])):
            raise FetchError(
                f"{host} is in a private network ({address[0]})",
                where=where,
                do="Give --allow-private if that is meant",
            )
    last: OSError = OSError("the host has no address")
    for family, kind, protocol, _, address in found:
        one = socket.socket(family, kind, protocol)
        try:
            one.settimeout(max(0.1, until - time.monotonic()))
            one.connect(address)
            return one
        except OSError as error:
            one.close()
            last = error
    raise last


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or ip  # both lead to a host of the older kind
        if ip in ipaddress.ip_network("64:ff9b::/96") if ip.version == 6 else False:
            return False
    return ip.is_global and not ip.is_multicast


def _host(parts: SplitResult) -> str:
    name = str(parts.hostname)
    name = f"[{name}]" if ":" in name else name.encode("idna").decode()
    return name if parts.port is None else f"{name}:{parts.port}"


def _body(answer: http.client.HTTPResponse, where: str, largest: int) -> bytes:
    """The content, unpacked piece by piece, so that a small answer cannot become a huge one."""
    packed = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", ""):
        raise FetchError(f"the answer is packed by {packed[:40]!r}", where=where, do=LOOK)
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packed else None
    content = bytearray()
    while piece := answer.read1(PIECE):
        content += piece if unpack is None else unpack.decompress(piece, largest + 1 - len(content))
        if len(content) > largest or (unpack is not None and unpack.unconsumed_tail):
            raise FetchError(
                f"the answer has more than {largest / 1e6:.0f} MB",
                where=where,
                do="Save it, and give its parts",
            )
    if unpack is not None and not unpack.eof:
        raise EOFError("the answer broke off")
    return bytes(content)


def _said(headers: Message) -> tuple[str, str | None, str | None]:
    date = None
    with suppress(ValueError, TypeError, IndexError):
        date = parsedate_to_datetime(headers.get("Date", "")).astimezone(UTC).isoformat()
    return headers.get_content_type(), headers.get_content_charset(), date


def _shut(layers: list[socket.socket]) -> None:
    """End what is read from a connection just now, whoever holds it; its own way of ending is not for two threads."""
    with suppress(OSError):
        socket.socket.shutdown(layers[-1], socket.SHUT_RDWR)


def _words(error: Exception) -> str:
    return " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())[:200]
