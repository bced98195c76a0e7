"""What PLOVER does not allow is mended or left out: the codebook's constraints.toml, applied to the tellings of a text."""

from collections.abc import Sequence
from dataclasses import replace

from dragoman.codebook import Codebook, Tie
from dragoman.coding.acts import Act
from dragoman.coding.assemble import Draft
from dragoman.records import Alternative, Missed, Reason, Status


def turn(act: Act, status: Status, codebook: Codebook) -> tuple[Act, Status, tuple[Reason, ...]]:
    """The act as the type that it counts as in its status: help still to come is a promise, and the promise is made."""
    rule = codebook.constraints.turned(act.type, polarity=status.polarity, realis=status.realis)
    if rule is None:
        return act, status, ()
    by = f"constraints.toml: {rule.realis} {rule.type}"
    kind = Reason(
        field="type",
        value=rule.then,
        by=by,
        evidence=(act.span,),
        alternatives=(Alternative(value=rule.type, probability=round(act.probability, 3)),),
        note=rule.source,
    )
    done = Reason(
        field="realis",
        value="actual",
        by=by,
        evidence=(act.span,),
        alternatives=(Alternative(value=rule.realis),),
        note=rule.source,
    )
    return replace(act, type=rule.then), replace(status, realis="actual"), (kind, done)


def fit(drafts: Sequence[Draft], codebook: Codebook) -> tuple[list[int], list[Missed]]:
    """Indices of the tellings that PLOVER allows, and what was left out: for want of a recipient, or by a tie."""
    kept: list[int] = []
    missed: list[Missed] = []
    for i, draft in enumerate(drafts):
        if codebook.needs_recipient(draft.act.type) and not draft.recipients and not _shared(draft):
            reason = f"{draft.act.type} needs a recipient, and the text names none here"
            missed.append(Missed(span=draft.act.span, reason=reason))
        else:
            kept.append(i)
    out = []
    for i in kept:
        over = next(
            (
                (tie, drafts[j])
                for j in kept
                if j != i
                for tie in codebook.constraints.ties
                if _outdone(drafts[i], drafts[j], tie)
            ),
            None,
        )
        if over is None:
            out.append(i)
        else:
            tie, other = over
            reason = f'told with the {tie.keep} at "{other.act.span.text}", no act of its own ({tie.drop})'
            missed.append(Missed(span=drafts[i].act.span, reason=reason))
    return out, missed


def _shared(draft: Draft) -> bool:
    """Whether two states do it together, each for the other: "Indian and Vietnamese warships held a joint exercise"."""
    lands = {code for player in draft.actors for code in player.actor.country}
    return draft.act.type == "COOPERATE" and len(lands) > 1


def _outdone(draft: Draft, other: Draft, tie: Tie) -> bool:
    """Whether a tie drops the first for the second: both types and modes, one sentence, one status, somebody in common."""
    return (
        draft.act.type == tie.drop
        and other.act.type == tie.keep
        and (tie.drop_mode is None or tie.drop_mode in draft.modes)
        and (tie.keep_mode is None or tie.keep_mode in other.modes)
        and draft.act.sentence == other.act.sentence
        and draft.status == other.status
        and not _side(draft, tie).isdisjoint(_side(other, tie))
    )


def _side(draft: Draft, tie: Tie) -> set[str]:
    """The names on the side that both tellings must share."""
    return {player.actor.name for player in (draft.actors if tie.share == "actors" else draft.recipients)}
