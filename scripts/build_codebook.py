"""Make the codebook's built tables: CAMEO codes with names and scale, and the crosswalk from CAMEO to PLOVER.

    python scripts/build_codebook.py --knowledge ../shared/data/knowledge [--out src/dragoman/codebook/data]

Reads `cameo/text_to_CAMEO.CAMEO_codefile.txt` (names), `cameo/CAMEO.goldsteinscale.txt` (scale) and
`plover/CAMEO2PLOVER-2021.txt` (the official table); corrects the last by `crosswalk/corrections.csv`, which
is written by hand. Writes `cameo/codes.csv`, `crosswalk/cameo_to_plover.csv` and `built.json` (hashes).
"""

import argparse
import csv
import hashlib
import json
import re
import sys
from pathlib import Path

NAMES = "cameo/text_to_CAMEO.CAMEO_codefile.txt"
SCALE = "cameo/CAMEO.goldsteinscale.txt"
OFFICIAL = "plover/CAMEO2PLOVER-2021.txt"
CODES_OUT = "cameo/codes.csv"
CROSSWALK_OUT = "crosswalk/cameo_to_plover.csv"
CODE_FIELDS = ("code", "name", "root", "goldstein", "source")
CROSSWALK_FIELDS = ("cameo", "type", "mode", "also", "contexts", "swap", "reason", "source")
# Slips of the label file; every other label stands as it is.
SPELLING = {
    "Apolgize": "Apologize",
    "adminstrative": "administrative",
    "Ostruct": "Obstruct",
    "commment": "comment",
}
SPELLING |= {"'third'": "third"}


def read_names(path: Path) -> dict[str, str]:
    """Code to label; LABELi lines and codes with an `i` are other wordings of ICEWS and left out."""
    names: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"LABEL: *(\d{3,4})= *(.+)", line):
            label = " ".join(match[2].split())
            for wrong, right in SPELLING.items():
                label = label.replace(wrong, right)
            names[match[1]] = label
    return names


def read_scale(path: Path) -> dict[str, str]:
    """Code to Goldstein value, as printed."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip())
    return {code: value.strip() for code, value in rows}


def read_official(path: Path) -> dict[str, list[tuple[str, str, str]]]:
    """Code to the (type, mode, contexts) rows that the table of 2021 gives it; two codes have two rows."""
    table: dict[str, list[tuple[str, str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"(\d{2,4}): *([A-Z]+)([^#]*)", line):
            _, mode, contexts, *_ = [*(part.strip() for part in match[3].split(",")), "", "", ""]
            row = (match[2], mode, " ".join(context.strip() for context in contexts.split(";")))
            table.setdefault(match[1], []).append(row)
    return table


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scale_of(code: str, scale: dict[str, str]) -> tuple[str, str]:
    """Value and where it comes from; a code without a row takes that of the code it lies under."""
    if code in scale:
        return scale[code], "GDELT CAMEO.goldsteinscale"
    parent = code[:-1]
    return scale[parent], f"the code above it, {parent}: not in GDELT CAMEO.goldsteinscale"


def code_rows(
    names: dict[str, str], scale: dict[str, str], roots: list[dict[str, str]]
) -> list[dict[str, str]]:
    """One row a code, roots first among their own."""
    names = names | {row["root"]: row["name"] for row in roots}
    missing = sorted(set(scale) - set(names))
    if missing:
        sys.exit(
            f"{NAMES}: no label for {' '.join(missing)}. Add the labels, or take the codes out of {SCALE}."
        )
    rows = []
    for code in sorted(names):
        value, source = scale_of(code, scale)
        rows.append(
            {"code": code, "name": names[code], "root": code[:2], "goldstein": value, "source": source}
        )
    return rows


def crosswalk_rows(
    codes: list[str],
    official: dict[str, list[tuple[str, str, str]]],
    corrections: dict[str, dict[str, str]],
    now: dict[tuple[str, str], str],
) -> list[dict[str, str]]:
    """One row a code: the correction where there is one, else the official row with former codes renewed."""
    rows = []
    for code in codes:
        if code in corrections:
            source = "corrections.csv" + (f" over {Path(OFFICIAL).name}" if code in official else "")
            rows.append({**corrections[code], "source": source})
            continue
        if len(official.get(code, ())) != 1:
            found = len(official.get(code, ()))
            sys.exit(f"{OFFICIAL}: {code} has {found} rows. Write one row for {code} into corrections.csv.")
        kind, mode, contexts = official[code][0]
        new_mode = now.get(("mode", f"{kind}/{mode}"), mode)
        new_contexts = " ".join(now.get(("context", context), context) for context in contexts.split())
        renewed = [(old, new) for old, new in ((mode, new_mode), (contexts, new_contexts)) if old != new]
        reason = "; ".join(f"{old} is now {new or 'no mode'}" for old, new in renewed)
        rows.append(
            {"cameo": code, "type": kind, "mode": new_mode, "also": "", "contexts": new_contexts, "swap": ""}
            | {"reason": reason, "source": Path(OFFICIAL).name}
        )
    return rows


def write_rows(path: Path, fields: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write a CSV table with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def sha256(path: Path) -> str:
    """Hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Read, join, correct, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--knowledge", type=Path, required=True, help="folder with cameo/ and plover/")
    parser.add_argument(
        "--data", type=Path, default=Path("src/dragoman/codebook/data"), help="the written tables"
    )
    parser.add_argument("--out", type=Path, help="where to write; default: beside the written tables")
    options = parser.parse_args()
    knowledge, data, out = options.knowledge, options.data, options.out or options.data

    now = {(row["kind"], row["code"]): row["now"] for row in read_rows(data / "plover/former.csv")}
    corrections = {row["cameo"]: row for row in read_rows(data / "crosswalk/corrections.csv")}
    codes = code_rows(
        read_names(knowledge / NAMES), read_scale(knowledge / SCALE), read_rows(data / "cameo/roots.csv")
    )
    crosswalk = crosswalk_rows(
        [row["code"] for row in codes], read_official(knowledge / OFFICIAL), corrections, now
    )
    unknown = sorted(set(corrections) - {row["cameo"] for row in crosswalk})
    if unknown:
        sys.exit(f"crosswalk/corrections.csv: no such CAMEO codes: {' '.join(unknown)}. Strike them out.")

    for name in (CODES_OUT, CROSSWALK_OUT):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
    write_rows(out / CODES_OUT, CODE_FIELDS, codes)
    write_rows(out / CROSSWALK_OUT, CROSSWALK_FIELDS, crosswalk)
    written = ("crosswalk/corrections.csv", "plover/former.csv", "cameo/roots.csv")
    built = {
        "made_by": "scripts/build_codebook.py",
        "inputs": {name: sha256(knowledge / name) for name in (NAMES, SCALE, OFFICIAL)}
        | {name: sha256(data / name) for name in written},
        "outputs": {name: sha256(out / name) for name in (CODES_OUT, CROSSWALK_OUT)},
    }
    (out / "built.json").write_text(json.dumps(built, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
