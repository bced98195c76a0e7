"""What stands inside quotation marks, and who is heard there if nobody says otherwise."""

from collections.abc import Container, Sequence

from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import Words


def quoted_tokens(tree: Tree) -> tuple[bool, ...]:
    """For each token, whether it stands inside double quotation marks; a paragraph's end closes what is open."""
    inside = False
    quoted = []
    for index, word in enumerate(tree.words):
        if index and "\n\n" in tree.text[tree.end[index - 1] : tree.start[index]]:
            inside = False
        if word in ("“", "``"):
            inside = True
        elif word in ("”", "''"):
            inside = False
        elif word == '"':
            inside = not inside
        quoted.append(inside and word not in ('"', "“", "``"))
    return tuple(quoted)


def reporting_subject(
    tree: Tree, token: int, quoted: Sequence[bool], mentioned: Container[int], words: Words
) -> int | None:
    """The subject of a reporting verb outside the quotation of a token: in its sentence, the next, or the one before.

    mentioned: tokens that head a mention. None where the token is not quoted or no such subject is near.
    """
    if not quoted[token]:
        return None
    sentence = tree.sent[token]
    for number in (sentence, sentence + 1, sentence - 1):
        if not 0 <= number < len(tree.bounds):
            continue
        speakers = [
            index
            for index in range(*tree.bounds[number])
            if index in mentioned
            and tree.dep[index] == "nsubj"
            and tree.lower[tree.head[index]] in words.reporting
            and not quoted[index]
            and not quoted[tree.head[index]]
        ]
        if speakers:
            return min(speakers, key=lambda index: (abs(index - token), index))
    return None
