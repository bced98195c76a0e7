"""`dragoman series`: events as counts over time."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import OutOption, To


class Weight(StrEnum):
    """What `value` adds up."""

    events = "count"
    scale = "scale"
    goldstein = "goldstein"


class Measure(StrEnum):
    """What a picture shows."""

    events = "events"
    value = "value"
    mean_scale = "mean_scale"
    share = "share"


DayOption = typer.Option(metavar="YYYY-MM-DD", show_default=False)


def series(
    store: Annotated[Path, typer.Argument(help="A store made by `dragoman code --into`.")],
    by: Annotated[
        str,
        typer.Option(
            help="Keys, with at most one period: dyad actor recipient type mode context quad cameo root place "
            "admin1 publisher; day week month quarter year."
        ),
    ] = "dyad,month",
    types: Annotated[
        str | None, typer.Option(help="Only these types: ASSAULT,PROTEST.", show_default=False)
    ] = None,
    weights: Annotated[Weight, typer.Option(help="What `value` adds up.")] = Weight.events,
    where: Annotated[
        str | None,
        typer.Option(
            metavar="SQL", help="Only events for which this holds of `event_table`.", show_default=False
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Count acts denied, to come, supposed or uncertain, too.")
    ] = False,
    copies: Annotated[
        bool, typer.Option("--copies", help="Count an article as often as it was printed.")
    ] = False,
    dated: Annotated[
        bool,
        typer.Option("--dated", help="Leave out acts of no date; else they stand on the day of publication."),
    ] = False,
    first: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First day.", show_default=False)
    ] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day.", show_default=False)
    ] = None,
    to: Annotated[
        To | None,
        typer.Option(
            help="Form of the table. Without it: by the name in --out, a table on a terminal, else csv."
        ),
    ] = None,
    out: OutOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many rows.", show_default=False)
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(help="Draw it, too: a .png or .svg file (extra `plot`).", show_default=False),
    ] = None,
    measure: Annotated[Measure, typer.Option(help="What the picture shows.")] = Measure.events,
    title: Annotated[str | None, typer.Option(help="Title of the picture.", show_default=False)] = None,
) -> None:
    """Count events by dyad and month, or by other keys, with zeros.

    Acts that happened, each article once. Columns: the keys; events; events of each quad; mean_scale; value; documents
    of the period that tell of such an event, and their share of all coded documents of the period.

    Example: dragoman series news.duckdb --by dyad,month --types ASSAULT,COERCE --picture series.svg
    """
    from dragoman.cli.rows import form_of_rows, needs_out, show_rows
    from dragoman.store import open_store
    from dragoman.store.query import write_rows
    from dragoman.store.series import SeriesOptions
    from dragoman.store.series import series as count

    options = SeriesOptions(
        by=_several(by),
        types=_several(types or ""),
        weights=weights.value,
        where=where,
        everything=everything,
        copies=copies,
        undated=not dated,
        first=first,
        last=last,
    )
    form = form_of_rows(to.value if to else None, out)
    with open_store(store) as connection:
        found = count(connection, options)
    if form == "parquet":
        write_rows(found.columns, found.rows[:limit], needs_out(out))
    else:
        show_rows(found.columns, found.rows, to=form, out=out, limit=limit)
    for what, number in found.left_out.items():
        print(f"dragoman: {number} event(s) left out, {what}", file=sys.stderr)
    if picture is not None:
        from dragoman.store.picture import draw

        draw(found, picture, measure=measure.value, title=title)


def _several(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())
