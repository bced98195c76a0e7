"""Files, folders, patterns, feeds and standard input, as raw texts in a fixed order."""

import glob
import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from dragoman.intake import jsonl
from dragoman.intake.fault import Fault
from dragoman.intake.feed import LARGEST_FEED, fetch_feed, read_feed
from dragoman.intake.limits import LARGEST_BYTES, too_large
from dragoman.intake.published import published as checked
from dragoman.intake.raw import Form, Raw
from dragoman.intake.warc import read_warc

SUFFIXES: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonlines": "jsonl",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".warc": "warc",
    ".wet": "warc",
}
GZIP = b"\x1f\x8b"
SNIFFED = 2_048
STANDARD_INPUT = "-"
FEED_MARK = "feed:"
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:rdf)[\s>]")
_READING_ERRORS = (OSError, EOFError, zlib.error)  # gzip.BadGzipFile is an OSError


def inputs(
    paths: Sequence[str],
    *,
    form: Form = "auto",
    published: str | None = None,
    standard_input: IO[bytes] | None = None,
    follow: bool = False,
    allow_private: bool = False,
) -> Iterator[Raw | Fault]:
    """Yield every text under `paths` in the order given, and a fault for whatever cannot be opened.

    A path is a file, a folder (every file below it but hidden ones, by name), a pattern ("news/**/*.txt", by
    name) or "-" for standard input; files may be packed with gzip. "feed:" before a path, or before an address, says
    that a feed is there. form: what the files are; `auto` goes by
    the ending, else by the beginning of the content. published: the day of texts that name none.
    standard_input: where "-" reads from, if not from this process's own. follow: items of feeds stand for the pages
    they link to, which `follow_link` fetches. allow_private: a feed may lie at an address that is not public.
    Raises InputError at once if `published` is no date; opens nothing before the first text is asked for.
    """
    day = checked(published, where="--published") if published is not None else None
    return _inputs(paths, form, day, standard_input, follow, allow_private)


def _inputs(
    paths: Sequence[str],
    given_form: Form,
    day: str | None,
    standard_input: IO[bytes] | None,
    follow: bool,
    allow_private: bool,
) -> Iterator[Raw | Fault]:
    for given in paths:
        path = given.removeprefix(FEED_MARK)
        form: Form = "feed" if path != given else given_form
        if form == "feed" and "://" in path:
            yield from fetch_feed(path, published=day, follow=follow, allow_private=allow_private)
            continue
        if path == STANDARD_INPUT:
            yield from _read(standard_input or sys.stdin.buffer, STANDARD_INPUT, form, day, follow)
            continue
        found = _files(path)
        if isinstance(found, Fault):
            yield found
            continue
        for file in found:
            try:
                with file.open("rb") as opened:
                    yield from _read(opened, str(file), form, day, follow)
            except _READING_ERRORS as error:
                yield _unreadable(str(file), error)


def _files(path: str) -> list[Path] | Fault:
    """The files a path stands for, by name."""
    place = Path(path)
    try:
        if place.is_dir():
            below = (file for file in place.rglob("*") if not _hidden(file.relative_to(place)))
            files = sorted(file for file in below if file.is_file())
            nothing = "the folder holds no file"
        elif place.exists():
            return [place]
        elif glob.has_magic(path):
            files = sorted(file for file in map(Path, glob.glob(path, recursive=True)) if file.is_file())  # noqa: PTH207
            nothing = "no file fits this pattern"
        else:
            files, nothing = [], "no such file"
    except (OSError, ValueError) as error:
        return _unreadable(path, error)
    return files or Fault(
        file=path, what=nothing, do="Give a file, a folder, a pattern or - for standard input"
    )


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _unreadable(name: str, error: Exception) -> Fault:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Fault(
        file=name,
        error=type(error).__name__,
        what=f"cannot be read ({reason})",
        do="Look at its path, its rights, or whether it is damaged",
    )


def _read(opened: IO[bytes], name: str, form: Form, day: str | None, follow: bool) -> Iterator[Raw | Fault]:
    """Yield the texts of one opened file."""
    stream = _buffered(opened)
    if _form(name, form, stream) == "warc":
        yield from read_warc(stream, name=name, published=day)  # unpacks by itself, record by record
        return
    if _peek(stream, len(GZIP)) == GZIP:
        stream = _buffered(gzip.GzipFile(fileobj=stream))
    kind = _form(name, form, stream)
    empty = Fault(file=name, what="the file is empty", do="Leave it out, or fetch it again")
    if kind == "jsonl":
        found = 0
        try:
            for text in jsonl.read_lines(stream, name=name, published=day):
                found += 1
                yield text
        except _READING_ERRORS as error:
            yield _unreadable(name, error)
        else:
            if not found:
                yield empty
        return
    if kind == "warc":
        yield from read_warc(stream, name=name, published=day)
        return
    try:
        content = stream.read((LARGEST_FEED if kind == "feed" else LARGEST_BYTES) + 1)
    except _READING_ERRORS as error:
        yield _unreadable(name, error)
        return
    if kind == "feed" and content.strip():
        yield from read_feed(content, name=name, published=day, follow=follow)
    elif len(content) > LARGEST_BYTES:
        large = too_large(name, kind)
        yield Fault(file=name, what=large.what, do=large.do)
    elif not content.strip():
        yield empty
    else:
        yield Raw(
            content=content, form="html" if kind == "html" else "text", file=name, published_default=day
        )


def _buffered(stream: Any) -> io.BufferedReader:
    """A reader that can look ahead."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)


def _peek(stream: io.BufferedReader, count: int) -> bytes:
    try:
        return stream.peek(count)[:count]
    except _READING_ERRORS:
        return b""


def _form(name: str, form: Form, stream: io.BufferedReader) -> Form:
    """What a file is: as the user says, else by its ending, else by how it begins."""
    if form != "auto":
        return form
    plain = Path(name.lower().removesuffix(".gz"))
    if plain.suffix in SUFFIXES:
        return SUFFIXES[plain.suffix]
    start = _peek(stream, SNIFFED).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith(b"warc/"):
        return "warc"
    if start.startswith(b"<") and _FEED_START.search(start) and not start.startswith(b"<!doctype html"):
        return "feed"
    return "html" if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start else "text"
