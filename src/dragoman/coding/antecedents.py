"""How well what was named before answers a pronoun or a description: a score of named parts."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from dragoman.coding.drafts import Draft
from dragoman.coding.heads import Floats, Heads
from dragoman.coding.mentions import Mention
from dragoman.coding.odds import log_odds
from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import Pronoun, Words

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

SPEAKS_ON = 1.5  # in news a run of statements keeps its speaker

ANSWERS_THEY = frozenset({"organisation", "group", "crowd", "list", "country"})


# The head of coreference; chosen on train and development texts by benchmarks/coreference.py.
PRONOUN_WEIGHT = 0.5
NOT_HE = -2.0  # log-odds under which a cluster of the window is not the one meant
NAME_CUT = 0.0  # log-odds from which a name is that of one told of without
AWAY = -1.0  # log-odds where it cannot say, for mentions of two windows
SURE_ENOUGH = 4.0  # log-odds beyond which the head is not believed more


class Links:
    """What the head of coreference says of two mentions of one window: the log-odds that they are one."""

    def __init__(self, heads: Heads, mentions: Sequence[Mention]) -> None:
        self._heads = heads
        self._mentions = mentions
        self._columns = np.array([mention.head for mention in mentions], dtype=np.int64)
        self._rows: dict[int, list[float]] = {}

    def between(self, a: int, b: int) -> float | None:
        """The mean of both directions, or None for mentions in two windows."""
        forth = self._row(a)[b]
        if not forth:
            return None
        edge = 1 - 1 / (1 + math.exp(-SURE_ENOUGH))
        return (log_odds(forth, edge) + log_odds(self._row(b)[a], edge)) / 2

    def _row(self, index: int) -> list[float]:
        if index not in self._rows:
            scores: Floats = self._heads.pair([self._mentions[index].head], "coref")
            self._rows[index] = scores[self._columns].tolist()
        return self._rows[index]


class Ranking:
    """Scores the clusters of one document."""

    def __init__(
        self, tree: Tree, mentions: Sequence[Mention], words: Words, heads: Heads | None = None
    ) -> None:
        self._tree = tree
        self._words = words
        self._mentions = mentions
        self._links = (
            None if heads is None or "coref" not in heads.labels["pairs"] else Links(heads, mentions)
        )

    def link(self, draft: Draft, index: int) -> float | None:
        """The log-odds of the head that a mention is one with a cluster, by its best link; None where it cannot say."""
        if self._links is None:
            return None
        said = [self._links.between(index, other) for other in draft.mentions]
        known = [one for one in said if one is not None]
        return max(known) if known else None

    def surest(self, drafts: Sequence[Draft], index: int) -> Draft | None:
        """The cluster of which the head is surest that a name is its name, or None; the later one of two alike."""
        said = [(self.link(draft, index), draft) for draft in drafts]
        sure = [
            (linked, draft.last, draft) for linked, draft in said if linked is not None and linked >= NAME_CUT
        ]
        return max(sure, key=lambda one: one[:2])[2] if sure else None

    def fit(self, draft: Draft, index: int, pronoun: Pronoun) -> float | None:
        """How well a cluster answers the pronoun that is the mention of this index, or None where grammar forbids it."""
        mention = self._mentions[index]
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
        if self.reports(mention) and any(self.reports(self._mentions[i]) for i in self._lately(draft)):
            score += SPEAKS_ON
        last = self._mentions[draft.mentions[-1]] if draft.mentions else None
        if last is not None and self._co_arguments(last, mention) and not pronoun.reflexive:
            return None
        linked = self.link(draft, index)
        if linked is not None and linked < NOT_HE:
            return None
        return score + PRONOUN_WEIGHT * (AWAY if linked is None else linked)

    def salience(self, draft: Draft, mention: Mention, *, subject_wanted: bool) -> float:
        """How much a cluster is in the reader's mind at a mention: how lately, as what, and how often it was named."""
        last = self._mentions[draft.last]
        score = PER_SENTENCE * (mention.sentence - last.sentence)
        if mention.sentence - last.sentence > SENTENCES_BACK:
            return score - 1.0
        if last.subject or any(self._mentions[i].subject for i in self._lately(draft)):
            score += SUBJECT + (SAME_ROLE if subject_wanted else 0.0)
        if last.relation == "nmod:poss" and mention.sentence == last.sentence:
            score += NESTED
        if draft.names:
            score += NAMED
        if draft.nature != "thing":
            score += ACTOR
        return score + PER_MENTION * min(len(draft.mentions), TOPIC_MENTIONS)

    def reports(self, mention: Mention) -> bool:
        """Tell whether a mention is the subject of a verb of saying."""
        return mention.subject and self._tree.lower[self._tree.head[mention.head]] in self._words.reporting

    def _lately(self, draft: Draft) -> Iterator[int]:
        """The mentions of a cluster in the sentence that names it last."""
        sentence = self._mentions[draft.last].sentence
        return (i for i in draft.mentions if self._mentions[i].sentence == sentence)

    def _co_arguments(self, a: Mention, b: Mention) -> bool:
        """Tell whether both depend on the same verb ("Im met him": not Im)."""
        if a.sentence != b.sentence or b.relation == "nmod:poss":
            return False
        return self._tree.head[a.head] == self._tree.head[b.head] and a.relation != "conj"
