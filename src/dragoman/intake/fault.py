"""What went wrong with one input: a row, so that a batch goes on."""

from dataclasses import dataclass
from typing import Literal

Stage = Literal["intake", "coding", "worker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One input that could not be read or coded, or that was mended before it was read.

    file, line: where the input stands; line counts from 1 and is null where the whole file is meant.
    stage: `intake` (bytes to document), `coding` (document to records), `worker` (its process ended).
    error: name of the exception's class; trace: its traceback, only for errors nobody raised on purpose.
    lost: true if the text is not in the output; false if it was mended ("read as cp1252") and coded.
    document: id of the document, where it was read before the fault; source_id: the id its input gave it.
    """

    file: str
    line: int | None = None
    stage: Stage = "intake"
    error: str = "InputError"
    what: str
    do: str
    lost: bool = True
    source_id: str | None = None
    document: str | None = None
    trace: str | None = None

    @property
    def where(self) -> str:
        """`file:line`, or the file alone."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.do}"
