"""Which noun phrases and pronouns of a text could stand for an actor, and what stands inside them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.coding.tree import POSSESSIVE, Tree
from dragoman.coding.wordlists import Words
from dragoman.knowledge import Hit
from dragoman.records import Span

Form = Literal["name", "description", "pronoun"]
Number = Literal["singular", "plural"]

# Relations whose dependent is part of its head's phrase and no mention of its own.
INSIDE = frozenset(
    {"flat", "compound", "fixed", "goeswith", "det", "case", "punct", "amod", "advmod", "nmod:desc"}
)
GOES_ON = frozenset({"of", "for", "on"})
# Names that persons bear as well ("Chad", "Jordan", "Paris").
PLACES_AS_NAMES = frozenset({"country", "region", "capital", "metonym"})
NATIONAL = frozenset({"demonym", "country", "region", "capital"})
NAMING = frozenset({"NOUN", "PROPN"})
CLAUSAL = frozenset({"VERB", "AUX", "ADV", "ADP", "SCONJ", "PUNCT", "SPACE"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM"})
# What an adjective or determiner must be to stand for people ("the accused", "many were killed").
HEADLESS = frozenset({"nsubj", "nsubj:pass", "obj", "obl:agent", "iobj", "root", "ROOT"})
# Words of a name that are written small or with marks ("Mohammed bin Salman", "Kim Jong-un", "O'Brien").
PARTICLES = frozenset(
    {
        "-",
        "–",
        "'",
        "’",
        ".",
        "al",
        "el",
        "bin",
        "ibn",
        "bint",
        "van",
        "von",
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "der",
        "den",
        "la",
        "le",
        "ter",
        "ben",
        "abu",
        "ul",
        "ur",
        "e",
        "y",
        "jr.",
        "sr.",
        "ag",
        "ould",
        "u",
        "un",
        "il",
        "&",
        "of",
        "the",
        "for",
        "and",
    }
)
LINKING = frozenset(
    {"of", "the", "for", "and", "&", "e", "y"}
)  # joins words of a name only between two capitals


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A noun phrase or pronoun; token indices are those of the Tree.

    first, end: its words without what follows the noun ("of …", "who …"); head: its head token.
    hit: the table hit that is the mention itself; name: the proper name inside, without title, or None.
    role: title or description as the text gives it, without article and nationality, or None.
    modifiers: hits before the head that qualify it ("Russian", "UN", "Hamas"), in text order.
    complements: (preposition, head token) of what follows ("officials in Pakistan").
    possessor: head token of "Russia" in "Russia's army"; appositions, members: head tokens of what is in
    apposition to it, and of what "and" or "or" joins to it. label: PER, ORG or LOC of the reader, or None.
    """

    first: int
    end: int
    head: int
    form: Form
    span: Span
    sentence: int
    hit: Hit | None = None
    name: str | None = None
    name_first: int = -1
    name_end: int = -1
    role: str | None = None
    modifiers: tuple[Hit, ...] = ()
    complements: tuple[tuple[str, int], ...] = ()
    possessor: int | None = None
    appositions: tuple[int, ...] = ()
    members: tuple[int, ...] = ()
    label: str | None = None
    number: Number | None = None
    gender: Literal["f", "m"] | None = None
    definite: bool = False
    subject: bool = False
    relation: str = ""


def find_mentions(tree: Tree, hits: Sequence[Hit], words: Words) -> tuple[Mention, ...]:
    """Every noun phrase and pronoun that could be an actor, in the order of their heads.

    hits: what the tables know in the text. A phrase is the head with what the parse hangs before it; what the
    parse hides inside another phrase is a mention still if a table or the reader calls it a name.
    """
    finder = _Finder(tree, hits, words)
    return tuple(finder.mention(head) for head in finder.heads())


