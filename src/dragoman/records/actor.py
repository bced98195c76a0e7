"""Entities playing a part in a record."""

from dataclasses import dataclass
from typing import Literal

from dragoman.records.span import Span

ActorKind = Literal["person", "organisation", "country", "place", "group", "crowd", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, is acted on, or speaks.

    country: ISO 3166-1 alpha-3 codes, or one of PLOVER's non-state codes (UNO EUR IGO NGO MNC ISM IMG);
        one code unless the actor truly stands for several states; empty if the text does not say.
    sectors: PLOVER sectors, primary first. role: the office as the text gives it.
    mentions: spans that name it here, first the one used in the record.
    resolved_by: name, fuzzy, office+country, metonym, coreference, description, nationality, own:FILE:LINE (a row of the
        user's own actors), or null.
    """

    name: str
    id: str | None = None
    kind: ActorKind = "unknown"
    country: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    role: str | None = None
    mentions: tuple[Span, ...] = ()
    resolved_by: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One actor of the article with all its mentions, in text order."""

    actor: Actor
    mentions: tuple[Span, ...]
