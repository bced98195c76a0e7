"""Events counted over time, as `dragoman series` counts them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from dragoman.errors import UsageError
from dragoman.service.filters import EventFilter
from dragoman.service.reading import Reader
from dragoman.store.series import (
    KEYS,
    QUADS,
    SeriesOptions,
    cells,
    check,
    counted_where,
    left_out,
    left_out_words,
)

MOST_ROWS: Final = 100_000  # of a series; a table of more is for `dragoman series`


def series(reader: Reader, asked: EventFilter, options: SeriesOptions) -> dict[str, Any]:
    """Counts over time, as `dragoman series` makes them, of the events that pass the filters.

    Raises UsageError for keys that are unknown, or so many that the table would be too long.
    """
    check(options)
    where = asked.where()
    counted = counted_where(options, where.sql())
    values = where.bound()
    _check_length(reader, options, counted, values)
    # The table and what it leaves out in one statement, so that the events are read once.
    sql = f"""
        WITH counted AS MATERIALIZED ({counted}), lost(dyad, period) AS ({left_out(options, "FROM counted")})
        SELECT told.*, lost.dyad AS lost_dyad, lost.period AS lost_period
        FROM lost LEFT JOIN ({cells(options, "FROM counted")}) told ON true ORDER BY ALL"""
    rows = [list(row.values()) for row in reader.rows(sql, values)]
    columns = _columns(options)
    numbers = rows[0][len(columns) :]
    lost = {what: number for what, number in zip(left_out_words(options), numbers, strict=True) if number}
    # Without a cell, what is left out stands alone in its row.
    body = [row[: len(columns)] for row in rows if row[columns.index("events")] is not None]
    return {"columns": columns, "rows": body, "left_out": lost}


def _columns(options: SeriesOptions) -> list[str]:
    keys = (["period"] if options.period else []) + list(options.columns)
    return [*keys, "events", *QUADS, "mean_scale", "value", "documents", "share"]


def _check_length(reader: Reader, options: SeriesOptions, counted: str, values: dict[str, Any]) -> None:
    """Zeros are filled in, so a table has its keys times its periods."""
    if not options.columns and options.period in ("month", "quarter", "year"):
        return  # a curve is short
    apart, columns = counted, []
    for key in options.by:
        if key in KEYS:
            if layer := KEYS[key].apart:
                apart = f"SELECT *, {layer} FROM ({apart})"
            columns += list(KEYS[key].columns.values())
    keys = (
        f"(SELECT count(*) FROM (SELECT DISTINCT {', '.join(columns)} FROM all_of_them))" if columns else "1"
    )
    unit = options.period or "day"
    periods = f"coalesce(date_diff('{unit}', min(period), max(period)) + 1, 0)" if options.period else "1"
    sql = f"WITH all_of_them AS ({apart}) SELECT {keys} AS keys, {periods} AS periods FROM all_of_them"
    found = reader.row(sql, values) or {"keys": 0, "periods": 0}
    if found["keys"] * found["periods"] > MOST_ROWS:
        raise UsageError(
            f"{found['keys']} keys in {found['periods']} periods are too many rows",
            where="by",
            do=f"Ask for fewer keys, a wider period or fewer events (at most {MOST_ROWS} rows), or use `dragoman series`",
        )


def flat_series(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row an object."""
    columns: Sequence[str] = body["columns"]
    rows: Iterable[Sequence[Any]] = body["rows"]
    return (dict(zip(columns, row, strict=True)) for row in rows)
