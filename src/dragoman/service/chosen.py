"""The events that pass the filters, as something that SQL can read from."""

from collections.abc import Collection
from typing import Final

from dragoman.service.filters import EVENTS, Where, needed

# Conditions that many events pass, and that cost little: with no other, reading twice is cheaper than keeping rows.
WIDE: Final = frozenset({"from", "until", "status", "copies", "min_confidence", "quad"})
_FOUND: Final = EVENTS.replace("event_rows e", "found e", 1)


class Chosen:
    """What the parts of one statement read from.

    Where few events pass, or a condition is slow, they are found once for all parts; else each part reads for itself.
    """

    def __init__(self, where: Where, apart: Collection[str] = ()) -> None:
        """apart: names of conditions that not all parts share."""
        self.values = where.bound()
        shared = Where({name: one for name, one in where.items() if name not in apart})
        self._once = shared if shared.keys() - WIDE else Where()
        self.row = "e.row_" if self._once else "e.rowid"  # its number in the file

    @property
    def begin(self) -> str:
        """What the WITH of the statement begins with."""
        if not self._once:
            return "WITH"
        condition = self._once.sql()
        return (
            f"WITH found AS MATERIALIZED (SELECT e.rowid AS row_, e.* FROM {needed(EVENTS, condition)}"
            f" WHERE {condition}),"
        )

    def events(self, where: Where, columns: str, also: str = "true") -> str:
        """SELECT of columns of the events `e`, and of their documents `d` if they are spoken of."""
        condition = f"{where.sql(without=self._once)} AND ({also})"
        tables = needed(_FOUND if self._once else EVENTS, f"{columns} {condition}")
        return f"SELECT {columns} FROM {tables} WHERE {condition}"
