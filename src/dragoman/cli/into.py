"""Many inputs from the command line into a store; the same command again goes on where it was ended."""

import sys
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from dragoman.cli.batch import given, loader, sample_articles
from dragoman.cli.choose import at_least
from dragoman.cli.faults import GOOD, SOME_FAILED, Faults
from dragoman.cli.progress import progress
from dragoman.coder import Coder
from dragoman.intake import Fault
from dragoman.settings import Settings
from dragoman.store import code_into


def run_into(
    store: Path,
    paths: Sequence[str],
    settings: Settings,
    *,
    sample: bool,
    limit: int | None,
    published: str | None,
) -> int:
    """Code all inputs into the store; return the exit status."""
    raws = sample_articles() if sample else given(paths, settings, published)
    make_coder = loader(settings)
    # One coder says which run this is, and so what is finished; without worker processes it also does the work.
    coder = make_coder()
    workers = 1 if settings.workers is None else settings.workers
    run = coder.run
    make = partial(_same, coder) if workers == 0 else make_coder
    del coder
    coded = before = 0
    with Faults(settings.errors) as faults, progress(quiet=False) as advance:
        for result in code_into(
            store,
            islice(raws, limit),
            make,
            run=run,
            workers=workers,
            min_confidence=settings.min_confidence,
            trim=partial(at_least, minimum=settings.min_confidence) if settings.min_confidence else None,
        ):
            if isinstance(result, Fault):
                faults.add(result)
            elif result is None:
                before += 1
            else:
                coded += 1
            advance()
    faults.summarise()
    done = f"; {before} were finished before" if before else ""
    print(f"dragoman: {coded} article(s) coded into {store}{done}", file=sys.stderr)
    return SOME_FAILED if faults.count else GOOD


def _same(coder: Coder) -> Coder:
    return coder
