"""How large an input may be, and how long one page may take."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from dragoman.errors import InputError

# One text or page. The longest news pages with all their scripts have 3 MB, a book of 500 pages 1 MB; what is
# larger holds many articles, and its parse would fill a worker's memory.
LARGEST_BYTES = 4_000_000
# Elements of a parsed page; a news page has 1,000-8,000. Above this a page is a dump or an attack.
LARGEST_TREE = 100_000
# Time for one page. trafilatura takes 10-50 ms a page; a page that needs this long is built to need it.
PAGE_SECONDS = 20.0


def too_large(where: str, form: str, size: int | None = None) -> InputError:
    """The error for an input above the limit."""
    found = f"{size / 1e6:.1f} MB" if size is not None else f"more than {LARGEST_BYTES / 1e6:.0f} MB"
    what = "file" if form != "jsonl" else "line"
    return InputError(
        f"the {what} has {found}; one text may have {LARGEST_BYTES / 1e6:.0f} MB",
        where=where,
        do="Split it into its articles: one file each, or JSON Lines with one article a line",
    )


class _TimeIsUp(BaseException):
    """Passes through the broad `except Exception` of parsers that the alarm may find at work."""


@contextmanager
def time_limit(seconds: float, *, where: str) -> Iterator[None]:
    """Raise InputError if the block takes longer than `seconds`.

    Works by a Unix alarm, which only a main thread can set; elsewhere the block runs without a limit. (A
    worker of `runs` reads in its main thread, and its parent ends it if it stands still.)
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _TimeIsUp:
        raise InputError(
            f"the page took more than {seconds:g} seconds to read",
            where=where,
            do="Save its article as plain text",
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
