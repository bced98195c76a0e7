"""What `dragoman codebook` shows: all entries, one in full with its crosswalk, or those with a word."""

import textwrap
from collections.abc import Iterator
from shutil import get_terminal_size
from typing import Any, Final

from dragoman import codebook
from dragoman.codebook import (
    AuxiliaryEntry,
    CameoEntry,
    Codebook,
    ContextEntry,
    Entry,
    ModeEntry,
    NonStateEntry,
    SectorEntry,
    TypeEntry,
)
from dragoman.errors import CodebookError, UsageError

KINDS: Final[dict[type, str]] = {
    TypeEntry: "type",
    ModeEntry: "mode",
    ContextEntry: "context",
    SectorEntry: "sector",
    NonStateEntry: "non-state code",
    AuxiliaryEntry: "auxiliary mode",
    CameoEntry: "CAMEO code",
}
CODE_WIDTH: Final = 24
LABEL_WIDTH: Final = 16
WIDEST: Final = 110  # longer lines are hard to read


def show_codebook(code: str | None, *, search: str | None, as_json: bool) -> None:
    """Print what was asked for. Raises UsageError for a code that is not there."""
    if code is not None and search is not None:
        raise UsageError("CODE and --search exclude each other", where="codebook", do="Give one of them")
    book = codebook.load()
    found: tuple[Entry, ...]
    if code is not None:
        found = (_describe(book, code),)
    elif search is not None:
        found = book.search(search)
        if not found:
            raise CodebookError(
                f"nothing speaks of {search!r}", where="codebook", do="Try a shorter or more common word"
            )
    else:
        found = tuple(book)
    if as_json:
        import json

        rows = [_row(book, entry) for entry in found]
        print(json.dumps(rows[0] if code is not None else rows, indent=2, ensure_ascii=False))
        return
    width = min(WIDEST, get_terminal_size().columns)
    for line in _card(book, found[0], width) if code is not None else _list(found, width):
        print(line)


def _describe(book: Codebook, code: str) -> Entry:
    try:
        return book.describe(code)
    except CodebookError as error:  # the table is sound; it is the user's code that is unknown
        raise UsageError(error.what, where=error.where, do=error.do) from error


def _list(entries: tuple[Entry, ...], width: int) -> Iterator[str]:
    before = ""
    for entry in entries:
        kind = KINDS[type(entry)]
        if kind != before and {kind, before} != {"type", "mode"}:
            yield f"{'' if not before else chr(10)}{'types and modes' if kind == 'type' else kind + 's'}"
        before = kind
        indent = "    " if isinstance(entry, ModeEntry) else "  "
        start = f"{indent}{_code(entry):<{CODE_WIDTH - len(indent)}} "
        words = _name(entry) or _definition(entry)
        yield start + textwrap.shorten(words, max(20, width - len(start)), placeholder=" …")


def _card(book: Codebook, entry: Entry, width: int) -> Iterator[str]:
    for label, value in _row(book, entry).items():
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for n, line in enumerate(textwrap.wrap(words, width - LABEL_WIDTH) or [""]):
            yield f"{label if n == 0 else '':<{LABEL_WIDTH}}{line}"


def _row(book: Codebook, entry: Entry) -> dict[str, Any]:
    """What there is to say of an entry, in the order in which one reads it; nothing that is empty."""
    found: dict[str, Any] = {"code": _code(entry), "kind": KINDS[type(entry)], "name": _name(entry)}
    found["definition"] = _definition(entry)
    match entry:
        case TypeEntry():
            found |= {
                "not to mix with": entry.boundary,
                "quad": f"{entry.quad.code} {entry.quad.name}",
                "score": entry.score,
                "recipient": "required" if entry.needs_recipient else "where the text gives one",
                "all are actors": entry.reciprocal,
                "modes": [mode.code for mode in entry.modes],
                "CAMEO": _cameo(book, entry.code, ()),
            }
        case ModeEntry():
            found |= {
                "score": entry.score,
                "all are actors": entry.reciprocal,
                "adds context": entry.adds_context,
                "CAMEO": _cameo(book, entry.type, (entry.code,)),
            }
        case SectorEntry():
            found["use"] = ", ".join(
                word
                for word, true in (("frequent", entry.frequent), ("beside another", entry.secondary))
                if true
            )
        case AuxiliaryEntry():
            found["status"] = f"{entry.field} = {entry.value}"
        case CameoEntry():
            found |= {
                "root": f"{entry.root} {book.cameo_codes[entry.root].name}",
                "quad": entry.quad,
                "Goldstein": entry.goldstein,
                "PLOVER": _plover(book, entry.code),
            }
    found["source"] = entry.source
    return {label: value for label, value in found.items() if value not in (None, "", [])}


def _cameo(book: Codebook, kind: str, modes: tuple[str, ...]) -> str:
    choice = book.cameo(kind, modes)
    return f"{choice.code} {book.cameo_codes[choice.code].name}"


def _plover(book: Codebook, code: str) -> str:
    choice = book.from_cameo(code)
    if choice.type is None:
        return "no event: plain comment"
    return "/".join(filter(None, (choice.type, choice.mode))) + (" (sides swapped)" if choice.swap else "")


def _code(entry: Entry) -> str:
    return entry.key if isinstance(entry, ModeEntry) else entry.code


def _name(entry: Entry) -> str:
    return str(getattr(entry, "name", ""))


def _definition(entry: Entry) -> str:
    return str(getattr(entry, "definition", ""))
