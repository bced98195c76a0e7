"""How far a speaker stands behind what he says: a table of cues (data/cues.toml)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import cast

from dragoman.records import Commitment

DATA = Path(__file__).parent / "data"


@cache
def _table() -> dict[str, Commitment]:
    raw = tomllib.loads((DATA / "cues.toml").read_text(encoding="utf-8"))
    out: dict[str, Commitment] = {}
    for commitment, entry in raw.items():
        for lemma in (*entry.get("lemmas", ()), *entry.get("phrases", ())):
            out[lemma] = cast(Commitment, commitment)
    return out


def commitment_of(lemma: str) -> Commitment:
    """What a cue commits its speaker to; a cue that the table does not know asserts."""
    return _table().get(lemma, "asserts")
