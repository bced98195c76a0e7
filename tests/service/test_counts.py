"""Facets, series, map and network tell of the same events as the list."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.store import open_store
from dragoman.store.series import SeriesOptions, series

Item = dict[str, Any]
FILTERS = (
    "",
    "&status=any",
    "&type=AID,ASSAULT&country=FRA",
    "&from=2024-02-01&until=2024-03-01",
    "&q=acted",
)


def events(client: TestClient, query: str) -> list[Item]:
    found: list[Item] = client.get(f"/api/events?limit=500{query}").json()["items"]
    return found


def as_counter(values: list[Item]) -> Counter[Any]:
    return Counter({one["value"]: one["count"] for one in values})


@pytest.mark.parametrize("query", FILTERS)
def test_facets_count_the_events_of_the_list(client: TestClient, query: str) -> None:
    body = client.get(f"/api/facets?top=1000{query}").json()
    items = events(client, query)
    assert (body["total"], body["documents"]) == (len(items), len({item["document"] for item in items}))
    found = {name: as_counter(values) for name, values in body["facets"].items()}
    one = {
        "quad": Counter(item["quad"] for item in items if item["quad"]),
        "context": Counter(context for item in items for context in item["contexts"]),
        "mode": Counter(f"{item['type']}/{mode}" for item in items for mode in item["modes"]),
        "publisher": Counter(item["publisher"] for item in items if item["publisher"]),
        "place": Counter(i["place"]["country"] for i in items if i["place"] and i["place"]["country"]),
        "precision": Counter(i["place"]["precision"] for i in items if i["place"]),
    }
    if "country" not in query:
        sides = [
            {c for side in ("actors", "recipients") for p in i[side] for c in p["country"]} for i in items
        ]
        one["country"] = Counter(country for side in sides for country in side)
    if "from" not in query:
        one["month"] = Counter(item["day"][:7] for item in items if item["day"])
        assert list(found["month"]) == sorted(found["month"])
    for name, expected in one.items():
        assert found[name] == expected, name


def test_a_facet_leaves_out_its_own_filter(client: TestClient) -> None:
    narrow = client.get("/api/facets?of=type,country,status&type=AID").json()
    wide = client.get("/api/facets?of=type,status").json()
    assert narrow["facets"]["type"] == wide["facets"]["type"]
    assert narrow["total"] == as_counter(wide["facets"]["type"])["AID"]
    assert as_counter(wide["facets"]["status"])["happened"] == wide["total"]
    assert "negated" in as_counter(wide["facets"]["status"])


def test_half_a_dyad_is_left_out_and_half_stays(client: TestClient) -> None:
    body = client.get("/api/facets?of=recipient_country&actor_country=FRA&recipient_country=BEL").json()
    items = events(client, "&actor_country=FRA")
    expected = Counter(c for i in items for c in {c for p in i["recipients"] for c in p["country"]})
    assert as_counter(body["facets"]["recipient_country"]) == expected


def test_facets_as_a_table(client: TestClient) -> None:
    table = list(csv.DictReader(io.StringIO(client.get("/api/facets?of=type&format=csv").text)))
    assert [(row["value"], int(row["count"])) for row in table] == [
        (one["value"], one["count"]) for one in client.get("/api/facets?of=type").json()["facets"]["type"]
    ]


@pytest.mark.parametrize(
    "by", ["month", "type,month", "dyad", "dyad,quarter", "publisher,year", "mode,month"]
)
def test_series_are_those_of_the_command(client: TestClient, store: Path, by: str) -> None:
    for query, options in (
        ("", {}),
        ("&status=any&copies=true&weights=scale", {"everything": True, "copies": True, "weights": "scale"}),
        ("&type=AID", {"types": ("AID",)}),
        (
            "&country=FRA",
            {"where": "list_contains(actor_countries, 'FRA') OR list_contains(recipient_countries, 'FRA')"},
        ),
    ):
        body = client.get(f"/api/series?by={by}{query}").json()
        with open_store(store) as connection:
            expected = series(connection, SeriesOptions(by=tuple(by.split(",")), **options))  # type: ignore[arg-type]
        assert tuple(body["columns"]) == expected.columns
        assert [tuple(row) for row in body["rows"]] == expected.rows
        assert body["left_out"] == expected.left_out


def test_a_series_that_would_be_too_long_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.service import curves

    monkeypatch.setattr(curves, "MOST_ROWS", 20)
    answer = client.get("/api/series?by=dyad,day&status=any&weights=goldstein")
    assert (answer.status_code, answer.json()["where"]) == (422, "by")
    assert client.get("/api/series?by=day,month").status_code == 422


@pytest.mark.parametrize("query", FILTERS)
def test_the_map_places_each_event_once(client: TestClient, query: str) -> None:
    body = client.get(f"/api/map?top=5000{query}").json()
    items = events(client, query)
    placed = [i for i in items if i["place"] and (i["place"]["country"] or i["place"]["lat"] is not None)]
    points = [i for i in placed if i["place"]["precision"] in ("exact", "near", "admin2", "admin1")]
    points = [i for i in points if i["place"]["lat"] is not None]
    assert (body["placed"], body["unplaced"]) == (len(placed), len(items) - len(placed))
    assert sum(point["events"] for point in body["points"]) == len(points)
    assert {one["country"]: one["events"] for one in body["countries"]} == Counter(
        i["place"]["country"] for i in placed if i["place"]["country"]
    )
    for one in (*body["points"], *body["countries"]):
        assert one["events"] == sum(one[quad] for quad in one if "cooperation" in quad or "conflict" in quad)
    features = client.get(f"/api/map?top=5000&format=geojson{query}").json()["features"]
    assert [one["properties"] for one in features] == body["points"]


@pytest.mark.parametrize("query", FILTERS)
def test_an_edge_of_the_network_opens_its_events(client: TestClient, query: str) -> None:
    body = client.get(f"/api/network?{query}").json()
    assert body["edges_left_out"] == 0
    assert {node["id"] for node in body["nodes"]} == {
        e[end] for e in body["edges"] for end in ("actor", "recipient")
    }
    for edge in body["edges"][:12]:
        dyad = f"&actor_country={edge['actor']}&recipient_country={edge['recipient']}"
        assert len(events(client, query + dyad)) == edge["events"]


def test_the_network_of_names(client: TestClient) -> None:
    body = client.get("/api/network?by=name&top=3").json()
    assert len(body["edges"]) == 3
    assert body["edges_left_out"] > 0
    edge = body["edges"][0]
    items = [
        i
        for i in events(client, "")
        if edge["actor"] in [p["name"] for p in i["actors"]]
        and edge["recipient"] in [p["name"] for p in i["recipients"]]
    ]
    assert len(items) == edge["events"]


def test_a_count_is_made_once_until_the_store_changes(client: TestClient, app: Any) -> None:
    from dragoman.service.remembered import Remembered

    remembered, made = Remembered(), []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [remembered.get(state, "q", make) for state in (1, 1, 2, 2)] == [b"1", b"1", b"2", b"2"]
    assert [remembered.get(2, q, make) for q in ("r", "q")] == [b"3", b"2"]


def test_who_asks_what_is_being_made_waits_for_it() -> None:
    from concurrent.futures import ThreadPoolExecutor
    from threading import Event

    from dragoman.service.remembered import Remembered

    remembered, begun, go, made = Remembered(), Event(), Event(), []

    def make() -> int:
        made.append(1)
        begun.set()
        assert go.wait(20)
        return len(made)

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(remembered.get, 1, "q", make)
        assert begun.wait(20)
        others = [pool.submit(remembered.get, 1, "q", make) for _ in range(3)]
        go.set()
        assert {one.result(20) for one in (first, *others)} == {b"1"}
    assert made == [1]


def test_an_error_is_told_to_all_who_wait_and_is_not_remembered() -> None:
    from dragoman.service.remembered import Remembered

    remembered, answers = Remembered(), iter([ZeroDivisionError("no"), 7])

    def make() -> int:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ZeroDivisionError):
        remembered.get(1, "q", make)
    assert remembered.get(1, "q", make) == b"7"


@pytest.mark.parametrize("kind", ["facets", "series", "map", "network"])
def test_counts_are_not_sent_again_while_the_store_is_the_same(client: TestClient, kind: str) -> None:
    answer = client.get(f"/api/{kind}?type=AID")
    tag = answer.headers["etag"]
    again = client.get(f"/api/{kind}?type=AID", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    others = (f"/api/{kind}?type=ASSAULT", f"/api/{kind}?type=AID&format=csv")
    assert all(client.get(one, headers={"If-None-Match": tag}).status_code == 200 for one in others)
