"""`dragoman code`: articles in, records out."""

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import (
    ActorsOption,
    CodebookOption,
    FollowOption,
    FormOption,
    OutOption,
    PrivateOption,
    PublishedOption,
    To,
    Which,
    settings,
)
from dragoman.errors import UsageError


def code(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, globs, feed:ADDRESS or feed:FILE (RSS, Atom), or - for standard input.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        To | None,
        typer.Option(
            help="Form of the output. Without it: by the name in --out, a table on a terminal, else jsonl."
        ),
    ] = None,
    out: OutOption = None,
    records: Annotated[
        Which | None,
        typer.Option(
            help="What a csv or parquet file holds (default events), or a table shows (default both)."
        ),
    ] = None,
    statements: Annotated[
        Path | None,
        typer.Option(help="Beside --to csv or parquet: a second file, of statements.", show_default=False),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            help="Put the records into this store (news.duckdb) instead; a run that was ended goes on.",
            show_default=False,
        ),
    ] = None,
    published: PublishedOption = None,
    form: FormOption = None,
    follow: FollowOption = False,
    allow_private: PrivateOption = False,
    actors: ActorsOption = None,
    codebook: CodebookOption = None,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Processes that code at the same time. Default: none but this one for one text, else 1.",
            show_default=False,
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Beside --into: code on the cluster of Dask whose scheduler is at tcp://host:8786 (extra `cluster`).",
            show_default=False,
        ),
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(help="Leave out records with a lower confidence, 0 to 1.")
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(help="Write one JSON row here for each input that failed.", show_default=False),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many inputs.", show_default=False)
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Code the sample articles of the package.")
    ] = False,
) -> int:
    """Code articles: who did or said what to whom, when, where.

    Records come in the order of the inputs. A text that cannot be read or coded gives one line on standard
    error; all others are coded. Exit status: 0 good, 1 some inputs failed or had to be mended, 2 wrong use.

    Example: dragoman code --sample --to jsonl --out records.jsonl
    """
    if bool(inputs) == sample:
        raise UsageError(
            "there is nothing to code" if not sample else "inputs and --sample exclude each other",
            where="code",
            do="Name files, folders or globs, or - for standard input, or give --sample alone",
        )
    if cluster is not None and (into is None or workers is not None):
        raise UsageError(
            "a cluster codes into a store" if into is None else "--workers are processes of this machine",
            where="--cluster",
            do="Give --into news.duckdb beside it"
            if into is None
            else "Leave it out: the cluster has its own",
        )
    if into is not None:
        if to or out or records or statements:
            raise UsageError(
                "records go into a store or to a file, not to both",
                where="--into",
                do="Leave out --to, --out, --records and --statements, or use `dragoman query` on the store",
            )
        from dragoman.cli.into import run_into

        return run_into(
            into,
            inputs or [],
            settings(
                form=form,
                workers=workers,
                min_confidence=min_confidence,
                errors=errors,
                actors=actors,
                codebook=codebook,
            ),
            sample=sample,
            limit=limit,
            published=published,
            cluster=cluster,
            follow=follow,
            allow_private=allow_private,
        )
    from dragoman.cli.batch import run_batch

    return run_batch(
        inputs or [],
        settings(
            to=to,
            form=form,
            workers=workers,
            min_confidence=min_confidence,
            errors=errors,
            actors=actors,
            codebook=codebook,
        ),
        sample=sample,
        limit=limit,
        out=out,
        records=records.value if records else None,
        statements=statements,
        published=published,
        follow=follow,
        allow_private=allow_private,
    )
