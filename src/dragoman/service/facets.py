"""How many events have which values: of type, country, month and the rest."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from dragoman.service.chosen import Chosen
from dragoman.service.filters import EVENT_DAY, EventFilter, Where
from dragoman.service.reading import Reader


@dataclass(frozen=True, slots=True)
class Facet:
    """Where its values come from.

    without: filters that it leaves out. columns: what is read of an event, and counted first. value: made of them, once
    for each combination, as words take longer to make than to count. beside: more columns, whose values count where
    the list `others` among them has not got them. in_time: told whole, in order.
    """

    without: tuple[str, ...]
    columns: str
    value: str = "one"
    beside: str | None = None
    in_time: bool = False


# Countries of either side, each once.
ACTING: Final = "unnest(e.actor_countries) AS one"
RECEIVING: Final = "unnest(e.recipient_countries) AS one, e.actor_countries AS others"
_TIME: Final = ("from", "until")
FACETS: Final[dict[str, Facet]] = {
    "type": Facet(("type",), "e.type AS one"),
    "mode": Facet(("mode",), "e.type AS kind, unnest(e.modes) AS one", "concat(kind, '/', one)"),
    "context": Facet(("context",), "unnest(e.contexts) AS one"),
    "quad": Facet(("quad",), "e.quad AS one"),
    "country": Facet(("country",), ACTING, beside=RECEIVING),
    "actor_country": Facet(("actor_country",), ACTING),
    "recipient_country": Facet(("recipient_country",), "unnest(e.recipient_countries) AS one"),
    "place": Facet(("place",), "e.place_country AS one"),
    "publisher": Facet(("publisher",), "d.publisher AS one"),
    "month": Facet(_TIME, f"date_trunc('month', {EVENT_DAY}) AS one", "strftime(one, '%Y-%m')", in_time=True),
    "year": Facet(_TIME, f"date_trunc('year', {EVENT_DAY}) AS one", "strftime(one, '%Y')", in_time=True),
    "precision": Facet((), "e.place_precision AS one"),
    "status": Facet(
        ("status",),
        "e.happened, e.polarity, e.realis, e.certainty",
        """unnest([CASE WHEN happened THEN 'happened' END, CASE WHEN polarity = 'negated' THEN 'negated' END,
            CASE WHEN realis <> 'actual' THEN realis END, CASE WHEN certainty <> 'certain' THEN 'uncertain' END])""",
    ),
}


def facets(reader: Reader, asked: EventFilter, of: Collection[str], top: int) -> dict[str, Any]:
    """How many events have which values; a facet leaves out the filter of its own name."""
    where = asked.where()
    left_out = {name for one in of for name in FACETS[one].without}
    # Half a dyad stands for both of its countries.
    chosen = Chosen(
        where, apart={*left_out, *(("dyad",) if left_out & {"actor_country", "recipient_country"} else ())}
    )
    total = chosen.events(where, "count(*) AS total, count(DISTINCT e.document) AS documents")
    lists = [f"told_{name} AS ({_told(FACETS[name], chosen, asked, where, top)})" for name in of]
    columns = [f'(SELECT list(t ORDER BY place) FROM told_{name} t) AS "{name}"' for name in of]
    values = dict(chosen.values)
    for name in of:
        values |= _without(asked, where, FACETS[name].without).bound()
    sql = f"{chosen.begin} {', '.join([f'total AS ({total})', *lists])} SELECT {', '.join(['*', *columns])} FROM total"
    found = reader.row(sql, values) or {}
    told = {
        name: [{"value": one["value"], "count": one["count"]} for one in found.pop(name) or []] for name in of
    }
    return {**found, "facets": told}


def _told(facet: Facet, chosen: Chosen, asked: EventFilter, where: Where, top: int) -> str:
    """SELECT of values, counts and the place of each."""
    own = _without(asked, where, facet.without)
    rows = chosen.events(own, facet.columns)
    if facet.beside:
        beside = chosen.events(own, facet.beside)
        rows += f" UNION ALL SELECT one FROM ({beside}) WHERE NOT list_contains(others, one)"
    order, most = ("value", "") if facet.in_time else ("count DESC, value", f" LIMIT {top:d}")
    return (
        f"SELECT *, row_number() OVER (ORDER BY {order}) AS place FROM (SELECT value, sum(number)::BIGINT AS count"
        f" FROM (SELECT {facet.value} AS value, number FROM (SELECT *, count(*) AS number FROM ({rows}) GROUP BY ALL))"
        f" WHERE value IS NOT NULL GROUP BY value ORDER BY {order}{most})"
    )


def _without(asked: EventFilter, where: Where, names: Collection[str]) -> Where:
    """The conditions but those of a facet's own name; half a dyad keeps its other half."""
    if "dyad" in where and set(names) & {"actor_country", "recipient_country"}:
        return asked.model_copy(update={name: [] for name in names}).where()
    if "status" in names:
        return asked.model_copy(update={"status": ["any"]}).where()
    return Where({name: one for name, one in where.items() if name not in names})


def flat_facets(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row a value."""
    for name, values in body["facets"].items():
        for one in values:
            yield {"facet": name, **one}
