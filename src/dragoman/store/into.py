"""Many texts into a store: shards, a ledger, and the same command again after whatever ended the run."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from dragoman.errors import BusyError
from dragoman.intake import Fault, Raw
from dragoman.records import Coded, Run
from dragoman.runs import Code, code_many
from dragoman.runs.resume import SHARD, CodeMany, Finished, Ledger, code_resumable
from dragoman.store.copied import refresh_copies
from dragoman.store.file import open_store
from dragoman.store.write import finished_inputs, write_finished, write_loose_faults

LAST_PATIENCE_SECONDS: Final = (
    60.0  # at the end of a run, where the only other way is to give the command again
)


def ledger_of(store: Path) -> Path:
    """Where the ledger of runs into a store stands."""
    return store.with_name(store.name + ".ledger")


def code_into(
    store: Path,
    raws: Iterable[Raw | Fault],
    make_coder: Callable[[], Code],
    *,
    run: Run,
    min_confidence: float = 0.0,
    trim: Callable[[Coded], Coded] | None = None,
    code_all: CodeMany = code_many,
    prepare: Callable[[Raw], Raw | Fault] | None = None,
    shard: int = SHARD,
) -> Iterator[Coded | Fault | None]:
    """Code texts into a store and yield what came of each, in input order; None for one finished before.

    run: what `make_coder` makes coders of; texts finished for it are not coded again. min_confidence, trim: records
    that `trim` leaves out, and the number that says which (it decides what is finished, too). code_all: codes them,
    here (`partial(code_many, workers=N)`) or on a cluster. prepare: called with each text that is not finished, before
    it is coded.
    The store is open only while a shard is written. Raises BusyError if another run or program holds it, StoreError
    if it cannot be used; what is finished stands in it or in the ledger.
    """
    finished_for = run.id if not min_confidence else f"{run.id} from {min_confidence:g}"
    files: set[str] = set()
    loose: list[Fault] = []

    def watched() -> Iterator[Raw | Fault]:
        for raw in raws:
            files.update((raw.file, raw.file.partition("#")[0]))  # an item of a feed stands at FEED#ID
            if isinstance(raw, Fault):
                loose.append(raw)
            yield raw

    def keep(shard: Sequence[Finished]) -> bool:
        try:
            with open_store(store, write=True, patience=0.0) as connection:
                write_finished(connection, run, shard)
        except BusyError:
            return False
        return True

    with Ledger(ledger_of(store)) as ledger:
        with open_store(store, write=True) as connection:
            if waiting := ledger.pending():
                write_finished(connection, run, waiting)
                ledger.settle()
            finished = finished_inputs(connection, finished_for)
        yield from code_resumable(
            watched(),
            make_coder,
            run=finished_for,
            ledger=ledger,
            finished=finished,
            keep=keep,
            trim=trim,
            code_all=code_all,
            prepare=prepare,
            shard=shard,
        )
        try:
            with open_store(store, write=True, patience=LAST_PATIENCE_SECONDS) as connection:
                if waiting := ledger.pending():
                    write_finished(connection, run, waiting)
                    ledger.settle()
                write_loose_faults(connection, files, loose)
                refresh_copies(connection)
        except BusyError as error:
            raise BusyError(
                f"{error.what}, and {len(ledger.pending())} finished texts wait in {ledger.path.name}",
                where=str(store),
                do="Give the same command again when it is free",
            ) from error
