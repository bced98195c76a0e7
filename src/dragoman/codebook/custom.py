"""A user's own categories: a TOML file that divides or joins PLOVER types for one purpose.

name = "Labour disputes"
[[category]]
code = "WALKOUT"
name = "Walkout"
definition = "Workers stop work without notice to the employer."
parent = "PROTEST"                # the PLOVER type of such an act
parent_modes = ["strike"]         # optional: only acts with one of these modes
[[category.mode]]                 # optional: modes of the user's own
code = "wildcat"
definition = "Without a call from a union."
"""

import hashlib
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dragoman.codebook.book import Codebook, load, unknown
from dragoman.codebook.tables import Faults, Row, unique
from dragoman.errors import CodebookError

CODE = re.compile(r"[A-Z][A-Z0-9_-]*")
MODE_CODE = re.compile(r"[a-z][a-z0-9_-]*")
FILE_KEYS = ("name", "category")
CATEGORY_KEYS = ("code", "name", "definition", "parent", "parent_modes", "mode")
MODE_KEYS = ("code", "definition")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomMode:
    """A mode that the user adds to a category."""

    code: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A category of the user's own; an act of it is an act of its PLOVER parent as well."""

    code: str
    name: str
    definition: str
    parent: str
    parent_modes: tuple[str, ...]
    modes: tuple[CustomMode, ...]


@dataclass(frozen=True, slots=True)
class CustomCodebook:
    """The categories of one file, by code, in its order; `hash` as in Codebook."""

    name: str
    categories: Mapping[str, Category]
    hash: str

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
            if category.parent == type
            and (not category.parent_modes or not set(category.parent_modes).isdisjoint(modes))
        )


def load_custom(path: Path, book: Codebook | None = None) -> CustomCodebook:
    """Read and check a user's codebook.

    Raises CodebookError naming every fault of the file at once, with its category and what to write.
    """
    book = book or load()
    try:
        raw = path.read_bytes()
        content = tomllib.loads(raw.decode("utf-8"))
    except OSError as error:
        raise CodebookError(
            f"cannot be read: {error.strerror}", where=str(path), do="Give the path of a TOML file"
        ) from None
    except UnicodeDecodeError:
        raise CodebookError("is not UTF-8", where=str(path), do="Save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(
            f"is not TOML: {error}", where=str(path), do="Mend the line; see docs/codebook.md"
        ) from None

    faults = Faults()
    top = Row(path.name, content, faults)
    _check_keys(top, FILE_KEYS)
    name = top.text("name")
    rows = unique(_tables(top, "category", path.name), ("code",))
    if not rows and "category" not in content:
        faults.add(
            path.name,
            "holds no category",
            "Write at least one [[category]] with code, name, definition, parent",
        )
    categories = [_category(row, book) for row in rows]
    faults.raise_any(str(path))
    return CustomCodebook(
        name=name,
        categories=MappingProxyType({category.code: category for category in categories}),
        hash=hashlib.sha256(raw).hexdigest()[:16],
    )


def _category(row: Row, book: Codebook) -> Category:
    _check_keys(row, CATEGORY_KEYS)
    code = _code(row, CODE, "Write capital letters, digits, _ and -, such as LAND_GRAB")
    if code in book.types:
        row.faults.add(
            row.where, f"{code} is a PLOVER type", "Choose another code, and PLOVER's type as its parent"
        )
    parent = row.choice("parent", book.types)
    allowed = book.modes(parent) if parent in book.types else {}
    parent_modes = row.cells.get("parent_modes", [])
    if not (isinstance(parent_modes, list) and all(isinstance(mode, str) for mode in parent_modes)):
        row.faults.add(row.where, "'parent_modes' is no list of words", 'Write parent_modes = ["…"]')
        parent_modes = []
    for mode in parent_modes:
        if parent in book.types and mode not in allowed:
            known = f"Write some of: {', '.join(allowed)}" if allowed else "Strike parent_modes out"
            row.faults.add(row.where, f"{mode!r} is no mode of {parent}", known)
    modes = []
    for mode_row in unique(_tables(row, "mode", row.where), ("code",)):
        _check_keys(mode_row, MODE_KEYS)
        mode_code = _code(mode_row, MODE_CODE, "Write small letters, digits, _ and -, such as wildcat")
        modes.append(CustomMode(code=mode_code, definition=mode_row.text("definition")))
    return Category(
        code=code,
        name=row.text("name"),
        definition=row.text("definition"),
        parent=parent,
        parent_modes=tuple(parent_modes),
        modes=tuple(modes),
    )


def _code(row: Row, form: re.Pattern[str], do: str) -> str:
    code = row.text("code")
    if code and not form.fullmatch(code):
        row.faults.add(row.where, f"'code' is {code!r}", do)
    return code


def _tables(row: Row, key: str, where: str) -> list[Row]:
    """The [[key]] tables inside a table, as rows that name their number and code."""
    found: Any = row.cells.get(key, [])
    if not (isinstance(found, list) and all(isinstance(one, dict) for one in found)):
        row.faults.add(row.where, f"'{key}' is no list of tables", f"Write [[{key}]] with double brackets")
        return []
    return [
        Row(f"{where} [[{key}]] {i} ({one.get('code', 'no code')})", one, row.faults)
        for i, one in enumerate(found, 1)
    ]


def _check_keys(row: Row, allowed: Collection[str]) -> None:
    for key in row.cells:
        if key not in allowed:
            row.faults.add(row.where, f"'{key}' is no key here", f"Write one of: {', '.join(allowed)}")
