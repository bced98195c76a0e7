"""What `dragoman explain` does: find the articles, then show them on the terminal or write a page."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.cli.faults import GOOD, SOME_FAILED, Faults
from dragoman.errors import InputError, UsageError
from dragoman.records import Coded, from_jsonl
from dragoman.settings import Settings


def run_explain(
    file: str,
    settings: Settings,
    *,
    published: str | None,
    coded: bool,
    document: str | None,
    html: Path | None,
) -> int:
    """Explain the articles of a file, coded now or read as coded before. Returns the exit status."""
    with Faults(settings.errors) as faults:
        found = list(_read_records(file) if coded else _code(file, settings, published, faults))
    if found:
        _show([_choose(found, document, file)] if document is not None else found, html)
    elif not faults.count:
        raise InputError("holds no article", where=file, do="Give a file with a text")
    return SOME_FAILED if faults.count else GOOD


def _choose(found: Sequence[Coded], document: str, file: str) -> Coded:
    for coded in found:
        if document in (coded.document.id, coded.document.source_id):
            return coded
    raise UsageError(
        f"there is no article {document!r} in {file}",
        where="--document",
        do=f"Give one of its ids ({_ids(found)})",
    )


def _ids(articles: Sequence[Coded]) -> str:
    ids = [coded.document.source_id or coded.document.id for coded in articles]
    return ", ".join((*ids[:5], *(["…"] if len(ids) > 5 else [])))


def _show(articles: Sequence[Coded], html: Path | None) -> None:
    """Print the explanation of each article, or write that of the only one as HTML."""
    if html is None:
        from rich.console import Console

        from dragoman.cli.explain_text import explain

        console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
        for coded in articles:
            for line in explain(coded, width=console.width):
                console.print(line)
        return
    if len(articles) > 1:
        raise UsageError(
            f"{len(articles)} articles do not go into one page",
            where=f"--html {html}",
            do=f"Choose one with --document ({_ids(articles)})",
        )
    from dragoman.cli.explain_html import page

    try:
        html.write_text(page(articles[0]), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"cannot be written ({error.strerror})",
            where=f"--html {html}",
            do="Name a file in a folder that exists",
        ) from error


def _read_records(file: str) -> Iterator[Coded]:
    if file == "-":
        yield from from_jsonl(sys.stdin.buffer, where="standard input")
        return
    try:
        with Path(file).open("rb") as stream:
            yield from from_jsonl(stream, where=file)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})",
            where=file,
            do="Give a file made by `dragoman code --to jsonl`",
        ) from error


def _code(file: str, settings: Settings, published: str | None, faults: Faults) -> Iterator[Coded]:
    from dragoman.cli.batch import given, loader
    from dragoman.intake import Fault
    from dragoman.runs import code_many

    for result in code_many(given([file], settings, published), loader(settings), workers=0):
        if isinstance(result, Fault):
            faults.add(result)
        else:
            yield result
