"""What failed in a run, as rows and lines."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import IO

from dragoman.intake import Fault


def to_json(fault: Fault) -> bytes:
    """One JSON object and a line feed: `record`, then the fields of `Fault`; absent values are null."""
    return (
        json.dumps({"record": "fault", **asdict(fault)}, ensure_ascii=False).encode("utf-8", "replace")
        + b"\n"
    )


def write_faults(faults: Iterable[Fault], file: IO[bytes]) -> int:
    """Write a row for each fault (`--errors errors.jsonl`) and return how many texts were lost."""
    lost = 0
    for fault in faults:
        file.write(to_json(fault))
        lost += fault.lost
    return lost
