"""What was said, by whom: cue, content and speaker of each statement.

The cue head finds the words that say that something is said; the pair head scores every word of the window as content
and as speaker of that cue. Grammar rounds the content off (`contents`) and tells who only passes it on (`relays`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dragoman.coding.contents import pieces_of
from dragoman.coding.heads import Floats, Heads
from dragoman.coding.quotes import Quotation
from dragoman.coding.roles import Cast, Player
from dragoman.coding.words import Words, runs
from dragoman.records import Cue, Missed, Reason, Span, StatementKind

# Probabilities from which a token is a cue or content: best statement F1 on the development part, see training/README.md.
CUE_CUT = 0.6
NEAR = 0.2


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
    doc: Any, heads: Heads, cast: Cast, words: Words, quotations: Sequence[Quotation]
) -> tuple[list[Saying], list[Missed]]:
    """Find the statements of a text, in order of their cues, and the cues that came to nothing."""
    cues = [tuple(run) for run in runs(np.flatnonzero((heads.cue >= CUE_CUT) & words.solid_mask).tolist())]
    scores = [heads.pair(cue, "content") for cue in cues]
    sayings: list[Saying] = []
    missed: list[Missed] = []
    for number, cue in enumerate(cues):
        probability = float(heads.cue[list(cue)].max())
        pieces = pieces_of(words, number, cues, scores, quotations)
        if not pieces:
            missed.append(
                Missed(span=words.span(cue[0], cue[-1]), reason="reporting cue without words that are said")
            )
            continue
        speakers = cast.complement(cue, field="speakers")
        if not speakers:
            speakers = cast.players(cue, "speaker", field="speakers", required=True, single=True)
        sayings.append(_saying(doc, cue, pieces, speakers, scores[number], probability, words, quotations))
    near = np.flatnonzero((heads.cue >= NEAR) & (heads.cue < CUE_CUT) & words.solid_mask).tolist()
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


def _saying(
    doc: Any,
    run: Sequence[int],
    pieces: list[list[int]],
    speakers: list[Player],
    scores: Floats,
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
    kind = _kind(words, content, quotations)
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
        Reason(field="kind", value=kind, by="statements:quotation marks", evidence=spans),
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
        kind=kind,
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
