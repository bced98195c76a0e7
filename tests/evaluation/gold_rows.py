"""Small gold rows for the tests of this room."""

import json
import tomllib
from pathlib import Path
from typing import Any

from dragoman.evaluation import Codes, GoldDocument
from dragoman.evaluation.gold import check_lines

CASES = Path(__file__).parent.parent / "cases" / "evaluation"
CODED = Path(__file__).parents[3] / "shared" / "data" / "coded"

CODES = Codes(
    modes={"ASSAULT": frozenset({"aerial", "beat"}), "SANCTION": frozenset({"convict"})},
    contexts=frozenset({"diplomatic", "military"}),
    sectors=frozenset({"GOV", "MIL"}),
    need_recipient=frozenset({"SANCTION"}),
    countries=frozenset({"NOR", "TON"}),
)

Row = dict[str, Any]


def cases(name: str) -> list[Row]:
    """The cases of a file of tests/cases/evaluation."""
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]


def row(identifier: str, sentences: list[str], **records: Any) -> Row:
    """A gold row whose text is the sentences joined with a space; "null" in a date means null."""
    bounds, at = [], 0
    for sentence in sentences:
        bounds.append([at, at + len(sentence)])
        at += len(sentence) + 1
    for event in records.get("events", []):
        for key, value in (event.get("date") or {}).items():
            if value == "null":  # TOML has no null
                event["date"][key] = None
    return {"id": identifier, "text": " ".join(sentences), "sentences": bounds, **records}


def documents(*rows: Row) -> tuple[GoldDocument, ...]:
    """The documents of good rows."""
    found, faults = check_lines(lines(*rows), where="test.jsonl")
    assert not faults, [str(fault) for fault in faults]
    return found


def lines(*rows: Row) -> list[bytes]:
    """The rows as lines of a file."""
    return [json.dumps(one, ensure_ascii=False).encode() for one in rows]


def good_row() -> Row:
    """A row without a fault, by `CODES`."""
    return row(
        "tavo",
        ["Norvia attacked Tavo in March.", "It said the raid was over."],
        events=[
            {
                "s": 0,
                "trigger": "attacked",
                "type": "ASSAULT",
                "modes": ["aerial"],
                "contexts": ["military"],
                "actors": [{"text": "Norvia", "name": "Norvia", "country": ["NOR"], "sectors": ["MIL"]}],
                "date": {"text": "March", "start": "2021-03-04", "end": "2021-03-04", "precision": "day"},
            }
        ],
        statements=[
            {
                "s": 1,
                "cue": "said",
                "kind": "indirect",
                "speakers": [{"text": "It", "name": "Norvia", "country": ["NOR"]}],
                "content": "the raid was over",
                "asserts": [0],
            }
        ],
    )
