"""How far a long run is, on standard error, for somebody who is watching."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE_SECONDS: Final = 2.0  # a run that ends sooner shows no bar


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[], None]]:
    """Give a function to call after each article; the bar shows on a terminal only, once the run takes long.

    quiet: show nothing, as where the records themselves scroll over the terminal.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("coding"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("articles · {task.fields[rate]} a second ·"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    begin, done = time.monotonic(), 0
    task = bar.add_task(
        "coding", total=None, rate="0"
    )  # inputs are read as they come, so none knows how many

    def advance() -> None:
        nonlocal done
        done += 1
        passed = time.monotonic() - begin
        if passed > PATIENCE_SECONDS:
            bar.start()
            bar.update(task, completed=done, rate=f"{done / passed:.1f}")

    try:
        yield advance
    finally:
        bar.stop()
