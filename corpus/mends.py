"""Mechanical mends of the coded texts: what breaks the gold form and can be set right without reading.

Each mend is a general rule, applied to every part alike when rows leave `../shared/data/coded`; the frozen
hashes in splits.json are those of the rows as they came.

1. `actor_accept` and `recipient_accept` are sets of country codes. One batch wrote names there; a set with
   anything but codes never matched any coder, and is left out.
2. The words of a count must stand in the text; words that do not are left out, the numbers stay.
"""

import copy
import re
from typing import Any

CODE = re.compile(r"[A-Z]{3}")


def mend(row: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The row set right, and one line for each thing changed: event number, key and rule."""
    mended, log = copy.deepcopy(row), []
    for number, event in enumerate(mended["events"]):
        for key in ("actor_accept", "recipient_accept"):
            sets = event.get(key, [])
            kept = [codes for codes in sets if all(CODE.fullmatch(code) for code in codes)]
            if len(kept) < len(sets):
                log.append(f"event {number}: {key} held names, not codes")
                if kept:
                    event[key] = kept
                else:
                    del event[key]
        for kind, count in (event.get("counts") or {}).items():
            words = count.get("text")
            if isinstance(words, str) and words not in row["text"]:
                log.append(f"event {number}: the words of {kind} are not in the text")
                del count["text"]
    return mended, log
