"""What the grammar around an act says of whether it happened.

From the act's word the tree is climbed: a governing verb is met through its complement, the word of a trigger noun through
its support verb. Then the chain is read from the top down, as denial works: "did not fail to leave" is a denied "fail",
and a denied "fail" affirms what hangs on it (Karttunen 1971). Which words do what is data/factuality.toml.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from dragoman.coding.factuality_words import Effect, Governor, factuality_words
from dragoman.coding.words import Words
from dragoman.records.event import Certainty, Polarity, Realis

HIGHEST = 8  # words above an act that are asked
Link = Literal["infinitive", "gerund", "clause", "noun", "matter", "support", "none"]
OBJECTS = frozenset({"obj", "iobj", "nsubj", "nsubj:pass"})
NOMINAL = frozenset({"NOUN", "PROPN"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
BE = frozenset({"be", "is", "are", "am", "was", "were", "'s", "’s", "'re", "’re"})
NOW = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re"})
HAVE = frozenset({"have", "has", "had", "having", "'ve", "’ve", "of"})
CONDITIONS = frozenset({"if", "unless", "provided"})
CONDITIONAL = frozenset({"will", "wo", "'ll", "’ll", "would", "could", "may", "might", "can"})
LIMITS = frozenset({"until", "till"})
STRENGTH = {"actual": 0, "future": 1, "hypothetical": 2}


@dataclass(frozen=True, slots=True)
class Sign:
    """A row of the table that decided a field, and the tokens it rests on."""

    rule: str
    tokens: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What grammar says: a field without a sign was not touched. in_speech: the act stands in somebody's reported words."""

    polarity: Polarity = "affirmed"
    realis: Realis = "actual"
    certainty: Certainty = "certain"
    signs: dict[str, Sign] = field(default_factory=dict)
    in_speech: bool = False

    def under(self, operator: Effect, rule: str, token: int) -> "Verdict":
        """Let a word of the act's own clause work; outer words have worked before. A second denial takes back the first."""
        turned: Polarity = "affirmed" if self.polarity == "negated" else "negated"
        return self._changed(operator, turned if "negated" in operator else self.polarity, rule, token)

    def below(self, governor: Governor, token: int) -> "Verdict":
        """The verdict on the complement of a governing word, from the verdict on that word."""
        denied = self.polarity == "negated"
        effect = governor.negative if denied else governor.positive
        rule = f"not {governor.id}" if denied else governor.id
        return self._changed(effect, "negated" if "negated" in effect else "affirmed", rule, token)

    def _changed(self, effect: Effect, polarity: Polarity, rule: str, token: int) -> "Verdict":
        if "unknown" in effect:
            return Verdict(in_speech=self.in_speech)
        out = self
        if polarity != out.polarity:
            out = out._set("polarity", polarity, rule, token)
        for realis in ("future", "hypothetical"):
            if realis in effect and STRENGTH[realis] > STRENGTH[out.realis]:
                out = out._set("realis", realis, rule, token)
        for certainty in ("probable", "possible"):
            if certainty in effect:
                out = out._set("certainty", certainty, rule, token)
        return out

    def _set(self, name: str, value: str, rule: str, token: int) -> "Verdict":
        before = self.signs.get(name)
        tokens = (*before.tokens, token) if before else (token,)
        sign = Sign(rule=f"{before.rule}, {rule}" if before else rule, tokens=tokens)
        return replace(self, **{name: value}, signs={**self.signs, name: sign})  # type: ignore[arg-type]


