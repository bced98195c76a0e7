"""The process that codes: takes texts from a pipe, sends back one answer for each.

Messages to it: a list of raw texts, or None to end. Messages from it: ("ready", Run or None) once its coder stands;
("answer", Answer) for each text, in order; ("failed", error) if its coder could not be made.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection

from dragoman.intake import Raw
from dragoman.runs.single import Code, code_one, fault_of

# One thread a worker: more would share the cores with the other workers and change the order of sums. Numeric
# libraries read these when they load, so they are set before the process starts.
THREADS: dict[str, str] = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "BLIS_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def serve(pipe: Connection, make_coder: Callable[[], Code]) -> None:
    """Make the coder and answer until the pipe closes or None comes. A coder may have `of`: the coder of one text."""
    try:
        code = make_coder()
    except Exception as error:
        pipe.send(("failed", _sendable(error)))
        return
    pipe.send(("ready", getattr(code, "run", None)))
    of: Callable[[Raw], Code] = getattr(code, "of", lambda raw: code)
    while True:
        try:
            chunk = pipe.recv()
        except (EOFError, OSError):  # the parent is gone
            return
        if chunk is None:
            return
        for raw in chunk:
            answer = code_one(raw, of(raw))
            try:
                pipe.send(("answer", answer))
            except OSError:  # the parent is gone
                return
            except Exception as error:  # a record that cannot travel is this text's fault
                pipe.send(("answer", (fault_of(error, raw, "worker"),)))


def _sendable(error: Exception) -> Exception:
    """The error itself if it can travel, else its words."""
    import pickle

    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


_one_start_at_a_time = threading.Lock()


@contextmanager
def quiet_single_threaded_start() -> Iterator[None]:
    """While a worker is started: one thread for its libraries, and Ctrl-C left to its parent.

    A spawned process inherits both the environment and what signals are held back; the parent has its own back after.
    The parent may be a worker of a cluster, and so a daemon of multiprocessing, which that library lets start no
    process because a daemon ended by a signal leaves its children behind; ours end by themselves with their pipe.
    """
    with _one_start_at_a_time:
        parent: dict[str, object] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
        daemon = parent.pop("daemon", None)
        try:
            with _quiet_single_threaded():
                yield
        finally:
            if daemon is not None:
                parent["daemon"] = daemon


@contextmanager
def _quiet_single_threaded() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(THREADS)
    # Held back, not ignored: an interrupt that comes in this moment reaches the parent after it. The tracker of
    # multiprocessing lets it through again when it starts, so it starts before. Windows has no such mask.
    masks = hasattr(signal, "pthread_sigmask")
    if masks:
        resource_tracker.ensure_running()
        held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if masks:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
