"""The page Corpus in a browser: by mouse, by keyboard alone, by its links."""

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from .walking import count, settled, tab_to, wait_for_query

pytestmark = pytest.mark.slow


def test_corpus_by_mouse(site: str, visit: Any) -> None:
    page = visit(f"{site}/")
    settled(page)
    everything = count(page)
    page.get_by_label("ASSAULT").check()
    wait_for_query(page, "type=ASSAULT")
    page.wait_for_function(
        "(all) => parseInt(document.getElementById('count').innerText) < all", arg=everything
    )
    page.get_by_role("link", name="type ASSAULT").click()
    page.wait_for_function(
        "(all) => parseInt(document.getElementById('count').innerText) === all", arg=everything
    )

    settled(page)  # the timeline is drawn anew after the count
    box = page.locator("#timeline .cover").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20, steps=4)
    page.mouse.up()
    wait_for_query(page, "from=2024-")
    assert "until=2024-" in page.url

    page.get_by_role("link", name="Map", exact=True).click()
    page.locator(".dot").first.hover()
    page.wait_for_function("() => document.querySelector('#view .readout').innerText.includes('event')")
    page.locator(".dot").first.click()
    wait_for_query(page, "place=")
    page.go_back()
    page.wait_for_function("() => !location.search.includes('place=')")
    settled(page)

    page.get_by_role("link", name="Network").click()
    page.locator("#view .node").first.click()
    wait_for_query(page, "country=")
    page.get_by_role("link", name="Quotations").click()
    page.get_by_role("link", name="Articles", exact=True).click()
    page.locator(".articles h3 a").first.click()
    page.wait_for_selector(".reading")


def test_corpus_by_keyboard(site: str, visit: Any) -> None:
    page = visit(f"{site}/?view=map&step=month")
    settled(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, "input[type=checkbox][value=AID]")
    page.keyboard.press("Space")
    wait_for_query(page, "type=AID")
    settled(page)
    assert page.evaluate("document.activeElement.value") == "AID", "the focus stays where it was"
    page.keyboard.press("Space")
    page.wait_for_function("() => !location.search.includes('type=')")

    tab_to(page, ".handle")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    wait_for_query(page, "from=2024-03-01")
    settled(page)
    assert page.evaluate("document.activeElement.getAttribute('aria-valuetext')") == "Mar 2024"
    page.keyboard.press("Escape")
    page.wait_for_function("() => !location.search.includes('from=')")
    settled(page)

    tab_to(page, "#view .map [role=button]")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == first
    page.keyboard.press("Enter")
    wait_for_query(page, "place=")


def test_a_link_gives_the_state_back(site: str, visit: Any) -> None:
    page = visit(
        f"{site}/?type=ASSAULT&country=FRA&from=2024-02-01&until=2024-09-30&min_confidence=0.55&status=any&view=network&by=name&edges=4"
    )
    settled(page)

    assert page.get_by_label("ASSAULT").is_checked()
    assert page.locator("#filter-from").input_value() == "2024-02-01"
    assert page.get_by_label("Status").input_value() == "any"
    assert page.get_by_label("Nodes").input_value() == "name"
    assert page.get_by_label("Class", exact=True).input_value() == "4"
    assert [" ".join(words.split()) for words in page.locator(".chip").all_inner_texts()][:2] == [
        "type ASSAULT ×",
        "country France ×",
    ]
    assert all(
        "quad-4" in (mark or "")
        for mark in (one.get_attribute("class") for one in page.locator("#view svg.network > .arrow").all())
    )


def test_a_wrong_filter_is_told(site: str, visit: Any) -> None:
    page = visit(f"{site}/?type=ASAULT")

    page.wait_for_selector("#count .problem")
    assert "ASAULT" in page.locator("#count .problem").inner_text()


@pytest.mark.parametrize(
    ("view", "name"), [("table", "Timeline"), ("map", "Map"), ("network", "Who to whom")]
)
def test_pictures_and_their_numbers_can_be_saved(
    site: str, visit: Any, view: str, name: str, tmp_path: Path
) -> None:
    page = visit(f"{site}/?view={view}")
    settled(page)
    kept = {}
    for form in ("PNG", "SVG", "CSV"):
        with page.expect_download() as waiting:
            page.get_by_label(f"{name} as {form}").click()
        kept[form] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(kept[form])

    drawn = ET.fromstring(kept["SVG"].read_bytes())
    assert kept["PNG"].read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert kept["PNG"].stat().st_size > 5_000
    assert sum(one.tag.endswith(("rect", "path", "circle")) for one in drawn.iter()) > 10
    assert all(one.get("class") is None for one in drawn.iter())
    halo = [one for one in drawn.iter() if one.tag.endswith("text") and one.get("stroke") != "none"]
    assert all(one.get("paint-order") == "stroke" for one in halo), "a name is not hidden by its own halo"
    assert "events" in kept["CSV"].read_text(encoding="utf-8").splitlines()[0]
    assert kept["PNG"].stem == kept["SVG"].stem == name.lower().replace(" ", "-")


def test_quotations_by_the_side_taken(site: str, visit: Any) -> None:
    page = visit(f"{site}/?view=quotations")
    settled(page)
    tab_to(page, "#filter-stance")
    page.keyboard.press("o")  # opposes
    wait_for_query(page, "stance=oppose")
    settled(page)
    assert page.evaluate("document.activeElement.id") == "filter-stance", "the focus stays where it was"
    assert "We did not touch the buoy" in page.locator(".speakers").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.insert_text("Belgium")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('.speakers')")
    page.get_by_role("link", name="towards Belgium").click()
    page.wait_for_selector(".speakers")

    page.get_by_label("towards").fill("france")
    page.get_by_label("towards").press("Enter")
    wait_for_query(page, "target=france")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Statements as CSV").click()
    assert waiting.value.path().read_text(encoding="utf-8").count("We did not touch the buoy") > 0

    page.reload()
    settled(page)
    assert page.get_by_label("The speaker").input_value() == "oppose"
    assert page.get_by_label("towards").input_value() == "france"
    page.get_by_role("link", name="Table").click()
    settled(page)
    assert count(page) > 1, "other views are not asked for a side"
    assert "stance=oppose" in page.url
