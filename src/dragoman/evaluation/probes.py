"""Behavioural probes: a sentence, the same sentence changed, and which fields of the records must change with it.

The suite stands in `data/probes_*.toml`. What a probe wants is a flat mapping from a field ("event.type",
"statement.speakers", "events") to its value; a probe has the wants of its base, but for those it names itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

import msgspec

from dragoman import codebook, knowledge
from dragoman.errors import GoldError
from dragoman.evaluation.codes import POLARITIES, REALIS, STATEMENT_KINDS
from dragoman.evaluation.faults import Fault
from dragoman.evaluation.gold import raise_faults
from dragoman.evaluation.probe_rows import BaseRow, CountryRow, ProbeRow, StatementRow, SuiteFile, TablesFile

Kind = Literal[
    "plain",
    "swap",
    "negate",
    "future",
    "passive",
    "hypothetical",
    "date",
    "indirect",
    "cue",
    "nest",
    "rename",
    "link",
]
"""plain: the base itself. rename and link are made from every base; all others are written by hand."""

MADE: Final = ("plain", "rename", "link")
ANY: Final = "any"  # the field is not asked for
SHOWN: Final = 16  # values a fault lists: all types, but not all countries
TABLES: Final = "probes_tables.toml"
SUITES: Final = ("probes_acts.toml", "probes_statements.toml")
Wanted = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One text and what its records must be.

    id: base, kind and number. wanted: field to value. changed: the fields that differ from the base on purpose;
    all others must be as they are there. published: day of publication.
    """

    id: str
    base: str
    kind: Kind
    text: str
    published: str
    wanted: Wanted
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Renaming:
    """Countries that take each other's places: words to words and codes to codes."""

    words: Mapping[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, pairs: Iterable[tuple[CountryRow, CountryRow]]) -> "Renaming":
        """Both ways, so that it is its own inverse."""
        words: dict[str, str] = {}
        for one, other in pairs:
            for field in ("code", "name", "adjective", "capital"):
                here, there = getattr(one, field), getattr(other, field)
                words |= {here: there, there: here}
        longest = sorted(words, key=lambda word: (-len(word), word))
        pattern = re.compile(rf"(?:\b([Aa])n? )?\b({'|'.join(map(re.escape, longest))})\b")
        return cls(MappingProxyType(words), pattern)

    def __call__(self, value: Any) -> Any:
        """The same text, code or list under the other names; "a" and "an" follow the word behind them."""
        if isinstance(value, str):
            return self.pattern.sub(self._other, value)
        if isinstance(value, list | tuple):
            return type(value)(self(item) for item in value)
        return value

    def _other(self, found: re.Match[str]) -> str:
        word = self.words[found[2]]
        article = found[1]
        return f"{article}{'n' if word[0] in 'AEIO' else ''} {word}" if article else word


@dataclass(frozen=True, slots=True)
class Suite:
    """All probes, in the order of the files, each base before what is made of it; and how countries were renamed."""

    probes: tuple[Probe, ...]
    renaming: Renaming

    def only(self, kinds: Sequence[str]) -> "Suite":
        """Probes of these kinds, with their bases. Raises GoldError for an unknown kind."""
        unknown = [kind for kind in kinds if kind not in get_args(Kind)]
        if unknown:
            raise GoldError(
                f"there is no kind {unknown[0]!r}",
                where="probes",
                do=f"Write one of {', '.join(get_args(Kind))}",
            )
        chosen = [probe for probe in self.probes if probe.kind in kinds]
        bases = {probe.base for probe in chosen}
        return Suite(
            tuple(
                probe
                for probe in self.probes
                if probe.kind in kinds or (probe.kind == "plain" and probe.base in bases)
            ),
            self.renaming,
        )


def load_probes(*paths: Path) -> Suite:
    """The suite of the package, or one of your own in the same form.

    Raises GoldError with every fault: unknown kinds or codes, ids that stand twice, a probe that changes nothing.
    """
    data = files("dragoman.evaluation") / "data"
    tables = _decode(data / TABLES, TablesFile)
    renaming = Renaming.of(tables.renamings)
    probes: list[Probe] = []
    faults: list[Fault] = []
    sources: Sequence[Traversable] = paths or tuple(data / name for name in SUITES)
    for source in sources:
        suite = _decode(source, SuiteFile)
        for base in suite.base:
            faults += _check(base, source.name, {probe.base for probe in probes})
            link = tables.links[len({probe.base for probe in probes}) % len(tables.links)]
            probes += _probes(base, str(suite.published), renaming, link)
    raise_faults(tuple(faults), where="probes")
    return Suite(tuple(probes), renaming)


