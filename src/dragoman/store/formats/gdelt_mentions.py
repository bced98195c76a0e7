"""GDELT 2.0 Mentions: 16 tab-separated columns without a header, a row for each row of the Events file.

It tells where in which article an event of the other file stands, and how sure the coder is. It holds no events, so
that there is nothing to import from it alone. Source of columns: codebook V2.0, 2015-02-19.
"""

from collections.abc import Iterable
from typing import IO, Final
from urllib.parse import urlsplit

from dragoman.records import Actor, Coded, Document
from dragoman.store.formats import cameo
from dragoman.store.formats.chosen import chosen, day_of, pairs_of, whole_number
from dragoman.store.formats.form import Format, Losses
from dragoman.store.formats.gdelt import added
from dragoman.store.formats.rows import write_row

COLUMNS: Final = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
WEB, CITATION = 1, 2
UNKNOWN_OFFSET: Final = -1
PERCENT: Final = 100


def write(coded: Iterable[Coded], out: IO[bytes], *, everything: bool = False) -> list[str]:
    """Write one row for each row that the Events file has, under the same number."""
    losses = Losses()
    for document, event in chosen(
        coded, losses, everything=everything, holds=("modes", "contexts", "counts")
    ):
        if (event.run or "").startswith("import:"):
            losses.add("left out: events of other systems, which bring no text along")
            continue
        if day_of(document, event, Losses()) is None:
            losses.add(
                "left out: neither the act nor the document has a day, and the Events file has no such row"
            )
            continue
        code, _ = cameo.code_of(event)
        sure = event.confidence.get("record")
        for part, (actor, recipient) in enumerate(pairs_of(event, losses)):
            one, two = (recipient, actor) if cameo.sides_change(code) else (actor, recipient)
            write_row(
                out,
                (
                    whole_number(event.id, part),
                    added(document),
                    added(document),
                    WEB if document.url else CITATION,
                    source_name(document),
                    document.url or document.title or document.source_id or document.id,
                    event.sentence + 1,
                    _offset(one),
                    _offset(two),
                    event.trigger.start,
                    1,
                    None if sure is None else round(sure * PERCENT),
                    len(document.text),
                    None,
                    "",
                    "",
                ),
            )
    return losses.lines()


def source_name(document: Document) -> str:
    """The domain of the page, as GDELT names its sources; the publisher where there is no address."""
    try:
        host = urlsplit(document.url or "").hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or document.publisher or ""


def _offset(actor: Actor | None) -> int:
    return actor.mentions[0].start if actor and actor.mentions else UNKNOWN_OFFSET


GDELT_MENTIONS: Final = Format(
    name="gdelt-mentions",
    title="GDELT 2.0 Mentions",
    suffix=".mentions.CSV",
    columns=COLUMNS,
    write=write,
    read=None,
    cannot_hold=(
        "the event itself: it stands in the Events file, under the same number",
        "statements",
        "reasons",
    ),
    approximate=(
        "offsets: Unicode characters of the clean text, -1 where the pair has no words of its own",
        "Confidence: whole per cent, empty where unknown",
        "MentionDocTone: empty, tone is not measured",
        "MentionIdentifier: the address, else the title, else the id",
    ),
)
