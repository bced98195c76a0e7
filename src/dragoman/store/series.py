"""Events as counts: by dyad and month, or by any other few columns, with the zeros filled in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

import duckdb
from duckdb import DuckDBPyConnection

from dragoman.errors import UsageError
from dragoman.store.query import ask, write_answer, write_csv

Weights = Literal["count", "scale", "goldstein"]
PERIODS: Final = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Key:
    """What a series may go by: its columns, read from an event, and the list that is taken apart first, if any."""

    columns: dict[str, str]
    apart: str | None = None


KEYS: Final[dict[str, Key]] = {
    "dyad": Key({"actor": "dyad.actor", "recipient": "dyad.recipient"}, "unnest(dyads) AS dyad"),
    "actor": Key({"actor": "acting"}, "unnest(actor_countries) AS acting"),
    "recipient": Key({"recipient": "receiving"}, "unnest(recipient_countries) AS receiving"),
    "type": Key({"type": "type"}),
    "mode": Key({"mode": "mode"}, "unnest(modes) AS mode"),
    "context": Key({"context": "context"}, "unnest(contexts) AS context"),
    "quad": Key({"quad": "quad"}),
    "cameo": Key({"cameo": "cameo"}),
    "root": Key({"root": "left(cameo, 2)"}),
    "place": Key({"place": "place_country"}),
    "admin1": Key({"place": "place_country", "admin1": "place_admin1"}),
    "publisher": Key({"publisher": "publisher"}),
}
_OF_DOCUMENT: Final = re.compile(r"\bd\.")
QUADS: Final = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_REAL: Final = ("mean_scale", "value", "share")
WEIGHTS: Final = {"count": "1", "scale": "scale", "goldstein": "goldstein"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesOptions:
    """What is counted, and how.

    by: keys (dyad, actor, recipient, type, mode, context, quad, cameo, root, place, admin1, publisher) and at most one
    period (day, week, month, quarter, year). types: only these. weights: what `value` adds up.
    where: SQL over the columns of `event_table`. everything: also acts denied, to come, supposed or uncertain.
    copies: count an article as often as it was printed. undated: acts of no date stand on the day of publication;
    else they are left out. first, last: days, inclusive; zeros are filled between them.
    """

    by: Sequence[str] = ("dyad", "month")
    types: Sequence[str] = ()
    weights: Weights = "count"
    where: str | None = None
    everything: bool = False
    copies: bool = False
    undated: bool = True
    first: str | None = None
    last: str | None = None

    @property
    def period(self) -> str | None:
        """The period among the keys."""
        return next((key for key in self.by if key in PERIODS), None)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the keys other than the period, each once."""
        return tuple(dict.fromkeys(name for key in self.by if key in KEYS for name in KEYS[key].columns))


