"""A run that can be killed: what is finished waits in a ledger beside its goal, and is not done again.

The goal of a run (a store) takes shards of some hundred texts, whole or not at all, and says which inputs it has
finished. What was coded since its last shard stands in the ledger, one short write a text; so a killed run loses
nothing finished, and the same command goes on where it ended. The ledger is empty when a run has ended well.
"""

import hashlib
import json
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Final

from dragoman.errors import BusyError, StoreError
from dragoman.intake import Fault, Raw
from dragoman.records import Coded, to_jsonl
from dragoman.runs.local import code_many
from dragoman.runs.single import Code

SHARD: Final = (
    200  # texts: a minute's work of a worker, so that the goal is written to rarely and grows steadily
)
Keep = Callable[[Sequence["Finished"]], bool]
CodeMany = Callable[[Iterable[Raw | Fault], Callable[[], Code]], Iterator[Coded | Fault]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What came of one input: its records as JSON Lines or null, and the faults it had."""

    id: str
    run: str
    file: str
    line: int | None
    source_id: str | None
    publisher: str | None
    document: str | None
    coded: bytes | None
    faults: tuple[Fault, ...] = ()


def input_id(raw: Raw) -> str:
    """Sixteen hex digits over the content and what its source says of it; not over the place where it stands."""
    content = raw.content if isinstance(raw.content, bytes) else raw.content.encode("utf-8", "surrogatepass")
    said = asdict(replace(raw, content="", file="", line=None))
    digest = hashlib.sha256(content)
    digest.update(b"\x00" + json.dumps(said, sort_keys=True).encode())
    return digest.hexdigest()[:16]


class Ledger:
    """A sqlite3 file of finished texts that their goal has not taken yet. Only one run holds it at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: sqlite3.Connection | None = None

    def __enter__(self) -> "Ledger":
        try:
            self._file = sqlite3.connect(self.path, timeout=0.2, isolation_level=None)
            self._file.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute(
                "PRAGMA synchronous = NORMAL"
            )  # survives kill -9; a power cut costs some texts
            self._file.execute("BEGIN EXCLUSIVE")
            self._file.execute(
                "CREATE TABLE IF NOT EXISTS finished (place INTEGER PRIMARY KEY, body TEXT, coded BLOB)"
            )
            self._file.execute("COMMIT")
        except sqlite3.Error as error:
            self._close()
            raise self._in_words(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        empty = kind is None and not self.pending()
        self._close()
        if empty:
            self.path.unlink(missing_ok=True)

    def add(self, finished: Finished) -> None:
        """Note one text; it is safe when this returns."""
        body = asdict(replace(finished, coded=None))
        self._do(
            "INSERT INTO finished (body, coded) VALUES (?, ?)",
            (json.dumps(body, ensure_ascii=True), finished.coded),
        )

    def pending(self) -> list[Finished]:
        """All that is noted and not settled, in the order in which it was finished."""
        found = []
        for body, coded in self._do("SELECT body, coded FROM finished ORDER BY place"):
            values = json.loads(body)
            faults = tuple(Fault(**fault) for fault in values.pop("faults"))
            found.append(Finished(**{**values, "coded": coded, "faults": faults}))
        return found

    def settle(self) -> None:
        """Forget what the goal has taken: all of it."""
        self._do("DELETE FROM finished")

    def _do(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[str, bytes | None]]:
        assert self._file is not None, "the ledger is closed"
        try:
            return self._file.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._in_words(error) from error

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _in_words(self, error: sqlite3.Error) -> StoreError:
        where, text = str(self.path), str(error)
        if "locked" in text:
            return BusyError(
                "another run writes into the same store",
                where=where,
                do="Wait until it ends, or choose another",
            )
        if "full" in text or "I/O" in text:
            return StoreError(
                "the disk is full; what was finished before is safe",
                where=where,
                do="Make room and give the same command again",
            )
        return StoreError(
            f"the ledger of the run cannot be used ({text})",
            where=where,
            do="Look at the rights of file and folder; if it is damaged, delete it: some texts are coded again",
        )


def code_resumable(
    raws: Iterable[Raw | Fault],
    make_coder: Callable[[], Code],
    *,
    run: str,
    ledger: Ledger,
    finished: Mapping[str, tuple[Fault, ...]],
    keep: Keep,
    trim: Callable[[Coded], Coded] | None = None,
    code_all: CodeMany = code_many,
    prepare: Callable[[Raw], Raw | Fault] | None = None,
    shard: int = SHARD,
) -> Iterator[Coded | Fault | None]:
    """Code the texts that are not finished yet, and yield what came of each, in input order.

    A finished text gives None, after the faults it had. finished: what the goal has, for this run, with their faults.
    keep: takes a shard into the goal, whole or not at all; False if the goal cannot be had just now, and then the
    shard waits in the ledger for the next time. trim: leaves out records before they are kept. code_all: codes on
    processes of this machine, or on a cluster. prepare: called with each text that is not finished before it is
    coded; it may fetch what is meant, or fail.
    The caller sees to what is left in the ledger at the end.
    """
    under_way: deque[tuple[Raw, str] | Fault | None] = deque()

    def fed() -> Iterator[Raw | Fault]:
        for raw in raws:
            if isinstance(raw, Fault):
                under_way.append(raw)
                yield raw
                continue
            id = input_id(raw)
            if id in finished:
                yield from _again(finished[id], under_way)
                continue
            under_way.append((raw, id))
            yield raw if prepare is None else prepare(raw)

    mended: list[Fault] = []
    count = 0
    for answer in code_all(fed(), make_coder):
        while under_way and under_way[0] is None:
            under_way.popleft()
            yield None
        of = under_way[0]
        if of is answer:
            under_way.popleft()
            yield answer
            continue
        assert isinstance(of, tuple), "an answer without an input"
        if isinstance(answer, Fault) and not answer.lost:
            mended.append(answer)
            yield answer
            continue
        under_way.popleft()
        raw, id = of
        if trim is not None and isinstance(answer, Coded):
            answer = trim(answer)
        lost = (answer,) if isinstance(answer, Fault) else ()
        ledger.add(
            Finished(
                id=id,
                run=run,
                file=raw.file,
                line=raw.line,
                source_id=raw.source_id,
                publisher=raw.publisher,
                document=None if isinstance(answer, Fault) else answer.document.id,
                coded=None if isinstance(answer, Fault) else to_jsonl(answer),
                faults=(*mended, *lost),
            )
        )
        mended = []
        count += 1
        if count % shard == 0:
            settle(ledger, keep)
        yield answer
    while under_way:
        under_way.popleft()
        yield None


def _again(faults: tuple[Fault, ...], under_way: deque[tuple[Raw, str] | Fault | None]) -> Iterator[Fault]:
    """Tell the faults of a finished text once more, in its place."""
    for fault in faults:
        under_way.append(fault)
        yield fault
    under_way.append(None)


def settle(ledger: Ledger, keep: Keep) -> bool:
    """Give the goal what waits in the ledger; True if nothing waits any more."""
    waiting = ledger.pending()
    if waiting and not keep(waiting):
        return False
    if waiting:
        ledger.settle()
    return True
