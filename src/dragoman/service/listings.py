"""Documents, events and statements as rows: where they stand, their orders, and one row as an item of JSON."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dragoman.service.filters import EVENT_DAY, EVENTS, STATEMENT_DAY, STATEMENTS, Where, needed
from dragoman.service.models import EventShape, StatementShape
from dragoman.service.paging import Key, Order, after, order_by
from dragoman.service.reading import Reader

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of row. alias: of its table; select: columns of an item; view, key: of its flat form in CSV."""

    tables: str
    alias: str
    orders: dict[str, Order]
    select: str
    item: Callable[[Item], Item]
    view: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A row, and its place in the order."""

    row: int
    at: tuple[Any, ...]


def places(
    reader: Reader, listing: Listing, order: str, where: Where, size: int, since: Sequence[Any] | None
) -> tuple[list[Place], Place | None]:
    """So many rows after a place, and the last of them if more follow.

    Only the columns of the order are read here; those of the items come for the few rows that are chosen.
    """
    keys = listing.orders[order]
    later, values = after(keys, since)
    columns = ", ".join(f"{key.sql} AS at_{n}" for n, key in enumerate(keys))
    sql = (
        f"SELECT {listing.alias}.rowid AS found, {columns} FROM {needed(listing.tables, where.sql())}"
        f" WHERE {where.sql()} AND ({later}) ORDER BY {order_by(keys)} LIMIT {size + 1:d}"
    )
    found = [
        Place(row["found"], tuple(row[f"at_{n}"] for n in range(len(keys))))
        for row in reader.rows(sql, {**where.bound(), **values})
    ]
    return found[:size], found[size - 1] if len(found) > size else None


def items(reader: Reader, listing: Listing, rows: Sequence[int]) -> list[Item]:
    """The items of these rows, in their order."""
    if not rows:
        return []
    row = f"{listing.alias}.rowid"
    chosen = f"{row} BETWEEN {min(rows):d} AND {max(rows):d} AND {row} IN (SELECT unnest($rows))"
    # The documents of these rows alone: to join all of them would be most of the work.
    own = listing.tables.split(" LEFT")[0]
    few = f"(SELECT * FROM document_rows WHERE id IN (SELECT document FROM {own} WHERE {chosen}))"
    select = listing.select.replace("LEFT JOIN document_rows d", f"LEFT JOIN {few} d")
    sql = f"SELECT {row} AS found, {select} WHERE {chosen}"
    found = {row.pop("found"): listing.item(row) for row in reader.rows(sql, {"rows": list(rows)})}
    return [found[row] for row in rows]


def flat(reader: Reader, listing: Listing, rows: Sequence[int]) -> list[Item]:
    """The same rows as the flat form has them."""
    table = listing.tables.split()[0]
    sql = (
        f"SELECT wanted.rowid AS found, t.* FROM {listing.view} t JOIN {table} wanted"
        f" ON wanted.document = t.document AND wanted.id = t.{listing.key}"
        " WHERE wanted.rowid IN (SELECT unnest($rows))"
    )
    found: dict[int, Item] = {}
    for row in reader.rows(sql, {"rows": list(rows)}):
        found.setdefault(row.pop("found"), row)
    return [found[row] for row in rows]


def columns_of(reader: Reader, view: str) -> list[str]:
    """The columns of a view, for a header above no rows."""
    sql = "SELECT column_name FROM duckdb_columns() WHERE table_name = $view ORDER BY column_index"
    return [row["column_name"] for row in reader.rows(sql, {"view": view})]


def _date(row: Item) -> Item | None:
    found = {name: row.pop(f"date_{name}") for name in ("start", "end", "precision", "text")}
    return None if found["precision"] is None and found["text"] is None and found["start"] is None else found


def _place(row: Item) -> Item | None:
    names = ("name", "country", "admin1", "lat", "lon", "precision", "geonames_id")
    found = {name: row.pop(f"place_{name}") for name in names}
    return None if found["name"] is None and found["country"] is None and found["lat"] is None else found


def event_item(row: Item) -> Item:
    """A row of events as JSON has it."""
    status = {name: row.pop(name) for name in ("polarity", "realis", "certainty")}
    trigger = {"text": row.pop("trigger"), "start": row.pop("trigger_start"), "end": row.pop("trigger_end")}
    counts = {name: count for name, count in (row.pop("counts") or {}).items() if count is not None}
    found = {
        **row,
        "status": status,
        "date": _date(row),
        "place": _place(row),
        "counts": counts,
        "trigger": trigger,
    }
    return {name: found[name] for name in EVENT_NAMES}


def statement_item(row: Item) -> Item:
    """A row of statements as JSON has it."""
    found = {**row, "date": _date(row), "place": _place(row)}
    return {name: found[name] for name in STATEMENT_NAMES}


ARTICLE: Final = "d.title, d.publisher, d.published, d.url"
DATED: Final = "{0}.date_start, {0}.date_end, {0}.date_precision, {0}.date_text"
PLACED: Final = (
    "{0}.place_name, {0}.place_country, {0}.place_admin1, {0}.place_lat, {0}.place_lon, {0}.place_precision,"
    " {0}.place_geonames_id"
)
EVENT_NAMES: Final = tuple(EventShape.model_fields)
STATEMENT_NAMES: Final = tuple(StatementShape.model_fields)


def _lists(alias: str, *names: str) -> str:
    return ", ".join(f"coalesce({alias}.{name}, []) AS {name}" for name in names)


_EVENT: Final = (Key("e.document", str), Key('e."position"', int))
EVENT_LISTING: Final = Listing(
    tables=EVENTS,
    alias="e",
    orders={
        "newest": (Key(EVENT_DAY, date, descending=True, nullable=True), *_EVENT),
        "oldest": (Key(EVENT_DAY, date, nullable=True), *_EVENT),
        "confidence": (Key("e.confidence", float, descending=True, nullable=True), *_EVENT),
    },
    select=f"""e.id, e.document, k.head AS copy_of, {ARTICLE}, {EVENT_DAY} AS day, e.type,
        {_lists("e", "modes", "contexts", "actors", "recipients", "attribution")}, e.quad, e.scale, e.cameo,
        e.goldstein, e.happened, e.polarity, e.realis, e.certainty, {DATED.format("e")}, {PLACED.format("e")},
        e.counts, e.trigger, e.trigger_start, e.trigger_end, e.sentence, e.sentence_text, e."statement",
        e.confidence, e.run
        FROM {EVENTS} LEFT JOIN copies k ON k.document = e.document""",
    item=event_item,
    view="event_table",
    key="event",
)
_STATEMENT: Final = (Key("s.document", str), Key('s."position"', int))
STATEMENT_LISTING: Final = Listing(
    tables=STATEMENTS,
    alias="s",
    orders={
        "newest": (Key(STATEMENT_DAY, date, descending=True, nullable=True), *_STATEMENT),
        "oldest": (Key(STATEMENT_DAY, date, nullable=True), *_STATEMENT),
    },
    select=f"""s.id, s.document, k.head AS copy_of, {ARTICLE}, {STATEMENT_DAY} AS day, s.kind, s.cue, s.content,
        s.content_start, s.content_end, {_lists("s", "speakers", "addressees", "attribution", "stance", "asserts")},
        {DATED.format("s")}, {PLACED.format("s")}, s.event, s.sentence, s.sentence_text, s.confidence, s.run
        FROM {STATEMENTS} LEFT JOIN copies k ON k.document = s.document""",
    item=statement_item,
    view="statement_table",
    key='"statement"',
)
_DOCUMENT: Final = (Key("d.id", str),)
DOCUMENT_LISTING: Final = Listing(
    tables="document_rows d",
    alias="d",
    orders={
        "newest": (Key("d.published_day", date, descending=True, nullable=True), *_DOCUMENT),
        "oldest": (Key("d.published_day", date, nullable=True), *_DOCUMENT),
    },
    select="""d.id, d.title, d.publisher, d.byline, d.url, d."language", d.published, d.place_line, d.source_id,
        k.head AS copy_of, (SELECT count(*) FROM copies c WHERE c.head = coalesce(k.head, d.id)) AS copies,
        (SELECT count(*) FROM event_rows e WHERE e.document = d.id) AS events,
        (SELECT count(*) FROM statements s WHERE s.document = d.id) AS statements,
        d.missed, d.sentences, left(d.text, 280) AS begins, d.run
        FROM document_rows d LEFT JOIN copies k ON k.document = d.id""",
    item=lambda row: row,
)
