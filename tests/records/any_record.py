"""Whole coded articles with every field of every record filled or left out, as the classes' own types allow.

Built from one drawn number, because a strategy per field costs seconds an article; the number is what a failure names.
"""

import dataclasses
import types
import typing
from collections.abc import Mapping
from random import Random
from typing import Any, Literal

from hypothesis import strategies as st

from dragoman.records import Coded, Cue, Document, Event, Span, Statement

WORDS = (
    "",
    "Kyiv",
    "“Київ”",
    "line\nend",
    'quo"te\\',
    "👩‍🚒𝔘",
    "\x00\x1f\x7f",
    "\u2028\u202e",
    "e\u0301",
    "null",
)
TEXT = "Kyiv said “drones” hit 👩‍🚒 in Odesa.\n\nMoscow denied it.\x85"


def coded() -> st.SearchStrategy[Coded]:
    return st.integers(0, 2**32).map(build_coded)


def build_coded(seed: int) -> Coded:
    chance = Random(seed)
    document = dataclasses.replace(build(Document, chance), text=TEXT)
    events = [build(Event, chance) for _ in range(chance.randrange(3))]
    statements = [build(Statement, chance) for _ in range(chance.randrange(3))]
    return Coded(
        document=document,
        events=tuple(sorted(events, key=lambda event: event.trigger.start)),
        statements=tuple(sorted(statements, key=_first_character)),
    )


def build(kind: Any, chance: Random) -> Any:
    """A value of a type: a record class, or what its fields are declared as."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if kind in (Span, Cue):
        start = chance.randrange(len(TEXT))
        end = chance.randrange(start + 1, len(TEXT) + 1)
        given: dict[str, Any] = {"start": start, "end": end, "text": TEXT[start:end]}
        given["sentence"] = chance.choice([None, 0, 3])
        return kind(**given, **({"lemma": "say"} if kind is Cue else {}))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{f.name: build(hints[f.name], chance) for f in dataclasses.fields(kind)})  # type: ignore[operator]
    if origin is Literal:
        return chance.choice(parts)
    if origin is tuple:
        return tuple(build(parts[0], chance) for _ in range(chance.randrange(3)))
    if origin is Mapping:
        return {build(parts[0], chance): build(parts[1], chance) for _ in range(chance.randrange(3))}
    if origin in (types.UnionType, typing.Union):
        return build(chance.choice(parts), chance)
    plain: dict[Any, Any] = {
        str: chance.choice(WORDS),
        int: chance.randrange(-9, 2**40),
        float: chance.choice([0.0, 1.0, -0.5, 1e-9, 1e15, chance.random()]),
        type(None): None,
    }
    return plain[kind]


def _first_character(statement: Statement) -> int:
    return min((span.start for span in statement.content), default=0)
