"""A text that is posted: coded, kept only if asked for, and within limits of size and time."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.codebook.custom import find_custom
from dragoman.errors import CodebookError, UsageError
from dragoman.service.api import make_app
from dragoman.service.coding import LONGEST_TEXT, CodingDesk, named_codebooks
from dragoman.store import open_store, read_coded

from .conftest import HERE
from .fake_coder import RUN, make, make_none

TEXT = "Talks were held in the capital on Sunday, and they went well for both of the sides."


def count(store: Path) -> Any:
    with open_store(store) as connection:
        return connection.execute("SELECT count(*) FROM documents").fetchone()


def test_nothing_is_kept(client: TestClient, store: Path) -> None:
    before = count(store)
    body = client.post("/api/code", json={"text": TEXT, "published": "2024-01-01", "publisher": "P"}).json()
    assert (body["document"]["text"], body["document"]["published"], body["document"]["publisher"]) == (
        TEXT,
        "2024-01-01",
        "P",
    )
    assert [event["type"] for event in body["events"]] == ["CONSULT"]
    assert (body["statements"], body["notes"], body["stored"]) == ([], [], False)
    assert count(store) == before


def test_a_text_may_ask_for_a_codebook_by_name(client: TestClient) -> None:
    assert client.get("/api").json()["codebooks"] == ["ours"]

    def categories(**more: Any) -> Any:
        (event,) = client.post("/api/code", json={"text": TEXT, **more}).json()["events"]
        return event.get("categories")

    assert categories() is None
    assert categories(codebook="ours") == ["a file"]
    assert categories(codebook=None) is None
    form = client.post(
        "/api/code",
        files={"file": ("a.txt", TEXT.encode())},
        data={"codebook": "ours"},
        headers={"X-Dragoman": "1"},
    )
    assert form.json()["events"][0]["categories"] == ["a file"]


@pytest.mark.parametrize("name", ["protest", "../ours", "/etc/passwd", "ours.toml", "a" * 5_000])
def test_a_codebook_is_no_path(client: TestClient, name: str) -> None:
    answer = client.post("/api/code", json={"text": TEXT, "codebook": name})

    assert answer.status_code == 422
    assert answer.json()["where"] == "codebook"
    assert "Choose among ours" in answer.json()["do"]


def test_codebooks_are_named_by_their_files(tmp_path: Path) -> None:
    own = tmp_path / "land.toml"
    shutil.copy(find_custom("protest"), own)
    assert list(named_codebooks()) == ["ceasefire", "protest"]
    assert list(named_codebooks([own])) == ["ceasefire", "land", "protest"]
    (tmp_path / "b").mkdir()
    with pytest.raises(UsageError, match="two codebooks"):
        named_codebooks([own, Path(shutil.copy(own, tmp_path / "b"))])
    own.write_text("name = 1")
    with pytest.raises(CodebookError):
        named_codebooks([own])


def test_it_is_kept_if_asked_for(tmp_path: Path, store: Path, desk: CodingDesk) -> None:
    path = Path(shutil.copy(store, tmp_path / "copy.duckdb"))
    client = TestClient(make_app(path, coding=desk), base_url=HERE)
    before = client.get("/api").json()
    facets = client.get("/api/facets?of=type").json()

    body = client.post("/api/code", json={"text": TEXT, "store": True}).json()

    assert body["stored"] is True
    after = client.get("/api").json()
    assert after["documents"] == before["documents"] + 1
    assert client.get("/api/facets?of=type").json()["total"] == facets["total"] + 1  # told anew
    item = client.get(f"/api/documents/{body['document']['id']}").json()
    assert item["events"] == body["events"]
    assert item["run"]["hashes"] == RUN.hashes
    client.post("/api/code", json={"text": TEXT, "store": True})
    assert client.get("/api").json()["documents"] == after["documents"]
    with open_store(path) as connection:
        assert len(list(read_coded(connection, [body["document"]["id"]]))) == 1


@pytest.mark.parametrize(
    "name, content",
    [
        ("a.txt", TEXT.encode()),
        (
            "a.html",
            f"<html><head><title>T</title></head><body><article><p>{TEXT}</p></article></body></html>".encode(),
        ),
        ("a", f"<!DOCTYPE html><html><body><article><p>{TEXT}</p></article></body></html>".encode()),
        ("a.txt", TEXT.replace("well", "caf\xe9").encode("cp1252")),
    ],
)
def test_a_file_is_read_by_its_form(client: TestClient, name: str, content: bytes) -> None:
    answer = client.post(
        "/api/code",
        files={"file": (name, content)},
        data={"published": "2024-01-01"},
        headers={"X-Dragoman": "1"},
    )
    body = answer.json()
    assert answer.status_code == 200, body
    assert body["document"]["text"].endswith("for both of the sides.")
    assert body["document"]["published"] == "2024-01-01"
    assert "<" not in body["document"]["text"]


def test_a_page_is_read(client: TestClient) -> None:
    page = f"<html><body><nav>Home</nav><article><p>{TEXT}</p></article></body></html>"
    assert client.post("/api/code", json={"html": page}).json()["document"]["text"] == TEXT


def test_records_alone_as_json_lines(client: TestClient) -> None:
    answer = client.post("/api/code", json={"text": TEXT}, headers={"Accept": "application/x-ndjson"})
    assert [json.loads(line)["record"] for line in answer.text.splitlines()] == ["document", "event"]


@pytest.mark.parametrize(
    "body, status, where",
    [
        ({"text": TEXT, "html": TEXT}, 422, "body"),
        ({}, 422, "body"),
        ({"text": ""}, 422, "text"),
        ({"text": 3}, 422, "body"),
        ({"text": TEXT, "stor": True}, 422, "body"),
        ({"text": TEXT, "published": "yesterday"}, 422, None),
        ({"text": "a " * (LONGEST_TEXT // 2 + 1)}, 413, "text"),
        ({"text": TEXT, "title": "a" * 20_000}, 413, "title"),
        ({"html": "a" * 4_000_001}, 413, "html"),
        (
            {"html": f"<article>{''.join(f'<p>Number {n}. {TEXT * 100}</p>' for n in range(26))}</article>"},
            413,
            "html",
        ),
        ([], 422, "body"),
    ],
)
def test_what_cannot_be_coded_is_told(client: TestClient, body: Any, status: int, where: str | None) -> None:
    answer = client.post("/api/code", json=body)
    assert answer.status_code == status, answer.text
    assert where in (None, answer.json()["where"])
    assert answer.json()["do"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"text": "\\ud800"}', b"[" * 100_000])
def test_what_is_no_json_is_told(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/code", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["where"] == "body"


def test_other_bodies_are_refused(client: TestClient) -> None:
    for kind in ("text/plain", "application/xml", ""):
        answer = client.post("/api/code", content=b"x", headers={"X-Dragoman": "1", "Content-Type": kind})
        assert answer.status_code == 415


def test_a_text_that_takes_too_long_is_ended_and_the_next_is_coded(store: Path) -> None:
    desk = CodingDesk(make, seconds=0.5)
    client = TestClient(make_app(store, coding=desk), base_url=HERE, raise_server_exceptions=False)
    try:
        slow = client.post("/api/code", json={"text": f"They sleep for ever. {TEXT}"})
        assert (slow.status_code, slow.headers["retry-after"]) == (503, "2")
        assert "0.5 seconds" in slow.json()["what"]
        desk.seconds = 20
        assert client.post("/api/code", json={"text": TEXT}).status_code == 200
        ended = client.post("/api/code", json={"text": f"They end the process. {TEXT}"})
        assert (ended.status_code, ended.json()["where"]) == (500, "code")
        bug = client.post("/api/code", json={"text": f"They raise a bug. {TEXT}"})
        assert bug.status_code == 500
        assert "ZeroDivisionError" not in bug.text
        assert client.post("/api/code", json={"text": TEXT}).status_code == 200
    finally:
        desk.close()


def test_too_many_waiting_texts_are_sent_away(store: Path) -> None:
    client = TestClient(make_app(store, coding=CodingDesk(make, waiting=1)), base_url=HERE)
    desk = client.app.app.state.coding  # type: ignore[attr-defined]
    assert desk._places.acquire(blocking=False)
    answer = client.post("/api/code", json={"text": TEXT})
    assert (answer.status_code, answer.json()["what"]) == (503, "too many texts wait to be coded")


def test_a_model_that_is_not_there_is_told(store: Path) -> None:
    desk = CodingDesk(make_none)
    client = TestClient(make_app(store, coding=desk), base_url=HERE)
    assert client.post("/api/code", json={"text": TEXT}).json()["what"] == "there is no model"
    desk.close()
    none = TestClient(make_app(store), base_url=HERE)
    assert none.get("/api").json()["coding"] is False
    assert none.post("/api/code", json={"text": TEXT}).status_code == 503
