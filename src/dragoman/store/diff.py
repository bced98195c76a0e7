"""What changed between two codings of the same news: records added, lost and changed, field by field, with the text.

Documents are the same if their ids are, or their URLs, or the ids that their inputs gave them; records inside by
id, else by words that overlap. Rows of other systems have no text: their events are the same where type or quad,
day and countries are, best fit first.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from dragoman.records import Actor, Coded, Document, Event, Span, Statement
from dragoman.records.date import When

R = TypeVar("R", Event, Statement)
Kind = Literal["added", "lost", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. field, before, after: of a changed record only; text: the sentence, or the words, it rests on."""

    document: str
    change: Kind
    record: Literal["document", "event", "statement"]
    id: str
    field: str | None = None
    before: Any = None
    after: Any = None
    what: str
    text: str | None


def _actors(actors: Sequence[Actor]) -> list[str]:
    return [f"{a.name} [{'/'.join(a.country)} {'/'.join(a.sectors)}]".replace(" ]", "]") for a in actors]


def _date(when: When | None) -> str | None:
    if when is None or (when.start is None and when.end is None):
        return None
    return f"{when.start or '…'} to {when.end or '…'}" if when.start != when.end else when.start


EVENT_FIELDS: Final[Mapping[str, Callable[[Event], Any]]] = {
    "type": lambda e: e.type,
    "modes": lambda e: list(e.modes),
    "contexts": lambda e: list(e.contexts),
    "quad": lambda e: e.quad.code if e.quad else None,
    "scale": lambda e: e.scale,
    "cameo": lambda e: e.cameo,
    "goldstein": lambda e: e.goldstein,
    "actors": lambda e: _actors(e.actors),
    "recipients": lambda e: _actors(e.recipients),
    "polarity": lambda e: e.status.polarity,
    "realis": lambda e: e.status.realis,
    "certainty": lambda e: e.status.certainty,
    "attribution": lambda e: [f"{s.source.name} {s.commitment or ''}".strip() for s in e.attribution],
    "date": lambda e: _date(e.date),
    "place": lambda e: f"{e.place.name} ({e.place.country or '?'}, {e.place.precision})" if e.place else None,
    "counts": lambda e: {kind: [n.low, n.best, n.high] for kind, n in sorted(e.counts.items())},
    "trigger": lambda e: e.trigger.text,
}
STATEMENT_FIELDS: Final[Mapping[str, Callable[[Statement], Any]]] = {
    "speakers": lambda s: _actors(s.speakers),
    "kind": lambda s: s.kind,
    "cue": lambda s: s.cue.text if s.cue else None,
    "content": lambda s: " … ".join(span.text for span in s.content),
    "addressees": lambda s: _actors(s.addressees),
    "attribution": lambda s: [f"{x.source.name} {x.commitment or ''}".strip() for x in s.attribution],
    "stance": lambda s: [f"{x.value} {x.target.name}" for x in s.stance],
    "date": lambda s: _date(s.occasion.date) if s.occasion else None,
}
# what a row of another system can say in the same words; names are its own
IMPORTED_FIELDS: Final[Mapping[str, Callable[[Event], Any]]] = {
    **{name: EVENT_FIELDS[name] for name in ("type", "modes", "contexts", "quad", "date")},
    "actor countries": lambda e: _countries(e.actors),
    "recipient countries": lambda e: _countries(e.recipients),
    "place country": lambda e: e.place.country if e.place else None,
}
# how events without a text are matched, the best fit first
FITS: Final[tuple[Callable[[Event], tuple[Any, ...]], ...]] = (
    lambda e: (
        e.type,
        _first_day(e),
        _countries(e.actors),
        _countries(e.recipients),
        EVENT_FIELDS["modes"](e),
    ),
    lambda e: (e.type, _first_day(e), _countries(e.actors), _countries(e.recipients)),
    lambda e: (_quad(e), _first_day(e), _countries(e.actors), _countries(e.recipients)),
)


def _countries(actors: Sequence[Actor]) -> list[str]:
    return sorted({code for actor in actors for code in actor.country})


def _first_day(event: Event) -> str | None:
    return event.date.start[:10] if event.date and event.date.start else None


def _quad(event: Event) -> int | None:
    return event.quad.code if event.quad else None


def diff(before: Iterable[Coded], after: Iterable[Coded]) -> Iterator[Change]:
    """Yield the changes from `before` to `after`, by document in the order of `before`, then what is only in `after`.

    Equal codings give nothing. Ids, confidences, reasons and run are not compared.
    """
    old, new = list(before), list(after)
    if any(map(_imported, old)) or any(map(_imported, new)):
        yield from _by_act(old, new)
        return
    pairs, only_new = _documents(old, new)
    for one, other in pairs:
        yield from _inside(one, other)
    for other in only_new:
        yield from _inside(None, other)


def _imported(coded: Coded) -> bool:
    return (coded.document.run or "").startswith("import:")


