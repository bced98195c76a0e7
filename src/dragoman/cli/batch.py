"""Many inputs from the command line: to the coder, to the writer, and faults where faults go."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

import dragoman
from dragoman.cli.choose import at_least
from dragoman.cli.faults import GOOD, SOME_FAILED, Faults
from dragoman.cli.progress import progress
from dragoman.cli.writers import Records, form_of, open_writer
from dragoman.codebook import CustomCodebook, load_custom
from dragoman.coder import Coder
from dragoman.errors import CodebookError, InputError, KnowledgeError, UsageError
from dragoman.intake import Fault, Raw, follow_link, inputs
from dragoman.knowledge import Knowledge
from dragoman.knowledge import load as load_knowledge
from dragoman.runs import code_many
from dragoman.samples import samples
from dragoman.settings import Settings

ONE_TEXT: Final = (".txt", ".html", ".htm")  # what a file of such a name holds


def run_batch(
    paths: Sequence[str],
    settings: Settings,
    *,
    sample: bool,
    limit: int | None,
    out: Path | None,
    records: Records | None,
    statements: Path | None,
    published: str | None,
    follow: bool = False,
    allow_private: bool = False,
) -> int:
    """Code all inputs and write their records in order; return the exit status."""
    raws: Iterator[Raw | Fault] = (
        sample_articles()
        if sample
        else given(paths, settings, published, follow=follow, allow_private=allow_private)
    )
    if follow:
        fetched = partial(follow_link, allow_private=allow_private)
        raws = (fetched(raw) if isinstance(raw, Raw) else raw for raw in islice(raws, limit))
    make_coder = loader(settings)
    workers = settings.workers
    if workers is None:
        # One text starts soonest here; a batch is worth a process that may crash without ending it.
        workers = 0 if sample or (len(paths) == 1 and Path(paths[0]).suffix in ONE_TEXT) else 1
    to = form_of(settings.to, out)
    with (
        open_writer(
            to, out, records=records, statements=statements, own=settings.codebook is not None
        ) as writer,
        Faults(settings.errors) as faults,
        progress(quiet=out is None and sys.stdout.isatty()) as advance,
    ):
        for result in code_many(islice(raws, limit), make_coder, workers=workers):
            if isinstance(result, Fault):
                faults.add(result)
            else:
                writer.write(at_least(result, settings.min_confidence))
            advance()
    faults.summarise()
    return SOME_FAILED if faults.count else GOOD


def loader(settings: Settings) -> Callable[[], Coder]:
    """The call that makes a coder, here or in a worker."""
    given = {
        key: value for key in ("model", "actors", "codebook") if (value := getattr(settings, key)) is not None
    }
    if settings.actors is not None:
        check_actors(settings.actors)
    if settings.codebook is not None:
        check_codebook(settings.codebook)
    return partial(dragoman.load, **given) if given else dragoman.load


def check_actors(path: str) -> Knowledge:
    """Open the tables with the user's own actors. Raises UsageError with all faults of the file."""
    try:
        return load_knowledge(path)
    except KnowledgeError as error:
        raise UsageError(error.what, where=error.where, do=error.do) from error


def check_codebook(path: str) -> CustomCodebook:
    """Read the user's own categories. Raises UsageError with all faults of the file."""
    try:
        return load_custom(path)
    except CodebookError as error:
        raise UsageError(error.what, where=error.where, do=error.do) from error


def given(
    paths: Sequence[str],
    settings: Settings,
    published: str | None,
    *,
    follow: bool = False,
    allow_private: bool = False,
) -> Iterator[Raw | Fault]:
    """The texts that the user names. Raises UsageError if `published` is no date."""
    try:
        return inputs(
            paths, form=settings.form, published=published, follow=follow, allow_private=allow_private
        )
    except InputError as error:
        raise UsageError(error.what, where=error.where, do=error.do) from error


def sample_articles() -> Iterator[Raw]:
    """The articles of the package, with the day and the publisher that a site would give."""
    for sample in samples():
        yield Raw(
            content=sample.text,
            file=sample.path.name,
            source_id=sample.id,
            publisher=sample.publisher,
            published=sample.published,
        )
