"""A row of another system as a coded document: one event, no text but the row's own label.

Our records hang on words of a text, and a row has none: the document's text is the label that the row gives the act
("Use conventional military force"), and the trigger is all of it. `evidence` is empty, `run` and every reason say
`import:FORMAT`, and what no field holds stands in the reason of the field `row`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any

import msgspec

from dragoman import codebook
from dragoman.codebook import PloverChoice
from dragoman.errors import CodebookError
from dragoman.records import (
    Actor,
    Coded,
    Count,
    CountKind,
    Document,
    Event,
    Place,
    Quad,
    Reason,
    Source,
    Span,
    Status,
    When,
    document_id,
    event_id,
)
from dragoman.store.formats.form import Losses

DONE = Status()


def coded_row(
    *,
    format: str,
    where: str,
    key: str,
    label: str,
    type: str,
    type_note: str | None = None,
    modes: Sequence[str] = (),
    contexts: Sequence[str] = (),
    quad: Quad | None = None,
    scale: float | None = None,
    cameo: str | None = None,
    goldstein: float | None = None,
    actors: Sequence[Actor] = (),
    recipients: Sequence[Actor] = (),
    status: Status = DONE,
    attribution: Sequence[Source] = (),
    when: When | None = None,
    place: Place | None = None,
    counts: Mapping[CountKind, tuple[float | None, float | None, float | None]] | None = None,
    confidence: float | None = None,
    kept: Mapping[str, str] | None = None,
    act: str | None = None,
    **about: Any,
) -> Coded:
    """One event in a document of its own.

    key: what tells this row from every other of its format (the whole row): documents and events are named by it,
    so that a file imported twice gives the same ids. label: the words that stand for the text; act: those among
    them that carry the act, all of them if not given. kept: cells that no field holds.
    about: fields of the document (url, title, publisher, published, source_id, language).
    """
    by = f"import:{format}"
    document = document_id(key, by)
    text = label or type
    at = text.find(act) if act else 0
    trigger = Span(start=0, end=len(text), text=text, sentence=0)
    if act and at >= 0:
        trigger = Span(start=at, end=at + len(act), text=act, sentence=0)
    figures = figures_of(counts or {}, trigger)
    given = (
        *given_of(
            type=type, modes=modes, contexts=contexts, quad=quad, scale=scale, cameo=cameo, actors=actors,
            recipients=recipients, attribution=attribution, status=status, when=when, place=place,
        ),
        *((f"counts.{kind}", (count.text,)) for kind, count in figures.items()),
    )  # fmt: skip
    event = Event(
        id=event_id(document, trigger, type),
        document=document,
        type=type,
        modes=tuple(modes),
        contexts=tuple(contexts),
        quad=quad,
        scale=scale,
        cameo=cameo,
        goldstein=goldstein,
        actors=tuple(actors),
        recipients=tuple(recipients),
        status=status,
        attribution=tuple(attribution),
        date=when,
        place=place,
        counts=figures,
        trigger=trigger,
        sentence=0,
        confidence={} if confidence is None else {"record": confidence},
        why=(*reasons_of(given, by, type_note), row_reason(kept or {}, by, where)),
        run=by,
    )
    return Coded(
        document=Document(
            id=document,
            text=text,
            sentences=(Span(start=0, end=len(text), text=text, sentence=0),),
            run=by,
            **about,
        ),
        events=(event,),
        statements=(),
    )


def figures_of(
    counts: Mapping[CountKind, tuple[float | None, float | None, float | None]], trigger: Span
) -> dict[CountKind, Count]:
    """Low, best and high of each kind as counts; a row has no words for them but those of the act."""
    return {
        kind: Count(low=low, best=best, high=high, text=_figure(best, low, high), span=trigger)
        for kind, (low, best, high) in counts.items()
    }


def given_of(
    *,
    type: str = "",
    type_note: str | None = None,
    modes: Sequence[str] = (),
    contexts: Sequence[str] = (),
    quad: Quad | None = None,
    scale: float | None = None,
    cameo: str | None = None,
    goldstein: float | None = None,
    actors: Sequence[Actor] = (),
    recipients: Sequence[Actor] = (),
    attribution: Sequence[Source] = (),
    status: Status = DONE,
    when: When | None = None,
    place: Place | None = None,
    counts: object = None,
    confidence: float | None = None,
) -> tuple[tuple[str, Sequence[object]], ...]:
    """The fields of an event that a reason is due for, each with its values; counts have theirs from `figures_of`."""
    return (
        ("type", (type,)), ("modes", modes), ("contexts", contexts), ("quad", (quad.code,) if quad else ()),
        ("scale", (scale,)), ("cameo", (cameo,)), ("actors", [actor.name for actor in actors]),
        ("recipients", [actor.name for actor in recipients]),
        ("attribution", [link.source.name for link in attribution]),
        ("polarity", (status.polarity,)), ("realis", (status.realis,)), ("certainty", (status.certainty,)),
        ("date", (when.start or when.end or when.text or "unknown",) if when else ()),
        ("place", (place.name,) if place else ()),
    )  # fmt: skip


def read_day(text: str) -> date | None:
    """A day as YYYYMMDD or YYYY-MM-DD, or null."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day(when: date | None, by: str) -> When | None:
    """A date of one day, as other systems have it."""
    if when is None:
        return None
    text = when.isoformat()
    return When(start=text, end=text, precision="day", reason=by)


def act_of(code: str, losses: Losses, *, three_digits: bool) -> tuple[str, PloverChoice] | None:
    """A CAMEO code with its leading zero, and the PLOVER act that it stands for.

    three_digits: the format writes no root codes, so that two digits are three whose zero was lost.
    Null, and counted, for what is no CAMEO code and for codes that PLOVER has no event for.
    """
    book = codebook.load()
    padded = f"0{code}"
    lost = (
        code not in book.cameo_codes or (three_digits and len(code) < len("010"))
    ) and padded in book.cameo_codes
    if lost:
        losses.add("mended: a CAMEO code whose leading zero was lost")
        code = padded
    try:
        choice = book.from_cameo(code)
    except CodebookError:
        losses.add(
            "left out: no CAMEO code in the row" if not code.isdigit() else "left out: an unknown CAMEO code"
        )
        return None
    if choice.type is None:
        losses.add("left out: comment (CAMEO 01), for which PLOVER has no event")
        return None
    return code, choice


def number(text: str) -> float | None:
    """A number, or null for an empty cell and for what is none (JSON has no word for infinity)."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None


def _figure(best: float | None, low: float | None, high: float | None) -> str:
    known = next((value for value in (best, low, high) if value is not None), None)
    return "" if known is None else f"{known:g}"


@lru_cache(maxsize=10_000)
def _reason(field: str, value: str, by: str, note: str | None) -> Reason:
    """A reason; rows repeat them, and a file may have millions."""
    return Reason(field=field, value=value, by=by, note=note)


def reasons_of(
    given: Iterable[tuple[str, Iterable[object]]], by: str, type_note: str | None
) -> tuple[Reason, ...]:
    """A reason for each value of each field that is set: the row says so."""
    return tuple(
        _reason(field, str(value), by, type_note if field == "type" else None)
        for field, values in given
        for value in values
        if value is not None
    )


def row_reason(kept: Mapping[str, str], by: str, where: str) -> Reason:
    """Where the row stands, and its cells that no field holds."""
    cells = msgspec.json.encode({name: value for name, value in kept.items() if value}).decode()
    return Reason(field="row", value=cells, by=by, note=where)
