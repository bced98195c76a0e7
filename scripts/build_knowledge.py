"""Build the knowledge tables of the package from the raw tables. `make knowledge` calls this.

    python scripts/build_knowledge.py --raw ../shared/data/knowledge

Writes src/dragoman/knowledge/data/built/*.csv and built.json (hashes of all inputs), and prints what is covered and
what is not. The tables under data/hand are written by people; they are read, and not touched.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.knowledge import countries, coverage, groups, media, parties, people, regions  # noqa: E402
from scripts.knowledge.sources import Sources, write_entities, write_table  # noqa: E402

from dragoman.knowledge.names import INDEX_HEAD  # noqa: E402
from dragoman.knowledge.tables import TERM_COLUMNS  # noqa: E402

BUILT = ROOT / "src/dragoman/knowledge/data/built"
HAND = BUILT.parent / "hand"
RAW = ROOT.parent / "shared/data/knowledge"
BUILDERS = {
    "countries": countries.build,
    "regions": regions.build,
    "groups": groups.build,
    "parties": parties.build,
    "media": media.build,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--raw", type=Path, default=RAW, help="folder of the raw tables")
    sources = Sources(parser.parse_args().raw)
    counts = {
        f"{table}.csv": write_entities(BUILT / f"{table}.csv", build(sources))
        for table, build in BUILDERS.items()
    }
    terms = people.build(sources, HAND)
    counts["people.csv"] = write_table(BUILT / "people.csv", TERM_COLUMNS, terms)
    lines = people.index(terms)
    (BUILT / "names.csv").write_text("\n".join([INDEX_HEAD, *lines]) + "\n", "utf-8")
    counts["names.csv"] = len(lines)
    built = {
        "made_by": "scripts/build_knowledge.py",
        "rows": counts,
        "inputs": dict(sorted(sources.hashes.items())),
    }
    (BUILT / "built.json").write_text(json.dumps(built, indent=1) + "\n", "utf-8")
    for table, number in counts.items():
        print(f"{table:24} {number:7,} rows")
    coverage.print_offices(terms, HAND)


if __name__ == "__main__":
    main()
