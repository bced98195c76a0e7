"""Docs built by hand, for tests that need no model."""

import tomllib
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

CASES = Path(__file__).parent / "cases"
BLANK = spacy.blank("en")


def cases(name: str) -> list[dict[str, Any]]:
    """The rows of a case file under tests/cases."""
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]


def parsed(tree: str) -> Doc:
    """A Doc from lines of "word UPOS head relation": heads count from 1 in their sentence, 0 is the root.

    An empty line ends a sentence. A word that begins with "+" follows the one before it without a space.
    """
    words, pos, heads, deps, spaces, starts = [], [], [], [], [], []
    for block in tree.strip().split("\n\n"):
        begin = len(words)
        for number, line in enumerate(block.strip().splitlines()):
            word, tag, head, dep = line.split()
            if word.startswith("+") and len(word) > 1:
                word = word[1:]
                spaces[-1] = False
            words.append(word)
            pos.append(tag)
            heads.append(begin + (number if head == "0" else int(head) - 1))
            deps.append("root" if head == "0" else dep)
            spaces.append(True)
            starts.append(number == 0)
    spaces[-1] = False
    return Doc(BLANK.vocab, words=words, spaces=spaces, pos=pos, heads=heads, deps=deps, sent_starts=starts)


def plain(text: str) -> Doc:
    """A Doc without a parse, sentences cut at full stops followed by a capital."""
    doc = BLANK.make_doc(text)
    for token in doc:
        before = doc[token.i - 1] if token.i else None
        token.is_sent_start = before is None or (before.text in ".!?”\n\n" and token.text[:1].isupper())
    return doc


def token_range(doc: Doc, words: str) -> tuple[int, int]:
    """The tokens of the first place where these words stand."""
    at = doc.text.index(words)
    span = doc.char_span(at, at + len(words), alignment_mode="expand")
    return span.start, span.end
