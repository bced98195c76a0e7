"""How it was done, and what it is about: modes and contexts of an act."""

from collections.abc import Sequence

from dragoman.codebook import load as load_codebook
from dragoman.coding.heads import Heads
from dragoman.records import Alternative, Reason, Span

MODE_CUT = 0.5  # best F1 on the development part, see training/README.md
CONTEXT_CUT = 0.2
# Of a type whose every act has a mode the best one is taken even below the cut, if it is not hopeless.
MODE_FLOOR = 0.25


def modes_of(
    heads: Heads, tokens: Sequence[int], kind: str, span: Span
) -> tuple[tuple[str, ...], list[Reason], float | None]:
    """Modes of an act of this type, likeliest first, their reasons, and the probability of the first."""
    names = heads.labels["modes"]
    own = heads.modes_of_type.get(kind)
    if own is None:
        return (), [], None
    scores = heads.mean("modes", tokens).tolist()
    order = sorted(own, key=lambda k: (-scores[k], k))
    chosen = [k for k in order if scores[k] >= MODE_CUT]
    if not chosen and kind in load_codebook().constraints.needs_mode and scores[order[0]] >= MODE_FLOOR:
        chosen = order[:1]
    short = {k: names[k].split("/", 1)[1] for k in own}
    others = tuple(
        Alternative(value=short[k], probability=round(scores[k], 3))
        for k in order
        if k not in chosen and scores[k] >= 0.1
    )[:2]
    reasons = [
        Reason(
            field="modes",
            value=short[k],
            by="head:modes",
            evidence=(span,),
            alternatives=others,
            probability=round(scores[k], 3),
        )
        for k in chosen
    ]
    return tuple(short[k] for k in chosen), reasons, scores[chosen[0]] if chosen else None


def contexts_of(heads: Heads, tokens: Sequence[int], span: Span) -> tuple[tuple[str, ...], list[Reason]]:
    """Contexts of an act, likeliest first."""
    names = heads.labels["contexts"]
    scores = heads.mean("contexts", tokens).tolist()
    enough = [k for k, score in enumerate(scores) if score >= CONTEXT_CUT]
    chosen = sorted(enough, key=lambda k: (-scores[k], k))
    reasons = [
        Reason(
            field="contexts",
            value=names[k],
            by="head:contexts",
            evidence=(span,),
            probability=round(scores[k], 3),
        )
        for k in chosen
    ]
    return tuple(names[k] for k in chosen), reasons
