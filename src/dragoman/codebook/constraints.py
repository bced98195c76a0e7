"""What PLOVER and the coding guidelines rule of acts whatever the words are: a table, and the class that it becomes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.codebook.entries import TypeEntry
from dragoman.codebook.tables import Faults, Row

FILES = ("plover/constraints.toml",)
SETS = ("needs_mode", "done_when_said", "done_when_announced", "own_condition", "covers_topic")
SIDES = ("actors", "recipients")
REALIS = ("actual", "future", "hypothetical", "historical")


@dataclass(frozen=True, slots=True, kw_only=True)
class Becomes:
    """Affirmed acts of `type` told in this realis are acts of another type, and done."""

    type: str
    realis: str
    then: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Of two acts in one sentence that share somebody on a side, `drop` goes where `keep` stands; a null mode fits any."""

    keep: str
    keep_mode: str | None
    drop: str
    drop_mode: str | None
    share: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """The rules; what each set of types means stands in constraints.toml."""

    needs_mode: frozenset[str]
    done_when_said: frozenset[str]
    done_when_announced: frozenset[str]
    own_condition: frozenset[str]
    covers_topic: frozenset[str]
    becomes: tuple[Becomes, ...]
    ties: tuple[Tie, ...]

    def turned(self, type: str, *, polarity: str, realis: str) -> Becomes | None:
        """The rule that makes an act another type's, if one does."""
        if polarity != "affirmed":
            return None
        return next((rule for rule in self.becomes if (rule.type, rule.realis) == (type, realis)), None)


def read_constraints(data: Path, types: Mapping[str, TypeEntry], faults: Faults) -> Constraints:
    """Read `plover/constraints.toml`; what is wrong goes into `faults`."""
    path = data / FILES[0]
    raw: dict[str, Any] = {}
    if not path.is_file():
        faults.add(path.name, "the table is missing", "Install the package again")
    else:
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            faults.add(path.name, f"this is not TOML: {error}", "Mend the line")
    sets = {name: _set(raw, name, types, path.name, faults) for name in SETS} if raw else {}
    empty: frozenset[str] = frozenset()
    return Constraints(
        needs_mode=sets.get("needs_mode", empty),
        done_when_said=sets.get("done_when_said", empty),
        done_when_announced=sets.get("done_when_announced", empty),
        own_condition=sets.get("own_condition", empty),
        covers_topic=sets.get("covers_topic", empty),
        becomes=tuple(_becomes(row, types) for row in _rows(raw, "becomes", path.name, faults)),
        ties=tuple(_tie(row, types) for row in _rows(raw, "tie", path.name, faults)),
    )


def _set(
    raw: Mapping[str, Any], name: str, types: Mapping[str, TypeEntry], file: str, faults: Faults
) -> frozenset[str]:
    where, cells = f"{file} [{name}]", raw.get(name, {})
    found = cells.get("types", [])
    if not found:
        faults.add(where, "no types", 'Write types = ["…"]')
    if not cells.get("source"):
        faults.add(where, "'source' is empty", "Say where the rule stands")
    for kind in found:
        if kind not in types:
            faults.add(where, f"'types' has {kind!r}, which is not known", "Use a type of types.toml")
        elif name == "needs_mode" and not types[kind].modes:
            faults.add(where, f"{kind} has no modes", "Strike it out")
    return frozenset(found)


def _rows(raw: Mapping[str, Any], name: str, file: str, faults: Faults) -> list[Row]:
    return [Row(f"{file} [[{name}]] {i}", cells, faults) for i, cells in enumerate(raw.get(name, ()), 1)]


def _becomes(row: Row, types: Mapping[str, TypeEntry]) -> Becomes:
    return Becomes(
        type=row.choice("type", types),
        realis=row.choice("realis", REALIS),
        then=row.choice("as", types),
        source=row.text("source"),
    )


def _tie(row: Row, types: Mapping[str, TypeEntry]) -> Tie:
    keep, drop = row.choice("keep", types), row.choice("drop", types)
    return Tie(
        keep=keep,
        keep_mode=_mode(row, "keep_mode", keep, types),
        drop=drop,
        drop_mode=_mode(row, "drop_mode", drop, types),
        share=row.choice("share", SIDES),
        source=row.text("source"),
    )


def _mode(row: Row, column: str, kind: str, types: Mapping[str, TypeEntry]) -> str | None:
    modes = [mode.code for mode in types[kind].modes] if kind in types else []
    return row.choice(column, modes, needed=False) or None
