"""The flat form: one row an event or a statement, with documented columns, for spreadsheets and data frames.

Lists stand side by side: the n-th country belongs to the n-th name. An actor of several states or sectors
joins them with "/". In CSV a list is joined with ";" (a ";" inside a value becomes ","); in Parquet it stays
a list.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from dragoman.records import Actor, Coded, CountKind, Event, Source, Span, Statement

Kind = Literal["text", "list", "number", "whole", "truth", "day"]
COUNTS: Final[tuple[CountKind, ...]] = (
    "killed",
    "injured",
    "arrested",
    "displaced",
    "participants",
    "amount",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the kind of its values, what it means, and how it is read from a record."""

    name: str
    kind: Kind
    meaning: str
    value: Callable[[Coded, Any], Any]


def event_rows(coded: Coded) -> Iterator[dict[str, Any]]:
    """One flat row for each event, in text order."""
    return ({column.name: column.value(coded, event) for column in EVENT_COLUMNS} for event in coded.events)


def own_event_rows(coded: Coded) -> Iterator[dict[str, Any]]:
    """The same with the user's own categories."""
    return ({column.name: column.value(coded, event) for column in OWN_COLUMNS} for event in coded.events)


def statement_rows(coded: Coded) -> Iterator[dict[str, Any]]:
    """One flat row for each statement, in text order."""
    return (
        {column.name: column.value(coded, statement) for column in STATEMENT_COLUMNS}
        for statement in coded.statements
    )


def sentence_of(coded: Coded, index: int | None) -> Span | None:
    """The sentence with this number, or null where the document has no such sentence."""
    sentences = coded.document.sentences
    return sentences[index] if index is not None and 0 <= index < len(sentences) else None


def sentence_at(coded: Coded, offset: int) -> int | None:
    """The number of the sentence that holds this character, or null where none does."""
    sentences = coded.document.sentences
    index = bisect_right(sentences, offset, key=lambda sentence: sentence.start) - 1
    return index if index >= 0 and offset < sentences[index].end else None


def first_sentence(coded: Coded, statement: Statement) -> int | None:
    """The number of the sentence in which the statement begins: of its first content, else of its cue."""
    begin = statement.content[0] if statement.content else statement.cue
    return sentence_at(coded, begin.start) if begin else None


def happened(event: Event) -> bool:
    """True if the text says that the act took place: affirmed, actual and certain."""
    status = event.status
    return (status.polarity, status.realis, status.certainty) == ("affirmed", "actual", "certain")


def _sentence_text(coded: Coded, index: int | None) -> str | None:
    sentence = sentence_of(coded, index)
    return sentence.text if sentence else None


_DOCUMENT: Final = (
    Column("document", "text", "id of the document", lambda c, r: c.document.id),
    Column("source_id", "text", "the id that the input gave the text", lambda c, r: c.document.source_id),
    Column("url", "text", "address of the page", lambda c, r: c.document.url),
    Column("title", "text", "title of the article", lambda c, r: c.document.title),
    Column("publisher", "text", "who published it", lambda c, r: c.document.publisher),
    Column(
        "published", "text", "ISO 8601 date or timestamp of publication", lambda c, r: c.document.published
    ),
)


def _parties(word: str, of: Callable[[Any], Sequence[Actor]]) -> tuple[Column, ...]:
    """The columns that describe the actors on one side of a record."""
    parts: Mapping[str, tuple[str, Callable[[Actor], str]]] = {
        "names": ("canonical names", lambda actor: actor.name),
        "ids": ("keys in the knowledge base, empty where unknown", lambda actor: actor.id or ""),
        "kinds": ("person, organisation, country, place, group, crowd or unknown", lambda actor: actor.kind),
        "countries": (
            "ISO 3166-1 alpha-3, or UNO EUR IGO NGO MNC ISM IMG",
            lambda actor: "/".join(actor.country),
        ),
        "sectors": ("PLOVER sectors, primary first", lambda actor: "/".join(actor.sectors)),
        "roles": ("offices as the text gives them", lambda actor: actor.role or ""),
    }

    def column(name: str, meaning: str, part: Callable[[Actor], str]) -> Column:
        return Column(
            f"{word}_{name}", "list", f"{word}: {meaning}", lambda c, r: [part(actor) for actor in of(r)]
        )

    return tuple(column(name, meaning, part) for name, (meaning, part) in parts.items())


