"""Read a gold file whole, with every fault in it."""

from pathlib import Path

import msgspec

from dragoman.errors import GoldError
from dragoman.evaluation.annotation import GoldDocument
from dragoman.evaluation.codes import Codes
from dragoman.evaluation.faults import Fault
from dragoman.evaluation.resolve import resolve
from dragoman.evaluation.rows import DocumentRow


def check(path: Path, codes: Codes | None = None) -> tuple[tuple[GoldDocument, ...], tuple[Fault, ...]]:
    """Read a gold file whole: its documents, and every fault in it, in the order of the file.

    A document with a fault is left out. Without `codes` only the codes that never change (status, kinds of
    statement and count) are checked. Raises GoldError if the file cannot be read at all.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise GoldError(
            f"cannot be read ({error.strerror})",
            where=str(path),
            do="Give a gold file, one JSON object a line",
        ) from error
    return check_lines(lines, where=str(path), codes=codes)


def check_lines(
    lines: list[bytes], *, where: str, codes: Codes | None = None
) -> tuple[tuple[GoldDocument, ...], tuple[Fault, ...]]:
    """As `check`, for lines already read."""
    decoder = msgspec.json.Decoder(DocumentRow)
    documents: list[GoldDocument] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        at = f"{where}:{number}"
        try:
            row = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            what = f"is no gold document ({error})"
            faults.append(Fault(at, "line", what, "Write one JSON object, as in guidelines.md §8"))
            continue
        if row.id in first:
            faults.append(
                Fault(at, row.id, f"has the id of line {first[row.id]}", "Give every document its own id")
            )
        first.setdefault(row.id, number)
        document, found = resolve(row, where=at, codes=codes)
        faults.extend(found)
        if not found:
            documents.append(document)
    return tuple(documents), tuple(faults)


def load(path: Path, codes: Codes | None = None) -> tuple[GoldDocument, ...]:
    """The documents of a gold file. Raises GoldError with all faults of the file at once."""
    documents, faults = check(path, codes)
    raise_faults(faults, where=str(path))
    return documents


def raise_faults(faults: tuple[Fault, ...], *, where: str) -> None:
    """Raise one GoldError that lists every fault, or none if there are none."""
    if not faults:
        return
    listed = "\n".join(f"  {fault}" for fault in faults)
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    raise GoldError(f"{count}\n{listed}\n", where=where, do="Mend what is listed and load the file again")
