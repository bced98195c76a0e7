"""When did an act take place, and by which words of its sentence?"""

from collections.abc import Sequence

from spacy.tokens import Doc

from dragoman.coding.attach import (
    TokenRange,
    attach,
    has_sentences,
    on_main_line,
    sentence_range,
    token_range,
)
from dragoman.coding.timexes import find_timexes, publication_day, read_as_future
from dragoman.records import Reason, Timex, When
from dragoman.records.event import Realis

__all__ = ["date_event", "find_timexes", "lead_end"]


def date_event(
    doc: Doc,
    trigger: TokenRange,
    timexes: Sequence[Timex],
    published: str | None,
    *,
    realis: Realis = "actual",
    is_lead: bool = False,
    is_speech_act: bool = False,
) -> tuple[When, Reason]:
    """Date one act.

    trigger: token range of the words that carry the act. timexes: all of the text, from `find_timexes`.
    is_lead: the trigger stands in the headline or lead (before `lead_end`). is_speech_act: the act is something said, so a date inside
    what is said is not its own.
    The expression closest to the act in its clause decides; without one, an act that the lead tells as the news
    of the day carries the day of publication; anything else has no date.
    """
    first, last = sentence_range(doc, trigger[0])
    low, high = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    day = publication_day(published)
    iso = day.isoformat() if day else None
    near = [
        t
        for t in timexes
        if low <= t.span.start < high and not t.reason.startswith("dates:clock") and _may_date(t, iso, realis)
    ]
    attached = attach(doc, trigger, [token_range(doc, t.span.start, t.span.end) for t in near])
    if attached:
        best = attached[0]
        timex = near[best.index]
        if realis == "future" and timex.anchor == "published" and timex.start is not None:
            timex = read_as_future(doc, timex, published) or timex
        reason = f"{timex.reason}; {best.how}"
        when = When(
            start=timex.start,
            end=timex.end,
            precision=timex.precision,
            text=timex.span.text,
            span=timex.span,
            anchor=timex.anchor,
            reason=reason,
        )
        others = tuple(near[a.index].span.text for a in attached[1:3])
        note = f"other dates of the sentence: {', '.join(others)}" if others else None
        return when, _reason(when, reason.split(":")[1].join(("dates:", "")), (timex,), note)
    if is_lead and iso is not None and realis not in ("historical", "future") and on_main_line(doc, trigger):
        when = When(
            start=iso,
            end=iso,
            precision="day",
            anchor="published",
            reason="dates:news of the day: told by the lead",
        )
        return when, _reason(when, "dates:news-of-the-day", (), None)
    when = When(reason="dates:none: no expression belongs to the act")
    return when, _reason(when, "dates:none", (), None)


def _may_date(timex: Timex, published: str | None, realis: Realis) -> bool:
    """An act already done was not done after publication: such a date belongs to what is promised or planned."""
    after = published is not None and timex.start is not None and timex.start > published
    return not after or realis in ("future", "hypothetical")


def _reason(when: When, by: str, evidence: Sequence[Timex], note: str | None) -> Reason:
    value = f"{when.start or '…'}/{when.end or '…'}" if when.start or when.end else "unknown"
    return Reason(
        field="date", value=value, by=by, evidence=tuple(t.span for t in evidence), note=note or when.reason
    )


# A text of at most so many sentences is all lead: a brief tells nothing but the news.
BRIEF_SENTENCES = 3


def lead_end(doc: Doc) -> int:
    """The token at which the lead ends: the headline and the first sentence under it; all of a brief."""
    sentences = list(doc.sents) if has_sentences(doc) else []
    if len(sentences) <= BRIEF_SENTENCES:
        return len(doc)
    title_end = doc.text.find("\n\n")
    titled = sentences[0].end_char <= title_end + 2 if title_end > 0 else False
    return int(sentences[1 if titled else 0].end)
