"""Who says so: the chain of sources of each act and statement, and the ties between statements and acts.

A statement whose content holds the trigger of an act, or the cue of another statement, is a source of it; the outermost
comes first. A statement whose cue is the act's own trigger is the act itself (a speech act) and no source of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.acts import Act
from dragoman.coding.commitment import commitment_of
from dragoman.coding.relays import told_according_to
from dragoman.coding.roles import Cast, Player
from dragoman.coding.statements import Saying
from dragoman.coding.words import Words
from dragoman.records import Actor, Assertion, Commitment, Reason, Source, Span, Status


@dataclass(frozen=True, slots=True)
class Ties:
    """For each act: its own statement (or None) and its sources, outermost first, as indices of sayings."""

    own: tuple[int | None, ...]
    sources: tuple[tuple[int, ...], ...]
    outer: tuple[tuple[int, ...], ...]  # for each saying: the sayings that pass it on, outermost first


def tie(acts: Sequence[Act], sayings: Sequence[Saying]) -> Ties:
    """Find which statement is which act, and which statements hold which acts and statements."""
    cue_of = {token: k for k in reversed(range(len(sayings))) for token in sayings[k].cue}
    own = tuple(min((cue_of[t] for t in act.tokens if t in cue_of), default=None) for act in acts)
    inside = [frozenset(saying.content) for saying in sayings]
    sources = tuple(
        _outermost_first(
            [k for k, content in enumerate(inside) if k != own[i] and act.tokens[0] in content],
            sayings,
        )
        for i, act in enumerate(acts)
    )
    outer = tuple(
        _outermost_first(
            [k for k, content in enumerate(inside) if k != j and inner.cue[0] in content], sayings
        )
        for j, inner in enumerate(sayings)
    )
    return Ties(own, sources, outer)


def with_outlets(cast: Cast, words: Words, sayings: Sequence[Saying]) -> list[Saying]:
    """The statements with those who pass them on behind "according to", where that is no cue of its own."""
    taken = {token for saying in sayings for token in saying.cue}
    out = []
    for saying in sayings:
        outlet = told_according_to(words, saying.cue, saying.content)
        by = "relays:according to"
        found = [] if outlet in taken else cast.named_at(outlet, field="attribution", by=by)
        more = tuple(p for p in found if all(p.actor.name != s.actor.name for s in saying.speakers))
        out.append(replace(saying, relays=(*saying.relays, *more)) if more else saying)
    return out


def _outermost_first(indices: list[int], sayings: Sequence[Saying]) -> tuple[int, ...]:
    return tuple(sorted(indices, key=lambda k: (-len(sayings[k].content), sayings[k].cue[0])))


def chain(
    indices: Sequence[int],
    sayings: Sequence[Saying],
    ids: Sequence[str],
    *,
    announcers: Sequence[Player] = (),
    relays: Sequence[Player] = (),
) -> tuple[tuple[Source, ...], tuple[Reason, ...]]:
    """The chain of sources as records.

    announcers: actors of the act itself, or speakers of the statement. relays: who passes the statement itself on.
    An act announced by its own actor has no source in that announcement (coding.md §7 case 10).
    """
    own = {(player.actor.name, player.actor.country) for player in announcers}
    sources: list[Source] = []
    reasons: list[Reason] = []
    for k in indices:
        saying = sayings[k]
        _pass_on(saying.relays, sources, reasons)
        for player in saying.speakers:
            if (player.actor.name, player.actor.country) in own or _known(player, sources):
                continue
            sources.append(
                Source(
                    source=player.actor,
                    cue=_cue_span(saying),
                    kind=saying.kind,
                    commitment=commitment_of(saying.cue_record.lemma),
                    statement=ids[k],
                )
            )
            reasons.append(
                Reason(
                    field="attribution",
                    value=player.actor.name,
                    by="sources:content of a statement",
                    evidence=(_cue_span(saying), player.span),
                )
            )
    _pass_on(relays, sources, reasons)
    return tuple(sources), tuple(reasons)


def _pass_on(relays: Sequence[Player], sources: list[Source], reasons: list[Reason]) -> None:
    """Add those who quote another: they carry no statement of their own."""
    for player in relays:
        if not _known(player, sources):
            sources.append(Source(source=player.actor, commitment="reports"))
            reasons.append(player.reasons[0])


def _known(player: Player, sources: Sequence[Source]) -> bool:
    return any(
        link.source.name == player.actor.name and link.source.country == player.actor.country
        for link in sources
    )


def _cue_span(saying: Saying) -> Span:
    cue = saying.cue_record
    return Span(start=cue.start, end=cue.end, text=cue.text, sentence=cue.sentence)


def assertions(
    index: int, ties: Ties, statuses: Mapping[int, Status], sayings: Sequence[Saying], ids: Mapping[int, str]
) -> tuple[Assertion, ...]:
    """The acts inside a statement (innermost statement of each), and how far the speaker stands behind them.

    An act told twice inside it is asserted once, as it is told first.
    """
    commitment = commitment_of(sayings[index].cue_record.lemma)
    out: dict[str, Assertion] = {}
    for act, chain_ in enumerate(ties.sources):
        if act in ids and chain_ and chain_[-1] == index:
            stance = _stance(commitment, statuses[act])
            out.setdefault(ids[act], Assertion(event=ids[act], commitment=stance))
    return tuple(out.values())


def _stance(commitment: Commitment, status: Status) -> Commitment:
    """A negated act that somebody asserts is denied."""
    return "denies" if status.polarity == "negated" and commitment == "asserts" else commitment


def speakers_of(saying: Saying) -> tuple[Actor, ...]:
    """The speakers as records."""
    return tuple(player.actor for player in saying.speakers)
