"""A text as the reader would leave it, written by hand: tree and heads' scores in a few words, no model.

A case file writes a reading like this; what it does not say is guessed (tags by the look of the word, everything hangs
on the sentence's first verb) or nought (scores):

    text = "Kyiv said Russian drones hit Odesa."
    tags = "said/VERB hit/VERB"
    arcs = ["Kyiv nsubj said", "hit ccomp said", "drones nsubj hit", "Odesa obj hit"]
    types = ["hit ASSAULT"]                       # or "hit ASSAULT 0.4"
    cues = ["said"]
    pairs = ["hit actor drones", "hit recipient Odesa", "said speaker Kyiv", "said content Russian drones hit Odesa"]
    labels = ["hit ASSAULT/drone", "hit possible"] # modes, contexts, polarity, realis, certainty

The second "said" of a text is written "said#2".
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from dragoman import codebook, knowledge
from dragoman.coding.coder import Tables, code
from dragoman.coding.heads import SCORES
from dragoman.knowledge.places import load_gazetteer
from dragoman.reader.lemmas import add_lemmas
from dragoman.reader.tokens import make_tokenizer
from dragoman.records import Coded, Document, document_id
from hand_docs import cases
from random_encoder import LABELS

SURE = 0.998
ENDS = frozenset((".", "!", "?"))
CLOSERS = frozenset(("”", '"', "’", ")"))
CHOICES = ("polarity", "realis", "certainty")  # of each one label is right; the first is what is not said
PLACES = {
    label: (head, k) for head in (*CHOICES, "modes", "contexts") for k, label in enumerate(LABELS[head])
}
FIELDS = ("text", "tags", "arcs", "types", "cues", "pairs", "labels")

__all__ = ["FakeScores", "cases", "code_case", "params", "read", "read_case", "shipped_tables", "tokens_of"]


class FakeScores:
    """Scores as told. known: for each token, is it a word? White space has no scores, as in the reader."""

    labels = LABELS

    def __init__(self, known: Sequence[bool]) -> None:
        self._known = np.array(known, dtype=bool)
        self._tables: dict[str, NDArray[np.float32]] = {}
        self._pairs: dict[tuple[int, str], NDArray[np.float32]] = {}

    def softmax(self, head: str) -> NDArray[np.float32]:
        return self._table(head, first=1.0)

    def sigmoid(self, head: str) -> NDArray[np.float32]:
        return self._table(head, first=0.0)

    def pair(self, anchor: int, label: str) -> NDArray[np.float32]:
        return self._pairs.get((anchor, label), np.zeros(len(self._known), dtype=np.float32))

    def _table(self, head: str, *, first: float) -> NDArray[np.float32]:
        if head not in self._tables:
            table = np.zeros((len(self._known), len(LABELS[head])), dtype=np.float32)
            table[self._known, 0] = first
            self._tables[head] = table
        return self._tables[head]

    def choose(self, head: str, token: int, label: int, probability: float) -> None:
        """Give a label of a choice this probability, and the rest to the first label."""
        row = self.softmax(head)[token]
        row[:] = 0
        row[0] = 1 - probability
        row[label] += probability

    def allow(self, head: str, token: int, label: int, probability: float) -> None:
        """Give one of several free labels this probability."""
        self.sigmoid(head)[token, label] = probability

    def relate(self, anchor: int, label: str, token: int, probability: float) -> None:
        """Give a pair of tokens this probability."""
        row = self._pairs.setdefault((anchor, label), np.zeros(len(self._known), dtype=np.float32))
        row[token] = probability


@cache
def shipped_tables() -> Tables:
    """The codebook, the actors and the places that the package brings along."""
    return Tables(codebook=codebook.load(), knowledge=knowledge.load(), gazetteer=load_gazetteer())


@cache
def pipeline() -> Language:
    """Our words and lemmas, without the encoder."""
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    add_lemmas(nlp)
    return nlp


def read_case(case: Mapping[str, Any]) -> Doc:
    """The reading that a row of a case file describes."""
    return read(**{field: case[field] for field in FIELDS if field in case})


def params(name: str) -> list[Any]:
    """The rows of a case file as parameters of a test; a row with a `fault` waits for that fault to be mended."""
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["fault"], strict=True)] if "fault" in case else [],
        )
        for case in cases(name)
    ]


def code_case(case: Mapping[str, Any], tables: Tables) -> Coded:
    """What the coder makes of the reading that a row describes; `title` and `published` of the row are the document's."""
    about = {field: case[field] for field in ("title", "published", "place_line") if field in case}
    document = Document(id=document_id(case["text"], None), text=case["text"], **about)
    return code(read_case(case), document, tables)


