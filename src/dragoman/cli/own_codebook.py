"""What `dragoman codebook test` and `suggest` do: a user's categories on their own examples, and on texts."""

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from shutil import get_terminal_size
from typing import Any, Final

from dragoman.cli.batch import check_codebook, given, loader
from dragoman.cli.faults import GOOD, SOME_FAILED, Faults
from dragoman.codebook import CustomCodebook
from dragoman.coder import Coder, plain_document
from dragoman.intake import Fault
from dragoman.records import Coded, Document, Event
from dragoman.runs.single import code_one
from dragoman.settings import Settings

NARROWEST: Final = 40
INDENT: Final = "      "


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One example and what came of it. got: a line for each event, with its categories and why."""

    category: str
    line: int
    text: str
    expected: bool
    passed: bool
    got: tuple[str, ...]


def run_test(file: str, settings: Settings, *, as_json: bool) -> int:
    """Try all examples and print what came; return the exit status."""
    custom = check_codebook(file)
    coder = loader(replace(settings, codebook=file))()
    trials = tuple(try_examples(custom, coder))
    failed = [trial for trial in trials if not trial.passed]
    untried = [one.code for one in custom.categories.values() if not one.examples]
    if as_json:
        print(json.dumps([asdict(trial) for trial in trials], indent=2, ensure_ascii=False))
    else:
        for line in _report(custom, trials, untried):
            print(line)
    return SOME_FAILED if failed else GOOD


def try_examples(custom: CustomCodebook, coder: Callable[[Any], Coded]) -> Iterator[Trial]:
    """Each example of each category, in the file's order."""
    for category in custom.categories.values():
        for example in category.examples:
            coded = coder(plain_document(example.text))
            codes = {code.split("/")[0] for event in coded.events for code in event.categories or ()}
            yield Trial(
                category=category.code,
                line=example.line,
                text=example.text,
                expected=example.expected,
                passed=(category.code in codes) == example.expected,
                got=tuple(map(_got, coded.events)) or ("no event of any type",),
            )


def _got(event: Event) -> str:
    """The act and its categories: "PROTEST/demo 'marched': MARCH (own:protest.toml:12: phrase 'march')"."""
    act = f"{'/'.join((event.type, *event.modes))} {event.trigger.text!r}"
    why = [
        f"{reason.value} ({reason.by}: {reason.note})" for reason in event.why if reason.field == "categories"
    ]
    return f"{act}: {'; '.join(why) or 'no category'}"


def _report(custom: CustomCodebook, trials: Sequence[Trial], untried: Sequence[str]) -> Iterator[str]:
    for trial in trials:
        told = "" if trial.expected else "not "
        yield f"{'pass' if trial.passed else 'FAIL'}  {told}{trial.category}  {trial.text}"
        if not trial.passed:
            yield f"      {custom.file}:{trial.line}: got"
            yield from (f"        {line}" for line in trial.got)
    passed = sum(trial.passed for trial in trials)
    yield f"{passed} of {len(trials)} examples of {custom.name} pass"
    if untried:
        yield f"without examples: {', '.join(untried)}"


def run_suggest(
    file: str, paths: Sequence[str], settings: Settings, *, published: str | None, limit: int, as_json: bool
) -> int:
    """Print further phrases for the categories; return the exit status."""
    from dragoman.coding.coder import code
    from dragoman.coding.own_suggestions import Gathered, Told, suggest, told_acts

    custom = check_codebook(file)
    coder: Coder = loader(replace(settings, codebook=file))()

    def look(document: Document, into: list[Told]) -> Coded:
        doc = coder.nlp(document.text)
        coded = code(doc, document, coder.tables)
        into += told_acts(doc, coded)
        return coded

    gathered = [Gathered(one) for one in custom.categories.values() if one.patterns]
    for one in gathered:
        one.phrases += [p.phrase for p in one.category.patterns if p.phrase is not None]
        one.phrases += [word for p in one.category.patterns for word in p.trigger]
        for example in one.category.examples:
            told: list[Told] = []
            if example.expected:
                look(plain_document(example.text), told)
            one.examples += [t.read for t in told if one.category.code in (t.event.categories or ())]
    wide = {one.code for one in custom.categories.values() if not one.patterns}
    acts: list[Told] = []
    with Faults(settings.errors) as faults:
        for raw in given(paths, settings, published):
            for result in (raw,) if isinstance(raw, Fault) else code_one(raw, partial(look, into=acts)):
                if isinstance(result, Fault):
                    faults.add(result)
    acts = [told for told in acts if not set(told.event.categories or ()) - wide]
    found = suggest(gathered, acts, limit=limit)
    if as_json:
        print(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        width = max(NARROWEST, get_terminal_size().columns)
        for each in found:
            print(f"{each.category}  {each.likeness:.2f}  {each.count}×  {each.phrase!r}")
            for line in textwrap.wrap(each.sentence, width - len(INDENT)):
                print(INDENT + line)
        if not found:
            print("nothing is like the examples and without a category")
    return SOME_FAILED if faults.count else GOOD


__all__ = ["run_suggest", "run_test", "try_examples"]
