from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cli.articles import coded_articles
from dragoman.records import Actor, Coded, Document, Place, Status, document_id
from dragoman.service.api import make_app
from dragoman.service.coding import CodingDesk
from dragoman.store import open_store, refresh_copies, write_coded
from store.made import article

from .fake_coder import BOOKS, make
from .hostile import PAYLOADS

COUNTRIES = ("FRA", "BEL", "KEN", "UGA", "RUS", "UKR")
KINDS = ("CONSULT", "AID", "ACCUSE", "ASSAULT")
HERE = "http://localhost"


def articles() -> Iterator[Coded]:
    """Hand-made articles: many small ones, a few with all there is, some hostile, one printed twice."""
    yield from coded_articles().values()
    for n in range(36):
        acts = [
            (
                KINDS[(n + m) % 4],
                COUNTRIES[(n * m) % 6],
                COUNTRIES[(n + m + 1) % 6] if m else "",
                (None, f"2024-0{1 + n % 3}-1{m}", "2024-01-20..2024-03-02")[(n + m) % 3],
            )
            for m in range(n % 4)
        ]
        status = (
            Status(),
            Status(polarity="negated"),
            Status(realis="future"),
            Status(certainty="possible"),
        )[n % 4]
        one = article(
            *acts, name=f"n{n}", status=status, published=None if n % 7 == 0 else f"2024-02-{1 + n % 28:02}"
        )
        yield _placed(_titled(one, f"Title {n}", f"Publisher {n % 3}"), n)
    for n, payload in enumerate(PAYLOADS):
        one = _titled(article(("ASSAULT", "FRA", "BEL", "2023-05-05"), name=f"x{n}"), payload, payload)
        actor = Actor(name=payload, country=("FRA",), role=payload)
        yield replace(one, events=tuple(replace(event, actors=(actor,)) for event in one.events))
    printed = article(("AID", "FRA", "KEN", "2024-02-02"), name="head", published="2024-02-02")
    again = replace(
        printed.document, id=document_id(printed.document.text, "again"), url="again", published="2024-02-03"
    )
    yield printed
    yield Coded(
        document=again,
        events=tuple(replace(event, id=event.id[::-1], document=again.id) for event in printed.events),
        statements=(),
    )


def _titled(coded: Coded, title: str, publisher: str) -> Coded:
    document: Document = replace(coded.document, title=title, publisher=publisher)
    return replace(coded, document=document)


def _placed(coded: Coded, n: int) -> Coded:
    places = (
        None,
        Place(name="Lille", country="FRA", lat=50.63, lon=3.06, precision="exact", geonames_id=2998324),
        Place(name="Kenya", country="KEN", lat=1.0, lon=38.0, precision="country"),
        Place(name="somewhere", precision="unknown"),
    )
    return replace(coded, events=tuple(replace(event, place=places[n % 4]) for event in coded.events))


def make_store(path: Path) -> Path:
    with open_store(path, write=True) as connection:
        write_coded(connection, articles())
        refresh_copies(connection)
    return path


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("service") / "news.duckdb")


@pytest.fixture(scope="session")
def desk() -> Iterator[CodingDesk]:
    """One process for all tests that code; it starts with the first of them."""
    found = CodingDesk(make, codebooks=dict.fromkeys(BOOKS, ""), seconds=20)
    yield found
    found.close()


@pytest.fixture(scope="session")
def app(store: Path, desk: CodingDesk) -> Any:
    return make_app(store, coding=desk)


@pytest.fixture(scope="session")
def client(app: Any) -> TestClient:
    """Without the app's end, so that the process that codes is shared."""
    return TestClient(app, base_url=HERE, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def everything(client: TestClient) -> list[dict[str, Any]]:
    """All events, as the API gives them."""
    items: list[dict[str, Any]] = client.get("/api/events?status=any&copies=true&limit=500").json()["items"]
    assert len(items) > 60
    return items
