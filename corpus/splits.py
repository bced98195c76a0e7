"""Divide the coded texts into train, development and test, once and for good.

    python corpus/splits.py             write corpus/splits.json
    python corpus/splits.py --check     compare the file with the corpus and the rule; exit 1 if they differ

The rule, in this order:

1. A text hashes its key: a brief its day (`wce-YYYY-MM-DD`), every other text its id. The first 8 hex digits
   of sha256(key) as a fraction of 2^32 give train (< 0.60), development (< 0.75) or test.
2. Near duplicates form a cluster, and a cluster takes the split of its smallest id. Two texts are near
   duplicates if they share at least 40 % of the five-word runs of the shorter (lower case, no headline).
3. A GUM document whose trees train the reader (open, in GUM's train part) is train, whatever its hash says.

`split_of` answers for any text, coded or not. The file also holds `freeze`: a sha256 over the ids, texts and
annotations of each part, so that a later change of the test part cannot go unseen. Whoever mends a record
writes the file anew, and says so in MENDS.md.
"""

import argparse
import collections
import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.evaluation.corpus import PARTS
from dragoman.evaluation.corpus import rows as load_rows

HERE = Path(__file__).resolve().parent
TEXTS = HERE.parent.parent / "shared/data/text"
GUM = HERE.parent.parent / "shared/data/treebanks/UD_English-GUM/documents.tsv"

TRAIN_BELOW, DEVELOPMENT_BELOW = 0.60, 0.75
RUN, CONTAINMENT = 5, 0.40

Row = dict[str, Any]


def key_of(identifier: str) -> str:
    """What is hashed: the day of a brief, the id of any other text."""
    day = re.match(r"wce-\d{4}-\d\d-\d\d(?=-)", identifier)
    return day.group() if day else identifier


def split_by_hash(key: str) -> str:
    """The part that a key falls into by its hash alone."""
    fraction = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32
    if fraction < TRAIN_BELOW:
        return "train"
    return "development" if fraction < DEVELOPMENT_BELOW else "test"


def split_of(identifier: str, splits: Mapping[str, str]) -> str:
    """The part of any text, coded or not; `splits` is the `splits` object of splits.json.

    A text that is not coded follows rule 1 (and a GUM text is train: its trees train the reader). Texts with
    the same event may still fall apart: see `near_duplicates` with the coded texts before training on one.
    """
    if identifier in splits:
        return splits[identifier]
    return "train" if identifier.startswith("gum-") else split_by_hash(key_of(identifier))


def runs(text: str, title: str | None) -> set[tuple[str, ...]]:
    """The five-word runs of a text without its headline (the headline of a brief is a shared heading)."""
    body = text[len(title) :] if title and text.startswith(title) else text
    words = re.findall(r"\w+", body.lower())
    return {tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}


def near_duplicates(rows: Iterable[Row]) -> list[tuple[str, str, float]]:
    """Pairs of ids that share at least `CONTAINMENT` of the runs of the shorter text, with the share."""
    of = {row["id"]: runs(row["text"], row.get("title")) for row in rows}
    holders: dict[tuple[str, ...], list[str]] = collections.defaultdict(list)
    for identifier in sorted(of):
        for run in of[identifier]:
            holders[run].append(identifier)
    shared = collections.Counter(pair for ids in holders.values() for pair in combinations(ids, 2))
    shares = ((a, b, n / min(len(of[a]), len(of[b]))) for (a, b), n in shared.items())
    return sorted((a, b, round(share, 3)) for a, b, share in shares if share >= CONTAINMENT)


def clusters(ids: Iterable[str], pairs: Iterable[tuple[str, str, float]]) -> dict[str, str]:
    """The smallest id of the near-duplicate cluster that each id belongs to."""
    first = {identifier: identifier for identifier in ids}

    def root(identifier: str) -> str:
        while first[identifier] != identifier:
            identifier = first[identifier]
        return identifier

    for a, b, _ in pairs:
        low, high = sorted((root(a), root(b)))
        first[high] = low
    return {identifier: root(identifier) for identifier in first}


def gum_training(documents: Path) -> set[str]:
    """Ids (as in data/text) of the GUM documents that the reader trains on."""
    with documents.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {
            "gum-" + row["document"].removeprefix("GUM_").replace("_", "-")
            for row in rows
            if row["use"] == "open" and row["split"] == "train"
        }


def assign(rows: Sequence[Row], pinned: set[str]) -> dict[str, str]:
    """The split of every text, by the three rules."""
    first = clusters((row["id"] for row in rows), near_duplicates(rows))
    pinned_clusters = {first[identifier] for identifier in pinned if identifier in first}
    return {
        identifier: "train" if root in pinned_clusters else split_by_hash(key_of(root))
        for identifier, root in sorted(first.items())
    }


def freeze(rows: Iterable[Row], splits: Mapping[str, str], part: str) -> str:
    """sha256 over ids, texts and annotations of one part, first and second codings together."""
    digest = hashlib.sha256()
    of_part = (row for row in rows if splits[row["id"]] == part)
    for row in sorted(of_part, key=lambda row: (row["id"], row.get("coding", ""))):
        kept = {k: row[k] for k in ("id", "text", "sentences", "events", "statements", "coding") if k in row}
        digest.update(json.dumps(kept, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def build(corpus: Path, texts: Path, gum: Path) -> dict[str, Any]:
    """The whole content of splits.json; what stands there is not looked at."""
    first = list(load_rows(corpus, texts, folders=["real", "written"]))
    second = [{**row, "coding": "second"} for row in load_rows(corpus, texts, folders=["double"])]
    splits = assign(first, gum_training(gum))
    return {
        "rule": "see corpus/splits.py",
        "counts": {part: sum(s == part for s in splits.values()) for part in PARTS},
        "near_duplicates": [list(pair) for pair in near_duplicates(first)],
        "freeze": {part: freeze([*first, *second], splits, part) for part in PARTS},
        "splits": splits,
    }


def main() -> int:
    """Write or check splits.json."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=HERE)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--gum", type=Path, default=GUM)
    parser.add_argument("--out", type=Path, default=HERE / "splits.json")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    made = json.dumps(build(options.corpus, options.texts, options.gum), indent=1, ensure_ascii=False) + "\n"
    if not options.check:
        options.out.write_text(made, encoding="utf-8")
        return 0
    if options.out.read_text(encoding="utf-8") == made:
        return 0
    print(f"{options.out} does not follow from the rule and {options.corpus}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