class Factuality:
    """Verdicts in one document. doc: for the lemmas of the few words that are asked."""

    def __init__(self, doc: Any, words: Words) -> None:
        self._doc, self._words = doc, words
        self._table = factuality_words()

    def verdict(self, tokens: Sequence[int]) -> Verdict:
        """What grammar says of the act that these trigger tokens tell."""
        if not self._words.parsed:
            return Verdict()
        chain: list[tuple[int, Link]] = [(self._start(tokens), "none")]
        while len(chain) < HIGHEST and (step := self._above(chain[-1][0], first=len(chain) == 1)) is not None:
            if any(step[0] == known for known, _ in chain):
                break
            chain.append(step)
        out = Verdict(in_speech=self._in_speech(chain[-1][0]))
        for place in range(len(chain) - 1, -1, -1):
            node, link = chain[place]
            # the denial of a noun is its own; its verb only passes on the others
            through = chain[place - 1][0] if place else None
            for effect, rule, token in self._operators(node, through):
                out = out.under(effect, rule, token)
            if link not in ("none", "support") and (governor := self._governor(node, link)) is not None:
                out = out.below(governor, node)
        return out

    def denies(self, tokens: Sequence[int]) -> int | None:
        """The word "denied" where it is what tells the act: "the army denied involvement"."""
        top = self._top(tokens)
        return top if self._lemma(top) in ("deny", "denial") else None

    # --- up the tree ---------------------------------------------------------------------------------------------

    def _top(self, tokens: Sequence[int]) -> int:
        inside, heads = set(tokens), self._words.heads
        tops = [t for t in tokens if heads[t] not in inside or heads[t] == t]
        return next((t for t in tops if self._words.pos[t] in ("VERB", *NOMINAL)), tops[0])

    def _start(self, tokens: Sequence[int]) -> int:
        """The word that tells the act itself: of "plans to deploy", "deploy"."""
        node, words = self._top(tokens), self._words
        for _ in tokens:
            deeper = next((t for t in tokens if words.heads[t] == node and self._is_content(t, node)), None)
            if deeper is None:
                break
            node = deeper
        return node

    def _is_content(self, token: int, above: int) -> bool:
        step = self._above(token, first=True)
        if step is None or step[0] != above or step[1] == "support":
            return False
        governor = self._governor(*step)
        return governor is not None and not governor.speech

    def _above(self, node: int, *, first: bool) -> tuple[int, Link] | None:
        """The word that decides on this one, and how this one hangs on it."""
        words = self._words
        joined = self._first_conjunct(node)
        above = words.heads[joined]
        link = self._link(node, joined, words.deps[joined].split(":")[0], words.deps[joined])
        if above == joined or link is None:
            return None
        if link == "noun" and self._supports(joined, above):
            return above, "support"
        if link == "noun" and not first:
            link = "matter" if self._governor(above, "matter") is not None else link
        return (above, link) if self._governor(above, link) is not None else None

    def _link(self, node: int, first: int, relation: str, full: str) -> Link | None:
        words = self._words
        to = any(words.lower[c] == "to" and words.deps[c] == "mark" for c in words.children[first])
        if relation in ("xcomp", "acl") and full != "acl:relcl":
            if to:
                return "infinitive"
            if words.lower[first].endswith("ing"):
                return "gerund"
            return (
                "clause"
                if full == "acl" and any(words.deps[c] == "mark" for c in words.children[first])
                else None
            )
        if relation in ("ccomp", "csubj", "advcl"):
            gerund = words.lower[first].endswith("ing") and not self._aux(first)
            if relation == "advcl":
                prepositional = any(
                    words.deps[c] == "mark" and words.lower[c] in ("from", "of")
                    for c in words.children[first]
                )
                return (
                    "infinitive"
                    if to and words.pos[words.heads[first]] == "ADJ"
                    else ("gerund" if gerund and prepositional else None)
                )
            return "gerund" if gerund else "infinitive" if to else "clause"
        nominal = words.pos[node] in NOMINAL
        if nominal and full in ("obj", "obl", "nsubj", "nsubj:pass", "nmod"):
            return "noun"
        return None

    def _first_conjunct(self, node: int) -> int:
        words = self._words
        for _ in range(HIGHEST):
            if words.deps[node] != "conj" or self._has_own_subject(node):
                break
            node = words.heads[node]
        return node

    def _supports(self, noun: int, verb: int) -> bool:
        """Whether the verb only lends the noun tense and denial: "held talks", "the strike will begin"."""
        words, relation = self._words, self._words.deps[noun]
        if words.pos[verb] not in ("VERB", "AUX"):
            return False
        lemma = self._lemma(verb)
        if relation == "nsubj":
            return lemma in self._table.occurring
        if relation not in ("obj", "obl", "nsubj:pass") or lemma not in self._table.support:
            return False
        cases = {words.lower[c] for c in words.children[noun] if words.deps[c] == "case"}
        return relation != "obl" or (bool(cases & {"on", "into", "in", "to"}) and not self._definite(noun))

    def _definite(self, noun: int) -> bool:
        words = self._words
        return any(words.deps[c] == "det" and words.lower[c] in DEFINITE for c in words.children[noun])

    def _governor(self, node: int, link: Link) -> Governor | None:
        for governor in self._table.governors.get(self._lemma(node), ()):
            if (
                link in governor.takes
                and (not governor.forms or governor.forms & self._forms(node))
                and (not governor.nouns or self._words.pos[node] in NOMINAL)
                and (
                    not governor.beside
                    or governor.beside & {self._words.lower[c] for c in self._words.children[node]}
                )
            ):
                return governor
        return None

    def _forms(self, node: int) -> set[str]:
        words = self._words
        forms: set[str] = set()
        below = {words.deps[c] for c in words.children[node]}
        if words.pos[node] == "ADJ" or words.deps[node] == "amod" or "cop" in below:
            forms.add("adjective")
        if below & {"aux:pass", "nsubj:pass"} or (
            words.deps[node] in ("acl", "xcomp") and words.lower[node].endswith("ed")
        ):
            forms.add("passive")
        if words.lower[node].endswith(("ing", "gon")):
            forms.add("progressive")
        return forms

    # --- the words of one clause -----------------------------------------------------------------------------------

    def _operators(self, node: int, through: int | None) -> Iterator[tuple[Effect, str, int]]:
        """The words of a clause that work on its verb, or of a phrase that work on its noun."""
        words, table = self._words, self._table
        lends = self._lender(node)
        denied = (
            []
            if self._until(node)
            else list(self._denials(node, through))
            or (list(self._denials(lends, through)) if lends is not None else [])
        )
        below = words.children[node]
        aux = self._aux(node) or (self._aux(lends) if lends is not None else [])
        perfect = any(words.lower[c] in HAVE for c in aux)
        for child in below:
            relation, word = words.deps[child], words.lower[child]
            if relation == "mark" and word in table.marks and words.deps[node] in ("advcl", "ccomp", "acl"):
                yield table.marks[word].effect, table.marks[word].id, child
            elif relation in ("advmod", "discourse") and word in table.adverbs:
                yield table.adverbs[word].effect, table.adverbs[word].id, child
            elif relation == "amod" and word in table.adjectives:
                yield table.adjectives[word].effect, table.adjectives[word].id, child
        for child in aux:
            operator = table.auxiliaries.get(words.lower[child])
            if operator is not None:
                if self._backshifted(node, operator.id):
                    yield ("unknown",), "backshifted would", child
                elif not (denied and operator.id == "could"):  # "could not leave" did not leave
                    yield (operator.perfect if perfect else operator.effect), operator.id, child
        if (be := self._be_to(node, aux)) is not None:
            yield ("future",), "be to", be
        modal = any(words.lower[c] in CONDITIONAL for c in aux)
        if modal and not perfect and (condition := self._condition(node)) is not None:
            yield ("hypothetical",), "condition", condition
        if words.deps[node] == "advcl" and not any(words.deps[c] == "mark" for c in below):
            first = self._inverted(node)
            if first is not None:
                yield ("hypothetical",), "inverted condition", first
        if denied:
            yield ("negated",), "negation", denied[0]

    def _aux(self, node: int) -> list[int]:
        return [c for c in self._words.children[node] if self._words.deps[c].split(":")[0] == "aux"]

    def _lender(self, node: int) -> int | None:
        """The first of joined verbs, whose auxiliaries hold for this one too: "will arrest and deport"."""
        words = self._words
        if words.deps[node] != "conj" or self._has_own_subject(node) or self._aux(node):
            return None
        first = self._first_conjunct(node)
        if words.pos[first] != words.pos[node]:
            return None
        if words.pos[node] in NOMINAL:
            return first if not any(words.deps[c] == "det" for c in words.children[node]) else None
        aux = self._aux(first)
        if not aux:
            return None
        base = words.lower[node] == self._lemma(node)
        participle = any(words.lower[c] in HAVE | BE | {"been", "being"} for c in aux)
        return first if base != participle else None

    def _has_own_subject(self, node: int) -> bool:
        return any(self._words.deps[c].split(":")[0] == "nsubj" for c in self._words.children[node])

    def _backshifted(self, node: int, operator: str) -> bool:
        """Whether "would" is the past of "will", as in "said it would leave"."""
        return operator == "would" and self._in_speech(node) and self._condition(node) is None

    def _in_speech(self, node: int) -> bool:
        words = self._words
        for _ in range(HIGHEST):
            relation, above = words.deps[node].split(":")[0], words.heads[node]
            if relation == "ccomp" and words.pos[above] == "VERB":
                return True
            if any(words.deps[c] == "parataxis" and c > node for c in words.children[node]):
                return True
            if relation not in ("conj", "xcomp", "obj", "advcl") or above == node:
                return False
            node = above
        return False

    def _be_to(self, node: int, aux: Sequence[int]) -> int | None:
        words = self._words
        to = next(
            (c for c in words.children[node] if words.deps[c] == "mark" and words.lower[c] == "to"), None
        )
        if to is None or words.lower[node] == "blame":  # "is to blame" is an idiom of guilt
            return None
        # parses also take the "are" of "are to leave" for a copula
        copulas = [c for c in words.children[node] if words.deps[c] == "cop" and words.pos[node] == "VERB"]
        return next((c for c in (*aux, *copulas) if words.lower[c] in NOW and c < to), None)

    def _condition(self, node: int) -> int | None:
        """The "if" of a clause that hangs on this verb."""
        words = self._words
        for clause in words.children[node]:
            if words.deps[clause] == "advcl":
                for child in words.children[clause]:
                    if words.deps[child] == "mark" and words.lower[child] in CONDITIONS:
                        return child
        return None

    def _inverted(self, node: int) -> int | None:
        words = self._words
        subject = next((c for c in words.children[node] if words.deps[c].startswith("nsubj")), None)
        if subject is None:
            return None
        first = next((c for c in self._aux(node) if words.lower[c] in ("should", "had", "were")), None)
        return first if first is not None and first < subject else None

    def _denials(self, node: int, through: int | None) -> Iterator[int]:
        words, denial = self._words, self._table.negation
        for child in words.children[node]:
            relation, word = words.deps[child], words.lower[child]
            if child == through:
                continue
            if relation in ("advmod", "cc:preconj", "cc") and word in denial.adverbs:
                if not self._weakened(child):
                    yield child
            elif (relation == "det" and word in denial.determiners and words.pos[node] in NOMINAL) or (
                relation in OBJECTS and word in denial.pronouns
            ):
                yield child
            elif relation in OBJECTS or (relation == "obl" and word in denial.adverbial):
                yield from (
                    c
                    for c in words.children[child]
                    if (words.deps[c] == "det" and words.lower[c] in denial.determiners)
                )
            elif relation == "advmod" and word == "longer":
                yield from (c for c in words.children[child] if words.lower[c] == "no")

    def _weakened(self, child: int) -> bool:
        """Whether nothing is denied, as by "not only" and "not just"."""
        after = child + 1
        return after < len(self._words) and self._words.lower[after] in self._table.negation.weakened_by

    def _until(self, node: int) -> bool:
        """Whether a limit turns the denial: "did not release them until Friday" says that they were released."""
        words = self._words
        return any(
            words.lower[c] in LIMITS
            for child in words.children[node]
            if words.deps[child] in ("obl", "advcl", "obl:unmarked")
            for c in words.children[child]
        )

    def _lemma(self, node: int) -> str:
        lemma: str = self._doc[node].lemma_.lower()
        return lemma


__all__ = ["Factuality", "Sign", "Verdict"]
