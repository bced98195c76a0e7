"""Coded articles for the tests of the pages: one with all there is, a few with places and parties, one per payload."""

from collections.abc import Iterator
from dataclasses import replace

from dragoman.records import (
    Actor,
    Alternative,
    Assertion,
    Coded,
    Cue,
    Document,
    Entity,
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
    document_id,
    event_id,
    statement_id,
)

from .page_payloads import PAYLOADS

RUN = "0123456789ab"
QUADS = {
    "CONSULT": (1, "verbal cooperation", 2.5),
    "AID": (2, "material cooperation", 7.0),
    "ACCUSE": (3, "verbal conflict", -2.5),
    "ASSAULT": (4, "material conflict", -9.0),
}
LYON = Place(name="Lyon", country="FRA", lat=45.75, lon=4.85, precision="exact", geonames_id=2996944)
MONS = Place(name="Mons", country="BEL", lat=50.45, lon=3.95, precision="near", geonames_id=2790869)
HAINAUT = Place(name="Hainaut", country="BEL", lat=50.5, lon=4.0, precision="admin1", geonames_id=2796741)
KENYA = Place(name="Kenya", country="KEN", lat=1.0, lon=38.0, precision="country", geonames_id=192950)
PLACES = (LYON, MONS, HAINAUT, KENYA)


class _Text:
    """A text by its paragraphs, each one sentence, and spans of its words."""

    def __init__(self, *paragraphs: str) -> None:
        self.text = "\n\n".join(paragraphs)
        self.sentences = []
        at = 0
        for number, words in enumerate(paragraphs):
            self.sentences.append(Span(start=at, end=at + len(words), text=words, sentence=number))
            at += len(words) + 2

    def span(self, words: str, sentence: int) -> Span:
        start = self.sentences[sentence].start + self.sentences[sentence].text.index(words)
        return Span(start=start, end=start + len(words), text=words, sentence=sentence)


def harbour() -> Coded:
    """One article with all there is, and letters beyond U+FFFF before the words that count."""
    text = _Text(
        "Divers seize buoy off Lyon 🚢🇫🇷",
        "🚢 France accused Belgium of theft on Monday near Mons, the harbour master said.",
        "“We did not touch the buoy,” Belgian envoy Ada Peel told reporters.",
    )
    id = document_id(text.text, "harbour")
    france = Actor(
        name="France", kind="country", country=("FRA",), sectors=("GOV",), mentions=(text.span("France", 1),)
    )
    belgium = Actor(name="Belgium", kind="country", country=("BEL",), mentions=(text.span("Belgium", 1),))
    master = Actor(
        name="harbour master", kind="person", country=("FRA",), mentions=(text.span("the harbour master", 1),)
    )
    peel = Actor(
        name="Ada Peel",
        kind="person",
        country=("BEL",),
        role="envoy",
        mentions=(text.span("Belgian envoy Ada Peel", 2),),
    )
    trigger, touch = text.span("accused", 1), text.span("touch", 2)
    accuse = Event(
        id=event_id(id, trigger, "ACCUSE"),
        document=id,
        type="ACCUSE",
        modes=("allege",),
        contexts=("territory",),
        quad=Quad(code=3, name="verbal conflict"),
        scale=-2.5,
        cameo="112",
        goldstein=-2.0,
        actors=(france,),
        recipients=(belgium,),
        attribution=(Source(source=master, cue=text.span("said", 1), commitment="asserts"),),
        date=When(
            start="2024-03-04",
            end="2024-03-04",
            precision="day",
            text="on Monday",
            span=text.span("on Monday", 1),
            anchor="published",
        ),
        place=replace(MONS, span=text.span("near Mons", 1)),
        trigger=trigger,
        sentence=1,
        confidence={"record": 0.81, "type": 0.9},
        why=(
            Reason(
                field="type",
                value="ACCUSE",
                by="head:type",
                evidence=(trigger,),
                alternatives=(Alternative(value="REJECT", probability=0.07),),
                probability=0.9,
            ),
            Reason(
                field="date",
                value="2024-03-04",
                by="dates:weekday",
                evidence=(text.span("on Monday", 1),),
                note="the last one before publication",
            ),
        ),
        run=RUN,
    )
    seize = Event(
        id=event_id(id, touch, "ASSAULT"),
        document=id,
        type="ASSAULT",
        quad=Quad(code=4, name="material conflict"),
        scale=-9.0,
        actors=(belgium,),
        status=Status(polarity="negated"),
        trigger=touch,
        sentence=2,
        confidence={"record": 0.4},
        run=RUN,
    )  # fmt: skip
    cue = text.span("told", 2)
    content = (text.span("We did not touch the buoy", 2),)
    said = Statement(
        id=statement_id(
            id, Cue(start=cue.start, end=cue.end, text="told", sentence=2, lemma="tell"), content
        ),
        document=id,
        speakers=(peel,),
        kind="direct",
        cue=Cue(start=cue.start, end=cue.end, text="told", sentence=2, lemma="tell"),
        content=content,
        asserts=(Assertion(event=seize.id, commitment="denies"),),
        stance=(Stance(target=france, value="oppose", strength=0.8),),
        confidence={"record": 0.97},
        why=(Reason(field="kind", value="direct", by="statements:quotation marks", evidence=content),),
        run=RUN,
    )
    document = Document(
        id=id,
        text=text.text,
        title="Divers seize buoy off Lyon 🚢🇫🇷",
        publisher="Channel Post",
        published="2024-03-05",
        place_line="LYON",
        language="en",
        url="https://example.org/buoy",
        removed=(Removed(text="LYON, March 5 —", reason="dateline"),),
        sentences=tuple(text.sentences),
        source_id="harbour",
        entities=(Entity(actor=france, mentions=france.mentions), Entity(actor=peel, mentions=peel.mentions)),
        missed=(Missed(span=text.span("seize", 0), reason="told again in sentence 1"),),
        run=RUN,
    )  # fmt: skip
    return Coded(document=document, events=(accuse, seize), statements=(said,))


