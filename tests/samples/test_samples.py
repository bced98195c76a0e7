"""The sample articles are what they promise: complete, varied, and with gold that resolves."""

import datetime
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dragoman.codebook import load as load_codebook
from dragoman.evaluation.codes import codebook_codes
from dragoman.evaluation.gold import load
from dragoman.intake import Raw, read
from dragoman.samples import Sample, gold_path, samples

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in gold_path().read_text(encoding="utf-8").splitlines()
]
BY_ID = {row["id"]: row for row in ROWS}
TYPES = set(load_codebook().types)
STATUS = {
    "polarity": {"affirmed", "negated"},
    "realis": {"actual", "future", "hypothetical", "historical"},
    "certainty": {"certain", "probable", "possible"},
}
REGIONS = {
    "europe",
    "mena",
    "sub-saharan-africa",
    "south-asia",
    "east-southeast-asia",
    "latin-america",
    "north-america",
    "oceania",
    "multilateral",
    "none",
}


def required(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for event in row["events"] if not event.get("optional")]


def sentence(row: dict[str, Any], number: int) -> str:
    start, end = row["sentences"][number]
    return str(row["text"][start:end])


def test_one_article_for_each_region_and_no_day_of_publication_is_missing() -> None:
    found = samples()

    assert {sample.region for sample in found} == REGIONS
    assert len(found) == len({sample.path for sample in found}) == 10
    for sample in found:
        datetime.date.fromisoformat(sample.published)
        assert sample.publisher
        assert sample.text == sample.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.path.stem)
def test_gold_is_about_the_article_as_intake_leaves_it(sample: Sample) -> None:
    row = BY_ID[sample.id]
    document = read(Raw(content=sample.text, file=sample.path.name, published=sample.published))

    assert document.text == row["text"]
    assert document.title == row["title"]
    assert (sample.published, sample.publisher) == (row["published"], row["publisher"])
    assert 180 <= len(row["text"].split()) <= 350


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_sentences_cover_the_text_in_order(row: dict[str, Any]) -> None:
    end = 0
    for start, stop in row["sentences"]:
        assert row["text"][end:start].strip() == ""
        assert start < stop
        end = stop
    assert end == len(row["text"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_quoted_word_stands_in_the_sentence_named(row: dict[str, Any]) -> None:
    for event in row["events"]:
        assert event["trigger"] in sentence(row, event["s"])
        for telling in event.get("also", []):
            assert telling["trigger"] in sentence(row, telling["s"])
        for actor in event["actors"] + event["recipients"]:
            assert actor["text"] in sentence(row, event["s"]), actor
        for field in ("date", "place"):
            words = (event.get(field) or {}).get("text")
            assert words is None or words in sentence(row, event["s"]), words
    for statement in row["statements"]:
        assert statement["cue"] in sentence(row, statement["s"])
        at = row["sentences"][statement["s"]][0]
        parts = statement["content"]
        for part in [parts] if isinstance(parts, str) else parts:
            at = row["text"].index(part, at) + len(part)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_dates_run_forwards_and_only_plans_lie_after_publication(row: dict[str, Any]) -> None:
    for event in row["events"]:
        start, end = event["date"]["start"], event["date"]["end"]
        if start is None:
            assert event["date"]["precision"] == "unknown"
            continue
        assert start <= (end or start)
        assert (start > row["published"]) == (event["realis"] == "future"), event["trigger"]
        age = datetime.date.fromisoformat(row["published"]) - datetime.date.fromisoformat(end or start)
        assert event["realis"] == "historical" or age.days <= 30, event["trigger"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_statements_point_at_events_of_their_article(row: dict[str, Any]) -> None:
    speech_acts = {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
    for statement in row["statements"]:
        assert all(0 <= number < len(row["events"]) for number in statement["asserts"])
        if statement["event"] is not None:
            event = row["events"][statement["event"]]
            assert event["type"] in speech_acts
            assert event["s"] == statement["s"]


def test_every_type_stands_at_least_twice_and_every_status_at_least_once() -> None:
    events = [event for row in ROWS for event in required(row)]
    types = Counter(event["type"] for event in events)

    assert {kind: types[kind] for kind in TYPES if types[kind] < 2} == {}
    for field, values in STATUS.items():
        assert values == {event[field] for event in events}
    assert {"direct", "indirect", "mixed"} == {s["kind"] for row in ROWS for s in row["statements"]}
    assert any(s["attribution"] for row in ROWS for s in row["statements"])


def test_the_match_told_in_words_of_war_has_no_event_before_its_last_sentence() -> None:
    row = next(row for row in ROWS if row["id"] == "sample-10")

    assert {event["s"] for event in row["events"]} == {len(row["sentences"]) - 1}


def test_articles_are_written_one_by_one() -> None:
    """No six words in a row stand in more than three sentences."""
    seen: Counter[tuple[str, ...]] = Counter()
    for row in ROWS:
        for start, end in row["sentences"]:
            words = re.findall(r"\w+", row["text"][start:end].lower())
            seen.update({tuple(words[i : i + 6]) for i in range(len(words) - 5)})

    assert [gram for gram, times in seen.items() if times > 3] == []


def test_the_evaluation_takes_the_gold() -> None:
    """The loader raises on any word that does not resolve and on any code the codebook lacks."""
    documents = load(gold_path(), codebook_codes())

    assert len(documents) == len(ROWS)


def test_what_a_site_puts_around_a_story_stands_in_the_files() -> None:
    """Datelines, bylines, captions, related links and sign-offs: a newcomer sees each of them go."""
    removed = {r.reason for sample in samples() for r in read(Raw(content=sample.text)).removed}

    assert {"dateline", "byline", "caption", "related link", "sign-off"} <= removed


def test_gold_stands_in_the_package_beside_the_articles() -> None:
    assert isinstance(gold_path(), Path)
    assert {sample.path.parent for sample in samples()} == {gold_path().parent}
