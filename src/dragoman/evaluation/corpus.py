"""Load the corpus: stand-off rows joined with the texts they point at, and the written texts.

The folder: `real/*.jsonl` and `double/*.jsonl` (stand-off; second codings), `written/*.jsonl` (whole),
`splits.json`, `upstream.toml`. The texts: a folder with the files that `upstream.toml` names.
"""

import gzip
import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from dragoman.errors import GoldError
from dragoman.evaluation.annotation import GoldDocument
from dragoman.evaluation.codes import Codes
from dragoman.evaluation.faults import Fault
from dragoman.evaluation.gold import check_lines, raise_faults
from dragoman.evaluation.scores import kind_of as kind_of_source
from dragoman.evaluation.standoff import Row, back, text_hash, whole_text

Folder = Literal["real", "written", "double"]
Part = Literal["train", "development", "test"]
FOLDERS: Final[tuple[Folder, ...]] = ("real", "written", "double")
PARTS: Final[tuple[Part, ...]] = ("train", "development", "test")


def kind_of(row: Mapping[str, Any]) -> str:
    """What kind of text a row holds: articles, briefs or written."""
    return kind_of_source(row["source"])


@dataclass(frozen=True, slots=True)
class Stored:
    """A row as it stands in the corpus. number: its line, from 1."""

    path: Path
    number: int
    row: Row

    @property
    def where(self) -> str:
        """Folder, file and line, for messages."""
        return f"{self.path.parent.name}/{self.path.name}:{self.number}"


def load(
    corpus: Path,
    texts: Path | None,
    *,
    folders: Collection[Folder] = ("real", "written"),
    parts: Collection[Part] | None = None,
    codes: Codes | None = None,
) -> tuple[GoldDocument, ...]:
    """The documents of some folders and parts (null: all), in the order of the files.

    texts: where the files of upstream.toml lie; null is enough for the written texts.
    Raises GoldError with every text that is missing or differs from its hash, and every fault of a row.
    """
    found = list(rows(corpus, texts, folders=folders, parts=parts))
    lines = [json.dumps(row, ensure_ascii=False).encode() for row in found]
    documents, faults = check_lines(lines, where=str(corpus), codes=codes)
    raise_faults(faults, where=str(corpus))
    return documents


def rows(
    corpus: Path,
    texts: Path | None,
    *,
    folders: Collection[Folder] = ("real", "written"),
    parts: Collection[Part] | None = None,
) -> Iterator[Row]:
    """The same as gold rows (guidelines.md §8), real texts with offsets and written ones with words."""
    joined, faults = join(corpus, texts, stored(corpus, folders=folders, parts=parts))
    raise_faults(faults, where=str(corpus))
    yield from (row for _, row in joined)


def stored(
    corpus: Path,
    *,
    folders: Collection[Folder] = ("real", "written"),
    parts: Collection[Part] | None = None,
) -> tuple[Stored, ...]:
    """The rows as they stand, real ones without their texts. Raises GoldError if this is no corpus."""
    splits = read_splits(corpus)
    return tuple(
        Stored(path, number, row)
        for folder in folders
        for path in sorted((corpus / folder).glob("*.jsonl"))
        for number, row in enumerate(_lines(path), 1)
        if parts is None or splits.get(row["id"]) in parts
    )


def join(
    corpus: Path, texts: Path | None, found: Collection[Stored]
) -> tuple[list[tuple[Stored, Row]], tuple[Fault, ...]]:
    """Each row with its text, and a fault for each text that is missing or not the one that was coded."""
    faults: list[Fault] = []
    known = _Texts(corpus, texts, {one.row["id"] for one in found})
    joined = [
        (one, one.row if "text" in one.row else known.join(one.row, one.where, faults)) for one in found
    ]
    return [(one, row) for one, row in joined if row is not None], tuple(faults)


def read_splits(corpus: Path) -> dict[str, str]:
    """The part of each text. Raises GoldError if the folder holds no corpus."""
    path = corpus / "splits.json"
    try:
        splits: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))["splits"]
    except OSError as error:
        raise GoldError(
            f"cannot be read ({error.strerror})", where=str(path), do="Name the folder of the corpus"
        ) from error
    return splits


class _Texts:
    """The gathered texts, each file read once and only for the ids that are asked for."""

    def __init__(self, corpus: Path, texts: Path | None, ids: Collection[str]) -> None:
        table = tomllib.loads((corpus / "upstream.toml").read_text(encoding="utf-8"))["source"]
        self.upstream: dict[str, dict[str, str]] = {row["id"]: row for row in table}
        self.folder, self.ids = texts, set(ids)
        self.read: dict[str, Mapping[str, Row] | None] = {}

    def join(self, row: Row, where: str, faults: list[Fault]) -> Row | None:
        source = row["source"]
        first = source not in self.read
        if first:
            self.read[source] = self._open(source)
        held = self.read[source]
        if held is None:
            if first:  # one fault a file that is not there, not one a text
                faults.append(
                    Fault(where, row["id"], f"{self._file(source)} is not there", self._get(source))
                )
            return None
        if row["id"] not in held:
            faults.append(
                Fault(where, row["id"], f"its text is not in {self._file(source)}", self._get(source))
            )
            return None
        given = held[row["id"]]
        text = whole_text(given["text"], given.get("title"), headline=row["headline"])
        if text_hash(text) != row["sha256"]:
            what = f"the text in {self._file(source)} is not the one that was coded (sha256 {row['sha256']})"
            faults.append(Fault(where, row["id"], what, self._get(source)))
            return None
        return {**back(row, text), "publisher": given.get("publisher")}

    def _file(self, source: str) -> str:
        name = self.upstream[source]["file"]
        return str(self.folder / name) if self.folder else name

    def _get(self, source: str) -> str:
        """Where an outsider finds the text."""
        up = self.upstream[source]
        return (
            f"Make it from {up['repository']}, commit {up['commit']}, {up['path']} ({up['licence']}), "
            "as corpus/README.md says, and name its folder"
        )

    def _open(self, source: str) -> Mapping[str, Row] | None:
        if source not in self.upstream:
            raise GoldError(
                f"source {source!r} is not known",
                where="upstream.toml",
                do="Add a row that says where it is from",
            )
        path = self.folder / self.upstream[source]["file"] if self.folder else None
        if path is None or not path.is_file():
            return None
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return {row["id"]: row for row in map(json.loads, file) if row["id"] in self.ids}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise GoldError(
                    f"is no JSON ({error})",
                    where=f"{path}:{number}",
                    do="Write one object a line, as in guidelines.md §8",
                ) from error
