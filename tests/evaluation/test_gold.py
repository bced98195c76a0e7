import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import GoldError
from dragoman.evaluation import check, load
from dragoman.evaluation.gold import check_lines
from dragoman.evaluation.resolve import occurrences

from .gold_rows import CODES, Row, cases, documents, good_row, lines, row

FAULTS = cases("faults.toml")


def changed(good: Row, path: str, value: Any) -> Row:
    """The row with another value at a path such as "events.0.type"."""
    out = copy.deepcopy(good)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    at: Any = out
    for step in way:
        at = at[step]
    at[last] = value
    return out


@pytest.mark.parametrize("case", FAULTS, ids=[case["id"] for case in FAULTS])
def test_a_fault_says_where_what_and_what_to_write(case: dict[str, Any]) -> None:
    documents, faults = check_lines(
        lines(good_row(), changed({**good_row(), "id": "two"}, case["path"], case["value"])),
        where="gold.jsonl",
        codes=CODES,
    )

    assert [document.id for document in documents] == ["tavo"]
    said = [fault for fault in faults if case["says"] in fault.what]
    assert said, [str(fault) for fault in faults]
    assert said[0].where == "gold.jsonl:2"
    assert case["do"] in str(said[0])


def test_a_good_row_has_no_fault() -> None:
    documents, faults = check_lines(lines(good_row()), where="gold.jsonl", codes=CODES)

    assert not faults
    (event,) = documents[0].events
    assert event.tellings[0].trigger.text == "attacked"
    assert [actor.words.text for actor in event.actors if actor.words] == ["Norvia"]


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    """Each fault of each line once, in the order of the file, in one error."""
    bad = changed(changed(good_row(), "events.0.type", "ATTACK"), "statements.0.kind", "quoted")
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n".join([*lines(bad), b"{broken", *lines(good_row())]))

    with pytest.raises(GoldError) as raised:
        load(path, CODES)

    message = str(raised.value)
    assert "5 faults" in message  # type, modes of an unknown type, kind, broken line, id twice
    places = [message.index(text) for text in ("'ATTACK'", "'quoted'", "gold.jsonl:2", "id of line 1")]
    assert places == sorted(places)
    assert "tavo, event 0 'attacked'" in message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot be read"):
        check(tmp_path / "none.jsonl")


def test_words_and_offsets_mean_the_same() -> None:
    words = good_row()
    offsets = copy.deepcopy(words)
    text = words["text"]

    def at(quoted: str) -> list[int]:
        start = text.index(quoted)
        return [start, start + len(quoted)]

    offsets["events"][0]["trigger"] = at("attacked")
    offsets["events"][0]["actors"][0]["text"] = at("Norvia")
    offsets["events"][0]["date"]["text"] = at("March")
    offsets["statements"][0]["cue"] = at("said")
    offsets["statements"][0]["content"] = [at("the raid was over")]
    offsets["statements"][0]["speakers"][0]["text"] = at("It")

    assert documents(words) == documents(offsets)


def test_the_first_of_equal_words_is_meant_and_whole_words_before_parts() -> None:
    (document,) = documents(
        row(
            "words",
            ["The theft was where he met the other, and he left."],
            events=[
                {
                    "s": 0,
                    "trigger": "met",
                    "type": "CONSULT",
                    "actors": [{"name": "he", "text": "he"}],
                }
            ],
        )
    )
    span = document.events[0].actors[0].words

    assert span is not None
    assert (span.start, span.text) == (20, "he")


def test_words_of_an_actor_may_stand_before_the_sentence() -> None:
    (document,) = documents(
        row(
            "pronoun",
            ["Ana Lopes won.", "Ana Lopes spoke.", "She thanked Peru."],
            events=[
                {
                    "s": 2,
                    "trigger": "thanked",
                    "type": "SUPPORT",
                    "actors": [{"name": "Ana Lopes", "text": "Ana Lopes"}],
                }
            ],
        )
    )
    span = document.events[0].actors[0].words

    assert span is not None
    assert span.sentence == 1


def test_content_may_start_in_an_earlier_sentence_and_run_on() -> None:
    (document,) = documents(
        row(
            "quoted",
            ['"It is late.', 'We go," she said.'],
            statements=[
                {
                    "s": 1,
                    "content_s": 0,
                    "cue": "said",
                    "kind": "direct",
                    "speakers": [{"name": "she"}],
                    "content": '"It is late. We go,"',
                }
            ],
        )
    )

    assert document.statements[0].content[0].start == 0


@given(st.text(alphabet="ab é", max_size=40), st.text(alphabet="ab é", min_size=1, max_size=3))
def test_occurrences_are_the_words_and_each_only_once(text: str, words: str) -> None:
    found = list(occurrences(text, words, 0, len(text)))

    assert all(text[start:end] == words for start, end in found)
    assert sorted(found) == sorted(set(found))
    assert bool(found) == (words in text)
