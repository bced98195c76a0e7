"""Many inputs from the command line into a store; the same command again goes on where it was ended."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

from dragoman.cli.batch import given, loader, sample_articles
from dragoman.cli.choose import at_least
from dragoman.cli.faults import GOOD, SOME_FAILED, Faults
from dragoman.cli.progress import progress
from dragoman.coder import Coder
from dragoman.intake import Fault, Raw, follow_link
from dragoman.records import Run
from dragoman.runs import code_many
from dragoman.runs.resume import CodeMany
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
    cluster: str | None = None,
    follow: bool = False,
    allow_private: bool = False,
) -> int:
    """Code all inputs into the store; return the exit status."""
    raws: Iterator[Raw | Fault] = (
        sample_articles()
        if sample
        else given(paths, settings, published, follow=follow, allow_private=allow_private)
    )
    make_coder = loader(settings)
    # Pages are fetched here, one after another, and only those of items that are not finished.
    prepare = partial(follow_link, allow_private=allow_private) if follow else None
    with _hands(make_coder, settings, cluster) as (run, code_all):
        return _code_into(
            store, islice(raws, limit), make_coder, settings, run=run, code_all=code_all, prepare=prepare
        )


@contextmanager
def _hands(
    make_coder: Callable[[], Coder], settings: Settings, cluster: str | None
) -> Iterator[tuple[Run, CodeMany]]:
    """Which run this is, and so what is finished; and what codes: this process, others here, or a cluster."""
    if cluster is not None:
        from dragoman.runs.cluster import connect

        with connect(cluster) as dask:
            run = dask.run(make_coder)
            yield run, partial(dask.code_many, run=run)
        return
    workers = 1 if settings.workers is None else settings.workers
    if workers > 0:
        yield make_coder().run, partial(code_many, workers=workers)
        return
    coder = make_coder()  # says which run it is, and does the work, too
    yield coder.run, lambda raws, _: code_many(raws, lambda: coder, workers=0)


def _code_into(
    store: Path,
    raws: Iterable[Raw | Fault],
    make_coder: Callable[[], Coder],
    settings: Settings,
    *,
    run: Run,
    code_all: CodeMany,
    prepare: Callable[[Raw], Raw | Fault] | None,
) -> int:
    coded = before = 0
    with Faults(settings.errors) as faults, progress(quiet=False) as advance:
        for result in code_into(
            store,
            raws,
            make_coder,
            run=run,
            code_all=code_all,
            prepare=prepare,
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
