"""The sample articles are what they promise: complete, varied, and with gold that resolves."""

import datetime
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dragoman.samples import Sample, gold_path, samples

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in gold_path().read_text(encoding="utf-8").splitlines()
]
BY_ID = {row["id"]: row for row in ROWS}
TYPES = set(
    re.findall(
        r"[A-Z]+",
        """
    AGREE CONSULT SUPPORT CONCEDE  COOPERATE AID RETREAT  REQUEST ACCUSE REJECT THREATEN
    PROTEST SANCTION MOBILIZE COERCE ASSAULT
""",
    )
)
SECTORS = set(
    re.findall(
        r"[A-Z]+",
        """
    COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC
""",
    )
)
NON_STATES = {"UNO", "EUR", "IGO", "NGO", "MNC", "ISM", "IMG"}
STATUS = {
    "polarity": {"affirmed", "negated"},
    "realis": {"actual", "future", "hypothetical", "historical"},
    "certainty": {"certain", "probable", "possible"},
}
COUNTS = {"killed", "injured", "arrested", "displaced", "participants", "amount"}
NEED_RECIPIENT = {"COOPERATE", "AID", "SANCTION"}
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
# What a site puts around a story; intake takes it out, and the gold text is without it.
FURNITURE = re.compile(
    r"^(also read|related|read more|see also|watch|photo|by [A-Z]|\(reporting by)", re.IGNORECASE
)


def required(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [event for event in row["events"] if not event.get("optional")]


def sentence(row: dict[str, Any], number: int) -> str:
    start, end = row["sentences"][number]
    return str(row["text"][start:end])


def body(raw: str) -> str:
    """The article without furniture and dateline, as its gold text should be."""
    paragraphs = [p for p in raw.strip().split("\n\n") if not FURNITURE.match(p)]
    return "\n\n".join(
        re.sub(r"^[A-Z][A-Z ]+(, [A-Z]\w+ \d+)?( \([^)]*\))? [-—] ", "", p) for p in paragraphs
    )


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

    assert body(sample.text) == row["text"]
    assert (sample.published, sample.publisher) == (row["published"], row["publisher"])
    assert row["text"].split("\n\n")[0] == row["title"]
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
def test_every_code_is_known(row: dict[str, Any]) -> None:
    for event in row["events"]:
        assert {event["type"], *event.get("type_accept", [])} <= TYPES
        assert set(event.get("counts", {})) <= COUNTS
        for field, values in STATUS.items():
            assert event[field] in values
        for actor in event["actors"] + event["recipients"]:
            assert actor["name"]
            assert set(actor["sectors"]) <= SECTORS
            assert all(c in NON_STATES or re.fullmatch("[A-Z]{3}", c) for c in actor["country"])
        if event["type"] in NEED_RECIPIENT:
            assert event["recipients"] or event["recipient_optional"]


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


def test_gold_stands_in_the_package_beside_the_articles() -> None:
    assert isinstance(gold_path(), Path)
    assert {sample.path.parent for sample in samples()} == {gold_path().parent}
