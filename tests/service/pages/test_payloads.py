"""Hostile words in articles, addresses and answers: no script runs in the browser."""

from typing import Any

import pytest

from ..page_articles import hostile_articles
from ..page_payloads import PAYLOADS
from .walking import settled

pytestmark = pytest.mark.slow


def test_the_payloads_are_live(browser: Any) -> None:
    """In a page that takes them for HTML, most run by themselves; so a page in which none runs keeps them out."""
    page = browser.new_context().new_page()
    ran = 0
    for payload in PAYLOADS:
        page.set_content(f"<div>{payload}</div>", wait_until="domcontentloaded")
        page.wait_for_timeout(15)
        ran += page.evaluate("Boolean(globalThis.ran)")
        page.evaluate("delete globalThis.ran")
    page.context.close()
    assert len(PAYLOADS) >= 60
    assert ran >= 25


# Every article of the store, drawn by the page's own module into the page itself, with all that can be opened open.
DRAW_ALL = """
async () => {
  const { reading } = await import("/js/reading.js");
  const list = await (await fetch("/api/documents?limit=500")).json();
  for (const { id } of list.items) {
    const { record, events, statements } = await (await fetch(`/api/documents/${id}`)).json();
    const definitions = new Map([["ASSAULT", record.title]]);
    const view = reading({ document: record, events, statements }, { addressOf: (one) => `#${one}`, definitions });
    document.getElementById("article").append(view.node);
    view.choose(events[0].id);
    view.node.querySelectorAll("details").forEach((one) => { one.open = true; });
    view.node.querySelectorAll("button.words").forEach((one) => one.focus());
  }
  return list.items.length;
}
"""


def test_no_payload_runs_in_an_article(hostile_site: str, visit: Any) -> None:
    ids = [coded.document.id for coded in hostile_articles()]
    page = visit(f"{hostile_site}/article.html?id={ids[0]}")
    page.wait_for_selector(".reading")
    assert page.evaluate(DRAW_ALL) == len(PAYLOADS)
    page.wait_for_timeout(200)

    assert page.evaluate("globalThis.ran") is None
    made = ", ".join(
        f".reading {name}" for name in ("script", "img", "iframe", "svg", "object", "style", "form")
    )
    assert page.locator(made).count() == 0
    assert page.evaluate(
        "[...document.querySelectorAll('.reading a[href]')].every((link) => ['http:', 'https:'].includes(link.protocol))"
    )
    for payload in (PAYLOADS[0], PAYLOADS[16]):
        assert page.locator(".text p").get_by_text(payload).count() > 0, "it stands there as words"


def test_no_payload_runs_in_the_corpus(hostile_site: str, visit: Any) -> None:
    page = visit(f"{hostile_site}/")
    for view in ("table", "network&by=name", "map", "quotations", "articles"):
        page.goto(f"{hostile_site}/?view={view}")
        settled(page)
        page.wait_for_timeout(100)
        assert page.evaluate("globalThis.ran") is None
        assert (
            page.evaluate(
                "document.querySelectorAll('main script, main img, main iframe, main object').length"
            )
            == 0
        )


# All filters that the page knows, and what else may stand in its address.
NAMES = """
async () => {
  const { FILTERS } = await import("/js/state.js");
  return [...Object.keys(FILTERS), "view", "cursor", "step", "zoom", "map", "by", "edges", "order"];
}
"""
# The page follows each address in turn, as it does when a reader goes back and forth.
WALK = """
([names, payloads]) => {
  for (const one of payloads) {
    history.pushState(null, "", "?" + new URLSearchParams(names.map((name) => [name, one])));
    dispatchEvent(new PopStateEvent("popstate"));
  }
}
"""


def test_no_payload_runs_from_the_address(site: str, visit: Any) -> None:
    page = visit(f"{site}/")
    settled(page)
    for names in (["q", "party", "publisher"], [*page.evaluate(NAMES)]):
        page.evaluate(WALK, [names, list(PAYLOADS)])
    settled(page)
    for name in ("id", "record", "hide"):
        page.goto(f"{site}/article.html?id=x&{name}=%3Cimg%20src=x%20onerror=globalThis.ran=1%3E")
        page.wait_for_selector("#article[aria-busy=false]")
    assert page.evaluate("globalThis.ran") is None


def test_no_payload_runs_in_a_tried_text(site: str, visit: Any) -> None:
    page = visit(f"{site}/try.html")
    coded = [
        {
            "document": None,
            "notes": [{"what": payload, "do": payload}],
            "stored": True,
            "events": [],
            "statements": [],
        }
        for payload in PAYLOADS[:3]
    ]
    for payload, answer in zip(PAYLOADS, coded, strict=False):
        answer["document"] = {
            "id": payload,
            "text": payload,
            "title": payload,
            "publisher": payload,
            "url": payload,
            "language": payload,
        }
        page.route("**/api/code", lambda route, _, answer=answer: route.fulfill(json=answer))
        page.locator("#text").fill(f"{payload} and words enough to be a text")
        page.get_by_role("button", name="Code it").click()
        page.wait_for_selector(".text")
        page.unroute("**/api/code")
        assert page.evaluate("globalThis.ran") is None
