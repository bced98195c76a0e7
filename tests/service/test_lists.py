"""Pages of documents, events and statements: each row once, in every form, and found by its id."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dragoman.service.paging import cursor_of


def lines_of(text: str) -> list[str]:
    """JSON Lines end with a line feed alone; U+2028 in a title is none."""
    return text.removesuffix("\n").split("\n")


LISTS = (
    *(("events", order) for order in ("newest", "oldest", "confidence")),
    *((name, order) for name in ("documents", "statements") for order in ("newest", "oldest")),
    *(("actors", order) for order in ("frequent", "name")),
)


def walk(client: TestClient, address: str, sizes: list[int]) -> list[dict[str, Any]]:
    """All pages, of these sizes in turn."""
    items: list[dict[str, Any]] = []
    cursor, n = "", 0
    while True:
        page = client.get(f"{address}&limit={sizes[n % len(sizes)]}{cursor}")
        assert page.status_code == 200, page.text
        items += page.json()["items"]
        if page.json()["next"] is None:
            return items
        assert len(page.json()["items"]) == sizes[n % len(sizes)]
        cursor, n = f"&cursor={page.json()['next']}", n + 1


@pytest.mark.parametrize("name, order", LISTS)
def test_each_row_comes_once_whatever_the_sizes_of_pages(client: TestClient, name: str, order: str) -> None:
    more = "&status=any&copies=true" if name == "events" else "&copies=true" if name != "actors" else ""
    address = f"/api/{name}?order={order}{more}"
    whole = walk(client, address, [500])

    @settings(max_examples=4)
    @given(st.lists(st.integers(7, 60), min_size=1, max_size=4))
    def law(sizes: list[int]) -> None:
        assert walk(client, address, sizes) == whole

    law()
    assert len({json.dumps(item) for item in whole}) == len(whole)


def test_events_come_in_the_order_asked_for(client: TestClient) -> None:
    for order, field, backwards in (
        ("newest", "day", True),
        ("oldest", "day", False),
        ("confidence", "confidence", True),
    ):
        items = client.get(f"/api/events?status=any&limit=500&order={order}").json()["items"]
        values = [item[field] for item in items if item[field] is not None]
        assert values == sorted(values, reverse=backwards)
        assert all(item[field] is None for item in items[len(values) :])  # the unknown come last


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "W10",
        cursor_of("oldest", ["2024-01-01", "a", 1]),
        cursor_of("newest", ["yesterday", "a", 1]),
        cursor_of("newest", ["2024-01-01", "a"]),
        cursor_of("newest", [None, None, None]),
        cursor_of("newest", ["2024-01-01", "a", 1 << 70]),
        cursor_of("newest", ["2024-01-01", "a", True]),
        cursor_of("newest", [{}, [], "1"]),
    ],
)
def test_a_cursor_that_is_none_is_told(client: TestClient, cursor: str) -> None:
    answer = client.get("/api/events", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["where"]) == (400, "cursor")


def test_the_next_page_is_in_the_header_too(client: TestClient) -> None:
    answer = client.get("/api/events?limit=3&type=ASSAULT,AID&format=jsonl&q=acted")
    link = answer.headers["link"]
    assert link.endswith('; rel="next"')
    again = client.get(link[1 : link.index(">")])
    assert again.headers["content-type"] == "application/x-ndjson"
    first, second = ([json.loads(line)["id"] for line in lines_of(one.text)] for one in (answer, again))
    both = client.get("/api/events?limit=6&type=ASSAULT,AID&q=acted").json()["items"]
    assert [item["id"] for item in both] == first + second


def test_forms_hold_the_same_events(client: TestClient) -> None:
    address = "/api/events?status=any&copies=true"
    items = client.get(address + "&limit=500").json()["items"]
    lines = client.get(address, headers={"Accept": "application/x-ndjson"})
    assert [json.loads(line) for line in lines_of(lines.text)] == items
    table = client.get(address, headers={"Accept": "text/csv;q=0.9, text/plain"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(table.text, newline="")))
    assert [(row["event"], row["document"], row["day"]) for row in rows] == [
        (item["id"], item["document"], item["day"] or "") for item in items
    ]
    features = client.get(address, headers={"Accept": "application/geo+json"}).json()["features"]
    assert [feature["properties"] for feature in features] == items
    placed = [feature["geometry"] for feature in features if feature["geometry"]]
    assert {"type": "Point", "coordinates": [3.06, 50.63]} in placed


def test_csv_has_the_columns_of_the_flat_form(client: TestClient) -> None:
    from dragoman.store.formats.flat import COLUMNS

    for address in ("/api/events?format=csv&limit=1", "/api/events?format=csv&q=nowhere"):
        header = client.get(address).text.splitlines()[0].split(",")
        assert header == [*COLUMNS, "copy_of", "day"]


def test_a_form_that_is_not_there(client: TestClient) -> None:
    assert client.get("/api/events", headers={"Accept": "application/xml"}).status_code == 406
    assert client.get("/api/documents", headers={"Accept": "application/geo+json"}).status_code == 406
    assert client.get("/api/events", headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200


def test_large_pages_are_for_forms_that_stream(client: TestClient) -> None:
    answer = client.get("/api/events?limit=501")
    assert (answer.status_code, answer.json()["where"]) == (422, "limit")
    assert client.get("/api/events?limit=501&format=csv").status_code == 200


def test_an_event_is_found_with_its_whole_record(
    client: TestClient, everything: list[dict[str, Any]]
) -> None:
    item = next(one for one in everything if one["actors"] and one["recipients"])
    body = client.get(f"/api/events/{item['id']}").json()
    assert body["event"] == item
    assert body["record"]["trigger"]["text"] == item["trigger"]["text"]
    assert body["record"]["why"] == []
    assert [one["name"] for one in body["record"]["actors"]] == [one["name"] for one in item["actors"]]
    lost = client.get("/api/events/none")
    assert (lost.status_code, lost.json()["do"]) == (404, "GET /api/events lists them")


def test_a_document_comes_with_its_records_and_copies(client: TestClient) -> None:
    heads = client.get("/api/documents?copies=true&limit=500").json()["items"]
    copy = next(item for item in heads if item["copy_of"])
    head = next(item for item in heads if item["id"] == copy["copy_of"])
    assert (head["copies"], head["events"]) == (1, 1)
    body = client.get(f"/api/documents/{head['id']}").json()
    assert body["document"] == head
    assert [(one["id"], one["head"]) for one in body["copies"]] == [(copy["id"], False)]
    assert [
        (one["id"], one["head"]) for one in client.get(f"/api/documents/{copy['id']}").json()["copies"]
    ] == [(head["id"], True)]
    for record in body["events"]:
        assert body["record"]["text"][record["trigger"]["start"] : record["trigger"]["end"]] == "acted"


def test_a_document_as_json_lines_is_what_dragoman_code_writes(client: TestClient) -> None:
    from cli.articles import coded_articles
    from dragoman.records import from_jsonl

    for coded in coded_articles().values():
        answer = client.get(f"/api/documents/{coded.document.id}?format=jsonl")
        assert list(from_jsonl(lines_of(answer.text), where="api")) == [coded]


def test_statements_are_found_by_speaker_and_words(client: TestClient) -> None:
    items = client.get("/api/statements?limit=500").json()["items"]
    assert items
    speaker = items[0]["speakers"][0]["name"]
    found = client.get("/api/statements", params={"speaker": speaker[:-1].upper()}).json()["items"]
    assert items[0] in found
    assert all(any(speaker[:-1] in one["name"] for one in item["speakers"]) for item in found)
    body = client.get(f"/api/statements/{items[0]['id']}").json()
    assert body["statement"] == items[0]
    word = items[0]["content"].split()[-1].strip(".,")
    assert items[0] in client.get("/api/statements", params={"q": word}).json()["items"]


def test_actors_are_counted_by_part(client: TestClient, everything: list[dict[str, Any]]) -> None:
    once = [item for item in everything if item["copy_of"] is None]
    (actor,) = client.get("/api/actors?q=KEN&kind=unknown&limit=1").json()["items"]
    parts = [(part, one["name"]) for item in once for part in ("actors", "recipients") for one in item[part]]
    assert actor["name"] == "KEN"
    assert (actor["actor"], actor["recipient"]) == (
        parts.count(("actors", "KEN")),
        parts.count(("recipients", "KEN")),
    )
    assert actor["total"] == actor["actor"] + actor["recipient"]
