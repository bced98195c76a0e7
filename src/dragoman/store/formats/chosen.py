"""Which events go out, as which pairs, on which day; and a count of what the format has no place for."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Final

import msgspec

from dragoman import codebook
from dragoman.records import Actor, Coded, Document, Event
from dragoman.store.formats.form import Losses

Pair = tuple[Actor | None, Actor | None]
EXACT_DIGITS: Final = 13  # hex digits of an id: 52 bits, a whole number that R and JavaScript hold exactly
HEX: Final = re.compile("[0-9a-f]+")

# What an event may have that not every format has a place for.
PARTS: Final[Mapping[str, tuple[str, Callable[[Event], bool]]]] = {
    "status": ("status lost: negated, to come, supposed or uncertain, and read as done", lambda e: not happened(e)),
    "attribution": ("attribution lost: who says so", lambda e: bool(e.attribution)),
    "counts": ("counts lost: killed, injured and so on", lambda e: bool(e.counts)),
    "modes": ("modes lost, but for what the code says", lambda e: bool(e.modes)),
    "contexts": ("contexts lost, but for what the code says", lambda e: bool(e.contexts)),
    "period": ("last day lost: the act has a period, the format one day", lambda e: _period(e)),
}  # fmt: skip


def happened(event: Event) -> bool:
    """True if the text says that the act took place: affirmed, actual and certain."""
    status = event.status
    return (status.polarity, status.realis, status.certainty) == ("affirmed", "actual", "certain")


def chosen(
    coded: Iterable[Coded], losses: Losses, *, everything: bool, holds: Collection[str]
) -> Iterator[tuple[Document, Event]]:
    """The events to write, with their documents, in order; `holds`: which of PARTS the format has a place for."""
    lost = [part for name, part in PARTS.items() if name not in holds]
    for article in coded:
        losses.add("statements not written: the format holds events", len(article.statements))
        for event in article.events:
            if not (everything or happened(event)):
                losses.add(
                    "left out: negated, to come, supposed or uncertain (write everything to keep them)"
                )
                continue
            for what, has in lost:
                if has(event):
                    losses.add(what)
            yield article.document, event


def day_of(document: Document, event: Event, losses: Losses) -> date | None:
    """The first day of the act; where the text gives none the day of publication, as CAMEO coders have it."""
    when = event.date
    day = _day(when.start) or _day(when.end) if when else None
    if day is None:
        day = _day(document.published)
        if day is not None:
            losses.add("without a day of their own: the day of publication stands for it")
    return day


def moment_of(document: Document) -> datetime | None:
    """When the document was published, in UTC; midnight where only the day is known."""
    text = document.published or ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def pairs_of(event: Event, losses: Losses) -> list[Pair]:
    """Actor and recipient, one pair a row; parties who act on each other give a row each way, as in CAMEO."""
    actors, recipients = event.actors, event.recipients
    if not recipients and len(actors) > 1 and _is_reciprocal(event):
        pairs: list[Pair] = [(one, other) for one in actors for other in actors if one is not other]
    else:
        pairs = [(actor, recipient) for actor in actors or (None,) for recipient in recipients or (None,)]
    if len(pairs) > 1:
        losses.add("of several parties: a row for each pair")
    return pairs


def whole_number(name: str, part: int = 0) -> int:
    """An id as a whole number below 2**52, the same on every machine; `part` tells rows of one event apart."""
    if part or len(name) < EXACT_DIGITS or not HEX.fullmatch(name):
        name = hashlib.sha256(f"{name}|{part}".encode()).hexdigest()
    return int(name[:EXACT_DIGITS], 16)


def kept(event: Event, name: str) -> Mapping[str, str]:
    """The cells of an imported row that no field of the record holds, by column; empty for any other event."""
    for reason in event.why:
        if reason.field == "row" and reason.by == f"import:{name}":
            cells: Mapping[str, str] = msgspec.json.decode(reason.value)
            return cells
    return {}


def _is_reciprocal(event: Event) -> bool:
    book = codebook.load()
    if event.type not in book.types:
        return False
    known = [mode for mode in event.modes if mode in book.modes(event.type)]
    return book.reciprocity(event.type, known) != "never"


def _period(event: Event) -> bool:
    when = event.date
    return when is not None and when.start != when.end


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[: len("2023-06-26")])
    except ValueError:
        return None
