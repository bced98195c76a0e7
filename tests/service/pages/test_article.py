"""The page Article in a browser: by mouse and by keyboard alone."""

from typing import Any

import pytest

from ..page_articles import harbour
from .walking import tab_to, wait_for_query

pytestmark = pytest.mark.slow


def test_article_by_mouse(site: str, visit: Any) -> None:
    coded = harbour()
    accuse = coded.events[0]
    page = visit(f"{site}/article.html?id={coded.document.id}")
    page.locator(".text a", has_text="accused").click()
    wait_for_query(page, f"record={accuse.id}")
    card = page.locator(f"#record-{accuse.id}")
    assert "chosen" in (card.get_attribute("class") or "")
    assert page.locator(".text .of-chosen").all_inner_texts() == [
        "France",
        "accused",
        "Belgium",
        "on Monday",
        "near Mons",
        "the harbour master",
        "said",
    ]

    card.get_by_text("Why").click()
    told = card.locator(".why").inner_text()
    for words in (
        "head:type",
        "0.90",
        "“accused”",
        "REJECT",
        "0.07",
        "dates:weekday",
        "the last one before publication",
        "An actor",
    ):
        assert words in told
    card.get_by_role("button", name="“on Monday”").click()
    assert page.evaluate("[...CSS.highlights.get('evidence')].map(String)") == ["on Monday"]

    page.get_by_text("Seen and not coded").click()
    assert page.get_by_text("told again in sentence 1").is_visible()
    page.get_by_text("Taken out before reading").click()
    assert page.get_by_text("LYON, March 5 —").is_visible()
    page.get_by_label("place", exact=True).uncheck()
    wait_for_query(page, "hide=place")
    page.reload()
    page.wait_for_selector(".text.hide-place .of-chosen")


def test_article_tells_all_of_a_record(site: str, visit: Any) -> None:
    coded = harbour()
    page = visit(f"{site}/article.html?id={coded.document.id}")
    accuse, touch, said = (
        page.locator(f"#record-{record.id}").inner_text() for record in (*coded.events, *coded.statements)
    )

    for words in (
        "ACCUSE",
        "allege",
        "0.81",
        "France",
        "FRA GOV",
        "Belgium",
        "said by harbour master",
        "2024-03-04",
        "near Mons (BEL)",
        "CAMEO 112",
        "verbal conflict",
    ):
        assert words in accuse
    assert "negated" in touch
    for words in ("Statement", "direct", "Ada Peel", "We did not touch the buoy", "ASSAULT (denies)", "0.97"):
        assert words in said


def test_article_by_keyboard(site: str, visit: Any) -> None:
    coded = harbour()
    said = coded.statements[0]
    page = visit(f"{site}/article.html?id={coded.document.id}")
    page.wait_for_selector(".reading")
    tab_to(page, f".text a[href*='{said.id}']")
    page.keyboard.press("Enter")
    wait_for_query(page, f"record={said.id}")
    assert page.evaluate("document.activeElement.closest('article').id") == f"record-{said.id}"
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "button.words")
    assert page.evaluate("[...CSS.highlights.get('evidence')].join('')") == "We did not touch the buoy"
    page.keyboard.press("Escape")
    page.wait_for_function("() => !location.search.includes('record=')")
