"""Who said what, a row a statement: which ones are asked for, and the columns that tell them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dragoman.cli.columns import first_sentence
from dragoman.knowledge.folding import fold
from dragoman.records import Actor, Coded, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which statements are asked for; an empty wish is no wish, several values of one mean any of them.

    speakers: parts of a name or an office, in any case and without accents. countries, sectors: of a speaker.
    stances, targets: a side that the content takes, and towards whom (a part of the name, or a country); where both
    are given one side must fit both. first, last: days, ISO 8601, of saying, else of publication.
    """

    speakers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    min_confidence: float = 0.0

    def fits(self, coded: Coded, statement: Statement) -> bool:
        """Say whether the statement is asked for. One without a day fits no span of days."""
        day = day_of(coded, statement)
        return (
            (not self.kinds or statement.kind in self.kinds)
            and statement.confidence.get("record", 1.0) >= self.min_confidence
            and (not self.speakers or any(_named(actor, self.speakers) for actor in statement.speakers))
            and (not self.countries or any(_of(actor, self.countries) for actor in statement.speakers))
            and (
                not self.sectors
                or any(set(actor.sectors) & set(self.sectors) for actor in statement.speakers)
            )
            and self._takes_side(statement)
            and (self.first is None or (day is not None and day >= self.first))
            and (self.last is None or (day is not None and day <= self.last))
        )

    def _takes_side(self, statement: Statement) -> bool:
        if not self.stances and not self.targets:
            return True
        return any(
            (not self.stances or stance.value in self.stances)
            and (
                not self.targets
                or _named(stance.target, self.targets)
                or _of(stance.target, [target.upper() for target in self.targets])
            )
            for stance in statement.stance
        )


def _named(actor: Actor, parts: Sequence[str]) -> bool:
    names = [actor.name, actor.role or "", *(mention.text for mention in actor.mentions)]
    return any(fold(part) in fold(name) for part in parts for name in names)


def _of(actor: Actor, countries: Sequence[str]) -> bool:
    return bool(set(actor.country) & set(countries))


def day_of(coded: Coded, statement: Statement) -> str | None:
    """The first day on which it was said, where the text tells it, else the day of publication."""
    return _said_on(statement) or (coded.document.published or "")[: len("2024-05-14")] or None


def _said_on(statement: Statement) -> str | None:
    date = statement.occasion.date if statement.occasion else None
    start = date.start or date.end if date else None
    return start[: len("2024-05-14")] if start else None


def _title(coded: Coded) -> str:
    return coded.document.title or coded.document.text.split("\n", 1)[0][:100]


Read = Callable[[Coded, Statement], Any]
COLUMNS: Final[tuple[tuple[str, Read], ...]] = (
    ("date", day_of),
    ("dated_by", lambda c, s: "text" if _said_on(s) else "publication" if c.document.published else None),
    ("speakers", lambda c, s: [actor.name for actor in s.speakers]),
    ("offices", lambda c, s: [actor.role or "" for actor in s.speakers]),
    ("sectors", lambda c, s: ["/".join(actor.sectors) for actor in s.speakers]),
    ("countries", lambda c, s: ["/".join(actor.country) for actor in s.speakers]),
    ("kind", lambda c, s: s.kind),
    ("cue", lambda c, s: s.cue.text if s.cue else None),
    ("content", lambda c, s: " … ".join(span.text for span in s.content)),
    ("sources", lambda c, s: [link.source.name for link in s.attribution]),
    ("addressees", lambda c, s: [actor.name for actor in s.addressees]),
    ("stances", lambda c, s: [stance.value for stance in s.stance]),
    ("targets", lambda c, s: [stance.target.name for stance in s.stance]),
    ("target_countries", lambda c, s: ["/".join(stance.target.country) for stance in s.stance]),
    ("document", lambda c, s: c.document.id),
    ("source_id", lambda c, s: c.document.source_id),
    ("title", lambda c, s: _title(c)),
    ("publisher", lambda c, s: c.document.publisher),
    ("sentence", first_sentence),
    ("start", lambda c, s: s.content[0].start if s.content else None),
    ("end", lambda c, s: s.content[-1].end if s.content else None),
    ("confidence", lambda c, s: s.confidence.get("record")),
    ("statement", lambda c, s: s.id),
)
"""Lists stand side by side: the n-th office belongs to the n-th speaker, the n-th stance to the n-th target.
sources: who passed it on, outermost first. start, end: of the content, in characters of the document's text."""


def chosen(coded: Coded, wish: Wish) -> Iterator[Statement]:
    """The statements of a document that are asked for, in text order."""
    return (statement for statement in coded.statements if wish.fits(coded, statement))


def quote_row(coded: Coded, statement: Statement) -> list[Any]:
    """One row, with a value for each column."""
    return [read(coded, statement) for _, read in COLUMNS]
