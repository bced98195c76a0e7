"""Hand-made coded articles, read from tests/cases/cli/articles.toml."""

import tomllib
from pathlib import Path
from typing import Any

from dragoman.records import (
    Actor,
    Alternative,
    Assertion,
    Coded,
    Count,
    Cue,
    Document,
    Event,
    Missed,
    Place,
    Quad,
    Reason,
    Removed,
    Source,
    Span,
    Stance,
    Statement,
    Status,
    When,
    event_id,
    statement_id,
)

CASES = Path(__file__).parent.parent / "cases" / "cli"


def coded_articles() -> dict[str, Coded]:
    """Every article of the case file, by id."""
    table = tomllib.loads((CASES / "articles.toml").read_text(encoding="utf-8"))
    return {row["id"]: _Article(row).coded() for row in table["article"]}


class _Article:
    def __init__(self, row: dict[str, Any]) -> None:
        self.row = row
        self.text = "\n\n".join(row["sentences"])
        self.sentences = []
        at = 0
        for number, words in enumerate(row["sentences"]):
            self.sentences.append(Span(start=at, end=at + len(words), text=words, sentence=number))
            at += len(words) + 2

    def span(self, words: str, s: int) -> Span:
        sentence = self.sentences[s]
        start = sentence.start + sentence.text.index(words)
        return Span(start=start, end=start + len(words), text=words, sentence=s)

    def actor(self, row: dict[str, Any], s: int) -> Actor:
        return Actor(
            name=row["name"],
            kind=row.get("kind", "unknown"),
            country=tuple(row.get("country", ())),
            sectors=tuple(row.get("sectors", ())),
            role=row.get("role"),
            mentions=(self.span(row["text"], s),) if "text" in row else (),
        )

    def source(self, row: dict[str, Any], s: int) -> Source:
        return Source(
            source=self.actor(row, s), cue=self.span(row["cue"], s), commitment=row.get("commitment")
        )

    def reason(self, row: dict[str, Any], s: int) -> Reason:
        return Reason(
            field=row["field"],
            value=row["value"],
            by=row["by"],
            evidence=(self.span(row["evidence"], s),),
            alternatives=tuple(Alternative(value=v, probability=p) for v, p in row.get("alternatives", ())),
            probability=row.get("probability"),
            note=row.get("note"),
        )

    def event(self, row: dict[str, Any]) -> Event:
        s = row["s"]
        trigger = self.span(row["trigger"], s)
        date, place = dict(row.get("date", {})), dict(row.get("place", {}))
        if place:
            place["span"] = self.span(place.pop("text"), s)
        return Event(
            id=event_id(self.row["id"], trigger, row["type"]),
            document=self.row["id"],
            type=row["type"],
            modes=tuple(row.get("modes", ())),
            contexts=tuple(row.get("contexts", ())),
            quad=Quad(code=row["quad"][0], name=row["quad"][1]) if "quad" in row else None,
            scale=row.get("scale"),
            cameo=row.get("cameo"),
            goldstein=row.get("goldstein"),
            actors=tuple(self.actor(actor, s) for actor in row["actors"]),
            recipients=tuple(self.actor(actor, s) for actor in row["recipients"]),
            status=Status(
                polarity=row.get("polarity", "affirmed"),
                realis=row.get("realis", "actual"),
                certainty=row.get("certainty", "certain"),
            ),
            attribution=tuple(self.source(link, s) for link in row.get("attribution", ())),
            date=When(**date, span=self.span(date["text"], s), anchor="published") if date else None,
            place=Place(**place) if place else None,
            counts={
                count["kind"]: Count(
                    low=count.get("low"),
                    best=count.get("best"),
                    high=count.get("high"),
                    text=count["text"],
                    span=self.span(count["text"], s),
                )
                for count in row.get("counts", ())
            },
            trigger=trigger,
            sentence=s,
            confidence={"record": row["confidence"]},
            why=tuple(self.reason(reason, s) for reason in row.get("why", ())),
            run=self.row["run"],
        )

    def statement(self, row: dict[str, Any], events: tuple[Event, ...]) -> Statement:
        s = row["s"]
        words = self.span(row["cue"][0], s)
        cue = Cue(start=words.start, end=words.end, text=words.text, sentence=s, lemma=row["cue"][1])
        content = tuple(self.span(words, s) for words in row["content"])
        return Statement(
            id=statement_id(self.row["id"], cue, content),
            document=self.row["id"],
            speakers=tuple(self.actor(actor, s) for actor in row["speakers"]),
            kind=row["kind"],
            cue=cue,
            content=content,
            addressees=tuple(self.actor(actor, s) for actor in row.get("addressees", ())),
            stance=tuple(
                Stance(target=Actor(name=stance["name"]), value=stance["value"])
                for stance in row.get("stance", ())
            ),
            asserts=tuple(
                Assertion(event=events[number].id, commitment="denies") for number in row.get("asserts", ())
            ),
            confidence={"record": row["confidence"]},
            run=self.row["run"],
        )

    def coded(self) -> Coded:
        row = self.row
        events = tuple(self.event(event) for event in row.get("event", ()))
        return Coded(
            document=Document(
                id=row["id"],
                text=self.text,
                url=row.get("url"),
                title=row.get("title"),
                publisher=row.get("publisher"),
                published=row.get("published"),
                sentences=tuple(self.sentences),
                removed=tuple(Removed(**removed) for removed in row.get("removed", ())),
                missed=tuple(
                    Missed(span=self.span(miss["text"], miss["s"]), reason=miss["reason"])
                    for miss in row.get("missed", ())
                ),
                run=row["run"],
            ),
            events=events,
            statements=tuple(self.statement(statement, events) for statement in row.get("statement", ())),
        )
