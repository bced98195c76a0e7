"""PLOVER, CAMEO, the crosswalk between them, and a user's own categories: read-only tables and one loader."""

from dragoman.codebook.book import Codebook, load
from dragoman.codebook.constraints import Becomes, Constraints, Tie
from dragoman.codebook.crosswalk import Ambiguity
from dragoman.codebook.custom import Category, CustomCodebook, CustomMode, Example, load_custom, shipped
from dragoman.codebook.entries import (
    AuxiliaryEntry,
    CameoChoice,
    CameoEntry,
    ContextEntry,
    Entry,
    FormerEntry,
    ModeEntry,
    NonStateEntry,
    PloverChoice,
    Reciprocity,
    SectorEntry,
    TypeEntry,
)
from dragoman.codebook.own_patterns import Dependency, Pattern

__all__ = [
    "Ambiguity",
    "AuxiliaryEntry",
    "Becomes",
    "CameoChoice",
    "CameoEntry",
    "Category",
    "Codebook",
    "Constraints",
    "ContextEntry",
    "CustomCodebook",
    "CustomMode",
    "Dependency",
    "Entry",
    "Example",
    "FormerEntry",
    "ModeEntry",
    "NonStateEntry",
    "Pattern",
    "PloverChoice",
    "Reciprocity",
    "SectorEntry",
    "Tie",
    "TypeEntry",
    "load",
    "load_custom",
    "shipped",
]
