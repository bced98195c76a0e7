"""What a format is: columns, a writer, perhaps a reader, and what it cannot hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from dragoman.records import Coded

if TYPE_CHECKING:
    from dragoman.store.formats.layout import Layout


@dataclass(slots=True)
class Losses:
    """What did not go over, counted in the order in which it was first met."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, number: int = 1) -> None:
        """Count one more of a kind."""
        if number:
            self.counts[what] = self.counts.get(what, 0) + number

    def lines(self) -> list[str]:
        """One line a kind: "12 × left out: …"."""
        return [f"{number} × {what}" for what, number in self.counts.items()]


class Writer(Protocol):
    """Writes one file of the format."""

    def __call__(self, coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
        """Write the events and return what was left out or lost, a line a kind with its count.

        everything: also events that are negated, to come, supposed or uncertain; where the format cannot say so,
        its reader will count them as done.
        """


class Reader(Protocol):
    """Reads one file of the format."""

    def __call__(self, path: Path, losses: Losses | None = None) -> Iterator[Coded]:
        """Yield one document with one event for each row; `losses` counts what was left out or mended.

        Raises InputError if the file is not of this format.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format. columns: in the order of the file, empty for JSON; read is null where a file has no events.

    cannot_hold: what of a record the format has no place for; approximate: what it holds only in part.
    layout: how a table's cells come to fields, by which whole files are read into a store; null where it is no table.
    """

    name: str
    title: str
    suffix: str
    columns: tuple[str, ...]
    write: Writer
    read: Reader | None
    cannot_hold: tuple[str, ...]
    approximate: tuple[str, ...] = ()
    layout: "Layout | None" = None
