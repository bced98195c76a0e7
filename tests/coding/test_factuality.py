"""What grammar says of an act, over trees written by hand."""

import tomllib
from importlib.resources import files

import pytest

from dragoman.coding.factuality import Factuality, Verdict
from dragoman.coding.factuality_words import factuality_words
from dragoman.coding.heads import heads_of
from dragoman.coding.status import is_coming, status_of
from dragoman.coding.words import Words
from fake_reading import params, read, read_case, tokens_of

TABLE = tomllib.loads((files("dragoman.coding") / "data" / "factuality.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", params("coding/status/factuality.toml"))
def test_grammar_says_whether_it_happened(case) -> None:
    doc = read_case(case)
    verdict = Factuality(doc, Words(doc)).verdict(tokens_of(doc, case["act"]))

    assert (verdict.polarity, verdict.realis, verdict.certainty) == tuple(case["verdict"])
    assert {f: [doc[t].text for t in s.tokens] for f, s in verdict.signs.items()} == case.get("signs", {})


@pytest.mark.parametrize("kind", ["auxiliary", "mark", "adverb", "adjective", "verb"])
def test_each_row_has_an_example_and_a_source(kind: str) -> None:
    assert [row["id"] for row in TABLE[kind] if not row.get("example") or not row.get("source")] == []


def test_the_table_loads() -> None:
    assert factuality_words().governors["fail"][0].negative == ("affirmed",)


def will_leave(kind: str, *labels: str):
    doc = read(
        "Armies will leave.",
        tags="will/AUX leave/VERB",
        arcs=["Armies nsubj leave", "will aux leave"],
        labels=[f"leave {label}" for label in labels],
    )
    words, [leave] = Words(doc), tokens_of(doc, "leave")
    verdict = Factuality(doc, words).verdict([leave])
    return status_of(
        heads_of(doc), [leave], words.span(leave, leave), type=kind, verdict=verdict, words=words
    )


def test_grammar_stands_against_the_heads_and_says_by_which_word() -> None:
    status, reasons, sure = will_leave("RETREAT")

    assert status.realis == "future"
    [reason] = [r for r in reasons if r.field == "realis"]
    assert (reason.by, reason.evidence[0].text) == ("status:grammar: will", "will")
    assert [a.value for a in reason.alternatives] == ["actual"]
    assert sure["realis"] == reason.probability


def test_a_promise_is_made_though_what_it_promises_is_to_come() -> None:
    assert will_leave("AGREE")[0].realis == "actual"


def test_the_heads_say_in_which_way_an_act_is_unreal() -> None:
    assert will_leave("RETREAT", "hypothetical")[0].realis == "hypothetical"


def test_a_scheduled_promise_has_no_day_of_saying() -> None:
    assert is_coming("AGREE", Verdict(realis="future"))
    assert not is_coming("AGREE", Verdict(realis="future", in_speech=True))
    assert not is_coming("AGREE", Verdict())
