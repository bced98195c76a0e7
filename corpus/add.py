"""Take further coded batches into the corpus: real texts as stand-off files, written ones whole.

    python corpus/add.py out/coding/r3.jsonl out/coding/w8.jsonl     → corpus/real/r3.jsonl, corpus/written/w8.jsonl
    python corpus/add.py --second out/coding/e0.jsonl                → corpus/double/e0.jsonl (second codings)

A given file holds gold rows (guidelines.md §8) with `batch`, `source`, `region`, `licence` and, where coded, `entities`:
[{"name", "mentions": [[start, end], …]}]. Every row must resolve and every real text be one of the gathered ones. Run
`splits.py` afterwards: it gives the new texts their part and freezes the parts.
"""

import argparse
import json
import sys
from pathlib import Path

from bring_in import TEXTS, read, stand_off, write
from dragoman.evaluation.gold import check_lines

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Write one file a batch."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--second", action="store_true", help="second, blind codings of coded texts")
    parser.add_argument("--out", type=Path, default=HERE, help="the folder of the corpus")
    options = parser.parse_args()
    texts = {row["id"]: row for path in sorted(options.texts.glob("*.jsonl.gz")) for row in read(path)}
    for path in options.files:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        _, faults = check_lines([json.dumps(row).encode() for row in rows], where=str(path))
        if faults:
            listed = "\n".join(str(fault) for fault in faults)
            sys.exit(f"{path}: {len(faults)} faults, nothing written\n{listed}")
        written = all(row["source"] == "written" for row in rows)
        folder = "double" if options.second else "written" if written else "real"
        if written:
            done = [{k: v for k, v in row.items() if k not in ("annotator", "notes")} for row in rows]
        else:
            done = stand_off(rows, texts)
        write(options.out / folder / path.name, done)
        print(f"{options.out / folder / path.name}: {len(done)} texts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
