"""The explain view as one HTML file: no script, nothing fetched, every word of the article escaped."""

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import Final

from dragoman.cli.marks import ROLES, Mark, Marked, Part, parts, pieces, within
from dragoman.cli.words import (
    actors_words,
    confidence_words,
    facts,
    reason_words,
    status_words,
    type_words,
    visible,
)
from dragoman.records import Coded, Document, Event, Span

PAGE: Final = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{css}</style>
</head>
<body>
{body}
</body>
</html>
"""
NOTHING: Final = "nothing coded: nothing here looked like an act or a statement"


def page(coded: Coded) -> str:
    """The whole page of one article."""
    document = coded.document
    return PAGE.format(
        language=escape(document.language or "en"),
        title=escape(_title(document)),
        css=files("dragoman.cli").joinpath("explain.css").read_text(encoding="utf-8"),
        body="\n".join(_body(coded)),
    )


def _body(coded: Coded) -> Iterator[str]:
    document = coded.document
    about = (document.publisher, document.byline, document.published, document.url, document.id)
    yield f"<h1>{escape(_title(document))}</h1>"
    yield f'<p class="about">{escape(" · ".join(filter(None, about)))}</p>'
    names = "".join(f'<span class="{role}">{role}</span>' for role in ROLES)
    yield f'<p class="legend">Marks: {names}</p>'
    yield "<main>"
    for part in parts(coded):
        yield from _part(coded, part)
    yield "</main>"
    if document.removed:
        yield "<h2>Taken out of the body before reading</h2>\n<ul>"
        for removed in document.removed:
            yield f"<li>{_text(removed.text)} <em>({escape(removed.reason)})</em></li>"
        yield "</ul>"


def _part(coded: Coded, part: Part) -> Iterator[str]:
    yield f'<section id="s{part.number}" aria-label="sentence {part.number}">'
    words = marked(part.sentence, part.marks)
    yield f'<div class="sentence"><span class="number">{part.number}</span><p>{words}</p></div>'
    yield '<div class="cards">'
    for record in part.records:
        yield from _card(coded, part, record, alone=len(part.records) == 1)
    for miss in part.missed:
        missed = f"“{_text(miss.span.text)}”: {escape(miss.reason)}"
        yield f'<article class="card"><h2>not coded</h2><p>{missed}</p></article>'
    if not part.records and not part.missed:
        yield f'<p class="none">{NOTHING}</p>'
    yield "</div>\n</section>"


def _card(coded: Coded, part: Part, marked_record: Marked, *, alone: bool) -> Iterator[str]:
    record, marks = marked_record.record, marked_record.marks
    yield f'<article class="card" id="r{record.id}">'
    sure = confidence_words(record)
    if sure:
        yield f'<span class="sure" title="confidence">{sure}</span>'
    if isinstance(record, Event):
        title = f"{type_words(record)}: {actors_words(record.actors)}"
        if record.recipients:
            title += f" → {actors_words(record.recipients)}"
    else:
        title = f"Statement ({record.kind}): {actors_words(record.speakers)}"
    yield f"<h2>{escape(title)}</h2>"
    if isinstance(record, Event) and status_words(record):
        yield f'<p class="status">{escape(", ".join(status_words(record)))}</p>'
    for number, sentence in enumerate(coded.document.sentences):
        here = number == part.number
        if within(marks, sentence) and not (here and alone):
            label = "" if here else f'<a href="#s{number}">sentence {number}</a>: '
            yield f"<p>{label}{marked(sentence, within(marks, sentence))}</p>"
    yield "<dl>"
    for label, words in facts(record):
        if label != "status":
            yield f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>"
    yield "</dl>"
    if record.why:
        yield "<details><summary>Why</summary><table>"
        for reason in record.why:
            field, value, how = map(escape, reason_words(reason))
            yield f'<tr><th scope="row">{field}</th><td>{value}</td><td>{how}</td></tr>'
        yield "</table></details>"
    yield "</article>"


def marked(span: Span, marks: Sequence[Mark]) -> str:
    """The words of a span as HTML; where parts overlap, a piece carries the classes of all of them."""
    return "".join(
        f'<span class="{" ".join(roles)}" title="{", ".join(roles)}">{_text(words)}</span>'
        if roles
        else _text(words)
        for words, roles in pieces(span, marks)
    )


def _text(words: str) -> str:
    return escape(visible(words))


def _title(document: Document) -> str:
    return visible(document.title or document.text.split("\n", 1)[0][:100]) or "Untitled"
