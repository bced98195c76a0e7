"""Gold as PLOVER JSON: one event a line, with the fields of the manual's chapter on data fields.

Source of the fields: PLOVER_MANUAL.tex (openeventdata/PLOVER, CC BY-SA 4.0), marked there as still under
development. What PLOVER has no field for (attribution, precision of dates, statements) stands in `comment` or is
left out; the form of this corpus keeps it.
"""

from collections.abc import Iterator
from typing import Any, Final

from dragoman import codebook
from dragoman.evaluation.annotation import GoldActor, GoldDocument, GoldEvent
from dragoman.records import Status

Row = dict[str, Any]

SIZES: Final = {"killed": "dead", "injured": "injured", "arrested": "arrested"}
CODER: Final = "dragoman corpus"


def plover_events(document: GoldDocument, *, licence: str | None, url: str | None) -> Iterator[Row]:
    """The required and optional events of a document; `comment` says which are optional."""
    for event in document.events:
        yield _event(event, document, licence=licence, url=url)


def _event(event: GoldEvent, document: GoldDocument, *, licence: str | None, url: str | None) -> Row:
    book = codebook.load()
    trigger, sentence = event.tellings[0].trigger, event.tellings[0].sentence
    start, end = sentence or (trigger.start, trigger.end)
    date = event.date
    status = Status(
        polarity=event.polarity,  # type: ignore[arg-type]  # checked by resolve
        realis=event.realis,  # type: ignore[arg-type]
        certainty=event.certainty,  # type: ignore[arg-type]
    )
    size = {
        SIZES[kind]: count.figure
        for kind, count in event.counts.items()
        if kind in SIZES and count.figure is not None
    }
    return {
        "id": f"{document.id}_{event.number}_{event.type}",
        "date": date.start if date else None,
        "enddate": date.end if date and date.end != date.start else None,
        "actor": [_entity(actor) for actor in event.actors],
        "recipient": [_entity(actor) for actor in event.recipients],
        "event": [event.type],
        "event_loc": event.place.name if event.place else None,
        "event_text": [telling.trigger.text for telling in event.tellings],
        "quad_code": book.quad(event.type).code,
        "event_scale": book.scale(event.type, event.modes),
        "mode": [*event.modes, *book.auxiliary_modes(status)],
        "context": list(event.contexts),
        "size": size,
        "text": document.text[start:end],
        "text_info": {"start": start, "end": end},
        "cite_info": {"corpus": CODER, "citation": document.id, "url": url, "license": licence},
        "coder": CODER,
        "comment": "; ".join(_comments(event)),
    }


def _entity(actor: GoldActor) -> Row:
    return {
        "code": ";".join(actor.country),
        "sector": ";".join(actor.sectors),
        "entity_text": actor.words.text if actor.words else "",
        "identifier_text": actor.name,
    }


def _comments(event: GoldEvent) -> Iterator[str]:
    if event.attribution:
        yield f"according to {', '.join(event.attribution)}"
    if event.certainty != "certain":
        yield event.certainty
    if event.optional:
        yield "optional"