def _documents(
    old: Sequence[Coded], new: Sequence[Coded]
) -> tuple[list[tuple[Coded, Coded | None]], list[Coded]]:
    keys: tuple[Callable[[Document], str | None], ...] = (
        lambda d: d.id,
        lambda d: d.url,
        lambda d: d.source_id,
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for key in keys:
        places: dict[str, int] = {}
        for place, coded in enumerate(new):
            if place not in taken and (value := key(coded.document)):
                places.setdefault(value, place)
        for place, coded in enumerate(old):
            found = places.get(key(coded.document) or "")
            if place not in partner and found is not None and found not in taken:
                partner[place] = found
                taken.add(found)
    pairs = [(coded, new[partner[place]] if place in partner else None) for place, coded in enumerate(old)]
    return pairs, [coded for place, coded in enumerate(new) if place not in taken]


def _inside(one: Coded | None, other: Coded | None) -> Iterator[Change]:
    """Changes of one document, which may be on one side only."""
    present = one or other
    assert present is not None
    document = present.document
    if one is None or other is None:
        yield Change(
            document=document.id,
            change="added" if one is None else "lost",
            record="document",
            id=document.id,
            what=document.title or document.source_id or document.id,
            text=None,
        )
    old_events, new_events = (tuple(c.events) if c else () for c in (one, other))
    for event, counterpart in _matched(old_events, new_events, lambda e: (e.trigger,), lambda e: e.type):
        yield from _compare(document, event, counterpart, EVENT_FIELDS, one, other)
    old_said, new_said = (tuple(c.statements) if c else () for c in (one, other))
    for statement, counterpart_said in _matched(old_said, new_said, lambda s: s.content, lambda s: s.kind):
        yield from _compare(document, statement, counterpart_said, STATEMENT_FIELDS, one, other)


def _matched(
    old: Sequence[R], new: Sequence[R], words: Callable[[R], Sequence[Span]], kind: Callable[[R], str]
) -> list[tuple[R | None, R | None]]:
    """Pair records of one document: same id, else the same kind on words that overlap, else any overlap."""
    pairs: list[tuple[R | None, R | None]] = []
    left, right = list(old), list(new)
    tests: tuple[Callable[[R, R], bool], ...] = (
        lambda a, b: a.id == b.id,
        lambda a, b: kind(a) == kind(b) and _overlap(words(a), words(b)),
        lambda a, b: _overlap(words(a), words(b)),
    )
    for fits in tests:
        for one in list(left):
            other = next((candidate for candidate in right if fits(one, candidate)), None)
            if other is not None:
                pairs.append((one, other))
                left.remove(one)
                right.remove(other)
    pairs += [(one, None) for one in left] + [(None, other) for other in right]

    def begins(pair: tuple[R | None, R | None]) -> int:
        present = pair[0] or pair[1]
        assert present is not None
        return min((span.start for span in words(present)), default=0)

    return sorted(pairs, key=begins)


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> bool:
    # Texts may be two versions of an article: the same words elsewhere do as well.
    return any((a.overlaps(b) and _alike(a.text, b.text)) or a.text == b.text for a in one for b in other)


def _alike(one: str, other: str) -> bool:
    return bool(set(one.casefold().split()) & set(other.casefold().split()))


def _compare(
    document: Document,
    one: R | None,
    other: R | None,
    fields: Mapping[str, Callable[[Any], Any]],
    before: Coded | None,
    after: Coded | None,
) -> Iterator[Change]:
    present, coded = (one, before) if one is not None else (other, after)
    assert present is not None
    assert coded is not None
    kind: Literal["event", "statement"] = "event" if isinstance(present, Event) else "statement"
    about: dict[str, Any] = {"document": document.id, "record": kind, "id": present.id}
    about |= {"what": _in_short(present), "text": _text(coded, present)}
    if one is None or other is None:
        yield Change(change="added" if one is None else "lost", **about)
        return
    for name, read in fields.items():
        was, now = read(one), read(other)
        if was != now:
            yield Change(change="changed", field=name, before=was, after=now, **about)


def _by_act(old: Sequence[Coded], new: Sequence[Coded]) -> Iterator[Change]:
    """Compare events of whole files, where one side has no text; acts that did not happen are no rows there."""
    left = [(coded, event) for coded in old for event in coded.events if _comparable(coded, event)]
    right = [(coded, event) for coded in new for event in coded.events if _comparable(coded, event)]
    for fit in FITS:
        waiting: defaultdict[str, list[tuple[Coded, Event]]] = defaultdict(list)
        for item in right:
            waiting[repr(fit(item[1]))].append(item)
        unmatched = []
        taken: set[int] = set()
        for coded, event in left:
            found = waiting[repr(fit(event))]
            if not found:
                unmatched.append((coded, event))
                continue
            other_coded, other = found.pop(0)
            taken.add(id(other))
            yield from _compare(coded.document, event, other, IMPORTED_FIELDS, coded, other_coded)
        left = unmatched
        right = [item for item in right if id(item[1]) not in taken]
    for coded, event in left:
        yield from _compare(coded.document, event, None, IMPORTED_FIELDS, coded, None)
    for coded, event in right:
        yield from _compare(coded.document, None, event, IMPORTED_FIELDS, None, coded)


def _comparable(coded: Coded, event: Event) -> bool:
    status = event.status
    return _imported(coded) or (status.polarity, status.realis, status.certainty) == (
        "affirmed",
        "actual",
        "certain",
    )


def _in_short(record: Event | Statement) -> str:
    if isinstance(record, Statement):
        return f"{', '.join(a.name for a in record.speakers) or 'somebody'}: {record.kind}"
    sides = [", ".join(a.name for a in side) or "–" for side in (record.actors, record.recipients)]
    return f"{record.type} {sides[0]} → {sides[1]}"


def _text(coded: Coded, record: Event | Statement) -> str | None:
    """The sentence of an event; the words of a statement."""
    if isinstance(record, Statement):
        return " … ".join(span.text for span in record.content) or None
    sentences = coded.document.sentences
    inside = 0 <= record.sentence < len(sentences)
    return sentences[record.sentence].text if inside else record.trigger.text
