"""`dragoman quotes`: who said what."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import FormOption, OutOption, PublishedOption, To, settings
from dragoman.errors import UsageError


class Said(StrEnum):
    """How the words are given."""

    direct = "direct"
    indirect = "indirect"
    mixed = "mixed"


class Side(StrEnum):
    """Sides that a content may take."""

    support = "support"
    oppose = "oppose"
    neutral = "neutral"
    mixed = "mixed"


def quotes(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            help="Stores, JSON Lines of `dragoman code`, or texts to code: files, folders, globs, or -.",
            show_default=False,
        ),
    ] = None,
    speaker: Annotated[
        list[str] | None, typer.Option(help="Part of the speaker's name or office.", show_default=False)
    ] = None,
    country: Annotated[
        list[str] | None, typer.Option(help="The speaker's country: ARM, UNO.", show_default=False)
    ] = None,
    sector: Annotated[
        list[str] | None, typer.Option(help="The speaker's sector: GOV, MIL.", show_default=False)
    ] = None,
    stance: Annotated[
        list[Side] | None, typer.Option(help="The side that is taken.", show_default=False)
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            help="Towards whom: part of a name, or a country; with --stance both hold of one side taken.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        list[Said] | None, typer.Option(help="How the words are given.", show_default=False)
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="YYYY-MM-DD",
            help="First day, of saying where the text tells it, else of publication.",
            show_default=False,
        ),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day.", show_default=False)
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(help="Leave out statements with a lower confidence, 0 to 1.")
    ] = None,
    to: Annotated[
        To | None,
        typer.Option(
            help="Form of the rows. Without it: by the name in --out, a table on a terminal, else csv."
        ),
    ] = None,
    out: OutOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many statements.", show_default=False)
    ] = None,
    published: PublishedOption = None,
    form: FormOption = None,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Processes that code at the same time. Default: none but this.", show_default=False
        ),
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(help="Write one JSON row here for each input that failed.", show_default=False),
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="The sample articles of the package.")] = False,
) -> int:
    """List who said what, to whom, and who passed it on.

    Each row has the speaker with office, country and sector, the words and their place in the text, the chain of
    sources, the addressee, and the sides taken. An option given several times means any of its values; different
    options must all hold. Stores and files of records are read, all else is coded.

    Example: dragoman quotes --sample --kind direct
    """
    if bool(inputs) == sample:
        raise UsageError(
            "there is nothing to read" if not sample else "inputs and --sample exclude each other",
            where="quotes",
            do="Name stores, files of records or texts, or give --sample alone",
        )
    from dragoman.cli.quote_rows import Wish
    from dragoman.cli.quoting import run_quotes

    chosen = settings(form=form, workers=workers, min_confidence=min_confidence, errors=errors)
    wish = Wish(
        speakers=tuple(speaker or ()),
        countries=_codes(country, "--country"),
        sectors=_codes(sector, "--sector"),
        stances=tuple(side.value for side in stance or ()),
        targets=tuple(target or ()),
        kinds=tuple(said.value for said in kind or ()),
        first=_day(first, "--from"),
        last=_day(last, "--until"),
        min_confidence=chosen.min_confidence,
    )
    return run_quotes(
        inputs or [],
        wish,
        chosen,
        sample=sample,
        published=published,
        to=to.value if to else None,
        out=out,
        limit=limit,
    )


def _day(value: str | None, option: str) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise UsageError(f"{value!r} is no day", where=option, do="Write YYYY-MM-DD") from error


def _codes(values: list[str] | None, option: str) -> tuple[str, ...]:
    """Codes in capitals. Raises UsageError for one that no record can have, which would find nothing in silence."""
    if not values:
        return ()
    from dragoman import codebook, knowledge

    book = codebook.load()
    known = book.sectors if option == "--sector" else {**knowledge.load().countries, **book.nonstate}
    codes = tuple(value.upper() for value in values)
    for code in codes:
        if code not in known:
            hint = (
                f"one of {', '.join(known)}"
                if option == "--sector"
                else f"ISO 3166-1 alpha-3, as in ARM, or one of {', '.join(book.nonstate)}"
            )
            raise UsageError(f"{code!r} is no code", where=option, do=f"Write {hint}")
    return codes
