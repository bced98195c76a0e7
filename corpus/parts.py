"""Write the texts of one part as gold files.

    python corpus/parts.py --split train --out out/          out/train.jsonl
    python corpus/parts.py --split dev --out out/            out/dev.jsonl
    python corpus/parts.py --out out/                        both
    python corpus/parts.py --split test --final --out out/   out/test.jsonl, for the one scoring at the end

A row is that of this folder, joined with its text, in the words form of guidelines.md §8 (`batch` and
`source` with it). `--second` writes the second codings of the part beside it (train-second.jsonl).
`--kind articles|briefs|written` takes one kind of text only.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from dragoman.evaluation.corpus import Folder, Part, kind_of, rows
from dragoman.evaluation.gold import check_lines, raise_faults
from dragoman.evaluation.standoff import worded

HERE = Path(__file__).resolve().parent
TEXTS = HERE.parent.parent / "shared/data/text"
NAMES: dict[str, Part] = {"train": "train", "dev": "development", "test": "test"}
KINDS = ("articles", "briefs", "written")


def write(
    corpus: Path, texts: Path, out: Path, *, folders: Iterable[Folder], part: Part, kinds: Iterable[str]
) -> int:
    """Write the rows of `part` to `out`; the number of rows written."""
    found = [
        row for row in rows(corpus, texts, folders=tuple(folders), parts=[part]) if kind_of(row) in kinds
    ]
    documents, faults = check_lines([json.dumps(row).encode() for row in found], where=str(corpus))
    raise_faults(faults, where=str(corpus))
    told = (worded(row, document) for row, document in zip(found, documents, strict=True))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in told), encoding="utf-8")
    return len(found)


def main() -> int:
    """Write the wanted parts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=sorted(NAMES), action="append", help="default: train and dev")
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--out", type=Path, required=True, help="folder")
    parser.add_argument("--corpus", type=Path, default=HERE)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder of the texts of upstream.toml")
    parser.add_argument("--second", action="store_true")
    parser.add_argument("--final", action="store_true", help="allow the test part")
    options = parser.parse_args()
    chosen = options.split or ["train", "dev"]
    if "test" in chosen:
        if not options.final:
            parser.error(
                "the test part is scored once, at the end: say --final, and do not read what is written"
            )
        print(
            "warning: writing the TEST part. Score it once; do not read it, do not build on it.",
            file=sys.stderr,
        )
    kinds = options.kind or KINDS
    for name in chosen:
        files: list[tuple[tuple[Folder, ...], str]] = [(("real", "written"), f"{name}.jsonl")]
        if options.second:
            files.append((("double",), f"{name}-second.jsonl"))
        for folders, file in files:
            out = options.out / file
            count = write(options.corpus, options.texts, out, folders=folders, part=NAMES[name], kinds=kinds)
            print(f"{out}: {count} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
