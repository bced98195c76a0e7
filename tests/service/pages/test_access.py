"""All pages for those who see little, and on a phone."""

from typing import Any

import pytest

from ..page_articles import hostile_articles
from .walking import ADDRESSES, shown, whole

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(site: str, visit: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(f"{site}/", color_scheme=scheme)
    faults = []
    # The dark scheme differs by its colours alone.
    only = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    for path in ADDRESSES if scheme == "light" else ("/", "/?view=map", "/?view=network", "/article.html"):
        page.goto(whole(site, path))
        shown(page)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = axe.run(page, options={"resultTypes": ["violations"], **only}).response["violations"]
        faults += [
            f"{path}: {one['id']}: {one['nodes'][0]['target']}: {one['nodes'][0]['failureSummary']}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
    assert faults == []


def test_a_phone_never_scrolls_sideways(site: str, hostile_site: str, visit: Any) -> None:
    page = visit(f"{site}/", viewport={"width": 340, "height": 740})
    wide = []
    hostile = next(hostile_articles()).document.id
    for address in (
        *(whole(site, path) for path in ADDRESSES),
        f"{hostile_site}/",
        f"{hostile_site}/article.html?id={hostile}",
    ):
        page.goto(address)
        shown(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(address)
    assert wide == []
