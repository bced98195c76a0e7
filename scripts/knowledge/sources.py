"""Reading the raw tables and writing the built ones: shared by the builders of this folder."""

import csv
import gzip
import hashlib
import io
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dragoman.knowledge.tables import ENTITY_COLUMNS

NAME_MARK = "|"


def words(name: str) -> frozenset[str]:
    """One word list of words.toml."""
    return frozenset(tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))[name])


class Sources:
    """The raw tables under one folder; remembers the hash of each file that was read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.hashes: dict[str, str] = {}

    def bytes(self, name: str) -> bytes:
        raw = (self.root / name).read_bytes()
        self.hashes[name] = hashlib.sha256(raw).hexdigest()
        return gzip.decompress(raw) if name.endswith(".gz") else raw

    def text(self, name: str) -> str:
        return self.bytes(name).decode("utf-8-sig")

    def csv(self, name: str) -> list[dict[str, str]]:
        delimiter = "\t" if ".tsv" in name else ","
        return list(csv.DictReader(io.StringIO(self.text(name)), delimiter=delimiter))


def entity(
    *,
    id: str,
    kind: str,
    name: str,
    names: Iterable[str],
    country: str,
    source: str,
    sectors: str = "",
    form: str = "",
    wikidata: str = "",
    start: str = "",
    end: str = "",
) -> dict[str, str]:
    """One row of an entity table; names without doubles, in the order given."""
    kept = dict.fromkeys(" ".join(one.split()) for one in names)
    return {
        "id": id, "kind": kind, "name": name, "names": NAME_MARK.join(one for one in kept if one and NAME_MARK not in one),
        "country": country, "sectors": sectors, "form": form, "wikidata": wikidata, "start": start, "end": end,
        "source": source,
    }  # fmt: skip


def write_table(path: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows in the order given, one form of line end on every system. Returns their number."""
    ordered = [tuple(str(row[column]) for column in columns) for row in rows]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(ordered)
    return len(ordered)


def write_entities(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    kept = [row for row in rows if row["names"]]
    return write_table(
        path, ENTITY_COLUMNS, sorted(kept, key=lambda row: tuple(row[name] for name in ENTITY_COLUMNS))
    )
