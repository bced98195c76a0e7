"""Fit the weights by which an actor near a statement is its target, for or against, on development texts.

    python training/stance.py out/dev.jsonl [--model FOLDER]          tables; --write puts the weights into the package

Multinomial logistic regression (L2, Newton's method) from the witnesses of `coding.stances` to none, support or oppose, over
all actors near each statement that the gold has too. The figures are cross-validated over documents, five folds by hash.
"targets given": of the gold's targets that the coder names, the side. "found": targets and sides together.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

import dragoman
from dragoman.coder import plain_document
from dragoman.coding.actors import Actors
from dragoman.coding.heads import heads_of
from dragoman.coding.quotes import find_quotations
from dragoman.coding.roles import Cast
from dragoman.coding.stances import FEATURES, SIDES, Witness, candidates
from dragoman.coding.statements import find_statements
from dragoman.coding.words import Words
from dragoman.evaluation.gold import load
from dragoman.evaluation.match import same_name

OUT = Path(__file__).parent.parent / "src/dragoman/coding/data/stance.toml"
L2, FOLDS = 1.0, 5
CUTS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
NONE, SUPPORT, OPPOSE = 0, 1, 2


def rows(gold: Path, model: str | None) -> Iterator[tuple[str, int, list[tuple[tuple[float, ...], int]]]]:
    """(document, gold targets, (features, side) of each candidate) of every statement that gold and coder have."""
    coder = dragoman.load(model=model)
    raw = {r["id"]: r for r in map(json.loads, gold.read_text(encoding="utf-8").splitlines())}
    for document in load(gold):
        row = raw[document.id]
        about = plain_document(row["text"], published=row["published"], title=row.get("title"))
        coded = coder(about)
        sides = (actor for event in coded.events for actor in (*event.actors, *event.recipients))
        speaking = (actor for said in coded.statements for actor in said.speakers)
        players = frozenset(actor.name for actor in (*sides, *speaking))
        doc = coder.nlp(about.text)
        heads, words = heads_of(doc), Words(doc)
        actors = Actors(doc, about, coder.tables.knowledge, heads=heads)
        sayings, _ = find_statements(doc, heads, Cast(heads, actors, words), words, find_quotations(words))
        for said in document.statements:
            saying = next(
                (
                    s
                    for s in sayings
                    if said.cue and s.cue_record.start < said.cue.end and said.cue.start < s.cue_record.end
                ),
                None,
            )
            if saying is None or said.optional:
                continue
            witness = Witness(heads, words, saying.cue, saying.content)
            found = []
            for candidate in candidates(
                witness, actors, {player.actor.name for player in saying.speakers}, players
            ):
                side = next((x.value for x in said.stance if same_name(x.target, candidate.actor.name)), None)
                label = {"support": SUPPORT, "oppose": OPPOSE, "mixed": OPPOSE}.get(side or "", NONE)
                found.append((candidate.x, label))
            yield document.id, len(said.stance), found


def chances(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(n, 3) probabilities of none, support, oppose. weights: (2, features)."""
    scores = np.concatenate([np.zeros((len(x), 1)), x @ weights.T], 1)
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(2, features) weights; the first feature is not drawn to zero."""
    size = x.shape[1]
    weights = np.zeros((2, size))
    ridge = np.full(size, L2)
    ridge[0] = 1e-6
    goal = np.stack([y == SUPPORT, y == OPPOSE], 1).astype(float)
    for _ in range(60):
        p = chances(x, weights)[:, 1:]
        slope = ((goal - p).T @ x - ridge * weights).ravel()
        curve = np.zeros((2 * size, 2 * size))
        for a in range(2):
            for b in range(2):
                w = p[:, a] * ((a == b) - p[:, b])
                curve[a * size : (a + 1) * size, b * size : (b + 1) * size] = (x * w[:, None]).T @ x
        curve += np.diag(np.tile(ridge, 2))
        step = np.linalg.solve(curve, slope).reshape(2, size)
        weights += step
        if np.abs(step).max() < 1e-7:
            break
    return weights


def f1(right: int, answered: int, wanted: int) -> str:
    return f"{right / max(answered, 1):.3f} | {right / max(wanted, 1):.3f} | {2 * right / max(answered + wanted, 1):.3f}"


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("--model")
    p.add_argument("--write", action="store_true")
    a = p.parse_args()
    read = list(rows(a.gold, a.model))
    wanted = sum(n for _, n, _ in read)
    every = [(document, x, label) for document, _, found in read for x, label in found]
    x = np.array([row[1] for row in every])
    y = np.array([row[2] for row in every])
    fold = np.array([int(hashlib.sha256(row[0].encode()).hexdigest()[:8], 16) % FOLDS for row in every])
    held = np.zeros((len(y), 3))
    for k in range(FOLDS):
        held[fold == k] = chances(x[fold == k], fit(x[fold != k], y[fold != k]))
    weights = fit(x, y)
    print(f"{len(read)} statements, {wanted} targets, {len(y)} candidates, {(y > 0).sum()} of them targets\n")
    for name, column in zip(FEATURES, weights.T, strict=True):
        print(f"{name:<18}{column[0]:8.3f}{column[1]:8.3f}")
    given = y > 0
    answer = held[given, 1:].argmax(1) + 1
    always = np.full(given.sum(), OPPOSE)
    print("\ntargets given\n\n| | support F1 | oppose F1 | mean | right |\n|---|--:|--:|--:|--:|")
    for name, said in (("witnesses", answer), ("always oppose", always)):
        scores = [
            2 * ((said == s) & (y[given] == s)).sum() / max((said == s).sum() + (y[given] == s).sum(), 1)
            for s in (SUPPORT, OPPOSE)
        ]
        shown = (*scores, np.mean(scores), (said == y[given]).mean())
        print(f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in shown) + " |")
    print("\nfound\n\n| cut | P | R | F1 |\n|---|--:|--:|--:|")
    for cut in CUTS:
        taken = held[:, 1:].sum(1) >= cut
        right = (taken & (held[:, 1:].argmax(1) + 1 == y)).sum()
        print(f"| {cut} | {f1(int(right), int(taken.sum()), wanted)} |")
    if a.write:
        lines = [
            "# Weights of the witnesses of a stance against no side. source: training/stance.py, fitted on development texts"
        ]
        for side, row in zip(SIDES, weights, strict=True):
            lines += [
                "",
                f"[{side}]",
                *(f"{name} = {weight:.4f}" for name, weight in zip(FEATURES, row, strict=True)),
            ]
        OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
