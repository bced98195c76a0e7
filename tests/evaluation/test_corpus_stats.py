from pathlib import Path

import pytest
from tests.evaluation.test_corpus_check import a_corpus, article

from dragoman.errors import GoldError
from dragoman.evaluation.corpus_stats import count_corpus, to_rows, to_text

TARGETS = """
type = 1
mode = 0
context = 0
future = 2
hypothetical = 0
negated = 0
unsure = 0
statements = 1
nested = 1
clusters = 1
"""


def counted(folder: Path) -> Path:
    """One article with a required and an optional event, a required and an optional statement."""
    made = article()
    event, said = made["events"][0], made["statements"][0]
    event = {**event, "modes": ["aerial"], "contexts": ["military"], "attribution": []}
    event |= {"polarity": "affirmed", "realis": "future", "certainty": "possible"}
    made["events"] = [event, {**event, "optional": True}]
    made["statements"] = [{**said, "attribution": ["KCNA"]}, {**said, "optional": True}]
    (folder / "targets.toml").write_text(TARGETS, encoding="utf-8")
    return a_corpus(folder, {**made, "region": "europe"})


def test_required_records_are_counted_by_value_and_part(tmp_path: Path) -> None:
    tables = count_corpus(counted(tmp_path)).tables
    totals = {(name, line.value): line.total for name, lines in tables.items() for line in lines}

    assert totals["records", "events"] == totals["types", "ASSAULT"] == totals["modes", "ASSAULT/aerial"] == 1
    assert totals["status", "future"] == totals["status", "unsure"] == totals["contexts", "military"] == 1
    assert totals["records", "statements"] == totals["records", "nested"] == 1
    assert totals["texts by year", "2020"] == totals["texts by region", "europe"] == 1
    assert totals["texts", "written"] == 1
    assert totals["types", "AGREE"] == 0, "what no text holds is shown as well"


def test_gaps_are_what_is_missing_to_the_target(tmp_path: Path) -> None:
    stats = count_corpus(counted(tmp_path))
    gaps = {(name, line.value): line.gap for name, line in stats.gaps}

    assert gaps["status", "future"] == 1
    assert gaps["types", "AGREE"] == 1
    assert ("types", "ASSAULT") not in gaps
    assert "status: future −1" in to_text(stats)
    row = next(row for row in to_rows(stats) if row["value"] == "future")
    assert (row["train"], row["total"], row["target"], row["gap"]) == (1, 1, 2, 1)


def test_targets_must_be_there(tmp_path: Path) -> None:
    corpus = counted(tmp_path)
    (corpus / "targets.toml").write_text("type = 1\n", encoding="utf-8")

    with pytest.raises(GoldError, match="has no number for mode, context, future"):
        count_corpus(corpus)
