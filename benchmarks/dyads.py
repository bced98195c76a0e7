"""Compare forms of the dyad coder on pairs made from a gold file.

    python benchmarks/dyads.py out/new/dev.jsonl [--model FOLDER]

A pair is an event whose actor and recipient stand in its trigger's sentence; the sentence is read alone. Of talks without a
recipient the first two actors are the pair. Left out are pairs of one sentence with acts of several types. CONCEDE and RETREAT
count as one type, as in the outside set of pairs. Prints root macro-F1, root accuracy, quad macro-F1 of each form.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

import dragoman
from dragoman.coder import Coder
from dragoman.coding.dyads import Evidence, Floats, places_of, weigh
from dragoman.coding.heads import heads_of
from dragoman.coding.words import Words

FORMS: dict[str, tuple[float, Callable[[Evidence], Floats]]] = {
    "the likeliest type of the sentence": (0.0, lambda e: e.types.sum(0)),
    "pair head alone, sum over words": (0.0, lambda e: e.by_word().sum(0)),
    "pair head alone, best word": (0.0, lambda e: e.by_word().max(0)),
    "path x 0.25, sum over words": (0.25, lambda e: e.by_word().sum(0)),
    "path x 0.5, sum over words": (0.5, lambda e: e.by_word().sum(0)),
    "path x 0.5, best word": (0.5, lambda e: e.by_word().max(0)),
    "path x 1, sum over words (taken)": (1.0, lambda e: e.by_word().sum(0)),
    "path x 1, best word": (1.0, lambda e: e.by_word().max(0)),
    "path x 2, sum over words": (2.0, lambda e: e.by_word().sum(0)),
    "path x 1, actor alone": (1.0, lambda e: (e.types * e.actor[:, None]).sum(0)),
    "path x 1, recipient alone": (1.0, lambda e: (e.types * e.recipient[:, None]).sum(0)),
}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("--model")
    a = p.parse_args()
    coder = dragoman.load(model=a.model)
    pairs = list(gold_pairs(a.gold))
    quad = {kind: entry.quad.code for kind, entry in coder.tables.codebook.types.items()}
    quad["CONCEDE"] = quad["RETREAT"]  # YIELD, the two as one, is material cooperation
    want = [joined(kind) for _, _, _, kind in pairs]
    weights = sorted({weight for weight, _ in FORMS.values()})
    read = [evidence(coder, text, source, target, weights) for text, source, target, _ in pairs]
    print(
        f"{len(pairs)} pairs\n\n| form | root macro-F1 | root accuracy | quad macro-F1 |\n|---|---|---|---|"
    )
    for name, (weight, form) in FORMS.items():
        got = [best(found[weight], form) for found in read]
        right = sum(w == g for w, g in zip(want, got, strict=True)) / len(want)
        quads = macro([quad[w] for w in want], [quad[g] for g in got])
        print(f"| {name} | {macro(want, got):.3f} | {right:.3f} | {quads:.3f} |")


def gold_pairs(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """Sentence, source, target and type."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found: dict[tuple[str, str, str], set[str]] = {}
        for event in row["events"]:
            start, end = row["sentences"][event["s"]]
            text = row["text"][start:end]
            actors, recipients = (
                [x["text"] for x in event.get(side, ()) if x.get("text") and x["text"] in text]
                for side in ("actors", "recipients")
            )
            if event["type"] == "CONSULT" and not recipients:
                recipients = actors[1:]
            if actors and recipients:
                found.setdefault((text, actors[0], recipients[0]), set()).add(event["type"])
        for (text, source, target), kinds in found.items():
            if len(kinds) == 1:
                yield text, source, target, min(kinds)


def evidence(
    coder: Coder, text: str, source: str, target: str, weights: Sequence[float]
) -> dict[float, Evidence]:
    """What is known of each word, by weight of the path."""
    doc = coder.nlp(text)
    heads, words = heads_of(doc), Words(doc)
    sides = places_of(words, source, "source"), places_of(words, target, "target")
    return {weight: weigh(heads, words, *sides, path_weight=weight) for weight in weights}


def best(found: Evidence, form: Callable[[Evidence], Floats]) -> str:
    """The type with most evidence, RETREAT as CONCEDE."""
    scores: dict[str, float] = {}
    for kind, score in zip(found.names, form(found).tolist(), strict=True):
        scores[joined(kind)] = scores.get(joined(kind), 0.0) + score
    return max(scores, key=lambda kind: scores[kind])


def joined(kind: str) -> str:
    return "CONCEDE" if kind == "RETREAT" else kind


def macro(want: Sequence[object], got: Sequence[object]) -> float:
    """Macro-F1 over the labels of the gold."""
    scores = []
    for label in sorted(set(want), key=str):
        right = sum(w == g == label for w, g in zip(want, got, strict=True))
        scores.append(2 * right / (list(want).count(label) + list(got).count(label)))
    return float(np.mean(scores))


if __name__ == "__main__":
    main()
