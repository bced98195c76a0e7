"""Pages from a server of this machine: limits, redirections, private addresses."""

import gzip
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dragoman.intake import Fault, Raw, follow_link
from dragoman.intake.fetch import FetchError, _is_public, fetch

PAGE = b"<html><head><title>T</title></head><body><article><p>caf\xe9</p></article></body></html>"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        kind, packed, body = "text/html; charset=iso-8859-1", None, PAGE
        if self.path == "/loop":
            return self.answer(302, {"Location": "/loop"})
        if self.path == "/to":
            return self.answer(301, {"Location": "/page"})
        if self.path == "/file":
            return self.answer(302, {"Location": "file:///etc/passwd"})
        if self.path == "/gone":
            return self.answer(410, {})
        if self.path == "/pdf":
            kind = "application/pdf"
        if self.path == "/large":
            body = b"x" * 5_000
        if self.path == "/bomb":
            packed, body = "gzip", gzip.compress(b"x" * 5_000_000)
        if self.path == "/packed":
            packed, body = "gzip", gzip.compress(PAGE)
        headers = {"Content-Type": kind, **({"Content-Encoding": packed} if packed else {})}
        if self.path == "/broken":
            headers["Content-Length"] = str(len(body) + 100)
        self.answer(200, headers, body, drip=self.path == "/drip")

    def answer(self, status: int, headers: dict[str, str], body: bytes = b"", drip: bool = False) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for _ in range(40 if drip else 0):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.1)
        self.wfile.write(body)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        serving.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=serving.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


@pytest.mark.parametrize("path", ["/page", "/to", "/packed"])
def test_a_page_comes_with_what_its_server_says(server: str, path: str) -> None:
    found = fetch(server + path, largest=4_000, allow_private=True)
    assert (found.content, found.kind, found.charset) == (PAGE, "text/html", "iso-8859-1")
    assert found.date is not None
    assert found.date.endswith("+00:00")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/loop", "more than 5 redirections"),
        ("/file", "is no http or https address"),
        ("/gone", "the answer is 410"),
        ("/large", "more than 0 MB"),
        ("/bomb", "more than 0 MB"),
        ("/broken", "cannot be fetched"),
        ("/drip", "no whole answer within 0.5 seconds"),
    ],
)
def test_what_does_not_come_whole_says_why(server: str, path: str, words: str) -> None:
    begin = time.monotonic()
    with pytest.raises(FetchError, match=words):
        fetch(server + path, largest=4_000, allow_private=True, seconds=0.5 if path == "/drip" else 20)
    assert time.monotonic() - begin < 3.5


@pytest.mark.parametrize(
    "name", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0.0.0.0", "169.254.169.254"]
)
def test_private_addresses_are_not_asked_however_they_are_written(name: str) -> None:
    with pytest.raises(FetchError, match=r"private network|cannot be fetched"):
        fetch(f"http://{name}:9/", largest=10, seconds=2)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org",
        "http://",
        "http://u:p@example.org/",
        "x\n",
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, largest=10, allow_private=True, seconds=2)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1", True),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("224.0.0.1", False),
        ("::", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert _is_public(address) == public


def linked(url: str | None) -> Raw:
    return Raw(content="short", form="link", file="feed#1", source_id="1", url=url, published="2023-06-26")


def test_a_link_becomes_its_page_and_keeps_what_the_feed_says(server: str) -> None:
    found = follow_link(linked(server + "/page"), allow_private=True)
    assert isinstance(found, Raw)
    assert (found.form, found.published, found.source_id) == ("html", "2023-06-26", "1")
    assert "café" in str(found.content)


@pytest.mark.parametrize(
    ("path", "words"), [("/pdf", "application/pdf"), ("/gone", "410"), (None, "no link")]
)
def test_a_link_that_leads_to_no_page_is_a_fault(server: str, path: str | None, words: str) -> None:
    fault = follow_link(linked(server + path if path else None), allow_private=True)
    assert isinstance(fault, Fault)
    assert (fault.error, fault.file, fault.lost) == ("FetchError", "feed#1", True)
    assert words in fault.what


def test_only_links_are_followed() -> None:
    raw = Raw(content="text", url="http://127.0.0.1:9/")
    assert follow_link(raw) is raw


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_https_is_checked_read_and_ended_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    make += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(make, check=True, capture_output=True)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        serving.handle_error = lambda *_: None  # type: ignore[method-assign]
        serving.socket = theirs.wrap_socket(serving.socket, server_side=True)
        threading.Thread(target=serving.serve_forever, args=(0.05,), daemon=True).start()
        url = f"https://localhost:{serving.server_port}"
        with pytest.raises(FetchError, match="certificate"):
            fetch(url + "/page", largest=4_000, allow_private=True)
        trusting = ssl.create_default_context(cafile=str(certificate))
        monkeypatch.setattr(ssl, "create_default_context", lambda: trusting)
        assert fetch(url + "/page", largest=4_000, allow_private=True).content == PAGE
        with pytest.raises(FetchError, match="no whole answer within 1 second"):
            fetch(url + "/drip", largest=4_000, allow_private=True, seconds=1)
        serving.shutdown()
