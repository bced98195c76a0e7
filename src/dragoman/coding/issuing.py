"""Who issued a text that a state body or an office holder published, as its headline says."""

from collections.abc import Sequence

from dragoman.coding.descriptions import Describer
from dragoman.coding.mentions import Mention
from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import Words

OPENING = 3  # words: "Joint Press Statement by …"
BY = frozenset({"by", "from", "of"})
NO_SIGNATURE = frozenset({"readout"})  # "Readout of the President's call" is his state's, not his
STATE_SECTORS = frozenset({"GOV", "MIL", "LEG", "JUD"})


def issuer_in_headline(
    tree: Tree, mentions: Sequence[Mention], describer: Describer, words: Words, headline: str
) -> Mention | None:
    """The office holder or state body behind "Statement by", "Remarks from", "Readout of" at the head of a text.

    None where the text does not open with its headline, or where the headline names no one in a state's service.
    """
    if not headline or not tree.text.startswith(headline):
        return None
    end = sum(1 for start in tree.start if start < len(headline))
    opening = next((t for t in range(min(OPENING, end)) if tree.lower[t] in words.issuing), None)
    if opening is None or opening + 2 >= end or tree.lower[opening + 1] not in BY:
        return None
    first = opening + 2
    for mention in mentions:
        if mention.first <= first + 1 and first <= mention.head < end and mention.end > first:
            return mention if _serves_a_state(mention, describer) else None
    return None


def signs(tree: Tree, issuer: Mention) -> bool:
    """Tell whether the text speaks with the issuer's own voice, and not of him."""
    return tree.lower[max(0, issuer.first - 2)] not in NO_SIGNATURE


def _serves_a_state(mention: Mention, describer: Describer) -> bool:
    if mention.hit is not None and mention.hit.entries[0].kind != "person":
        return "GOV" in mention.hit.entries[0].sectors or mention.hit.entries[0].kind == "country"
    described = describer.describe(mention.role) if mention.role else None
    if described is None:
        return False
    return (
        described.office_key is not None
        or described.relational
        or bool(STATE_SECTORS & set(described.sectors))
    )
