"""The figures of the card as a table: kinds of text apart, with 95 % intervals over documents.

python training/table.py [--part "coder, test part"]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

CARD = Path(__file__).parent.parent / "src/dragoman/reader/model/card.json"
NAMES = {
    "detection": "acts found, F1",
    "typed": "typed events, F1",
    "macro typed": "… mean over types",
    "type": "type of found acts",
    "macro type": "… F1, mean over types",
    "whole": "whole records, F1",
    "actor country": "actor's country of found acts",
    "recipient country": "recipient's country",
    "polarity": "polarity",
    "realis": "realis",
    "certainty": "certainty",
    "modes": "modes, F1",
    "contexts": "contexts, F1",
    "date": "date",
    "place country": "place's country",
    "counts": "counts, F1",
    "attribution": "attribution",
    "statements": "statements found, F1",
    "whole statements": "whole statements (content, speaker, country), F1",
    "speaker name": "speaker's name",
    "speaker country": "speaker's country",
    "content": "content",
    "chain": "chain of sources",
    "stance": "stance, target and side, F1",
}


def cell(figure: dict) -> str:
    if figure["value"] is None:
        return "–"
    if figure["low"] is None:
        return f"{figure['value']:.3f}"
    return f"{figure['value']:.3f} ({figure['low']:.3f}–{figure['high']:.3f})"


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--part", default="coder, test part")
    a = p.parse_args()
    scores = json.loads(CARD.read_text(encoding="utf-8"))["scores"][a.part]
    kinds = scores["kinds"] or {"texts": scores["figures"]}
    print("| | " + " | ".join(kinds) + " |\n|---|" + "---|" * len(kinds))
    for key, name in NAMES.items():
        print(f"| {name} | " + " | ".join(cell(figures[key]) for figures in kinds.values()) + " |")


if __name__ == "__main__":
    main()
