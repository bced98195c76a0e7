"""Runs of tokens as spans."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.records import Span


class Words:
    """A Doc's tokens as plain lists, read once: walking a Doc costs more than the coding itself.

    text, starts, ends: the document's text, and first and last character of each token. pos, deps: UPOS and relation.
    heads: index of each token's head (its own at a root). space: white space; solid: neither that nor punctuation, and
    solid_mask the same as an array. sentence_of: number of each token's sentence. bounds: first token and last + 1 of
    each sentence; a Doc that is not cut is one. parsed: whether the Doc has relations.
    """

    def __init__(self, doc: Any) -> None:
        columns = doc.to_array(["IDX", "LENGTH", "POS", "DEP", "HEAD", "IS_SPACE", "IS_PUNCT", "SENT_START"])
        idx, length, pos, dep, head, space, punct, sent_start = columns.T
        strings = doc.vocab.strings
        names = {key: strings[key] for key in {*pos.tolist(), *dep.tolist()}}
        self.text: str = doc.text
        self.lower: list[str] = [token.lower_ for token in doc]
        self.starts: list[int] = idx.tolist()
        self.ends: list[int] = (idx + length).tolist()
        self.pos: list[str] = [names[key] for key in pos.tolist()]
        self.deps: list[str] = [names[key] for key in dep.tolist()]
        self.heads: list[int] = (np.arange(len(head)) + head.astype(np.int64)).tolist()
        self.space: list[bool] = (space == 1).tolist()
        self.solid_mask: NDArray[np.bool_] = (space != 1) & (punct != 1)
        self.solid: list[bool] = self.solid_mask.tolist()
        self.parsed = bool(self.deps and self.deps[0])
        firsts = np.flatnonzero(sent_start == 1).tolist()
        if self.starts and firsts[:1] != [0]:
            firsts.insert(0, 0)  # the first token always begins a sentence, whether the Doc says so or not
        self.bounds: list[tuple[int, int]] = list(pairwise([*firsts, len(self.starts)]))
        self.sentence_of: list[int] = [
            number for number, (first, end) in enumerate(self.bounds) for _ in range(first, end)
        ]

    def __len__(self) -> int:
        return len(self.starts)

    def word(self, index: int) -> str:
        """The token's characters."""
        return self.text[self.starts[index] : self.ends[index]]

    def begins_sentence(self, index: int) -> bool:
        """Whether the token is the first of its sentence."""
        return self.bounds[self.sentence_of[index]][0] == index

    def top(self, first: int, end: int) -> int:
        """The token of a range under which the others hang: a root, else the one nearest to its root."""
        tops = [t for t in range(first, end) if self.heads[t] == t or not first <= self.heads[t] < end]
        return min(tops, key=self._depth, default=first)

    def _depth(self, index: int) -> int:
        steps = 0
        while self.heads[index] != index:
            index = self.heads[index]
            steps += 1
        return steps

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each token, in text order."""
        children: list[list[int]] = [[] for _ in self.heads]
        for index, head in enumerate(self.heads):
            if head != index:
                children[head].append(index)
        return children

    def span(self, first: int, last: int) -> Span:
        """Tokens first to last, both included; white space at the edges is left out."""
        while first < last and self.space[first]:
            first += 1
        while last > first and self.space[last]:
            last -= 1
        start, end = self.starts[first], self.ends[last]
        return Span(start=start, end=end, text=self.text[start:end], sentence=self.sentence_of[first])

    def sentences(self) -> tuple[Span, ...]:
        """All sentences, without the white space after them."""
        return tuple(
            self.span(first, end - 1) for first, end in self.bounds if not all(self.space[first:end])
        )


def has_sentences(doc: Any) -> bool:
    """Has the text been cut into sentences: known from its second token, the first always begins one."""
    return len(doc) < 2 or doc[1].is_sent_start is not None


def runs(indices: Iterable[int], *, gap: int = 0) -> Iterator[list[int]]:
    """Group sorted indices into runs; up to `gap` missing ones do not break a run."""
    run: list[int] = []
    for index in indices:
        if run and index - run[-1] > gap + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def overlap(first: Sequence[int], second: Sequence[int]) -> bool:
    """Tell whether two token sets share a token."""
    return not set(first).isdisjoint(second)
