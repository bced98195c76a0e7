"""`dragoman series`: events as counts over time."""

import shutil
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dragoman.cli.options import OutOption, To

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from dragoman.store.series import SeriesOptions


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
        straight: Literal["csv", "parquet"] | None = (
            "csv" if form == "csv" else "parquet" if form == "parquet" else None
        )
        if straight and limit is None and picture is None:
            lost = _write(connection, options, to=straight, out=out)
        else:
            found = count(connection, options)
            lost = found.left_out
            if form == "parquet":
                write_rows(found.columns, found.rows[:limit], needs_out(out))
            else:
                show_rows(found.columns, found.rows, to=form, out=out, limit=limit)
            if picture is not None:
                from dragoman.store.picture import draw

                draw(found, picture, measure=measure.value, title=title)
    for what, number in lost.items():
        print(f"dragoman: {number} event(s) left out, {what}", file=sys.stderr)


def _write(
    connection: "DuckDBPyConnection",
    options: "SeriesOptions",
    *,
    to: Literal["csv", "parquet"],
    out: Path | None,
) -> dict[str, int]:
    """Rows straight from DuckDB into the file."""
    from dragoman.cli.rows import needs_out, out_stream
    from dragoman.store.series import write_series

    if to == "parquet":
        return write_series(connection, options, needs_out(out), to=to)
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        made = Path(folder) / "series.csv"
        lost = write_series(connection, options, made, to=to)
        with made.open("rb") as ready, out_stream(out) as stream:
            shutil.copyfileobj(ready, stream, 1 << 20)
    return lost


def _several(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())
