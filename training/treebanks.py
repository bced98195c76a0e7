"""Read CoNLL-U treebanks as documents of sentences with their raw text."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Sentence:
    """One sentence: parallel lists, one entry a syntactic word; heads are 1-based, 0 is the root."""

    words: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    rels: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    surface: list[tuple[str, int, bool]] = field(default_factory=list)  # (form, words in it, space after)
    new_paragraph: bool = False
    sent_id: str = ""


@dataclass
class TreeDocument:
    name: str
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def genre(self) -> str:
        """Kind of text of a GUM document, else the corpus' own first part of the name."""
        parts = self.name.split("_")
        return parts[1] if parts[0] in ("GUM", "GENTLE") else self.name.split("-")[0]


def read_conllu(path: Path) -> Iterator[TreeDocument]:
    document, sentence, covered, pending = TreeDocument(""), Sentence(), 0, False
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if not line:
                if sentence.words:
                    document.sentences.append(sentence)
                sentence, covered = Sentence(), 0
            elif line.startswith("# newdoc"):
                if document.sentences:
                    yield document
                document = TreeDocument(line.split("=")[-1].strip())
                pending = True
            elif line.startswith("# newpar"):
                pending = True
            elif line.startswith("# sent_id"):
                sentence.sent_id = line.split("=")[-1].strip()
            elif line[0] != "#":
                columns = line.split("\t")
                if pending:
                    sentence.new_paragraph, pending = True, False
                number, space = columns[0], "SpaceAfter=No" not in columns[9]
                if "-" in number:
                    first, last = (int(x) for x in number.split("-"))
                    sentence.surface.append((columns[1], last - first + 1, space))
                    covered = last
                elif number.isdigit():
                    sentence.words.append(columns[1])
                    sentence.upos.append(columns[3])
                    sentence.xpos.append(columns[4])
                    sentence.heads.append(int(columns[6]))
                    sentence.rels.append(columns[7])
                    sentence.misc.append(columns[9])
                    if int(number) > covered:
                        sentence.surface.append((columns[1], 1, space))
    if document.sentences:
        yield document


def raw_text(document: TreeDocument) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """Text of a document (paragraphs apart by a blank line), spans of its words, spans of its sentences.

    Words of one multiword token share it by their forms' lengths; where forms do not add up, they share its whole span.
    """
    text, words, sentences = "", [], []
    for sentence in document.sentences:
        if text:
            text = text.rstrip() + "\n\n" if sentence.new_paragraph else text
        start, index = len(text), 0
        for form, count, space in sentence.surface:
            parts = sentence.words[index : index + count]
            at = len(text)
            if "".join(parts) == form:
                for part in parts:
                    words.append((at, at + len(part)))
                    at += len(part)
            else:
                words.extend([(at, at + len(form))] * count)
            text += form + (" " if space else "")
            index += count
        sentences.append((start, len(text.rstrip())))
        if text[-1:] not in " \n" and not text.endswith("\n\n"):
            text += ""
    return text.rstrip(), words, sentences
