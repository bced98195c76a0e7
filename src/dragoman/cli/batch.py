"""Many inputs from the command line: to the coder, to the writer, and faults where faults go."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path

import dragoman
from dragoman.cli.choose import at_least
from dragoman.cli.faults import GOOD, SOME_FAILED, Faults
from dragoman.cli.progress import progress
from dragoman.cli.writers import Records, form_of, open_writer
from dragoman.intake import Fault, inputs
from dragoman.runs import code_many
from dragoman.settings import Settings


def run_batch(
    paths: Sequence[str],
    settings: Settings,
    *,
    sample: bool,
    out: Path | None,
    records: Records | None,
    statements: Path | None,
    published: str | None,
) -> int:
    """Code all inputs and write their records in order; return the exit status."""
    to = form_of(settings.to, out)
    with (
        samples() if sample else _as_given(paths) as found,
        open_writer(to, out, records=records, statements=statements) as writer,
        Faults(settings.errors) as faults,
        progress(quiet=out is None and sys.stdout.isatty()) as advance,
    ):
        raws = inputs(found, form=settings.form, published=published)
        for result in code_many(raws, partial(dragoman.load), workers=settings.workers):
            if isinstance(result, Fault):
                faults.add(result)
            else:
                writer.write(at_least(result, settings.min_confidence))
            advance()
    faults.summarise()
    return SOME_FAILED if faults.count else GOOD


@contextmanager
def _as_given(paths: Sequence[str]) -> Iterator[Sequence[str]]:
    yield paths


@contextmanager
def samples() -> Iterator[Sequence[str]]:
    """The sample articles of the package, wherever it is installed."""
    with as_file(files("dragoman").joinpath("samples")) as folder:
        found = sorted(str(path) for path in folder.iterdir() if path.suffix in (".txt", ".jsonl"))
        yield found
