"""A user's own categories, given without a model."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import record_laws
from dragoman.codebook import CustomCodebook, load_custom, shipped
from dragoman.coding.coder import Tables
from dragoman.coding.own_categories import OwnCategories
from dragoman.coding.own_suggestions import Gathered, suggest, told_acts
from dragoman.records import Coded, to_jsonl
from fake_reading import code_case, params, pipeline, read_case


def custom(text: str, folder: Path) -> CustomCodebook:
    path = folder / "mine.toml"
    path.write_text(f'name = "Mine"\n{text}', encoding="utf-8")
    return load_custom(path)


def coded_with(case: dict[str, Any], book: CustomCodebook, tables: Tables) -> Coded:
    return code_case(case, replace(tables, own=OwnCategories(book, pipeline())))


@pytest.mark.parametrize("case", params("coding/own/categories.toml"))
def test_an_event_gets_the_categories_that_match_with_the_words(
    case: dict[str, Any], tables: Tables, tmp_path: Path
) -> None:
    coded = coded_with(case, custom(case["codebook"], tmp_path), tables)

    why = [reason for event in coded.events for reason in event.why if reason.field == "categories"]
    assert [list(event.categories or ()) for event in coded.events] == case["categories"]
    assert [span.text for reason in why for span in reason.evidence] == case.get("evidence", [])
    assert [each.value for reason in why[:1] for each in reason.alternatives] == case.get("outranked", [])
    record_laws.check(coded)


@pytest.mark.parametrize("case", params("coding/own/categories.toml"))
def test_categories_change_nothing_else(case: dict[str, Any], tables: Tables, tmp_path: Path) -> None:
    """The same records to the byte, but for `categories` and its reasons; without a codebook, no trace of it."""
    coded = coded_with(case, custom(case["codebook"], tmp_path), tables)
    plain = [
        replace(
            event,
            categories=None,
            why=tuple(reason for reason in event.why if reason.field != "categories"),
        )
        for event in coded.events
    ]

    alone = to_jsonl(code_case(case, tables))
    assert to_jsonl(replace(coded, events=tuple(plain))) == alone
    assert b'"categories"' not in alone


def test_the_reason_names_file_line_and_pattern(tables: Tables, tmp_path: Path) -> None:
    case = params("coding/own/categories.toml")[0].values[0]
    coded = coded_with(case, custom(case["codebook"], tmp_path), tables)

    reason = coded.events[0].why[-1]
    assert (reason.field, reason.value) == ("categories", "ROAD_BLOCKED")
    assert (reason.by, reason.note) == ("own:mine.toml:7", "phrase 'block the road'")


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_codebook_has_examples_both_ways(name: str) -> None:
    """Each category shows what it takes; most show what they do not; no two read alike."""
    book = load_custom(name)

    texts = [(code, e.text) for code, one in book.categories.items() for e in one.examples]
    assert len(texts) == len(set(texts))
    assert all(any(e.expected for e in one.examples) for one in book.categories.values())
    with_patterns = [one for one in book.categories.values() if one.patterns]
    assert all(any(not e.expected for e in one.examples) for one in with_patterns)


SUGGEST = """
[[category]]
code = "ROAD_BLOCKED"
name = "Road blocked"
definition = "Traffic is stopped."
parent = "PROTEST"
phrases = ["block road"]
[[category]]
code = "MARCH"
name = "March"
definition = "People walk."
parent = "PROTEST"
phrases = ["march through street"]
"""


def test_a_suggestion_goes_to_the_likest_category(tables: Tables, tmp_path: Path) -> None:
    book = custom(SUGGEST, tmp_path)
    case = {
        "text": "Truckers blocked a bridge. Nurses walked through streets.",
        "tags": "Truckers/NOUN blocked/VERB bridge/NOUN Nurses/NOUN walked/VERB streets/NOUN",
        "arcs": [
            *("Truckers nsubj blocked", "bridge obj blocked"),
            *("Nurses nsubj walked", "streets obl walked", "through case streets"),
        ],
        "types": ["blocked PROTEST", "walked PROTEST"],
    }
    doc, coded = read_case(case), coded_with(case, book, tables)
    acts = told_acts(doc, coded)
    gathered = [
        Gathered(one, phrases=[p.phrase or "" for p in one.patterns]) for one in book.categories.values()
    ]

    found = suggest(gathered, [*acts, acts[0]], limit=5)

    assert [(one.category, one.phrase, one.count) for one in found] == [
        ("ROAD_BLOCKED", "block bridge", 2),
        ("MARCH", "walk street", 1),
    ]
    assert found == suggest(gathered, [acts[0], *acts], limit=5)
    assert suggest(gathered, acts, limit=1) == [replace(found[0], count=1), found[1]]
    assert all(0 <= one.likeness <= 1 for one in found)
