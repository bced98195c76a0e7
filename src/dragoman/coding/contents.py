"""Which words are the speaker's: the content of each cue, rounded off by grammar.

The pair head scores every word of the window as content of a cue. Small gaps are filled; a quotation that is mostly
inside is inside as a whole and goes on to its closing mark; a reporting tag takes the whole clause before it. What only
leads up to the words said stays outside: "that", the "of" of a gerund, and whoever they are said to.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.coding.heads import Floats
from dragoman.coding.quotes import Quotation
from dragoman.coding.words import Words, runs

CONTENT_CUT = 0.35  # best statement F1 on the development part, see training/README.md
QUOTE_CUT = 0.4  # for quotations in other sentences
GAP = 3  # tokens inside a content that may lack the score ("the minister, he said, …" is longer and stays apart)
SHORTEST = 2  # words of a piece of content
# A reporting tag that closes a sentence: words between its comma and the speaker or cue, or after the cue.
TAG_WORDS, TAG_SHORTEST, TAG_SHARE = 9, 4, 0.3
CLOSING_MARKS = frozenset(("”", '"', "''"))
TAG_MARKS = CLOSING_MARKS | {",", "—", "–"}
EDGE = frozenset((",", ";", ":", "-", "–", "—", '"', "“", "”", "''", "``", "(", ".", "!", "?"))
CLOSING = frozenset((".", "!", "?"))
SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
ADDRESSED = frozenset(("obj", "iobj", "obl"))  # whom a speech verb addresses, blames or asks
COMPLEMENTS = frozenset(("ccomp", "xcomp", "advcl", "acl"))
INTRODUCING = frozenset(("that", "of", "for"))  # left out before a clause: "said | that …", "accused of | …"
LONGEST_CLIMB = 60


def pieces_of(
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
    clause = _before_tag(words, cue, inside, (first, end), quotations)
    if clause is not None:
        trimmed = _trim(words, clause, quotations)
        return [trimmed] if sum(words.solid[t] for t in trimmed) >= SHORTEST else []
    complement = _complement(words, cue)
    pieces = []
    for run in runs(sorted(inside), gap=GAP):
        for whole in _filled(run, cue):
            for part in _without_cues(words, whole, number, cues, scores):
                trimmed = _trim(words, _after_addressee(words, cue, part, complement), quotations)
                if sum(words.solid[t] for t in trimmed) >= SHORTEST:
                    pieces.append(trimmed)
    return _of_complement(words, complement, pieces, quotations)


def _complement(words: Words, cue: tuple[int, ...]) -> int | None:
    """The verb of the clause behind a cue that tells what is said ("urged Iran to return"), if the parse has one."""
    for token in cue:
        for child in words.children[token]:
            if child > cue[-1] and words.deps[child].split(":")[0] in COMPLEMENTS:
                return child
    return None


def _after_addressee(
    words: Words, cue: tuple[int, ...], part: list[int], complement: int | None
) -> list[int]:
    """Leave out whom the cue addresses before what is said to him: "urged | Iran | to return".

    Where he is what the words are about ("called the crisis the worst", "called for the strike to be delayed"), he stays.
    """
    if (
        complement is None
        or not part
        or complement not in part
        or words.pos[complement] not in ("VERB", "AUX")
    ):
        return part
    start = _leftmost(words, complement)
    addressed = any(
        words.deps[child].split(":")[0] in ADDRESSED
        and cue[-1] < child < start
        and _under(words, part[0], child)
        and not any(words.deps[t] == "case" and words.lower[t] == "for" for t in words.children[child])
        for token in cue
        for child in words.children[token]
    )
    return [t for t in part if t >= start] if addressed else part


def _of_complement(
    words: Words, complement: int | None, pieces: list[list[int]], quotations: Sequence[Quotation]
) -> list[list[int]]:
    """Where a clause of the cue holds a piece, leave out scraps of the clause above the cue that nobody quotes.

    "… rejected calls to withdraw | U.S. troops, | saying it would be a mistake".
    """
    if complement is None or not any(complement in piece for piece in pieces):
        return pieces
    told = words.heads[complement]
    above = words.heads[told]
    quoted = {t for q in quotations for t in range(q.first, q.last + 1)}
    return [
        piece
        for piece in pieces
        if piece[0] in quoted
        or any(_under(words, t, told) for t in piece)
        or not all(_under(words, t, above) for t in piece)
    ]


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
    words: Words,
    cue: tuple[int, ...],
    inside: set[int],
    bounds: tuple[int, int],
    quotations: Sequence[Quotation],
) -> list[int] | None:
    """The whole clause before a reporting tag at the end of a sentence ("…, state media reported.").

    A quotation that ends there belongs to it as a whole, also the sentences of it before this one. None where the cue is
    no such tag: no comma or closing quotation mark a few words before the speaker, or more than a few words after the
    cue, or less than TAG_SHARE of what stands before looks like content.
    """
    first, end = bounds
    left = _tag_mark(words, cue, first)
    if left is None:
        return None
    after = sum(words.solid[t] for t in range(cue[-1] + 1, end))
    before = list(range(first, left))
    solid = [t for t in before if words.solid[t]]
    if after > TAG_WORDS or not solid:
        return None
    if any(t > left for t in inside) or sum(t in inside for t in solid) < TAG_SHARE * len(solid):
        return None
    earlier = next((q.first for q in quotations if q.first < first <= q.last < cue[0]), first)
    whole = list(range(earlier, left))
    return whole if sum(words.solid[t] for t in whole) >= TAG_SHORTEST else None


def _tag_mark(words: Words, cue: tuple[int, ...], first: int) -> int | None:
    """The comma or closing quotation mark before a tag's speaker, or before its cue where he stands behind it.

    A speaker may have commas of his own ("…, the governor, Ms Bello, said"), so the search begins before his phrase.
    """
    start = cue[0]
    for token in cue:
        for child in words.children[token]:
            if words.deps[child] in SUBJECTS and child < start:
                start = _leftmost(words, child)
    left = start - 1
    while left > first and start - left <= TAG_WORDS and words.word(left) not in TAG_MARKS:
        left -= 1
    return left if left > first and words.word(left) in TAG_MARKS else None


def _leftmost(words: Words, token: int) -> int:
    """The first token of what hangs on a token."""
    first, stack, seen = token, [token], {token}
    while stack:
        at = stack.pop()
        first = min(first, at)
        below = [child for child in words.children[at] if child not in seen]
        seen.update(below)
        stack += below
    return first


def _under(words: Words, token: int, above: int) -> bool:
    """Tell whether a token hangs on another, at whatever depth."""
    for _ in range(LONGEST_CLIMB):
        if token == above:
            return True
        if words.heads[token] == token:
            return False
        token = words.heads[token]
    return False


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
            and not _told_by(words, cues[number][0], cues[other][0])
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


def _told_by(words: Words, cue: int, other: int) -> bool:
    """Tell whether a cue is itself part of what another tells: "Spain said …, the paper reported".

    Parses hang either of them on the other.
    """
    if words.heads[other] == cue and words.deps[other] == "parataxis" and other > cue:
        return True
    for _ in range(LONGEST_CLIMB):
        above = words.heads[cue]
        if above in (cue, other):
            return above == other and words.deps[cue] == "ccomp"
        cue = above
    return False


def _trim(words: Words, part: list[int], quotations: Sequence[Quotation]) -> list[int]:
    """Leave out white space, marks and "that" at the edges; a final mark stays where it is part of a quotation."""
    while part and (words.space[part[0]] or words.word(part[0]) in EDGE or _only_introduces(words, part)):
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


def _only_introduces(words: Words, part: list[int]) -> bool:
    """Tell whether the first word only leads up to the clause: "that", or the "of" of a gerund."""
    return words.lower[part[0]] in INTRODUCING and words.deps[part[0]] == "mark"


def introduces(words: Words, token: int) -> bool:
    """Tell whether grammar makes a word a cue: a clause with a verb for its object and a subject beside it; "according to".

    Clauses that depend on a noun or on a verb of doing have no such shape.
    """
    if words.lower[token] in ("according", "to"):
        first = token if words.lower[token] == "according" else token - 1
        return words.lower[first : first + 2] == ["according", "to"]
    if words.pos[token] != "VERB":
        return False
    below = words.children[token]
    if any(
        words.deps[child] == "nsubj:pass" for child in below
    ):  # "was accused of arming", "was urged to return"
        return any(
            words.deps[child] in ("xcomp", "ccomp", "advcl") and _is_marked(words, child) for child in below
        )
    subject = next((child for child in below if words.deps[child] == "nsubj"), None)
    if subject is None:
        return False
    if words.deps[token] == "parataxis" and words.heads[token] < subject < token:
        return True  # a tag: "…, the paper reported"
    return any(words.deps[child] == "ccomp" for child in below)


def _is_marked(words: Words, token: int) -> bool:
    """Whether "of", "to" or "that" makes a verb the complement of another."""
    return any(
        words.deps[t] == "mark" and words.lower[t] in ("of", "to", "that") for t in words.children[token]
    )
