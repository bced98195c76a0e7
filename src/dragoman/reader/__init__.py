"""The reader: text to a spaCy Doc with sentences, tags, trees, names and the meaning heads' scores in one encoder pass."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.reader.component import SCORES, HeadScores, load_reader

__all__ = ["SCORES", "HeadScores", "load_reader"]


def __getattr__(name: str) -> Any:
    """Load spaCy only when the reader is used."""
    if name in __all__:
        from dragoman.reader import component

        return getattr(component, name)
    raise AttributeError(name)
