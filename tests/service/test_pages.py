"""The pages in a browser: by mouse, by keyboard alone, on a phone, with hostile words; Chromium driven by Playwright."""

import os
import re
import shutil
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from dragoman.service.api import make_app
from dragoman.service.coding import CodingDesk
from dragoman.store import open_store, refresh_copies, write_coded

from .fake_coder import make
from .page_articles import articles, harbour, hostile_articles
from .page_payloads import PAYLOADS

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 15_000  # milliseconds; a busy machine is no fault of the page
FIRST_TEXT = 60_000  # the process that codes starts with it
MOST_STOPS = 120  # presses of the Tab key within which everything must be reached
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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with articles without malice."""
    store = tmp_path_factory.mktemp("pages") / "news.duckdb"
    with open_store(store, write=True) as connection:
        write_coded(connection, articles())
        refresh_copies(connection)
    yield from serve(make_app(store, coding=CodingDesk(make, seconds=20)))


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = tmp_path_factory.mktemp("pages") / "hostile.duckdb"
    with open_store(store, write=True) as connection:
        write_coded(connection, hostile_articles())
        refresh_copies(connection)
    yield from serve(make_app(store))


@pytest.fixture(scope="module")
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


ADDRESSES = (
    "/",
    "/?view=map",
    "/?view=network",
    "/?view=quotations",
    "/?view=articles",
    "/try.html",
    "/article.html",
)


def whole(site: str, path: str) -> str:
    return f"{site}{path}{f'?id={harbour().document.id}' if path == '/article.html' else ''}"


def shown(page: Any) -> None:
    page.wait_for_selector("#view[aria-busy=false], .reading, form#try")


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
