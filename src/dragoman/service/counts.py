"""Events counted: by facet, over time, on the map, and between countries or names."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from dragoman.errors import UsageError
from dragoman.service.filters import EVENT_DAY, EVENTS, EventFilter, Where, needed
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
DRAWN: Final = ("exact", "near", "admin2", "admin1")  # precisions of a place that is a point on a map
_QUADS: Final = "count(*) AS events, " + ", ".join(
    f"count(*) FILTER (quad = {code}) AS {name}" for code, name in enumerate(QUADS, 1)
)
# Each side's countries once: those of the recipients that are not already among the actors'.
_EITHER: Final = (
    "list_concat(e.actor_countries,"
    " list_filter(e.recipient_countries, lambda c: NOT list_contains(e.actor_countries, c)))"
)
# A facet: the filters that it leaves out, its value, and whether the value is taken out of a list.
FACETS: Final[dict[str, tuple[tuple[str, ...], str, bool]]] = {
    "type": (("type",), "e.type", False),
    "mode": (("mode",), "list_transform(e.modes, lambda m: e.type || '/' || m)", True),
    "context": (("context",), "e.contexts", True),
    "quad": (("quad",), "e.quad", False),
    "country": (("country",), _EITHER, True),
    "actor_country": (("actor_country",), "e.actor_countries", True),
    "recipient_country": (("recipient_country",), "e.recipient_countries", True),
    "place": (("place",), "e.place_country", False),
    "publisher": (("publisher",), "d.publisher", False),
    "month": (("from", "until"), f"strftime({EVENT_DAY}, '%Y-%m')", False),
    "year": (("from", "until"), f"strftime({EVENT_DAY}, '%Y')", False),
    "precision": ((), "e.place_precision", False),
    "status": (
        ("status",),
        """list_filter([
            CASE WHEN e.happened THEN 'happened' END, CASE WHEN e.polarity = 'negated' THEN 'negated' END,
            CASE WHEN e.realis <> 'actual' THEN e.realis END,
            CASE WHEN e.certainty <> 'certain' THEN 'uncertain' END], lambda one: one IS NOT NULL)""",
        True,
    ),
}
IN_TIME: Final = ("month", "year")


def _rows(reader: Reader, sql: str, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Ask of events, and of their documents where a condition needs them: the join is half the work of a count."""
    joined = sql.replace("FROM events e WHERE", f"FROM {needed(EVENTS, sql)} WHERE")
    return reader.rows(joined, values)


def _row(reader: Reader, sql: str, values: dict[str, Any]) -> dict[str, Any] | None:
    return next(_rows(reader, sql, values), None)


def facets(reader: Reader, asked: EventFilter, of: Collection[str], top: int) -> dict[str, Any]:
    """How many events have which values; a facet leaves out the filter of its own name."""
    where = asked.where()
    sql = (
        f"SELECT count(*) AS total, count(DISTINCT e.document) AS documents FROM events e WHERE {where.sql()}"
    )
    found = _row(reader, sql, where.bound()) or {"total": 0, "documents": 0}
    told: dict[str, list[dict[str, Any]]] = {}
    for name in of:
        without, value, many = FACETS[name]
        chosen = _without(asked, where, without)
        taken = f"unnest({value})" if many else value
        order, most = ("1", "") if name in IN_TIME else ("2 DESC, 1", f" LIMIT {top:d}")
        sql = (
            f"SELECT one AS value, count(*) AS count FROM (SELECT {taken} AS one FROM events e WHERE {chosen.sql()})"
            f" WHERE one IS NOT NULL GROUP BY 1 ORDER BY {order}{most}"
        )
        told[name] = list(_rows(reader, sql, chosen.bound()))
    return {**found, "facets": told}


def _without(asked: EventFilter, where: Where, names: Collection[str]) -> Where:
    """The conditions but those of a facet's own name; half a dyad keeps its other half."""
    if "dyad" in where and set(names) & {"actor_country", "recipient_country"}:
        return asked.model_copy(update={name: [] for name in names}).where()
    if "status" in names:
        return asked.model_copy(update={"status": ["any"]}).where()
    return Where({name: one for name, one in where.items() if name not in names})


