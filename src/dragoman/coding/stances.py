"""For whom and against whom a statement speaks.

The pair head scores every word near a cue as the target of praise or help ("support") and of blame or refusal
("oppose"). An actor is a target by its likeliest mention; words that name no actor are one where the head is sure of a
noun ("against the bill"). What the head learnt, and from what: guidelines of the corpus, case 25.
"""

from typing import Literal

from dragoman.coding.actors import Actors
from dragoman.coding.heads import Floats, Heads
from dragoman.coding.statements import Saying
from dragoman.coding.words import Words, runs
from dragoman.records import Actor, Alternative, Reason, Span, Stance

# Probability from which an actor, or a thing, is a target: best F1 on the development part (benchmarks/stance.py).
CUT = 0.35
THING_CUT = 0.5
BEFORE = 1  # sentences before the cue's in which a target may stand ("He condemned it": the attack just told)
Side = Literal["support", "oppose"]
SIDES: tuple[Side, Side] = ("support", "oppose")
NOUNS = frozenset(("NOUN", "PROPN"))


def stances_of(
    heads: Heads, words: Words, actors: Actors, saying: Saying
) -> tuple[tuple[Stance, ...], tuple[Reason, ...]]:
    """The targets of a statement, in text order, each with its side, and the reasons, if the model has such a head."""
    if not set(SIDES) <= set(heads.labels["pairs"]):
        return (), ()
    sheets = {side: heads.pair(saying.cue, side) for side in SIDES}
    first, last = _reach(words, saying)
    speakers = {player.actor.name for player in saying.speakers}
    found: list[tuple[int, Stance, Reason]] = []
    taken: set[int] = set()
    best: dict[str, tuple[float, int, Actor, Span, dict[Side, float]]] = {}
    for mention in actors.mentions_in(words.starts[first], words.ends[last - 1]):
        chances = {
            side: _phrase(sheet, mention.head, mention.first, mention.end) for side, sheet in sheets.items()
        }
        strongest = max(chances.values())
        if strongest < CUT or not actors.is_somebody(mention):
            continue
        taken.update(range(mention.first, mention.end))
        for actor, _ in actors.actors_of(mention):
            if actor.name in speakers:
                continue
            if actor.name not in best or strongest > best[actor.name][0]:
                best[actor.name] = (strongest, mention.first, actor, mention.span, chances)
    for _, at, actor, span, chances in best.values():
        found.append((at, *_stance(actor, span, chances)))
    for run in _things(words, sheets, (first, last), taken):
        span = words.span(run[0], run[-1])
        chances = {side: max(float(sheet[t]) for t in run) for side, sheet in sheets.items()}
        found.append((run[0], *_stance(Actor(name=span.text, mentions=(span,)), span, chances)))
    found.sort(key=lambda item: item[0])
    return tuple(stance for _, stance, _ in found), tuple(reason for _, _, reason in found)


def _reach(words: Words, saying: Saying) -> tuple[int, int]:
    """First token and last + 1 of the sentences in which a target is looked for."""
    sentences = {words.sentence_of[t] for t in (*saying.cue, *saying.content)}
    return words.bounds[max(0, min(sentences) - BEFORE)][0], words.bounds[max(sentences)][1]


def _phrase(sheet: Floats, head: int, first: int, end: int) -> float:
    """The head's view of a mention: its head word, lifted half-way to its best word."""
    return (float(sheet[head]) + float(sheet[first:end].max())) / 2


def _things(
    words: Words, sheets: dict[Side, Floats], reach: tuple[int, int], taken: set[int]
) -> list[list[int]]:
    """Runs of words that the head is sure of, that hold a noun and are no part of an actor's mention."""
    first, last = reach
    sure = [
        t
        for t in range(first, last)
        if t not in taken
        and words.solid[t]
        and max(float(sheet[t]) for sheet in sheets.values()) >= THING_CUT
    ]
    out = []
    for run in runs(sure):
        while run and words.pos[run[0]] in ("DET", "PRON", "ADP"):
            run = run[1:]
        if any(words.pos[t] in NOUNS for t in run):
            out.append(run)
    return out


def _stance(actor: Actor, span: Span, chances: dict[Side, float]) -> tuple[Stance, Reason]:
    side, other = sorted(SIDES, key=lambda side: -chances[side])
    reason = Reason(
        field="stance",
        value=f"{side} {actor.name}",
        by=f"head:{side}",
        evidence=(span,),
        alternatives=(Alternative(value=f"{other} {actor.name}", probability=round(chances[other], 3)),),
        probability=round(chances[side], 3),
    )
    return Stance(target=actor, value=side, strength=round(chances[side], 3), span=span), reason
