"""Which words of a codebook stand in an act's clause, and how they hang together there."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

from spacy.tokens import Doc

from dragoman.coding.acts import Act
from dragoman.coding.words import Words

CLOSE: Final = 2  # steps in the tree between words of one phrase, and from a phrase to its trigger
CLIMB: Final = 4  # steps from a noun that tells an act to the verb of its clause
OWN_CLAUSE: Final = frozenset(("root", "ccomp", "csubj", "advcl", "acl", "parataxis", "conj", "xcomp"))
SHARED_CLAUSE: Final = frozenset(
    ("xcomp", "advcl")
)  # "gathered to protest": the governor's words are the act's too
OTHER_CLAUSE: Final = frozenset(("ccomp", "csubj", "advcl", "conj", "parataxis"))
UNTOLD: Final = frozenset(("a", "an", "the", "his", "her", "its", "their", "'s", "’s"))
LEMMATISED: Final = ("VERB", "NOUN", "ADJ")


class Forms:
    """The lemmas that a word may have, as any part of speech: neither phrase nor tag decides which."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        self._lemmatizer = nlp.get_pipe("lemmatizer")
        self._known: dict[str, frozenset[str]] = {}

    def of(self, word: str) -> frozenset[str]:
        """The word itself, in lower case, and its lemmas."""
        word = word.lower()
        if word not in self._known:
            found = {word}
            for pos in LEMMATISED:
                token = Doc(self._nlp.vocab, words=[word], pos=[pos])[0]
                found.update(lemma.lower() for lemma in self._lemmatizer.rule_lemmatize(token))
            self._known[word] = frozenset(found)
        return self._known[word]

    def phrase(self, text: str) -> tuple[frozenset[str], ...]:
        """The forms of each word of a phrase, cut as texts are; articles and possessives are left out."""
        words = [token.lower_ for token in self._nlp.make_doc(text) if not (token.is_punct or token.is_space)]
        told = [word for word in words if word not in UNTOLD] or words
        return tuple(self.of(word) for word in told)


class Clause:
    """The words around the trigger of one act that tell of this act and of no other.

    tokens: in text order. It is the clause of the trigger, with the governor of a purpose ("gathered to protest"),
    without what hangs on the triggers of other acts.
    """

    def __init__(
        self, words: Words, act: Act, others: Sequence[Act], forms: Callable[[str], frozenset[str]]
    ) -> None:
        self.words, self.act, self._forms = words, act, forms
        own = set(act.tokens)
        self._foreign = {token for other in others for token in other.tokens} - own
        self.top = min(act.tokens, key=self._depth)

    def _depth(self, token: int) -> int:
        heads, steps = self.words.heads, 0
        while heads[token] != token:
            token, steps = heads[token], steps + 1
        return steps

    @cached_property
    def tokens(self) -> tuple[int, ...]:
        """The words of the clause, without punctuation."""
        words = self.words
        path = [self.top]
        while (
            len(path) <= CLIMB
            and words.pos[path[-1]] != "VERB"
            and _base(words.deps[path[-1]]) not in OWN_CLAUSE
            and words.heads[path[-1]] != path[-1]
        ):
            path.append(words.heads[path[-1]])
        shared = _base(words.deps[path[-1]]) in SHARED_CLAUSE and words.heads[path[-1]] not in self._foreign
        if shared:
            path.append(words.heads[path[-1]])
        found = set(self.act.tokens)
        waiting = [path[-1], *self.act.tokens]
        seen: set[int] = set()
        while waiting:
            token = waiting.pop()
            if token in seen:
                continue
            seen.add(token)
            found.add(token)
            for child in words.children[token]:
                if child in path:
                    waiting.append(child)
                elif child in self._foreign:
                    # The noun of another act is this one's word ("detained organisers of the march"); its own are not.
                    if words.pos[child] in ("NOUN", "PROPN"):
                        found.add(child)
                elif not (shared and token == path[-1] and _base(words.deps[child]) in OTHER_CLAUSE):
                    waiting.append(child)
        return tuple(sorted(token for token in found if words.solid[token]))

    @cached_property
    def forms(self) -> dict[int, frozenset[str]]:
        """The forms of each word of the clause; a name has none ("March" the month is no march)."""
        words = self.words
        return {
            token: frozenset() if self._is_name(token) else self._forms(words.lower[token])
            for token in self.tokens
        }

    def _is_name(self, token: int) -> bool:
        return (
            self.words.pos[token] == "PROPN"
            and token not in self.act.tokens
            and not self.words.begins_sentence(token)
        )

    def find(
        self, phrase: Sequence[frozenset[str]], *, at_trigger: bool = False, in_trigger: bool = False
    ) -> tuple[int, ...] | None:
        """The tokens of a phrase whose words hang close together, or None.

        at_trigger: one of them is close to the trigger; in_trigger: one of them belongs to it.
        """
        places = [[token for token in self.tokens if word & self.forms[token]] for word in phrase]
        if not places or not all(places):
            return None
        for first in places[0]:
            chosen = [first]
            for candidates in places[1:]:
                near = [t for t in candidates if t not in chosen and any(self.close(t, c) for c in chosen)]
                if not near:
                    break
                chosen.append(min(near, key=lambda token: (abs(token - chosen[-1]), token)))
            if len(chosen) < len(phrase):
                continue
            if in_trigger and set(chosen).isdisjoint(self.act.tokens):
                continue
            if at_trigger and not any(self.close(c, t) for c in chosen for t in self.act.tokens):
                continue
            return tuple(sorted(chosen))
        return None

    def close(self, first: int, second: int) -> bool:
        """Tell whether two words are the same, neighbours, or at most two steps apart in the tree."""
        heads = self.words.heads
        if abs(first - second) <= 1:
            return True
        up_first, up_second = (
            (first, heads[first], heads[heads[first]]),
            (second, heads[second], heads[heads[second]]),
        )
        return first in up_second or second in up_first or heads[first] == heads[second]

    def dependents(
        self, relations: Sequence[str], lemmas: Sequence[frozenset[str]], cases: Sequence[str]
    ) -> tuple[int, ...]:
        """The words of the clause that hang on the trigger, or on the verb that carries it, by a relation."""
        words = self.words
        carriers = {*self.act.tokens, self.top}
        if words.pos[self.top] != "VERB":
            carriers.add(words.heads[self.top])
        return tuple(
            token
            for token in self.tokens
            if words.heads[token] in carriers
            and words.heads[token] != token
            and any(words.deps[token] == r or _base(words.deps[token]) == r for r in relations)
            and (not lemmas or any(one & self.forms[token] for one in lemmas))
            and (not cases or any(words.lower[c] in cases for c in words.children[token]))
        )


def _base(relation: str) -> str:
    return relation.split(":", 1)[0].lower()


__all__ = ["Clause", "Forms"]
