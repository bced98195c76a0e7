"""What the corpus holds, counted, and what it lacks against its targets.

Counts need no texts: codes, dates and links stand in the rows. Only required records count (`optional` ones
may be there or not); second codings are not counted.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dragoman import codebook
from dragoman.errors import GoldError
from dragoman.evaluation.codes import CERTAINTIES, POLARITIES, REALIS
from dragoman.evaluation.corpus import PARTS, kind_of, read_splits, stored
from dragoman.evaluation.standoff import Row

UNDATED: Final = "undated"
SINGLE: Final = ("future", "hypothetical", "negated", "unsure", "statements", "nested", "clusters")

Values = Callable[[Row], Iterable[str]]
"""What one row adds to a table: each value as often as it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Required events (or other records) of one value by part, and how many are wanted (null: no target)."""

    value: str
    train: int
    development: int
    test: int
    target: int | None = None

    @property
    def total(self) -> int:
        """All parts together."""
        return self.train + self.development + self.test

    @property
    def gap(self) -> int:
        """How many are missing."""
        return max(0, (self.target or 0) - self.total)


@dataclass(frozen=True, slots=True)
class Stats:
    """Tables by their names, each with its lines: texts, types, modes, contexts, status and so on."""

    tables: Mapping[str, tuple[Line, ...]]

    @property
    def gaps(self) -> tuple[tuple[str, Line], ...]:
        """Every line below its target, with the name of its table."""
        return tuple((name, line) for name, lines in self.tables.items() for line in lines if line.gap)


def count_corpus(corpus: Path) -> Stats:
    """Count the rows of `real/` and `written/`; targets are those of `targets.toml`."""
    splits = read_splits(corpus)
    rows = [(splits.get(one.row["id"], ""), one.row) for one in stored(corpus)]
    book, targets = codebook.load(), _targets(corpus / "targets.toml")
    modes = [f"{type_}/{mode}" for type_ in book.types for mode in book.modes(type_)]
    count = _Tables(rows)
    return Stats(
        {
            "texts": count.texts(lambda row: [kind_of(row)], ["articles", "briefs", "written"]),
            "records": (
                *count.records(_events, ["events"]),
                *count.records(_statements, ["statements", "nested"], targets),
                *count.records(_clusters, ["clusters", "entities", "mentions"], targets),
            ),
            "types": count.records(_types, book.types, dict.fromkeys(book.types, targets["type"])),
            "modes": count.records(_modes, modes, dict.fromkeys(modes, targets["mode"])),
            "contexts": count.records(
                _contexts, book.contexts, dict.fromkeys(book.contexts, targets["context"])
            ),
            "status": count.records(_status, [*REALIS, *POLARITIES, *CERTAINTIES, "unsure"], targets),
            "texts by source": count.texts(lambda row: [row["source"]]),
            "texts by region": count.texts(lambda row: [row.get("region") or "none"]),
            "texts by year": count.texts(lambda row: [_year(row)]),
        }
    )


def to_text(stats: Stats) -> str:
    """The tables, and at the end what is missing."""
    return "\n".join(_text(stats)) + "\n"


def to_rows(stats: Stats) -> list[dict[str, object]]:
    """One object a line of a table, for JSON."""
    return [
        {
            "table": name,
            "value": line.value,
            **{part: getattr(line, part) for part in PARTS},
            "total": line.total,
            "target": line.target,
            "gap": line.gap,
        }
        for name, lines in stats.tables.items()
        for line in lines
    ]


def _text(stats: Stats) -> Iterator[str]:
    for name, lines in stats.tables.items():
        yield f"{name:<28}{'train':>8}{'dev':>8}{'test':>8}{'total':>8}{'target':>8}{'missing':>9}"
        for line in lines:
            target, gap = line.target or "", line.gap or ""
            yield (
                f"  {line.value:<26}{line.train:>8}{line.development:>8}{line.test:>8}"
                f"{line.total:>8}{target:>8}{gap:>9}"
            ).rstrip()
        yield ""
    gaps = stats.gaps
    yield f"below the target: {len(gaps)}"
    by_table: dict[str, list[str]] = {}
    for name, line in gaps:
        by_table.setdefault(name, []).append(f"{line.value} −{line.gap}")
    for name, missing in by_table.items():
        yield f"  {name}: {', '.join(missing)}"


class _Tables:
    """Counts values of rows by part."""

    def __init__(self, rows: Sequence[tuple[str, Row]]) -> None:
        self.rows = rows

    def texts(self, values: Values, order: Iterable[str] = ()) -> tuple[Line, ...]:
        """Texts by a value of theirs; an order of null: by name."""
        return self.records(values, order or sorted({value for _, row in self.rows for value in values(row)}))

    def records(
        self, values: Values, order: Iterable[str], targets: Mapping[str, int] | None = None
    ) -> tuple[Line, ...]:
        """Each value that the rows give, in the order asked for; what no row gives counts 0."""
        counts = Counter((part, value) for part, row in self.rows for value in values(row))
        return tuple(
            Line(
                value=value,
                target=(targets or {}).get(value),
                train=counts["train", value],
                development=counts["development", value],
                test=counts["test", value],
            )
            for value in order
        )


def _year(row: Row) -> str:
    published: str | None = row.get("published")
    return published[: len("2026")] if published else UNDATED


def _required(records: Iterable[Row]) -> list[Row]:
    return [record for record in records if not record.get("optional")]


def _events(row: Row) -> list[str]:
    return ["events"] * len(_required(row["events"]))


def _statements(row: Row) -> Iterator[str]:
    for said in _required(row["statements"]):
        yield "statements"
        if said.get("attribution"):
            yield "nested"


def _clusters(row: Row) -> Iterator[str]:
    """`clusters` counts the texts that have them."""
    if row.get("entities"):
        yield "clusters"
    for entity in row.get("entities") or ():
        yield "entities"
        yield from ["mentions"] * len(entity["mentions"])


def _types(row: Row) -> list[str]:
    return [event["type"] for event in _required(row["events"])]


def _modes(row: Row) -> list[str]:
    return [f"{event['type']}/{mode}" for event in _required(row["events"]) for mode in event["modes"] or []]


def _contexts(row: Row) -> list[str]:
    return [context for event in _required(row["events"]) for context in event["contexts"] or []]


def _status(row: Row) -> Iterator[str]:
    for event in _required(row["events"]):
        yield from (event["realis"], event["polarity"], event["certainty"])
        if event["certainty"] != "certain":
            yield "unsure"


def _targets(path: Path) -> dict[str, int]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GoldError(f"cannot be read ({error})", where=str(path), do="Put the targets there") from error
    wanted = ("type", "mode", "context", *SINGLE)
    if missing := [key for key in wanted if not isinstance(given.get(key), int)]:
        raise GoldError(f"has no number for {', '.join(missing)}", where=str(path), do="Add `key = number`")
    return {key: given[key] for key in wanted}