def read(
    text: str,
    *,
    tags: str = "",
    arcs: Sequence[str] = (),
    types: Sequence[str] = (),
    cues: Sequence[str] = (),
    pairs: Sequence[str] = (),
    labels: Sequence[str] = (),
) -> Doc:
    """A Doc with tree and scores, in the notation of this module."""
    doc = _parsed(text, tags, arcs)
    scores = FakeScores([not token.is_space for token in doc])
    doc.user_data[SCORES] = scores
    for words, kind, sure in map(_told, types):
        for token in tokens_of(doc, words):
            scores.choose("types", token, LABELS["types"].index(kind), sure)
    for words, sure in map(_sure, cues):
        for token in tokens_of(doc, words):
            scores.choose("cue", token, 1, sure)
    for line in pairs:
        anchor, label, rest = re.split(rf" ({'|'.join(LABELS['pairs'])}) ", line, maxsplit=1)
        words, sure = _sure(rest)
        for start in tokens_of(doc, anchor):
            for token in tokens_of(doc, words):
                scores.relate(start, label, token, sure)
    for words, label, sure in map(_told, labels):
        head, k = PLACES[label]
        for token in tokens_of(doc, words):
            (scores.choose if head in CHOICES else scores.allow)(head, token, k, sure)
    return doc


def tokens_of(doc: Doc, words: str) -> list[int]:
    """The tokens of the n-th place ("words#n", else the first) where these words stand, none of white space."""
    words, _, number = words.partition("#")
    at = -1
    for _ in range(int(number or 1)):
        at = doc.text.index(words, at + 1)
    span = doc.char_span(at, at + len(words), alignment_mode="expand")
    return [token.i for token in span if not token.is_space]


def _told(line: str) -> tuple[str, str, float]:
    """ "words LABEL" or "words LABEL 0.4"."""
    rest, sure = _sure(line)
    words, label = rest.rsplit(" ", 1)
    return words, label, sure


def _sure(line: str) -> tuple[str, float]:
    found = re.fullmatch(r"(.*) ([01]?\.\d+)", line)
    return (found[1], float(found[2])) if found else (line, SURE)


def _parsed(text: str, tags: str, arcs: Sequence[str]) -> Doc:
    doc = pipeline().make_doc(text)
    pos = [_guess(token) for token in doc]
    for item in tags.split():
        word, _, tag = item.rpartition("/")
        pos[tokens_of(doc, word)[0]] = tag
    bounds = _sentences(doc)
    head, dep = list(range(len(doc))), [""] * len(doc)
    for first, end in bounds:
        solid = [t for t in range(first, end) if pos[t] != "SPACE"]
        root = next((t for t in solid if pos[t] == "VERB"), solid[0] if solid else first)
        for token in range(first, end):
            head[token], dep[token] = root, "punct" if pos[token] == "PUNCT" else "dep"
        dep[root] = "ROOT"
    for arc in arcs:
        dependent, relation, governor = arc.split()
        token = tokens_of(doc, dependent)[0]
        head[token], dep[token] = tokens_of(doc, governor)[0], relation
    parsed = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        pos=pos,
        heads=head,
        deps=dep,
    )
    assert parsed.text == text
    return pipeline().get_pipe("lemmatizer")(parsed)


def _guess(token: Any) -> str:
    if token.is_space:
        return "SPACE"
    if token.is_punct:
        return "PUNCT"
    if token.like_num:
        return "NUM"
    return "PROPN" if token.text[:1].isupper() else "NOUN"


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """Sentences end after a full stop (and its closing mark) before a capital or mark, and with the paragraph."""
    starts = [0] if len(doc) else []
    for token in doc[1:] if len(doc) > 1 else ():
        before = doc[token.i - 1]
        if before.is_space and "\n" in before.text:
            starts.append(token.i)
        elif (
            not token.is_space
            and token.text not in CLOSERS
            and (token.text[:1].isupper() or token.text == "“")
        ):
            ended = before.text in ENDS or (
                before.text in CLOSERS and token.i > 1 and doc[token.i - 2].text in ENDS
            )
            if ended:
                starts.append(token.i)
    return list(zip(starts, [*starts[1:], len(doc)], strict=True))
