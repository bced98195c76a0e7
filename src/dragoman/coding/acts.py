"""Which words tell an act, and of what type.

The trigger head says for each token whether it carries an act and of which of the sixteen types. Neighbouring tokens of
one type are one trigger; a light verb and its noun ("held three hours of talks") are one act told by two words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.heads import Floats, Heads
from dragoman.coding.trigger_words import tells_one, tilt
from dragoman.coding.words import Words, runs
from dragoman.records import Alternative, Missed, Reason, Span

# P(trigger) from which a token carries an act: best whole-record F1 on the development part, see training/README.md.
CUT = 0.5
NEAR = 0.2  # below the cut, but worth a line in `missed`
FULL = frozenset(
    ("VERB", "NOUN", "ADJ", "PROPN", "ADV")
)  # parts of speech that can tell an act by themselves
# Share of the head's likeliest type below which a word's own record is heard; found with it on development texts: any
# between 0.6 and 1 is as good.
UNSURE = 0.7
# Share of the cut that suffices where the verb is denied or supposed, or where its object tells the same type surely.
DOUBTED = 0.85
DOUBTING = frozenset(
    ("not", "n't", "n’t", "never", "no", "would", "could", "might", "will", "must", "should")
)
LIGHT_REACH = 6  # tokens between a light verb and its noun
# Verbs that lend a noun its tense and tell no act by themselves (Quirk et al. 1985, §10.30), in the forms of news.
LIGHT = frozenset({
    "carry", "carried", "conduct", "conducted", "give", "gave", "given", "hold", "held", "impose", "imposed", "issue",
    "issued", "launch", "launched", "make", "made", "mount", "mounted", "stage", "staged", "take", "took", "taken", "wage",
    "waged",
})  # fmt: skip
ARGUMENTS = frozenset(("nsubj", "obj", "iobj", "obl", "nmod:poss", "nsubj:pass", "obl:agent"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One telling of an act. tokens: of its trigger; probability: of being an act of this type, by the head."""

    tokens: tuple[int, ...]
    span: Span
    sentence: int
    type: str
    probability: float
    certainty: float
    reason: Reason


def find_acts(heads: Heads, words: Words, *, cut: float | None = None) -> tuple[list[Act], list[Missed]]:
    """Find the acts told in a text, in text order, and what came near without being coded."""
    cut = CUT if cut is None else cut
    names = heads.labels["types"]
    trigger = 1.0 - heads.types[:, 0]
    table = _with_records(heads.types, np.flatnonzero(trigger >= cut).tolist(), words, tuple(names[1:]))
    best = table[:, 1:].argmax(1) + 1
    solid = words.solid_mask
    acts: list[Act] = []
    sure = (trigger >= cut) & solid
    for token in np.flatnonzero((trigger >= DOUBTED * cut) & (trigger < cut) & solid).tolist():
        sure[token] = _is_doubted(words, token) or any(
            words.pos[token] == "VERB"
            and words.deps[child] in ("obj", "nsubj:pass")
            and trigger[child] >= cut
            and best[child] == best[token]
            for child in words.children[token]
        )
    telling = _without_names(np.flatnonzero(sure).tolist(), best, words)
    for run in runs(telling):
        acts.extend(_act(part, table, names, words) for part in _parts(run, best, words))
    acts = _join_light_verbs(acts, table, names, words)
    taken = {index for act in acts for index in act.tokens}
    missed = [
        Missed(
            span=words.span(index, index),
            reason=f"below the cut: {names[best[index]]} with probability {trigger[index]:.2f} (cut {cut:.2f})",
        )
        for index in np.flatnonzero((trigger >= NEAR) & (trigger < cut) & solid).tolist()
        if index not in taken and index - 1 not in taken and index + 1 not in taken
    ]
    return acts, missed


def _is_doubted(words: Words, token: int) -> bool:
    """Whether a word or the verb above it is denied or supposed, of which the training texts have little."""
    verb = words.heads[token] if words.deps[token] == "obj" else token
    return words.pos[verb] == "VERB" and any(words.lower[child] in DOUBTING for child in words.children[verb])


def _with_records(table: Floats, tokens: Sequence[int], words: Words, names: tuple[str, ...]) -> Floats:
    """The head's types with each word's own record heard a little; how surely it tells an act stays."""
    own = 1.0 - table[:, 0]
    full = [
        t
        for t in tokens
        if words.pos[t] in FULL and table[t, 1:].max() < UNSURE * own[t] and tells_one(words.lower[t])
    ]
    if not full:
        return table
    out = table.copy()
    raised = tilt(table[full, 1:].astype(np.float64), [words.lower[t] for t in full], names)
    out[full, 1:] = raised
    return out


