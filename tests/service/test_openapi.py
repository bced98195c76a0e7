"""The OpenAPI document: whole, and kept to whatever is asked."""

import json
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PAGE = Path(__file__).parent.parent.parent / "docs" / "api.md"


METHODS = tuple(
    ("post" if path == "/api/code" else "get", path)
    for path in (
        "/api",
        "/api/documents",
        "/api/documents/{id}",
        "/api/events",
        "/api/events/{id}",
        "/api/statements",
        "/api/statements/{id}",
        "/api/actors",
        "/api/facets",
        "/api/series",
        "/api/map",
        "/api/network",
        "/api/codebook",
        "/api/codebook/{code}",
        "/api/code",
    )
)


@pytest.fixture(scope="module")
def api_schema(app: Any) -> Any:
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"Host": "localhost"})


def test_all_addresses_are_called(client: TestClient) -> None:
    body = client.get("/api/openapi.json").json()
    assert {(method, path) for path, methods in body["paths"].items() for method in methods} == set(METHODS)


@pytest.mark.parametrize("mode, examples", [(GenerationMode.POSITIVE, 6), (GenerationMode.NEGATIVE, 3)])
@pytest.mark.parametrize("method, path", METHODS)
def test_answers_keep_to_the_document(
    api_schema: Any, method: str, path: str, mode: Any, examples: int
) -> None:
    """Whatever is asked: no server error, no status, type or shape that the document does not name."""
    operation = api_schema[path][method.upper()]

    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    def law(case: Any) -> None:
        case.call_and_validate(headers={"Host": "localhost", "X-Dragoman": "1"}, checks=CHECKS)

    try:
        law()
    except hypothesis.errors.Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # an address that takes nothing cannot be asked wrongly


def test_the_page_and_the_document_name_the_same_addresses(client: TestClient) -> None:
    body = client.get("/api/openapi.json").json()
    told = PAGE.read_text(encoding="utf-8")
    for path, methods in body["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}`" in told, path
    for name in ("events", "documents", "statements", "actors", "facets", "series", "map", "network"):
        for parameter in body["paths"][f"/api/{name}"]["get"]["parameters"]:
            assert f"`{parameter['name']}`" in told or f"`?{parameter['name']}=`" in told, parameter["name"]


def test_every_address_has_its_errors_and_examples(client: TestClient) -> None:
    body = client.get("/api/openapi.json").json()
    for path, methods in body["paths"].items():
        for method, told in methods.items():
            assert told["summary"], (path, method)
            assert "application/problem+json" in told["responses"]["422"]["content"]
            assert "200" in told["responses"]
    assert "KEN" in json.dumps(body)
    assert "HTTPValidationError" not in body["components"]["schemas"]


def test_nothing_of_it_comes_from_elsewhere(client: TestClient) -> None:
    for path in ("/docs", "/redoc", "/api/docs"):
        assert client.get(path).status_code == 404
