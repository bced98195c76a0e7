"""Whose words a document has: "a NATO statement said", "the report warns", "the court's summary noted".

Papers do not speak: who issued them does. His name stands in the phrase itself, in an earlier phrase for the same paper,
or beside the first mention of it ("In a statement, the ministry …", "the ministry issued a statement").
"""

from collections.abc import Iterator

from dragoman.coding.actors import Actors
from dragoman.coding.mentions import Mention
from dragoman.coding.tree import Tree
from dragoman.knowledge import Hit

PAPERS = frozenset(
    {
        "statement",
        "report",
        "letter",
        "resolution",
        "release",
        "communique",
        "communiqué",
        "declaration",
        "document",
        "message",
        "summary",
        "study",
        "bulletin",
        "survey",
        "announcement",
        "petition",
    }
)
ISSUING = frozenset(
    {
        "issued",
        "released",
        "published",
        "signed",
        "wrote",
        "posted",
        "sent",
        "made",
        "gave",
        "presented",
        "read",
    }
)  # verbs of which a paper is the object and its author the subject
BODIES = frozenset({"organisation", "igo", "ngo", "company", "party", "group", "media"})
BY = frozenset({"by", "from", "of"})
TAKING_UP = frozenset({"the", "this", "that"})
SENTENCES_BACK = 6  # a paper is taken up close to where it was named first
SUBJECTS = ("nsubj", "nsubj:pass")


def issuer_of(paper: Mention, actors: Actors) -> Mention | None:
    """Who speaks in a paper, or None where the mention is none or the text does not say."""
    tree = actors.tree
    if paper.form != "description" or tree.lower[paper.head] not in PAPERS:
        return None
    found = _in_phrase(paper, actors)
    if found is not None:
        return found
    if tree.lower[paper.first] not in TAKING_UP:
        return None
    for earlier in _earlier(paper, actors):
        found = _in_phrase(earlier, actors) or _beside(earlier, actors)
        if found is not None:
            return found
    return None


def named_before(paper: Mention, actors: Actors) -> Hit | None:
    """The body of the tables whose name stands before the noun ("a NATO statement") and is no mention of its own."""
    if paper.form != "description" or actors.tree.lower[paper.head] not in PAPERS:
        return None
    named = [hit for hit in paper.modifiers if hit.entries[0].kind in BODIES]
    return named[-1] if named else None


def _in_phrase(paper: Mention, actors: Actors) -> Mention | None:
    """The owner, the name before the noun, or who follows "by", "from" and "of"."""
    if paper.possessor is not None:
        return _somebody(paper.possessor, actors)
    for token in range(paper.head - 1, paper.first - 1, -1):
        inside = actors.mention_at(token)
        if inside is not None and inside.head == token and inside.form == "name":
            return _somebody(token, actors)
    named = (child for preposition, child in paper.complements if preposition in BY)
    return next((one for one in (_somebody(child, actors) for child in named) if one is not None), None)


def _earlier(paper: Mention, actors: Actors) -> Iterator[Mention]:
    """Earlier mentions of a paper of the same noun, the latest first."""
    word = actors.tree.lower[paper.head]
    for other in reversed(actors.mentions):
        near = other.head < paper.head and paper.sentence - other.sentence <= SENTENCES_BACK
        if near and other.form == "description" and actors.tree.lower[other.head] == word:
            yield other


def _beside(paper: Mention, actors: Actors) -> Mention | None:
    """The subject of the verb that a paper hangs on ("in a statement, Libya said", "the group issued a statement")."""
    tree = actors.tree
    relation, above = tree.dep[paper.head].split(":")[0], tree.head[paper.head]
    if relation != "obl" and not (relation == "obj" and tree.lower[above] in ISSUING):
        return None
    for _ in range(3):
        subject = _subject(tree, above)
        if subject is not None:
            return _somebody(subject, actors)
        if tree.head[above] == above or tree.dep[above].split(":")[0] not in ("advcl", "xcomp", "conj"):
            return None
        above = tree.head[above]
    return None


def _subject(tree: Tree, verb: int) -> int | None:
    return next((child for child in tree.children[verb] if tree.dep[child] in SUBJECTS), None)


def _somebody(token: int, actors: Actors) -> Mention | None:
    mention = actors.mention_at(token)
    return mention if mention is not None and actors.is_somebody(mention) else None
