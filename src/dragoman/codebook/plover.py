"""PLOVER 2.0 from its tables: types with modes, contexts, sectors, non-state, auxiliary and former codes."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from dragoman.codebook.entries import (
    AuxiliaryEntry,
    ContextEntry,
    FormerEntry,
    ModeEntry,
    NonStateEntry,
    Reciprocity,
    SectorEntry,
    TypeEntry,
)
from dragoman.codebook.tables import Faults, Row, read_csv, unique
from dragoman.records import Quad

FILES = (
    "plover/types.toml",
    "plover/modes.csv",
    "plover/contexts.csv",
    "plover/sectors.csv",
    "plover/nonstate.csv",
    "plover/quads.csv",
    "plover/auxiliary.csv",
    "plover/former.csv",
)
RECIPROCITY = ("always", "possible", "never")
STATUS_VALUES = {"polarity": ("negated",), "realis": ("future", "hypothetical", "historical")}


@dataclass(frozen=True, slots=True)
class Plover:
    """The tables of PLOVER as entries, each in the order of its file."""

    types: dict[str, TypeEntry]
    contexts: dict[str, ContextEntry]
    sectors: dict[str, SectorEntry]
    nonstate: dict[str, NonStateEntry]
    auxiliary: dict[str, AuxiliaryEntry]
    former: dict[tuple[str, str], FormerEntry]


def read_plover(data: Path, faults: Faults) -> Plover:
    """Read the tables under `data/plover`; what is wrong goes into `faults`."""
    folder = data / "plover"
    contexts = _contexts(folder, faults)
    types = _types(folder, set(contexts), faults)
    return Plover(
        types=types,
        contexts=contexts,
        sectors=_sectors(folder, faults),
        nonstate=_nonstate(folder, faults),
        auxiliary=_auxiliary(folder, faults),
        former=_former(folder, types, contexts, faults),
    )


def _types(folder: Path, contexts: set[str], faults: Faults) -> dict[str, TypeEntry]:
    rows = _toml_rows(folder / "types.toml", "type", faults)
    quads = {
        row.text("quad"): row.text("name")
        for row in read_csv(folder / "quads.csv", ("quad", "name", "source"), ("quad",), faults)
    }
    reciprocal = {row.text("code"): row.choice("reciprocal", RECIPROCITY) for row in rows}
    modes: dict[str, list[ModeEntry]] = {code: [] for code in reciprocal}
    columns = ("type", "mode", "definition", "score", "reciprocal", "adds_context", "source")
    for row in read_csv(folder / "modes.csv", columns, ("type", "mode"), faults):
        kind = row.choice("type", modes)
        mode = ModeEntry(
            type=kind,
            code=row.text("mode"),
            definition=row.text("definition"),
            score=row.number("score"),
            reciprocal=cast(
                Reciprocity,
                row.choice("reciprocal", RECIPROCITY, needed=False) or reciprocal.get(kind, "never"),
            ),
            adds_context=row.choice("adds_context", contexts, needed=False) or None,
            source=row.text("source"),
        )
        modes.get(kind, []).append(mode)
    types = {}
    for row in rows:
        code, quad = row.text("code"), str(row.cells.get("quad"))
        if quad not in quads:
            faults.add(row.where, f"'quad' is {quad}", f"Write one of: {', '.join(quads)}")
        types[code] = TypeEntry(
            code=code,
            name=row.text("name"),
            definition=row.text("definition"),
            boundary=row.text("boundary"),
            quad=Quad(code=int(quad) if quad.isdigit() else 0, name=quads.get(quad, "")),
            score=row.number("score"),
            needs_recipient=row.yes("needs_recipient"),
            reciprocal=cast(Reciprocity, reciprocal[code]),
            modes=tuple(modes[code]),
            source=row.text("source"),
        )
    return types


def _toml_rows(path: Path, name: str, faults: Faults) -> list[Row]:
    """The [[name]] tables of a TOML file as rows."""
    if not path.is_file():
        faults.add(path.name, "the table is missing", "Install the package again")
        return []
    try:
        found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get(name, [])
    except tomllib.TOMLDecodeError as error:
        faults.add(path.name, f"this is not TOML: {error}", "Mend the line")
        return []
    rows = [
        Row(f"{path.name} [[{name}]] {i} ({cells.get('code')})", cells, faults)
        for i, cells in enumerate(found, 1)
    ]
    return unique(rows, ("code",))


def _contexts(folder: Path, faults: Faults) -> dict[str, ContextEntry]:
    rows = read_csv(folder / "contexts.csv", ("context", "definition", "source"), ("context",), faults)
    entries = [
        ContextEntry(code=row.text("context"), definition=row.text("definition"), source=row.text("source"))
        for row in rows
    ]
    return {entry.code: entry for entry in entries}


def _sectors(folder: Path, faults: Faults) -> dict[str, SectorEntry]:
    columns = ("sector", "name", "definition", "frequent", "secondary", "source")
    entries = [
        SectorEntry(
            code=row.text("sector"),
            name=row.text("name"),
            definition=row.text("definition"),
            frequent=row.yes("frequent"),
            secondary=row.yes("secondary"),
            source=row.text("source"),
        )
        for row in read_csv(folder / "sectors.csv", columns, ("sector",), faults)
    ]
    return {entry.code: entry for entry in entries}


def _nonstate(folder: Path, faults: Faults) -> dict[str, NonStateEntry]:
    entries = [
        NonStateEntry(
            code=row.text("code"),
            name=row.text("name"),
            definition=row.text("definition"),
            source=row.text("source"),
        )
        for row in read_csv(
            folder / "nonstate.csv", ("code", "name", "definition", "source"), ("code",), faults
        )
    ]
    return {entry.code: entry for entry in entries}


def _auxiliary(folder: Path, faults: Faults) -> dict[str, AuxiliaryEntry]:
    entries = []
    for row in read_csv(
        folder / "auxiliary.csv", ("mode", "field", "value", "definition", "source"), ("mode",), faults
    ):
        field = row.choice("field", STATUS_VALUES)
        entries.append(
            AuxiliaryEntry(
                code=row.text("mode"),
                field="polarity" if field == "polarity" else "realis",
                value=row.choice("value", STATUS_VALUES.get(field, ())),
                definition=row.text("definition"),
                source=row.text("source"),
            )
        )
    return {entry.code: entry for entry in entries}


def _former(
    folder: Path, types: dict[str, TypeEntry], contexts: dict[str, ContextEntry], faults: Faults
) -> dict[tuple[str, str], FormerEntry]:
    known = {
        "type": {*types, *(mode.key for entry in types.values() for mode in entry.modes)},
        "mode": {mode.code for entry in types.values() for mode in entry.modes},
        "context": set(contexts),
    }
    former: dict[tuple[str, str], FormerEntry] = {}
    for row in read_csv(
        folder / "former.csv", ("kind", "code", "now", "reason", "source"), ("kind", "code"), faults
    ):
        kind, code = row.choice("kind", (*known, "country")), row.text("code")
        now = row.choice("now", sorted(known[kind]), needed=False) if kind in known else row.text("now")
        former[kind, code] = FormerEntry(
            kind=cast(Any, kind),
            code=code,
            now=now or None,
            reason=row.text("reason"),
            source=row.text("source"),
        )
    return former
