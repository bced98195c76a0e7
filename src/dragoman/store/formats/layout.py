"""A table of another system as parts: which cells come to which fields, so that equal cells are read once.

A file of a million rows has a few hundred acts, some thousand parties and places. `read_row` makes one row a record;
`dragoman.store.bulk` reads each part once and puts whole files together in SQL. Both take the same parts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from dragoman.records import Coded
from dragoman.store.formats.form import Losses
from dragoman.store.formats.imported import coded_row
from dragoman.store.formats.rows import clean_lines

Cells = Mapping[str, Any]
Told = Mapping[str, Any]
# What a part may tell: arguments of `coded_row`. A source and a target change sides with some codes of CAMEO.
SLOTS: Final[Mapping[str, tuple[str, ...]]] = {
    "act": ("type", "type_note", "modes", "contexts", "quad", "scale", "cameo"),
    "goldstein": ("goldstein",),
    "actors": ("actors",),
    "recipients": ("recipients",),
    "status": ("status",),
    "attribution": ("attribution",),
    "date": ("when",),
    "place": ("place",),
    "counts": ("counts",),
    "confidence": ("confidence",),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Some columns, and what they come to.

    slot: one of SLOTS; `source` or `target` (an actor under the key `actor`); `about` (fields of the document).
    read: the arguments of the slot; null, counted in the losses, where a row with such cells is left out. An act may
    also tell `swap`, that the sides change, and `label`, the words for a row that has none of its own.
    gives (only of `about`): which fields of the document. sql: for columns that differ in each row, the same in SQL.
    stands (only of actors): columns whose words, where a cell has one alone, go into a field of the actor as they
    stand, whatever they are, so that cells that differ in them alone are read once.
    """

    slot: str
    columns: tuple[str, ...]
    read: Callable[[Cells, Losses], Told | None]
    gives: tuple[str, ...] = ()
    sql: Mapping[str, str] = field(default_factory=dict)
    stands: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a table is read.

    about: fields of the document that are a cell as it stands. kept: cells that no field holds. label: columns, the
    first of them with words gives the text of the row. trigger: the column of the words of the act, within the label.
    nulls: words that stand for an empty cell.
    """

    format: str
    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    about: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    trigger: str | None = None
    nulls: tuple[str, ...] = ()


def read_row(layout: Layout, cells: Cells, losses: Losses, *, where: str, key: str) -> Coded | None:
    """A row as a document with one event; null, and counted, if it is none. key: as in `coded_row`."""
    told: dict[str, Any] = {}
    complete = True
    for part in layout.parts:
        one = part.read(cells, losses)
        if one is None:
            complete = False
        else:
            told |= {part.slot: one["actor"]} if part.slot in ("source", "target") else one
    if not complete:
        return None
    swap, label = told.pop("swap", False), told.pop("label", None)
    if "source" in told or "target" in told:
        sides = [(told.pop(side, None),) for side in ("source", "target")]
        sides = [tuple(filter(None, side)) for side in (reversed(sides) if swap else sides)]
        told["actors"], told["recipients"] = sides
    about: dict[str, Any] = {
        name: str(cells[column]) for name, column in layout.about.items() if cells[column]
    }
    return coded_row(
        format=layout.format,
        where=where,
        key=key,
        label=next((str(cells[name]) for name in layout.label if cells[name]), label) or "",
        act=cells[layout.trigger] or None if layout.trigger else None,
        kept={name: "" if cells[name] is None else str(cells[name]) for name in layout.kept},
        **told,
        **about,
    )


def read_tabs(
    layout: Layout,
    path: Path,
    losses: Losses,
    *,
    title: str,
    header: bool,
    columns: Sequence[str] | None = None,
) -> Iterator[Coded]:
    """One document with one event for each line of a tab-separated file. columns: those of an older form."""
    here = columns or layout.columns
    for number, line in clean_lines(path, here, losses, format=title, header=header):
        cells = line.split("\t")
        row = dict.fromkeys(layout.columns, "") | dict(zip(here, cells, strict=True))
        if layout.nulls:
            row = {name: "" if cell in layout.nulls else cell for name, cell in row.items()}
        coded = read_row(layout, row, losses, where=f"{path.name}:{number}", key=line)
        if coded is not None:
            yield coded
