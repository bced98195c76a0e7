"""Every kind of fault that a check can name, each in a corpus of one text."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.evaluation.gold_rows import CODES, row

from dragoman.errors import GoldError
from dragoman.evaluation.corpus import stored
from dragoman.evaluation.corpus_check import check_corpus, corpus_codes

UPSTREAM = """
[[source]]
id = "wire"
file = "wire.jsonl.gz"
licence = "CC0"
repository = "example.org/wire"
commit = "abc"
path = "wire.csv"
"""


def article(**changes: Any) -> dict[str, Any]:
    """A written article without a fault, by the codes of the other tests of this room."""
    made = row(
        "w9-01",
        ["Norvia attacked Tavo in March.", "Tavo rejected the claim."],
        batch="w9",
        source="written",
        published="2020-04-01",
        events=[
            {
                "s": 0,
                "trigger": "attacked",
                "type": "ASSAULT",
                "modes": [],
                "contexts": [],
                "actors": [{"name": "Norvia", "text": "Norvia", "country": ["NOR"]}],
                "recipients": [{"name": "Tavo", "text": "Tavo", "country": ["TON"]}],
                "date": {"start": "2020-03-01", "end": "2020-03-31", "precision": "month"},
            }
        ],
        statements=[
            {
                "s": 1,
                "cue": "rejected",
                "kind": "indirect",
                "speakers": [{"name": "Tavo"}],
                "content": "the claim",
                "asserts": [],
                "event": None,
            }
        ],
    )
    return {**made, **changes}


def a_corpus(folder: Path, *rows: dict[str, Any], where: str = "written/w9.jsonl") -> Path:
    """A corpus with these rows in one file."""
    path = folder / where
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    splits = {"splits": {one["id"]: "train" for one in rows}}
    (folder / "splits.json").write_text(json.dumps(splits), encoding="utf-8")
    (folder / "upstream.toml").write_text(UPSTREAM, encoding="utf-8")
    return folder


def test_a_good_corpus_has_no_fault(tmp_path: Path) -> None:
    checked = check_corpus(a_corpus(tmp_path, article()), None, CODES)

    assert (checked.rows, checked.unread, checked.faults) == (1, 0, ())


def event(**changes: Any) -> dict[str, Any]:
    made = article()
    return {**made, "events": [{**made["events"][0], **changes}]}


def statement(**changes: Any) -> dict[str, Any]:
    made = article()
    return {**made, "statements": [{**made["statements"][0], **changes}]}


TWICE = {**article(), "events": article()["events"] * 2}
FAULTS = [
    (event(type="ATTACK"), "event 0 'attacked'): type 'ATTACK' is not known. Write one of ASSAULT"),
    (event(modes=["aerial", "aerial"]), "mode 'aerial' stands 2 times. Write it once"),
    (event(type="SANCTION", recipients=[]), "SANCTION has no recipient. Name the recipient"),
    (event(trigger="bombed"), "trigger 'bombed' is not in 'Norvia attacked Tavo in March.'"),
    (event(trigger=[33, 40]), "its telling 'vo reje' is in another sentence. Mend"),
    (event(date={"start": "2020-03-31", "end": "2020-03-01"}), "date ends 2020-03-01, before it starts"),
    (
        event(date={"start": "2020-03-01", "precision": "fortnight"}),
        "date precision 'fortnight' is not known",
    ),
    (event(date={"start": "2020-05-01", "precision": "day"}), "is actual and begins 2020-05-01, after pub"),
    (event(date={"start": None, "end": None, "precision": "day"}), "date says day and gives neither"),
    (event(place={"name": "", "precision": "exact"}), "place has no name"),
    (event(place={"name": "X", "country": "QQQ"}), "country of place 'QQQ' is no country code"),
    (TWICE, "event 1 'attacked'): is event 0 over again"),
    (statement(event=0), "realises event 0, a ASSAULT. Link it by asserts"),
    (statement(asserts=[0, 0]), "asserts event 0 2 times"),
    (statement(asserts=[4]), "event 4 is not there. Count the 1 events from 0"),
    (statement(content=["the", "the"]), "content 'the' is not in"),
    ({**article(), "batch": "w8"}, "is of batch 'w8' in the file of batch 'w9'"),
]


@pytest.mark.parametrize("given, words", FAULTS, ids=[words[:32] for _, words in FAULTS])
def test_a_fault_names_file_record_and_remedy(given: dict[str, Any], words: str, tmp_path: Path) -> None:
    faults = [str(fault) for fault in check_corpus(a_corpus(tmp_path, given), None, CODES).faults]

    assert any(words in fault for fault in faults), faults
    assert all(fault.startswith("written/w9.jsonl:1 (w9-01") for fault in faults)


def test_a_territory_is_a_place_and_no_actor(tmp_path: Path) -> None:
    """Case 18: a dependent territory acts as its state."""
    greenland = [{"name": "Norvia", "text": "Norvia", "country": ["GRL"]}]
    given = event(place={"name": "Nuuk", "country": "GRL", "precision": "exact"}, actors=greenland)

    (fault,) = check_corpus(a_corpus(tmp_path, given), None, CODES).faults

    assert fault.what == "country of actor 'Norvia' 'GRL' is no country code"


def test_a_text_may_stand_once_and_must_have_a_part(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path, article(), article())
    (corpus / "splits.json").write_text(json.dumps({"splits": {}}), encoding="utf-8")

    faults = {fault.what for fault in check_corpus(corpus, None, CODES).faults}

    assert faults == {"stands in written/w9.jsonl:1 as well", "has no part in splits.json"}


def test_the_text_of_others_may_not_stand_here(tmp_path: Path) -> None:
    corpus = a_corpus(tmp_path, {**article(), "batch": "00"}, where="real/00.jsonl")

    (fault,) = check_corpus(corpus, None, CODES).faults

    assert fault.what == "holds the text of others"


def test_without_a_folder_of_texts_real_rows_are_counted_as_unread(tmp_path: Path) -> None:
    given = {**article(), "batch": "00", "source": "wire", "headline": False, "sha256": "0"}
    del given["text"]
    corpus = a_corpus(tmp_path, given, where="real/00.jsonl")

    checked = check_corpus(corpus, None, CODES)
    (missing,) = check_corpus(corpus, tmp_path, CODES).faults

    assert (checked.rows, checked.unread, checked.faults) == (0, 1, ())
    assert "wire.jsonl.gz is not there" in missing.what


def test_a_broken_line_or_another_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="Name the folder of the corpus"):
        stored(tmp_path)
    corpus = a_corpus(tmp_path, article())
    (corpus / "written" / "w9.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"w9\.jsonl:1: is no JSON"):
        stored(corpus)


def test_countries_are_those_of_the_knowledge_base() -> None:
    assert {"NOR", "UNO", "XKX", "TWN"} <= corpus_codes().countries
    assert "QQQ" not in corpus_codes().countries
