"""How well what was named before answers a pronoun or a description: a score of named parts."""

from collections.abc import Sequence

from dragoman.coding.drafts import Draft
from dragoman.coding.mentions import Mention
from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import Pronoun

# The ranking of antecedents; chosen on the training part by benchmarks/who.py.
SENTENCES_BACK = 4  # a pronoun farther from its antecedent than this is left alone
PER_SENTENCE = -1.2
SUBJECT = 1.5
SAME_ROLE = 0.6  # subject looks for subject, object for object
NAMED = 0.6
PER_MENTION = 0.15  # topic: how often the cluster was named before, up to TOPIC_MENTIONS
TOPIC_MENTIONS = 6
GENDER_KNOWN = 0.8
ACTOR = 0.8  # something the tables or the reader know as an actor, over a plain thing
NESTED = -0.7  # the owner in "Russia's army" is less likely meant than the army
PLURAL_ANSWER = 0.6  # "they" means several rather than one body
LIST_ANSWER = 0.4  # and an "and" list rather than one of its members


ANSWERS_THEY = frozenset({"organisation", "group", "crowd", "list", "country"})


class Ranking:
    """Scores the clusters of one document."""

    def __init__(self, tree: Tree, mentions: Sequence[Mention]) -> None:
        self._tree = tree
        self._mentions = mentions

    def fit(self, draft: Draft, mention: Mention, pronoun: Pronoun) -> float | None:
        """How well a cluster answers a pronoun, or None where grammar forbids it."""
        nature = draft.nature
        if pronoun.animate == "person" and nature != "person":
            return None
        if pronoun.animate == "thing" and (nature in ("person", "crowd", "list") or draft.plural):
            return None
        if pronoun.animate == "any" and not (draft.plural or nature in ANSWERS_THEY):
            return None
        if pronoun.gender and draft.gender and pronoun.gender != draft.gender:
            return None
        score = self.salience(draft, mention, subject_wanted=mention.subject)
        if score < PER_SENTENCE * SENTENCES_BACK:
            return None
        if pronoun.gender and draft.gender == pronoun.gender:
            score += GENDER_KNOWN
        if pronoun.animate == "any":
            score += PLURAL_ANSWER if draft.plural or nature in ("crowd", "list") else -PLURAL_ANSWER
            score += LIST_ANSWER if nature == "list" else 0.0
        last = self._mentions[draft.mentions[-1]] if draft.mentions else None
        if last is not None and self._co_arguments(last, mention) and not pronoun.reflexive:
            return None
        return score

    def salience(self, draft: Draft, mention: Mention, *, subject_wanted: bool) -> float:
        """How much a cluster is in the reader's mind at a mention: how lately, as what, and how often it was named."""
        last = self._mentions[draft.last]
        score = PER_SENTENCE * (mention.sentence - last.sentence)
        if mention.sentence - last.sentence > SENTENCES_BACK:
            return score - 1.0
        if last.subject:
            score += SUBJECT + (SAME_ROLE if subject_wanted else 0.0)
        if last.relation == "nmod:poss" and mention.sentence == last.sentence:
            score += NESTED
        if draft.names:
            score += NAMED
        if draft.nature != "thing":
            score += ACTOR
        return score + PER_MENTION * min(len(draft.mentions), TOPIC_MENTIONS)

    def _co_arguments(self, a: Mention, b: Mention) -> bool:
        """Tell whether both depend on the same verb ("Im met him": not Im)."""
        if a.sentence != b.sentence or b.relation == "nmod:poss":
            return False
        return self._tree.head[a.head] == self._tree.head[b.head] and a.relation != "conj"
