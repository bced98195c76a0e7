"""What was said, by whom: cue, content and speaker of each statement.

The cue head finds the words that say that something is said; the pair head scores every word of the window as content
and as speaker of that cue. Grammar rounds the content off: small gaps are filled, a quotation that is mostly inside is
inside as a whole and goes on to its closing mark, punctuation and the cue itself stay outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dragoman.coding.actors import Actors
from dragoman.coding.heads import Heads
from dragoman.coding.quotes import Quotation
from dragoman.coding.roles import Player, players
from dragoman.coding.words import Words, runs
from dragoman.records import Cue, Missed, Reason, Span, StatementKind

# Probabilities from which a token is a cue or content: best statement F1 on the development part, see training/README.md.
CUE_CUT = 0.45
CONTENT_CUT = 0.5
NEAR = 0.2
GAP = 3  # tokens inside a content that may lack the score ("the minister, he said, …" is longer and stays apart)
SHORTEST = 2  # words of a piece of content
EDGE = frozenset((",", ";", ":", "-", "–", "—", '"', "“", "”", "''", "``", "(", ".", "!", "?"))
CLOSING = frozenset((".", "!", "?"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A statement before it has become a record. cue, content: token indices."""

    cue: tuple[int, ...]
    content: tuple[int, ...]
    pieces: tuple[Span, ...]
    cue_record: Cue
    kind: StatementKind
    speakers: tuple[Player, ...]
    probability: float
    why: tuple[Reason, ...]


def find_statements(
    doc: Any, heads: Heads, actors: Actors, words: Words, quotations: Sequence[Quotation]
) -> tuple[list[Saying], list[Missed]]:
    """Find the statements of a text, in order of their cues, and the cues that came to nothing."""
    solid = words.solid
    sayings: list[Saying] = []
    missed: list[Missed] = []
    for run in runs(np.flatnonzero((heads.cue >= CUE_CUT) & solid).tolist()):
        probability = float(heads.cue[run].max())
        scores = heads.pair(run, "content")
        pieces = _pieces(words, scores, run, quotations)
        if not pieces:
            missed.append(
                Missed(span=words.span(run[0], run[-1]), reason="reporting cue without words that are said")
            )
            continue
        speakers = players(heads, actors, words, run, "speaker", field="speakers", required=True)
        sayings.append(_saying(doc, run, pieces, speakers, scores, probability, words, quotations))
    near = np.flatnonzero((heads.cue >= NEAR) & (heads.cue < CUE_CUT) & solid).tolist()
    taken = {index for saying in sayings for index in saying.cue}
    missed += [
        Missed(
            span=words.span(index, index),
            reason=f"reporting cue below the cut: probability {heads.cue[index]:.2f} (cut {CUE_CUT:.2f})",
        )
        for index in near
        if index not in taken and index - 1 not in taken and index + 1 not in taken
    ]
    return sayings, missed


def _pieces(
    words: Words, scores: Any, cue: Sequence[int], quotations: Sequence[Quotation]
) -> list[list[int]]:
    """Runs of content tokens, rounded off."""
    blocked = set(cue)
    inside = {int(i) for i in np.flatnonzero(scores >= CONTENT_CUT) if int(i) not in blocked}
    for quotation in quotations:
        tokens = range(quotation.first, quotation.last + 1)
        share = sum(t in inside for t in tokens) / len(tokens)
        if share >= 0.5:
            inside.update(t for t in tokens if t not in blocked)
    pieces = []
    for run in runs(sorted(inside), gap=GAP):
        whole = list(range(run[0], run[-1] + 1))
        if blocked & set(whole):  # the cue stands inside: keep what lies on each side apart
            parts = [[t for t in whole if t < cue[0]], [t for t in whole if t > cue[-1]]]
        else:
            parts = [whole]
        for part in parts:
            while part and (words.space[part[0]] or words.word(part[0]) in EDGE):
                part = part[1:]
            while part and (words.space[part[-1]] or words.word(part[-1]) in EDGE - CLOSING):
                part = part[:-1]
            if (
                part
                and words.word(part[-1]) in CLOSING
                and not any(q.first <= part[-1] <= q.last for q in quotations)
            ):
                part = part[:-1]
            if sum(words.solid[t] for t in part) >= SHORTEST:
                pieces.append(part)
    return pieces


def _saying(
    doc: Any,
    run: list[int],
    pieces: list[list[int]],
    speakers: list[Player],
    scores: Any,
    probability: float,
    words: Words,
    quotations: Sequence[Quotation],
) -> Saying:
    cue_span = words.span(run[0], run[-1])
    verb = next((t for t in run if words.pos[t] in ("VERB", "AUX")), run[0])
    lemma = (
        " ".join(words.word(t).lower() for t in run)
        if words.pos[verb] not in ("VERB", "AUX")
        else doc[verb].lemma_
    )
    content = tuple(t for piece in pieces for t in piece)
    spans = tuple(words.span(piece[0], piece[-1]) for piece in pieces)
    why = (
        Reason(
            field="cue",
            value=cue_span.text,
            by="head:cue",
            evidence=(cue_span,),
            probability=round(probability, 3),
        ),
        Reason(
            field="content",
            value=f"{len(content)} words",
            by="head:content",
            evidence=spans,
            probability=round(float(np.mean(scores[list(content)])), 3),
        ),
        *(reason for player in speakers for reason in player.reasons),
    )
    return Saying(
        cue=tuple(run),
        content=content,
        pieces=spans,
        cue_record=Cue(
            start=cue_span.start,
            end=cue_span.end,
            text=cue_span.text,
            sentence=cue_span.sentence,
            lemma=lemma.lower(),
        ),
        kind=_kind(words, content, quotations),
        speakers=tuple(speakers),
        probability=probability,
        why=why,
    )


def _kind(words: Words, content: Sequence[int], quotations: Sequence[Quotation]) -> StatementKind:
    """direct: all inside quotation marks; mixed: a part; indirect: nothing."""
    quoted = {t for q in quotations for t in range(q.first, q.last + 1)}
    solid = [t for t in content if words.solid[t]]
    inside = sum(t in quoted for t in solid)
    if solid and inside == len(solid):
        return "direct"
    return "mixed" if inside else "indirect"
