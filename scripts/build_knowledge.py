"""Build the knowledge tables of the package from the raw tables. `make knowledge` calls this.

    python scripts/build_knowledge.py --raw ../shared/data/knowledge

Writes src/dragoman/knowledge/data/built/*.csv and built.json (hashes of all inputs), and prints what is covered and
what is not. The tables under data/hand are written by people and are not touched.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.knowledge import countries, regions  # noqa: E402
from scripts.knowledge.sources import Sources, write_entities  # noqa: E402

BUILT = ROOT / "src/dragoman/knowledge/data/built"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--raw", type=Path, default=ROOT.parent / "shared/data/knowledge", help="folder of the raw tables"
    )
    sources = Sources(parser.parse_args().raw)
    builders = {"countries": countries.build, "regions": regions.build}
    counts = {
        f"{table}.csv": write_entities(BUILT / f"{table}.csv", build(sources))
        for table, build in builders.items()
    }
    built = {
        "script": "scripts/build_knowledge.py",
        "rows": counts,
        "inputs": dict(sorted(sources.hashes.items())),
    }
    (BUILT / "built.json").write_text(json.dumps(built, indent=1) + "\n", "utf-8")
    for table, number in counts.items():
        print(f"{table:24} {number:7,} rows")


if __name__ == "__main__":
    main()