def _sources() -> tuple[Column, ...]:
    parts: Mapping[str, tuple[str, Callable[[Source], str]]] = {
        "names": ("who says so, outermost first; empty: the outlet itself", lambda link: link.source.name),
        "countries": ("their countries", lambda link: "/".join(link.source.country)),
        "commitments": (
            "asserts, denies, doubts or reports; empty where the cue does not say",
            lambda link: link.commitment or "",
        ),
    }

    def column(name: str, meaning: str, part: Callable[[Source], str]) -> Column:
        return Column(
            f"attribution_{name}", "list", meaning, lambda c, r: [part(link) for link in r.attribution]
        )

    return tuple(column(name, meaning, part) for name, (meaning, part) in parts.items())


def _date(prefix: str, of: Callable[[Any], Any]) -> tuple[Column, ...]:
    def column(name: str, kind: Kind, meaning: str, field: str) -> Column:
        return Column(f"{prefix}_{name}", kind, meaning, lambda c, r: getattr(of(r), field, None))

    return (
        column("start", "day", "first day, empty where open or unknown", "start"),
        column("end", "day", "last day, empty where open or unknown", "end"),
        column("precision", "text", "minute … day, week, month, year, decade, range, unknown", "precision"),
        column("text", "text", "the words that date it", "text"),
    )


def _place(prefix: str, of: Callable[[Any], Any]) -> tuple[Column, ...]:
    def column(name: str, kind: Kind, meaning: str, field: str) -> Column:
        return Column(f"{prefix}_{name}", kind, meaning, lambda c, r: getattr(of(r), field, None))

    return (
        column("name", "text", "where it took place, so the text says", "name"),
        column("country", "text", "ISO 3166-1 alpha-3", "country"),
        column("admin1", "text", "first-order division", "admin1"),
        column("lat", "number", "degrees north, WGS 84", "lat"),
        column("lon", "number", "degrees east, WGS 84", "lon"),
        column("precision", "text", "exact, near, admin2, admin1, country, region or unknown", "precision"),
        column("geonames_id", "whole", "id in GeoNames", "geonames_id"),
    )


def _counts() -> Iterator[Column]:
    def column(kind: CountKind, side: str) -> Column:
        return Column(
            f"{kind}_{side}",
            "number",
            f"{kind}: {side} number that the text gives",
            lambda c, r: getattr(r.counts.get(kind), side, None),
        )

    return (column(kind, side) for kind in COUNTS for side in ("low", "best", "high"))


