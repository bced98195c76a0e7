"""The page Try in a browser: a text is coded at once."""

from typing import Any

import pytest

from .walking import FIRST_TEXT, tab_to

pytestmark = pytest.mark.slow


def test_try_codes_a_paste_at_once(site: str, visit: Any) -> None:
    page = visit(f"{site}/try.html", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('Ministers met in Mons on Monday to talk about buoys.')")
    page.locator("#text").focus()
    page.keyboard.press("Control+V")

    page.wait_for_selector(".card.quad-1", timeout=FIRST_TEXT)
    assert page.locator(".text a").inner_text() == "Ministers"


def test_try_by_keyboard(site: str, visit: Any) -> None:
    page = visit(f"{site}/try.html")
    tab_to(page, "#text")
    page.keyboard.insert_text("Divers met in Mons on Monday, and they talked about buoys.")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".card", timeout=FIRST_TEXT)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(" ")
    tab_to(page, "button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer .problem")