@dataclass(frozen=True, slots=True)
class Series:
    """Columns and rows, in order of the keys; `left_out` says in words what was not counted, and how often."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    left_out: dict[str, int] = field(default_factory=dict)


def series(connection: DuckDBPyConnection, options: SeriesOptions) -> Series:
    """Count events by the keys of the options, and fill in the zeros.

    Columns: the keys (period first); events; verbal_cooperation, material_cooperation, verbal_conflict and
    material_conflict (events of each quad); mean_scale; value (sum of the weights); documents (published in the
    period and telling of such an event); share (of the documents coded of that period; null where none was).
    An event with several parties counts once in each of their dyads; an act done together, once each way. An act
    belongs to a period if its whole date lies in it. Every key that occurs has a row for each period from the first
    to the last, with zeros. Raises UsageError for an unknown key or wrong SQL.
    """
    check(options)
    counted = _counted(options)
    found = ask(connection, cells(options, counted))
    return Series(found.columns, list(found.rows), _lost(connection, options, counted))


def write_series(
    connection: DuckDBPyConnection, options: SeriesOptions, out: Path, *, to: Literal["csv", "parquet"]
) -> dict[str, int]:
    """The same into a file, without a row of it in Python: whole or not at all. Returns what was left out."""
    check(options)
    counted = _counted(options)
    table = cells(options, counted)
    if to == "csv":  # no needless ".0", as everywhere
        short = ", ".join(
            f"CASE WHEN {name} = trunc({name}) THEN {name}::HUGEINT::VARCHAR ELSE {name}::VARCHAR END AS {name}"
            for name in _REAL
        )
        write_csv(connection, f"SELECT * REPLACE ({short}) FROM ({table})", out)
    else:
        day = "REPLACE (period::DATE AS period)" if options.period else ""
        write_answer(connection, f"SELECT * {day} FROM ({table})", out)
    return _lost(connection, options, counted)


def _lost(connection: DuckDBPyConnection, options: SeriesOptions, counted: str) -> dict[str, int]:
    told = next(ask(connection, left_out(options, counted)).rows)
    return {what: int(number) for what, number in zip(left_out_words(options), told, strict=True) if number}


def check(options: SeriesOptions) -> None:
    """Raise UsageError for an unknown key, two periods, wrong SQL or a day that is none."""
    known = (*KEYS, *PERIODS)
    unknown = [key for key in options.by if key not in known]
    if unknown or not options.by:
        raise UsageError(
            f"there is no key {', '.join(map(repr, unknown))}" if unknown else "no key is given",
            where="--by",
            do=f"Choose among {', '.join(known)}",
        )
    if sum(key in PERIODS for key in options.by) > 1:
        raise UsageError("two periods in one series", where="--by", do="Choose one")
    if options.weights not in WEIGHTS:
        raise UsageError(f"no weights {options.weights!r}", where="--weights", do="count, scale or goldstein")
    if options.where is not None:
        _check_condition(options.where)
    for option, day in (("--from", options.first), ("--until", options.last)):
        if day is not None and not _is_day(day):
            raise UsageError(f"{day!r} is no day", where=option, do="Write YYYY-MM-DD")


def _check_condition(where: str) -> None:
    """One condition, not two halves that close the brackets around it, nor a further statement."""
    try:
        statements = duckdb.extract_statements(f"FROM event_table WHERE {where}")
    except duckdb.Error as error:
        raise UsageError(
            f"is no condition in SQL ({str(error).splitlines()[0]})",
            where=f"--where {where}",
            do="Write one such as \"publisher = 'AFP'\"",
        ) from error
    if len(statements) != 1:
        raise UsageError("holds more than a condition", where=f"--where {where}", do="Write one condition")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _counted(options: SeriesOptions) -> str:
    """The events that may be counted, each with its period."""
    conditions = ["true"]
    if not options.everything:
        conditions.append("e.happened")
    if not options.copies:
        conditions.append("e.document NOT IN (SELECT document FROM copies)")
    if options.types:
        conditions.append(f"e.type IN ({', '.join(map(_quoted, options.types))})")
    if options.where:
        conditions.append(
            f"(e.document, e.id) IN (SELECT (document, event) FROM event_table WHERE ({options.where}\n))"
        )
    return counted_where(options, " AND ".join(conditions))


def counted_where(options: SeriesOptions, condition: str) -> str:
    """SQL of the events `e` (and their documents `d`, where they are spoken of) that pass, each with its period."""
    unit = options.period or "day"
    # An open or wide date lies in no one period; a day that stands alone is its own end.
    begin, end = (
        f"date_trunc('{unit}', {day})" for day in ("e.date_start", "coalesce(e.date_end, e.date_start)")
    )
    published = f"date_trunc('{unit}', e.published_day)::DATE"
    undated = published if options.undated else "NULL"
    tables, publisher = "event_rows e", ""  # below the view, whose planning costs 5 ms
    if "publisher" in options.by or _OF_DOCUMENT.search(condition):  # the join is half the work of a count
        tables, publisher = "event_rows e LEFT JOIN document_rows d ON d.id = e.document", "d.publisher, "
    events = f"""
        SELECT e.* EXCLUDE (whole, imported), {publisher}{published} AS printed,
            CASE WHEN coalesce(e.date_start, e.date_end) IS NULL THEN {undated}
                WHEN e.date_start = e.date_end OR {begin} = {end} THEN {begin}::DATE END AS period
        FROM {tables} WHERE {condition}"""
    bounds = []
    if options.first:
        bounds.append(f"period >= date_trunc('{unit}', DATE '{options.first}')")
    if options.last:
        bounds.append(f"period <= DATE '{options.last}'")
    if bounds:
        events = f"SELECT * FROM ({events}) WHERE period IS NULL OR ({' AND '.join(bounds)})"
    return events


def _needs_period(options: SeriesOptions) -> bool:
    return bool(options.period or options.first or options.last)


def left_out_words(options: SeriesOptions) -> tuple[str, str]:
    """What the two numbers of `left_out` count."""
    return "without the countries of a dyad", f"without a date in one {options.period or 'day'}"


def left_out(options: SeriesOptions, counted: str) -> str:
    """SQL of two numbers: events that are in no cell. counted: from `counted_where`."""
    dyad = "len(dyads) = 0" if "dyad" in options.by else "false"
    period = "period IS NULL" if _needs_period(options) else "false"
    return f"SELECT count(*) FILTER ({dyad}), count(*) FILTER ({period}) FROM ({counted})"


def cells(options: SeriesOptions, counted: str) -> str:
    """SQL of the table: count, fill in zeros, put the share of documents beside. counted: from `counted_where`."""
    unit = options.period or "day"
    apart = counted
    for key in options.by:
        if key in KEYS and (layer := KEYS[key].apart):
            apart = f"SELECT *, {layer} FROM ({apart})"
    keys = {name: column for key in options.by if key in KEYS for name, column in KEYS[key].columns.items()}
    read = "".join(f'{column} AS "{name}_", ' for name, column in keys.items())
    names = "".join(f'"{name}_", ' for name in keys)
    period = "period" if options.period else "NULL::DATE"
    needed = "WHERE period IS NOT NULL" if _needs_period(options) else ""
    quads = "".join(f"count(*) FILTER (quad = {code}) AS {name}, " for code, name in enumerate(QUADS, 1))
    heads = "" if options.copies else "AND id NOT IN (SELECT document FROM copies)"
    printed = "printed = period_" if options.period else "true"
    of_period = f"date_trunc('{unit}', published_day)::DATE" if options.period else "NULL::DATE"
    first = f"date_trunc('{unit}', DATE '{options.first}')" if options.first else "min(period_)"
    last = f"date_trunc('{unit}', DATE '{options.last}')" if options.last else "max(period_)"
    step = "3 MONTH" if unit == "quarter" else f"1 {unit.upper()}"
    periods = (
        f"SELECT DISTINCT unnest(generate_series({first}::TIMESTAMP, {last}::TIMESTAMP, INTERVAL {step}))::DATE AS period_"
        " FROM cells"
        if options.period
        else "SELECT NULL::DATE AS period_"
    )
    same = " AND ".join(f'c."{name}_" IS NOT DISTINCT FROM k."{name}_"' for name in keys)
    zero = ", ".join(f"coalesce(c.{name}, 0) AS {name}" for name in QUADS)
    shown = (["p.period_::VARCHAR AS period"] if options.period else []) + [
        f'k."{name}_" AS "{name}"' for name in keys
    ]
    return f"""
        WITH cells AS (
            SELECT {period} AS period_, {names} count(*) AS events, {quads}
                avg(scale) AS mean_scale, sum({WEIGHTS[options.weights]})::DOUBLE AS value,
                count(DISTINCT document) FILTER ({printed}) AS documents
            FROM (SELECT {read} * FROM ({apart})) {needed} GROUP BY ALL
        ),
        k AS ({f"SELECT DISTINCT {names} true FROM cells" if keys else "SELECT true WHERE EXISTS (FROM cells)"}),
        p AS ({periods}),
        printed AS (
            SELECT {of_period} AS period_, count(*) AS number FROM document_rows
            WHERE NOT starts_with(coalesce(run, ''), 'import:') {heads} GROUP BY ALL
        )
        SELECT {", ".join(shown)}, coalesce(c.events, 0) AS events, {zero},
            round(c.mean_scale, 3) AS mean_scale, round(coalesce(c.value, 0), 3) AS value,
            coalesce(c.documents, 0) AS documents, round(coalesce(c.documents, 0) / d.number, 6) AS share
        FROM k CROSS JOIN p
        LEFT JOIN cells c ON c.period_ IS NOT DISTINCT FROM p.period_ {"AND " + same if same else ""}
        LEFT JOIN printed d ON d.period_ IS NOT DISTINCT FROM p.period_
        ORDER BY ALL"""


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
