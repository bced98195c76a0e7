"""What the codebook holds: one frozen class for each kind of row, and the two answers of the crosswalk."""

from dataclasses import dataclass
from typing import Literal

from dragoman.records import Quad

Reciprocity = Literal["always", "possible", "never"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeEntry:
    """How an act of one type was done; the same word may be a mode of several types, so `key` names both.

    score: PLOVER score, -10 to 10; adds_context: the context that comes with the mode, or null.
    """

    type: str
    code: str
    definition: str
    score: float
    reciprocal: Reciprocity
    adds_context: str | None
    source: str

    @property
    def key(self) -> str:
        """Type and mode in one word, as `describe` takes it: ASSAULT/aerial."""
        return f"{self.type}/{self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeEntry:
    """One of the sixteen event types; `boundary` says where the line to its neighbours runs."""

    code: str
    name: str
    definition: str
    boundary: str
    quad: Quad
    score: float
    needs_recipient: bool
    reciprocal: Reciprocity
    modes: tuple[ModeEntry, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextEntry:
    """A theme that any event may have."""

    code: str
    definition: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorEntry:
    """A part of society that an actor belongs to.

    frequent: PLOVER lists it among the frequently used ones; secondary: mostly given beside another sector.
    """

    code: str
    name: str
    definition: str
    frequent: bool
    secondary: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NonStateEntry:
    """A code that stands in place of a country for bodies and movements over several states."""

    code: str
    name: str
    definition: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuxiliaryEntry:
    """One of PLOVER's four auxiliary modes, and the status that gives it."""

    code: str
    field: Literal["polarity", "realis"]
    value: str
    definition: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerEntry:
    """A code of an older PLOVER, or a slip in print, and what it is now; null where nothing follows it."""

    kind: Literal["type", "mode", "context", "country"]
    code: str
    now: str | None
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoEntry:
    """A CAMEO code of two to four digits, a string with its leading zero.

    quad: GDELT's class (1 to 4); quad_phoenix: Phoenix's (0 for comments and appeals); goldstein: -10 to 10.
    """

    code: str
    name: str
    root: str
    quad: int
    quad_phoenix: int
    goldstein: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameoChoice:
    """The CAMEO code of a PLOVER act: the best one, the others that fit, best first, and why.

    told_as_done: false where the act is negated, still to come or supposed. CAMEO cannot say so: a file of
    CAMEO codes leaves such a row out, or its reader will count it as done.
    """

    code: str
    goldstein: float
    alternatives: tuple[str, ...]
    reason: str
    told_as_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PloverChoice:
    """The PLOVER act of a CAMEO code; `type` is null where PLOVER has no event for it (comment).

    alternatives: "TYPE" or "TYPE/mode", best first; contexts: what the code itself says of the theme;
    swap: CAMEO's source is PLOVER's recipient, and its target the actor.
    """

    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    alternatives: tuple[str, ...]
    swap: bool
    reason: str


Entry = TypeEntry | ModeEntry | ContextEntry | SectorEntry | NonStateEntry | AuxiliaryEntry | CameoEntry
