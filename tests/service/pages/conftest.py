import os
import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from dragoman.service.api import make_app
from dragoman.service.coding import CodingDesk
from dragoman.store import open_store, refresh_copies, write_coded

from ..fake_coder import make
from ..page_articles import articles, hostile_articles

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 15_000  # milliseconds; a busy machine is no fault of the page
# Anything that the policy had to stop, and any script that ran in spite of it.
WATCH = """
globalThis.stopped = [];
addEventListener("securitypolicyviolation", (event) => stopped.push(event.violatedDirective + " " + event.blockedURI));
"""


def serve(app: Any) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=30)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with articles without malice."""
    store = tmp_path_factory.mktemp("pages") / "news.duckdb"
    with open_store(store, write=True) as connection:
        write_coded(connection, articles())
        refresh_copies(connection)
    yield from serve(make_app(store, coding=CodingDesk(make, seconds=20)))


@pytest.fixture(scope="package")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = tmp_path_factory.mktemp("pages") / "hostile.duckdb"
    with open_store(store, write=True) as connection:
        write_coded(connection, hostile_articles())
        refresh_copies(connection)
    yield from serve(make_app(store))


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(
            f"no browser: none of {', '.join(BROWSERS)} is installed (as root: apt-get install -y chromium)"
        )
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=path, args=[*as_root, "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield found
        found.close()


def open_page(browser: Any, address: str, **options: Any) -> Any:
    context = browser.new_context(
        reduced_motion="reduce", **({"viewport": {"width": 1280, "height": 900}} | options)
    )
    context.set_default_timeout(PATIENCE)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(address)
    return page


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Open an address in a window of its own; no page may stumble over its own script or against its own policy."""
    pages = []

    def open_one(address: str, **options: Any) -> Any:
        pages.append(open_page(browser, address, **options))
        return pages[-1]

    yield open_one
    for page in pages:
        assert page.faults == []
        assert page.evaluate("stopped") == []
        page.context.close()
