"""Small coders for the tests of runs: each a factory that a spawned worker can import."""

import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

from dragoman.errors import ModelError
from dragoman.records import Coded, Document, Run
from dragoman.runs import Code


def plain(document: Document) -> Coded:
    return Coded(document=document, events=(), statements=())


def make_plain() -> Code:
    return plain


def _hit(document: Document, how: str) -> Coded:
    if "explosion" in document.text:
        if how == "signal":
            os.kill(os.getpid(), signal.SIGKILL)
        if how == "exit":
            sys.exit(3)
        if how == "raise":
            raise ZeroDivisionError("nothing to divide by")
        if how == "recursion":
            return _hit(document, how)
        if how == "sleep":
            time.sleep(60)
        if how == "unsendable":
            return Coded(document=document, events=(lambda: None,), statements=())  # type: ignore[arg-type]
        if how == "model":
            raise ModelError("a score is not finite", where="reader", do="Install again")
    return plain(document)


def make_failing(how: str) -> Code:
    return partial(_hit, how=how)


def make_threads_shown() -> Code:
    threads = os.environ.get("OMP_NUM_THREADS")
    return lambda document: Coded(
        document=Document(id=document.id, text=f"threads {threads}"), events=(), statements=()
    )


def make_none() -> Code:
    raise ModelError("model.onnx is missing", where="reader/model", do="Install dragoman again")


def make_dead() -> Code:
    os._exit(7)


class Numbered:
    """A coder that says what it is, as the trained one does, and takes its time."""

    run = Run(version="0", hashes={"model": "0" * 16}, options={}, machine="none")

    def __init__(self, seconds: float = 0.0, note: str | None = None) -> None:
        self.seconds = seconds
        if note is not None:
            (Path(note) / str(os.getpid())).touch()  # one file a coder that was made

    def __call__(self, document: Document) -> Coded:
        time.sleep(self.seconds)
        return _hit(document, "signal")


class Other(Numbered):
    run = Run(version="0", hashes={"model": "1" * 16}, options={}, machine="none")


def make_one_of_two(folder: str) -> Code:
    """The first process gets one coder, all later ones another, as on a cluster of two releases."""
    try:
        (Path(folder) / "taken").touch(exist_ok=False)
    except FileExistsError:
        return Other(0.2)
    return Numbered(0.2)
