"""What was said, by whom: cue, content and speaker of each statement.

The cue head finds the words that say that something is said; the pair head scores every word of the window as content
and as speaker of that cue. Grammar rounds the content off (`contents`) and tells who only passes it on (`relays`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dragoman.coding.contents import introduces, pieces_of
from dragoman.coding.documents import issuer_of, named_before
from dragoman.coding.drafts import KIND_OF_ENTRY
from dragoman.coding.heads import Floats, Heads
from dragoman.coding.quotes import Quotation
from dragoman.coding.relays import relay_of
from dragoman.coding.roles import Cast, Player
from dragoman.coding.words import Words, runs
from dragoman.knowledge import Hit
from dragoman.records import Cue, Missed, Reason, Span, StatementKind

# Probabilities from which a token is a cue or content: best statement F1 on the development part, see training/README.md.
CUE_CUT = 0.6
NEAR = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A statement before it has become a record.

    cue, content: token indices. relays: who passes it on as somebody else's words, in the same breath.
    """

    cue: tuple[int, ...]
    content: tuple[int, ...]
    pieces: tuple[Span, ...]
    cue_record: Cue
    kind: StatementKind
    speakers: tuple[Player, ...]
    relays: tuple[Player, ...]
    probability: float
    why: tuple[Reason, ...]


def find_statements(
    doc: Any, heads: Heads, cast: Cast, words: Words, quotations: Sequence[Quotation]
) -> tuple[list[Saying], list[Missed]]:
    """Find the statements of a text, in order of their cues, and the cues that came to nothing."""
    cues = _cues(heads, words)
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
        speakers, relays = _voices(cast, words, cue)
        sayings.append(
            _saying(doc, cue, pieces, speakers, relays, scores[number], probability, words, quotations)
        )
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


def _cues(heads: Heads, words: Words) -> list[tuple[int, ...]]:
    """The cues of a text: what the head is sure of, and what it has a feeling for where grammar makes it one.

    A verb of quoting whose "saying" is a cue of its own adds nothing to it.
    """
    sure = (heads.cue >= CUE_CUT) & words.solid_mask
    near = np.flatnonzero((heads.cue >= NEAR) & ~sure & words.solid_mask).tolist()
    sure[[token for token in near if introduces(words, token)]] = True
    cues = [tuple(run) for run in runs(np.flatnonzero(sure).tolist())]
    relays = [relay_of(words, cue) for cue in cues]
    quoting = {r.verb for r, cue in zip(relays, cues, strict=True) if r is not None and r.verb not in cue}
    return [cue for cue in cues if not quoting.issuperset(cue)]


def _voices(cast: Cast, words: Words, cue: tuple[int, ...]) -> tuple[list[Player], list[Player]]:
    """Who says it, and who only passes it on."""
    speakers = cast.complement(cue, field="speakers")
    relay = relay_of(words, cue)
    if relay is not None:
        quoted = cast.named_at(relay.speaker, field="speakers", by="relays:who is quoted")
        by = "relays:who quotes another"
        if quoted and relay.aside:
            subject = cast.players(cue, "speaker", field="attribution", required=True)
            outer = speakers or [player for player in subject if not _same(player, quoted)][:1]
            return quoted, [replace(player, reasons=_as_relay(player, by)) for player in outer]
        if quoted:
            outer = cast.named_at(relay.relayer, field="attribution", by=by)
            return quoted, [player for player in outer if not _same(player, quoted)]
    if not speakers:
        speakers = cast.players(cue, "speaker", field="speakers", required=True, single=True)
    return _issuers(cast, words, cue, speakers) or speakers, []


def _issuers(cast: Cast, words: Words, cue: tuple[int, ...], speakers: list[Player]) -> list[Player]:
    """Who issued the paper that is said to speak ("the statement said"); empty where it is somebody who speaks."""
    if len(speakers) > 1:
        return []
    if speakers:
        span = speakers[0].span
        paper = next((m for m in cast.actors.mentions_in(span.start, span.end) if m.span == span), None)
    else:
        subject = next((t for c in cue for t in words.children[c] if words.deps[t] == "nsubj"), None)
        paper = None if subject is None else cast.actors.mention_at(subject)
    if paper is None:
        return []
    named = named_before(paper, cast.actors)
    if named is not None:
        return [_named(player, named) for player in speakers]
    issuer = issuer_of(paper, cast.actors)
    return [] if issuer is None else cast.told(issuer, field="speakers", by="documents:issuer")


def _named(player: Player, hit: Hit) -> Player:
    """A speaker under the name of the tables that stands in his phrase."""
    entry = hit.entries[0]
    actor = replace(player.actor, name=entry.name, kind=KIND_OF_ENTRY[entry.kind], id=entry.wikidata)
    why = Reason(field="speakers", value=entry.name, by="documents:issuer", evidence=(player.span,))
    return replace(player, actor=actor, reasons=(why, *player.reasons[1:]))


def _same(player: Player, others: Sequence[Player]) -> bool:
    return any(player.actor.name == other.actor.name or player.span == other.span for other in others)


def _as_relay(player: Player, by: str) -> tuple[Reason, ...]:
    return (Reason(field="attribution", value=player.actor.name, by=by, evidence=(player.span,)),)


def _saying(
    doc: Any,
    run: Sequence[int],
    pieces: list[list[int]],
    speakers: list[Player],
    relays: list[Player],
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
        relays=tuple(relays),
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
