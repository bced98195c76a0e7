"""Where did an act take place, as its sentence says.

Read from the words around a name: a preposition in the act's own clause ("in", "near"), the act's object where
acts are done to places ("shelled Kinmen"), a modifier ("the Kabul bombing"), a place named before ("in the town").
Never from who acted: a possessive, a nationality or the seat of a government is not a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.coding.attach import TokenRange, attach_nearby, sentence_range, token_range
from dragoman.coding.toponyms import Lexicon, chained, find_toponyms, lexicon, word_before
from dragoman.coding.words import Words
from dragoman.records import Place, Reason, Span, Toponym

__all__ = ["find_toponyms", "place_event"]

# A place less exact or only nearby must stand so much closer to the act to be taken, in steps of `attach`.
DISADVANTAGE = {"country": 0.5, "region": 0.3, "admin1": 0.2, "near": 0.4}
# Words of a speech act's content are told from its own by nearness.
SPEECH_REACH = 1.0
# A movement's goal stands at most so many tokens from it.
GOAL_REACH = 7


@dataclass(frozen=True, slots=True)
class _Option:
    """A place that the sentence gives; tokens: where its words stand; how: why they place an act."""

    place: Place
    tokens: TokenRange
    how: str
    evidence: Span


def place_event(
    words: Words,
    trigger: TokenRange,
    toponyms: Sequence[Toponym],
    *,
    is_speech_act: bool = False,
) -> tuple[Place | None, Reason | None]:
    """Place one act where its sentence says it took place; null where no words place it.

    trigger: token range of the words that carry the act. toponyms: all of the text, from `find_toponyms`.
    is_speech_act: the act is something said, so a place inside what is said is not its own.
    """
    first, last = sentence_range(words, trigger[0])
    low, high = words.starts[first], words.ends[last - 1]
    near = [t for t in toponyms if low <= t.span.start < high]
    options = _named(words, trigger, near)
    options += _named_before(words, first, last, toponyms)
    best: tuple[float, int] | None = None
    for attached in attach_nearby(words, trigger, [option.tokens for option in options]):
        if is_speech_act and attached.cost > SPEECH_REACH:
            continue
        place = options[attached.index].place
        cost = attached.cost + DISADVANTAGE.get(place.precision, 0.0)
        if best is None or cost < best[0]:
            best = (cost, attached.index)
    if best is None:
        return None, None
    option = options[best[1]]
    reason = f"{option.place.reason}; {option.how}"
    place = replace(option.place, reason=reason, span=option.evidence)
    value = f"{place.name} ({place.country})" if place.country else place.name
    by = f"places:{option.how.split()[0]}"
    return place, Reason(field="place", value=value, by=by, evidence=(option.evidence,), note=reason)


def _named(words: Words, trigger: TokenRange, near: Sequence[Toponym]) -> list[_Option]:
    """The sentence's own place names that some word makes the place of an act."""
    out: list[_Option] = []
    for index, toponym in enumerate(near):
        if toponym.place is None:
            continue
        if index and chained(words.text, near[index - 1].span.end, toponym.span.start):
            # "Goma, North Kivu": the smaller place says it all
            continue
        how = _placing_word(words, trigger, toponym, lexicon())
        if how:
            place = toponym.place
            if how == "near" and place.precision in ("exact", "admin2"):
                place = replace(place, precision="near")
            out.append(
                _Option(place, token_range(words, toponym.span.start, toponym.span.end), how, toponym.span)
            )
    return out


def _placing_word(words: Words, trigger: TokenRange, toponym: Toponym, table: Lexicon) -> str:
    """Which words make this name the place of an act: a preposition, the act itself, or none ("")."""
    text, end = words.text, toponym.span.end
    possessive = text[end : end + 2] in ("'s", "’s")
    is_country = toponym.place is not None and toponym.place.kind == "country"
    before = word_before(text, toponym.span.start, table)
    start, stop = token_range(words, toponym.span.start, toponym.span.end)
    trigger_words = set(words.lower[trigger[0] : trigger[1]])
    if not possessive and is_country and _modifies(words, start, stop, table):
        return ""
    if possessive and (is_country or before not in table.inside):
        return ""
    if before == "near":
        return "near"
    if before in table.inside and not (
        before in ("on", "over", "through", "into")
        and is_country
        and not trigger_words & table.done_to_places
    ):
        return f"preposition {before!r}"
    gap = start - trigger[1]
    if before in table.goal:
        opening = before == "from" and text[: toponym.span.start].rstrip().endswith(("From", "\nFrom"))
        if opening or (trigger_words & table.motion and 0 <= gap <= GOAL_REACH):
            return f"goal {before!r}"
    if trigger[0] <= start and stop <= trigger[1]:
        return "object of the act" if trigger_words & (table.inside | table.done_to_places) else ""
    if trigger_words & table.done_to_places and 0 <= gap <= 6 and not possessive:
        between = words.lower[trigger[1] : start]
        if all(word in table.between or word in ("on", "against") for word in between):
            return "object of the act"
    if (
        stop == trigger[0]
        and not is_country
        and start
        and words.lower[start - 1] in ("the", "a", "this", "that", "in", "of")
    ):
        return "modifier of the act"
    return ""


def _modifies(words: Words, start: int, stop: int, table: Lexicon) -> bool:
    """Whether the name only modifies the noun after it ("the U.S. embassy in Ottawa")."""
    if words.parsed:
        head = words.top(start, stop)
        return words.deps[head] in ("compound", "amod", "nmod:desc") and words.heads[head] >= stop
    if stop >= len(words):
        return False
    after = words.word(stop)
    return after.isalpha() and after.islower() and after not in table.after_name


TOWNS = frozenset({"capital", "admin1-seat", "town", "part-of-town", "venue", None})
REGIONS = frozenset({"admin1", "admin2", "region", "island"})
ANAPHOR_KINDS: dict[str, frozenset[str | None]] = {
    "town": TOWNS,
    "region": REGIONS,
    "country": frozenset({"country"}),
    "here": TOWNS,
}


def _named_before(words: Words, first: int, last: int, toponyms: Sequence[Toponym]) -> list[_Option]:
    """Places that the sentence takes up from before: "in the town", "at the site", "here"."""
    table, lower = lexicon(), words.lower
    out = []
    for index in range(first, last):
        word = lower[index]
        kind, begin = "", index
        if word == "here" or (word == "there" and not (index + 1 < last and lower[index + 1] in BE)):
            kind = "here"
        elif index - 2 >= first and lower[index - 1] in ("the", "that", "this", "same"):
            kind = next((k for k, nouns in table.anaphors.items() if word in nouns), "")
            begin = index - 2
            if lower[begin] not in table.inside | table.near or (
                index + 1 < last and lower[index + 1] == "of"
            ):
                kind = ""
        if not kind:
            continue
        earlier = [
            t for t in toponyms
            if t.span.end <= words.starts[begin] and t.place is not None and t.place.kind in ANAPHOR_KINDS[kind]
        ]  # fmt: skip
        if not earlier:
            continue
        place = earlier[-1].place
        assert place is not None
        near = lower[begin] in table.near and place.precision == "exact"
        start, end = words.starts[begin], words.ends[index]
        span = Span(start=start, end=end, text=words.text[start:end])
        how = f"anaphor: {span.text!r} is the last such place named"
        out.append(
            _Option(replace(place, precision="near") if near else place, (begin, index + 1), how, span)
        )
    return out


BE = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "may",
        "might",
        "could",
        "'s",
        "’s",
        "be",
    }
)
