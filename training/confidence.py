"""Fit the confidence of records on development texts, and say how well it holds.

    python training/confidence.py out/dev.jsonl out/dev.coded.jsonl          table; --write puts the weights into the package

Logistic regression (L2, Newton's method) from the parts of a record's confidence (`coding.confidence.features`) to "type and
both sides right". The error that is printed is cross-validated over documents, five folds by hash.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np

from dragoman.coding.confidence import FEATURES, features
from dragoman.evaluation import evaluate
from dragoman.evaluation.calibrate import reliability

OUT = Path(__file__).parent.parent / "src/dragoman/coding/data/confidence.toml"
L2 = 1.0
FOLDS = 5


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(features,) weights. x: (records, features), y: (records,) 0 or 1; the first feature is not drawn to zero."""
    weights = np.zeros(x.shape[1])
    ridge = np.eye(x.shape[1]) * L2
    ridge[0, 0] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - ridge @ weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + ridge + np.eye(x.shape[1]) * 1e-9
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("coded", type=Path)
    p.add_argument("--write", action="store_true")
    a = p.parse_args()
    outcomes = [o for o in evaluate(a.gold, a.coded).outcomes if "record" in o.right]
    x = np.array([features(o.confidence) for o in outcomes])
    y = np.array([float(o.right["record"]) for o in outcomes])
    fold = np.array([int(hashlib.sha256(o.document.encode()).hexdigest()[:8], 16) % FOLDS for o in outcomes])
    held = np.zeros(len(y))
    for k in range(FOLDS):
        held[fold == k] = 1 / (1 + np.exp(-x[fold == k] @ fit(x[fold != k], y[fold != k])))
    weights = fit(x, y)
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name:<20}{weight:8.3f}")
    for name, values in (
        ("as coded", [o.confidence["record"] for o in outcomes]),
        ("fitted, held out", held),
    ):
        table = reliability(list(zip(map(float, values), map(bool, y), strict=True)))
        print(f"{name}: n {table.n}, calibration error {table.error:.3f}, Brier {table.brier:.3f}")
        for row in table.bins:
            if row.n:
                print(
                    f"  {row.low:.1f}–{row.high:.1f}  n {row.n:4}  sure {row.confidence:.2f}  right {row.right:.2f}"
                )
    print("cut    precision  recall of the right ones")
    for cut in np.arange(0, 0.9, 0.1):
        kept = held >= cut
        if kept.any():
            print(f"{cut:.1f}    {y[kept].mean():.2f}       {y[kept].sum() / y.sum():.2f}")
    if a.write:
        lines = [f"{name} = {weight:.4f}" for name, weight in zip(FEATURES, weights, strict=True)]
        OUT.write_text(
            "# Weights of a record's confidence. source: training/confidence.py, fitted on development texts\n"
            + "\n".join(lines)
            + "\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
