"""What the coder's records say in the terms of the outside sets: one answer a text, in the plain form of their scorer.

Each mapping follows from what the terms mean (docs/outside.md); none was fitted to a set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dragoman.coder import Coder, plain_document
from dragoman.records import Actor, Coded, Event, Span, Statement, Timex

Row = Mapping[str, Any]
Answer = dict[str, Any]
DONE = ("actual", "historical")
DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
# A value of TIMEX3 is as long as its precision: the year, the year and month, the day.
LENGTH = {"year": 4, "month": 7, "day": 10, "decade": 3}


def pair(coder: Coder, row: Row) -> Answer:
    """The type between two given phrases. A side that is not in the sentence is left open."""
    found = coder.dyad(row["text"], place(row["source"]), place(row["target"]))
    joined = {
        "CONCEDE": "YIELD",
        "RETREAT": "YIELD",
    }  # the set joins these two, so their evidence is joined as well
    shares: dict[str, float] = {}
    for kind, share in (
        (found.type, found.probability),
        *((a.value, a.probability) for a in found.alternatives),
    ):
        shares[joined.get(kind, kind)] = shares.get(joined.get(kind, kind), 0.0) + (share or 0.0)
    return {"root": max(shares, key=lambda kind: (shares[kind], kind == found.type))}


def place(side: Row) -> tuple[int, int] | None:
    """Where a given phrase stands, or null."""
    return None if side.get("start") is None else (side["start"], side["end"])


def coded(coder: Coder, row: Row) -> Coded:
    """The text coded as it is: intake's cleaning would move the offsets."""
    found = DATE.match(row.get("published") or "")  # some rows have words there
    published = None if found is None else "-".join(found.groups())
    return coder(plain_document(row["text"], published=published, title=row.get("title")))


def events(coder: Coder, row: Row) -> Answer:
    """All events, for the tasks that ask for types."""
    return {"events": [{"type": event.type} for event in coded(coder, row).events]}


def police(coder: Coder, row: Row) -> Answer:
    """What police do in each sentence: KILL, ARREST, FORCE, ANY_ACTION.

    An event counts for the sentences where it is told (trigger and further tellings), if it is told as done.
    """
    labels: list[set[str]] = [set() for _ in row["sentences"]]
    for event in coded(coder, row).events:
        found = police_labels(event)
        for told in tellings(event) if found else ():
            for own, sentence in zip(labels, row["sentences"], strict=True):
                if (
                    sentence["start"] is not None
                    and told.start < sentence["end"]
                    and sentence["start"] < told.end
                ):
                    own |= found
    return {"sentences": [sorted(own) for own in labels]}


def police_labels(event: Event) -> set[str]:
    """What an event says of police; nothing if it is denied, still to come or supposed.

    FORCE is an ASSAULT by police of any mode; KILL one that kills somebody; ARREST a COERCE/arrest by police, or by nobody
    named, for an arrest without a doer is made by police. ANY_ACTION is any act of police.
    """
    if event.status.polarity == "negated" or event.status.realis not in DONE:
        return set()
    by_police = any("COP" in actor.sectors for actor in event.actors)
    arrest = event.type == "COERCE" and "arrest" in event.modes
    if not by_police and not (arrest and not event.actors):
        return set()
    out = {"ANY_ACTION"}
    if arrest:
        out.add("ARREST")
    if event.type == "ASSAULT":
        out.add("FORCE")
        if "killed" in event.counts or "targeted" in event.modes:
            out.add("KILL")
    return out


def tellings(event: Event) -> list[Span]:
    """The trigger, and the triggers of further tellings of the act, as `why` has them."""
    again = [why.evidence for why in event.why if why.by == "repeats:another telling of the act"]
    return [event.trigger, *(span for spans in again for span in spans)]


def statements(coder: Coder, row: Row) -> Answer:
    """Content, cue and speaker of each statement; of a speaker the words used there, not all that name him."""
    return {"statements": [statement_answer(statement) for statement in coded(coder, row).statements]}


def statement_answer(statement: Statement) -> Answer:
    """One statement in the plain form."""
    return {
        "content": [span_answer(span) for span in statement.content],
        "cue": {"start": statement.cue.start, "end": statement.cue.end},
        "speakers": [speaker_answer(actor) for actor in statement.speakers],
    }


def speaker_answer(actor: Actor) -> Answer:
    """Name and the words used."""
    return {"name": actor.name, "mentions": [span_answer(span) for span in actor.mentions[:1]]}


def span_answer(span: Span) -> Answer:
    """Start and end."""
    return {"start": span.start, "end": span.end}


def toponyms(coder: Coder, row: Row) -> Answer:
    """Every place name found, with what it was resolved to."""
    out = []
    for toponym in coded(coder, row).document.toponyms:
        where = toponym.place
        answer = span_answer(toponym.span)
        if where is not None:
            answer |= {
                "geonameid": where.geonames_id,
                "lat": where.lat,
                "lon": where.lon,
                "country_code": where.country,
            }
        out.append(answer)
    return {"toponyms": out}


def timexes(coder: Coder, row: Row) -> Answer:
    """Every date expression found, with its value as TIMEX3 writes it."""
    found = coded(coder, row).document.timexes
    return {
        "timexes": [span_answer(each.span) | {"type": "DATE", "value": timex_value(each)} for each in found]
    }


def timex_value(timex: Timex) -> str | None:
    """The value of TIMEX3: as many digits as the expression is precise; null where it was not resolved."""
    if timex.start is None:
        return None
    return timex.start[: LENGTH.get(timex.precision, 10)]