def outside_persons(tree: Tree, hits: Sequence[Hit]) -> list[Hit]:
    """The hits without places that the reader has as a part of the name of a person ("Valeska Paris")."""
    kept = []
    for hit in hits:
        first, end = tree.tokens_between(hit.start, hit.end)
        named = hit.entries[0].kind in PLACES_AS_NAMES and any(
            label == "PER" and start <= first and end <= stop and (start, stop) != (first, end)
            for start, stop, label in tree.ents
        )
        if not named:
            kept.append(hit)
    return kept


class _Finder:
    """The hits and names of one text, by token."""

    def __init__(self, tree: Tree, hits: Sequence[Hit], words: Words) -> None:
        self.tree = tree
        self.words = words
        self.hits: list[tuple[int, int, Hit]] = []
        self.hit_of: dict[int, tuple[int, int, Hit]] = {}
        for hit in hits:
            first, end = tree.tokens_between(hit.start, hit.end)
            while end > first + 1 and tree.words[end - 1] in (".", ","):
                end -= 1  # a table name that ends in a full stop takes that of the sentence with it
            if end <= first:
                continue
            row = (first, end, hit)
            self.hits.append(row)
            for token in range(first, end):
                self.hit_of.setdefault(token, row)
        self.label_of: dict[int, tuple[int, int, str]] = {}
        for ent in tree.ents:
            for token in range(ent[0], ent[1]):
                self.label_of[token] = ent
        self.firsts = [row[0] for row in self.hits]

    def heads(self) -> list[int]:
        """The head tokens of all mentions, in text order."""
        heads = [index for index in range(len(self.tree.words)) if self._is_head(index)]
        known = set(heads)
        # A name inside a phrase whose parse failed: its top token stands for it.
        for first, end, hit in self.hits:
            if hit.entries[0].kind == "demonym" or any(token in known for token in range(first, end)):
                continue
            self._add_top(first, end, known)
        for first, end, label in self.tree.ents:
            if not any(token in known for token in range(first, end)):
                self._add_top(first, end, known, person=label == "PER")
        return sorted(known)

    def _add_top(self, first: int, end: int, known: set[int], *, person: bool = False) -> None:
        """Make the top token of a name a head, if the name is no part of another phrase.

        A person hidden in a phrase is somebody of his own, except behind his title ("minister | Ban Ki-moon").
        """
        if all(self._is_title(token) for token in range(first, end)):
            return
        top = self._top(first, end)
        above = self.tree.head[top]
        apart = self.tree.dep[top] not in INSIDE or self.tree.pos[above] in CLAUSAL
        if apart or (person and not (self.tree.dep[top] == "flat" and self._is_title(above))):
            known.add(top)

    def _is_head(self, index: int) -> bool:
        tree = self.tree
        pos = tree.pos[index]
        if tree.lower[index] in self.words.times:
            return False
        if self._after_complement(index):
            return True
        if self._opens_name(index) and not self._is_title(index + 1) and index not in self.hit_of:
            return False
        # What a parse hangs as a modifier on a verb was read wrongly: a name or noun there is a phrase still.
        if tree.dep[index] in INSIDE and not (pos in NAMING and tree.pos[tree.head[index]] in CLAUSAL):
            return False
        if pos == "PRON":
            return tree.lower[index] in self.words.pronouns or tree.dep[index] in HEADLESS
        row = self.hit_of.get(index)
        if row is not None and row[1] - row[0] > 1 and index != self._top(row[0], row[1]):
            return False
        if pos in NOMINAL:
            return True
        if pos in ("ADJ", "DET", "VERB") and tree.dep[index] in HEADLESS:
            return row is not None or any(tree.dep[child] == "det" for child in tree.children[index])
        return False

    def _after_complement(self, index: int) -> bool:
        """Tell whether a name was hung on a title that has a complement before it ("Minister of Justice | Piet Donner")."""
        tree = self.tree
        above = tree.head[index]
        if tree.dep[index] != "flat" or tree.pos[index] != "PROPN" or above >= index:
            return False
        return any(above < child < index for child in tree.below(above, "nmod"))

    def _top(self, first: int, end: int) -> int:
        """The token of a range whose head lies outside it."""
        for token in range(first, end):
            head = self.tree.head[token]
            if head == token or not first <= head < end:
                return token
        return first

    def mention(self, head: int) -> Mention:
        """The mention around a head token."""
        tree, lower = self.tree, self.tree.lower[head]
        if tree.pos[head] == "PRON" and lower in self.words.pronouns:
            pronoun = self.words.pronouns[lower]
            return Mention(
                first=head,
                end=head + 1,
                head=head,
                form="pronoun",
                span=tree.span(head, head + 1),
                sentence=tree.sent[head],
                number=pronoun.number,
                gender=pronoun.gender,
                definite=True,
                subject=self._is_subject(head),
                relation=tree.dep[head],
            )
        first, end = self._with_title(tree.left_edge(head), head), tree.right_edge(head)
        own = self.hit_of.get(head) or self.hit_of.get(end - 1)
        if own is not None and own[2].entries[0].kind == "demonym" and not self._names_people(own[2], head):
            own = None
        if own is not None:
            first, end = min(first, own[0]), max(end, own[1])
        possessor = self._possessor(head)
        start = first
        if possessor is not None and possessor < head:
            start = max(start, self._after_possessor(possessor))
        for token in range(start, head):
            if tree.words[token] == "," and self._is_title(token + 1) and tree.words[token + 1][:1].isupper():
                start = token + 1  # "… of Liberia, | President …": the item before it in a list
        name_first, name_end = self._name(start, end, head, own)
        if own is None and name_first >= 0:
            name_end = self._to_the_end(head, name_first, name_end)
        before = name_first if name_first >= 0 else end
        modifiers = tuple(
            row[2] for row in self._between(start, before) if own is None or row[2] is not own[2]
        )
        role = self._role(start, before, head, name_first >= 0)
        named = name_first >= 0
        shared = self._shared_title(head) if named and role is None else None
        if shared is not None:
            edge = tree.left_edge(shared)
            role = self._role(edge, shared + 1, shared, True)
            modifiers = modifiers or tuple(row[2] for row in self._between(edge, shared))
        return Mention(
            first=first,
            end=end,
            head=head,
            form="name" if named else "description",
            span=tree.span(first, end),
            sentence=tree.sent[head],
            hit=own[2] if own is not None else None,
            name=tree.words_of(name_first, name_end) if named else None,
            name_first=name_first,
            name_end=name_end,
            role=role,
            modifiers=modifiers,
            complements=self._complements(head),
            possessor=possessor,
            appositions=tuple(tree.below(head, "appos")),
            members=self._members(head),
            label=self._label(head, name_first, name_end),
            number=self._number(head, named),
            gender=self.words.gender_of(tree.lower[first:end]),
            definite=named or possessor is not None or tree.lower[first] in self.words.definite,
            subject=self._is_subject(head),
            relation=tree.dep[head],
        )

    def _shared_title(self, head: int) -> int | None:
        """The plural noun that several names in apposition share ("the journalists A and B"), or None."""
        tree = self.tree
        first = tree.head[head] if tree.dep[head] == "conj" else head
        above = tree.head[first]
        if tree.pos[head] != "PROPN" or tree.dep[first] not in ("appos", "flat") or tree.pos[above] != "NOUN":
            return None
        return above if above < first and self._number(above, False) == "plural" else None

    def _with_title(self, first: int, head: int) -> int:
        """The first token of a name with the title before it, also where the parse keeps the two apart."""
        tree = self.tree
        if tree.pos[head] != "PROPN":
            return first
        while first > 0 and self._opens_name(first - 1):
            first = min(first - 1, tree.left_edge(first - 1))
        return first

    def _opens_name(self, token: int) -> bool:
        """Tell whether a token is a title with a name right behind it ("Foreign Minister | Jean Barrot")."""
        tree = self.tree
        after = token + 1
        if after >= len(tree.words) or tree.sent[token] != tree.sent[after] or not self._is_title(token):
            return False
        if tree.case_of(token) in ("of", "for"):
            return False  # "Minister of Justice | Piet Donner"
        return tree.pos[after] == "PROPN" and tree.words[after][:1].isupper()

    def _possessor(self, head: int) -> int | None:
        """The owner before the noun, or before its title ("Norway's foreign minister Kari Nordahl")."""
        for holder in (head, *self.tree.below(head, "nmod:desc", "compound", "amod")):
            for child in self.tree.below(holder, "nmod:poss"):
                if child < head:
                    return child
        before = self._with_title(self.tree.left_edge(head), head) - 1
        owned = before > 0 and self.tree.pos[before] == "PART" and self.tree.lower[before] in POSSESSIVE
        if owned and self.tree.pos[before - 1] in NAMING:
            return before - 1
        return None

    def _names_people(self, hit: Hit, head: int) -> bool:
        """Tell whether a demonym is a noun here ("Russians", "a Russian") and no adjective."""
        form = hit.entries[0].form or ""
        if "plural" in form and "adjective" not in form:
            return True
        return self.tree.pos[head] in ("NOUN", "PROPN") and self.tree.token_at(hit.end - 1) == head

    def _after_possessor(self, possessor: int) -> int:
        """The token after "'s" (or after the pronoun itself)."""
        after = self.tree.right_edge(possessor)
        for child in self.tree.below(possessor, "case"):
            after = max(after, child + 1)
        return after

    def _name(self, start: int, end: int, head: int, own: tuple[int, int, Hit] | None) -> tuple[int, int]:
        """Token range of the proper name in a phrase, (-1, -1) where it has none."""
        tree = self.tree
        if own is not None and own[0] >= start:
            return own[0], own[1]
        last = end
        while last > start and (
            tree.words[last - 1] in ("-", "–", "'", "’", ".", ",", '"')
            or tree.lower[last - 1] in self.words.times
        ):
            last -= 1
        if last == start or tree.pos[last - 1] != "PROPN" or not tree.words[last - 1][:1].isupper():
            return -1, -1
        if last - 1 < head and tree.pos[head] != "PROPN":
            return -1, -1
        first = last - 1
        while first > start:
            token = first - 1
            word = tree.words[token]
            of_a_body = tree.lower[last - 1] in self.words.organisations and tree.dep[token] in (
                "compound",
                "amod",
            )
            if self._is_nationality(token) or (
                self._is_title(token) and not (of_a_body and word[:1].isupper())
            ):
                break
            if (
                tree.pos[token] == "PROPN"
                or (word[:1].isupper() and tree.pos[token] in ("ADJ", "NOUN", "X", "NUM"))
                or (tree.lower[token] in PARTICLES and token > start and self._joins(token, start))
            ):
                first = token
            else:
                break
        while first < last - 1 and tree.lower[first] in PARTICLES and not self._opens(first):
            first += 1
        if all(tree.lower[token] in self.words.titles for token in range(first, last)):
            return -1, -1  # "the Vice President": a title with capitals
        return first, last

    def _opens(self, token: int) -> bool:
        """Tell whether a small word is written as the first of a name ("Abu Qatada", "De Gaulle")."""
        word = self.tree.words[token]
        return word[:1].isupper() and word.lower() not in LINKING

    def _to_the_end(self, head: int, first: int, end: int) -> int:
        """Where the name of a body ends that goes on behind "of", "for" or "on" ("House of Representatives")."""
        tree = self.tree
        if self._label(head, first, end) == "PER" or self.words.gender_of(tree.lower[first:end]):
            return end
        for child in tree.below(head, "nmod"):
            edge = tree.left_edge(child)
            small = tree.lower[end:edge] if 0 < edge - end <= 2 else ()
            if (
                small[:1]
                and small[0] in GOES_ON
                and tree.pos[child] == "PROPN"
                and tree.words[edge][:1].isupper()
                and child not in self.hit_of
                and edge not in self.hit_of
            ):
                return self._to_the_end(child, first, tree.right_edge(child))
        return end

    def _joins(self, token: int, start: int) -> bool:
        """Tell whether a small word or mark is inside a name, with a capital before it."""
        tree = self.tree
        before = token - 1
        while before > start and tree.lower[before] in PARTICLES:
            before -= 1
        if not tree.words[before][:1].isupper() or self._is_title(before) or self._is_nationality(before):
            return tree.lower[token] not in LINKING and tree.lower[token].isalpha()
        return True

    def _is_title(self, token: int) -> bool:
        return self.tree.dep[token] == "nmod:desc" or self.tree.lower[token] in self.words.titles

    def _is_nationality(self, token: int) -> bool:
        row = self.hit_of.get(token)
        return row is not None and row[2].entries[0].kind in ("demonym", "country")

    def _between(self, first: int, end: int) -> Sequence[tuple[int, int, Hit]]:
        """The hits that lie in a token range."""
        at = bisect_left(self.firsts, first)
        found = []
        while at < len(self.hits) and self.hits[at][0] < end:
            found.append(self.hits[at])
            at += 1
        return found

    def _role(self, start: int, before: int, head: int, named: bool) -> str | None:
        """Title or description without article, number, nationality and possessor."""
        tree = self.tree
        kept: list[int] = []
        for token in range(start, before):
            row = self.hit_of.get(token)
            if row is not None and (row[1] - row[0] > 1 or row[2].entries[0].kind in NATIONAL):
                continue  # "Russian", "African Union": a name beside the noun says whose, and not what
            if tree.pos[token] in ("DET", "NUM", "PUNCT", "CCONJ", "PART") and not kept:
                continue
            kept.append(token)
        text = " ".join(tree.words[token] for token in kept).replace(" - ", "-").strip(" ,-")
        if not named and tree.pos[head] in ("NOUN", "PROPN", "ADJ"):
            complement = next(
                (c for c in tree.below(head, "nmod") if c > head and tree.case_of(c) in ("of", "for")), None
            )
            if complement is not None and not self._is_nationality(complement):
                what = tree.words_of(tree.left_edge(complement), tree.right_edge(complement))
                text = f"{text} {tree.case_of(complement)} {what}"
        return text or None

    def _complements(self, head: int) -> tuple[tuple[str, int], ...]:
        tree = self.tree
        return tuple(
            (tree.case_of(child) or "", child)
            for child in tree.below(head, "nmod", "nmod:unmarked", "obl")
            if child > head
        )

    def _members(self, head: int) -> tuple[int, ...]:
        return tuple(child for child in self.tree.below(head, "conj") if self._is_head_like(child))

    def _is_head_like(self, index: int) -> bool:
        return self.tree.pos[index] in NOMINAL or index in self.hit_of

    def _label(self, head: int, name_first: int, name_end: int) -> str | None:
        ent = self.label_of.get(head) or (self.label_of.get(name_end - 1) if name_end > 0 else None)
        if ent is None and name_first >= 0:
            ent = self.label_of.get(name_first)
        return ent[2] if ent is not None else None

    def _number(self, head: int, named: bool) -> Number | None:
        word = self.tree.lower[head]
        if word in self.words.plural:
            return "plural"
        if named and self.hit_of.get(head) is None:
            return "singular"
        if self.tree.pos[head] == "NOUN" and word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return "plural"
        if self.tree.pos[head] == "NUM":
            return "singular" if word == "one" else "plural"
        return "singular"

    def _is_subject(self, head: int) -> bool:
        return self.tree.dep[head].startswith(("nsubj", "csubj"))
