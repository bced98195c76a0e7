"""Bytes to Document: readers of text, HTML, JSON Lines and feeds; cleaning; publisher and date."""

from dragoman.errors import InputError
from dragoman.intake.fault import Fault, Stage
from dragoman.intake.feed import follow_link
from dragoman.intake.note import Note, Noter
from dragoman.intake.published import published
from dragoman.intake.raw import Form, Raw
from dragoman.intake.read import read
from dragoman.intake.sources import inputs

__all__ = [
    "Fault",
    "Form",
    "InputError",
    "Note",
    "Noter",
    "Raw",
    "Stage",
    "follow_link",
    "inputs",
    "published",
    "read",
]