def small(n: int) -> Coded:
    """An article with two acts of changing kind, day, parties and place."""
    kinds = tuple(QUADS)
    text = _Text(f"Report {n} tells that they acted.", f"Then, says report {n}, others moved.")
    id = document_id(text.text, None)
    events = []
    for sentence, (word, kind) in enumerate((("acted", kinds[n % 4]), ("moved", kinds[(n // 2) % 4]))):
        code, name, scale = QUADS[kind]
        trigger = text.span(word, sentence)
        day = f"2024-0{1 + n % 9}-1{sentence}"
        countries = ("FRA", "BEL", "KEN", "UGA")
        events.append(
            Event(
                id=event_id(id, trigger, kind),
                document=id,
                type=kind,
                quad=Quad(code=code, name=name),
                scale=scale,
                actors=(Actor(name=countries[n % 4], country=(countries[n % 4],)),),
                recipients=(
                    Actor(
                        name=countries[(n + 1 + sentence) % 4], country=(countries[(n + 1 + sentence) % 4],)
                    ),
                ),
                date=When(start=day, end=day, precision="day"),
                place=PLACES[n % 4],
                trigger=trigger,
                sentence=sentence,
                confidence={"record": 0.5 + n / 100},
                run=RUN,
            )
        )
    document = Document(
        id=id,
        text=text.text,
        title=f"Report {n}",
        publisher="Daily Ledger",
        published=f"2024-0{1 + n % 9}-12",
        sentences=tuple(text.sentences),
        run=RUN,
    )
    return Coded(document=document, events=tuple(events), statements=())


def hostile(payload: str, n: int) -> Coded:
    """An article whose every text field holds a payload."""
    text = _Text(f"{payload} {n}", f"{payload} fought and said {payload} again.")
    id = document_id(text.text, None)
    trigger, cue = text.span("fought", 1), text.span("said", 1)
    span = text.span(payload, 1)
    actor = Actor(
        name=payload,
        id=payload,
        role=payload,
        kind="person",
        country=("FRA",),
        mentions=(span,),
        resolved_by="name",
    )
    other = Actor(name=f"{payload} {n}", country=("BEL",), mentions=(span,))
    reason = Reason(
        field="type",
        value=payload,
        by=payload,
        evidence=(span,),
        alternatives=(Alternative(value=payload, probability=0.1),),
        note=payload,
    )
    event = Event(
        id=event_id(id, trigger, "ASSAULT"),
        document=id,
        type="ASSAULT",
        quad=Quad(code=4, name="material conflict"),
        actors=(actor,),
        recipients=(other,),
        attribution=(Source(source=actor, cue=cue, commitment="denies"),),
        date=When(start="2024-02-02", end="2024-02-02", precision="day", text=payload, span=span),
        place=replace(LYON, name=payload, span=span),
        trigger=trigger,
        sentence=1,
        confidence={"record": 0.5},
        why=(reason,),
        run=RUN,
    )
    said = Cue(start=cue.start, end=cue.end, text="said", sentence=1, lemma="say")
    statement = Statement(
        id=statement_id(id, said, (span,)),
        document=id,
        speakers=(actor,),
        kind="direct",
        cue=said,
        content=(span,),
        why=(reason,),
        run=RUN,
    )
    document = Document(
        id=id,
        text=text.text,
        title=f"{payload} {n}",
        publisher=payload,
        byline=payload,
        place_line=payload,
        url=payload,
        language=payload,
        published="2024-02-03",
        removed=(Removed(text=payload, reason=payload),),
        sentences=tuple(text.sentences),
        entities=(Entity(actor=actor, mentions=(span,)),),
        missed=(Missed(span=span, reason=payload),),
        run=RUN,
    )
    return Coded(document=document, events=(event,), statements=(statement,))


def articles() -> Iterator[Coded]:
    """Articles without malice."""
    yield harbour()
    for n in range(24):
        yield small(n)


def hostile_articles() -> Iterator[Coded]:
    """One for each payload."""
    for n, payload in enumerate(PAYLOADS):
        yield hostile(payload, n)
