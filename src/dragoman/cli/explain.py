"""`dragoman explain`: one article, sentence by sentence, and why."""

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import ActorsOption, CodebookOption, FormOption, PublishedOption, settings


def explain(
    file: Annotated[str, typer.Argument(help="The article: a file, or - for standard input.")],
    published: PublishedOption = None,
    form: FormOption = None,
    actors: ActorsOption = None,
    codebook: CodebookOption = None,
    coded: Annotated[
        bool,
        typer.Option(
            "--coded", help="FILE holds records made by `code --to jsonl`; they are not coded again."
        ),
    ] = False,
    document: Annotated[
        str | None, typer.Option(help="Of several articles, the one with this id (or source_id).")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write one HTML file here instead.", show_default=False)
    ] = None,
) -> int:
    """Explain an article: what was coded, on which words, and why.

    Each sentence comes with its records, marks under actor, act and recipient, and the decision behind each
    field; then what was seen and not coded, and why not.

    Example: dragoman explain article.txt --published 2023-06-26 --html article.html
    """
    from dragoman.cli.explaining import run_explain

    return run_explain(
        file,
        settings(form=form, actors=actors, codebook=codebook),
        published=published,
        coded=coded,
        document=document,
        html=html,
    )
