"""How sure a record is: the heads' probabilities, put together and calibrated.

Each side is as sure as its least sure actor. `record` is the probability that type and both sides are right: a logistic
function of those parts, whose weights were fitted on development texts (`training/confidence.py`).
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from dragoman.coding.odds import log_odds
from dragoman.coding.roles import Player

UNRESOLVED = 0.5  # an actor that the tables could not place
FEATURES = ("constant", "type", "actors", "recipients", "no_actors", "no_recipients", "nobody")
EDGE = 0.02  # probabilities nearer to 0 or 1 count as this near


def record_confidence(
    fields: Mapping[str, float], actors: Sequence[Player], recipients: Sequence[Player]
) -> dict[str, float]:
    """Confidence of each field and of the whole record, 0 to 1, three digits."""
    out = {name: round(value, 3) for name, value in fields.items()}
    for name, side in (("actors", actors), ("recipients", recipients)):
        if side:
            least = min(
                p.probability * (UNRESOLVED if p.actor.confidence is None else p.actor.confidence)
                for p in side
            )
            out[name] = round(least, 3)
    out["record"] = round(whole_record(out), 3)
    return dict(sorted(out.items()))


def features(confidence: Mapping[str, float]) -> list[float]:
    """What the fit sees of a record, in the order of `FEATURES`; a side that nobody fills has no confidence."""
    actors, recipients = "actors" in confidence, "recipients" in confidence
    return [
        1.0,
        log_odds(confidence.get("type", 0.0), EDGE),
        log_odds(confidence["actors"], EDGE) if actors else 0.0,
        log_odds(confidence["recipients"], EDGE) if recipients else 0.0,
        float(not actors),
        float(not recipients),
        float(not actors and not recipients),
    ]


def whole_record(confidence: Mapping[str, float]) -> float:
    """The probability that the record is right, from the confidence of its parts."""
    weights = _weights()
    return 1 / (1 + math.exp(-math.fsum(w * x for w, x in zip(weights, features(confidence), strict=True))))


@cache
def _weights() -> tuple[float, ...]:
    data = files("dragoman.coding").joinpath("data/confidence.toml").read_text(encoding="utf-8")
    given = tomllib.loads(data)
    return tuple(float(given[name]) for name in FEATURES)
