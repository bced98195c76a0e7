"""Code the texts of a gold file and score the records against it.

    python benchmarks/accuracy.py out/dev.jsonl --kind articles [--model FOLDER] [--coded out/dev.coded.jsonl] [--list]

Texts are coded exactly as the gold has them (intake would clean them again). kind: articles (real ones), briefs, written.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import dragoman
from dragoman.coder import plain_document
from dragoman.evaluation import evaluate
from dragoman.evaluation.render import listing, to_json, to_text
from dragoman.evaluation.scores import kind_of
from dragoman.records import to_jsonl


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("gold", type=Path)
    p.add_argument("--kind", choices=("articles", "briefs", "written"))
    p.add_argument("--model")
    p.add_argument("--coded", type=Path)
    p.add_argument("--json", type=Path)
    p.add_argument("--list", action="store_true")
    a = p.parse_args()
    lines = [line for line in a.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [(line, json.loads(line)) for line in lines]
    chosen = [(line, row) for line, row in rows if a.kind is None or kind_of(row["source"]) == a.kind]
    gold = a.gold.with_suffix(f".{a.kind}.jsonl") if a.kind else a.gold
    if a.kind:
        gold.write_text("\n".join(line for line, _ in chosen) + "\n", encoding="utf-8")
    coded = a.coded or gold.with_suffix(".coded.jsonl")
    coder = dragoman.load(model=a.model)
    with coded.open("wb") as out:
        for _, row in chosen:
            out.write(
                to_jsonl(
                    coder(
                        plain_document(
                            row["text"],
                            published=row["published"],
                            title=row.get("title"),
                            publisher=row.get("publisher"),
                        )
                    )
                )
            )
    scores = evaluate(gold, coded)
    print(to_text(scores))
    if a.list:
        for line in listing(scores.differences):
            print(line)
    if a.json:
        a.json.write_bytes(to_json(scores))


if __name__ == "__main__":
    main()
