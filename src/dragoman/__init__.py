"""Dragoman reads news and writes the record: who did or said what to whom, when, where, according to whom, and why.

>>> import dragoman
>>> coder = dragoman.load()
>>> coded = coder("Rudenko met Qin in Beijing on Sunday.", published="2023-06-26")
>>> coded.events, coded.statements
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dragoman.coder import Coder, load
    from dragoman.errors import DragomanError
    from dragoman.records import Actor, Coded, Document, Event, Span, Statement

__all__ = ["Actor", "Coded", "Coder", "Document", "DragomanError", "Event", "Span", "Statement", "load"]

_HOME = {"Coder": "coder", "load": "coder", "DragomanError": "errors"}


def __getattr__(name: str) -> Any:
    """Find public names when they are first used, so that `import dragoman` costs next to nothing."""
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"dragoman.{_HOME.get(name, 'records')}"), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
