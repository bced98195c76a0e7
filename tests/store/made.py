"""Articles made for the tests of the store: sentences of our own, acts as a row says."""

from datetime import date

from dragoman.records import (
    Actor,
    Coded,
    Document,
    Event,
    Quad,
    Run,
    Span,
    Status,
    When,
    document_id,
    event_id,
)

RUN = Run(version="0", hashes={"model": "0" * 16}, options={}, machine="none")
QUADS = {"CONSULT": 1, "AID": 2, "ACCUSE": 3, "ASSAULT": 4}
SCALES = {"CONSULT": 2.5, "AID": 7.0, "ACCUSE": -2.5, "ASSAULT": -9.0}


def article(
    *acts: tuple[str, str, str, str | None],
    published: str | None = "2024-03-10",
    name: str = "a",
    status: Status | None = None,
    run: str = RUN.id,
) -> Coded:
    """An article named so. acts: type, actors' and recipients' countries ("FRA BEL"), day or null."""
    sentences, at = [], 0
    for number, act in enumerate(acts or (("NONE", "", "", None),)):
        words = f"Sentence {number} of {name} tells that somebody acted as in {act[0]}."
        sentences.append(Span(start=at, end=at + len(words), text=words, sentence=number))
        at += len(words) + 2
    text = "\n\n".join(sentence.text for sentence in sentences)
    id = document_id(text, name)
    events = []
    for number, (kind, actors, recipients, day) in enumerate(acts):
        begin = sentences[number].start + sentences[number].text.index("acted")
        trigger = Span(start=begin, end=begin + 5, text="acted", sentence=number)
        events.append(
            Event(
                id=event_id(id, trigger, kind),
                document=id,
                type=kind,
                modes=("visit",) if kind == "CONSULT" else (),
                quad=Quad(code=QUADS[kind], name="…"),
                scale=SCALES[kind],
                goldstein=SCALES[kind] / 2,
                cameo="042",
                actors=tuple(Actor(name=code, country=(code,)) for code in actors.split()),
                recipients=tuple(Actor(name=code, country=(code,)) for code in recipients.split()),
                status=status or Status(),
                date=_when(day),
                trigger=trigger,
                sentence=number,
                confidence={"record": 0.9},
                run=run,
            )
        )
    document = Document(
        id=id, text=text, url=name, published=published, sentences=tuple(sentences), source_id=name, run=run
    )
    return Coded(document=document, events=tuple(events), statements=())


def _when(day: str | None) -> When | None:
    if day is None:
        return None
    if ".." in day:
        start, end = day.split("..")
        return When(start=start or None, end=end or None, precision="range")
    return When(start=date.fromisoformat(day).isoformat(), end=day, precision="day")
