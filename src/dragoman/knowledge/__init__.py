"""Who is who and who held which office when: read-only tables with sources, opened by `load()`."""

from dragoman.knowledge.countries import Country
from dragoman.knowledge.entries import Entry, EntryKind, Hit
from dragoman.knowledge.lookup import Knowledge, load
from dragoman.knowledge.offices import Candidate
from dragoman.knowledge.own import OwnActors, own_reading
from dragoman.knowledge.roles import Body, Role

__all__ = [
    "Body", "Candidate", "Country", "Entry", "EntryKind", "Hit", "Knowledge", "OwnActors", "Role", "load", "own_reading",
]  # fmt: skip
