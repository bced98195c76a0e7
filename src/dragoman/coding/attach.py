"""Which expressions of a sentence belong to an act? The nearest along the parse; without a parse, along the words.

Used for dates and places alike: both stand in the act's own clause, or in a clause that the act is only a
part of ("A bomb went off on Friday, killing three").
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coding.words import Words

TokenRange = tuple[int, int]

# Relations an act may climb: its time and place are those of the word above. Cost in steps.
CLIMBS = {
    "conj": 2, "xcomp": 1, "advcl": 2, "obj": 1, "iobj": 1, "nsubj": 1, "nsubj:pass": 1, "obl": 2, "obl:agent": 1,
    "nmod": 2, "compound": 1, "aux": 0, "aux:pass": 0, "cop": 0, "dep": 2, "list": 2, "nmod:poss": 2, "flat": 0,
    "compound:prt": 0, "amod": 2, "csubj": 2, "nsubj:outer": 1, "fixed": 0, "case": 0, "mark": 0, "det": 0,
    "nummod": 1, "advmod": 1, "obl:tmod": 2, "obl:unmarked": 2, "nmod:tmod": 2, "nmod:unmarked": 2, "goeswith": 0,
}  # fmt: skip
# Words that tie one act to another in time or cause: the date of the one is not the date of the other.
TIES = frozenset({
    "after", "before", "since", "until", "following", "over", "despite", "because", "when", "while",
    "once", "if", "although", "though", "as", "for", "against", "amid",
})  # fmt: skip
# Relations inside a phrase, from an expression up to the word whose phrase it stands in.
INSIDE = frozenset({
    "nmod", "nmod:poss", "nmod:tmod", "nmod:unmarked", "nmod:npmod", "compound", "obl", "obl:tmod",
    "obl:unmarked", "obl:npmod", "obl:agent", "nsubj", "nsubj:pass", "obj", "iobj", "conj", "appos",
    "flat", "nummod", "advmod", "amod", "case", "dep", "det", "list", "goeswith",
})  # fmt: skip
# Relations of a modifier before its noun.
BEFORE_NOUN = frozenset({"compound", "nummod", "amod", "nmod:desc"})
# Further than this, an expression is not the act's.
FAR = 3
# Without a parse: a word costs this much, and a word or sign that begins another clause so much more.
WORD_COST, BORDER_COST = 0.1, 1.2
FAR_IN_WORDS = 3.6
# With a parse that joins nothing to the act: no border, and this near.
CLOSE_IN_WORDS = 0.6
# A place that the tree joins to the act though it stands far away.
JOINED_COST = 1.0
# From what is said up to the verb of saying, where that is the act itself.
SAYING_COST = 2
BORDERS = frozenset({
    "that", "which", "who", "whom", "whose", "after", "before", "when", "while", "since", "because",
    "but", "although", "though", "if", "as", "where", "until", ",", ";", ":", "—", "–", '"', "“", "”",
    "(", ")", "said", "says", "told", "following", "amid", "over",
})  # fmt: skip


# Words that lead off the main line of the news, and how many tokens back from the act they are looked for.
OFF_LINE = frozenset({
    "after", "following", "since", "despite", "over", "amid", "who", "whom", "whose", "alleged",
    "allegedly", "response", "connection", "suspicion", "previous",
})  # fmt: skip
OFF_LINE_REACH = 7
# A run of words without a full stop is no sentence: an act's own ends so many tokens before and after it.
SENTENCE_REACH = 200
# Words above an act that are asked whether they share its time and place.
LONGEST_CLIMB = 60
# Without a parse, words between an opening expression and the act count up to so many.
OPENING_REACH = 12


@dataclass(frozen=True, slots=True)
class Attachment:
    """How an expression belongs to the act: smaller cost is closer; how: in words, for the reason."""

    index: int
    cost: float
    how: str


def head_of(words: Words, tokens: TokenRange) -> int:
    """The word of the range whose head lies outside it: the first such verb, else the first such word."""
    start, end = tokens
    heads = words.heads
    tops = [t for t in range(start, end) if heads[t] == t or not start <= heads[t] < end]
    return next((t for t in tops if words.pos[t] == "VERB"), tops[0] if tops else start)


def sentence_range(words: Words, index: int) -> TokenRange:
    """First and last token (half-open) of the sentence that holds the token; the whole text if it is not cut.

    Never more than SENTENCE_REACH tokens to either side.
    """
    first, last = words.bounds[words.sentence_of[index]]
    return max(first, index - SENTENCE_REACH), min(last, index + 1 + SENTENCE_REACH)


def attach(
    words: Words, trigger: TokenRange, targets: Sequence[TokenRange], *, through_saying: bool = False
) -> list[Attachment]:
    """Order those targets that belong to the act, closest first; ties go to the one further left.

    targets: token ranges in the trigger's sentence. through_saying: the act is something said, so what tells when
    and where the saying verb above it took place tells it of the act too ("announced on Monday it would pay").
    Where the parse joins no target to the act, one that stands right beside it is taken: parses err.
    """
    if words.parsed:
        found, elsewhere = _by_parse(words, trigger, targets, through_saying)
        if not found:
            near = _by_words(words, trigger, targets, CLOSE_IN_WORDS)
            found = [a for a in near if a.index not in elsewhere]
    else:
        found = _by_words(words, trigger, targets, FAR_IN_WORDS)
    return sorted(found, key=lambda a: (a.cost, targets[a.index][0]))


def attach_nearby(words: Words, trigger: TokenRange, targets: Sequence[TokenRange]) -> list[Attachment]:
    """Order targets as `attach` does, by nearness first; what the tree joins directly is added behind.

    For places: a sentence has one more often than it has a date, and says it once for several acts. On the training
    texts the tree alone finds 0.44 of the places at a precision of 0.77, this way 0.56 at 0.71.
    """
    found = _by_words(words, trigger, targets, FAR_IN_WORDS)
    if words.parsed:
        known = {a.index for a in found}
        joined, _ = _by_parse(words, trigger, targets, through_saying=False)
        found += [
            Attachment(a.index, a.cost + JOINED_COST, a.how)
            for a in joined
            if a.index not in known and a.cost <= 1
        ]
    return sorted(found, key=lambda a: (a.cost, targets[a.index][0]))


def _by_parse(
    words: Words, trigger: TokenRange, targets: Sequence[TokenRange], through_saying: bool
) -> tuple[list[Attachment], set[int]]:
    """Targets that the tree joins to the act, and the indices of those that it clearly gives to something else."""
    costs, heads = _chain(words, head_of(words, trigger), through_saying), words.heads
    out: list[Attachment] = []
    elsewhere: set[int] = set()
    for index, target in enumerate(targets):
        if target[0] < trigger[1] and trigger[0] < target[1]:
            out.append(Attachment(index, 0, "inside the words of the act"))
            continue
        node, steps = head_of(words, target), 0
        while node not in costs and heads[node] != node and words.deps[node] in INSIDE:
            if steps and _tied(words, node):
                elsewhere.add(index)
                break
            if words.deps[node] in BEFORE_NOUN and heads[node] > node and heads[node] not in costs:
                # "the 2015 bill", "the Kabul government": it says which one, not when or where the act was
                elsewhere.add(index)
                break
            node, steps = heads[node], steps + 1
        if node in costs:
            cost = costs[node] + max(0, steps - 1)
            if cost <= FAR:
                how = "its own phrase" if costs[node] == 0 and steps <= 1 else f"through {words.word(node)!r}"
                out.append(Attachment(index, cost, how))
    return out, elsewhere


def _tied(words: Words, node: int) -> bool:
    """Whether a word such as "after" ties the phrase or clause of this node to the one above."""
    return any(
        words.lower[child] in TIES and words.deps[child] in ("case", "mark", "advmod")
        for child in words.children[node]
    )


def _chain(words: Words, node: int, through_saying: bool) -> dict[int, float]:
    """The act's head and the words above it that share its time and place, with the cost of getting there."""
    costs: dict[int, float] = {node: 0.0}
    cost = 0.0
    while len(costs) < LONGEST_CLIMB and words.heads[node] != node:
        relation = words.deps[node]
        if relation not in CLIMBS and not (through_saying and relation == "ccomp"):
            break
        if relation in ("advcl", "obl", "nmod") and _tied(words, node):
            break
        cost += CLIMBS.get(relation, SAYING_COST)
        node = words.heads[node]
        costs.setdefault(node, cost)
    return costs


