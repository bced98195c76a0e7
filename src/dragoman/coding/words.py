"""Runs of tokens as spans."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dragoman.records import Span


class Words:
    """Turns token indices of a Doc into spans of the document's text."""

    def __init__(self, doc: Any) -> None:
        self._doc = doc
        self.sentence_of: list[int] = [0] * len(doc)
        self.bounds: list[tuple[int, int]] = []
        for number, sentence in enumerate(doc.sents):
            self.bounds.append((sentence.start, sentence.end))
            for index in range(sentence.start, sentence.end):
                self.sentence_of[index] = number

    def span(self, first: int, last: int) -> Span:
        """Tokens first to last, both included; white space at the edges is left out."""
        while first < last and self._doc[first].is_space:
            first += 1
        while last > first and self._doc[last].is_space:
            last -= 1
        start = self._doc[first].idx
        end = self._doc[last].idx + len(self._doc[last])
        return Span(start=start, end=end, text=self._doc.text[start:end], sentence=self.sentence_of[first])

    def sentences(self) -> tuple[Span, ...]:
        """All sentences, without the white space after them."""
        return tuple(
            self.span(first, end - 1)
            for first, end in self.bounds
            if any(not self._doc[i].is_space for i in range(first, end))
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
    """Do two token sets share a token?"""
    return not set(first).isdisjoint(second)