def _without_names(tokens: list[int], best: NDArray[np.intp], words: Words) -> list[int]:
    """Leave out names that only take part in the act told by the word they hang on: of "granted | Hungary" the name."""
    inside = set(tokens)
    return [
        t
        for t in tokens
        if not (
            words.pos[t] == "PROPN"
            and words.deps[t] in ARGUMENTS
            and words.heads[t] in inside
            and best[words.heads[t]] == best[t]
        )
    ]


def _parts(run: list[int], best: NDArray[np.intp], words: Words) -> Iterator[list[int]]:
    """Cut a run of trigger tokens into acts: one, unless two full words differ in type and do not hang together.

    A run of function words alone tells no act.
    """
    part: list[int] = []
    full: list[int] = []
    for token in run:
        if words.pos[token] in FULL:
            if full and best[token] != best[full[-1]] and not _hang_together(words, full, token):
                yield part
                part, full = [], []
            full.append(token)
        part.append(token)
    if full:
        yield part


def _hang_together(words: Words, full: list[int], token: int) -> bool:
    return words.heads[token] in full or any(words.heads[t] == token for t in full)


def _act(tokens: list[int], table: Any, names: list[str], words: Words) -> Act:
    full = [t for t in tokens if words.pos[t] in FULL]
    mean = table[full or tokens].mean(0)
    order = np.argsort(-mean[1:], kind="stable") + 1
    chosen = int(order[0])
    share = float(mean[chosen] / max(1e-6, 1.0 - mean[0]))
    trigger = float(max(1.0 - table[t][0] for t in tokens))
    span = words.span(tokens[0], tokens[-1])
    reason = Reason(
        field="type",
        value=names[chosen],
        by="head:type",
        evidence=(span,),
        alternatives=tuple(
            Alternative(value=names[int(k)], probability=round(float(mean[k]), 3))
            for k in order[1:3]
            if mean[k] >= 0.01
        ),
        probability=round(float(mean[chosen]), 3),
    )
    return Act(
        tokens=tuple(tokens),
        span=span,
        sentence=words.sentence_of[tokens[0]],
        type=names[chosen],
        probability=trigger * share,
        certainty=trigger,
        reason=reason,
    )


def _join_light_verbs(acts: list[Act], table: Any, names: list[str], words: Words) -> list[Act]:
    """Join two triggers of one type where one is subject, object, complement or particle of the other, a few words apart."""
    joined: list[Act] = []
    for act in acts:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.sentence == act.sentence
            and act.tokens[0] - before.tokens[-1] <= LIGHT_REACH
            and (
                _governs(words, before.tokens, act.tokens)
                if before.type == act.type
                else _lends(words, before.tokens, act.tokens)
            )
        ):
            tokens = _told_by(words, before.tokens, act.tokens)
            merged = _act(list(tokens), table, names, words)
            first = before if before.certainty >= act.certainty else act
            joined[-1] = Act(
                tokens=tokens,
                span=first.span,
                sentence=act.sentence,
                type=merged.type,
                probability=max(before.probability, act.probability),
                certainty=max(before.certainty, act.certainty),
                reason=merged.reason,
            )
        else:
            joined.append(act)
    return joined


def _told_by(words: Words, first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    """The tokens of two triggers that are one: without what acts by itself ("a drone | struck" is told by the verb)."""
    for subject, verb in ((first, second), (second, first)):
        if any(words.deps[t] == "nsubj" and words.heads[t] in verb for t in subject):
            return verb
    return (*first, *second)


def _lends(words: Words, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Tell whether one is a verb that only lends the other, a noun, its tense: "imposed a ban", "a ban was imposed"."""
    return any(
        words.lower[words.heads[noun]] in LIGHT
        and words.heads[noun] in verb
        and words.pos[noun] == "NOUN"
        and words.deps[noun] in ("obj", "nsubj:pass")
        for verb, told in ((first, second), (second, first))
        for noun in told
    )


def _governs(words: Words, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    """Tell whether one is the subject ("a drone | struck"), object, open complement or particle of the other."""
    relations = {"obj", "xcomp", "compound:prt", "obl", "nsubj", "nsubj:pass", "compound", "fixed", "advmod"}
    for a, b in ((first, second), (second, first)):
        if any(words.heads[t] in a and words.deps[t] in relations for t in b):
            return True
    return False
