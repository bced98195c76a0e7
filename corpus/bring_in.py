"""Bring the coded texts in: real ones as stand-off files, written ones whole.

    python corpus/bring_in.py     ../shared/data/coded and ../shared/data/text → corpus/{real,double,written}

The first part of the corpus as it was given, with the mends by rule of mends.py and those by reading of
mends/. The second codings were made blind and stay as they were made. Mends are counted on standard output;
nothing of a text is printed. After a mend, run `splits.py` as well: it freezes the parts.
"""

import argparse
import collections
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.evaluation.gold import check_lines
from dragoman.evaluation.standoff import away, whole_text
from mends import apply, by_rule, read_mends

HERE = Path(__file__).resolve().parent
CODED = HERE.parent.parent / "shared/data/coded"
TEXTS = CODED.parent / "text"
FILES = ("articles.jsonl.gz", "briefs.jsonl.gz", "written.jsonl.gz")
SECOND = "second.jsonl.gz"

Row = dict[str, Any]


def read(path: Path) -> Iterator[Row]:
    """The rows of a gzip JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def write(path: Path, rows: list[Row]) -> None:
    """One row a line, compact, in the order given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


def stand_off(rows: list[Row], texts: dict[str, Row]) -> list[Row]:
    """The rows without words; every row must resolve and every text be the gathered one."""
    documents, faults = check_lines([json.dumps(row).encode() for row in rows], where="coded")
    if faults:
        sys.exit(f"{len(faults)} faults in the coded texts: mend them first (by rule, in mends.py)")
    out = []
    for row, document in zip(rows, documents, strict=True):
        given = texts[row["id"]]
        headline = row["text"] == whole_text(given["text"], given["title"], headline=True)
        if not headline and row["text"] != given["text"]:
            sys.exit(f"{row['id']}: the coded text is not the gathered one")
        known = {key: given[key] for key in ("source", "region", "published", "licence")}
        out.append(away({**known, **row}, document, headline=headline, url=given["url"]))
    return out


def main() -> int:
    """Write the three folders."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--coded", type=Path, default=CODED)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--mends", type=Path, default=HERE / "mends")
    parser.add_argument("--out", type=Path, default=HERE, help="the folder of the corpus")
    options = parser.parse_args()
    mended: collections.Counter[str] = collections.Counter()
    rows: list[Row] = []
    for name in (*FILES, SECOND):
        for given in read(options.coded / name):
            row, log = by_rule(given)
            mended.update("by rule, " + line.split(": ", 1)[1] for line in log)
            rows.append({**row, "folder": "double" if name == SECOND else _folder(row)})
    texts = {row["id"]: row for path in sorted(options.texts.glob("*.jsonl.gz")) for row in read(path)}
    groups: dict[tuple[str, str], list[Row]] = collections.defaultdict(list)
    for row in rows:
        groups[row.pop("folder"), row["batch"]].append(row)
    tables = list(read_mends(options.mends))
    for (folder, batch), batch_rows in sorted(groups.items()):
        done = batch_rows if folder == "written" else stand_off(batch_rows, texts)
        for name, of in tables if folder != "double" else ():
            done = [apply(row, of.get(row["id"], ())) for row in done]
            mended[f"by reading, {name}"] += sum(len(of.get(row["id"], ())) for row in done)
        write(options.out / folder / f"{batch}.jsonl", done)
    for rule, times in sorted(mended.items()):
        print(f"mended {times} times {rule}")
    return 0


def _folder(row: Row) -> str:
    return "written" if row["source"] == "written" else "real"


if __name__ == "__main__":
    sys.exit(main())
