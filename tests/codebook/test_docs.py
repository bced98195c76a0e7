"""docs/codebook.md says what the tables hold."""

import re
from pathlib import Path

from dragoman.codebook import load_custom, shipped

PAGE = (Path(__file__).parents[2] / "docs/codebook.md").read_text(encoding="utf-8")


def test_the_page_lists_the_ambiguities_of_the_table(book):
    rows = [
        f"| {f'{row.type}/{row.mode}'.rstrip('/')} | {row.cameo} | {row.back} | {row.root} | {row.reason} |"
        for row in book.ambiguities
    ]

    assert PAGE.split("### Ambiguities")[1].split("## ")[0].strip().splitlines()[-len(rows) :] == rows


def test_the_page_counts_right(book):
    modes = sum(len(entry.modes) for entry in book.types.values())
    counted = (
        f"({len(book.types)} types, {modes} modes, {len(book.contexts)} contexts, "
        f"{len(book.sectors)} sectors, {len(book.nonstate)} non-state codes, "
        f"{len(book.auxiliary)} auxiliary modes), "
        f"CAMEO ({len(book.cameo_codes)} codes"
    )
    assert counted in " ".join(PAGE.split())


def test_the_example_of_own_categories_loads(tmp_path):
    (tmp_path / "mine.toml").write_text(
        re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0], encoding="utf-8"
    )

    assert [one.code for one in load_custom(tmp_path / "mine.toml").under("PROTEST", ["strike"])] == [
        "WALKOUT"
    ]


def test_the_python_example_says_what_comes_out(book):
    assert book.scale("ASSAULT", ["firearms", "targeted"]) == -9.5
    assert book.cameo("REQUEST", ["assist"], ["economic"]).code == "1011"
    assert book.cameo("REQUEST", ["assist"], ["economic"], lemma="appeal").code == "0211"
    assert (book.from_cameo("043").mode, book.from_cameo("043").swap) == ("visit", True)


def test_the_example_of_the_page_on_own_categories_loads(tmp_path):
    page = (Path(__file__).parents[2] / "docs/own-categories.md").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(
        re.findall(r"```toml\n(.*?)```", page, re.DOTALL)[0], encoding="utf-8"
    )

    walkout, other = load_custom(tmp_path / "mine.toml").categories.values()
    assert (len(walkout.patterns), len(walkout.examples), other.patterns) == (3, 2, ())
    for name in shipped():
        book = load_custom(name)
        examples = [example for one in book.categories.values() for example in one.examples]
        counters = sum(not example.expected for example in examples)
        row = f"| `{name}` | {len(book.categories)} | {len(examples)} ({counters} counter) |"
        assert row in page