EVENT_COLUMNS: Final[tuple[Column, ...]] = (
    *_DOCUMENT,
    Column("event", "text", "id of the event", lambda c, e: e.id),
    Column("type", "text", "PLOVER type", lambda c, e: e.type),
    Column("modes", "list", "PLOVER modes", lambda c, e: list(e.modes)),
    Column("contexts", "list", "PLOVER contexts", lambda c, e: list(e.contexts)),
    Column(
        "quad",
        "whole",
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
        lambda c, e: e.quad.code if e.quad else None,
    ),
    Column("scale", "number", "PLOVER score", lambda c, e: e.scale),
    Column("cameo", "text", "CAMEO code, with its leading zero", lambda c, e: e.cameo),
    Column("goldstein", "number", "Goldstein score of the CAMEO code", lambda c, e: e.goldstein),
    *_parties("actor", lambda e: e.actors),
    *_parties("recipient", lambda e: e.recipients),
    Column("happened", "truth", "affirmed, actual and certain, so the text says", lambda c, e: happened(e)),
    Column("polarity", "text", "affirmed or negated", lambda c, e: e.status.polarity),
    Column("realis", "text", "actual, future, hypothetical or historical", lambda c, e: e.status.realis),
    Column("certainty", "text", "certain, probable or possible", lambda c, e: e.status.certainty),
    *_sources(),
    *_date("date", lambda e: e.date),
    *_place("place", lambda e: e.place),
    *_counts(),
    Column("trigger", "text", "the words that carry the act", lambda c, e: e.trigger.text),
    Column("trigger_start", "whole", "first character in the document's text", lambda c, e: e.trigger.start),
    Column("trigger_end", "whole", "one past the last character", lambda c, e: e.trigger.end),
    Column("sentence", "whole", "number of its sentence, from 0", lambda c, e: e.sentence),
    Column("sentence_text", "text", "its sentence", lambda c, e: _sentence_text(c, e.sentence)),
    Column("statement", "text", "id of the statement that is this act", lambda c, e: e.statement),
    Column("confidence", "number", "0 to 1, of the whole record", lambda c, e: e.confidence.get("record")),
    Column("run", "text", "id of the run that made it", lambda c, e: e.run),
)

OWN_COLUMNS: Final[tuple[Column, ...]] = (
    *EVENT_COLUMNS,
    Column(
        "categories",
        "list",
        "your own categories; only with --codebook",
        lambda c, e: list(e.categories or ()),
    ),
)
STATEMENT_COLUMNS: Final[tuple[Column, ...]] = (
    *_DOCUMENT,
    Column("statement", "text", "id of the statement", lambda c, s: s.id),
    Column("kind", "text", "direct, indirect or mixed", lambda c, s: s.kind),
    *_parties("speaker", lambda s: s.speakers),
    Column("cue", "text", "the words that say that it is said", lambda c, s: s.cue.text if s.cue else None),
    Column("cue_lemma", "text", "their dictionary form", lambda c, s: s.cue.lemma if s.cue else None),
    Column(
        "content",
        "text",
        "what is said; parts that other words divide are joined with ' … '",
        lambda c, s: " … ".join(span.text for span in s.content),
    ),
    Column(
        "content_start",
        "whole",
        "first character in the document's text",
        lambda c, s: s.content[0].start if s.content else None,
    ),
    Column(
        "content_end",
        "whole",
        "one past the last character",
        lambda c, s: s.content[-1].end if s.content else None,
    ),
    *_parties("addressee", lambda s: s.addressees),
    *_sources(),
    *_date("occasion_date", lambda s: s.occasion and s.occasion.date),
    *_place("occasion_place", lambda s: s.occasion and s.occasion.place),
    Column(
        "stance_targets",
        "list",
        "towards whom the content takes a side",
        lambda c, s: [x.target.name for x in s.stance],
    ),
    Column(
        "stance_values",
        "list",
        "support, oppose, neutral or mixed",
        lambda c, s: [x.value for x in s.stance],
    ),
    Column(
        "asserts",
        "list",
        "ids of the events that the content speaks of",
        lambda c, s: [x.event for x in s.asserts],
    ),
    Column(
        "asserts_commitments",
        "list",
        "how far the speaker stands behind each",
        lambda c, s: [x.commitment or "" for x in s.asserts],
    ),
    Column("event", "text", "id of the speech act that it is", lambda c, s: s.event),
    Column("sentence", "whole", "number of its first sentence, from 0", lambda c, s: first_sentence(c, s)),
    Column(
        "sentence_text",
        "text",
        "its first sentence",
        lambda c, s: _sentence_text(c, first_sentence(c, s)),
    ),
    Column("confidence", "number", "0 to 1, of the whole record", lambda c, s: s.confidence.get("record")),
    Column("run", "text", "id of the run that made it", lambda c, s: s.run),
)
