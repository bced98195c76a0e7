"""The address of actors: who acts, receives and speaks, and how often."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator, Field
from starlette.responses import Response

from dragoman.service.filters import Where, any_of
from dragoman.service.forms import Form, as_json, form_of, stream
from dragoman.service.listings import Item
from dragoman.service.models import ActorShape, Page
from dragoman.service.openapi import responses
from dragoman.service.paging import Key, Order, Paged, after, cursor_of, order_by, place_of
from dragoman.service.parameters import Countries, Names, choices, one_of

router = APIRouter()
FORMS: Final[tuple[Form, ...]] = ("json", "csv", "jsonl")
PARTS: Final = ("actor", "recipient", "speaker", "addressee")
KINDS: Final = ("person", "organisation", "country", "place", "group", "crowd", "unknown")
Parts = Annotated[
    list[str], BeforeValidator(one_of(lambda: PARTS, "part")), Field(json_schema_extra=choices(PARTS))
]
Kinds = Annotated[
    list[str], BeforeValidator(one_of(lambda: KINDS, "kind")), Field(json_schema_extra=choices(KINDS))
]
# Nulls would have no place in an order, so they stand as empty words in it.
_KEYS: Final = (Key("name_", str), Key("id_", str), Key("kind_", str))
ORDERS: Final[dict[str, Order]] = {"frequent": (Key("total", int, descending=True), *_KEYS), "name": _KEYS}


class ActorPage(Paged):
    """Which actors, and which page."""

    q: Names = Field([], description="Part of the name, or the id")
    country: Countries = Field([], description="One of its countries")
    sector: Annotated[list[str], Field(max_length=20)] = Field(
        [], description="One of its sectors", examples=[["GOV"]]
    )
    kind: Kinds = Field([], description="What it is")
    part: Parts = Field([], description="Only these parts are counted")
    order: Literal["frequent", "name"] = Field("frequent", description="What comes first")
    format: Literal["json", "csv", "jsonl"] | None = Field(None, description="Instead of Accept")

    def where(self) -> Where:
        """The conditions."""
        from dragoman.service.filters import Condition, among

        found = Where()
        if self.q:
            sql = " OR ".join(
                f"contains(lower(a.name), lower($q_{n})) OR a.id = $q_{n}" for n in range(len(self.q))
            )
            found["q"] = Condition(sql, {f"q_{n}": one for n, one in enumerate(self.q)})
        found |= any_of("country", self.country, ("a.countries",))
        found |= any_of("sector", self.sector, ("a.sectors",))
        found |= among("kind", self.kind, "a.kind")
        found |= among("part", self.part, "a.part")
        found["copies"] = Condition("a.document NOT IN (SELECT document FROM copies)", {})
        return found


@router.get("/actors", summary="Actors", responses=responses(Page[ActorShape], FORMS))
def actors(request: Request, asked: Annotated[ActorPage, Query()]) -> Response:
    """Actors that pass the filters, with how often each plays which part; a page at a time."""
    form = form_of(request, asked.format, FORMS)
    order = ORDERS[asked.order]
    size = asked.size(form)
    since = place_of(asked.cursor, asked.order, order)
    later, values = after(order, since)
    where = asked.where()
    parts = ", ".join(f"count(*) FILTER (a.part = '{part}') AS \"{part}\"" for part in PARTS)
    sql = f"""
        SELECT * FROM (
            SELECT coalesce(a.name, '') AS name_, coalesce(a.id, '') AS id_, coalesce(a.kind, '') AS kind_,
                a.name, a.id, a.kind, any_value(a.countries) AS countries, any_value(a.sectors) AS sectors,
                {parts}, count(*) AS total, count(DISTINCT a.document) AS documents
            FROM actors a WHERE {where.sql()} GROUP BY ALL
        ) WHERE {later} ORDER BY {order_by(order)} LIMIT {size + 1:d}"""
    with request.app.state.reading.reader() as reader:
        rows = list(reader.rows(sql, {**where.bound(), **values}))
    following = None
    if len(rows) > size:
        names = [key.sql for key in order]
        following = cursor_of(asked.order, [rows[size - 1][name] for name in names])
    found = [_item(row) for row in rows[:size]]
    if form == "json":
        return as_json({"items": found, "next": following})
    return stream(form, found, {}, columns=list(ActorShape.model_fields))


def _item(row: Item) -> dict[str, Any]:
    return {
        name: row[name] if name not in ("countries", "sectors") else row[name] or []
        for name in ActorShape.model_fields
    }
