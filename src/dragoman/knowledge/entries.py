"""Things with names: countries, regions, organisations, groups, parties, media."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

EntryKind = Literal[
    "country", "demonym", "capital", "metonym", "region", "organisation", "igo", "ngo", "group", "party",
    "media", "company", "person", "other",
]  # fmt: skip
# Of several things with one name the state comes first, then what belongs to a state, then what is rarer.
_ORDER: tuple[EntryKind, ...] = (
    "country", "demonym", "metonym", "capital", "igo", "organisation", "person", "region", "group", "ngo",
    "media", "party", "company", "other",
)  # fmt: skip
RANK: dict[str, int] = {kind: rank for rank, kind in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an entity table.

    kind: "other" is a name that only looks like one of the rest ("Sea of Japan"); `scan` passes over it.
    form: for a demonym "adjective" ("Russian"), "singular" ("a Russian") or "plural" ("Russians"), several joined
    with a space; for media "state" or "public" if the state controls or owns them; None elsewhere.
    start, end: the period in which the row holds (both ends inside), open if None.
    source: the table, and where it has the row from; of a row of a user's own file, own, that file and the line.
    """

    id: str
    name: str
    kind: EntryKind
    country: tuple[str, ...]
    sectors: tuple[str, ...]
    form: str | None
    wikidata: str | None
    start: date | None
    end: date | None
    source: str
    own: bool = False

    def holds(self, on: date | None) -> bool:
        """Does the row hold on that day? An unknown day excludes nothing."""
        if on is None:
            return True
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a text that the tables know: half-open [start, end); several entries are homonyms, best first.

    compound: the other part of a hyphenated word ("led" of "Saudi-led", "anti" of "anti-Syrian"), else None. Such a
    name describes what follows; it is not who acts.
    """

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    compound: str | None = None
