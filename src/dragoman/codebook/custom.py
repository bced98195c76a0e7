"""A user's own categories: a TOML file that divides or joins PLOVER types for one purpose (docs/own-categories.md).

name = "Labour disputes"
[[category]]
code = "WALKOUT"
name = "Walkout"
definition = "Workers stop work without notice to the employer."
parent = "PROTEST"                # the PLOVER type of such an act, or several
parent_modes = ["strike"]         # optional: only acts with one of these modes
priority = 0                      # optional: of those that match, the highest stay
phrases = ["down tools"]          # optional: words of such an act
examples = ["Welders downed tools on Monday."]       # optional: must give the category …
counter_examples = ["Welders met the minister."]     # … and must not
[[category.pattern]]              # optional: conditions that hold together (own_patterns.py)
trigger = ["walk out", "stop work"]
[[category.mode]]                 # optional: modes of the user's own
code = "wildcat"
definition = "Without a call from a union."
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Final

from dragoman.codebook.book import Codebook, load, unknown
from dragoman.codebook.own_file import Cells, read_own
from dragoman.codebook.own_patterns import Pattern, read_patterns
from dragoman.codebook.tables import Faults

CODE = re.compile(r"[A-Z][A-Z0-9_-]*")
MODE_CODE = re.compile(r"[a-z][a-z0-9_-]*")
FILE_KEYS: Final = ("name", "category")
MODE_KEYS: Final = ("code", "definition", "phrases", "pattern")
CATEGORY_KEYS: Final = (
    *("code", "name", "definition", "parent", "parent_modes", "priority"),
    *("phrases", "pattern", "mode", "examples", "counter_examples"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomMode:
    """A mode that the user adds to a category; without patterns it is never given, only described."""

    code: str
    definition: str
    patterns: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence that must give the category, or, with expected false, must not."""

    text: str
    expected: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of the user's own; an act of it is an act of one of its PLOVER parents as well.

    Without patterns every act of a parent, with one of parent_modes if there are any, belongs to it.
    """

    code: str
    name: str
    definition: str
    parents: tuple[str, ...]
    parent_modes: tuple[str, ...] = ()
    modes: tuple[CustomMode, ...] = ()
    priority: int = 0
    patterns: tuple[Pattern, ...] = ()
    examples: tuple[Example, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class CustomCodebook:
    """The categories of one file, by code, in its order; `hash` as in Codebook; `file`: its name."""

    name: str
    categories: Mapping[str, Category]
    hash: str
    file: str = field(default="")

    def category(self, code: str) -> Category:
        """The category of a code; raises CodebookError for an unknown one."""
        if code not in self.categories:
            raise unknown(code, f"category of {self.name}", self.categories)
        return self.categories[code]

    def under(self, type: str, modes: Collection[str] = ()) -> tuple[Category, ...]:
        """The categories that an act of this type and these modes may belong to, in the file's order."""
        return tuple(
            category
            for category in self.categories.values()
            if type in category.parents
            and (not category.parent_modes or not set(category.parent_modes).isdisjoint(modes))
        )


def shipped() -> tuple[str, ...]:
    """The names of the codebooks that the package brings along, as `--codebook` takes them."""
    folder = files("dragoman.codebook") / "data" / "own"
    return tuple(
        sorted(one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml"))
    )


def find_custom(name: str | Path) -> Path:
    """The path of a user's codebook, or of a shipped one where no file has that name."""
    path = Path(name)
    if not path.exists() and str(name) in shipped():
        return Path(str(files("dragoman.codebook") / "data" / "own" / f"{name}.toml"))
    return path


def load_custom(path: str | Path, book: Codebook | None = None) -> CustomCodebook:
    """Read and check a user's codebook, or a shipped one by its name.

    Raises CodebookError naming every fault of the file at once, with line, field and what to write.
    """
    book = book or load()
    path = find_custom(path)
    faults = Faults()
    file = read_own(path, faults)
    top = Cells(file, (), file.content, "", faults)
    top.keys(FILE_KEYS)
    name = top.text("name")
    if not file.content.get("category"):
        top.add("holds no category", "Write at least one [[category]] with code, name, definition, parent")
    rows = _once(top.tables("category"))
    categories = [_category(row, book) for row in rows]
    faults.found.sort(key=lambda fault: _line_of(fault.where))
    faults.raise_any(str(path))
    return CustomCodebook(
        name=name,
        categories=MappingProxyType({category.code: category for category in categories}),
        hash=file.hash,
        file=path.name,
    )


def _category(row: Cells, book: Codebook) -> Category:
    row.keys(CATEGORY_KEYS)
    code = _code(row, CODE, "Write capital letters, digits, _ and -, such as LAND_GRAB")
    if code in book.types:
        row.add(
            f"{code} is a PLOVER type", "Choose another code, and PLOVER's type as its parent", key="code"
        )
    parents = row.choices("parent", book.types, "PLOVER type")
    if not row.table.get("parent"):
        row.add("'parent' is empty", f"Write one of: {', '.join(book.types)}", key="parent")
    modes = tuple(dict.fromkeys(mode for parent in parents for mode in book.modes(parent)))
    parent_modes: tuple[str, ...] = ()
    if parents and not modes and "parent_modes" in row.table:
        row.add(f"{', '.join(parents)} has no modes", "Strike parent_modes out", key="parent_modes")
    elif parents:
        parent_modes = row.choices("parent_modes", modes, f"mode of {', '.join(parents)}")
    own_modes = []
    for mode in _once(row.tables("mode")):
        mode.keys(MODE_KEYS)
        own_modes.append(
            CustomMode(
                code=_code(mode, MODE_CODE, "Write small letters, digits, _ and -, such as wildcat"),
                definition=mode.text("definition"),
                patterns=read_patterns(mode, book, modes),
            )
        )
    examples = [
        Example(text=text, expected=key == "examples", line=row.line(key, text))
        for key in ("examples", "counter_examples")
        for text in row.texts(key)
    ]
    return Category(
        code=code,
        name=row.text("name"),
        definition=row.text("definition"),
        parents=parents,
        parent_modes=parent_modes,
        modes=tuple(own_modes),
        priority=row.whole("priority"),
        patterns=read_patterns(row, book, modes),
        examples=tuple(examples),
        line=row.line(),
    )


def _code(row: Cells, form: re.Pattern[str], do: str) -> str:
    code = row.text("code")
    if code and not form.fullmatch(code):
        row.add(f"'code' is {code!r}", do, key="code")
    return code


def _once(rows: list[Cells]) -> list[Cells]:
    """The tables with each code once; a repeated one is a fault."""
    first: dict[str, Cells] = {}
    for row in rows:
        code = str(row.table.get("code") or f"line {row.line()}")
        if code in first:
            row.add(
                f"{code} stands already in line {first[code].line()}", "Strike one of the two out", key="code"
            )
            continue
        first[code] = row
    return list(first.values())


def _line_of(where: str) -> int:
    found = re.search(r":(\d+)", where)
    return int(found[1]) if found else 0
