"""Pages: files of the package and nothing else."""

import pytest
from starlette.testclient import TestClient


def test_the_first_page_is_sent_with_its_type_and_tag(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    again = client.get("/", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_page_has_several_names(client: TestClient) -> None:
    for name in ("/index.html", "/index", "/assets/index.html"):
        assert client.get(name).content == client.get("/").content
    assert client.head("/index").headers["content-length"] == str(len(client.get("/").content))


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../api.py",
        "/..%2fapi.py",
        "/assets/%2e%2e/%2e%2e/api.py",
        "/assets//etc/passwd",
        "/%2fetc/passwd",
        "/api.py",
        "/news.duckdb",
        "/assets/..\\api.py",
        "/index.html%00",
        "/.html",
    ],
)
def test_no_other_file_is_opened(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_pages_are_only_read(client: TestClient) -> None:
    answer = client.put("/index.html", headers={"X-Dragoman": "1"})
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
