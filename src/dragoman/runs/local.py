"""Many texts on this machine: in input order, on any number of processes, and no text ends the run.

Each worker is a spawned process with a coder of its own, fed through its own pipe with small chunks. So a
worker that dies (a signal, memory) is known by its pipe, and the text it died on is the first it had not
answered: that text becomes a fault, the rest of its chunk goes to a fresh worker. Workers never share a
queue, which a death in the middle of a write would leave locked.
"""

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, NamedTuple

from dragoman.errors import DragomanError, UsageError
from dragoman.intake import Fault, Raw
from dragoman.records import Coded, Run
from dragoman.runs.single import Answer, Code, code_one, lost_with_worker
from dragoman.runs.worker import quiet_single_threaded_start, serve

CHUNK = (
    8  # texts a worker gets at once: 0.2-0.4 s of work, so that waiting for the next chunk costs under 1 %
)
CHUNK_BYTES = 1_000_000  # or fewer texts, if they are long
AHEAD = 4  # chunks a worker that may wait, coded, for a slower text before them: bounds the memory
TEXT_SECONDS = (
    600.0  # one text; the largest allowed one takes about a minute, so what takes longer stands still
)


class _Task(NamedTuple):
    """A text and its place in the input."""

    place: int
    raw: Raw


def code_many(
    raws: Iterable[Raw | Fault],
    make_coder: Callable[[], Code],
    *,
    workers: int = 1,
    on_fault: Callable[[Fault], None] | None = None,
    text_seconds: float = TEXT_SECONDS,
) -> Iterator[Coded | Fault]:
    """Code texts and yield what came of each, in input order: faults (mended or lost), coded texts.

    raws: as `intake.inputs` gives them; a fault among them is passed on in its place. make_coder: called
    once in each worker; must be importable there (a module's function, or `functools.partial` of one).
    workers: 0 codes in this process, with nothing between a crash of a library and the caller; 1 or more
    start so many processes, as far as there are texts. What is yielded is the same for any number.
    on_fault: also called with each fault. text_seconds: a worker that needs longer for one text is ended,
    and the text becomes a fault.

    An error in making the coder ends the run and is raised here; so is an error of the input itself. Closing
    the iterator or Ctrl-C ends the workers.
    """
    if workers < 0:
        raise UsageError(f"{workers} workers", where="--workers", do="Give 0 or more")
    answers = _pooled(raws, make_coder, workers, text_seconds) if workers else _here(raws, make_coder)
    for answer in answers:
        for item in answer:
            if on_fault is not None and isinstance(item, Fault):
                on_fault(item)
            yield item


def _here(raws: Iterable[Raw | Fault], make_coder: Callable[[], Code]) -> Iterator[Answer]:
    code: Code | None = None
    for raw in raws:
        if isinstance(raw, Fault):
            yield (raw,)
            continue
        code = code or make_coder()
        yield code_one(raw, code)


def _pooled(
    raws: Iterable[Raw | Fault], make_coder: Callable[[], Code], workers: int, text_seconds: float
) -> Iterator[Answer]:
    pool = Pool(raws, make_coder, workers, text_seconds)
    try:
        yield from pool.answers_in_order()
    finally:
        pool.end()


