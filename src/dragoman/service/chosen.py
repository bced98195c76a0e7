"""The events that pass the filters, as something that SQL can read from."""

from collections.abc import Collection
from typing import Final

from dragoman.service.filters import EVENTS, Where, needed

# Conditions that look at every letter of a text or at every name: the parts of a statement share what they find.
SLOW: Final = ("q", "party", "actor", "recipient")
_FOUND: Final = EVENTS.replace("events e", "found e", 1)


class Chosen:
    """What the parts of one statement read from.

    Reading a few columns once more is cheaper than keeping rows, so each part reads the events by itself; but where a
    condition is slow, the rows that pass are found once.
    """

    def __init__(self, where: Where, apart: Collection[str] = ()) -> None:
        """apart: names of conditions that not all parts share."""
        self.values = where.bound()
        self._once = Where()
        if where.keys() & set(SLOW):
            self._once = Where({name: one for name, one in where.items() if name not in apart})
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
