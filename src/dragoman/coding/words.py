"""Runs of tokens as spans."""

from collections.abc import Iterable, Iterator, Sequence
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
    each sentence.
    """

    def __init__(self, doc: Any) -> None:
        columns = doc.to_array(["IDX", "LENGTH", "POS", "DEP", "HEAD", "IS_SPACE", "IS_PUNCT", "SENT_START"])
        idx, length, pos, dep, head, space, punct, sent_start = columns.T
        strings = doc.vocab.strings
        names = {key: strings[key] for key in {*pos.tolist(), *dep.tolist()}}
        self.text: str = doc.text
        self.starts: list[int] = idx.tolist()
        self.ends: list[int] = (idx + length).tolist()
        self.pos: list[str] = [names[key] for key in pos.tolist()]
        self.deps: list[str] = [names[key] for key in dep.tolist()]
        self.heads: list[int] = (np.arange(len(head)) + head.astype(np.int64)).tolist()
        self.space: list[bool] = (space == 1).tolist()
        self.solid_mask: NDArray[np.bool_] = (space != 1) & (punct != 1)
        self.solid: list[bool] = self.solid_mask.tolist()
        firsts = np.flatnonzero(sent_start == 1).tolist()
        if self.starts and firsts[:1] != [0]:
            firsts.insert(0, 0)  # the first token always begins a sentence, whether the Doc says so or not
        self.bounds: list[tuple[int, int]] = list(pairwise([*firsts, len(self.starts)]))
        self.sentence_of: list[int] = [
            number for number, (first, end) in enumerate(self.bounds) for _ in range(first, end)
        ]

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
            self.span(first, end - 1) for first, end in self.bounds if not all(self.space[first:end])
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