def on_map(reader: Reader, asked: EventFilter, top: int) -> dict[str, Any]:
    """Events at points, and by country."""
    where = asked.where()
    drawn = f"precision IN {DRAWN} AND lat IS NOT NULL AND lon IS NOT NULL"
    summed = ", ".join(f"sum({name})::BIGINT AS {name}" for name in ("events", *QUADS))
    # One pass over the events: points, countries and what has no place are read off the few places they have.
    sql = f"""
        WITH places AS MATERIALIZED (
            SELECT any_value(e.place_name) AS name, e.place_country AS country, any_value(e.place_admin1) AS admin1,
                e.place_lat AS lat, e.place_lon AS lon, e.place_precision AS precision,
                e.place_geonames_id AS geonames_id, {_QUADS}
            FROM events e WHERE {where.sql()} GROUP BY ALL),
        points AS MATERIALIZED (
            SELECT any_value(name) AS name, any_value(country) AS country, any_value(admin1) AS admin1, lat, lon,
                precision, geonames_id, {summed}
            FROM places WHERE {drawn} GROUP BY ALL),
        most AS (FROM points ORDER BY events DESC, lat, lon, precision, geonames_id LIMIT {top:d}),
        countries AS (
            SELECT country, {summed}, sum(events) FILTER (precision = 'country')::BIGINT AS country_only
            FROM places WHERE country IS NOT NULL GROUP BY 1)
        SELECT (SELECT list(p ORDER BY events DESC, lat, lon, precision, geonames_id) FROM most p) AS points,
            (SELECT list(c ORDER BY events DESC, country) FROM countries c) AS countries,
            (SELECT sum(events)::BIGINT FROM places WHERE country IS NOT NULL OR coalesce({drawn}, false)) AS placed,
            (SELECT sum(events)::BIGINT FROM places) AS every,
            (SELECT count(*) FROM points) AS number"""
    told = _row(reader, sql, where.bound()) or {}
    points, countries = told["points"] or [], told["countries"] or []
    for country in countries:
        country["country_only"] = country["country_only"] or 0
    placed = told["placed"] or 0
    return {
        "points": points,
        "countries": countries,
        "placed": placed,
        "unplaced": (told["every"] or 0) - placed,
        "points_left_out": told["number"] - len(points),
    }


def network(reader: Reader, asked: EventFilter, by: str, top: int) -> dict[str, Any]:
    """Who to whom: edges with their quads, and the nodes at their ends."""
    where, values = asked.where().sql(), asked.where().bound()
    pairs = "e.dyads" if by == "country" else _name_pairs()
    edges = list(
        _rows(
            reader,
            f"""SELECT pair.actor AS actor, pair.recipient AS recipient, {_QUADS}, round(avg(scale), 3) AS mean_scale,
                    count(*) OVER () AS edges
                FROM (SELECT unnest({pairs}) AS pair, e.quad, e.scale FROM events e WHERE {where})
                WHERE pair.actor IS NOT NULL AND pair.recipient IS NOT NULL
                GROUP BY 1, 2 ORDER BY events DESC, actor, recipient LIMIT {top:d}""",
            values,
        )
    )
    number = edges[0]["edges"] if edges else 0
    for edge in edges:
        del edge["edges"]
    ends = sorted({end for edge in edges for end in (edge["actor"], edge["recipient"])})
    own, linked = f"list_distinct(flatten(list_transform({pairs}, lambda p: [p.actor, p.recipient])))", "true"
    if (
        by == "country"
    ):  # the same, from lists that are at hand: every country of either side stands in a dyad
        own, linked = _EITHER, "len(e.dyads) > 0"
    nodes = _rows(
        reader,
        f"""SELECT node AS id, count(*) AS events
            FROM (SELECT unnest({own}) AS node FROM events e WHERE {where} AND {linked})
            WHERE list_contains($ends, node) GROUP BY 1 ORDER BY events DESC, id""",
        {**values, "ends": ends},
    )
    return {"nodes": list(nodes) if ends else [], "edges": edges, "edges_left_out": number - len(edges)}


def _name_pairs() -> str:
    """Pairs of names: actors with recipients; of an act that parties do together, each with each."""

    def pairs(left: str, right: str, other: str) -> str:
        pair = "{'actor': a.name, 'recipient': r.name}"
        inner = f"list_transform(list_filter({right}, lambda y: {other}), lambda r: {pair})"
        return f"flatten(list_transform({left}, lambda a: {inner}))"

    together = "len(e.dyads) > 0 AND len(e.recipients) = 0"
    return (
        f"list_distinct(CASE WHEN {together} THEN {pairs('e.actors', 'e.actors', 'y.name <> a.name')}"
        f" ELSE {pairs('e.actors', 'e.recipients', 'true')} END)"
    )


def series(reader: Reader, asked: EventFilter, options: SeriesOptions) -> dict[str, Any]:
    """Counts over time, as `dragoman series` makes them, of the events that pass the filters.

    Raises UsageError for keys that are unknown, or so many that the table would be too long.
    """
    check(options)
    where = asked.where()
    counted = counted_where(options, where.sql())
    values = where.bound()
    _check_length(reader, options, counted, values)
    rows = reader.rows(cells(options, counted), values)
    body = [list(row.values()) for row in rows]
    told = list((reader.row(left_out(options, counted), values) or {}).values())
    lost = {what: number for what, number in zip(left_out_words(options), told, strict=True) if number}
    return {"columns": _columns(options), "rows": body, "left_out": lost}


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


ACTOR_ORDERS: Final = {"frequent": "total DESC, name, id", "name": "name, id"}


def flat_facets(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row a value."""
    for name, values in body["facets"].items():
        for one in values:
            yield {"facet": name, **one}


def flat_series(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row an object."""
    columns: Sequence[str] = body["columns"]
    rows: Iterable[Sequence[Any]] = body["rows"]
    return (dict(zip(columns, row, strict=True)) for row in rows)
