"""What does this side do to that one? The type of act between two given phrases of a text.

Where the two sides are known (a list of dyads, a pair marked by somebody else), no act need be found first, and the answer
is never silence. Each word is heard as far as it tells an act of a type, as far as its doer is the source, and as far as
it is done to the target: the evidence for a type is the sum over words of

    P(type) x P(source is the actor) x P(target is the recipient).

No factor is nought (`FLOOR`): where no word has both sides, a word with one of them decides, and where none has any, the
sentence's likeliest type. P(type) joins the type head and the word's own record (trigger_words.py); the two role
probabilities join the pair head and the path in the parse, as in roles.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.codebook import Codebook
from dragoman.coding.heads import Heads, heads_of
from dragoman.coding.modes import modes_of
from dragoman.coding.paths import Paths
from dragoman.coding.roles import UNSEEN, path_odds
from dragoman.coding.status import status_of
from dragoman.coding.trigger_words import tilt
from dragoman.coding.words import Words
from dragoman.errors import InputError
from dragoman.records import Alternative, Quad, Reason, Span, Status

# Chosen on pairs of the development part among the forms of benchmarks/dyads.py (table in docs/outside.md).
PATH_WEIGHT = 1.0
FLOOR = 1e-3
WORTH_TELLING = 0.01  # probability from which another type stands among the alternatives
Floats = NDArray[np.float64]
Side = str | tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """What the source does to the target, so the text says.

    probability: of the type, among the sixteen and given that one of them holds; it is not calibrated. alternatives: the
    other types, likeliest first. trigger: the word that speaks most for the type. source, target: where they were found;
    null where a side was left open.
    """

    type: str
    probability: float
    alternatives: tuple[Alternative, ...]
    quad: Quad
    modes: tuple[str, ...]
    status: Status
    cameo: str
    trigger: Span
    source: Span | None
    target: Span | None
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known of each word. types: (words, types); actor, recipient: (words,) of the source and of the target."""

    names: tuple[str, ...]
    types: Floats
    actor: Floats
    recipient: Floats

    def by_word(self) -> Floats:
        """(words, types): how far a word speaks for each type between the two."""
        return np.asarray(self.types * (self.actor * self.recipient)[:, None], dtype=np.float64)


def code_dyad(doc: Any, source: Side, target: Side, codebook: Codebook) -> Dyad:
    """The type of act of the source towards the target. doc: read by a pipeline with Dragoman's meaning heads.

    source, target: words as they stand in the text (every place where they stand is heard), the characters [start, end)
    of one place, or None for a side that is open. Raises InputError where they do not stand in the text.
    """
    words, heads = Words(doc), heads_of(doc)
    if not any(words.solid):
        raise InputError("the text has no words", where="text", do="Give a sentence that names both sides")
    sides = [places_of(words, side, name) for side, name in ((source, "source"), (target, "target"))]
    lemmas = [token.lemma_.lower() for token in doc]
    evidence = weigh(heads, words, lemmas, *sides)
    table = evidence.by_word()
    scores = table.sum(0)
    shares = scores / scores.sum()
    order = sorted(range(len(shares)), key=lambda k: (-shares[k], k))
    best = order[0]
    kind, word = evidence.names[best], int(table[:, best].argmax())
    trigger = words.span(word, word)
    modes, mode_reasons, _ = modes_of(heads, [word], kind, trigger)
    status, status_reasons, _ = status_of(heads, [word], trigger, type=kind)
    cameo = codebook.cameo(kind, modes, (), status, lemma=lemmas[word])
    others = tuple(
        Alternative(value=evidence.names[k], probability=round(float(shares[k]), 3))
        for k in order[1:]
        if shares[k] >= WORTH_TELLING
    )
    why = Reason(
        field="type",
        value=kind,
        by="dyads:head:type+word x actor x recipient",
        evidence=(trigger,),
        alternatives=others[:2],
        probability=round(float(shares[best]), 3),
        note=f"actor is the source: {evidence.actor[word]:.2f}, recipient the target: {evidence.recipient[word]:.2f}",
    )
    code = Reason(
        field="cameo", value=cameo.code, by="codebook:crosswalk", evidence=(trigger,), note=cameo.reason
    )
    found = [None if not places else words.span(places[0][0], places[0][-1]) for places in sides]
    return Dyad(
        type=kind,
        probability=round(float(shares[best]), 3),
        alternatives=others,
        quad=codebook.quad(kind),
        modes=modes,
        status=status,
        cameo=cameo.code,
        trigger=trigger,
        source=found[0],
        target=found[1],
        why=(why, *mode_reasons, *status_reasons, code),
    )


def weigh(
    heads: Heads,
    words: Words,
    lemmas: Sequence[str],
    source: Sequence[Sequence[int]],
    target: Sequence[Sequence[int]],
    *,
    path_weight: float = PATH_WEIGHT,
    records: bool = True,
) -> Evidence:
    """The evidence of each word. source, target: the places of each side as tokens; none at all where it is open.

    records: whether what each word told elsewhere is heard beside the type head.
    """
    paths = Paths(words)
    names = tuple(heads.labels["types"][1:])
    types = np.asarray(heads.types[:, 1:] * words.solid_mask[:, None], dtype=np.float64)
    return Evidence(
        names=names,
        types=tilt(types, lemmas, names) if records else types,
        actor=_playing(heads, words, paths, source, "actor", path_weight),
        recipient=_playing(heads, words, paths, target, "recipient", path_weight),
    )


def _playing(
    heads: Heads,
    words: Words,
    paths: Paths,
    places: Sequence[Sequence[int]],
    role: str,
    path_weight: float,
) -> Floats:
    """(words,) probability that one of the places plays the role for each word, never nought; 1 for an open side."""
    out = np.ones(len(words))
    if not places:
        return out
    odds, unseen = path_odds().get(role, {}), UNSEEN[role]
    tops = [words.top(place[0], place[-1] + 1) for place in places]
    for word in np.flatnonzero(words.solid_mask).tolist():
        row = heads.pair([word], role)
        best = -np.inf
        for place, top in zip(places, tops, strict=True):
            seen = min(max(float(row[list(place)].max()), FLOOR), 1 - FLOOR)
            path = odds.get(paths.between(word, top), unseen)
            best = max(best, np.log(seen / (1 - seen)) + path_weight * path)
        out[word] = 1 / (1 + np.exp(-best))
    return out


def places_of(words: Words, side: Side, name: str) -> list[list[int]]:
    """The tokens of each place where a side stands; none for an open side."""
    if side is None:
        return []
    spans = _all(words.text, side.strip()) if isinstance(side, str) else [side]
    places = [
        [
            t
            for t in range(len(words))
            if words.starts[t] < end and words.ends[t] > start and not words.space[t]
        ]
        for start, end in spans
    ]
    places = [place for place in places if place]
    if not places:
        raise InputError(
            f"{side!r} does not stand in the text",
            where=name,
            do="Give words of the text, or None to leave it open",
        )
    return places


def _all(text: str, words: str) -> list[tuple[int, int]]:
    found, at = [], text.find(words)
    while words and at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + len(words))
    return found
