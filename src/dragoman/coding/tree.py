"""A parsed Doc as plain lists: what the questions of `coding` ask of the parse, asked without cost."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dragoman.records import Span

# Dependents that stand before a noun and belong to its phrase.
BEFORE = frozenset(
    {
        "det",
        "det:predet",
        "amod",
        "nummod",
        "nmod:poss",
        "compound",
        "nmod:desc",
        "flat",
        "nmod",
        "nmod:unmarked",
        "punct",
        "case",
        "fixed",
        "goeswith",
    }
)
# Dependents that stand after a noun and belong to its name.
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
AFTER = frozenset({"flat", "compound", "goeswith", "fixed", "nmod:desc"})


@dataclass(frozen=True, slots=True)
class Tree:
    """Tokens of a document as parallel tuples; indices are token indices, `start`/`end` code points of the text.

    head: index of the head, the token itself for a root. sent: number of the sentence of each token.
    ents: (first token, end token, label) of the names that the reader found.
    """

    text: str
    words: tuple[str, ...]
    lower: tuple[str, ...]
    pos: tuple[str, ...]
    dep: tuple[str, ...]
    head: tuple[int, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    sent: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    bounds: tuple[tuple[int, int], ...]
    ents: tuple[tuple[int, int, str], ...]

    @classmethod
    def of(cls, doc: Any) -> "Tree":
        """Read a spaCy Doc once. A Doc without a parse gives a flat tree in which every token is its own root."""
        words = tuple(token.text for token in doc)
        columns = doc.to_array(["HEAD", "SENT_START", "POS", "DEP", "IDX"])
        strings = doc.vocab.strings
        names = {key: strings[key] for key in {*columns[:, 2].tolist(), *columns[:, 3].tolist()}}
        head = tuple(index + offset for index, offset in enumerate(columns[:, 0].astype("int64").tolist()))
        starts = [index for index, mark in enumerate(columns[:, 1].astype("int64").tolist()) if mark == 1]
        starts = sorted({0, *starts}) if words else []
        bounds = list(zip(starts, [*starts[1:], len(words)], strict=True)) if words else []
        sent: list[int] = [0] * len(words)
        for number, (first, end) in enumerate(bounds):
            sent[first:end] = [number] * (end - first)
        start = tuple(columns[:, 4].tolist())
        children: list[list[int]] = [[] for _ in words]
        for index, above in enumerate(head):
            if above != index:
                children[above].append(index)
        return cls(
            text=doc.text,
            words=words,
            lower=tuple(word.lower() for word in words),
            pos=tuple(names[key] for key in columns[:, 2].tolist()),
            dep=tuple(names[key] for key in columns[:, 3].tolist()),
            head=head,
            start=start,
            end=tuple(first + len(word) for first, word in zip(start, words, strict=True)),
            sent=tuple(sent),
            children=tuple(tuple(below) for below in children),
            bounds=tuple(bounds),
            ents=tuple((ent.start, ent.end, ent.label_) for ent in doc.ents),
        )

    def token_at(self, char: int) -> int:
        """The token that holds a code point, or the last one that begins before it."""
        return max(0, bisect_right(self.start, char) - 1)

    def tokens_between(self, char_start: int, char_end: int) -> tuple[int, int]:
        """The half-open token range that overlaps the code points [char_start, char_end)."""
        first = self.token_at(char_start)
        if first < len(self.end) and self.end[first] <= char_start:
            first += 1
        return first, max(first, bisect_right(self.start, char_end - 1))

    def span(self, first: int, end: int) -> Span:
        """The record of a non-empty token range."""
        a, b = self.start[first], self.end[end - 1]
        return Span(start=a, end=b, text=self.text[a:b], sentence=self.sent[first])

    def words_of(self, first: int, end: int) -> str:
        """The text of a token range, as it stands."""
        return self.text[self.start[first] : self.end[end - 1]] if end > first else ""

    def below(self, index: int, *relations: str) -> Iterator[int]:
        """The dependents of a token by one of the relations, in text order."""
        return (child for child in self.children[index] if self.dep[child] in relations)

    def case_of(self, index: int) -> str | None:
        """The first preposition or possessive mark of a noun, in lower case."""
        for child in self.children[index]:
            if self.dep[child] == "case":
                return self.lower[child]
        return None

    def left_edge(self, index: int) -> int:
        """First token of the noun phrase around a head, its own preposition left out."""
        sentence_start = self.bounds[self.sent[index]][0] if self.bounds else 0
        edge = index
        for child in reversed(self.children[index]):
            if child > index:
                continue
            relation = self.dep[child]
            if relation not in BEFORE or (relation == "case" and self.lower[child] not in POSSESSIVE):
                break
            if relation == "punct" and self.words[child] not in "-–'’\"":
                break
            leftmost = self._leftmost(child)
            if "\n" in self.text[self.start[leftmost] : self.start[index]]:
                break
            edge = leftmost
        while edge < index and (self.pos[edge] in ("PUNCT", "CCONJ", "ADP")):
            edge += 1
        return max(edge, sentence_start)

    def _leftmost(self, index: int) -> int:
        edge = index
        depth = 0
        while depth < len(self.words):
            below = [child for child in self.children[edge] if child < edge]
            if not below:
                return edge
            edge = below[0]
            depth += 1
        return edge

    def right_edge(self, index: int) -> int:
        """End of the noun phrase around a head without what follows it in other words ("of …", "who …")."""
        end = index + 1
        for child in self.children[index]:
            if child < index:
                continue
            if self.dep[child] in AFTER:
                end = max(end, self.right_edge(child))
            elif self.dep[child] == "punct" and child == end and self.words[child] in "-–":
                continue
            else:
                break
        return end
