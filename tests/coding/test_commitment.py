"""How far a speaker stands behind what he says: the table of cues."""

import tomllib
from collections import Counter
from typing import get_args

import pytest

from dragoman.coding.commitment import DATA, commitment_of
from dragoman.records import Commitment

TABLE = tomllib.loads((DATA / "cues.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("cue", "commitment"),
    [
        ("say", "asserts"),
        ("announce", "asserts"),
        ("deny", "denies"),
        ("suspect", "doubts"),
        ("quote", "reports"),
        ("according to", "reports"),
        ("a word that no table holds", "asserts"),
        ("", "asserts"),
    ],
)
def test_a_cue_commits_its_speaker(cue: str, commitment: str) -> None:
    assert commitment_of(cue) == commitment


def test_the_table_names_each_cue_once_in_lower_case_and_known_commitments_only() -> None:
    rows = [cue for part in TABLE.values() for cue in (*part.get("lemmas", ()), *part.get("phrases", ()))]

    assert set(TABLE) <= set(get_args(Commitment))
    assert [cue for cue, times in Counter(rows).items() if times > 1] == []
    assert [cue for cue in rows if cue != cue.lower()] == []


def test_every_row_of_the_table_is_found() -> None:
    for commitment, part in TABLE.items():
        for cue in (*part.get("lemmas", ()), *part.get("phrases", ())):
            assert commitment_of(cue) == commitment
