"""What `--min-confidence` keeps: precision, recall and F1 of typed events and of whole records at each cut.

python benchmarks/min_confidence.py out/dev.articles.jsonl out/dev.articles.coded.jsonl
"""

from __future__ import annotations

import argparse
from pathlib import Path

from dragoman.evaluation import calibration, evaluate
from dragoman.evaluation.calibrate import kept_at

CUTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("coded", type=Path)
    a = p.parse_args()
    scores = evaluate(a.gold, a.coded, resamples=1)
    gold = scores.figures["detection"].n
    print("| cut | events | typed P | R | F1 | whole P | R | F1 |\n|--:|--:|--:|--:|--:|--:|--:|--:|")
    for cut in CUTS:
        typed, whole = (
            kept_at(scores.outcomes, gold=gold, minimum=cut, judged=judged) for judged in ("type", "record")
        )
        figures = (typed.precision, typed.recall, typed.f1, whole.precision, whole.recall, whole.f1)
        print(
            f"| {cut} | {typed.events} | "
            + " | ".join("–" if f is None else f"{f:.3f}" for f in figures)
            + " |"
        )
    table = calibration(scores.outcomes)
    print(
        f"\nReliability of `confidence.record`: expected calibration error {table.error:.3f}, Brier {table.brier:.3f}"
    )
    print("\n| confidence | events | mean | right |\n|---|--:|--:|--:|")
    for row in table.bins:
        if row.n and row.confidence is not None and row.right is not None:
            print(f"| {row.low:.1f}–{row.high:.1f} | {row.n} | {row.confidence:.3f} | {row.right:.3f} |")


if __name__ == "__main__":
    main()
