"""The topic of a demand, promise, threat or refusal is no second event (coding.md §1.6).

"Demanded that troops withdraw" is one REQUEST; "promised to send aid" one AGREE. The inner act is left out where it is the
direct complement of the outer one's words, and said to be so in `missed`.
"""

from collections.abc import Sequence

from dragoman.codebook import load as load_codebook
from dragoman.coding.acts import Act
from dragoman.coding.words import Words
from dragoman.records import Missed

COMPLEMENTS = frozenset(("xcomp", "obj", "ccomp"))
PASSIVE = (
    "nsubj:pass"  # what is asked for or refused where that is told in the passive: "talks were cancelled"
)
UNREAL = frozenset(("would", "will", "to", "should", "must", "shall", "be"))


def without_topics(acts: Sequence[Act], words: Words) -> tuple[list[Act], list[Missed]]:
    """Leave out acts that are what another act asks for, promises, threatens or refuses."""
    covering = load_codebook().constraints.covers_topic
    outer = {token: act for act in acts if act.type in covering for token in act.tokens}
    kept: list[Act] = []
    missed: list[Missed] = []
    for act in acts:
        over = next((outer[words.heads[t]] for t in act.tokens if _complement_of(words, t, act, outer)), None)
        if over is None:
            kept.append(act)
        else:
            reason = f'topic of the {over.type} at "{over.span.text}", no act of its own ({act.type})'
            missed.append(Missed(span=act.span, reason=reason))
    return kept, missed


def _complement_of(words: Words, token: int, act: Act, outer: dict[int, Act]) -> bool:
    head = words.heads[token]
    relation = words.deps[token]
    if head not in outer or outer[head] is act:
        return False
    if relation != PASSIVE and relation.split(":")[0] not in COMPLEMENTS:
        return False
    if words.deps[token] != "ccomp":
        return True
    marks = {words.lower[t] for t in words.children[token]}
    return bool(marks & UNREAL)
