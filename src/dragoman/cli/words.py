"""Records in words: short phrases that the table, the explain view and its HTML page share."""

from collections.abc import Iterator, Sequence
from typing import Final

from dragoman.records import Actor, Count, Event, Place, Reason, Source, Statement, When

NOBODY: Final = "—"
_NAMED_VALUES: Final = {"affirmed", "actual", "certain"}  # what a reader takes for granted
_SAID: Final = {"denies": "denied by", "doubts": "doubted by", "reports": "reported by"}
_VISIBLE: Final = dict.fromkeys((*range(32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")


def visible(text: str) -> str:
    """The text on one line, of the same length, without characters that could steer a terminal."""
    return text.replace("\n", " ").replace("\t", " ").translate(_VISIBLE)


def actor_words(actor: Actor) -> str:
    """A name with its codes: "Andrei Rudenko (RUS GOV)"."""
    codes = " ".join(("/".join(actor.country), "/".join(actor.sectors))).strip()
    return visible(f"{actor.name} ({codes})" if codes else actor.name)


def actors_words(actors: Sequence[Actor]) -> str:
    """Names with codes, or a dash where the text names nobody."""
    return ", ".join(map(actor_words, actors)) or NOBODY


def identity_words(actors: Sequence[Actor]) -> str:
    """How each actor is known: "Andrei Rudenko, person, deputy foreign minister, Q123, by office+country"."""
    known = []
    for actor in actors:
        by = f"by {actor.resolved_by}" if actor.resolved_by else None
        kind = actor.kind if actor.kind != "unknown" else None
        parts = [part for part in (kind, actor.role, actor.id, by) if part]
        if parts:
            known.append(visible(", ".join((actor.name, *parts))))
    return "; ".join(known)


def type_words(event: Event) -> str:
    """The type with its modes: "CONSULT/visit"."""
    return "/".join((event.type, *event.modes))


def status_words(event: Event) -> tuple[str, ...]:
    """What keeps an act from being a plain fact: negated, future, hypothetical, probable and so on."""
    status = event.status
    return tuple(
        value for value in (status.polarity, status.realis, status.certainty) if value not in _NAMED_VALUES
    )


def chain_words(chain: Sequence[Source]) -> str:
    """Who says so, nearest to the act first: "said by Im Chon Il, passed on by KCNA"."""
    if not chain:
        return ""
    *outer, inner = chain
    first = f"{_SAID.get(inner.commitment or '', 'said by')} {actor_words(inner.source)}"
    return ", ".join((first, *(f"passed on by {actor_words(link.source)}" for link in reversed(outer))))


def day_words(date: When | None) -> str:
    """The days of a date, short: "2023-06-25", "2023-06-21/30", "2011…", or nothing where unknown."""
    if date is None or (date.start is None and date.end is None):
        return ""
    if date.start is None or date.end is None:
        return f"{date.start or ''}…{date.end or ''}"
    if date.precision in ("month", "year") and date.start[: len("2023")] == date.end[: len("2023")]:
        return date.start[: len("2023-06")] if date.precision == "month" else date.start[: len("2023")]
    if date.start == date.end:
        return date.start
    same = date.start[: len("2023-06-")] == date.end[: len("2023-06-")]
    return f"{date.start}/{date.end[len('2023-06-') :] if same else date.end}"


def date_words(date: When | None) -> str:
    """The days and the words that gave them: "2023-06-25 (day: “Sunday”)"; nothing without either."""
    days = day_words(date)
    if date is None or not (days or date.text):
        return ""
    said = f"{date.precision}: “{visible(date.text)}”" if date.text else date.precision
    return f"{days or 'day not known'} ({said})"


def place_words(place: Place | None) -> str:
    """A place with its country: "Beijing (CHN)"."""
    if place is None:
        return ""
    return visible(f"{place.name} ({place.country})" if place.country else place.name)


def number(value: float) -> str:
    """A number without a needless ".0": 20, 0.91, 2500000."""
    return str(int(value)) if value == int(value) else repr(value)


def count_words(count: Count) -> str:
    """How many: "20", "20 or more", "20 to 30 (25)", "about 200", or only the words."""
    low, best, high = count.low, count.best, count.high
    if low is not None and high is not None:
        if low == high:
            return number(low)
        return f"{number(low)} to {number(high)}" + (f" ({number(best)})" if best is not None else "")
    if low is not None:
        return f"{number(low)} or more"
    if high is not None:
        return f"{number(high)} or fewer"
    return f"about {number(best)}" if best is not None else f"“{visible(count.text)}”"


def counts_words(event: Event) -> str:
    """All counts of an act: "killed 20 or more, injured 3"."""
    return ", ".join(f"{kind} {count_words(count)}" for kind, count in sorted(event.counts.items()))


def confidence_words(record: Event | Statement) -> str:
    """The confidence in the whole record with two digits, or nothing where none is given."""
    value = record.confidence.get("record")
    return "" if value is None else f"{value:.2f}"


def stance_words(statement: Statement) -> str:
    """Sides taken: "support Russia, oppose United States"."""
    return ", ".join(f"{stance.value} {visible(stance.target.name)}" for stance in statement.stance)


def facts(record: Event | Statement) -> Iterator[tuple[str, str]]:
    """Label and words of each field that is set, in the order in which a reader asks."""
    pairs = _event_facts(record) if isinstance(record, Event) else _statement_facts(record)
    return ((label, words) for label, words in pairs if words)


def _event_facts(event: Event) -> Iterator[tuple[str, str]]:
    codes = [f"CAMEO {event.cameo}"] if event.cameo else []
    if event.goldstein is not None:
        codes.append(f"Goldstein {number(event.goldstein)}")
    if event.quad:
        codes.append(event.quad.name)
    if event.scale is not None:
        codes.append(f"PLOVER score {number(event.scale)}")
    yield "status", ", ".join(status_words(event))
    yield "actor", identity_words(event.actors)
    yield "recipient", identity_words(event.recipients)
    yield "according to", chain_words(event.attribution)
    yield "when", date_words(event.date)
    yield "where", place_words(event.place)
    yield "how many", counts_words(event)
    yield "contexts", ", ".join(event.contexts)
    yield "codes", ", ".join(codes)
    yield "own categories", ", ".join(event.categories or ())


def _statement_facts(statement: Statement) -> Iterator[tuple[str, str]]:
    occasion = statement.occasion
    yield "speaker", identity_words(statement.speakers)
    yield "to", ", ".join(map(actor_words, statement.addressees))
    yield "according to", chain_words(statement.attribution)
    yield "when", date_words(occasion.date) if occasion else ""
    yield "where", place_words(occasion.place) if occasion else ""
    yield "takes a side", stance_words(statement)
    yield (
        "speaks of",
        ", ".join(
            f"event {assertion.event[:8]}" + (f" ({assertion.commitment})" if assertion.commitment else "")
            for assertion in statement.asserts
        ),
    )


def reason_words(reason: Reason) -> tuple[str, str, str]:
    """A decision in three cells: field, value, and how it came to be."""
    how = reason.by if reason.probability is None else f"{reason.by} {reason.probability:.2f}"
    if reason.evidence:
        how += " on " + ", ".join(f"“{visible(span.text)}”" for span in reason.evidence)
    if reason.alternatives:
        others = (
            other.value if other.probability is None else f"{other.value} {other.probability:.2f}"
            for other in reason.alternatives
        )
        how += "; runner-up " + ", ".join(others)
    if reason.note:
        how += f" ({reason.note})"
    return reason.field, visible(reason.value), visible(how)
