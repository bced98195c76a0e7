"""Events counted on the map, and between countries or names."""

from typing import Any, Final

from dragoman.service.chosen import Chosen
from dragoman.service.facets import ACTING, RECEIVING
from dragoman.service.filters import EventFilter
from dragoman.service.reading import Reader
from dragoman.store.series import QUADS

DRAWN: Final = ("exact", "near", "admin2", "admin1")  # precisions of a place that is a point on a map
_QUADS: Final = "count(*) AS events, " + ", ".join(
    f"count(*) FILTER (quad = {code}) AS {name}" for code, name in enumerate(QUADS, 1)
)


def on_map(reader: Reader, asked: EventFilter, top: int) -> dict[str, Any]:
    """Events at points, and by country."""
    where = asked.where()
    chosen = Chosen(where)
    drawn = f"e.place_precision IN {DRAWN} AND e.place_lat IS NOT NULL AND e.place_lon IS NOT NULL"
    # Grouped by few columns; the words of a point are those of its first row.
    at_points = chosen.events(
        where,
        f"""e.place_lat AS lat, e.place_lon AS lon, e.place_precision AS precision, e.place_geonames_id AS geonames_id,
            min({chosen.row}) AS first, {_QUADS}""",
        drawn,
    )
    by_country = chosen.events(
        where,
        f"""e.place_country AS country, {_QUADS},
            count(*) FILTER (e.place_precision = 'country') AS country_only, count(*) FILTER ({drawn}) AS drawn""",
    )
    sql = f"""
        {chosen.begin}
        at_points AS MATERIALIZED ({at_points} GROUP BY ALL),
        most AS MATERIALIZED (FROM at_points ORDER BY events DESC, lat, lon, precision, geonames_id LIMIT {top:d}),
        points AS (
            SELECT r.place_name AS name, r.place_country AS country, r.place_admin1 AS admin1,
                m.lat, m.lon, m.precision, m.geonames_id, m.events, {", ".join(f"m.{name}" for name in QUADS)}
            FROM most m JOIN event_rows r ON r.rowid = m.first),
        by_country AS MATERIALIZED ({by_country} GROUP BY ALL),
        countries AS (SELECT * EXCLUDE (drawn) FROM by_country WHERE country IS NOT NULL)
        SELECT (SELECT list(p ORDER BY events DESC, lat, lon, precision, geonames_id) FROM points p) AS points,
            (SELECT list(c ORDER BY events DESC, country) FROM countries c) AS countries,
            (SELECT sum(CASE WHEN country IS NULL THEN drawn ELSE events END)::BIGINT FROM by_country) AS placed,
            (SELECT sum(events)::BIGINT FROM by_country) AS every,
            (SELECT count(*) FROM at_points) AS number"""
    told = reader.row(sql, chosen.values) or {}
    points, countries = told["points"] or [], told["countries"] or []
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
    where = asked.where()
    chosen = Chosen(where)
    if by == "country":
        paired = chosen.events(where, "unnest(e.dyads) AS pair, e.quad, e.scale")
        # Every country of either side stands in a dyad, so the nodes are read off the sides.
        linked = "len(e.dyads) > 0"
        before = ""
        ends = (
            f"SELECT one FROM ({chosen.events(where, ACTING, linked)}) UNION ALL"
            f" SELECT one FROM ({chosen.events(where, RECEIVING, linked)}) WHERE NOT list_contains(others, one)"
        )
    else:
        pairs = chosen.events(where, f"{_name_pairs()} AS pairs, e.quad, e.scale")
        before = f"named AS MATERIALIZED ({pairs}),"
        paired = "SELECT unnest(pairs) AS pair, quad, scale FROM named"
        ends = (
            "SELECT unnest(list_distinct(flatten(list_transform(pairs, lambda p: [p.actor, p.recipient])))) AS one"
            " FROM named"
        )
    sql = f"""
        {chosen.begin} {before}
        edges AS MATERIALIZED (
            SELECT pair.actor AS actor, pair.recipient AS recipient, {_QUADS}, round(avg(scale), 3) AS mean_scale
            FROM ({paired}) WHERE pair.actor IS NOT NULL AND pair.recipient IS NOT NULL GROUP BY ALL),
        most AS MATERIALIZED (FROM edges ORDER BY events DESC, actor, recipient LIMIT {top:d}),
        nodes AS (
            SELECT one AS id, count(*) AS events FROM ({ends})
            WHERE one IN (SELECT actor FROM most UNION SELECT recipient FROM most) GROUP BY ALL)
        SELECT (SELECT list(n ORDER BY events DESC, id) FROM nodes n) AS nodes,
            (SELECT list(m ORDER BY events DESC, actor, recipient) FROM most m) AS edges,
            (SELECT count(*) FROM edges) AS number"""
    told = reader.row(sql, chosen.values) or {}
    edges = told["edges"] or []
    return {"nodes": told["nodes"] or [], "edges": edges, "edges_left_out": told["number"] - len(edges)}


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