def _decode(source: Traversable, kind: type[Any]) -> Any:
    try:
        return msgspec.toml.decode(source.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        raise GoldError(
            f"holds no probes ({error})", where=str(source), do="Write it as docs/probes.md says"
        ) from error


def _probes(base: BaseRow, published: str, renaming: Renaming, link: str) -> Iterator[Probe]:
    wanted = _wanted(base)

    def probe(number: int, kind: Kind, text: str, wants: Wanted, changed: Iterable[str] = ()) -> Probe:
        return Probe(
            id=f"{base.id}/{kind}" + (f"-{number}" if number > 1 else ""),
            base=base.id,
            kind=kind,
            text=text,
            published=published,
            wanted=MappingProxyType(dict(wants)),
            changed=frozenset(changed),
        )

    yield probe(1, "plain", base.text, wanted)
    seen: dict[str, int] = {}
    for row in base.probes:
        number = seen[row.kind] = seen.get(row.kind, 0) + 1
        changes = _named(row)
        wants = {**wanted, **changes}
        if row.statement == ANY:
            wants = {field: value for field, value in wants.items() if not field.startswith("statement.")}
        asked = {field: value for field, value in wants.items() if value != ANY}
        yield probe(number, row.kind, row.text, asked, changes)  # type: ignore[arg-type]  # checked by _check
    renamed = renaming(base.text)
    if renamed != base.text:
        wants = {
            field: value if field == "event.date" else renaming(value) for field, value in wanted.items()
        }
        yield probe(1, "rename", renamed, wants)
    yield probe(1, "link", f"{base.text}\n\n{link}", wanted)


def _wanted(base: BaseRow) -> dict[str, Any]:
    """What the base asks for; what it does not say is plain: affirmed, actual, told by the outlet, one event."""
    wanted: dict[str, Any] = {"events": 0 if base.event is None else 1}
    if base.event is not None:
        wanted |= {"event.polarity": "affirmed", "event.realis": "actual", "event.attribution": []}
    if isinstance(base.statement, StatementRow):
        wanted |= {"statement.attribution": []}
    wanted |= _named(base)
    return {field: value for field, value in wanted.items() if value != ANY}


def _named(row: BaseRow | ProbeRow) -> dict[str, Any]:
    """The fields that a row names, flat."""
    named: dict[str, Any] = {} if row.events is None else {"events": row.events}
    for part, of in (("event", row.event), ("statement", row.statement)):
        if isinstance(of, msgspec.Struct):
            named |= {f"{part}.{field}": value for field, value in msgspec.to_builtins(of).items()}
    return named


def _check(base: BaseRow, file: str, before: set[str]) -> Iterator[Fault]:
    book = codebook.load()
    types = set(book.types)
    countries = set(knowledge.load().countries) | set(book.nonstate)

    def fault(record: str, what: str, do: str) -> Fault:
        return Fault(file, record, what, do)

    if base.id in before:
        yield fault(base.id, "stands twice", "Give every base its own id")
    rows: tuple[BaseRow | ProbeRow, ...] = (base, *base.probes)
    for row in rows:
        at = base.id if isinstance(row, BaseRow) else f"{base.id}/{row.kind}"
        if isinstance(row, ProbeRow):
            if row.kind not in get_args(Kind) or row.kind in MADE:
                allowed = ", ".join(kind for kind in get_args(Kind) if kind not in MADE)
                yield fault(at, "is of no kind that is written by hand", f"Write one of {allowed}")
            if row.text == base.text:
                yield fault(at, "has the text of its base", "Change it, or leave the probe out")
        named = _named(row)
        for field, allowed_values in (
            ("event.type", types),
            ("event.polarity", POLARITIES),
            ("event.realis", REALIS),
            ("event.actors", countries),
            ("event.recipients", countries),
            ("statement.countries", countries),
            ("statement.kind", STATEMENT_KINDS),
        ):
            value = named.get(field, [])
            for one in value if isinstance(value, list) else [value]:
                if one != ANY and one not in allowed_values:
                    yield fault(
                        at, f"has the {field} {one!r}", f"Write one of {', '.join(sorted(allowed_values))}"
                    )


def _some(values: Iterable[str]) -> str:
    """The values to choose from; of many only a few, to show what they look like."""
    ordered = sorted(values)
    return (
        f"one of {', '.join(ordered)}"
        if len(ordered) <= SHOWN
        else f"a code such as {', '.join(ordered[:3])}"
    )
