"""Shapes of the answers, for the OpenAPI document alone: answers are made from the store and are not checked again."""

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")


class Shape(BaseModel):
    """An object with just these members."""

    model_config = ConfigDict(extra="forbid")


class Page(Shape, Generic[Item]):
    """Some items, and the cursor of the next page, or null."""

    items: list[Item]
    next: str | None


class Party(Shape):
    """Who acts, receives, speaks or is spoken to."""

    name: str | None = Field(examples=["Kenya Police"])
    id: str | None
    kind: str | None = Field(examples=["organisation"])
    country: list[str] | None = Field(examples=[["KEN"]])
    sectors: list[str] | None = Field(examples=[["COP"]])
    role: str | None


class Link(Shape):
    """Who says so."""

    name: str | None
    country: list[str] | None
    commitment: str | None


class StatusShape(Shape):
    """Whether it happened, so the text says."""

    polarity: str | None = Field(examples=["affirmed"])
    realis: str | None = Field(examples=["actual"])
    certainty: str | None = Field(examples=["certain"])


class DateShape(Shape):
    """When; an open side is null."""

    start: str | None = Field(examples=["2023-06-25"])
    end: str | None
    precision: str | None = Field(examples=["day"])
    text: str | None


class PlaceShape(Shape):
    """Where."""

    name: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    geonames_id: int | None


class CountShape(Shape):
    """How many."""

    low: float | None
    best: float | None
    high: float | None


class TriggerShape(Shape):
    """The words that carry the act."""

    text: str | None
    start: int | None
    end: int | None


class InArticle(Shape):
    """What every item says of its article."""

    id: str
    document: str
    copy_of: str | None
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    day: str | None = Field(examples=["2023-06-25"])


class EventShape(InArticle):
    """One act in one article."""

    type: str = Field(examples=["PROTEST"])
    modes: list[str]
    contexts: list[str]
    quad: int | None
    scale: float | None
    cameo: str | None
    goldstein: float | None
    actors: list[Party]
    recipients: list[Party]
    happened: bool | None
    status: StatusShape
    attribution: list[Link]
    date: DateShape | None
    place: PlaceShape | None
    counts: dict[str, CountShape]
    trigger: TriggerShape
    sentence: int | None
    sentence_text: str | None
    statement: str | None
    confidence: float | None
    run: str | None


class StanceShape(Shape):
    """A side that a statement takes."""

    target: str | None
    value: str | None
    strength: float | None


class AssertShape(Shape):
    """An event that a statement speaks of."""

    event: str | None
    commitment: str | None


class StatementShape(InArticle):
    """One thing said."""

    kind: str | None
    cue: str | None
    content: str | None
    content_start: int | None
    content_end: int | None
    speakers: list[Party]
    addressees: list[Party]
    attribution: list[Link]
    date: DateShape | None
    place: PlaceShape | None
    stance: list[StanceShape]
    asserts: list[AssertShape]
    event: str | None
    sentence: int | None
    sentence_text: str | None
    confidence: float | None
    run: str | None


class DocumentShape(Shape):
    """One article in a list."""

    id: str
    title: str | None
    publisher: str | None
    byline: str | None
    url: str | None
    language: str | None
    published: str | None
    place_line: str | None
    source_id: str | None
    copy_of: str | None
    copies: int
    events: int
    statements: int
    missed: int | None
    sentences: int | None
    begins: str | None
    run: str | None


class CopyShape(Shape):
    """Another article of its group."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    kind: str | None
    similarity: float | None
    head: bool


Record = dict[str, Any]


class DocumentWhole(Shape):
    """One article with all that was found in it."""

    document: DocumentShape
    record: Record | None
    events: list[Record]
    statements: list[Record]
    copies: list[CopyShape]
    run: Record | None


class EventWhole(Shape):
    """An event and its whole record."""

    event: EventShape
    record: Record | None


class StatementWhole(Shape):
    """A statement and its whole record."""

    statement: StatementShape
    record: Record | None


class ActorShape(Shape):
    """An actor and how often it plays which part."""

    name: str | None
    id: str | None
    kind: str | None
    countries: list[str]
    sectors: list[str]
    actor: int
    recipient: int
    speaker: int
    addressee: int
    total: int
    documents: int


class FacetValue(Shape):
    """A value and how many events have it."""

    value: str | int
    count: int


class FacetsShape(Shape):
    """How many events of which kind."""

    total: int
    documents: int
    facets: dict[str, list[FacetValue]]


class SeriesShape(Shape):
    """Counts over time: rows under columns."""

    columns: list[str]
    rows: list[list[Any]]
    left_out: dict[str, int]


class Quads(Shape):
    """Events of each quad."""

    events: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int


class PointShape(Quads):
    """A place and its events."""

    name: str | None
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    precision: str
    geonames_id: int | None


class CountryShape(Quads):
    """A country and the events in it."""

    country: str
    country_only: int


class MapShape(Shape):
    """Where events took place."""

    points: list[PointShape]
    countries: list[CountryShape]
    placed: int
    unplaced: int
    points_left_out: int


class NodeShape(Shape):
    """A country or a name."""

    id: str
    events: int


class EdgeShape(Quads):
    """Who to whom."""

    actor: str
    recipient: str
    mean_scale: float | None


class NetworkShape(Shape):
    """Who to whom, by quad."""

    nodes: list[NodeShape]
    edges: list[EdgeShape]
    edges_left_out: int


class EntryShape(Shape):
    """An entry of the codebook in a list."""

    kind: str
    code: str
    name: str | None
    definition: str | None
    quad: int | None
    score: float | None


class Entries(Shape):
    """The codebook, or a part of it."""

    items: list[EntryShape]


class Note(Shape):
    """What was mended before a text was read."""

    what: str
    do: str


class CodedShape(Shape):
    """A text coded now: whole records."""

    document: Record
    events: list[Record]
    statements: list[Record]
    notes: list[Note]
    stored: bool


class Home(Shape):
    """What this store holds."""

    dragoman: str
    store: str
    documents: int
    copies: int
    events: int
    statements: int
    errors: int
    first: str | None
    last: str | None
    coding: bool
    codebooks: list[str]
    links: dict[str, str]


class FaultShape(Shape):
    """What, where, and what to do."""

    what: str
    where: str
    do: str


class ProblemShape(BaseModel):
    """An error (RFC 9457)."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str = Field(examples=["type: 'ASAULT' is no type. Try ASSAULT"])
    what: str
    where: str
    do: str
    errors: list[FaultShape]
