"""Stand-off form: a coded text without its words.

The row keeps ids, offsets, codes, numbers and canonical names; the text is named by its sha256. `away` takes
the words out of a gold row, `back` puts the text in again, `worded` writes words for offsets.
"""

import copy
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from dragoman.evaluation.annotation import GoldActor, GoldDocument
from dragoman.records import Span

Row = dict[str, Any]

KEPT = ("id", "batch", "source", "region", "published", "licence")
LONG_TARGET = 4
"""Words from which the target of a stance, where it is a phrase of the text, becomes offsets."""


def text_hash(text: str) -> str:
    """sha256 of the text, UTF-8, as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def away(row: Mapping[str, Any], document: GoldDocument, *, headline: bool, url: str | None) -> Row:
    """The stand-off row of a gold row.

    document: the same row, resolved. headline: the text begins with it. url: where it was published.
    """
    out: Row = {key: row[key] for key in KEPT if key in row}
    out |= {"url": url, "headline": headline, "sha256": text_hash(row["text"]), "sentences": row["sentences"]}
    events = copy.deepcopy(list(row["events"]))
    for event, gold in zip(events, document.events, strict=True):
        for telling, found in zip([event, *event.get("also", [])], gold.tellings, strict=True):
            telling["trigger"] = _bounds(found.trigger)
        _parties(event.get("actors"), gold.actors)
        _parties(event.get("recipients"), gold.recipients)
        for key, part in (("date", gold.date), ("place", gold.place)):
            if event.get(key) and part is not None:
                _words(event[key], part.words)
        for kind, count in (event.get("counts") or {}).items():
            _words(count, gold.counts[kind].words)
    statements = copy.deepcopy(list(row["statements"]))
    for statement, said in zip(statements, document.statements, strict=True):
        statement["cue"] = _bounds(said.cue) if said.cue else None
        statement["content"] = [_bounds(part) for part in said.content]
        _parties(statement.get("speakers"), said.speakers)
        for stance in statement.get("stance") or []:
            at = row["text"].find(stance["target"])
            if len(stance["target"].split()) >= LONG_TARGET and at >= 0:
                stance["target"] = [at, at + len(stance["target"])]
    entities = {"entities": row["entities"]} if row.get("entities") is not None else {}
    return out | {"events": events, "statements": statements, **entities}


def back(row: Mapping[str, Any], text: str) -> Row:
    """The gold row, in its offsets form, of a stand-off row and its text."""
    out = {key: value for key, value in row.items() if key not in ("sha256", "headline")}
    title = {"title": text.split("\n\n", 1)[0]} if row["headline"] else {}
    return {**out, **title, "text": text}


def worded(row: Mapping[str, Any], document: GoldDocument) -> Row:
    """The gold row with words where it has offsets, for readers that want words.

    document: the same row, resolved. Words stand for the first such words of their sentence: where offsets
    mean a later place, a reader of words takes an earlier one.
    """
    out = copy.deepcopy(dict(row))
    for event, gold in zip(out["events"], document.events, strict=True):
        for telling, found in zip([event, *(event.get("also") or [])], gold.tellings, strict=True):
            telling["trigger"] = found.trigger.text
        for key, actors in (("actors", gold.actors), ("recipients", gold.recipients)):
            for party, actor in zip(event.get(key) or [], actors, strict=True):
                _told(party, actor.words)
        for key, part in (("date", gold.date), ("place", gold.place)):
            if event.get(key) and part is not None:
                _told(event[key], part.words)
        for kind, count in (event.get("counts") or {}).items():
            _told(count, gold.counts[kind].words)
    for statement, said in zip(out["statements"], document.statements, strict=True):
        statement["cue"] = said.cue.text if said.cue else None
        contents = [part.text for part in said.content]
        statement["content"] = contents[0] if len(contents) == 1 else contents
        for party, actor in zip(statement.get("speakers") or [], said.speakers, strict=True):
            _told(party, actor.words)
        for stance, side in zip(statement.get("stance") or [], said.stance, strict=True):
            stance["target"] = side.target
    return out


def whole_text(body: str, title: str | None, *, headline: bool) -> str:
    """The text that offsets count in: the body, after headline and blank line where they belong to it."""
    return f"{title}\n\n{body}" if headline else body


def _bounds(span: Span) -> list[int]:
    return [span.start, span.end]


def _words(row: Row, span: Span | None) -> None:
    """Offsets in place of words; a row that had no words keeps null."""
    if "text" in row:
        row["text"] = _bounds(span) if span else None


def _told(row: Row, span: Span | None) -> None:
    """Words in place of offsets."""
    if span is not None:
        row["text"] = span.text


def _parties(rows: Iterable[Row] | None, actors: Iterable[GoldActor]) -> None:
    for row, actor in zip(rows or [], actors, strict=True):
        _words(row, actor.words)
