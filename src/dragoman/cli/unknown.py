"""What `dragoman missed` does: code or read the articles, count, and write rows that `--actors` reads."""

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from dragoman.cli.batch import check_actors, given, loader
from dragoman.cli.faults import GOOD, SOME_FAILED, Faults
from dragoman.cli.formats import records_of
from dragoman.cli.progress import progress
from dragoman.cli.rows import show_rows
from dragoman.errors import UsageError
from dragoman.intake import Fault
from dragoman.knowledge.own_rows import FIELDS
from dragoman.linking.unresolved import Unresolved, unresolved
from dragoman.records import Coded
from dragoman.runs import code_many
from dragoman.settings import Settings

SUFFIXES: Final = {".toml": "toml", ".csv": "csv", ".jsonl": "jsonl"}
COLUMNS: Final = ("count", "documents", "name", "kind", "country", "sectors", "role", "example")
HEAD: Final = """\
# Names that act, receive or speak in {documents:,} article(s) and are in no table: {shown:,} of {found:,}.
# Country and sectors are guesses of the coder. Check them, delete what is nobody, and give this file to --actors.
"""


def run_missed(
    inputs: Sequence[str],
    settings: Settings,
    *,
    coded: bool,
    to: str | None,
    out: Path | None,
    published: str | None,
    limit: int,
    at_least: int,
) -> int:
    """Write the most frequent unresolved names; return the exit status."""
    form = to or (SUFFIXES.get(out.suffix.lower(), "toml") if out is not None else "toml")
    if out is not None and not out.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {out.parent}", where=f"--out {out}", do="Make it first")
    own = check_actors(settings.actors).own if settings.actors is not None else None
    read = 0

    def articles(faults: Faults) -> Iterator[Coded]:
        nonlocal read
        for one in _recorded(inputs) if coded else _coded(inputs, settings, published, faults):
            read += 1
            yield one

    with Faults(settings.errors) as faults:
        found = [
            one
            for one in unresolved(articles(faults))
            if one.count >= at_least and (own is None or not own.named(one.name))
        ]
    chosen = found[:limit]
    if form in ("jsonl", "table"):
        show_rows(COLUMNS if form == "table" else (*COLUMNS, *MORE), _rows(chosen, form), to=form, out=out)
    else:
        head = HEAD.format(documents=read, shown=len(chosen), found=len(found))
        text = head + "".join(map(_toml, chosen)) if form == "toml" else _csv(chosen)
        if out is not None:
            out.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)
    print(f"dragoman: {len(found):,} name(s) in no table, {len(chosen):,} listed", file=sys.stderr)
    faults.summarise()
    return SOME_FAILED if faults.count else GOOD


MORE: Final = ("spellings", "sure", "first", "last", "examples")


def _recorded(inputs: Sequence[str]) -> Iterator[Coded]:
    for name in inputs:
        yield from records_of(name)


def _coded(
    inputs: Sequence[str], settings: Settings, published: str | None, faults: Faults
) -> Iterator[Coded]:
    workers = 1 if settings.workers is None else settings.workers
    with progress(quiet=False) as advance:
        for result in code_many(given(inputs, settings, published), loader(settings), workers=workers):
            if isinstance(result, Fault):
                faults.add(result)
            else:
                yield result
            advance()


def _rows(found: Sequence[Unresolved], form: str) -> Iterator[tuple[object, ...]]:
    for one in found:
        row = (
            one.count,
            one.documents,
            one.name,
            one.kind,
            list(one.country),
            list(one.sectors),
            one.role,
            one.examples[0][1] if one.examples else None,
        )
        if form == "table":
            yield row
        else:
            examples = [{"document": document, "sentence": sentence} for document, sentence in one.examples]
            yield (*row, list(one.spellings), one.sure, one.first, one.last, examples)


def _counts(one: Unresolved) -> str:
    span = one.first if one.first == one.last else f"{one.first} to {one.last}"
    days = f", {span}" if one.first else ""
    country = f"country {' '.join(one.country)} in {one.sure:.0%}" if one.country else "no country"
    return f"count {one.count} in {one.documents} article(s){days}; {country}"


def _toml(one: Unresolved) -> str:
    """A table of the file, under its counts and sentences; commented out where it would say nothing."""
    lines = [
        "[[actor]]",
        f"name = {_quoted(one.name)}",
        *([f"aliases = [{', '.join(map(_quoted, one.spellings))}]"] if one.spellings else []),
        *([f"kind = {_quoted(one.kind)}"] if one.kind else []),
        *([f"country = [{', '.join(map(_quoted, one.country))}]"] if one.country else []),
        *([f"sectors = [{', '.join(map(_quoted, one.sectors))}]"] if one.sectors else []),
        *([f"office = {_quoted(one.role)}"] if one.role and one.kind == "person" else []),
    ]
    if not (one.country or one.sectors):
        lines = [f"# {line}" for line in (*lines, 'country = "???"')]
    told = [f"# {_counts(one)}", *(f"# “{_plain(sentence)}”" for _, sentence in one.examples)]
    return "\n" + "\n".join((*told, *lines)) + "\n"


def _csv(found: Sequence[Unresolved]) -> str:
    """A row of the file each; one that would say nothing is left out, for CSV has no comments."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for one in found:
        if not (one.country or one.sectors):
            print(f"dragoman: {one.name}: {_counts(one)}; --to toml shows it", file=sys.stderr)
            continue
        cells = {
            "name": one.name,
            "aliases": "|".join(one.spellings),
            "kind": one.kind or "",
            "country": " ".join(one.country),
            "sectors": " ".join(one.sectors),
            "office": (one.role or "") if one.kind == "person" else "",
            "note": "; ".join((_counts(one), *(f"“{_plain(sentence)}”" for _, sentence in one.examples))),
        }
        writer.writerow([cells.get(key, "") for key in FIELDS])
    return text.getvalue()


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's, but for one more character that TOML forbids in it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    """Words for a comment: on one line and without characters that steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
