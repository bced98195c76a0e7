"""Filters: each against its meaning in Python, over all events of a store."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

Item = dict[str, Any]
Check = Callable[[Item], bool]


def countries(item: Item, side: str) -> set[str]:
    return {code for one in item[side] for code in one["country"]}


def names(item: Item, *sides: str) -> str:
    return "\n".join(one["name"].lower() for side in sides for one in item[side])


def happened(item: Item) -> bool:
    return bool(item["happened"])


CASES: tuple[tuple[str, Check], ...] = (
    ("", happened),
    ("status=any", lambda i: True),
    ("status=negated", lambda i: i["status"]["polarity"] == "negated"),
    (
        "status=future,uncertain",
        lambda i: i["status"]["realis"] == "future" or i["status"]["certainty"] != "certain",
    ),
    ("type=AID", lambda i: happened(i) and i["type"] == "AID"),
    ("type=AID,ASSAULT", lambda i: happened(i) and i["type"] in ("AID", "ASSAULT")),
    ("type=AID&type=ASSAULT", lambda i: happened(i) and i["type"] in ("AID", "ASSAULT")),
    ("mode=CONSULT/visit&status=any", lambda i: i["type"] == "CONSULT" and "visit" in i["modes"]),
    ("quad=4,2&status=any", lambda i: i["quad"] in (2, 4)),
    ("country=KEN&status=any", lambda i: "KEN" in countries(i, "actors") | countries(i, "recipients")),
    ("actor_country=KEN,FRA&status=any", lambda i: bool({"KEN", "FRA"} & countries(i, "actors"))),
    ("recipient_country=KEN&status=any", lambda i: "KEN" in countries(i, "recipients")),
    (
        "actor_country=FRA&recipient_country=BEL&status=any",
        lambda i: "FRA" in countries(i, "actors") and "BEL" in countries(i, "recipients"),
    ),
    (
        "place=KEN,FRA&status=any",
        lambda i: i["place"] is not None and i["place"]["country"] in ("KEN", "FRA"),
    ),
    ("from=2024-02-10&status=any", lambda i: i["day"] is not None and i["day"] >= "2024-02-10"),
    ("until=2024-02-10&status=any", lambda i: i["day"] is not None and i["day"] <= "2024-02-10"),
    ("from=2024-02-01&until=2024-02-29", lambda i: happened(i) and (i["day"] or "").startswith("2024-02")),
    ("min_confidence=0.9&status=any", lambda i: i["confidence"] is not None and i["confidence"] >= 0.9),
    (
        "publisher=Publisher 1&publisher=Publisher 2&status=any",
        lambda i: i["publisher"] in ("Publisher 1", "Publisher 2"),
    ),
    ("party=ke&status=any", lambda i: "ke" in names(i, "actors", "recipients")),
    ("actor=ken&status=any", lambda i: "ken" in names(i, "actors")),
    ("recipient=ken&status=any", lambda i: "ken" in names(i, "recipients")),
    ("q=acted&status=any", lambda i: "acted" in i["sentence_text"]),
    ("q=ACTED tells&status=any", lambda i: "acted" in i["sentence_text"]),
    ('q="somebody acted"&status=any', lambda i: "somebody acted" in i["sentence_text"]),
    ('q="acted somebody"&status=any', lambda i: False),
    ("q=act&status=any", lambda i: False),
    ("q=somebod*&status=any", lambda i: "somebody" in i["sentence_text"]),
    ("q=AID.&status=any", lambda i: "AID." in i["sentence_text"]),
)


@pytest.mark.parametrize("copies", [False, True])
def test_each_filter_gives_what_it_says(client: TestClient, everything: list[Item], copies: bool) -> None:
    wrong, empty = [], []
    for query, holds in CASES:
        answer = client.get(f"/api/events?{query}&limit=500&copies={str(copies).lower()}")
        assert answer.status_code == 200, (query, answer.text)
        found = [item["id"] for item in answer.json()["items"]]
        expected = [i["id"] for i in everything if holds(i) and (copies or i["copy_of"] is None)]
        if found != expected:
            wrong.append((query, len(found), len(expected)))
        if not expected:
            empty.append(query)
    assert not wrong
    assert empty == ['q="acted somebody"&status=any', "q=act&status=any"]


def test_words_are_looked_for_in_the_article_if_asked(client: TestClient) -> None:
    """An event whose own sentence does not hold the word, but its article does."""
    inside = client.get("/api/events?q=Sentence 2&scope=article&status=any").json()["items"]
    assert {item["sentence"] for item in inside} == {0, 1, 2}


@pytest.mark.parametrize(
    "word", ["élan", "Šefčovič", "a.b", "[x", "\\", "(", "%", "_", "'", "o'clock", "\U0001f600"]
)
def test_any_letters_may_be_looked_for(client: TestClient, word: str) -> None:
    for address in ("/api/events", "/api/documents", "/api/statements", "/api/actors"):
        assert client.get(address, params={"q": word}).status_code == 200


def test_statements_are_found_by_the_side_they_take(client: TestClient) -> None:
    """Side and target are those of one stance."""

    def sides(asked: str) -> list[Any]:
        items = client.get(f"/api/statements?{asked}&limit=500").json()["items"]
        return [[(one["value"], one["target"]) for one in item["stance"]] for item in items]

    expected = [[("support", "Arvania")]]
    assert sides("stance=support") == sides("target=arvan") == sides("stance=support&target=Arv") == expected
    assert sides("stance=oppose") == sides("stance=oppose&target=Arvania") == sides("target=Nobody") == []
    assert client.get("/api/statements?stance=likes").status_code == 422


def test_articles_are_found_by_what_is_in_them(client: TestClient) -> None:
    found = client.get("/api/documents?country=KEN&type=AID&copies=true&limit=500").json()["items"]
    assert found
    for item in found:
        events = client.get(f"/api/events?document={item['id']}&country=KEN&type=AID&status=any&copies=true")
        assert events.json()["items"]
    titled = client.get("/api/documents?title=title 1&limit=500").json()["items"]
    assert {item["title"] for item in titled} == {"Title 1", *(f"Title 1{n}" for n in range(10))}


@pytest.mark.parametrize(
    "query, where",
    [
        ("type=ASAULT", "type"),
        ("typ=ASSAULT", "typ"),
        ("from=2024-02-30", "from"),
        ("from=2024", "from"),
        ("until=never", "until"),
        ("country=Kenya", "country"),
        ("country=ken", "country"),
        ("quad=5", "quad"),
        ("status=real", "status"),
        ("mode=AID/demo", "mode"),
        ("context=nothing", "context"),
        ("min_confidence=2", "min_confidence"),
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("order=random", "order"),
        ("q=" + "a%20" * 60, "q"),
        ("q=" + "a" * 300, "q"),
        ("&".join(f"publisher={n}" for n in range(60)), "publisher"),
    ],
)
def test_a_wrong_parameter_is_told_with_what_to_do(client: TestClient, query: str, where: str) -> None:
    answer = client.get(f"/api/events?{query}")
    body = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert (body["status"], body["where"]) == (422, where)
    assert body["do"]
    assert body["detail"] == f"{body['where']}: {body['what']}. {body['do']}"


def test_all_faults_are_told_at_once(client: TestClient) -> None:
    body = client.get("/api/events?type=X&country=x&from=x").json()
    assert [fault["where"] for fault in body["errors"]] == ["country", "type", "from"]
    assert client.get("/api/events?type=ASAULT").json()["do"].startswith("Try ASSAULT")


def test_what_a_user_gives_never_becomes_sql(client: TestClient) -> None:
    for name in ("q", "party", "publisher", "document", "cursor"):
        for words in ("' OR 1=1 --", "$q_0", "'; DROP TABLE events; --", '" OR ""="', "getvariable('x')"):
            answer = client.get("/api/events", params={name: words, "status": "any"})
            assert answer.status_code in (200, 400), (name, words)
            assert not answer.json().get("items")
