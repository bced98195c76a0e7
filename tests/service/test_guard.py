"""Who may ask, and what every answer carries."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.errors import UsageError
from dragoman.service.api import make_app
from dragoman.service.guard import HEADERS, LARGEST_BODY, Door

from .conftest import HERE

TOKEN = "a token of good length"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def guarded(store: Path) -> Any:
    return make_app(store, door=Door("0.0.0.0", TOKEN))


def outside(app: Any, **headers: str) -> TestClient:
    return TestClient(app, base_url="http://news.example:8765", headers=headers, follow_redirects=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "news.example"])
def test_another_host_needs_a_token(host: str) -> None:
    with pytest.raises(UsageError, match=r"--host: .* no token\. Add --token new"):
        Door(host)
    assert Door(host, TOKEN).token == TOKEN


@pytest.mark.parametrize("token", ["", "short", "ü" * 20, "line\n" * 5])
def test_a_token_is_long_and_plain(token: str) -> None:
    with pytest.raises(UsageError, match="--token"):
        Door(token=token)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_needs_none(host: str) -> None:
    assert Door(host).token is None


def test_every_answer_carries_the_headers(client: TestClient, guarded: Any) -> None:
    answers = [
        client.get(path) for path in ("/", "/api", "/api/events?type=X", "/nowhere", "/api/openapi.json")
    ]
    answers += [
        client.post("/api/code"),
        client.get("/api", headers={"Host": "evil.example"}),
        client.delete("/api"),
    ]
    answers += [outside(guarded).get("/"), outside(guarded).get("/login"), outside(guarded).get("/api")]
    for answer in answers:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, answer.url
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8765", "", "[::1", "10.0.0.1"]
)
def test_a_name_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    """So that a page whose name was bound to this machine's address reads nothing."""
    answer = client.get("/api", headers={"Host": host})
    assert (answer.status_code, answer.json()["where"]) == (403, "Host")


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765", "LOCALHOST"])
def test_our_own_names_are_known(client: TestClient, host: str) -> None:
    assert client.get("/api", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers, status",
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:9999"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content-Type": ""}, 415),
        ({"Origin": HERE, "Sec-Fetch-Site": "same-origin"}, 422),
        ({}, 422),
    ],
)
def test_another_site_cannot_post(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/api/code", content=b"{}", headers={**JSON, **headers}).status_code == status


def test_another_site_can_open_a_page_and_nothing_else(client: TestClient) -> None:
    site = {"Sec-Fetch-Site": "cross-site"}
    assert client.get("/", headers={**site, "Sec-Fetch-Mode": "navigate"}).status_code == 200
    for mode in ("no-cors", "cors", "same-origin"):
        assert client.get("/api/events", headers={**site, "Sec-Fetch-Mode": mode}).status_code == 403


@pytest.mark.parametrize("given", [None, "Bearer wrong", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x"])
def test_without_the_token_nothing_is_told(guarded: Any, given: str | None) -> None:
    client = outside(guarded, **({"Authorization": given} if given else {}))
    for path in ("/api", "/api/events", "/api/openapi.json", "/", "/index.html", "/nowhere"):
        answer = client.get(path, headers={"Accept": "application/json"})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer realm="dragoman"'
    assert client.post("/api/code", content=b"{}", headers=JSON).status_code == 401


def test_the_token_opens_all(guarded: Any) -> None:
    assert outside(guarded, Authorization=f"Bearer {TOKEN}").get("/api").status_code == 200


def test_the_form_sets_a_cookie(guarded: Any) -> None:
    client = outside(guarded)
    page = client.get("/", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/login")
    assert "<form" in client.get("/login").text
    wrong = client.post("/login", data={"token": "another token, as long"})
    assert wrong.headers["location"] == "/login?wrong"
    assert "set-cookie" not in wrong.headers
    foreign = client.post("/login", data={"token": TOKEN}, headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 403

    right = client.post("/login", data={"token": TOKEN})

    assert (right.status_code, right.headers["location"]) == (303, "/")
    cookie = right.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert client.get("/api").status_code == 200


def test_a_made_up_cookie_opens_nothing(guarded: Any) -> None:
    for value in ("", "0" * 64, TOKEN, "\xff"):
        answer = outside(guarded).get("/api", headers=[(b"Cookie", f"dragoman={value}".encode("latin-1"))])
        assert answer.status_code == 401


def test_a_large_body_is_not_read(client: TestClient) -> None:
    told = client.post("/api/code", content=b" " * (LARGEST_BODY + 1), headers=JSON)
    assert told.status_code == 413

    def pieces() -> Any:
        for _ in range(LARGEST_BODY // 1_000_000 + 2):
            yield b" " * 1_000_000

    untold = client.post("/api/code", content=pieces(), headers=JSON)
    assert untold.status_code == 413
