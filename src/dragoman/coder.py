"""The whole chain as one object: text in, records out."""

import platform
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.records import Coded, Document, Run, document_id

if TYPE_CHECKING:
    from spacy.language import Language

    from dragoman.coding.dyads import Dyad


class Coder:
    """Codes texts. Make one with `dragoman.load()`; it holds the model and the tables.

    One coder serves one thread. The same text, release and instruction set give the same records.
    """

    def __init__(self, nlp: "Language", tables: Any, run: Run) -> None:
        self.nlp = nlp
        self.tables = tables
        self.run = run

    def __call__(
        self, text: str | Document, *, published: str | None = None, title: str | None = None
    ) -> Coded:
        """Code one text, or a Document from intake.

        published: ISO date or timestamp with zone; without it relative dates stay unresolved.
        Raises InputError if the text cannot be read.
        """
        from dragoman.coding.coder import code

        document = text if isinstance(text, Document) else self._document(text, published, title)
        if published is not None and document.published is None:
            document = replace(document, published=_published(published))
        coded = code(self.nlp(document.text), document, self.tables)
        stamp = self.run.id
        return Coded(
            document=replace(coded.document, run=stamp),
            events=tuple(replace(event, run=stamp) for event in coded.events),
            statements=tuple(replace(statement, run=stamp) for statement in coded.statements),
        )

    def dyad(
        self, text: str, source: str | tuple[int, int] | None, target: str | tuple[int, int] | None
    ) -> "Dyad":
        """Say what one side does to the other, where both are given: the likeliest type of act, never silence.

        text: a sentence (or more), taken as it is. source, target: words of it, the characters [start, end) of one place,
        or None for a side that is open. Raises InputError where the words do not stand in the text.
        """
        from dragoman.coding.dyads import code_dyad

        return code_dyad(self.nlp(text), source, target, self.tables.codebook)

    def pipe(self, texts: Iterable[str | Document]) -> Iterator[Coded]:
        """Code many texts, one after another; `dragoman.runs.code_many` uses several processes."""
        for text in texts:
            yield self(text)

    @staticmethod
    def _document(text: str, published: str | None, title: str | None) -> Document:
        from dragoman.intake import Raw, read

        return read(Raw(content=text, published=published, title=title))


def _published(value: str) -> str:
    from dragoman.intake.published import published

    return published(value, where="published")


def plain_document(
    text: str, *, published: str | None = None, title: str | None = None, publisher: str | None = None
) -> Document:
    """A Document of a text that is clean already; its offsets are the text's own."""
    return Document(
        id=document_id(text, None), text=text, title=title, publisher=publisher, published=published
    )


def load(
    *,
    model: str | Path | None = None,
    threads: int = 1,
    actors: str | Path | None = None,
    codebook: str | Path | None = None,
) -> Coder:
    """Load the model and the tables (about a second) and return a Coder.

    model: folder of another model of the same form; threads: of the encoder, one a worker is fastest in all.
    actors: a file of your own actors (TOML or CSV; docs/actors.md), which wins over the tables.
    codebook: a file of your own categories (TOML; docs/own-categories.md), or the name of a shipped one; each event
    then has `categories` beside its PLOVER and CAMEO codes.
    Raises ModelError or KnowledgeError if shipped files are missing or damaged, and KnowledgeError or CodebookError
    with all the faults of your own file.
    """
    from dragoman import __version__, knowledge
    from dragoman.codebook import load as load_codebook
    from dragoman.codebook import load_custom
    from dragoman.coding.coder import Tables
    from dragoman.coding.own_categories import OwnCategories
    from dragoman.knowledge.places import load_gazetteer
    from dragoman.reader import load_reader

    who = knowledge.load(actors)  # first, for it is a user's file that may be wrong
    book = load_codebook()
    custom = None if codebook is None else load_custom(codebook, book)
    nlp = load_reader(str(model) if model else None, threads=threads)
    tables = Tables(
        codebook=book,
        knowledge=who,
        gazetteer=load_gazetteer(),
        own=None if custom is None else OwnCategories(custom, nlp),
    )
    encoder = nlp.get_pipe("dragoman_reader").encoder  # type: ignore[attr-defined]
    run = Run(
        version=__version__,
        hashes={
            "codebook": tables.codebook.hash,
            "knowledge": tables.knowledge.hash,
            "model": encoder.hash,
            **({"actors": who.own.hash} if who.own is not None else {}),
            **({"categories": custom.hash} if custom is not None else {}),
        },
        options={},
        machine=instruction_set(),
    )
    return Coder(nlp, tables, run)


def instruction_set() -> str:
    """The class of processor on which int8 products are the same: architecture, widest integer instructions."""
    flags: set[str] = set()
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(("flags", "Features")):
                flags = set(line.split(":", 1)[1].split())
                break
    for name in ("amx_int8", "avx512_vnni", "avx_vnni", "avx512bw", "avx2", "asimddp"):
        if name in flags:
            return f"{platform.machine()}+{name}"
    return platform.machine()
