"""When an act took place, and by which words of its sentence."""

from collections.abc import Sequence

from dragoman.coding.attach import (
    TokenRange,
    attach,
    on_main_line,
    sentence_range,
    token_range,
)
from dragoman.coding.timexes import find_timexes, publication_day, read_as_future
from dragoman.coding.words import Words
from dragoman.records import Reason, Timex, When
from dragoman.records.event import Realis

# Without a parse, so far after a speech act a date still counts as the day of saying, in steps of `attach`.
SPEECH_REACH = 1.5

__all__ = ["date_event", "find_timexes", "lead_end"]


def date_event(
    words: Words,
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
    is_lead: the trigger stands in the headline or lead (before `lead_end`).
    is_speech_act: the act is something said, so a date inside what is said is not its own.
    The expression closest to the act in its clause decides; without one, an act that the lead tells as the news
    of the day carries the day of publication; anything else has no date.
    """
    first, last = sentence_range(words, trigger[0])
    low, high = words.starts[first], words.ends[last - 1]
    day = publication_day(published)
    iso = day.isoformat() if day else None
    near = [
        t
        for t in timexes
        if low <= t.span.start < high and not t.reason.startswith("dates:clock") and _may_date(t, iso, realis)
    ]
    ranges = [token_range(words, t.span.start, t.span.end) for t in near]
    if not words.parsed:
        kept = [i for i, tokens in enumerate(ranges) if not _names_a_thing(words, tokens, trigger)]
        near, ranges = [near[i] for i in kept], [ranges[i] for i in kept]
    attached = attach(words, trigger, ranges, through_saying=is_speech_act)
    if is_speech_act and not words.parsed:
        # without a parse only nearness tells the day of saying from a day inside what is said
        attached = [a for a in attached if ranges[a.index][0] < trigger[1] or a.cost <= SPEECH_REACH]
    if attached:
        best = attached[0]
        timex = near[best.index]
        if realis == "future" and timex.anchor == "published" and timex.start is not None:
            timex = read_as_future(words.text, timex, published) or timex
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
    if (
        is_lead
        and iso is not None
        and realis not in ("historical", "future", "hypothetical")
        and on_main_line(words, trigger)
    ):
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


def _names_a_thing(words: Words, tokens: TokenRange, trigger: TokenRange) -> bool:
    """Whether, without a parse, the expression only says which thing is meant ("the 2015 bill"), and that is not the act."""
    start, end = tokens
    if start == 0 or end >= len(words) or words.lower[start - 1] not in DETERMINERS:
        return False
    if not words.word(end).isalpha():
        return False
    return words.lower[end] not in AFTER_DATE and not (trigger[0] - NOUN_PHRASE <= end <= trigger[1])


DETERMINERS = frozenset({
    "the", "a", "an", "its", "his", "her", "their", "this", "that", "former",
})  # fmt: skip
AFTER_DATE = frozenset({
    "and", "or", "in", "on", "at", "to", "by", "when", "after", "before", "while", "as", "with", "from",
    "for", "the", "that", "who", "which", "said", "until",
})  # fmt: skip
# A noun phrase has at most so many words between its date and its noun.
NOUN_PHRASE = 3


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


def lead_end(words: Words) -> int:
    """The token at which the lead ends: the headline and the first sentence under it; all of a brief."""
    if len(words.bounds) <= BRIEF_SENTENCES:
        return len(words)
    title_end = words.text.find("\n\n")
    first_end = words.ends[words.bounds[0][1] - 1]
    titled = title_end > 0 and first_end <= title_end + 2
    return words.bounds[1 if titled else 0][1]
