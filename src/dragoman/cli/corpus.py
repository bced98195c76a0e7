"""`dragoman corpus`: is the corpus sound, what does it hold, one text of it, and other forms of it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import JsonOption

app = typer.Typer(
    name="corpus",
    help="Check, count, show and export the corpus of coded news.\n\nExample: dragoman corpus stats",
    rich_markup_mode=None,
)

CorpusOption = Annotated[Path, typer.Option("--corpus", help="Folder of the corpus.")]
TextsOption = Annotated[
    Path | None,
    typer.Option("--texts", help="Folder of the gathered real texts; without it written ones only."),
]
HERE = Path("corpus")


class To(StrEnum):
    """Forms of an export."""

    brat = "brat"
    plover = "plover"
    jsonl = "jsonl"


class PartName(StrEnum):
    """Parts of the corpus."""

    train = "train"
    dev = "dev"
    test = "test"


@app.command()
def check(corpus: CorpusOption = HERE, texts: TextsOption = None) -> int:
    """Check every file: it loads, resolves, and holds only what the guidelines know.

    Each fault names file, record and what to write instead. Exit status: 0 sound, 1 faults.

    Example: dragoman corpus check --texts ../shared/data/text
    """
    from dragoman.cli.corpus_work import run_check

    return run_check(corpus, texts)


@app.command()
def stats(corpus: CorpusOption = HERE, json: JsonOption = False) -> None:
    """Count what the corpus holds, and what it lacks.

    Required records by type, mode, context and status; texts by source, region and year; each by part.

    Example: dragoman corpus stats
    """
    from dragoman.cli.corpus_work import run_stats

    run_stats(corpus, as_json=json)


@app.command()
def show(
    document: Annotated[str, typer.Argument(metavar="ID", help="Id of a text of the corpus.")],
    corpus: CorpusOption = HERE,
    texts: TextsOption = None,
    second: Annotated[bool, typer.Option("--second", help="Its second coding.")] = False,
) -> None:
    """Show one text with its records marked under the words.

    Example: dragoman corpus show w0-01
    """
    from dragoman.cli.corpus_work import run_show

    run_show(document, corpus, texts, second=second)


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", help="A folder (brat) or a file (plover, jsonl).")],
    to: Annotated[
        To, typer.Option("--to", help="BRAT stand-off, PLOVER JSON, or the JSON Lines of `dragoman code`.")
    ],
    corpus: CorpusOption = HERE,
    texts: TextsOption = None,
    part: Annotated[
        list[PartName] | None, typer.Option("--part", help="train and dev, unless said otherwise.")
    ] = None,
) -> None:
    """Write the corpus for other tools: annotation tools read BRAT stand-off.

    Example: dragoman corpus export --to brat --out brat
    """
    from dragoman.cli.corpus_work import run_export

    run_export(corpus, texts, to=to.value, out=out, parts=[one.value for one in part or ()])
