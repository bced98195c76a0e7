"""From words to offsets: a row of a gold file becomes a GoldDocument, and every fault in it is named."""

import datetime
import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from dragoman.evaluation.annotation import (
    Bounds,
    GoldActor,
    GoldCount,
    GoldDate,
    GoldDocument,
    GoldEntity,
    GoldEvent,
    GoldPlace,
    GoldStance,
    GoldStatement,
    Telling,
)
from dragoman.evaluation.codes import (
    CERTAINTIES,
    COUNTS,
    POLARITIES,
    REALIS,
    STANCES,
    STATEMENT_KINDS,
    TERRITORIES,
    Codes,
)
from dragoman.evaluation.faults import Fault
from dragoman.evaluation.rows import (
    CountRow,
    DateRow,
    DocumentRow,
    EntityRow,
    EventRow,
    PartyRow,
    PlaceRow,
    StatementRow,
    Words,
)
from dragoman.records import Span

SHOWN = 60  # characters of a sentence quoted in a fault


def resolve(
    row: DocumentRow, *, where: str, codes: Codes | None = None
) -> tuple[GoldDocument, tuple[Fault, ...]]:
    """Turn a row into a document; what does not resolve is left out of it and stands among the faults."""
    return _Resolver(row, where, codes).document()


def occurrences(text: str, words: str, start: int, end: int) -> Iterator[Bounds]:
    """Where `words` stand in text[start:end]: first as whole words, then inside longer ones."""
    inside: list[Bounds] = []
    at = text.find(words, start, end)
    while at >= 0:
        stop = at + len(words)
        if _joined(text, at) or _joined(text, stop):
            inside.append((at, stop))
        else:
            yield at, stop
        at = text.find(words, at + 1, end)
    yield from inside


