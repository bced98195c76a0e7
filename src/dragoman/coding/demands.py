"""What somebody demands of another by saying that he must: "“Kenya must free the sailors,” the minister said".

The words name a deed of the other's; what has happened is the demand. Its actor is who says so, its recipient who must.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.acts import Act
from dragoman.coding.roles import Cast, Player
from dragoman.coding.statements import Saying
from dragoman.records import Alternative, Reason

DUTY = frozenset(("must", "should", "ought"))
THEN = "REQUEST"
SPARED = frozenset(("THREATEN",))  # "must expect an answer" is no demand


@dataclass(frozen=True, slots=True)
class Demand:
    """Who demands, and of whom."""

    actors: tuple[Player, ...]
    recipients: tuple[Player, ...]


def find_demands(
    acts: Sequence[Act], sayings: Sequence[Saying], cast: Cast
) -> tuple[list[Act], Mapping[int, Demand]]:
    """The acts with those that are demands turned into such, and the sides of these by number of the act."""
    out: list[Act] = []
    found: dict[int, Demand] = {}
    for number, act in enumerate(acts):
        demand = None if act.type in SPARED else _demand(act, sayings, cast)
        if demand is not None:
            found[number] = demand
            act = _turned(act)
        out.append(act)
    return out, found


def _demand(act: Act, sayings: Sequence[Saying], cast: Cast) -> Demand | None:
    words = cast.words
    for token in act.tokens:
        below = words.children[token]
        if not any(words.deps[c] == "aux" and words.lower[c] in DUTY for c in below):
            continue
        subject = next((c for c in below if words.deps[c] == "nsubj"), None)
        around = [saying for saying in sayings if token in saying.content and saying.speakers]
        if subject is None or not around:
            return None
        speakers = min(around, key=lambda saying: len(saying.content)).speakers
        others = cast.named_at(subject, field="recipients", by="demands:who must")
        here, there = _lands(speakers), _lands(others)
        if not here or not there or here & there:
            return None
        return Demand(tuple(_as_actor(player) for player in speakers), tuple(others))
    return None


def _lands(players: Sequence[Player]) -> set[str]:
    return {code for player in players for code in player.actor.country}


def _as_actor(player: Player) -> Player:
    why = Reason(
        field="actors",
        value=player.actor.name,
        by="demands:who says that another must",
        evidence=(player.span,),
    )
    return replace(player, reasons=(why,))


def _turned(act: Act) -> Act:
    if act.type == THEN:
        return act
    reason = Reason(
        field="type",
        value=THEN,
        by="demands:a speaker says that another must",
        evidence=(act.span,),
        alternatives=(Alternative(value=act.type, probability=round(act.probability, 3)),),
    )
    return replace(act, type=THEN, reason=reason)
