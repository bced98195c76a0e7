"""What the files of the pages promise without a browser: no way for words to become code, colours that can be read."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

PAGES = Path(str(files("dragoman.service"))) / "pages"
HTML = sorted(PAGES.glob("*.html"))
MODULES = sorted((PAGES / "js").glob("*.js"))
STYLES = sorted((PAGES / "style").glob("*.css"))
TEXT, SIGN = 4.5, 3.0  # WCAG AA: contrast of text, and of signs
LONGEST = 200  # lines of one module


@pytest.mark.parametrize("page", HTML, ids=lambda path: path.name)
def test_a_page_holds_no_script_or_style_of_its_own(page: Path) -> None:
    words = page.read_text(encoding="utf-8")

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|https?:", words)
    assert re.findall(r"<script[^>]*>([^<]*)</script>", words) == [""]


@pytest.mark.parametrize("page", HTML, ids=lambda path: path.name)
def test_a_page_brings_a_policy_that_allows_nothing_inline(page: Path) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page.read_text(encoding="utf-8"))

    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("page", HTML, ids=lambda path: path.name)
def test_what_a_page_links_to_is_in_the_package(page: Path) -> None:
    links = re.findall(r'(?:href|src)="([^"#]+)"', page.read_text(encoding="utf-8"))

    assert len(links) > 5
    for link in set(links) - {"./", "api"}:
        assert (PAGES / link).is_file(), link


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_module_makes_html_or_code_out_of_words(module: Path) -> None:
    words = re.sub(r"/\*.*?\*/", "", module.read_text(encoding="utf-8"), flags=re.DOTALL)

    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser"
        r"|\beval\(|new Function|setAttribute\(\"(?:style|on)"
    )
    assert not re.search(forbidden, words)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_says_what_it_is_for_and_stays_short(module: Path) -> None:
    words = module.read_text(encoding="utf-8")

    assert words.startswith("/**")
    assert words.count("\n") < LONGEST


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_a_module_imports_only_what_there_is(module: Path) -> None:
    words = module.read_text(encoding="utf-8")
    for names, source in re.findall(r"import \{([^}]+)\} from \"\./([^\"]+)\"", words):
        exported = (PAGES / "js" / source).read_text(encoding="utf-8")
        for name in names.split(","):
            assert re.search(rf"export (?:async )?(?:function|class|const) {name.strip()}\b", exported), (
                source,
                name,
            )
            assert len(re.findall(rf"\b{name.strip()}\b", words)) > 1, f"{name} is not used"


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_every_colour_has_a_name(style: Path) -> None:
    """So that both schemes have it."""
    rules = re.sub(r":root \{[^}]*\}", "", style.read_text(encoding="utf-8"))

    assert not re.search(r"#[0-9a-f]{3,8}\b|rgb\(", rules)


def palette(scheme: str) -> dict[str, str]:
    light, dark = (
        (PAGES / "style" / "page.css").read_text(encoding="utf-8").split("prefers-color-scheme: dark", 1)
    )
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", light if scheme == "light" else dark))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "sheet")
QUADS = tuple(f"quad-{n}" for n in range(5))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("inks", "papers", "least"),
    [
        (("ink",), (*GROUNDS, "actor", "recipient", "source", "chosen"), TEXT),
        (("faint", "link", "act", "status"), GROUNDS, TEXT),
        (("faint",), ("actor", "recipient", "source"), SIGN),  # the words around a chosen record
        (QUADS, GROUNDS, SIGN),
        (("edge", "place", "date"), GROUNDS, SIGN),
    ],
    ids=["ink", "words", "faded", "classes", "lines"],
)
def test_words_and_signs_stand_out(
    scheme: str, inks: tuple[str, ...], papers: tuple[str, ...], least: float
) -> None:
    colours = palette(scheme)

    for ink in inks:
        for paper in papers:
            assert contrast(colours[ink], colours[paper]) >= least, (ink, paper)


def test_both_schemes_name_the_same_colours() -> None:
    assert palette("light").keys() == palette("dark").keys()


def test_the_map_has_whole_rings_of_every_country() -> None:
    world = json.loads((PAGES / "data" / "world.json").read_text(encoding="utf-8"))

    ends = [(arc[:2], [sum(arc[0::2]), sum(arc[1::2])]) for arc in world["arcs"]]
    assert len(world["countries"]) > 220
    for country in world["countries"]:
        for ring in country["rings"]:
            walked = [ends[arc] if arc >= 0 else ends[~arc][::-1] for arc in ring]
            for (_, end), (start, _) in zip(walked, walked[1:] + walked[:1], strict=True):
                assert start == end, country["code"]
