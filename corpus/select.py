"""Write the coded texts of one part as gold files.

    python corpus/select.py --split train --out out/          out/train.jsonl
    python corpus/select.py --split dev --out out/            out/dev.jsonl
    python corpus/select.py --out out/                        both
    python corpus/select.py --split test --final --out out/   out/test.jsonl, for the one scoring at the end

A row keeps its gold form (`batch` and `source` with it), set right by the rules of mends.py. `--second`
writes the second codings of the part beside it (train-second.jsonl). `--kind articles|briefs|written` takes
one file only.
"""

import argparse
import json
import sys
from pathlib import Path

from mends import mend
from splits import CODED, FILES, HERE, SECOND, read

PARTS = {"train": "train", "dev": "development", "test": "test"}


def select(coded: Path, names: list[str], part: str, splits: dict[str, str], out: Path) -> int:
    """Write the rows of `part` to `out`; the number of rows written."""
    rows = [mend(row)[0] for name in names for row in read(coded / name) if splits[row["id"]] == PARTS[part]]
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    out.write_text("".join(lines), encoding="utf-8")
    return len(rows)


def main() -> int:
    """Write the wanted parts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=sorted(PARTS), action="append", help="default: train and dev")
    parser.add_argument("--kind", choices=["articles", "briefs", "written"], action="append")
    parser.add_argument("--out", type=Path, required=True, help="folder")
    parser.add_argument("--coded", type=Path, default=CODED)
    parser.add_argument("--second", action="store_true")
    parser.add_argument("--final", action="store_true", help="allow the test part")
    options = parser.parse_args()
    parts = options.split or ["train", "dev"]
    if "test" in parts:
        if not options.final:
            parser.error(
                "the test part is scored once, at the end: say --final, and do not read what is written"
            )
        print(
            "warning: writing the TEST part. Score it once; do not read it, do not build on it.",
            file=sys.stderr,
        )
    splits = json.loads((HERE / "splits.json").read_text(encoding="utf-8"))["splits"]
    names = [name for name in FILES if not options.kind or name.split(".")[0] in options.kind]
    for part in parts:
        wanted = [(names, f"{part}.jsonl")] + ([([SECOND], f"{part}-second.jsonl")] if options.second else [])
        for files, name in wanted:
            count = select(options.coded, files, part, splits, options.out / name)
            print(f"{options.out / name}: {count} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
