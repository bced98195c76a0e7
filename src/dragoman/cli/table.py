"""An article's records as a table to read: who did what to whom, when, where, who says so, in which words."""

from collections.abc import Iterator
from typing import Final, Literal

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.cli.columns import sentence_of
from dragoman.cli.words import (
    NOBODY,
    actors_words,
    chain_words,
    confidence_words,
    counts_words,
    day_words,
    place_words,
    stance_words,
    status_words,
    type_words,
    visible,
)
from dragoman.records import Coded, Document, Event, Place, Span, Statement

WIDE: Final = 120  # from this width on the words stand beside the record, else below it
DATE_WIDTH: Final = 10
CONFIDENCE_WIDTH: Final = 4
EXCERPT_LINES: Final = 2
QUOTES: Final = '“”"‘’'
INDENT: Final = 2  # of what stands below the first line of a record
STYLES: Final = {"type": "bold", "status": "yellow", "trigger": "bold cyan", "aside": "dim"}


def article(
    coded: Coded, *, width: int, plain: bool, records: Literal["events", "statements"] | None
) -> Iterator[RenderableType]:
    """Yield heading and table of one article. plain: mark the trigger by brackets, for want of colour."""
    yield heading(coded.document)
    chosen: list[tuple[int, Event | Statement]] = []
    if records != "statements":
        chosen += [(event.trigger.start, event) for event in coded.events]
    if records != "events":
        chosen += [(_begin(statement), statement) for statement in coded.statements]
    if not chosen:
        yield Text("  nothing coded\n", style=STYLES["aside"])
        return
    wide = width >= WIDE
    words_width = (width - DATE_WIDTH - CONFIDENCE_WIDTH - 6) // (2 if wide else 1)
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=DATE_WIDTH)
    for _ in range(2 if wide else 1):
        grid.add_column(ratio=1)
    grid.add_column(width=CONFIDENCE_WIDTH, justify="right")
    for _, record in sorted(chosen, key=lambda pair: pair[0]):
        date, head, details, words = _cells(coded, record, words_width, plain)
        below = (details,) if wide else (details, words)
        body = Group(head, *(Padding(part, (0, 0, 0, INDENT)) for part in below if part))
        beside = (words,) if wide else ()
        grid.add_row(date, body, *beside, Text(confidence_words(record), style=STYLES["aside"]))
    yield grid
    yield Text("")


def heading(document: Document) -> Text:
    """Title, then publisher, day, and the id under which the records stand."""
    title = document.title or document.text.split("\n", 1)[0][:100]
    about = " · ".join(
        filter(None, (document.publisher, document.published, document.source_id, document.id))
    )
    return Text.assemble((visible(title), "bold underline"), "\n", (visible(about), STYLES["aside"]))


def _cells(coded: Coded, record: Event | Statement, width: int, plain: bool) -> tuple[Text, Text, Text, Text]:
    """Days; who did what to whom; what more there is to say; the words of the text."""
    room = (width - INDENT) * EXCERPT_LINES
    if isinstance(record, Event):
        words = excerpt(sentence_of(coded, record.sentence), record.trigger, room, plain)
        return Text(day_words(record.date)), _event(record), _event_details(record), words
    content = clip(visible(" … ".join(span.text for span in record.content)), room - 2) or NOBODY
    words = Text(f"“{content.strip(QUOTES)}”" if record.kind == "direct" else content, style=STYLES["aside"])
    days = Text(day_words(record.occasion.date if record.occasion else None))
    return days, _statement(record), _statement_details(record), words


def _event(event: Event) -> Text:
    head = Text.assemble(actors_words(event.actors), " → ", (type_words(event), STYLES["type"]))
    if event.recipients:
        head.append(f" → {actors_words(event.recipients)}")
    for mark in status_words(event):
        head.append(f" [{mark}]", style=STYLES["status"])
    return head


def _event_details(event: Event) -> Text:
    return _joined(chain_words(event.attribution), _at(event.place), counts_words(event))


def _statement(statement: Statement) -> Text:
    head = Text.assemble(
        actors_words(statement.speakers), " → ", (f"says ({statement.kind})", STYLES["type"])
    )
    if statement.addressees:
        head.append(f" → {actors_words(statement.addressees)}")
    return head


def _statement_details(statement: Statement) -> Text:
    place = statement.occasion.place if statement.occasion else None
    return _joined(chain_words(statement.attribution), _at(place), stance_words(statement))


def _at(place: Place | None) -> str:
    return f"at {place_words(place)}" if place else ""


def _joined(*phrases: str) -> Text:
    return Text(" · ".join(filter(None, phrases)))


def excerpt(sentence: Span | None, trigger: Span, room: int, plain: bool) -> Text:
    """The trigger in its sentence, cut at words on both sides where the sentence is longer than `room`."""
    if sentence is None or not sentence.start <= trigger.start < trigger.end <= sentence.end:
        sentence = trigger
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    spare = max(0, room - (end - start) - 4)  # brackets and two ellipses
    before, after = sentence.text[:start], sentence.text[end:]
    keep = spare // 2
    if len(before) <= keep:
        after = clip(after, spare - len(before))
    elif len(after) <= keep:
        before = _clip_left(before, spare - len(after))
    else:
        before, after = _clip_left(before, keep), clip(after, keep)
    words = visible(sentence.text[start:end])
    return Text.assemble(
        (visible(before), STYLES["aside"]),
        (f"[{words}]" if plain else words, STYLES["trigger"]),
        (visible(after), STYLES["aside"]),
    )


def clip(text: str, room: int) -> str:
    """The text, or its first whole words and an ellipsis."""
    if len(text) <= room:
        return text
    return text[: max(0, room - 1)].rsplit(" ", 1)[0] + "…"


def _clip_left(text: str, room: int) -> str:
    return text if len(text) <= room else "…" + text[len(text) - max(0, room - 1) :].partition(" ")[2]


def _begin(statement: Statement) -> int:
    return min(
        (span.start for span in statement.content), default=statement.cue.start if statement.cue else 0
    )
