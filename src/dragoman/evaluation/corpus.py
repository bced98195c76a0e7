"""Load the corpus: stand-off rows joined with the texts they point at, and the written texts.

The folder: `real/*.jsonl` and `double/*.jsonl` (stand-off; second codings), `written/*.jsonl` (whole),
`splits.json`, `upstream.toml`. The texts: a folder with the files that `upstream.toml` names.
"""

import gzip
import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from dragoman.errors import GoldError
from dragoman.evaluation.annotation import GoldDocument
from dragoman.evaluation.codes import Codes
from dragoman.evaluation.faults import Fault
from dragoman.evaluation.gold import check_lines, raise_faults
from dragoman.evaluation.standoff import Row, back, text_hash, whole_text

Folder = Literal["real", "written", "double"]
Part = Literal["train", "development", "test"]
FOLDERS: Final[tuple[Folder, ...]] = ("real", "written", "double")
PARTS: Final[tuple[Part, ...]] = ("train", "development", "test")


def kind_of(row: Mapping[str, Any]) -> str:
    """What kind of text a row holds: articles, briefs or written."""
    if row["source"] == "written":
        return "written"
    return "briefs" if row["source"].startswith("wikipedia-current-events") else "articles"


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
    splits = json.loads((corpus / "splits.json").read_text(encoding="utf-8"))["splits"]
    wanted = [
        (path, number, row)
        for folder in folders
        for path in sorted((corpus / folder).glob("*.jsonl"))
        for number, row in enumerate(_lines(path), 1)
        if parts is None or splits[row["id"]] in parts
    ]
    faults: list[Fault] = []
    known = _Texts(corpus, texts, {row["id"] for _, _, row in wanted})
    joined = [
        row if "text" in row else known.join(row, f"{path.name}:{number}", faults)
        for path, number, row in wanted
    ]
    raise_faults(tuple(faults), where=str(corpus))
    yield from (row for row in joined if row is not None)


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
        yield from map(json.loads, file)
