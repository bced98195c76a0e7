"""Hostile words come back as the plain data that they are."""

import csv
import io
import json
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from .hostile import PAYLOADS


def test_hostile_names_are_plain_json(client: TestClient) -> None:
    items = client.get("/api/events?from=2023-05-05&until=2023-05-05&limit=100").json()["items"]
    assert sorted(item["title"] for item in items) == sorted(PAYLOADS)
    for item in items:
        assert (item["publisher"], item["actors"][0]["name"], item["actors"][0]["role"]) == (
            item["title"],
        ) * 3


@pytest.mark.parametrize(
    "address",
    [
        "/api/events?format=csv",
        "/api/events?format=geojson",
        "/api/actors",
        "/api/facets?of=publisher",
        "/api/network?by=name",
    ],
)
def test_every_form_says_what_it_is(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert "html" not in answer.headers["content-type"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    if "csv" in address:
        found = {row["title"] for row in csv.DictReader(io.StringIO(answer.text, newline=""))}
        assert {payload for payload in PAYLOADS if "\x00" not in payload} <= found
    else:
        json.loads(answer.text)


def test_hostile_parameters_are_told_as_data(client: TestClient) -> None:
    for payload in PAYLOADS:
        for name in ("type", "cursor", "nothing", "format", payload):
            answer = client.get("/api/events", params={name: payload})
            assert answer.status_code in (400, 422)
            assert answer.headers["content-type"] == "application/problem+json"
        assert client.get("/api/events", params={"q": payload, "party": payload}).status_code == 200
        lost = client.get(f"/api/documents/{quote(payload.replace('/', '_'), safe='')}")
        assert lost.status_code == 404


def test_hostile_text_is_coded_as_text(client: TestClient) -> None:
    for payload in PAYLOADS[:4]:
        text = (
            f"Hello there, said the words of the text.\n\nIt was the {payload} of the day, and nobody saw it."
        )
        body = client.post("/api/code", json={"text": text, "title": payload}).json()
        assert payload in body["document"]["text"]
