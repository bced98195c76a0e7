"""What was mended in a text before it was read."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Something mended: what, what to do if it matters, and the line of the file where it was seen first."""

    what: str
    do: str
    line: int | None = None


Noter = Callable[[Note], None]


def unheard(note: Note) -> None:
    """Take a note and do nothing with it."""
