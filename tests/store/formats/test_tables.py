"""The tables of codes: complete, unambiguous, and made from what they say they are made from."""

import csv
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from dragoman import codebook
from dragoman.records import Actor
from dragoman.store.formats import FORMATS, Losses
from dragoman.store.formats.cameo import actor_code, actor_of, pieces_of
from dragoman.store.formats.tables import DATA, codes

ROOT = Path(__file__).parents[3]


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text("utf-8").splitlines()))


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("countries.csv", "iso3"),
        ("countries.csv", "fips"),
        ("countries.csv", "cow"),
        ("countries.csv", "cameo"),
        ("countries.csv", "icews"),
        ("sectors.csv", "plover"),
        ("roles.csv", "cameo"),
        ("beyond.csv", "plover"),
        ("icews_sectors.csv", "name"),
    ],
)
def test_a_code_stands_once(table: str, key: str) -> None:
    counted = Counter(row[key] for row in rows(table) if row[key])
    assert [code for code, number in counted.items() if number > 1] == []


def test_every_country_comes_back_from_each_of_its_codes() -> None:
    tables = codes()
    for iso, country in tables.countries.items():
        assert not country.fips or tables.of_fips[country.fips] == iso
        assert not country.cow or tables.of_cow[country.cow] == iso
        assert tables.of_cameo[country.cameo] == iso
        assert tables.of_icews[country.icews.casefold()] == iso


def test_sectors_and_codes_beyond_states_are_those_of_the_codebook() -> None:
    book, tables = codebook.load(), codes()
    assert set(tables.sectors) == set(book.sectors)
    assert set(tables.beyond_cameo) == set(tables.beyond_icews) == set(book.nonstate)
    for kind, plover in tables.roles.values():
        assert plover in ({""} | set(book.sectors) if kind == "sector" else {""} | set(book.nonstate))
    for sectors, beyond in tables.icews_sectors.values():
        assert set(sectors) <= set(book.sectors)
        assert beyond in {""} | set(book.nonstate)


def test_an_exact_sector_comes_back_from_cameo_and_icews() -> None:
    tables = codes()
    for sector in tables.sectors.values():
        if sector.exact:
            assert tables.roles[sector.cameo] == ("sector", sector.plover)
            assert sector.plover in tables.icews_sectors[sector.icews][0]


@pytest.mark.parametrize("beyond", ["UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"])
def test_a_body_beyond_states_comes_back_from_its_actor_code(beyond: str) -> None:
    code = actor_code(Actor(name="x", country=(beyond,)), Losses())

    actor = actor_of("x", pieces_of(code.whole), Losses())

    assert actor is not None
    assert actor.country == (beyond,)


def test_an_actor_code_is_country_then_roles() -> None:
    whole = actor_code(Actor(name="x", country=("USA",), sectors=("GOV", "MIL")), Losses()).whole
    assert whole == "USAGOVMIL"


def test_built_tables_are_what_the_script_wrote() -> None:
    built = json.loads((DATA / "built.json").read_text("utf-8"))
    for name, digest in built["outputs"].items():
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest, name


def test_the_manual_says_what_each_format_cannot_hold() -> None:
    page = re.sub(r"\s+", " ", (ROOT / "docs" / "exports.md").read_text(encoding="utf-8"))
    for form in FORMATS.values():
        assert f"`{form.name}`" in page
        for words in (*form.cannot_hold, *form.approximate):
            assert words in page, (form.name, words)
