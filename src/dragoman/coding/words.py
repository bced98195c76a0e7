"""Runs of tokens as spans."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.records import Span


class Words:
    """A Doc's tokens as plain lists, read once: walking a Doc costs more than the coding itself.

    text, starts, ends: the document's text, and first and last character of each token. pos, deps: UPOS and relation.
    heads: index of each token's head (its own at a root). solid: neither white space nor punctuation.
    sentence_of: number of each token's sentence. bounds: first token and last + 1 of each sentence.
    """

    def __init__(self, doc: Any) -> None:
        self.text: str = doc.text
        self.starts: list[int] = [token.idx for token in doc]
        self.ends: list[int] = [token.idx + len(token) for token in doc]
        self.pos: list[str] = [token.pos_ for token in doc]
        self.deps: list[str] = [token.dep_ for token in doc]
        self.heads: list[int] = [token.head.i for token in doc]
        self.space: NDArray[np.bool_] = np.array([token.is_space for token in doc], dtype=bool)
        self.solid: NDArray[np.bool_] = ~self.space & ~np.array([token.is_punct for token in doc], dtype=bool)
        self.sentence_of: list[int] = [0] * len(self.starts)
        self.bounds: list[tuple[int, int]] = []
        for number, sentence in enumerate(doc.sents):
            self.bounds.append((sentence.start, sentence.end))
            for index in range(sentence.start, sentence.end):
                self.sentence_of[index] = number

    def word(self, index: int) -> str:
        """The token's characters."""
        return self.text[self.starts[index] : self.ends[index]]

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
            self.span(first, end - 1) for first, end in self.bounds if not self.space[first:end].all()
        )


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
