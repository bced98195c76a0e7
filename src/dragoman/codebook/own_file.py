"""A user's TOML file as tables whose every key knows its line; what is broken in its form is a fault with its line.

A file that is no TOML as a whole is read block by block, so that one slip does not hide the faults of the rest.
"""

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dragoman.codebook.tables import Faults
from dragoman.errors import CodebookError

LARGEST_FILE: Final = 4_000_000  # bytes; the shipped ones have under 40,000
LONGEST_VALUE: Final = 500  # lines that one value may go over, for its line to be known
_ARRAY = re.compile(r"\s*\[\[\s*([A-Za-z0-9_.\- ]+?)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([A-Za-z0-9_.\- ]+?)\s*\]\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_LINE = re.compile(r"at line (\d+)")
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What a file holds. lines: line of each table and key, by its path; text_lines: the file as it stands."""

    path: Path
    content: Mapping[str, Any]
    lines: Mapping[Place, int]
    text_lines: tuple[str, ...]
    hash: str


def read_own(path: Path, faults: Faults) -> OwnFile:
    """Read a file. Raises CodebookError if it is none that can be read; faults of its form go to `faults`."""
    where = str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CodebookError(
                f"has over {LARGEST_FILE:,} bytes", where=where, do="Give the path of a codebook in TOML"
            )
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            line = error.object[: error.start].count(b"\n") + 1
            raise CodebookError("is not UTF-8", where=f"{where}:{line}", do="Save it as UTF-8") from None
        reason = getattr(error, "strerror", None) or str(error)
        raise CodebookError(
            f"cannot be read: {reason}", where=where, do="Give the path of a TOML file"
        ) from None
    lines = text.replace("\r\n", "\n").split("\n")
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        content = _piecemeal(lines, path.name, str(error), faults)
    return OwnFile(path, content, dict(_places(lines)), tuple(lines), hashlib.sha256(raw).hexdigest()[:16])


def _piecemeal(lines: list[str], name: str, error: str, faults: Faults) -> dict[str, Any]:
    """The blocks of a broken file that can be read, an empty table for each that cannot."""
    heads = [at for at, line in enumerate(lines) if (found := _ARRAY.match(line)) and found[1] == "category"]
    content: dict[str, Any] = {"category": []}
    before = len(faults.found)
    for first, end in zip([0, *heads], [*heads, len(lines)], strict=True):
        try:
            block = tomllib.loads("\n".join(lines[first:end]))
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            told = _LINE.search(str(fault))
            line = first + int(told[1]) if told else end
            what = re.sub(r" \(at .*\)$", "", str(fault)) or "nested too deeply"
            faults.add(f"{name}:{line}", f"is not TOML: {what}", "Mend the line; see docs/own-categories.md")
            block = {"category": [None]} if first in heads else {}
        for key, value in block.items():
            if key == "category" and isinstance(value, list):
                content["category"] += value
            else:
                content[key] = value
    if len(faults.found) == before:  # nothing but the whole shows it
        told = _LINE.search(error)
        where = f"{name}:{told[1]}" if told else name
        faults.add(where, f"is not TOML: {error}", "Mend the line; see docs/own-categories.md")
    return content


def _places(lines: list[str]) -> Iterator[tuple[Place, int]]:
    """(path, line from 1) of each table and key that stands at the beginning of a line."""
    counted: dict[Place, int] = {}
    prefix: Place = ()
    at = 0
    while at < len(lines):
        line = lines[at]
        if (found := _ARRAY.match(line)) is not None:
            prefix = _inside(found[1], counted)
            number = counted.get(prefix, 0)
            counted[prefix] = number + 1
            prefix = (*prefix, number)
            yield prefix, at + 1
        elif (found := _TABLE.match(line)) is not None:
            prefix = _inside(found[1], counted)
            yield prefix, at + 1
        elif (found := _KEY.match(line)) is not None:
            yield (*prefix, found[1]), at + 1
            at = _end_of_value(lines, at)
            continue
        at += 1


def _inside(dotted: str, counted: Mapping[Place, int]) -> Place:
    """The path of a header: in a list of tables, its parts lie in the newest one."""
    *above, last = (part.strip() for part in dotted.split("."))
    place: Place = ()
    for part in above:
        place = (*place, part)
        if place in counted:
            place = (*place, counted[place] - 1)
    return (*place, last)


def _end_of_value(lines: list[str], first: int) -> int:
    """The line after the value that begins here; the next one if the value cannot be read."""
    for end in range(first + 1, min(len(lines), first + LONGEST_VALUE) + 1):
        try:
            tomllib.loads("\n".join(lines[first:end]))
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
        return end
    return first + 1


@dataclass(frozen=True, slots=True)
class Cells:
    """One table of the file, with readers of its keys that note what is wrong, where, and go on."""

    file: OwnFile
    place: Place
    table: Mapping[str, Any]
    called: str
    faults: Faults

    def line(self, key: str = "", words: str = "") -> int:
        """The line of a key, or of the table; of the list's item with these words where it can be found."""
        at = self.file.lines.get((*self.place, key)) if key else None
        if at is None:
            return self.file.lines.get(self.place, 0)
        if words:
            for number in range(at, min(len(self.file.text_lines), at + LONGEST_VALUE) + 1):
                if words in self.file.text_lines[number - 1]:
                    return number
        return at

    def add(self, what: str, do: str, *, key: str = "", words: str = "") -> None:
        """Note a fault of a key."""
        line = self.line(key, words)
        where = f"{self.file.path.name}:{line}" if line else self.file.path.name
        self.faults.add(f"{where} ({self.called})" if self.called else where, what, do)

    def keys(self, allowed: Collection[str]) -> None:
        """Every key must be one of these."""
        for key in self.table:
            if key not in allowed:
                self.add(f"'{key}' is no key here", f"Write one of: {', '.join(allowed)}", key=key)

    def text(self, key: str) -> str:
        """The words of a key that must be there."""
        value = self.table.get(key, "")
        if not isinstance(value, str):
            self.add(f"'{key}' is {value!r} and no text", f'Write {key} = "…" in quotes', key=key)
            return ""
        if not value.strip():
            self.add(f"'{key}' is empty", f"Fill in '{key}'", key=key)
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words, or one word for a list of one; may be left out, not empty."""
        value = self.table.get(key, [])
        values = [value] if isinstance(value, str) else value
        if not (isinstance(values, list) and all(isinstance(one, str) and one.strip() for one in values)):
            self.add(f"'{key}' is no list of words", f'Write {key} = ["…"]', key=key)
            return ()
        if key in self.table and not values:
            self.add(f"'{key}' is an empty list", f'Write {key} = ["…"], or strike it out', key=key)
        return tuple(one.strip() for one in values)

    def whole(self, key: str, default: int = 0) -> int:
        """A whole number; may be left out."""
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            self.add(f"'{key}' is {value!r} and no whole number", f"Write {key} = 10", key=key)
            return default
        return value

    def choices(self, key: str, allowed: Collection[str], kind: str) -> tuple[str, ...]:
        """A list of words, each out of a closed list."""
        values = self.texts(key)
        for value in values:
            if value not in allowed:
                do = f"Write some of: {', '.join(allowed)}"
                self.add(f"{value!r} is no {kind}", do, key=key, words=value)
        return tuple(value for value in values if value in allowed)

    def tables(self, key: str) -> list["Cells"]:
        """The [[key]] tables inside this one."""
        found: Any = self.table.get(key, [])
        # None stands for a block that could not be read, and was told already.
        if not (isinstance(found, list) and all(one is None or isinstance(one, dict) for one in found)):
            dotted = ".".join(str(part) for part in (*self.place, key) if isinstance(part, str))
            self.add(f"'{key}' is no list of tables", f"Write [[{dotted}]] with double brackets", key=key)
            return []
        return [
            Cells(
                self.file,
                (*self.place, key, number),
                one,
                str(one.get("code", "")) or self.called or f"{key} {number + 1}",
                self.faults,
            )
            for number, one in enumerate(found)
            if one is not None
        ]


__all__ = ["Cells", "OwnFile", "read_own"]
