"""Fit how far each rule on an actor's first sector is believed against the model's head, on texts that it has not learnt.

    PYTHONPATH=benchmarks python training/sectors.py out/dev.jsonl [--model FOLDER] [--write]

Gold mentions given, as in benchmarks/who.py. Conditional logit (L2, Newton's method) among all labels, from the head's
log-probability and, for what the rule says, a weight of its own for each rule that is asked often, drawn to that of its kind.
Printed: shares that are right, five folds by hash of the document.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import dragoman
from dragoman.coder import plain_document
from dragoman.coding import sector_head
from dragoman.coding.actors import Actors
from dragoman.coding.heads import heads_of
from dragoman.coding.sector_head import NONE, OTHER, Lean, SectorHead, kind_of
from dragoman.evaluation.gold import load
from who import mention_for, questions

L2, FOLDS, OFTEN = 1.0, 5, 12
Case = tuple[
    str, np.ndarray, int, int
]  # document, (classes, features), the right class, the rule's own answer


class ListeningHead(SectorHead):
    """Remembers what it was asked, and lets the rule have its way."""

    def __init__(self, heads, mentions) -> None:
        super().__init__(heads, mentions)
        self.asked: dict[tuple[int, ...], tuple[str, tuple[str, ...]]] = {}

    def lean(self, indexes: Sequence[int], rule: str, sectors: Sequence[str]) -> Lean:
        self.asked[tuple(indexes)] = rule, tuple(sectors)
        return Lean(sectors[0] if sectors else None, 1.0)


def cases(gold: Path, model: str | None):
    """The head's labels; (document, the head's log-probabilities, rule, the rule's sector, gold's) of each question."""
    coder = dragoman.load(model=model)
    raw = {row["id"]: row for row in map(json.loads, gold.read_text("utf-8").splitlines())}
    found, labels = [], ()
    for document in load(gold):
        row = raw[document.id]
        about = plain_document(
            document.text,
            published=document.published,
            title=row.get("title"),
            publisher=row.get("publisher"),
        )
        doc = coder.nlp(document.text)
        heads = heads_of(doc)
        actors = Actors(doc, about, coder.tables.knowledge, heads=heads)
        listening = ListeningHead(heads, actors.mentions)
        actors.__dict__["_sector_head"] = listening
        labels = listening.labels
        for question in questions(document):
            mention = mention_for(actors, question.span.start, question.span.end)
            if mention is None or len(question.names) > 1 or len(question.sectors) > 1:
                continue
            actors.actors_of(mention, whole_list=False)
            index = next(i for i, one in enumerate(actors.mentions) if one is mention)
            key = next((key for key in listening.asked if index in key), None)
            if key is not None:
                rule, said = listening.asked[key]
                mine = next(iter(question.sectors), NONE)
                found.append((document.id, listening.sectors(key), rule, said[0] if said else NONE, mine))
    return labels, found


def fit(rows: Sequence[Case], size: int) -> np.ndarray:
    """(features,) weights of a conditional logit; a step that goes too far is halved."""
    weights = np.zeros(size)
    loss = penalty(rows, weights)
    for _ in range(60):
        slope, curve = -L2 * weights, L2 * np.eye(size)
        for _, x, right, _ in rows:
            p = chances(x, weights)
            slope += x[right] - p @ x
            curve += (x * p[:, None]).T @ x - np.outer(p @ x, p @ x)
        step = np.linalg.solve(curve, slope)
        while (after := penalty(rows, weights + step)) > loss and np.abs(step).max() > 1e-6:
            step /= 2
        weights += step
        loss = after
        if np.abs(step).max() < 1e-4:
            break
    return weights


def penalty(rows: Sequence[Case], weights: np.ndarray) -> float:
    lost = sum(-float(np.log(max(chances(x, weights)[right], 1e-300))) for _, x, right, _ in rows)
    return lost + L2 / 2 * float(weights @ weights)


def chances(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    scores = x @ weights
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def held_out(rows: Sequence[Case], size: int) -> list[bool]:
    """Of each case, whether weights fitted on the other folds answer it rightly."""
    fold = [int(hashlib.sha256(row[0].encode()).hexdigest()[:8], 16) % FOLDS for row in rows]
    right = [False] * len(rows)
    for k in range(FOLDS):
        weights = fit([row for row, own in zip(rows, fold, strict=True) if own != k], size)
        for i, row in enumerate(rows):
            if fold[i] == k:
                right[i] = int((row[1] @ weights).argmax()) == row[2]
    return right


def fit_sectors(labels: Sequence[str], found: Sequence, write: bool) -> None:
    often = [rule for rule, n in Counter(rule for _, _, rule, _, _ in found).most_common() if n >= OFTEN]
    kinds = sorted({kind_of(rule) for _, _, rule, _, _ in found})
    names = ["", *kinds, *often]
    rows: list[Case] = []
    for document, log, rule, said, gold in found:
        if gold not in labels or said not in labels:
            continue
        x = np.zeros((len(labels), len(names)))
        x[:, 0] = log
        ours = labels.index(said)
        x[ours, names.index(kind_of(rule))] = 1
        if rule in often:
            x[ours, len(kinds) + 1 + often.index(rule)] = 1
        rows.append((document, x, labels.index(gold), ours))
    right = held_out(rows, len(names))
    weights = fit(rows, len(names))
    alone = [int(row[1][:, 0].argmax()) == row[2] for row in rows]
    ruled = [row[3] == row[2] for row in rows]
    print(
        f"sectors, {len(rows)} cases: rule {np.mean(ruled):.3f}, head {np.mean(alone):.3f}, both {np.mean(right):.3f}"
    )
    groups = defaultdict(list)
    for i, (_, _, rule, _, _) in enumerate(one for one in found if one[4] in labels and one[3] in labels):
        groups[rule if rule in often else kind_of(rule)].append(i)
    table = {}
    for group, members in sorted(groups.items(), key=lambda item: -len(item[1])):
        kind = weights[names.index(kind_of(group) if group in often else group)]
        table[group] = kind + (weights[len(kinds) + 1 + often.index(group)] if group in often else 0)
        shares = " ".join(f"{np.mean([said[i] for i in members]):.3f}" for said in (ruled, alone, right))
        print(f"  {group[:60]:60} n {len(members):4}  rule, head, both {shares}  weight {table[group]:.2f}")
    for kind in kinds:
        table.setdefault(kind, weights[names.index(kind)])
    if write:
        lines = [
            "# How far a rule is believed against the model's head of sectors, as log-odds; other: where it has no row.",
            "# source: training/actors.py, fitted on development texts",
            *("", "[head]", f"weight = {weights[0]:.4f}", "", "[rule]"),
            *(
                f"{json.dumps(rule, ensure_ascii=False)} = {weight:.4f}"
                for rule, weight in sorted(table.items())
            ),
            f"{OTHER} = {np.mean(list(table.values())):.4f}",
        ]
        sector_head.WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("--model")
    p.add_argument("--write", action="store_true", help="put the weights into the package")
    a = p.parse_args()
    labels, found = cases(a.gold, a.model)
    fit_sectors(labels, found, a.write)


if __name__ == "__main__":
    main()
