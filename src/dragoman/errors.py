"""The errors Dragoman raises on purpose: one tree, each saying what was wrong, where, and what to do.

DragomanError
 ├─ InputError       a text, page or line that cannot be read
 ├─ CodebookError    a codebook table with a fault
 ├─ KnowledgeError   a knowledge table with a fault
 ├─ ModelError       the shipped model is missing, damaged or of another form
 ├─ GoldError        a gold file that does not resolve
 ├─ StoreError       a store that cannot be opened, read or written
 │   └─ BusyError     another program has it open just now
 └─ UsageError       a wrong option or combination of options
"""


class DragomanError(Exception):
    """Root of all errors raised on purpose; program errors (our bugs) stay ValueError and are not caught."""

    def __init__(self, what: str, *, where: str, do: str) -> None:
        super().__init__(f"{where}: {what}. {do}")
        self.what, self.where, self.do = what, where, do

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with all three parts, so that a worker's error reaches its parent whole."""
        return _rebuild, (type(self), self.what, self.where, self.do)


def _rebuild(kind: type[DragomanError], what: str, where: str, do: str) -> DragomanError:
    return kind(what, where=where, do=do)


class InputError(DragomanError):
    """A document could not be read: encoding, form, size or language."""


class CodebookError(DragomanError):
    """A codebook table holds an unknown code, a repeated key or a missing column."""


class KnowledgeError(DragomanError):
    """A knowledge table is missing, damaged or inconsistent."""


class ModelError(DragomanError):
    """The model files are missing, damaged, or answer with values that are not finite."""


class GoldError(DragomanError):
    """A gold file does not resolve: quoted words not in the sentence, unknown codes, dates out of order."""


class StoreError(DragomanError):
    """A store is missing, damaged, of a later version, in another program's hands, or its disk is full."""


class BusyError(StoreError):
    """Another program has the store open; it can be had later."""


class UsageError(DragomanError):
    """An option or a combination of options that makes no sense."""
