"""What a coder makes of the probes: which fields came out as wanted, and which moved that should have stayed.

Two questions, since either alone deceives. *Passed*: is every field of the changed text right? A coder that never
knew the act fails here, whatever the change. *Steady*: are the fields that the change leaves alone the same as in the
coder's own record of the base, right or wrong? A coder that always answers the same passes this one.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, get_args

from dragoman.evaluation.match import same_name
from dragoman.evaluation.probes import Kind, Probe, Renaming, Suite
from dragoman.records import Actor, Coded, Event, Source, Statement

CONTENT_AGREES: Final = 0.8  # F1 of words, as for statements against gold (coding guidelines §9)
NO_RECORD: Final = "no such record"
Code = Callable[[str, str], Coded]
"""Codes a text that was published on a day."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A field that is not as wanted. got: null where the coder has no record to take it from."""

    field: str
    wanted: Any
    got: Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one probe. moved: fields that should be as in the coder's record of the base, and are not."""

    probe: Probe
    wrong: tuple[Wrong, ...]
    moved: tuple[Wrong, ...]
    base_passed: bool

    @property
    def passed(self) -> bool:
        """True if every field is as wanted."""
        return not self.wrong

    @property
    def steady(self) -> bool:
        """True if nothing moved that should stay."""
        return not self.moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Figures of one kind. sound: probes whose base passed; sound_passed: those of them that pass themselves."""

    probes: int
    passed: int
    steady: int
    sound: int
    sound_passed: int

    @property
    def share(self) -> float:
        """The pass rate, 0 to 1."""
        return self.passed / self.probes if self.probes else 0.0

    @property
    def steady_share(self) -> float:
        """The share of steady probes, 0 to 1."""
        return self.steady / self.probes if self.probes else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """All answers in the order of the suite."""

    answers: tuple[Answer, ...]

    @property
    def rates(self) -> Mapping[str, Rate]:
        """Figures by kind, in the order of the kinds; kinds without probes are left out."""
        by_kind = {
            kind: [answer for answer in self.answers if answer.probe.kind == kind] for kind in get_args(Kind)
        }
        return MappingProxyType({kind: rate(answers) for kind, answers in by_kind.items() if answers})

    @property
    def whole(self) -> Rate:
        """Figures over all changed texts; the bases themselves are no change."""
        return rate([answer for answer in self.answers if answer.probe.kind != "plain"])

    @property
    def mean(self) -> float:
        """Pass rate, each kind of change counting the same, however many probes it has."""
        shares = [figures.share for kind, figures in self.rates.items() if kind != "plain"]
        return sum(shares) / len(shares) if shares else 0.0

    @property
    def failures(self) -> tuple[Answer, ...]:
        """The answers with a wrong field."""
        return tuple(answer for answer in self.answers if not answer.passed)

    def causes(self) -> Mapping[str, Counter[str]]:
        """By kind: how often each field was wrong. Where a record is missing, that is the one cause."""
        counts: dict[str, Counter[str]] = {}
        for answer in self.failures:
            counts.setdefault(answer.probe.kind, Counter()).update(
                sorted({wrong.field for wrong in answer.wrong})
            )
        return counts


def rate(answers: Sequence[Answer]) -> Rate:
    """Count what passed."""
    sound = [answer for answer in answers if answer.base_passed]
    return Rate(
        probes=len(answers),
        passed=sum(answer.passed for answer in answers),
        steady=sum(answer.steady for answer in answers),
        sound=len(sound),
        sound_passed=sum(answer.passed for answer in sound),
    )


def run(suite: Suite, code: Code, kinds: Sequence[str] = ()) -> Report:
    """Code every probe and compare. kinds: answer for these alone; bases are coded all the same, to compare with."""
    chosen = suite.only(kinds) if kinds else suite
    answers: list[Answer] = []
    bases: dict[str, tuple[Mapping[str, Any], bool]] = {}
    for probe in chosen.probes:
        got = observe(code(probe.text, probe.published), probe)
        wrong = tuple(_wrong(probe, got))
        if probe.kind == "plain":
            bases[probe.base] = (got, not wrong)
        before, passed = bases[probe.base]
        renaming = suite.renaming if probe.kind == "rename" else None
        if not kinds or probe.kind in kinds:
            answers.append(Answer(probe, wrong, tuple(_moved(probe, before, got, renaming)), passed))
    return Report(tuple(answers))


def observe(coded: Coded, probe: Probe) -> dict[str, Any]:
    """The wanted fields as the coder has them, from the event and the statement that come nearest to what is wanted.

    A field of a record that is not there is null; the number of events is always there.
    """
    got: dict[str, Any] = {}
    for part, seen in (
        ("event.", [_of_event(event) for event in coded.events]),
        ("statement.", [_of_statement(statement) for statement in coded.statements]),
    ):
        fields = [field for field in probe.wanted if field.startswith(part)]
        first = f"{part}{'type' if part == 'event.' else 'content'}"
        best = max(
            seen,
            key=lambda record: (
                first in fields and fits(first, probe.wanted[first], record[first]),
                sum(fits(field, probe.wanted[field], record[field]) for field in fields),
            ),
            default={},
        )
        got |= {field: best.get(field) for field in fields}
    return got | {"events": len(coded.events)}


def _of_event(event: Event) -> dict[str, Any]:
    date = event.date
    days = [date.start, date.end] if date and (date.start or date.end) else []
    return {
        "event.type": event.type,
        "event.actors": _countries(event.actors),
        "event.recipients": _countries(event.recipients),
        "event.polarity": event.status.polarity,
        "event.realis": event.status.realis,
        "event.attribution": _chain(event.attribution),
        "event.date": [day[:10] if day else None for day in days],
    }


def _of_statement(statement: Statement) -> dict[str, Any]:
    return {
        "statement.speakers": [_names(actor) for actor in statement.speakers],
        "statement.countries": _countries(statement.speakers),
        "statement.kind": statement.kind,
        "statement.content": " ".join(span.text for span in statement.content),
        "statement.attribution": _chain(statement.attribution),
    }


def _countries(actors: Iterable[Actor]) -> list[str]:
    return sorted({code for actor in actors for code in actor.country})


def _chain(links: Iterable[Source]) -> list[tuple[str, ...]]:
    return [_names(link.source) for link in links]


def _names(actor: Actor) -> tuple[str, ...]:
    """The name and the words that stand for it in the text, each once."""
    return tuple(dict.fromkeys((actor.name, *(mention.text for mention in actor.mentions))))


def fits(field: str, wanted: Any, got: Any) -> bool:
    """Say whether a field is as wanted; a list where one value is wanted holds all that are right."""
    if got is None:
        return False
    name = field.rpartition(".")[2]
    if name in ("actors", "recipients", "countries"):
        return set(wanted) == set(got)
    if name == "content":
        return word_agreement(wanted, got) >= CONTENT_AGREES
    if name in ("speakers", "attribution"):
        return len(wanted) == len(got) and all(
            any(same_name(one, name) for name in names) for one, names in zip(wanted, got, strict=True)
        )
    if name == "date":
        return bool(wanted == got)
    return bool(got in wanted if isinstance(wanted, list) else got == wanted)


def word_agreement(one: str, other: str) -> float:
    """F1 of the words of two texts, each word as often as it stands there, 0 to 1."""
    a, b = (Counter(re.findall(r"\w+", text.casefold())) for text in (one, other))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def _wrong(probe: Probe, got: Mapping[str, Any]) -> Iterator[Wrong]:
    for part in ("event.", "statement."):
        fields = [field for field in probe.wanted if field.startswith(part)]
        if fields and all(got[field] is None for field in fields):
            yield Wrong(part.rstrip("."), "one", NO_RECORD)
            continue
        for field in fields:
            if not fits(field, probe.wanted[field], got[field]):
                yield Wrong(field, probe.wanted[field], got[field])
    if not got["events"] and "event.type" in probe.wanted:
        return  # the missing event has been told
    if not fits("events", probe.wanted["events"], got["events"]):
        yield Wrong("events", probe.wanted["events"], got["events"])


def _moved(
    probe: Probe, before: Mapping[str, Any], now: Mapping[str, Any], renaming: Renaming | None
) -> Iterator[Wrong]:
    for field in now:
        if field in probe.changed or field not in before:
            continue
        was = before[field] if renaming is None or field == "event.date" else renaming(before[field])
        if not _same(field, was, now[field]):
            yield Wrong(field, was, now[field])


def _same(field: str, was: Any, now: Any) -> bool:
    if was is None or now is None:
        return was is now
    name = field.rpartition(".")[2]
    if name == "content":
        return word_agreement(was, now) >= CONTENT_AGREES
    if name in ("speakers", "attribution"):
        return len(was) == len(now) and all(
            any(same_name(one, other) for one in a for other in b) for a, b in zip(was, now, strict=True)
        )
    return bool(set(was) == set(now) if name in ("actors", "recipients", "countries") else was == now)
