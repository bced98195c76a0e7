"""What `dragoman quotes` does: records from stores, files and texts; those asked for; rows out."""

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Final

from dragoman.cli.batch import given, loader, sample_articles
from dragoman.cli.faults import GOOD, SOME_FAILED, Faults
from dragoman.cli.formats import DUCKDB, DUCKDB_AT
from dragoman.cli.quote_rows import COLUMNS, Wish, chosen, day_of, quote_row
from dragoman.cli.rows import form_of_rows, needs_out, show_rows
from dragoman.cli.words import actors_words, chain_words, confidence_words, stance_words, visible
from dragoman.intake import Fault
from dragoman.records import Coded, Statement, from_jsonl
from dragoman.runs import code_many
from dragoman.settings import Settings

RECORDS: Final = b'{"record"'  # begins each file of `dragoman code --to jsonl`
QUOTES: Final = '“”"‘’'
DATE_WIDTH: Final = 10
CONFIDENCE_WIDTH: Final = 4
Found = tuple[Coded, Statement]


def run_quotes(
    names: Sequence[str],
    wish: Wish,
    settings: Settings,
    *,
    sample: bool,
    published: str | None,
    to: str | None,
    out: Path | None,
    limit: int | None,
) -> int:
    """Find the statements asked for and write them; return the exit status."""
    form = form_of_rows(to, out)
    columns = [name for name, _ in COLUMNS]
    with Faults(settings.errors) as faults:
        documents = (
            _coded(None, settings, None, faults) if sample else _all(names, wish, settings, published, faults)
        )
        found = islice(
            ((coded, said) for coded in documents for said in chosen(coded, wish)),
            limit,
        )
        if form == "table" and out is None:
            _table(found)
        elif form == "parquet":
            from dragoman.store.query import write_rows

            write_rows(columns, [quote_row(*one) for one in found], needs_out(out))
        else:
            show_rows(columns, (quote_row(*one) for one in found), to=form, out=out)
    faults.summarise()
    return SOME_FAILED if faults.count else GOOD


def _all(
    names: Sequence[str], wish: Wish, settings: Settings, published: str | None, faults: Faults
) -> Iterator[Coded]:
    """The documents of all names, in their order; what is no store and no file of records is coded."""
    for kind, group in groupby(names, key=_kind):
        if kind == "texts":
            yield from _coded(tuple(group), settings, published, faults)
            continue
        for name in group:
            yield from _stored(name, wish) if kind == "store" else _recorded(name)


def _kind(name: str) -> str:
    if name == "-":
        peek = getattr(sys.stdin.buffer, "peek", None)  # a look ahead that takes nothing from who reads next
        return "records" if peek and peek(len(RECORDS)).startswith(RECORDS) else "texts"
    path = Path(name)
    if not path.is_file():
        return "texts"
    with path.open("rb") as file:
        start = file.read(DUCKDB_AT + len(DUCKDB))
    if start[DUCKDB_AT:] == DUCKDB:
        return "store"
    return "records" if start.startswith(RECORDS) else "texts"


def _stored(name: str, wish: Wish) -> Iterator[Coded]:
    from dragoman.store import open_store, read_coded
    from dragoman.store.said import documents_that_say

    with open_store(name) as connection:
        documents = documents_that_say(
            connection,
            kinds=wish.kinds,
            countries=wish.countries,
            sectors=wish.sectors,
            stances=wish.stances,
            min_confidence=wish.min_confidence,
        )
        yield from read_coded(connection, documents, where=name)


def _recorded(name: str) -> Iterator[Coded]:
    if name == "-":
        yield from from_jsonl(sys.stdin.buffer, where="standard input")
        return
    with Path(name).open("rb") as stream:
        yield from from_jsonl(stream, where=name)


def _coded(
    names: Sequence[str] | None, settings: Settings, published: str | None, faults: Faults
) -> Iterator[Coded]:
    """Texts coded now; without names the samples of the package."""
    raws = sample_articles() if names is None else given(names, settings, published)
    for result in code_many(raws, loader(settings), workers=settings.workers or 0):
        if isinstance(result, Fault):
            faults.add(result)
        else:
            yield result


def _table(found: Iterator[Found], stream: IO[str] | None = None) -> None:
    """Print each statement as a paragraph: who, with office and codes; the words; what else there is to say."""
    from rich.console import Console, Group
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=False)
    for coded, said in found:
        head = Text.assemble((actors_words(said.speakers), "bold"), f" {_cue(said)}")
        content = visible(" … ".join(span.text for span in said.content)).strip(QUOTES)
        words = Text(f"“{content}”" if said.kind == "direct" else content)
        aside = Text(" · ".join(filter(None, _aside(coded, said))), style="dim")
        grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(width=DATE_WIDTH)
        grid.add_column(ratio=1)
        grid.add_column(width=CONFIDENCE_WIDTH, justify="right")
        grid.add_row(
            Text(day_of(coded, said) or ""),
            Group(head, words, aside),
            Text(confidence_words(said), style="dim"),
        )
        console.print(grid)


def _cue(said: Statement) -> str:
    offices = ", ".join(actor.role for actor in said.speakers if actor.role)
    return visible(
        " ".join(filter(None, (f"[{offices}]" if offices else "", said.cue.text if said.cue else "")))
    )


def _aside(coded: Coded, said: Statement) -> Iterator[str]:
    yield said.kind
    yield f"to {actors_words(said.addressees)}" if said.addressees else ""
    yield stance_words(said)
    yield chain_words(said.attribution)
    document = coded.document
    yield visible(document.source_id or document.id)
    yield f"characters {said.content[0].start}–{said.content[-1].end}" if said.content else ""
