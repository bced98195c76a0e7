"""Kinds of query parameters: lists by commas, codes of the codebook, words, days; what is wrong is said in our words."""

from collections.abc import Callable, Collection
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from dragoman import codebook

LONGEST: Final = 200  # characters of one value
MOST: Final = 50  # values of one parameter
LATEST_YEAR: Final = 9999


class Asked(BaseModel):
    """Parameters of a request; one that is unknown is a fault, so that a slip in a name is not taken for "all"."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def fault(what: str, do: str) -> PydanticCustomError:
    """A fault of a parameter in our words; pydantic adds which."""
    return PydanticCustomError("dragoman", "{what}. {do}", {"what": what, "do": do})


def split(value: Any) -> list[str]:
    """`a,b` and `a` and `b` as one list, each once."""
    given = value if isinstance(value, list) else [value]
    parts = [part.strip() for one in given for part in str(one).split(",")]
    return _few([part for part in parts if part])


def whole(value: Any) -> list[str]:
    """Values that may hold commas."""
    given = value if isinstance(value, list) else [value]
    return _few([str(one).strip() for one in given if str(one).strip()])


def _few(values: list[str]) -> list[str]:
    if len(values) > MOST:
        raise fault(f"there are {len(values)} values", f"Give {MOST} at most")
    if too_long := next((one for one in values if len(one) > LONGEST), None):
        raise fault(f"a value has {len(too_long)} characters", f"Give {LONGEST} at most")
    return list(dict.fromkeys(values))


def one_of(known: Callable[[], Collection[str]], kind: str) -> Callable[[Any], list[str]]:
    """A check for a list of codes."""

    def check(value: Any) -> list[str]:
        values = split(value)
        for one in values:
            if one not in known():
                near = get_close_matches(one.upper(), known(), n=3, cutoff=0.5)
                near = near or get_close_matches(one.lower(), known(), n=3, cutoff=0.5)
                do = f"Try {', '.join(near)}" if near else f"GET /api/codebook lists each {kind}"
                raise fault(f"{one!r} is no {kind}", do)
        return values

    return check


def _country(value: Any) -> list[str]:
    values = split(value)
    for one in values:
        if not (len(one) == 3 and one.isascii() and one.isalpha() and one.isupper()):
            raise fault(
                f"{one!r} is no country", "Write ISO 3166-1 alpha-3 in capitals: KEN, or UNO, EUR, IGO …"
            )
    return values


@cache
def types() -> tuple[str, ...]:
    """PLOVER types."""
    return tuple(codebook.load().types)


@cache
def modes() -> tuple[str, ...]:
    """Modes with and without their type."""
    entries = [mode for entry in codebook.load().types.values() for mode in entry.modes]
    return tuple(dict.fromkeys([*(mode.key for mode in entries), *(mode.code for mode in entries)]))


@cache
def contexts() -> tuple[str, ...]:
    """PLOVER contexts."""
    return tuple(codebook.load().contexts)


def _some(pattern: str) -> dict[str, Any]:
    """JSON Schema of a list of such values, each with commas or without."""
    one = f"({pattern})"
    items = {"type": "string", "pattern": f"^{one}(,{one})*$", "maxLength": LONGEST}
    return {"items": items, "maxItems": MOST}


def choices(names: Collection[str]) -> dict[str, Any]:
    """JSON Schema of a list of some of these names."""
    return _some("|".join(names))


def _day(value: Any) -> Any:
    if value is None or isinstance(value, date):
        return value
    try:
        found = date.fromisoformat(str(value)) if len(str(value)) == 10 else None
    except ValueError:
        found = None
    if found is None:
        raise fault(f"{value!r} is no day", "Write YYYY-MM-DD")
    return found


WORDS: Final[dict[str, Any]] = {"items": {"type": "string", "maxLength": LONGEST}, "maxItems": MOST}
Codes = Annotated[list[str], BeforeValidator(split)]
Names = Annotated[list[str], BeforeValidator(whole), Field(json_schema_extra=WORDS)]
Countries = Annotated[list[str], BeforeValidator(_country), Field(json_schema_extra=_some("[A-Z]{3}"))]
Types = Annotated[
    list[str], BeforeValidator(one_of(types, "type")), Field(json_schema_extra=choices(types()))
]
Modes = Annotated[
    list[str],
    BeforeValidator(one_of(modes, "mode")),
    Field(json_schema_extra=_some("[A-Z]+/[a-z-]+|[a-z-]+")),
]
Contexts = Annotated[
    list[str],
    BeforeValidator(one_of(contexts, "context")),
    Field(json_schema_extra=choices(contexts())),
]
Day = Annotated[date | None, BeforeValidator(_day)]
