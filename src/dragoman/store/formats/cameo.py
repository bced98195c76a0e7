"""What the CAMEO formats share: actor codes made of three-letter pieces, and the code of an act."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman import codebook
from dragoman.records import Actor, Event
from dragoman.store.formats.form import Losses
from dragoman.store.formats.imported import act_of, day, number, read_day
from dragoman.store.formats.layout import Cells, Part, Told
from dragoman.store.formats.tables import codes

PIECE: Final = 3
# What no CAMEO format has a place for, and what becomes of sectors that CAMEO lacks.
CANNOT_HOLD: Final = (
    "status",
    "attribution",
    "modes and contexts beyond the CAMEO code",
    "counts",
    "last day of a period",
)
SECTORS_LOST: Final = ("PRM: UAF", "SOC: CVL", "PRE and UNK: none")


@dataclass(frozen=True, slots=True)
class ActorCode:
    """An actor in CAMEO: pieces of its code. group: what stands beside IGO for one body ("EEC", "UNO")."""

    country: str = ""
    beyond: str = ""
    group: str = ""
    roles: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The pieces in one word, as GDELT and Phoenix write it: USAGOV, IGOUNO, IGOEUREEC."""
        return "".join((self.beyond, self.country, self.group, *self.roles))


def actor_code(actor: Actor | None, losses: Losses) -> ActorCode:
    """The CAMEO code of an actor; counts what CAMEO has no piece for."""
    if actor is None:
        return ActorCode()
    tables = codes()
    if len(actor.country) > 1:
        losses.add("further countries of an actor lost")
    country = beyond = group = ""
    first = actor.country[0] if actor.country else ""
    if first in tables.beyond_cameo:
        beyond, *rest = tables.beyond_cameo[first]
        country, group = (rest[0], rest[1]) if len(rest) > 1 else ("", rest[0] if rest else "")
    elif first in tables.countries:
        country = tables.countries[first].cameo
    elif first:
        losses.add("countries that CAMEO has no code for")
    roles: list[str] = []
    for sector in actor.sectors:
        known = tables.sectors.get(sector)
        if known is None or not known.exact:
            losses.add("sectors that CAMEO has no code of their own for (PRE PRM SOC UNK)")
        if known is not None and known.cameo:
            roles.append(known.cameo)
    return ActorCode(country, beyond, group, tuple(dict.fromkeys(roles)))


def pieces_of(code: str) -> list[str]:
    """The three-letter pieces of a code."""
    return [code[at : at + PIECE] for at in range(0, len(code), PIECE)]


def actor_of(name: str, pieces: Sequence[str], losses: Losses) -> Actor | None:
    """The actor of a row, from its name (its code, where the format has none) and the pieces of its code.

    A body beyond states has its code as country, as in PLOVER; null if the row has nothing.
    """
    if not name and not any(pieces):
        return None
    tables = codes()
    country = beyond = region = ""
    sectors = []
    for piece in filter(None, pieces):
        kind, plover = tables.roles.get(piece, ("", ""))
        if kind == "beyond":
            beyond = plover if plover in ("UNO", "EUR") or not beyond else beyond
        elif kind == "sector":
            sectors.append(plover)
        elif kind == "region":
            region = plover
        elif piece in tables.of_cameo:
            country = country or tables.of_cameo[piece]
        else:
            losses.add("pieces of actor codes that stand for a group, a people, a religion or a region")
    where = country or beyond or region
    bare = bool(country) and not beyond and not any(sectors) and len(set(filter(None, pieces))) == 1
    return Actor(
        name=name or "".join(pieces),
        kind="country" if bare else "unknown",
        country=(where,) if where else (),
        sectors=tuple(dict.fromkeys(filter(None, sectors))),
    )


def code_of(event: Event) -> tuple[str, float]:
    """CAMEO code and Goldstein value of an event, from the codebook where the record has none."""
    book = codebook.load()
    code = event.cameo
    if code is None or code not in book.cameo_codes:
        code = book.cameo(event.type, event.modes, event.contexts, event.status).code
    return code, event.goldstein if event.goldstein is not None else book.goldstein(code)


def sides_change(code: str) -> bool:
    """True where CAMEO's source is PLOVER's recipient (043, host a visit)."""
    return codebook.load().from_cameo(code).swap


def act_part(column: str, *, three_digits: bool = False) -> Part:
    """CAMEO's code as an act of PLOVER. three_digits: the format writes no root codes."""

    def read(cells: Cells, losses: Losses) -> Told | None:
        act = act_of(cells[column], losses, three_digits=three_digits)
        if act is None:
            return None
        code, choice = act
        book, modes = codebook.load(), (choice.mode,) if choice.mode else ()
        kind = choice.type or ""  # act_of gives none without
        return {
            "type": kind,
            "type_note": choice.reason,
            "modes": modes,
            "contexts": choice.contexts,
            "quad": book.quad(kind),
            "scale": book.scale(kind, modes),
            "cameo": code,
            "swap": choice.swap,
            "label": book.cameo_codes[code].name,
        }

    return Part("act", (column,), read)


def goldstein_part(column: str) -> Part:
    """The Goldstein value of a row."""
    return Part("goldstein", (column,), lambda cells, losses: {"goldstein": number(cells[column])})


def day_part(column: str, format: str) -> Part:
    """The day as YYYYMMDD or YYYY-MM-DD; a row without one is left out."""

    def read(cells: Cells, losses: Losses) -> Told | None:
        on = read_day(cells[column])
        if on is None:
            losses.add("left out: no date in the row")
            return None
        return {"when": day(on, f"import:{format}")}

    return Part("date", (column,), read)