def _joined(text: str, at: int) -> bool:
    """Say whether a word runs on across this offset."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


class _Resolver:
    """One row at a time; collects faults instead of stopping at the first."""

    def __init__(self, row: DocumentRow, where: str, codes: Codes | None) -> None:
        self.row, self.where, self.codes = row, where, codes
        self.text = row.text
        self.record = row.id
        self.faults: list[Fault] = []

    def fault(self, what: str, do: str) -> None:
        self.faults.append(Fault(self.where, self.record, what, do))

    def document(self) -> tuple[GoldDocument, tuple[Fault, ...]]:
        row = self.row
        last = 0
        for number, (start, end) in enumerate(row.sentences):
            if not last <= start < end <= len(self.text):
                self.fault(
                    f"sentence {number} [{start}, {end}) does not follow the one before inside the text",
                    f"Give sentences in order, as [start, end) below {len(self.text)}",
                )
                return GoldDocument(id=row.id, text=row.text), tuple(self.faults)
            last = end
        if row.published is not None:
            self.day("published", row.published[:10])
        events = [self.event(number, event) for number, event in enumerate(row.events or [])]
        statements = [self.statement(number, said) for number, said in enumerate(row.statements or [])]
        entities = None if row.entities is None else tuple(self.entity(one) for one in row.entities)
        document = GoldDocument(
            id=row.id,
            text=row.text,
            published=row.published,
            source=row.source,
            batch=row.batch,
            sentences=tuple(row.sentences),
            events=tuple(event for event in events if event is not None),
            statements=tuple(statement for statement in statements if statement is not None),
            entities=entities,
        )
        return document, tuple(self.faults)

    # spans

    def sentence(self, number: int, what: str) -> Bounds | None:
        if 0 <= number < len(self.row.sentences):
            return self.row.sentences[number]
        self.fault(
            f"{what} is in sentence {number}, and the text has {len(self.row.sentences)}",
            "Count sentences from 0",
        )
        return None

    def span(self, words: Words, within: Bounds, what: str) -> Span | None:
        """The span of words that must stand in `within`, or of offsets."""
        if not isinstance(words, str):
            return self.offsets(words, what)
        found = next(occurrences(self.text, words, *within), None) if words else None
        if found is None:
            sentence = self.text[slice(*within)]
            shown = sentence if len(sentence) <= SHOWN else sentence[:SHOWN] + "…"
            self.fault(
                f"{what} {words!r} is not in {shown!r}", "Quote the words exactly, in their own sentence"
            )
            return None
        return self.cut(found)

    def offsets(self, bounds: Bounds | None, what: str) -> Span | None:
        if bounds is None:
            self.fault(f"{what} is null", "Give its words, or [start, end)")
            return None
        if not 0 <= bounds[0] < bounds[1] <= len(self.text):
            self.fault(
                f"{what} [{bounds[0]}, {bounds[1]}) lies outside the text",
                f"Give [start, end) between 0 and {len(self.text)}",
            )
            return None
        return self.cut(bounds)

    def anywhere(self, words: Words, sentence: Bounds, what: str) -> Span | None:
        """Words of an actor, date or place: in the sentence, else nearest before it, else after it."""
        if words is None or words == "":
            return None
        if not isinstance(words, str):
            return self.offsets(words, what)
        here = next(occurrences(self.text, words, *sentence), None)
        if here is not None and not (_joined(self.text, here[0]) or _joined(self.text, here[1])):
            return self.cut(here)
        all_of_them = [
            b
            for b in occurrences(self.text, words, 0, len(self.text))
            if not (_joined(self.text, b[0]) or _joined(self.text, b[1]))
        ]
        before = [b for b in all_of_them if b[1] <= sentence[0]]
        nearest = before[-1] if before else (all_of_them[0] if all_of_them else here)
        if nearest is None:
            nearest = next(occurrences(self.text, words, 0, len(self.text)), None)
        if nearest is None:
            self.fault(f"{what} {words!r} is not in the text", "Quote words of the text, or leave them out")
            return None
        return self.cut(nearest)

    def cut(self, bounds: Bounds) -> Span:
        start, end = bounds
        number = next((n for n, (a, b) in enumerate(self.row.sentences) if a <= start < b), None)
        return Span(start=start, end=end, text=self.text[start:end], sentence=number)

    # codes and days

    def known(self, what: str, value: str | None, allowed: Collection[str]) -> None:
        if value not in allowed:
            self.fault(f"{what} {value!r} is not known", f"Write one of {', '.join(sorted(allowed))}")

    def country(self, what: str, code: str, *, also: Collection[str] = ()) -> None:
        countries = self.codes.countries if self.codes else frozenset()
        if countries:
            if code not in countries and code not in also:
                self.fault(
                    f"{what} {code!r} is no country code", "Write ISO 3166-1 alpha-3 or a non-state code"
                )
        elif not re.fullmatch(r"[A-Z]{3}", code):
            self.fault(f"{what} {code!r} is no country code", "Write three capitals, ISO 3166-1 alpha-3")

    def day(self, what: str, day: str) -> None:
        try:
            datetime.date.fromisoformat(day)
        except ValueError:
            self.fault(f"{what} {day!r} is no date", "Write YYYY-MM-DD")

    # records

    def event(self, number: int, row: EventRow) -> GoldEvent | None:
        self.record = f"{self.row.id}, event {number} {row.trigger!r}"
        tellings = [self.telling(row.s, row.trigger, "trigger")]
        tellings += [self.telling(more.s, more.trigger, "further telling") for more in row.also or []]
        self.event_codes(row)
        sentence = tellings[0].sentence if tellings[0] else None
        if sentence is None:
            return None
        return GoldEvent(
            number=number,
            tellings=tuple(telling for telling in tellings if telling),
            type=row.type,
            types=frozenset(row.type_accept or [row.type]),
            modes=tuple(row.modes or ()),
            contexts=tuple(row.contexts or ()),
            actors=self.parties(row.actors, sentence, "actor"),
            recipients=self.parties(row.recipients, sentence, "recipient"),
            actor_accept=self.accepted(row.actor_accept, "actor_accept"),
            recipient_accept=self.accepted(row.recipient_accept, "recipient_accept"),
            actor_optional=row.actor_optional,
            recipient_optional=row.recipient_optional,
            polarity=row.polarity,
            realis=row.realis,
            certainty=row.certainty,
            attribution=(*(row.attribution or ()), *(row.attribution_accept or ())),
            date=self.date(row.date, sentence),
            place=self.place(row.place, sentence),
            counts={kind: self.count(kind, count, sentence) for kind, count in (row.counts or {}).items()},
            optional=row.optional,
        )

    def telling(self, number: int, words: Words, what: str) -> Telling | None:
        sentence = self.sentence(number, what)
        trigger = self.span(words, sentence, what) if sentence else None
        return Telling(trigger=trigger, sentence=sentence) if trigger else None

    def event_codes(self, row: EventRow) -> None:
        self.known("polarity", row.polarity, POLARITIES)
        self.known("realis", row.realis, REALIS)
        self.known("certainty", row.certainty, CERTAINTIES)
        for kind in row.counts or {}:
            self.known("count", kind, COUNTS)
        if self.codes is None:
            return
        for type_ in [row.type, *(row.type_accept or [])]:
            self.known("type", type_, self.codes.modes.keys())
        allowed = frozenset().union(
            *(self.codes.modes.get(type_, frozenset()) for type_ in [row.type, *(row.type_accept or [])])
        )
        for mode in row.modes or []:
            if mode not in allowed:
                choice = f"Write one of {', '.join(sorted(allowed))}" if allowed else "Leave modes empty"
                self.fault(f"{row.type} has no mode {mode!r}", choice)
        for context in row.contexts or []:
            self.known("context", context, self.codes.contexts)
        if row.type in self.codes.need_recipient and not row.recipients and not row.recipient_optional:
            self.fault(f"{row.type} has no recipient", "Name the recipient, or say recipient_optional")

    def parties(self, rows: Sequence[PartyRow] | None, sentence: Bounds, what: str) -> tuple[GoldActor, ...]:
        return tuple(self.party(row, sentence, what) for row in rows or [])

    def party(self, row: PartyRow, sentence: Bounds, what: str) -> GoldActor:
        if not row.name:
            self.fault(f"{what} without a name", "Write the canonical name, or the words of an unnamed one")
        for code in row.country or []:
            self.country(f"country of {what} {row.name!r}", code)
        if self.codes is not None:
            for sector in row.sectors or []:
                self.known(f"sector of {what} {row.name!r}", sector, self.codes.sectors)
        return GoldActor(
            name=row.name or "",
            country=tuple(row.country or ()),
            sectors=tuple(row.sectors or ()),
            words=self.anywhere(row.text, sentence, what),
        )

    def accepted(self, sets: Sequence[Sequence[str]] | None, what: str) -> tuple[frozenset[str], ...]:
        for code in (code for codes in sets or [] for code in codes):
            self.country(what, code)
        return tuple(frozenset(codes) for codes in sets or [])

    def date(self, row: DateRow | None, sentence: Bounds) -> GoldDate | None:
        if row is None:
            return None
        end = row.start if row.end is msgspec.UNSET else row.end
        for what, day in (("start", row.start), ("end", end)):
            if day is not None:
                self.day(f"date {what}", day)
        if row.start and end and end < row.start:
            self.fault(f"date ends {end}, before it starts {row.start}", "Write the first day as start")
        return GoldDate(
            start=row.start,
            end=end,
            precision=row.precision or "unknown",
            words=self.anywhere(row.text, sentence, "date"),
        )

    def place(self, row: PlaceRow | None, sentence: Bounds) -> GoldPlace | None:
        if row is None:
            return None
        if row.country is not None:
            self.country("country of place", row.country, also=TERRITORIES)
        return GoldPlace(
            name=row.name or "",
            country=row.country,
            precision=row.precision or "unknown",
            words=self.anywhere(row.text, sentence, "place"),
        )

    def count(self, kind: str, row: CountRow, sentence: Bounds) -> GoldCount:
        numbers = [n for n in (row.low, row.best, row.high) if n is not None]
        if numbers != sorted(numbers):
            self.fault(f"{kind}: low, best and high are out of order", "Write low ≤ best ≤ high")
        return GoldCount(
            low=row.low, best=row.best, high=row.high, words=self.anywhere(row.text, sentence, kind)
        )

    def entity(self, row: EntityRow) -> GoldEntity:
        self.record = f"{self.row.id}, entity {row.name!r}"
        mentions = []
        for bounds in sorted(row.mentions):
            found = self.offsets(bounds, "mention")
            if found is not None and found.text != found.text.strip():
                self.fault(f"mention {found.text!r} begins or ends with a blank", "Leave the blank out")
            if found is not None and found in mentions:
                self.fault(f"mention {found.text!r} stands there twice", "Keep one")
            elif found is not None:
                mentions.append(found)
        return GoldEntity(name=row.name, mentions=tuple(mentions))

    def statement(self, number: int, row: StatementRow) -> GoldStatement | None:
        self.record = f"{self.row.id}, statement {number} {row.cue!r}"
        self.known("kind", row.kind, STATEMENT_KINDS)
        if not row.speakers:
            self.fault("nobody speaks", "Name a speaker, in words of the text if unnamed")
        for stance in row.stance or []:
            self.known("stance", stance.value, STANCES)
        events = len(self.row.events or [])
        for link in [*(row.asserts or []), *([row.event] if row.event is not None else [])]:
            if not 0 <= link < events:
                self.fault(f"event {link} is not there", f"Count the {events} events from 0")
        sentence = self.sentence(row.s, "cue")
        start = self.sentence(row.s if row.content_s is None else row.content_s, "content")
        if sentence is None or start is None:
            return None
        cue = self.span(row.cue, sentence, "cue") if row.cue else None
        content = self.content(row.content, start)
        if not content:
            return None
        return GoldStatement(
            number=number,
            speakers=self.parties(row.speakers, sentence, "speaker"),
            cue=cue,
            content=content,
            kind=row.kind,
            attribution=tuple(row.attribution or ()),
            addressees=tuple(row.addressees or ()),
            stance=tuple(self.stance(stance.target, stance.value, sentence) for stance in row.stance or []),
            asserts=tuple(row.asserts or ()),
            event=row.event,
            optional=row.optional,
        )

    def content(self, parts: str | list[str | Bounds], sentence: Bounds) -> tuple[Span, ...]:
        """Each part starts after the one before; the first starts in the sentence and may run beyond it."""
        spans: list[Span] = []
        at = sentence[0]
        for part in [parts] if isinstance(parts, str) else parts:
            span = self.span(part, (at, len(self.text)), "content")
            if span is None:
                return ()
            spans.append(span)
            at = span.end
        if not spans:
            self.fault("content is empty", "Quote the words that were said")
        elif spans[0].start >= sentence[1]:
            self.fault(
                f"content {spans[0].text[:SHOWN]!r} starts after its sentence",
                "Say in content_s in which sentence it starts",
            )
        return tuple(spans)

    def stance(self, target: Words, value: str, sentence: Bounds) -> GoldStance:
        if isinstance(target, str):
            return GoldStance(target=target, value=value)
        span = self.offsets(target, "target of a stance")
        return GoldStance(target=span.text if span else "", value=value)
