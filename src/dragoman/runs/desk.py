"""What a worker of a cluster does: for each of its threads it keeps one coding process, and gives it chunk after chunk.

The coder never runs in the cluster's own process. So a text that ends its process, or stands still, is the fault of
that text as it is without a cluster; a page is read under its time limit, which only a main thread can keep; and a
worker of many threads has as many coders that do not wait for each other.
"""

import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from dragoman.errors import DragomanError
from dragoman.intake import Raw
from dragoman.records import Run
from dragoman.runs.local import TEXT_SECONDS, Pool, Worker
from dragoman.runs.single import Answer, Code

IDLE_SECONDS: Final = (
    300.0  # after which a coding process is let go: its run has ended, or its client is gone
)


class Desk:
    """One coding process and what it codes with."""

    def __init__(self, make_coder: Callable[[], Code]) -> None:
        self.make_coder = make_coder
        self.workers: list[Worker] = []
        self.busy = threading.Lock()
        self.timer: threading.Timer | None = None

    def code(self, raws: Sequence[Raw]) -> list[Answer]:
        """Answer for each text, in order."""
        with self._at_work(raws) as pool:
            return list(pool.answers_in_order())

    def run(self) -> Run | None:
        """What the coder is, once it stands. Raises what its making raises."""
        with self._at_work(()) as pool:
            pool.wait_until_ready()
            return self.workers[0].run

    def end(self) -> None:
        """Let the process go; the next text starts another."""
        with self.busy:
            while self.workers:
                self.workers.pop().end()

    @contextmanager
    def _at_work(self, raws: Sequence[Raw]) -> Iterator[Pool]:
        if self.timer is not None:
            self.timer.cancel()
        with self.busy:
            pool = Pool(raws, self.make_coder, 1, TEXT_SECONDS, self.workers)
            try:
                pool.drop_dead()
                yield pool
            except BaseException:
                pool.end()  # what it would answer next is for nobody
                raise
        self.timer = threading.Timer(IDLE_SECONDS, self.end)
        self.timer.daemon = True
        self.timer.start()


class _Desks(threading.local):
    """The desk of this thread."""

    desk: Desk | None = None
    key: bytes = b""


_here = _Desks()


def _desk(make_coder: Callable[[], Code]) -> Desk:
    key = pickle.dumps(make_coder)
    if _here.desk is None or _here.key != key:
        if _here.desk is not None:
            _here.desk.end()
        _here.desk, _here.key = Desk(make_coder), key
    return _here.desk


def told_run(make_coder: Callable[[], Code]) -> Run | None:
    """What this worker's coder is; it is made if there is none yet."""
    return _desk(make_coder).run()


def code_chunk(raws: Sequence[Raw], make_coder: Callable[[], Code], run: Run | None) -> list[Answer]:
    """Answer for each text, in order. Raises DragomanError if the coder here is not the one that the run began with."""
    desk = _desk(make_coder)
    here = desk.run()
    if here != run:
        raise DragomanError(
            f"a worker codes with {_difference(here, run)} than the others, so its records would be of another run",
            where="--cluster",
            do="Install the same release with the same tables on all workers, on machines of one kind, and give "
            "the same command again",
        )
    return desk.code(raws)


def _difference(here: Run | None, run: Run | None) -> str:
    if here is None or run is None:
        return "another coder"
    if here.version != run.version:
        return f"another version of dragoman ({here.version}, not {run.version})"
    other = sorted(
        name for name in {*here.hashes, *run.hashes} if here.hashes.get(name) != run.hashes.get(name)
    )
    if other:
        return f"another {' and '.join(other)}"
    if here.machine != run.machine:
        return f"another instruction set ({here.machine}, not {run.machine})"
    return "other options"
