"""What was said, by whom: cue, content and speaker of each statement.

The cue head finds the words that say that something is said; the pair head scores every word of the window as content
and as speaker of that cue. Grammar rounds the content off: small gaps are filled, a quotation that is mostly inside is
inside as a whole and goes on to its closing mark, punctuation and the cue itself stay outside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from dragoman.coding.heads import Floats, Heads
from dragoman.coding.quotes import Quotation
from dragoman.coding.roles import Cast, Player
from dragoman.coding.words import Words, runs
from dragoman.records import Cue, Missed, Reason, Span, StatementKind

# Probabilities from which a token is a cue or content: best statement F1 on the development part, see training/README.md.
CUE_CUT = 0.6
CONTENT_CUT = 0.35
QUOTE_CUT = 0.4  # for quotations in other sentences
NEAR = 0.2
GAP = 3  # tokens inside a content that may lack the score ("the minister, he said, …" is longer and stays apart)
SHORTEST = 2  # words of a piece of content
# A reporting tag that closes a sentence: words between its comma and the cue, or after the cue.
TAG_WORDS, TAG_SHORTEST, TAG_SHARE = 9, 4, 0.3
TAG_MARKS = frozenset((",", "”", '"', "''", "—", "–"))
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
    doc: Any, heads: Heads, cast: Cast, words: Words, quotations: Sequence[Quotation]
) -> tuple[list[Saying], list[Missed]]:
    """Find the statements of a text, in order of their cues, and the cues that came to nothing."""
    cues = [tuple(run) for run in runs(np.flatnonzero((heads.cue >= CUE_CUT) & words.solid_mask).tolist())]
    scores = [heads.pair(cue, "content") for cue in cues]
    sayings: list[Saying] = []
    missed: list[Missed] = []
    for number, cue in enumerate(cues):
        probability = float(heads.cue[list(cue)].max())
        pieces = _pieces(words, number, cues, scores, quotations)
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


def _pieces(
    words: Words,
    number: int,
    cues: Sequence[tuple[int, ...]],
    scores: Sequence[Floats],
    quotations: Sequence[Quotation],
) -> list[list[int]]:
    """Runs of content tokens of one cue, rounded off.

    In the cue's own sentence any words may be content; beyond it only quotations that no other cue claims more.
    """
    cue, own = cues[number], scores[number]
    sentence = words.sentence_of[cue[0]]
    first, end = words.bounds[sentence]
    inside = {t for t in range(first, end) if own[t] >= CONTENT_CUT and t not in cue}
    for quotation in quotations:
        tokens = range(quotation.first, quotation.last + 1)
        here = [t for t in tokens if words.sentence_of[t] == sentence]
        if here:
            claimed = sum(t in inside for t in here) / len(here) >= 0.5
        else:
            claimed = _claims(number, cues, scores, words, quotation)
        if claimed:
            inside.update(t for t in tokens if t not in cue)
    clause = _before_tag(words, cue, inside, first, end)
    if clause is not None:
        trimmed = _trim(words, clause, quotations)
        return [trimmed] if sum(words.solid[t] for t in trimmed) >= SHORTEST else []
    pieces = []
    for run in runs(sorted(inside), gap=GAP):
        for whole in _filled(run, cue):
            for part in _without_cues(words, whole, number, cues, scores):
                trimmed = _trim(words, part, quotations)
                if sum(words.solid[t] for t in trimmed) >= SHORTEST:
                    pieces.append(trimmed)
    return pieces


def _filled(run: Sequence[int], cue: tuple[int, ...]) -> Iterator[list[int]]:
    """A run with its gaps filled, cut at a gap that holds the cue: the speaker stands there ("…, Ukraine said, …")."""
    part = [run[0]]
    for before, after in pairwise(run):
        if any(before < token < after for token in cue):
            yield part
            part = [after]
        else:
            part.extend(range(before + 1, after + 1))
    yield part


def _before_tag(
    words: Words, cue: tuple[int, ...], inside: set[int], first: int, end: int
) -> list[int] | None:
    """The whole clause before a reporting tag at the end of a sentence ("…, state media reported.").

    None where the cue is no such tag: no comma or closing quotation mark a few words before it, or more than a few
    words after it, or less than TAG_SHARE of what stands before looks like content.
    """
    left = cue[0] - 1
    while left > first and cue[0] - left <= TAG_WORDS and words.word(left) not in TAG_MARKS:
        left -= 1
    if left <= first or words.word(left) not in TAG_MARKS:
        return None
    after = sum(words.solid[t] for t in range(cue[-1] + 1, end))
    before = list(range(first, left))
    solid = [t for t in before if words.solid[t]]
    if after > TAG_WORDS or len(solid) < TAG_SHORTEST:
        return None
    if any(t > left for t in inside) or sum(t in inside for t in solid) < TAG_SHARE * len(solid):
        return None
    return before


def _claims(
    number: int, cues: Sequence[tuple[int, ...]], scores: Sequence[Floats], words: Words, quotation: Quotation
) -> bool:
    """Tell whether a quotation in another sentence belongs to this cue: no other claims it, and none introduces it there."""
    tokens = slice(quotation.first, quotation.last + 1)
    own = float(scores[number][tokens].mean())
    if own < QUOTE_CUT:
        return False
    around = {words.sentence_of[quotation.first], words.sentence_of[quotation.last]}
    for other, cue in enumerate(cues):
        if other != number:
            outside = not quotation.first <= cue[0] <= quotation.last
            if (outside and words.sentence_of[cue[0]] in around) or float(scores[other][tokens].mean()) > own:
                return False
    return True


def _without_cues(
    words: Words, run: list[int], number: int, cues: Sequence[tuple[int, ...]], scores: Sequence[Floats]
) -> list[list[int]]:
    """Cut a run at its own cue and at other cues beside it; a cue that the run's own words govern is nested and stays."""
    own = set(cues[number])
    cuts = sorted(own & set(run))
    for other, cue in enumerate(cues):
        if other == number or cue[0] not in set(run):
            continue
        if not _nested(words, cue[0], own):
            cuts.append(cue[0])
    parts: list[list[int]] = []
    part: list[int] = []
    for token in run:
        if token in own:
            parts.append(part)
            part = []
        elif token in cuts:
            parts.append(part)
            part = []
            break
        else:
            part.append(token)
    parts.append(part)
    return [
        part
        for part in parts
        if part
        and not any(
            words.sentence_of[cues[other][0]] == words.sentence_of[part[0]]
            and cues[other][0] not in part
            and not _nested(words, cues[other][0], own)
            and float(scores[other][part].mean()) > float(scores[number][part].mean())
            for other in range(len(cues))
            if other != number
        )
    ]


def _nested(words: Words, cue: int, own: set[int]) -> bool:
    """Tell whether another cue inside a run of content belongs to that content.

    It does not where it hangs on the own cue beside it ("said …, adding …", "said … and warned …").
    """
    head = words.heads[cue]
    return head not in own or words.deps[cue].split(":")[0] not in ("advcl", "conj", "parataxis")


def _trim(words: Words, part: list[int], quotations: Sequence[Quotation]) -> list[int]:
    """Leave out white space and marks at the edges; a final mark stays where it is part of a quotation."""
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
    return part


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
