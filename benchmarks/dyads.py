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

Form = Callable[[Evidence], Floats]
# Name: weight of the path, whether the words' own records are heard, and how the words are counted together.
FORMS: dict[str, tuple[float, bool, Form]] = {
    "the likeliest type of the sentence": (0.0, False, lambda e: e.types.sum(0)),
    "pair head": (0.0, False, lambda e: e.by_word().sum(0)),
    "pair head, best word alone": (0.0, False, lambda e: e.by_word().max(0)),
    "pair head, path x 0.5": (0.5, False, lambda e: e.by_word().sum(0)),
    "pair head, path x 1": (1.0, False, lambda e: e.by_word().sum(0)),
    "pair head, path x 2": (2.0, False, lambda e: e.by_word().sum(0)),
    "pair head, path x 1, word's record (taken)": (1.0, True, lambda e: e.by_word().sum(0)),
    "the same, best word alone": (1.0, True, lambda e: e.by_word().max(0)),
    "the same, actor alone": (1.0, True, lambda e: (e.types * e.actor[:, None]).sum(0)),
    "the same, recipient alone": (1.0, True, lambda e: (e.types * e.recipient[:, None]).sum(0)),
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
    ways = sorted({(weight, records) for weight, records, _ in FORMS.values()})
    read = [evidence(coder, text, source, target, ways) for text, source, target, _ in pairs]
    print(
        f"{len(pairs)} pairs\n\n| form | root macro-F1 | root accuracy | quad macro-F1 |\n|---|---|---|---|"
    )
    for name, (weight, records, form) in FORMS.items():
        got = [best(found[weight, records], form) for found in read]
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
    coder: Coder, text: str, source: str, target: str, ways: Sequence[tuple[float, bool]]
) -> dict[tuple[float, bool], Evidence]:
    """What is known of each word, by weight of the path and whether the words' records are heard."""
    doc = coder.nlp(text)
    heads, words, lemmas = heads_of(doc), Words(doc), [token.lemma_.lower() for token in doc]
    sides = places_of(words, source, "source"), places_of(words, target, "target")
    return {
        (weight, records): weigh(heads, words, lemmas, *sides, path_weight=weight, records=records)
        for weight, records in ways
    }


def best(found: Evidence, form: Form) -> str:
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
