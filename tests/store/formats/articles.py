"""Coded articles as a coder may give them: known codes, sensible dates and places, awkward names.

Built from one drawn number, which is what a failure names.
"""

from random import Random

from hypothesis import strategies as st

from dragoman import codebook
from dragoman.records import (
    Actor,
    Coded,
    Count,
    Document,
    Event,
    Place,
    Reason,
    Source,
    Span,
    Status,
    When,
    document_id,
    event_id,
)
from dragoman.store.formats.tables import codes

SENTENCES = (
    "Arvania's harbour guard seized “two” boats off Cape Sela.",
    "The prefect of Dol met envoys of Belmark; talks went on.",
    'Union leader K. "Kit" Ó Máille\u00a0called for a strike 👩‍🚒.',
)
TEXT = "\n\n".join(SENTENCES)
NAMES = (
    "Arvania",
    "K. “Kit” Ó Máille",
    'the "Ninth" Brigade',
    "Dol; Sela and Co.",
    "Правда",
    "two\tboats",
    "–",
    "NULL's",
)
PLACES = ("Dol", "Cape Sela", "Saint-Éloi, Upper", "Żary", "Kit's Town")
COUNTRIES = ("USA", "ROU", "XKX", "TLS", "PSE", "COD", "CIV", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC", "IGO")
URLS = (None, "https://example.org/news?a=1&b=%20x")


def articles() -> st.SearchStrategy[list[Coded]]:
    return st.lists(st.integers(0, 2**32), min_size=1, max_size=3, unique=True).map(
        lambda seeds: [build(seed) for seed in seeds]
    )


def build(seed: int) -> Coded:
    chance = Random(seed)
    url, published = (
        chance.choice(URLS),
        chance.choice(["2024-02-29", "2024-03-01T23:30:00-05:00", "1999-12-31"]),
    )
    text = f"{TEXT} {seed}"
    sentences, at = [], 0
    for number, words in enumerate(text.split("\n\n")):
        sentences.append(Span(start=at, end=at + len(words), text=words, sentence=number))
        at += len(words) + 2
    document = Document(
        id=document_id(text, url),
        text=text,
        url=url,
        title=chance.choice([None, "Boats seized"]),
        publisher=chance.choice([None, "The Harbour Post"]),
        language=chance.choice([None, "en"]),
        published=published,
        sentences=tuple(sentences),
        source_id=chance.choice([None, "4711", "story-é"]),
        run="0123456789ab",
    )
    events = [event(document, chance) for _ in range(chance.randrange(4))]
    unique = {each.id: each for each in events}.values()
    return Coded(
        document=document,
        events=tuple(sorted(unique, key=lambda each: each.trigger.start)),
        statements=(),
    )


def event(document: Document, chance: Random) -> Event:
    book = codebook.load()
    kind = chance.choice(sorted(book.types))
    modes = tuple(chance.sample(sorted(book.modes(kind)), min(len(book.modes(kind)), chance.randrange(3))))
    contexts = tuple(chance.sample(sorted(book.contexts), chance.randrange(3)))
    sentence = chance.choice(document.sentences)
    assert sentence.sentence is not None
    start = sentence.start + chance.randrange(len(sentence.text) - 8)
    words = document.text[start : start + 7].strip() or "boats"
    start = document.text.index(words)
    trigger = Span(start=start, end=start + len(words), text=words)
    choice = book.cameo(kind, modes, contexts)
    happened = chance.random() < 0.7
    count = Count(
        low=chance.choice([None, 2.0]), best=3.0, high=chance.choice([None, 4.5]), text="three", span=trigger
    )
    return Event(
        id=event_id(document.id, trigger, kind),
        document=document.id,
        type=kind,
        modes=modes,
        contexts=contexts,
        quad=book.quad(kind),
        scale=book.scale(kind, modes),
        cameo=choice.code,
        goldstein=choice.goldstein,
        actors=tuple(actor(chance) for _ in range(chance.randrange(3))),
        recipients=tuple(actor(chance) for _ in range(chance.randrange(3))),
        status=Status()
        if happened
        else Status(
            polarity=chance.choice(["affirmed", "negated"]),
            realis=chance.choice(["future", "hypothetical", "historical"]),
            certainty=chance.choice(["certain", "probable", "possible"]),
        ),
        attribution=tuple(
            Source(
                source=Actor(name="Reuters", country=("GBR",)), commitment=chance.choice([None, "asserts"])
            )
            for _ in range(chance.randrange(2))
        ),
        date=when(chance),
        place=place(chance),
        counts={} if chance.random() < 0.6 else {"killed": count, "displaced": count},
        trigger=trigger,
        sentence=next(s.sentence or 0 for s in document.sentences if s.start <= trigger.start < s.end),
        confidence={"record": chance.choice([0.5, 0.125, 1.0])},
        why=(Reason(field="type", value=kind, by="head:type"),),
        run=document.run,
    )


def actor(chance: Random) -> Actor:
    countries = sorted(codes().countries) if chance.random() < 0.5 else COUNTRIES
    return Actor(
        name=chance.choice(NAMES),
        id=chance.choice([None, "Q42", "arv-guard"]),
        kind=chance.choice(["person", "organisation", "country", "unknown"]),  # type: ignore[arg-type]
        country=tuple(chance.sample(countries, chance.choice([0, 1, 1, 1, 2]))),
        sectors=tuple(chance.sample(sorted(codes().sectors), chance.choice([0, 1, 1, 2, 3]))),
        role=chance.choice([None, "prefect; acting"]),
    )


def when(chance: Random) -> When | None:
    if chance.random() < 0.3:
        return chance.choice([None, When(text="in those days", reason="dates:unresolved")])
    start = f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    if chance.random() < 0.7:
        return When(start=start, end=start, precision="day", text="on Sunday")
    return When(start=start, end=chance.choice([None, "2026-01-31"]), precision="range", text="since then")


def place(chance: Random) -> Place | None:
    if chance.random() < 0.3:
        return None
    located = chance.random() < 0.8
    return Place(
        name=chance.choice(PLACES),
        geonames_id=chance.choice([None, 1816670]),
        kind=chance.choice([None, "town", "admin1", "country"]),
        admin1=chance.choice([None, "Texas", "Cluj", "Upper, Dol"]),
        admin2=chance.choice([None, "Harbour District"]),
        country=chance.choice([None, *COUNTRIES[:7]]),
        lat=round(chance.uniform(-90, 90), 4) if located else None,
        lon=round(chance.uniform(-180, 180), 4) if located else None,
        precision=chance.choice(["exact", "near", "admin2", "admin1", "country", "region", "unknown"]),  # type: ignore[arg-type]
    )
