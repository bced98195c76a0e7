"""Choose the cuts of the heads on the development part: each is swept alone, the others held, twice round.

    python benchmarks/cuts.py out/dev.jsonl [--model FOLDER] [--json training/cuts.json]

Texts are read once; only coding is repeated. Prints a table of the goal at each value.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import dragoman
from dragoman.coder import plain_document
from dragoman.coding import acts, contents, modes, repeats, roles, statements
from dragoman.coding.coder import code
from dragoman.evaluation.coded import gold_form
from dragoman.evaluation.gold import load
from dragoman.evaluation.scores import kind_of, score

GRID = {
    "acts.CUT": (0.2, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85),
    "roles.FIRST.actor": (0.2, 0.25, 0.3, 0.35, 0.4),
    "roles.FIRST.recipient": (0.2, 0.25, 0.3, 0.35, 0.4),
    "roles.MORE.actor": (0.3, 0.35, 0.4, 0.5),
    "roles.MORE.recipient": (0.3, 0.35, 0.4, 0.5),
    "roles.CUT.speaker": (0.3,),
    "repeats.SAME_CUT": (0.5, 0.65, 0.8),
    "roles.PAIR_WEIGHT": (0.4, 0.7, 1.0),
    "roles.PATH_WEIGHT": (0.0, 0.4, 0.7, 1.0),
    "statements.CUE_CUT": (0.3, 0.45, 0.6, 0.75),
    "contents.CONTENT_CUT": (0.35, 0.5, 0.65),
    "modes.MODE_CUT": (0.3, 0.4, 0.5),
    "modes.CONTEXT_CUT": (0.1, 0.15, 0.2, 0.3),
}
# What each cut is chosen for.
GOAL = {
    "acts.CUT": "whole",
    "roles.FIRST.actor": "whole",
    "roles.FIRST.recipient": "whole",
    "roles.MORE.actor": "whole",
    "roles.MORE.recipient": "whole",
    "roles.CUT.speaker": "speaker country",
    "repeats.SAME_CUT": "whole",
    "roles.PAIR_WEIGHT": "speaker country",
    "roles.PATH_WEIGHT": "speaker country",
    "statements.CUE_CUT": "statements",
    "contents.CONTENT_CUT": "statements",
    "modes.MODE_CUT": "modes",
    "modes.CONTEXT_CUT": "contexts",
}


MODULES = {
    "acts": acts,
    "roles": roles,
    "repeats": repeats,
    "statements": statements,
    "contents": contents,
    "modes": modes,
}


def put(name: str, value: float) -> None:
    """Set a constant of a module, or one value of a table of them ("roles.CUT.speaker")."""
    module, constant, *key = name.split(".")
    if key:
        getattr(MODULES[module], constant)[key[0]] = value
    else:
        setattr(MODULES[module], constant, value)


def now(name: str) -> float:
    """The value that stands there."""
    module, constant, *key = name.split(".")
    found = getattr(MODULES[module], constant)
    return float(found[key[0]] if key else found)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("gold", type=Path)
    p.add_argument("--model")
    p.add_argument("--kinds", nargs="*", default=["articles", "briefs", "written"])
    p.add_argument("--rounds", type=int, default=1)
    p.add_argument("--only", nargs="*", default=list(GRID))
    p.add_argument("--json", type=Path)
    a = p.parse_args()
    coder = dragoman.load(model=a.model)
    rows = [json.loads(line) for line in a.gold.read_text(encoding="utf-8").splitlines()]
    keep = {row["id"] for row in rows if kind_of(row["source"]) in a.kinds}
    gold = tuple(g for g in load(a.gold) if g.id in keep)
    read = []
    for row in rows:
        if row["id"] in keep:
            document = plain_document(
                row["text"],
                published=row["published"],
                title=row.get("title"),
                publisher=row.get("publisher"),
            )
            read.append((coder.nlp(document.text), document))

    def measure() -> dict[str, float]:
        coded = [gold_form(code(doc, document, coder.tables)) for doc, document in read]
        figures = score(gold, coded, resamples=2).figures
        return {name: figure.value for name, figure in figures.items()}

    chosen = {name: now(name) for name in GRID}
    for turn in range(a.rounds):
        for name in a.only:
            results = []
            for value in GRID[name]:
                put(name, value)
                figures = measure()
                results.append((figures[GOAL[name]], -abs(value - 0.5), value, figures))
            best = max(results, key=lambda r: r[:2])
            put(name, best[2])
            chosen[name] = best[2]
            shown = "  ".join(f"{value}: {goal:.3f}" for goal, _, value, _ in results)
            print(f"round {turn + 1} {name} for {GOAL[name]}: {shown} -> {best[2]}", flush=True)
    figures = measure()
    print(json.dumps({k: round(v, 3) for k, v in figures.items() if v is not None}))
    if a.json:
        a.json.write_text(json.dumps({"cuts": chosen, "figures": figures}, indent=1) + "\n")


if __name__ == "__main__":
    main()
