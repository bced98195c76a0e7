"""Scores as plain tables and as JSON."""

import io
import itertools
from collections.abc import Iterator, Sequence

import msgspec
from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.evaluation.scores import MEASURES, Figure, Scores
from dragoman.evaluation.tally import Difference

WIDTH = 110
CONFUSIONS = 15  # pairs shown


def tables(scores: Scores) -> Iterator[RenderableType]:
    """Lines and tables for a console: the figures by layer, by kind of text, by type, and the confusions."""
    yield Text(_head(scores))
    for layer, measures in itertools.groupby(MEASURES, key=lambda measure: measure.layer):
        names = [measure.name for measure in measures]
        names += {"events": ["macro typed"], "fields of found events": ["macro type"]}.get(layer, [])
        yield _figures(layer, {name: scores.figures[name] for name in names})
    if len(scores.kinds) > 1:
        yield _kinds(scores)
    yield _figures("typed events by type", dict(scores.types))
    if scores.confusions:
        yield _confusions(scores)


def listing(differences: Sequence[Difference]) -> Iterator[Text]:
    """One difference a line: what, where, gold and coded, wrong fields, the words around."""
    for one in differences:
        sides = " | ".join(
            f"{name} {words}" for name, words in (("gold", one.gold), ("coded", one.coded)) if words
        )
        fields = f" [{', '.join(one.fields)}]" if one.fields else ""
        yield Text(f"{one.what} {one.record} {one.document}{fields}: {sides}\n    {one.text}")


def to_text(scores: Scores) -> str:
    """The tables as plain text, the same on every terminal."""
    out = io.StringIO()
    console = Console(file=out, width=WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    for part in tables(scores):
        console.print(part)
    lines = (line.rstrip() for line in out.getvalue().splitlines())
    return "\n".join(lines).strip() + "\n"


def to_json(scores: Scores, *, differences: bool = False) -> bytes:
    """Everything but the coder's single outcomes as one JSON object; with `differences` the listing too."""
    body = msgspec.to_builtins(scores)
    del body["outcomes"]
    if not differences:
        del body["differences"]
    return msgspec.json.format(msgspec.json.encode(body), indent=2) + b"\n"


def _head(scores: Scores) -> str:
    aside = ", ".join(f"{name} {count}" for name, count in scores.aside.items() if count)
    bodies = "; UNO and EUR count as IGO" if scores.lenient_bodies else ""
    lines = [f"{scores.documents} documents{bodies}"]
    if scores.missing:
        shown = ", ".join(scores.missing[:5]) + (" …" if len(scores.missing) > 5 else "")
        lines.append(f"not in the coder's output, scored as empty: {len(scores.missing)} ({shown})")
    if aside:
        lines.append(f"not in the figures: {aside}")
    return "\n".join(lines)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", no_wrap=True)
    return table


def _figures(title: str, figures: dict[str, Figure]) -> Table:
    table = _table(title, "", "P", "R", "F1 or share", "95 %", "n")
    for name, figure in figures.items():
        interval = f"{_number(figure.low)} – {_number(figure.high)}" if figure.low is not None else ""
        table.add_row(
            name,
            _number(figure.precision),
            _number(figure.recall),
            _number(figure.value),
            interval,
            str(figure.n),
        )
    return table


def _kinds(scores: Scores) -> Table:
    table = _table("by kind of text", "", *scores.kinds)
    for measure in MEASURES:
        cells = [figures[measure.name] for figures in scores.kinds.values()]
        table.add_row(measure.name, *(f"{_number(cell.value)} ({cell.n})" for cell in cells))
    return table


def _confusions(scores: Scores) -> Table:
    table = _table("types taken for another", "gold", "coded", "times")
    for gold, coded, times in scores.confusions[:CONFUSIONS]:
        table.add_row(gold, coded, str(times))
    return table


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
