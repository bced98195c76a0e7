"""Ways through a page that several tests take."""

import re
from typing import Any

from ..page_articles import harbour

FIRST_TEXT = 60_000  # milliseconds: the process that codes starts with it
MOST_STOPS = 120  # presses of the Tab key within which everything must be reached
ADDRESSES = (
    "/",
    "/?view=map",
    "/?view=network",
    "/?view=quotations",
    "/?view=articles",
    "/try.html",
    "/article.html",
)


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until something has the focus: so it can be reached by keyboard alone."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the Tab key does not reach {selector}")


def wait_for_query(page: Any, part: str) -> None:
    page.wait_for_function("(part) => decodeURIComponent(location.search).includes(part)", arg=part)


def settled(page: Any) -> None:
    page.wait_for_selector("#view[aria-busy=false]")


def count(page: Any) -> int:
    return int(re.match(r"\d+", page.locator("#count").inner_text())[0])  # type: ignore[index]


def whole(site: str, path: str) -> str:
    return f"{site}{path}{f'?id={harbour().document.id}' if path == '/article.html' else ''}"


def shown(page: Any) -> None:
    page.wait_for_selector("#view[aria-busy=false], .reading, form#try")
