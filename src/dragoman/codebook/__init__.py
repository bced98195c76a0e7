"""PLOVER, CAMEO, the crosswalk between them, and a user's own categories: read-only tables and one loader."""

from dragoman.codebook.book import Codebook, load
from dragoman.codebook.crosswalk import Ambiguity
from dragoman.codebook.custom import Category, CustomCodebook, CustomMode, load_custom
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

__all__ = [
    "Ambiguity",
    "AuxiliaryEntry",
    "CameoChoice",
    "CameoEntry",
    "Category",
    "Codebook",
    "ContextEntry",
    "CustomCodebook",
    "CustomMode",
    "Entry",
    "FormerEntry",
    "ModeEntry",
    "NonStateEntry",
    "PloverChoice",
    "Reciprocity",
    "SectorEntry",
    "TypeEntry",
    "load",
    "load_custom",
]
