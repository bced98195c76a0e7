"""Copies of an article: sketches that never change, heads, and pairs made by cutting and re-heading."""

import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.copies import SCHEME, Copy, Sketch, find_copies, sketch

CASES = Path(__file__).parent.parent / "cases" / "linking"
PINNED = tomllib.loads((CASES / "signatures.toml").read_text(encoding="utf-8"))
WORDS = tuple(
    f"{a}{b}" for a in "bdfgklmnprst" for b in ("al", "en", "ir", "os", "um", "eka", "ola", "idi", "ust")
)


def story(rng: random.Random, words: int) -> list[str]:
    """Paragraphs of forty words of no meaning; a common word in four, as in real prose."""
    common = ("the", "of", "said", "in", "to", "and")
    said = [rng.choice(common) if rng.random() < 0.25 else rng.choice(WORDS) for _ in range(words)]
    return [" ".join(said[at : at + 40]) for at in range(0, words, 40)]


def grouped(texts: dict[str, str], days: dict[str, str] | None = None) -> list[Copy]:
    days = days or {}
    return find_copies([sketch(id, text, days.get(id)) for id, text in texts.items()], texts.__getitem__)


@pytest.mark.parametrize("case", PINNED["case"], ids=lambda case: case["id"])
def test_signatures_never_change(case: dict[str, str]) -> None:
    """A change of the library that changes sketches must change SCHEME, so that stores make theirs again."""
    found = sketch(case["id"], case["text"])

    assert PINNED["scheme"] == SCHEME
    assert found.words == case["words"]
    assert ",".join(map(str, found.signature[:8])) == case["begins"]
    assert sum(place * value for place, value in enumerate(found.signature, 1)) % 2**32 == case["sum"]


def test_rewritten_leads_and_cut_tails_are_found_and_nothing_else() -> None:
    rng = random.Random(8)
    texts: dict[str, str] = {}
    group: dict[str, int] = {}
    background = story(rng, 40)  # a paragraph that many articles on one subject share
    for number in range(120):
        original = [*story(rng, rng.choice((200, 400, 800))), *(background if number % 3 == 0 else [])]
        versions = [original]
        if number % 2 == 0:
            versions.append([*story(rng, 40), *original[1:]])  # a new lead
            versions.append(original[: max(3, len(original) * 6 // 10)])  # a cut tail
            changed = [" ".join(w if rng.random() < 0.97 else "x" for w in p.split()) for p in original]
            versions.append(changed)  # some words edited
        for place, version in enumerate(versions):
            texts[f"{number:03}-{place}"] = "\n\n".join(version)
            group[f"{number:03}-{place}"] = number

    copies = grouped(texts)

    right = sum(group[copy.document] == group[copy.head] for copy in copies)
    wanted = len(texts) - 120
    assert right / len(copies) >= 0.98
    assert right / wanted >= 0.95


def test_the_earliest_is_the_head() -> None:
    text = " ".join(story(random.Random(1), 120))
    days = {
        "a": "2024-03-03",
        "b": "2024-03-02T23:30:00-05:00",
        "c": "2024-03-02",
        "d": "2024-03-02T10:00:00+00:00",
    }

    found = grouped(dict.fromkeys("abcde", text), days)

    assert {copy.document: copy.head for copy in found} == dict.fromkeys("abce", "d")
    assert all(copy.kind == "exact" and copy.similarity == 1.0 for copy in found)


def test_marks_case_and_line_breaks_make_no_other_article() -> None:
    text = " ".join(story(random.Random(2), 60))
    assert [copy.kind for copy in grouped({"a": text, "b": text.upper().replace(" ", ",\n\n", 5)})] == [
        "exact"
    ]


def test_a_bulletin_of_the_same_mould_weeks_later_is_no_copy() -> None:
    text = " ".join(story(random.Random(3), 200))
    later = text + " and one more thing"
    assert grouped({"a": text, "b": later}, {"a": "2024-01-01", "b": "2024-01-03"})
    assert not grouped({"a": text, "b": later}, {"a": "2024-01-01", "b": "2024-02-03"})


def test_short_texts_are_copies_only_if_they_are_the_same() -> None:
    texts = {
        "a": "Talks end in the capital today",
        "b": "Talks end in the capital today without",
        "c": "talks end in the capital: today",
    }
    assert [(copy.document, copy.head) for copy in grouped(texts)] == [("c", "a")]


def test_an_empty_text_is_nobodys_copy() -> None:
    assert grouped({"a": "", "b": " … "}) == []


@given(st.permutations(range(8)))
def test_the_order_of_articles_does_not_matter(order: list[int]) -> None:
    rng = random.Random(4)
    base = story(rng, 160)
    texts = [" ".join(base[: 1 + place % 4]) + (" new" if place % 2 else "") for place in range(8)]
    sketches: list[Sketch] = [sketch(str(place), text) for place, text in enumerate(texts)]

    assert find_copies([sketches[place] for place in order], lambda id: texts[int(id)]) == find_copies(
        sketches, lambda id: texts[int(id)]
    )
