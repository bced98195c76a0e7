"""A page at a time: a cursor names a row's place in a total order, so no row comes twice and none is left out."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic import Field

from dragoman.service.parameters import Asked
from dragoman.service.problems import ProblemError

MOST_ITEMS: Final = 500
MOST_ROWS: Final = 100_000  # of a form that is sent row by row
ITEMS: Final = 50
ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order. kind: what a cursor may hold of it; null may be where `nullable`, and comes last."""

    sql: str
    kind: type
    descending: bool = False
    nullable: bool = False


Order = tuple[Key, ...]


class Paged(Asked):
    """Parameters of a page."""

    limit: int | None = Field(
        None, ge=1, le=MOST_ROWS, description="Rows of a page (JSON: 500 at most)", examples=[50]
    )
    cursor: str | None = Field(None, max_length=1000, description="`next` of the page before")

    def size(self, form: str) -> int:
        """How many rows; JSON is held whole, so it has fewer."""
        if form != "json":
            return self.limit or ROWS
        if self.limit and self.limit > MOST_ITEMS:
            raise ProblemError(
                422,
                f"{self.limit} is more than a page in JSON may have",
                where="limit",
                do=f"Give {MOST_ITEMS} at most, or ask for format=jsonl",
            )
        return self.limit or ITEMS


def order_by(order: Order) -> str:
    """The ORDER BY of an order."""
    return ", ".join(f"{key.sql} {'DESC' if key.descending else 'ASC'} NULLS LAST" for key in order)


def after(order: Order, place: Sequence[Any] | None) -> tuple[str, dict[str, Any]]:
    """The condition that a row comes after a place, and its values."""
    if place is None:
        return "true", {}
    values = {f"after_{n}": value for n, value in enumerate(place) if value is not None}
    sql = "false"
    for n, key in reversed(list(enumerate(order))):
        later, same = _compare(key, f"$after_{n}", place[n] is None)
        sql = f"({later} OR ({same} AND {sql}))" if sql != "false" else f"({later})"
    return sql, values


def _compare(key: Key, value: str, null: bool) -> tuple[str, str]:
    if null:  # nulls come last: nothing is later, all other nulls are the same
        return "false", f"{key.sql} IS NULL"
    later = f"{key.sql} {'<' if key.descending else '>'} {value}"
    return (f"{later} OR {key.sql} IS NULL" if key.nullable else later), f"{key.sql} = {value}"


def cursor_of(name: str, place: Sequence[Any]) -> str:
    """A place in the order of this name, in letters that an address can hold."""
    plain = [one.isoformat() if isinstance(one, date) else one for one in place]
    body = json.dumps([name, *plain], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(body).decode().rstrip("=")


def place_of(cursor: str | None, name: str, order: Order) -> list[Any] | None:
    """The place that a cursor names. Raises ProblemError 400 if it is none of this order."""
    if cursor is None:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(found, list) or len(found) != len(order) + 1 or found[0] != name:
            raise ValueError("another order")
        return [_value(key, value) for key, value in zip(order, found[1:], strict=True)]
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise ProblemError(
            400,
            "is no cursor of this list and order",
            where="cursor",
            do="Take `next` of the page before, and keep the other parameters",
        ) from error


def _value(key: Key, value: Any) -> Any:
    if value is None and key.nullable:
        return None
    if key.kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if key.kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if key.kind is int and (not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 1 << 62):
        raise ValueError("no whole number")
    if key.kind is str and isinstance(value, str):
        value.encode()  # a lone surrogate is no text
    elif key.kind is not int:
        raise TypeError("another kind of value")
    return value
