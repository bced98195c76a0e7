"""Rows of the probe files, as TOML holds them."""

from typing import Any, Literal

import msgspec


class EventRow(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What one event must be; "any": not asked for."""

    type: str | list[str] | None = None
    actors: list[str] | Literal["any"] | None = None
    recipients: list[str] | Literal["any"] | None = None
    polarity: str | list[str] | None = None
    realis: str | list[str] | None = None
    attribution: list[str] | Literal["any"] | None = None
    date: list[str] | Literal["any"] | None = None


class StatementRow(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What one statement must be."""

    speakers: list[str] | None = None
    countries: list[str] | None = None
    kind: str | None = None
    content: str | None = None
    attribution: list[str] | None = None


class ProbeRow(msgspec.Struct, forbid_unknown_fields=True):
    """A changed text, and the fields that change with it."""

    kind: str
    text: str
    event: EventRow | None = None
    statement: StatementRow | Literal["any"] | None = None
    events: int | list[int] | None = None


class BaseRow(msgspec.Struct, forbid_unknown_fields=True):
    """A text, what its records must be, and what is made of it."""

    id: str
    text: str
    event: EventRow | None = None
    statement: StatementRow | Literal["any"] | None = None
    events: int | list[int] | None = None
    probes: list[ProbeRow] = []


class SuiteFile(msgspec.Struct, forbid_unknown_fields=True):
    """A file of bases."""

    source: str
    published: Any
    base: list[BaseRow]


class CountryRow(msgspec.Struct, forbid_unknown_fields=True):
    """A country as a text may name it."""

    code: str
    name: str
    adjective: str
    capital: str


class TablesFile(msgspec.Struct, forbid_unknown_fields=True):
    """What every base is changed by."""

    source: str
    renamings: list[tuple[CountryRow, CountryRow]]
    links: list[str]