def _by_words(
    words: Words, trigger: TokenRange, targets: Sequence[TokenRange], limit: float
) -> list[Attachment]:
    out = []
    for index, (start, end) in enumerate(targets):
        if start < trigger[1] and trigger[0] < end:
            out.append(Attachment(index, 0, "inside the words of the act"))
            continue
        low, high = (trigger[1], start) if start >= trigger[1] else (end, trigger[0])
        opens = end <= trigger[0] and _opens_sentence(words, start)
        if not opens and WORD_COST * (high - low) > limit:
            continue
        borders = sum(word in BORDERS for word in words.lower[low:high])
        if opens:
            # "On Thursday, with four days left, the rebels …": it holds for the whole sentence
            borders = min(borders, 1)
            low = max(low, high - OPENING_REACH)
        cost = WORD_COST * (high - low) + BORDER_COST * borders
        if cost <= limit:
            out.append(Attachment(index, cost, "nearest in the sentence"))
    return out


def _opens_sentence(words: Words, start: int) -> bool:
    """Whether the expression opens its sentence, with at most a preposition and an article before it."""
    first = start
    while first > 0 and start - first <= 2 and not words.begins_sentence(first):
        first -= 1
    return start - first <= 2 and "," not in words.lower[first:start]


def on_main_line(words: Words, trigger: TokenRange) -> bool:
    """Whether the act is what the sentence tells, not what it happened after or in answer to, nor said of somebody.

    By words alone: on the training texts the tree did no better (dates right 0.805 along it, 0.813 so).
    """
    first = sentence_range(words, trigger[0])[0]
    for word in reversed(words.lower[max(first, trigger[0] - OFF_LINE_REACH) : trigger[0]]):
        if word in (",", ";", ":"):
            return True
        if word in OFF_LINE:
            return False
    return True


def token_range(words: Words, start: int, end: int) -> TokenRange:
    """The tokens that overlap the characters [start, end); at least one."""
    if not 0 <= start < end <= len(words.text):
        raise ValueError(f"characters [{start}, {end}) lie outside the text")
    return bisect_right(words.starts, start) - 1, bisect_left(words.starts, end)
