"""Clusters while they grow: what has been learned of an entity so far."""

from dataclasses import dataclass, field
from typing import Literal

from dragoman.coding.mentions import Mention
from dragoman.knowledge import Hit

Nature = Literal["person", "country", "organisation", "group", "crowd", "place", "thing", "list"]
KnownNature = Literal["person", "country", "organisation", "group", "crowd", "place"]
# What a row of the tables stands for: both the nature of its entity and the kind of its actor.
KIND_OF_ENTRY: dict[str, KnownNature] = {
    "country": "country",
    "capital": "country",
    "metonym": "country",
    "region": "place",
    "organisation": "organisation",
    "igo": "organisation",
    "ngo": "organisation",
    "media": "organisation",
    "company": "organisation",
    "party": "organisation",
    "group": "group",
    "person": "person",
    "demonym": "crowd",
}
NATURE_OF_KIND: dict[str, Nature] = {
    "person": "person",
    "organisation": "organisation",
    "crowd": "crowd",
    "group": "group",
    "country": "country",
    "place": "place",
}


@dataclass(slots=True)
class Draft:
    """A cluster while it grows."""

    number: int
    nature: Nature
    mentions: list[int] = field(default_factory=list)
    by: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    entry: str | None = None
    state: str | None = None
    country: tuple[str, ...] = ()
    heads: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    sectors: set[str] = field(default_factory=set)
    plural: bool = False
    gender: str | None = None
    parts: tuple[int, ...] = ()
    last: int = -1


# Second halves of a hyphenated word after which the name before it says where somebody belongs.
AT_HOME = frozenset(
    {"based", "born", "owned", "controlled", "flagged", "registered", "run", "trained", "held", "ruled"}
)


def says_whose(hit: Hit) -> bool:
    """Tell whether a name before a noun says whose it is: "Cairo-based" does, "anti-Syrian" and "US-led" do not."""
    return hit.compound is None or hit.compound in AT_HOME


def modifier_countries(mention: Mention) -> tuple[str, ...]:
    """The countries that the adjectives and names before the noun give ("Russian", "US and South Korean")."""
    codes: list[str] = []
    for hit in mention.modifiers:
        entry = hit.entries[0]
        if entry.kind in ("demonym", "country", "capital", "region") and says_whose(hit):
            codes += [code for code in entry.country if code not in codes]
    return tuple(codes)


def state_of(mention: Mention) -> str | None:
    """The country code where a mention is a state, or its capital or seat of power standing for it."""
    if mention.hit is None:
        return None
    entry = mention.hit.entries[0]
    if entry.kind in ("country", "capital", "metonym") and len(entry.country) == 1:
        return entry.country[0]
    return None


LOOSE = frozenset(
    {"organisation", "group", "thing", "crowd"}
)  # what a noun calls the one, another calls the other


def agree(a: Nature, b: Nature) -> bool:
    """Can two natures be one thing? An unknown thing can be anything but a person."""
    return a == b or (a in LOOSE and b in LOOSE)
