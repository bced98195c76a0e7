"""PLOVER as files of any year write it, and what it is in the codebook: older types, modes and contexts renewed."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman import codebook
from dragoman.codebook import Codebook
from dragoman.store.formats.form import Losses


@dataclass(frozen=True, slots=True)
class Act:
    """Type, modes and contexts in today's PLOVER; note says what was renewed, or is null."""

    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    note: str | None


def current_act(type: str, modes: Sequence[str], contexts: Sequence[str], losses: Losses) -> Act | None:
    """The act in today's codes; null for an unknown type. Unknown modes and contexts are dropped and counted."""
    book = codebook.load()
    kind, notes, more = _type(book, type.strip().upper())
    if kind is None:
        return None
    found_modes = list(more)
    for mode in modes:
        word = mode.strip().casefold().replace("_", "-").replace(" ", "-")
        former = book.former("mode", f"{kind}/{word}")
        if word in book.modes(kind):
            found_modes.append(word)
        elif former is not None:
            found_modes += [former.now] if former.now else []
            notes.append(f"{kind}/{word}: {former.reason}")
        else:
            losses.add("modes that PLOVER does not know")
    found_contexts = []
    for context in contexts:
        word = context.strip().casefold().replace("-", "_").replace(" ", "_")
        former = book.former("context", word)
        if word in book.contexts:
            found_contexts.append(word)
        elif former is not None:
            found_contexts += [former.now] if former.now else []
            notes.append(f"{word}: {former.reason}")
        else:
            losses.add("contexts that PLOVER does not know")
    if notes:
        losses.add("mended: codes of an older PLOVER, renewed")
    return Act(
        kind,
        tuple(dict.fromkeys(found_modes)),
        tuple(dict.fromkeys(found_contexts)),
        "; ".join(notes) or None,
    )


def _type(book: Codebook, code: str) -> tuple[str | None, list[str], list[str]]:
    if code in book.types:
        return code, [], []
    former = book.former("type", code)
    if former is None or not former.now:
        return None, [], []
    kind, _, mode = former.now.partition("/")
    return kind, [f"{code}: {former.reason}"], [mode] if mode else []
