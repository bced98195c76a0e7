"""Mends: how a record was set right after it was coded.

Two kinds, applied in this order by bring_in.py to the rows as they came:

**By rule** (`by_rule`), what breaks the gold form and can be set right without reading:

1. `actor_accept` and `recipient_accept` are sets of country codes. One batch wrote names there; a set with
   anything but codes never matched any coder, and is left out.
2. The words of a count must stand in the text; words that do not are left out, the numbers stay.
3. A statement that realises an event does not assert it as well.
4. A statement realises an act of words. One linked to a MOBILIZE (an order) asserts it; one linked to the
   PROTEST at which it was said has no link.

**By reading**, in `mends/*.jsonl`: one decision a line, made by reading the text, with the settled case of
guidelines.md §7 (or the section) that asks for it. MENDS.md counts them and says what they are.

    {"id": "voa-1", "event": 3, "at": [40, 46], "case": 14, "set": {"polarity": "negated", "optional": null}}
    {"id": "voa-1", "statement": 0, "at": [60, 64], "case": 13, "set": {"optional": null}}
    {"id": "voa-1", "event": 5, "at": [80, 84], "case": 22, "drop": true}
    {"id": "voa-1", "add": "statement", "case": 13, "record": {"s": 2, "cue": [90, 95], …}}

Numbers of events and statements are those of the row before the file is applied; what a file adds follows the
last one, in its order. `at` is the trigger of the event or the content of the statement as it stands, so that
no mend can hit another record. `set` with null takes the key away. Links follow the events that stay.
"""

import copy
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

CODE = re.compile(r"[A-Z]{3}")

Row = dict[str, Any]
Mend = Mapping[str, Any]


def by_rule(row: Row) -> tuple[Row, list[str]]:
    """The row set right, and one line for each thing changed: record, key and rule."""
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
    for number, statement in enumerate(mended["statements"]):
        event = statement.get("event")
        if event is not None and event in (statement.get("asserts") or []):
            log.append(f"statement {number}: asserted the event that it realises")
            statement["asserts"] = [other for other in statement["asserts"] if other != event]
        kind = None if event is None else mended["events"][event]["type"]
        if kind in ("MOBILIZE", "PROTEST"):
            log.append(f"statement {number}: realised a {kind}")
            statement["event"] = None
            if kind == "MOBILIZE":
                statement["asserts"] = [*(statement.get("asserts") or []), event]
    return mended, log


def read_mends(folder: Path) -> Iterator[tuple[str, dict[str, list[Mend]]]]:
    """Each file of mends in order of name: its name, and its mends by document."""
    for path in sorted(folder.glob("*.jsonl")):
        of: dict[str, list[Mend]] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mend = json.loads(line)
            of.setdefault(mend["id"], []).append({**mend, "where": f"{path.name}:{number}"})
        yield path.name, of


def apply(row: Row, mends: Iterable[Mend]) -> Row:
    """The row after the mends of one file. Raises ValueError if one does not fit the row."""
    out = copy.deepcopy(row)
    records = {"event": list(out["events"]), "statement": list(out["statements"])}
    gone: dict[str, set[int]] = {"event": set(), "statement": set()}
    for mend in mends:
        if "add" in mend:
            records[mend["add"]].append(copy.deepcopy(mend["record"]))
            continue
        kind = "event" if "event" in mend else "statement"
        record = _found(records[kind], kind, mend)
        if mend.get("drop"):
            gone[kind].add(mend[kind])
        for key, value in mend.get("set", {}).items():
            if value is None:
                record.pop(key, None)
            else:
                record[key] = copy.deepcopy(value)
    kept = [number for number in range(len(records["event"])) if number not in gone["event"]]
    now = {number: n for n, number in enumerate(kept)}
    out["events"] = [records["event"][number] for number in kept]
    out["statements"] = [
        statement for n, statement in enumerate(records["statement"]) if n not in gone["statement"]
    ]
    for statement in out["statements"]:
        statement["asserts"] = [now[n] for n in statement.get("asserts") or [] if n in now]
        statement["event"] = None if statement.get("event") is None else now.get(statement["event"])
    return out


def _found(records: list[Row], kind: str, mend: Mend) -> Row:
    number = mend[kind]
    held = records[number]["trigger" if kind == "event" else "content"] if number < len(records) else None
    if held is None or held != mend["at"]:
        raise ValueError(f"{mend['where']}: {mend['id']}, {kind} {number} stands at {held}, not {mend['at']}")
    return records[number]
