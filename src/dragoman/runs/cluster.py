"""Many texts on a cluster of Dask: in input order, the same answers as on this machine, whatever happens to its workers.

Dask shares out chunks and runs those of a lost worker again elsewhere; this adapter cuts the chunks, keeps the order,
bounds what is under way, and turns what Dask may say into words that say what to do.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final

from dragoman.errors import DragomanError, UsageError
from dragoman.intake import Fault, Raw
from dragoman.records import Coded, Run
from dragoman.runs.desk import code_chunk, told_run
from dragoman.runs.local import AHEAD, CHUNK, CHUNK_BYTES
from dragoman.runs.single import Answer, Code, lost_with_worker

Future = Any  # Dask's own classes; their calls carry no types
Client = Any
CONNECT_SECONDS: Final = 10.0
WORKERS_SECONDS: Final = (
    60.0  # how long a run waits where there is no worker; a nanny's new one needs a few seconds
)
LOOK_SECONDS: Final = 2.0  # how often a waiting run looks whether there are workers
WHERE: Final = "--cluster"
AGAIN: Final = "What is finished is safe: give the same command again"


@dataclass(frozen=True, slots=True)
class _Part:
    """Some texts as they stand in the input, faults among them, and the answers under way for those to be coded."""

    items: Sequence[Raw | Fault]
    future: Future | None

    @property
    def raws(self) -> list[Raw]:
        return [item for item in self.items if isinstance(item, Raw)]


@contextmanager
def connect(address: str) -> Iterator["Cluster"]:
    """A cluster by the address of its scheduler ("tcp://host:8786").

    Raises UsageError if the extra `cluster` is not installed or the address is none, DragomanError if no scheduler
    or no worker is there, or one of them has another Python or another dragoman.
    """
    try:
        import distributed
    except ImportError as error:
        raise UsageError(
            f"a cluster needs an extra part ({error.name} is missing)",
            where=WHERE,
            do="Run `pip install 'dragoman[cluster]'` here and on the cluster's machines",
        ) from error
    with _quiet():
        try:
            make: Any = distributed.Client
            client: Client = make(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except ValueError as error:
            raise UsageError(
                f"{address!r} is no address ({error})", where=WHERE, do="Write it as in tcp://host:8786"
            ) from error
        except OSError as error:  # a TimeoutError, too
            raise DragomanError(
                f"no scheduler of Dask answers at {address}",
                where=WHERE,
                do="Start one there (`dask scheduler`), or look at host, port and firewall",
            ) from error
        try:
            cluster = Cluster(client)
            cluster.check()
            yield cluster
        finally:
            client.close()


class Cluster:
    """A scheduler with its workers. `run` says what they code with; `code_many` is `runs.code_many` on them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._threads, self._counted = 0, 0.0

    def check(self) -> None:
        """Wait for the first worker, and see that all have this Python and this dragoman. Raises DragomanError."""
        self._wait_for_workers()
        told = self.client.get_versions(packages=["dragoman"])
        ours = {"python": _python(told["client"]), "dragoman": version("dragoman")}
        faults = []
        for place, found in [("the scheduler", told["scheduler"]), *sorted(told["workers"].items())]:
            theirs = {"python": _python(found), "dragoman": found["packages"].get("dragoman")}
            name = place if place == "the scheduler" else f"worker {place}"
            faults += [
                f"{name} has {program} {theirs[program]}" if theirs[program] else f"{name} has no {program}"
                for program in ours
                if theirs[program] != ours[program]
            ]
        if faults:
            raise DragomanError(
                f"here are dragoman {ours['dragoman']} and python {ours['python']}, but {'; '.join(faults)}",
                where=WHERE,
                do="Install the same versions in all these places, and start scheduler and workers again",
            )

    def run(self, make_coder: Callable[[], Code]) -> Run:
        """What the workers code with; raises what the making of a coder raises there."""
        run = self._result(self._submit(told_run, make_coder))
        assert isinstance(run, Run), "a coder that does not say what it is"
        return run

    def code_many(
        self, raws: Iterable[Raw | Fault], make_coder: Callable[[], Code], run: Run
    ) -> Iterator[Coded | Fault]:
        """Code texts and yield what came of each, in input order, as `runs.code_many` does.

        make_coder: must be importable on the workers; each of their threads calls it once. run: as `run` told it.
        Closing the iterator takes back what is under way.
        """
        under_way: deque[_Part] = deque()
        try:
            for items in _parts(raws):
                under_way.append(self._send(items, make_coder, run))
                while under_way and (len(under_way) >= self._room() or _done(under_way[0])):
                    yield from self._answers(under_way.popleft(), make_coder, run)
            while under_way:
                yield from self._answers(under_way.popleft(), make_coder, run)
        finally:
            futures = [part.future for part in under_way if part.future is not None]
            if futures and self.client.status == "running":
                self.client.cancel(futures)

    def _send(self, items: Sequence[Raw | Fault], make_coder: Callable[[], Code], run: Run) -> _Part:
        raws = [item for item in items if isinstance(item, Raw)]
        return _Part(items, self._submit(code_chunk, raws, make_coder, run) if raws else None)

    def _submit(self, call: Callable[..., Any], *arguments: Any) -> Future:
        return self.client.submit(call, *arguments, pure=False)

    def _answers(self, part: _Part, make_coder: Callable[[], Code], run: Run) -> Iterator[Coded | Fault]:
        answers = iter(self._of_raws(part, make_coder, run))
        for item in part.items:
            if isinstance(item, Fault):
                yield item
            else:
                yield from next(answers)

    def _of_raws(self, part: _Part, make_coder: Callable[[], Code], run: Run) -> list[Answer]:
        """The answers for a part. One that took worker after worker with it is tried text by text."""
        from distributed import KilledWorker

        if part.future is None:
            return []
        try:
            answers: list[Answer] = self._result(part.future)
        except KilledWorker as error:
            raws = part.raws
            if len(raws) == 1:
                what = (
                    f"{error.allowed_failures + 1} workers of the cluster were lost while they read the text"
                )
                return [(lost_with_worker(raws[0], what),)]
            alone = [self._send([raw], make_coder, run) for raw in raws]
            return [answer for one in alone for answer in self._of_raws(one, make_coder, run)]
        return answers

    def _result(self, future: Future) -> Any:
        """Wait for what a task gives, as long as there are workers that may give it."""
        from concurrent.futures import CancelledError

        while True:
            try:
                return future.result(timeout=LOOK_SECONDS)
            except TimeoutError:
                self._wait_for_workers()
            except (CancelledError, OSError) as error:
                raise _gone() from error

    def _wait_for_workers(self) -> None:
        until = time.monotonic() + WORKERS_SECONDS
        while not self._count():
            if time.monotonic() > until:
                raise DragomanError(
                    f"the scheduler has had no worker for {WORKERS_SECONDS:g} seconds",
                    where=WHERE,
                    do=f"Start some (`dask worker ADDRESS --nworkers N --nthreads 1`). {AGAIN}",
                )
            time.sleep(0.2)

    def _count(self) -> int:
        """How many threads the workers have just now."""
        try:
            self._threads = sum(self.client.nthreads().values())
        except OSError as error:
            raise _gone() from error
        self._counted = time.monotonic()
        return self._threads

    def _room(self) -> int:
        """How many parts may be under way; workers may come and go, so they are counted anew now and then."""
        if time.monotonic() - self._counted > LOOK_SECONDS:
            self._count()
        return AHEAD * max(1, self._threads)


def _gone() -> DragomanError:
    return DragomanError("the scheduler has gone, or was started anew", where=WHERE, do=AGAIN)


def _done(part: _Part) -> bool:
    return part.future is None or part.future.done()


def _parts(raws: Iterable[Raw | Fault]) -> Iterator[list[Raw | Fault]]:
    """The input in parts of `CHUNK` texts, or fewer long ones."""
    part: list[Raw | Fault] = []
    size = 0
    for raw in raws:
        part.append(raw)
        size += len(raw.content) if isinstance(raw, Raw) else 0
        if len(part) == CHUNK or size >= CHUNK_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _python(told: dict[str, Any]) -> str:
    """The minor version, which decides whether records can travel."""
    return ".".join(str(told["host"]["python"]).split(".")[:2])


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's own log from standard error: what matters of it is raised or is a row."""
    loggers = [
        logger
        for name, logger in logging.root.manager.loggerDict.items()
        if name.startswith("distributed") and isinstance(logger, logging.Logger) and not logger.disabled
    ]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger in loggers:
            logger.disabled = False
