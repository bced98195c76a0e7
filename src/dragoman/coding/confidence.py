"""How sure a record is: the heads' probabilities, put together.

`record` is the product of its parts: the trigger head's probability of the type, and for each side the least sure of its
actors. It orders records; it is not calibrated yet, so it is no promise of a share.
"""

from collections.abc import Mapping, Sequence

from dragoman.coding.roles import Player

NOBODY = 0.4  # a record with neither side; set by hand after docs/reading.md, not measured
UNRESOLVED = 0.5  # an actor that the tables could not place


def record_confidence(
    fields: Mapping[str, float], actors: Sequence[Player], recipients: Sequence[Player]
) -> dict[str, float]:
    """Confidence of each field and of the whole record, 0 to 1, three digits."""
    out = {name: round(value, 3) for name, value in fields.items()}
    whole = fields.get("type", 0.0)
    for name, side in (("actors", actors), ("recipients", recipients)):
        if side:
            least = min(
                p.probability * (UNRESOLVED if p.actor.confidence is None else p.actor.confidence)
                for p in side
            )
            out[name] = round(least, 3)
            whole *= least
    if not actors and not recipients:
        whole *= NOBODY
    out["record"] = round(whole, 3)
    return dict(sorted(out.items()))
