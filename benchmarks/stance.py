"""The side of a statement towards a target, statement and target given.

    python benchmarks/stance.py out/dev.jsonl [--kind articles] [--model FOLDER]

Two questions. "targets": for each target that the gold has, support or oppose. Its own words decide, and with half their
weight the strongest words of the statement (of one side or the other a statement mostly is as a whole). Figures: F1 of each
side and their mean, beside what "always oppose" would get. "all actors": for every coded actor named in the statement's
sentences, whether it is a target at all and on which side, by its own words, for a row of cuts; F1 over both sides
together. "mixed" is right with either side.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dragoman
from dragoman.coding.heads import heads_of
from dragoman.coding.stances import BEFORE, CUT, SIDES
from dragoman.evaluation.scores import kind_of

Question = tuple[str | None, dict[str, float], dict[str, float]]
WHOLE = 0.5  # weight of the statement's strongest words
CUTS = (0.05, 0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6)


def places(row: dict[str, Any]) -> dict[str, set[tuple[int, int]]]:
    """Characters of each actor's mentions by name: its cluster where coded, else its words and name wherever they stand."""
    found: dict[str, set[tuple[int, int]]] = {}
    if row.get("entities"):
        return {entity["name"]: {(a, b) for a, b in entity["mentions"]} for entity in row["entities"]}
    for record in (*row["events"], *row["statements"]):
        for side in ("actors", "recipients", "speakers"):
            for actor in record.get(side) or ():
                for words in {actor.get("text"), actor.get("name")} - {None, ""}:
                    for match in re.finditer(rf"\b{re.escape(words)}\b", row["text"]):
                        found.setdefault(actor.get("name") or words, set()).add(match.span())
    return found


def questions(row: dict[str, Any], doc: Any) -> Iterator[Question]:
    """(side that gold has, or null for none; chance of each side by the actor's words; the same with the statement's)."""
    heads, actors = heads_of(doc), places(row)
    for said in row["statements"]:
        first, end = row["sentences"][said["s"]]
        at = row["text"].find(said["cue"], first, end) if said.get("cue") else -1
        if at < 0:
            continue
        cue = [t.i for t in doc if t.idx < at + len(said["cue"]) and at < t.idx + len(t) and not t.is_space]
        parts = [said["content"]] if isinstance(said["content"], str) else said["content"]
        ends = [
            row["text"].find(p, row["sentences"][said.get("content_s", said["s"])][0]) + len(p) for p in parts
        ]
        low = row["sentences"][max(0, said["s"] - BEFORE)][0]
        high = max(end, *ends)
        gold = {side["target"]: side["value"] for side in said.get("stance") or ()}
        names = {*actors, *gold} - {speaker.get("name") for speaker in said["speakers"]}
        for name in sorted(names):
            spans = actors.get(name) or {
                m.span() for m in re.finditer(rf"\b{re.escape(name)}\b", row["text"])
            }
            here = [span for span in spans if low <= span[0] < high]
            if not here and name not in gold:
                continue
            before = sorted(span for span in spans if span[0] < at)
            tokens = [
                t.i
                for t in doc
                if any(a < t.idx + len(t) and t.idx < b for a, b in here or before[-1:] or spans)
            ]
            chances = {
                side: max((float(heads.pair(cue, side)[t]) for t in tokens), default=0.0) for side in SIDES
            }
            whole = {side: float(heads.pair(cue, side).max()) for side in SIDES}
            yield gold.get(name), chances, {side: chances[side] + WHOLE * whole[side] for side in SIDES}


def f1(asked: list[Question], cut: float) -> tuple[float, float, float]:
    """Precision, recall and F1 over support and oppose."""
    right = answered = wanted = 0
    for gold, chances, _ in asked:
        side = max(SIDES, key=lambda s: chances[s])
        answer = side if chances[side] >= cut else None
        answered += answer is not None
        wanted += gold in (*SIDES, "mixed")
        right += answer is not None and gold in (answer, "mixed")
    precision, recall = right / max(answered, 1), right / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def sides(given: list[Question], answers: list[str]) -> list[float]:
    """F1 of support, of oppose, their mean, and the share that is right."""
    gold = [answer if side == "mixed" else side for (side, _, _), answer in zip(given, answers, strict=True)]
    out = []
    for side in SIDES:
        both = sum(g == a == side for g, a in zip(gold, answers, strict=True))
        out.append(2 * both / max(gold.count(side) + answers.count(side), 1))
    return [*out, sum(out) / 2, sum(g == a for g, a in zip(gold, answers, strict=True)) / max(len(gold), 1)]


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("--kind", choices=("articles", "briefs", "written"))
    p.add_argument("--model")
    a = p.parse_args()
    nlp = dragoman.load(model=a.model).nlp
    rows = [json.loads(line) for line in a.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    asked = [
        question
        for row in rows
        if a.kind is None or kind_of(row["source"]) == a.kind
        for question in questions(row, nlp(row["text"]))
    ]
    given = [question for question in asked if question[0] is not None]
    print(f"{len(given)} targets given\n\n| | support F1 | oppose F1 | mean | right |\n|---|--:|--:|--:|--:|")
    answered = {
        "its own words": [max(SIDES, key=lambda s: own[s]) for _, own, _ in given],
        "and the statement's": [max(SIDES, key=lambda s: both[s]) for _, _, both in given],
        "always oppose": ["oppose"] * len(given),
    }
    for name, answers in answered.items():
        print(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in sides(given, answers)) + " |")
    print(
        f"\n{len(asked)} actors asked; the coder's own cut is {CUT}\n\n| cut | P | R | F1 |\n|---|--:|--:|--:|"
    )
    for cut in CUTS:
        print(f"| {cut} | " + " | ".join(f"{figure:.3f}" for figure in f1(asked, cut)) + " |")


if __name__ == "__main__":
    main()
