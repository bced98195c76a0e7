"""A text that is posted, coded now: one process that loads the model once, with limits of size and of time."""

import asyncio
import multiprocessing
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import dragoman
from dragoman.codebook.custom import find_custom, load_custom, shipped
from dragoman.coder import Coder
from dragoman.errors import BusyError, DragomanError, UsageError
from dragoman.intake import Raw
from dragoman.records import Coded, Document, Run
from dragoman.runs.single import Answer
from dragoman.runs.worker import quiet_single_threaded_start, serve
from dragoman.service.problems import TooLongError

LONGEST_TEXT: Final = 200_000  # characters: a long read has 60,000; this many take some ten seconds
START_SECONDS: Final = 60.0
TEXT_SECONDS: Final = 60.0
MOST_WAITING: Final = 8  # texts at once; half a second each


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRun(Coded):
    """A coded text, and the run that made it, which a store notes."""

    made_by: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Raw):
    """A text, and the name of the codebook that it is coded with, too."""

    codebook: str | None = None


def with_codebook(coder: Coder, path: str) -> Coder:
    """The same coder with a codebook of the user's own."""
    from dragoman.coding.own_categories import OwnCategories

    custom = load_custom(path, coder.tables.codebook)
    tables = replace(coder.tables, own=OwnCategories(custom, coder.nlp))
    run = replace(coder.run, hashes={**coder.run.hashes, "categories": custom.hash})
    return Coder(coder.nlp, tables, run)


class Limited:
    """The coder of the process: refuses what is too long once it is read, and says which run it is.

    codebooks: files by the names under which they may be asked for. another: makes the coder that has one of them.
    """

    def __init__(
        self,
        coder: Coder,
        codebooks: Mapping[str, str] | None = None,
        another: Callable[[Coder, str], Coder] = with_codebook,
    ) -> None:
        self.coder = coder
        self.codebooks = codebooks or {}
        self.another = another
        self._made: dict[str, Limited] = {}

    def of(self, raw: Raw) -> "Limited":
        """The coder of a text, with the codebook that it asks for; made once."""
        name = getattr(raw, "codebook", None)
        if name is None:
            return self
        if name not in self._made:
            self._made[name] = Limited(self.another(self.coder, self.codebooks[name]))
        return self._made[name]

    def __call__(self, document: Document) -> ByRun:
        """Code one document. Raises TooLongError."""
        check_length(document.text)
        coded = self.coder(document)
        return ByRun(
            document=coded.document, events=coded.events, statements=coded.statements, made_by=self.coder.run
        )


def make_coder(model: str | None, codebooks: Mapping[str, str]) -> Limited:
    """The coder, in the process that uses it."""
    return Limited(dragoman.load(model=model), codebooks)


def named_codebooks(paths: Iterable[str | Path] = ()) -> dict[str, str]:
    """The codebooks that a server offers, by name: the shipped ones, and the files that its user gives it.

    Raises CodebookError with all faults of a file, UsageError where two have one name.
    """
    found: dict[str, str] = {name: str(find_custom(name)) for name in shipped()}
    given: set[str] = set()
    for path in map(find_custom, paths):
        load_custom(path)
        if path.stem in given:
            raise UsageError(
                f"two codebooks of the name {path.stem}",
                where=f"--codebook {path}",
                do="Rename one of the files",
            )
        given.add(path.stem)
        found[path.stem] = str(path.absolute())
    return dict(sorted(found.items()))


def check_length(text: str) -> None:
    """Raise TooLongError for a text over the limit."""
    if len(text) > LONGEST_TEXT:
        raise TooLongError(
            f"the text has {len(text)} characters; one may have {LONGEST_TEXT}",
            where="text",
            do="Split it, or code it with `dragoman code`",
        )


class CodingDesk:
    """Takes texts one after another. The process starts with the first, and again after one that ended it."""

    def __init__(
        self,
        make: Callable[[], Any] | None = None,
        *,
        model: str | None = None,
        codebooks: Mapping[str, str] | None = None,
        seconds: float = TEXT_SECONDS,
        waiting: int = MOST_WAITING,
    ) -> None:
        self.codebooks = named_codebooks() if codebooks is None else codebooks
        self.make = make or partial(make_coder, model, self.codebooks)
        self.seconds = seconds
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(waiting)
        self._process: Any = None
        self._pipe: Any = None

    async def code(self, raw: Raw) -> Answer:
        """What came of a text. Raises BusyError if it takes too long or too many wait."""
        # Threads of their own: a text that waits here takes no reader's place.
        if not self._places.acquire(blocking=False):
            raise BusyError("too many texts wait to be coded", where="code", do="Try again in a few seconds")
        try:
            return await asyncio.get_running_loop().run_in_executor(None, self._code, raw)
        finally:
            self._places.release()

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _code(self, raw: Raw) -> Answer:
        with self._turn:
            try:
                if self._process is None or not self._process.is_alive():
                    self._start()
                self._pipe.send([raw])
                answer: Answer = self._receive(self.seconds, "the text takes")[1]
                return answer
            except (EOFError, OSError) as error:
                self._end()
                raise DragomanError(
                    "the process that codes ended on this text", where="code", do="Report it with the text"
                ) from error

    def _start(self) -> None:
        self._end()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs, self.make), daemon=True, name="dragoman-coder"
        )
        with quiet_single_threaded_start():
            self._process.start()
        theirs.close()
        told = self._receive(START_SECONDS, "the model takes")
        if told[0] == "failed":
            self._end()
            raise told[1]

    def _receive(self, seconds: float, what: str) -> Any:
        if not self._pipe.poll(seconds):
            self._end()
            raise BusyError(
                f"{what} more than {seconds:g} seconds",
                where="code",
                do="Give a shorter text, or try again later",
            )
        return self._pipe.recv()

    def _end(self) -> None:
        if self._process is None:
            return
        with suppress(OSError):
            self._pipe.close()
        self._process.kill()
        self._process.join(timeout=5)
        self._process = None
