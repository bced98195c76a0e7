import gzip
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dragoman.errors import GoldError
from dragoman.evaluation.annotation import GoldDocument
from dragoman.evaluation.codes import codebook_codes
from dragoman.evaluation.corpus import load, rows
from dragoman.evaluation.gold import check_lines
from dragoman.evaluation.standoff import away, back, text_hash

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared" / "data"
LONGEST_NAME = 13  # words; a name of office with its state can be long, a sentence of others must not be here

needs_shared = pytest.mark.skipif(
    not (SHARED / "text").is_dir(), reason="needs ../shared/data, which is not here"
)


def script(name: str) -> ModuleType:
    """A script of corpus/, as a module."""
    spec = importlib.util.spec_from_file_location(f"corpus_{name}", CORPUS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


splits = script("splits")
mends = script("mends")


def words_of(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a row with its key."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from words_of(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from words_of(inner, path)


def corpus_rows(folder: str) -> list[dict[str, Any]]:
    paths = sorted((CORPUS / folder).glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


# splits


def test_a_brief_hashes_its_day_and_any_other_text_its_id() -> None:
    assert splits.key_of("wce-2026-04-15-14") == "wce-2026-04-15"
    assert splits.key_of("voa-00022") == "voa-00022"
    by_hand = int(hashlib.sha256(b"voa-00022").hexdigest()[:8], 16) / 2**32
    assert splits.split_by_hash("voa-00022") == (
        "train" if by_hand < 0.6 else "development" if by_hand < 0.75 else "test"
    )


def test_near_duplicates_share_the_split_of_the_smallest_id() -> None:
    shared = "the minister told a crowd in the port that no ship would leave before the strike was over"
    texts = [
        {"id": "a", "text": shared},
        {"id": "b", "title": "News", "text": f"News\n\n{shared} and went home"},
        {"id": "c", "text": "quite another text about a harvest that failed in a dry year inland"},
    ]

    pairs = splits.near_duplicates(texts)
    first = splits.clusters("abc", [*pairs, ("b", "c", 0.5)])

    assert [pair[:2] for pair in pairs] == [("a", "b")]
    assert first == {"a": "a", "b": "a", "c": "a"}
    assert len(set(splits.assign(texts[:2], set()).values())) == 1
    assert splits.assign(texts, {"b"})["a"] == "train"


def test_a_text_that_is_not_coded_follows_the_same_rule() -> None:
    known = {"voa-00022": "test"}

    assert splits.split_of("voa-00022", known) == "test"
    assert splits.split_of("gum-news-nowhere", known) == "train"
    assert splits.split_of("wce-2026-04-15-99", known) == splits.split_by_hash("wce-2026-04-15")


def test_every_text_of_the_corpus_has_its_part() -> None:
    given = json.loads((CORPUS / "splits.json").read_text(encoding="utf-8"))["splits"]

    assert set(given) == {row["id"] for folder in ("real", "written") for row in corpus_rows(folder)}
    assert {row["id"] for row in corpus_rows("double")} <= set(given)


@needs_shared
def test_splits_and_freeze_follow_from_the_rule_and_the_data() -> None:
    done = subprocess.run(
        [sys.executable, str(CORPUS / "splits.py"), "--check"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_test_part_is_not_written_without_being_asked_for(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(CORPUS / "parts.py"), "--split", "test", "--out", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "--final" in done.stderr
    assert not list(tmp_path.iterdir())


# stand-off


def test_no_sentence_of_others_stands_in_the_repository() -> None:
    """Of a real text only offsets, codes and names are kept; no string is longer than a name."""
    for folder in ("real", "double"):
        for row in [row for row in corpus_rows(folder) if row["source"] != "written"]:
            long = [
                (key, value)
                for key, value in words_of(row)
                if len(value.split()) > LONGEST_NAME and key not in ("licence", "url")
            ]
            assert not long, row["id"]
            assert not {"text", "title"} & set(row)
            keys = {key for record in [*row["events"], *row["statements"]] for key, _ in words_of(record)}
            assert not keys & {"trigger", "cue", "content", "text"}, row["id"]


def test_words_go_away_and_come_back() -> None:
    text = "Norvia struck Tavo.\n\nTavo said it would answer in the long cold night."
    row = {
        "id": "tavo",
        "text": text,
        "sentences": [[0, 19], [21, len(text)]],
        "events": [
            {
                "s": 0,
                "trigger": "struck",
                "type": "ASSAULT",
                "actors": [{"name": "Norvia", "text": "Norvia", "country": ["NOR"]}],
                "also": [{"s": 1, "trigger": "answer"}],
                "counts": {"killed": {"best": 2}},
            }
        ],
        "statements": [
            {
                "s": 1,
                "cue": "said",
                "kind": "indirect",
                "speakers": [{"name": "Tavo"}],
                "content": "it would answer in the long cold night",
                "stance": [{"target": "the long cold night", "value": "oppose"}],
            }
        ],
    }
    ((document,), _) = check_lines([json.dumps(row).encode()], where="x")

    stored = away(row, document, headline=False, url=None)
    ((again,), faults) = check_lines([json.dumps(back(stored, text)).encode()], where="x")

    assert not faults
    assert again == document
    assert stored["sha256"] == text_hash(text)
    assert "Tavo said" not in json.dumps(stored)
    assert stored["statements"][0]["stance"][0]["target"] == [
        text.index("the long"),
        text.index("the long") + 19,
    ]


def small_corpus(tmp_path: Path, *, body: str = "Norvia struck Tavo.") -> tuple[Path, Path]:
    """A corpus of one real text, and a folder of texts that holds `body` for it."""
    corpus, texts = tmp_path / "corpus", tmp_path / "texts"
    (corpus / "real").mkdir(parents=True)
    texts.mkdir()
    row = {
        "id": "voa-1",
        "source": "voa-gmb",
        "headline": False,
        "sha256": text_hash("Norvia struck Tavo."),
        "sentences": [[0, 19]],
        "events": [{"s": 0, "trigger": [7, 13], "type": "ASSAULT"}],
        "statements": [],
    }
    (corpus / "real" / "00.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (corpus / "splits.json").write_text(json.dumps({"splits": {"voa-1": "train"}}), encoding="utf-8")
    shutil.copy(CORPUS / "upstream.toml", corpus)
    with gzip.open(texts / "articles-voa-gmb.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "voa-1", "title": None, "text": body}) + "\n")
    return corpus, texts


def test_real_texts_are_joined_with_their_words(tmp_path: Path) -> None:
    corpus, texts = small_corpus(tmp_path)

    (document,) = load(corpus, texts)

    assert document.events[0].tellings[0].trigger.text == "struck"
    assert load(corpus, texts, parts=["test"]) == ()


def test_an_outsider_is_told_where_the_text_is_had(tmp_path: Path) -> None:
    corpus, _ = small_corpus(tmp_path)

    with pytest.raises(GoldError) as raised:
        load(corpus, None)

    message = str(raised.value)
    assert "articles-voa-gmb.jsonl.gz is not there" in message
    assert "codingtime123/Named-Entity-Recognition-with-NLP, commit bae7eccc" in message
    assert "ner_dataset.csv.zip" in message


def test_a_text_that_was_changed_is_refused(tmp_path: Path) -> None:
    corpus, texts = small_corpus(tmp_path, body="Norvia bombed Tavo.")

    with pytest.raises(
        GoldError, match=r"real/00\.jsonl:1 \(voa-1\): the text .* is not the one that was coded"
    ):
        load(corpus, texts)


@needs_shared
def test_the_whole_corpus_loads_with_known_codes() -> None:
    """All parts: offsets in order, codes of the codebook, hashes of the texts."""
    documents = load(CORPUS, SHARED / "text", codes=codebook_codes())
    second = load(CORPUS, SHARED / "text", folders=["double"], codes=codebook_codes())

    rows_there = [len(corpus_rows(folder)) for folder in ("real", "written", "double")]
    assert [len(documents), len(second)] == [sum(rows_there[:2]), rows_there[2]]


@needs_shared
def test_the_corpus_is_what_was_given_and_its_mends(tmp_path: Path) -> None:
    """Nobody edits a file of records by hand: each change stands in mends.py or mends/, with its case."""
    subprocess.run(
        [sys.executable, str(CORPUS / "bring_in.py"), "--out", str(tmp_path)], capture_output=True, check=True
    )

    for made in sorted(tmp_path.rglob("*.jsonl")):
        assert made.read_bytes() == (CORPUS / made.relative_to(tmp_path)).read_bytes(), made.name


@needs_shared
def test_the_words_form_means_the_same_records(tmp_path: Path) -> None:
    """A part written out with words resolves to the records that the corpus has by offsets."""
    subprocess.run(
        [sys.executable, str(CORPUS / "parts.py"), "--split", "dev", "--out", str(tmp_path)],
        capture_output=True,
        check=True,
    )
    told, faults = check_lines((tmp_path / "dev.jsonl").read_bytes().splitlines(), where="dev.jsonl")
    ours = load(CORPUS, SHARED / "text", parts=["development"])

    assert not faults
    assert [one.id for one, two in zip(told, ours, strict=True) if _by_words(one) != _by_words(two)] == []


def _by_words(document: GoldDocument) -> GoldDocument:
    """The same with the place of an act by its words: a reader of words takes the first of equal words."""
    events = tuple(
        replace(event, place=replace(event.place, words=None)) if event.place and event.place.words else event
        for event in document.events
    )
    return replace(document, events=events)


def test_written_articles_are_not_made_from_a_pattern() -> None:
    """Few sentences share a run of six words with more than three others; trigrams are varied."""
    runs: dict[tuple[str, ...], set[tuple[str, int]]] = {}
    trigrams: list[tuple[str, ...]] = []
    sentences = 0
    for row in rows(CORPUS, None, folders=["written"]):
        for number, (start, end) in enumerate(row["sentences"]):
            words = re.findall(r"\w+", row["text"][start:end].lower())
            sentences += 1
            trigrams += zip(words, words[1:], words[2:], strict=False)
            for at in range(len(words) - 5):
                runs.setdefault(tuple(words[at : at + 6]), set()).add((row["id"], number))
    shared = {place for places in runs.values() if len(places) > 4 for place in places}

    assert len(shared) / sentences <= 0.02
    assert len(set(trigrams)) / len(trigrams) >= 0.75