class Worker:
    """A process with its pipe, and the tasks it has not answered yet, the one in work first."""

    def __init__(self, make_coder: Callable[[], Code]) -> None:
        context = multiprocessing.get_context("spawn")  # never fork: threads of libraries do not survive it
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=serve, args=(theirs, make_coder), daemon=True)
        with quiet_single_threaded_start():
            self.process.start()
        theirs.close()  # so that the pipe ends when the process does
        self.ready = False
        self.run: Run | None = None  # what its coder is, once it is ready
        self.tasks: deque[_Task] = deque()
        self.since = time.monotonic()  # when the task in work began

    def give(self, tasks: list[_Task]) -> None:
        """Send a chunk; the worker must have none, so that neither side waits for the other to read."""
        self.tasks.extend(tasks)
        self.since = time.monotonic()
        # If it died while idle, its pipe's end tells so next, and these tasks are the ones it did not answer.
        with suppress(OSError):
            self.pipe.send([task.raw for task in tasks])

    def end(self) -> None:
        """End the process and close the pipe, whatever it is doing."""
        self.pipe.close()
        self.process.terminate()
        self.process.join(timeout=5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Pool:
    """The state of one run. Its workers outlive it until `end` is called, so that the next may have them."""

    def __init__(
        self,
        raws: Iterable[Raw | Fault],
        make_coder: Callable[[], Code],
        workers: int,
        text_seconds: float,
        started: list[Worker] | None = None,
    ) -> None:
        self.numbered = enumerate(raws)
        self.make_coder = make_coder
        self.count = workers
        self.text_seconds = text_seconds
        self.workers: list[Worker] = [] if started is None else started
        self.returned: deque[_Task] = deque()  # tasks whose worker died before it came to them
        self.answers: dict[int, Answer] = {}  # by place, until their turn comes
        self.next = 0  # the place to be yielded next
        self.taken = 0  # how many were taken from the input
        self.exhausted = False

    def answers_in_order(self) -> Iterator[Answer]:
        """Feed, collect and yield in order until all is done."""
        while True:
            self._feed()
            while (answer := self.answers.pop(self.next, None)) is not None:
                self.next += 1
                yield answer
                self._feed()
            if self.exhausted and not self.returned and self.next == self.taken:
                return
            self._collect()

    def wait_until_ready(self) -> None:
        """Start a worker if there is none, and wait until all have made their coders. Raises what they raise."""
        if not self.workers:
            self.workers.append(Worker(self.make_coder))
        while not all(worker.ready for worker in self.workers):
            self._collect()

    def drop_dead(self) -> None:
        """Forget workers that died while they had nothing to do: no text is to blame for it."""
        self.workers[:] = [worker for worker in self.workers if worker.process.is_alive()]

    def end(self) -> None:
        """End the workers, whatever they are doing."""
        while self.workers:
            self.workers.pop().end()

    def _feed(self) -> None:
        """Give every idle worker a chunk, and start workers while there is work for them."""
        for worker in list(self.workers):
            if worker.ready and not worker.tasks:
                self._give(worker)
        while len(self.workers) < self.count and self._more_to_do():
            self.workers.append(Worker(self.make_coder))

    def _more_to_do(self) -> bool:
        """Whether a task waits that no starting worker will take; looks one text ahead if need be."""
        starting = sum(1 for worker in self.workers if not worker.ready)
        while len(self.returned) <= starting and (task := self._take()) is not None:
            self.returned.append(task)
        return len(self.returned) > starting

    def _give(self, worker: Worker) -> None:
        chunk: list[_Task] = []
        size = 0
        while len(chunk) < CHUNK and size < CHUNK_BYTES:
            task = self.returned.popleft() if self.returned else self._take()
            if task is None:
                break
            chunk.append(task)
            size += len(task.raw.content)
        if not chunk:
            return
        worker.give(chunk)

    def _take(self) -> _Task | None:
        """The next text of the input, unless enough are under way; faults answer for themselves."""
        while not self.exhausted and self.taken - self.next < self.count * CHUNK * AHEAD:
            found = next(self.numbered, None)
            if found is None:
                self.exhausted = True
                break
            place, raw = found
            self.taken += 1
            if not isinstance(raw, Fault):
                return _Task(place, raw)
            self.answers[place] = (raw,)
        return None

    def _collect(self) -> None:
        """Wait for the workers and take what they send; find out who died or stands still."""
        pipes: dict[Connection, Worker] = {worker.pipe: worker for worker in self.workers}
        for pipe in wait(list(pipes), timeout=1.0) if pipes else ():
            worker = pipes[pipe]  # type: ignore[index]
            try:
                message = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker, self._death(worker))
                continue
            self._receive(worker, message)
        now = time.monotonic()
        for worker in list(self.workers):
            if worker.tasks and now - worker.since > self.text_seconds:
                self._bury(
                    worker, f"the text took more than {self.text_seconds:g} seconds, and its worker was ended"
                )

    def _receive(self, worker: Worker, message: tuple[Any, ...]) -> None:
        if message[0] == "failed":
            raise message[1]
        if message[0] == "ready":
            worker.ready, worker.run = True, message[1]
            return
        task = worker.tasks.popleft()
        worker.since = time.monotonic()
        self.answers[task.place] = message[1]

    def _death(self, worker: Worker) -> str:
        worker.process.join(timeout=5)
        code = worker.process.exitcode
        how = f"by signal {-code}" if code is not None and code < 0 else f"with exit code {code}"
        return f"the worker that read the text ended {how}"

    def _bury(self, worker: Worker, what: str) -> None:
        """Answer for the text a worker ended on, and give back the ones behind it."""
        self.workers.remove(worker)
        worker.end()
        if not worker.ready:
            raise DragomanError(
                f"{what.replace('read the text', 'was to read')} before it was ready",
                where="runs",
                do="Call from under `if __name__ == '__main__':`, or with workers=0 to see why",
            )
        if not worker.tasks:
            return
        task = worker.tasks.popleft()
        self.answers[task.place] = (lost_with_worker(task.raw, what),)
        self.returned.extendleft(reversed(worker.tasks))
