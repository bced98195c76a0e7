"""What a category looks for in an act: phrases, and patterns over words, relations, sectors, modes and contexts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dragoman.codebook.book import Codebook
from dragoman.codebook.own_file import Cells

PATTERN_KEYS: Final = (
    *("trigger", "near", "without", "dependency", "actor", "recipient", "modes", "contexts"),
)
DEPENDENCY_KEYS: Final = ("relation", "lemma", "case")
# Universal Dependencies 2; a relation stands for its subtypes ("obl" for "obl:agent").
RELATIONS: Final = (
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj",
    "cop", "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith",
    "iobj", "list", "mark", "nmod", "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct",
    "reparandum", "root", "vocative", "xcomp",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """A word that hangs on the trigger by one of the relations; lemma, case: which words, with which preposition."""

    relation: tuple[str, ...]
    lemma: tuple[str, ...] = ()
    case: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = ["|".join(self.relation)]
        told += ["|".join(self.lemma)] if self.lemma else []
        told += ["after", "|".join(self.case)] if self.case else []
        return " ".join(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Conditions that hold together; of each tuple one entry is enough, of `without` none may hold, of dependency all.

    line: where it stands in the file. phrase: words in the act or hanging close to it, in any order.
    trigger: words of which one is in the trigger; near, without: words in the act's clause.
    actor, recipient: PLOVER sectors. modes, contexts: PLOVER's.
    """

    line: int
    phrase: str | None = None
    trigger: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    dependency: tuple[Dependency, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "; ".join(self._told())

    def _told(self) -> Iterator[str]:
        if self.phrase is not None:
            yield f"phrase {self.phrase!r}"
        for name in ("trigger", "near", "without", "actor", "recipient", "modes", "contexts"):
            if words := getattr(self, name):
                yield f"{name} {'|'.join(words)}"
        for dependency in self.dependency:
            yield f"dependency {dependency}"


def read_patterns(cells: Cells, book: Codebook, modes: tuple[str, ...]) -> tuple[Pattern, ...]:
    """The phrases, then the patterns of a category or mode. modes: those that its parents have."""
    found = [
        Pattern(line=cells.line("phrases", phrase), phrase=phrase)
        for phrase in dict.fromkeys(cells.texts("phrases"))
    ]
    return (*found, *(_pattern(row, book, modes) for row in cells.tables("pattern")))


def _pattern(row: Cells, book: Codebook, modes: tuple[str, ...]) -> Pattern:
    row.keys(PATTERN_KEYS)
    if not any(key in row.table for key in PATTERN_KEYS if key != "without"):
        row.add("the pattern asks for nothing", f"Write one of: {', '.join(PATTERN_KEYS)}")
    return Pattern(
        line=row.line(),
        trigger=row.texts("trigger"),
        near=row.texts("near"),
        without=row.texts("without"),
        dependency=tuple(_dependency(one, row) for one in row.tables("dependency")),
        actor=row.choices("actor", book.sectors, "sector"),
        recipient=row.choices("recipient", book.sectors, "sector"),
        modes=row.choices("modes", modes, "mode of the parent"),
        contexts=row.choices("contexts", book.contexts, "context"),
    )


def _dependency(one: Cells, row: Cells) -> Dependency:
    # An inline table has no line of its own: the pattern's key has.
    cells = one if one.line() else Cells(row.file, row.place, one.table, row.called, row.faults)
    cells.keys(DEPENDENCY_KEYS)
    relations = cells.texts("relation")
    if "relation" not in one.table:
        cells.add(
            "a dependency has no 'relation'", 'Write { relation = "obj", lemma = ["…"] }', key="dependency"
        )
    for relation in relations:
        if relation.split(":", 1)[0] not in RELATIONS:
            known = ", ".join(RELATIONS)
            cells.add(f"{relation!r} is no relation", f"Write one of: {known}", key="dependency")
    return Dependency(relation=relations, lemma=cells.texts("lemma"), case=cells.texts("case"))


__all__ = ["Dependency", "Pattern", "read_patterns"]
