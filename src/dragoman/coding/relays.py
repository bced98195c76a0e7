"""Who only passes on what another said: "X quoted Y as saying …", "Y was quoted by X", "X, citing Y, reported …".

The one quoted speaks; the one who quotes him is a source outside him.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.coding.words import Words

QUOTING = frozenset(
    ("quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing")
)  # commitment "reports" of data/cues.toml that takes a person as its object
ASIDE = frozenset(("quoting", "citing"))
SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
AGENTS = frozenset(("obl", "obl:agent"))
LONGEST_CLIMB = 60


@dataclass(frozen=True, slots=True)
class Relay:
    """Head tokens of who is quoted and of who quotes him; None where the words do not say.

    verb: the token that says so. aside: the quoting stands beside the cue ("X, citing Y, reported").
    """

    speaker: int | None
    relayer: int | None
    verb: int
    aside: bool = False


def relay_of(words: Words, cue: Sequence[int]) -> Relay | None:
    """How somebody passes on the words of this cue, or None where the cue's own subject speaks for himself."""
    verb = _quoting_verb(words, cue)
    if verb is not None:
        return _quoted(words, verb, cue)
    for token in _beside(words, cue):
        speaker = _child(words, token, ("obj",))
        if speaker is not None:
            return Relay(speaker, None, token, aside=True)
    return None


def told_according_to(words: Words, cue: Sequence[int], content: Sequence[int]) -> int | None:
    """Who passes a statement on where he stands behind it, and is no cue of his own: "…, according to the Ledger"."""
    first, end = words.bounds[words.sentence_of[cue[0]]]
    inside = {*cue, *content}
    for token in range(first, end - 2):
        if words.lower[token] == "according" and words.lower[token + 1] == "to" and token not in inside:
            source = words.heads[token]
            return source if source > token and source not in inside else None
    return None


def _quoting_verb(words: Words, cue: Sequence[int]) -> int | None:
    """The verb of quoting that is the cue, or on which the cue hangs ("quoted … as | saying")."""
    for token in cue:
        if words.lower[token] in QUOTING and words.pos[token] == "VERB":
            return token
    for token in cue:
        above = words.heads[token]
        if above != token and words.lower[above] in QUOTING and words.pos[above] == "VERB" and above < token:
            return above
        # "quoted | the official saying": parses hang the participle on the noun
        over = words.heads[above]
        if (
            words.deps[above] == "obj"
            and words.deps[token].startswith("acl")
            and words.lower[over] in QUOTING
            and words.pos[over] == "VERB"
        ):
            return over
    return None


def _quoted(words: Words, verb: int, cue: Sequence[int]) -> Relay:
    passive = any(words.deps[child] in ("nsubj:pass", "aux:pass") for child in words.children[verb])
    if passive:
        return Relay(_child(words, verb, ("nsubj:pass", "nsubj")), _by(words, (verb, *cue)), verb)
    below = [child for token in (verb, *cue) for child in words.children[token]]
    spoken = ("obj", "iobj", "nsubj")  # "quoted Mr Paz as saying": parses also take him for a subject
    speaker = next((child for child in below if child > verb and words.deps[child] in spoken), None)
    relayer = next((child for child in below if child < verb and words.deps[child] in SUBJECTS), None)
    return Relay(speaker, relayer, verb)


def _beside(words: Words, cue: Sequence[int]) -> Iterator[int]:
    """Participles of quoting beside a cue: "reported, | citing …", "Reuters, | citing …, reported"."""
    top = next((t for t in cue if words.heads[t] not in cue or words.heads[t] == t), cue[0])
    first, end = words.bounds[words.sentence_of[top]]
    subject = _child(words, top, SUBJECTS)
    for token in range(first, end):
        if words.lower[token] not in ASIDE or words.deps[token].split(":")[0] not in ("advcl", "acl"):
            continue
        above = words.heads[token]
        if above in (top, subject) or (words.heads[above] == top and token > cue[-1] and above < cue[0]):
            yield token


def _by(words: Words, verbs: Sequence[int]) -> int | None:
    """The noun behind "by" under one of the verbs."""
    for verb in verbs:
        for child in words.children[verb]:
            by = any(words.deps[t] == "case" and words.lower[t] == "by" for t in words.children[child])
            if words.deps[child] in AGENTS and by:
                return child
    return None


def _child(words: Words, token: int, relations: Sequence[str] | frozenset[str]) -> int | None:
    return next((child for child in words.children[token] if words.deps[child] in relations), None)
