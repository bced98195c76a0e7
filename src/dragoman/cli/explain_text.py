"""The explain view on a terminal: each sentence, its records with marks under their words, and why."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from rich.text import Text

from dragoman.cli.marks import Mark, Marked, Part, Role, parts, within
from dragoman.cli.table import heading
from dragoman.cli.words import (
    actors_words,
    confidence_words,
    facts,
    reason_words,
    type_words,
    visible,
)
from dragoman.records import Coded, Event, Span

SIGNS: Final[dict[Role, str]] = {
    "actor": "~",
    "act": "^",
    "recipient": "=",
    "speaker": "~",
    "cue": "^",
    "content": ".",
    "source": "-",
    "place": "-",
    "date": "-",
    "count": "-",
    "missed": "?",
}
STYLES: Final[dict[Role, str]] = {
    "actor": "blue",
    "act": "bold red",
    "recipient": "magenta",
    "speaker": "blue",
    "cue": "bold red",
    "content": "dim",
    "source": "cyan",
    "place": "green",
    "date": "yellow",
    "count": "yellow",
    "missed": "dim",
}
INDENT: Final = "    "
WHY_FIELD: Final = 12
OVERHANG: Final = len("recipient") - 1  # the name of a part may reach this far beyond its last word


def explain(coded: Coded, *, width: int) -> Iterator[Text]:
    """The lines of the view in reading order; without colour the signs below the words say as much."""
    yield heading(coded.document)
    yield Text("")
    for part in parts(coded):
        yield from _part(coded, part, width)
    if not coded.document.sentences:
        yield Text("No sentence was found in this text.")
    if coded.document.removed:
        yield Text("Taken out of the body before reading:", style="bold")
        for removed in coded.document.removed:
            yield Text(f"{INDENT}“{visible(removed.text)}” ({visible(removed.reason)})")


def _part(coded: Coded, part: Part, width: int) -> Iterator[Text]:
    label = f"[{part.number}] "
    for n, (start, end) in enumerate(lines(part.sentence.text, width - len(label))):
        line = Text(label if n == 0 else " " * len(label), style="bold")
        line.append_text(_coloured(part.sentence, part.marks, start, end))
        yield line
    if not part.records and not part.missed:
        yield Text(f"{INDENT}nothing coded: nothing here looked like an act or a statement", style="dim")
    for marked in part.records:
        yield from _record(coded, part, marked, width)
    for miss in part.missed:
        yield Text("")
        yield Text(f"{INDENT}not coded: {visible(miss.reason)}", style="yellow")
        yield from under(part.sentence, [Mark(miss.span.start, miss.span.end, "missed")], width)
    yield Text("")


def _record(coded: Coded, part: Part, marked: Marked, width: int) -> Iterator[Text]:
    record = marked.record
    yield Text("")
    if isinstance(record, Event):
        title = Text.assemble(INDENT, (type_words(record), "bold"), f"  {actors_words(record.actors)}")
        if record.recipients:
            title.append(f" → {actors_words(record.recipients)}")
    else:
        title = Text.assemble(
            INDENT, (f"STATEMENT ({record.kind})", "bold"), f"  {actors_words(record.speakers)}"
        )
    title.append(f"  {confidence_words(record)}".rstrip(), style="dim")
    yield title
    yield from under(part.sentence, marked.marks, width)
    for number, other in enumerate(coded.document.sentences):
        if number != part.number and within(marked.marks, other):
            yield Text(f"{INDENT}in sentence {number}:", style="dim")
            yield from under(other, marked.marks, width)
    for label, words in facts(record):
        yield from _cells(label, words, width)
    for reason in record.why:
        field, value, how = reason_words(reason)
        yield from _cells("why", f"{field} = {value}, by {how}", width, style="dim")


def _cells(label: str, words: str, width: int, style: str = "") -> Iterator[Text]:
    """A label and its words, the words hanging to the right of the label."""
    room = max(20, width - len(INDENT) - WHY_FIELD - 1)
    for n, (start, end) in enumerate(lines(words, room)):
        left = label if n == 0 else ""
        yield Text(f"{INDENT}{left:<{WHY_FIELD}} {words[start:end]}", style=style)


def under(sentence: Span, marks: Sequence[Mark], width: int) -> Iterator[Text]:
    """The lines of a sentence that bear marks, each with signs and the names of the parts below."""
    inside = within(marks, sentence)
    for start, end in lines(sentence.text, width - len(INDENT) - OVERHANG):
        line = Span(start=sentence.start + start, end=sentence.start + end, text=sentence.text[start:end])
        touching = within(inside, line)
        if not touching:
            continue
        yield Text(INDENT).append_text(_coloured(sentence, touching, start, end))
        for row in rows(line, touching):
            signs, names = Text(INDENT), Text(INDENT)
            for left, right, mark in row:
                style = STYLES[mark.role]
                signs.pad_right(len(INDENT) + left - signs.cell_len)
                signs.append(SIGNS[mark.role] * (right - left), style=style)
                names.pad_right(len(INDENT) + left - names.cell_len)
                names.append(mark.role, style=style)
            yield signs
            yield names


def rows(line: Span, marks: Sequence[Mark]) -> list[list[tuple[int, int, Mark]]]:
    """Share the marks of a line among as many rows as it takes for neither signs nor names to collide.

    Each mark comes with the first and last column of its signs, counted in terminal cells.
    """
    shared: list[list[tuple[int, int, Mark]]] = []
    for mark in marks:
        left = cell_len(visible(line.text[: mark.start - line.start]))
        right = left + max(1, cell_len(visible(line.text[mark.start - line.start : mark.end - line.start])))
        for row in shared:
            _, last, before = row[-1]
            if left > max(last - 1, row[-1][0] + len(before.role)):
                row.append((left, right, mark))
                break
        else:
            shared.append([(left, right, mark)])
    return shared


def lines(text: str, width: int) -> list[tuple[int, int]]:
    """Break a text at spaces into stretches [start, end) of at most `width` cells; a longer word is cut."""
    found: list[tuple[int, int]] = []
    start, last, column = 0, -1, 0
    for at, character in enumerate(text):
        column += cell_len(character)
        if column > width and at > start:
            end = last if last > start else at
            found.append((start, end))
            start = end + 1 if last > start else end
            column, last = cell_len(text[start : at + 1]), -1
        if character.isspace():
            last = at
    if start < len(text):
        found.append((start, len(text)))
    return found


def _coloured(sentence: Span, marks: Sequence[Mark], start: int, end: int) -> Text:
    """Characters [start, end) of a sentence, coloured where marks lie; the later of two roles lies on top."""
    words = Text(visible(sentence.text[start:end]))
    for mark in sorted(marks, key=lambda mark: mark.start - mark.end):
        left, right = mark.start - sentence.start - start, mark.end - sentence.start - start
        if right > 0 and left < end - start:
            words.stylize(STYLES[mark.role], max(0, left), right)
    return words
