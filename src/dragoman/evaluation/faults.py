"""A fault of a gold or corpus file: where, in which record, what, and what to write instead."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. where: file and line; record: document and event or statement; do: what to write instead."""

    where: str
    record: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.where} ({self.record}): {self.what}. {self.do}"
