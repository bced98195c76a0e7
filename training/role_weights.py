"""Fit the weights of what speaks for a mention's part in an act, on coded texts that the reader was not trained on.

    python training/role_weights.py out/more.jsonl --model FOLDER [--known out/train.jsonl] [--write]

known: a gold file whose texts are left out, because the model learnt them: there its scores are surer than elsewhere. Acts are
those that the coder finds; a mention plays a part if it is one entity with one that the gold names for it. Logistic regression
(L2, Newton's method), twice: a mention by itself, then among its rivals. Printed: log loss, five folds over documents by hash.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import dragoman
from confidence import fit
from dragoman.coder import plain_document
from dragoman.coding import evidence
from dragoman.coding.actors import Actors
from dragoman.coding.acts import find_acts
from dragoman.coding.evidence import COMPARED, SEEN, SIDES, Case, Evidence
from dragoman.coding.heads import heads_of
from dragoman.coding.mentions import Mention
from dragoman.coding.paths import Paths
from dragoman.coding.roles import UNSEEN, path_odds
from dragoman.coding.topics import without_topics
from dragoman.coding.words import Words
from dragoman.evaluation.annotation import GoldActor, GoldDocument, GoldEvent
from dragoman.evaluation.gold import load
from dragoman.records import Document

OUT = Path(__file__).parent.parent / "src/dragoman/coding/data/role_weights.toml"
FOLDS = 5
Found = dict[str, list[Case]]


class Texts:
    """Acts with the cases of both their sides and what is right, document by document."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, Evidence, str, Found, dict[str, list[float | None]]]] = []

    def add(self, doc: Any, document: Document, knowledge: Any, gold: GoldDocument) -> None:
        heads, words = heads_of(doc), Words(doc)
        actors = Actors(doc, document, knowledge)
        hears = Evidence(heads, actors, words, Paths(words), path_odds(), UNSEEN)
        acts, _ = without_topics(find_acts(heads, words)[0], words)
        for act in acts:
            told = [e for e in gold.events if any(t.trigger.overlaps(act.span) for t in e.tellings)]
            if not told:
                continue
            event = max(told, key=lambda e: (act.type in e.types, -e.number))
            found = hears.by_themselves(act.tokens, act.type)
            right = {side: list(_right(actors, words, event, side, found[side])) for side in SIDES}
            self.rows.append((gold.id, hears, act.type, found, right))


def _right(
    actors: Actors, words: Words, event: GoldEvent, side: str, cases: Sequence[Case]
) -> Iterator[float | None]:
    """1 where a mention is of the gold side, 0 where not, null where one cannot say."""
    wanted = event.actors if side == "actor" else event.recipients
    optional = event.actor_optional if side == "actor" else event.recipient_optional
    entity = {actors.mentions[i].head: one.number for one in actors.clusters for i in one.mentions}
    named = [m for gold in wanted for m in _mentions(actors, words, gold)]
    heads, entities = {m.head for m in named}, {entity[m.head] for m in named}
    unplaced = {code for gold in wanted if not _mentions(actors, words, gold) for code in gold.country}
    for case in cases:
        mention = case.mention
        if mention.head in heads or entity[mention.head] in entities:
            yield 1.0
        elif optional and not named:
            yield None
        elif any(m.first < mention.end and mention.first < m.end for m in named):
            yield None  # inside or around the right one
        elif unplaced and unplaced & {c for a, _ in actors.actors_of(mention) for c in a.country}:
            yield None
        else:
            yield 0.0


def _mentions(actors: Actors, words: Words, gold: GoldActor) -> list[Mention]:
    """The largest mention in the gold words."""
    if gold.words is None:
        return []
    inside = [m for m in actors.mentions if gold.words.start <= words.starts[m.head] < gold.words.end]
    return sorted(inside, key=lambda m: (m.first - m.end, m.first))[:1]


def fitted(texts: Texts, side: str, stage: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels and folds of one weighing."""
    x, y, folds = [], [], []
    for name, _, _, found, right in texts.rows:
        for case, label in zip(found[side], right[side], strict=True):
            features = case.seen if stage == "seen" else case.compared
            if label is not None and features:
                x.append(features)
                y.append(label)
                folds.append(int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % FOLDS)
    return np.array(x), np.array(y), np.array(folds)


def cross(x: np.ndarray, y: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """(rows,) probabilities, each from the other folds."""
    held = np.zeros(len(y))
    for k in range(FOLDS):
        held[folds == k] = 1 / (1 + np.exp(-x[folds == k] @ fit(x[folds != k], y[folds != k])))
    return held


def loss(y: np.ndarray, p: np.ndarray) -> float:
    q = np.clip(p, 1e-6, 1 - 1e-6)
    return float(-(y * np.log(q) + (1 - y) * np.log(1 - q)).mean())


def learn(texts: Texts) -> dict[str, dict[str, np.ndarray]]:
    """Weights by stage and side. The second weighing learns from first ones that were held out."""
    out: dict[str, dict[str, np.ndarray]] = {"seen": {}, "compared": {}}
    for side in SIDES:
        x, y, folds = fitted(texts, side, "seen")
        out["seen"][side] = fit(x, y)
        by_fold = {k: fit(x[folds != k], y[folds != k]) for k in range(FOLDS)}
        print(
            f"{side} by itself: {len(y)} mentions, {int(y.sum())} right, loss {loss(y, cross(x, y, folds)):.4f}"
        )
        for name, _, _, found, _ in texts.rows:
            w = by_fold[int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % FOLDS]
            for case in found[side]:
                case.first = evidence.probability(w.tolist(), case.seen)
    for _, hears, kind, found, _ in texts.rows:
        hears.compare(found, kind)
    for side in SIDES:
        x, y, folds = fitted(texts, side, "compared")
        out["compared"][side] = fit(x, y)
        print(
            f"{side} among rivals: {len(y)} mentions, {int(y.sum())} right, loss {loss(y, cross(x, y, folds)):.4f}"
        )
        first = 1 / (1 + np.exp(-x[:, COMPARED.index("first")]))
        print(f"  the same with the first weighing alone: {loss(y, first):.4f}")
    return out


def write(weights: dict[str, dict[str, np.ndarray]], note: str) -> None:
    """The weights as a table that the coder reads."""
    lines = [f"# Weights of what speaks for a part. source: training/role_weights.py; {note}"]
    for stage, names in (("seen", SEEN), ("compared", COMPARED)):
        for side in SIDES:
            lines += ["", f"[{stage}.{side}]"]
            lines += [f"{n} = {w:.3f}" for n, w in zip(names, weights[stage][side], strict=True)]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("--model")
    p.add_argument("--known", type=Path)
    p.add_argument("--write", action="store_true")
    a = p.parse_args()
    coder = dragoman.load(model=a.model)
    known = set()
    if a.known:
        known = {json.loads(line)["text"] for line in a.known.read_text(encoding="utf-8").splitlines()}
    gold = {one.id: one for one in load(a.gold)}
    texts = Texts()
    for line in a.gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["text"] not in known:
            document = plain_document(
                row["text"],
                published=row["published"],
                title=row.get("title"),
                publisher=row.get("publisher"),
            )
            texts.add(coder.nlp(document.text), document, coder.tables.knowledge, gold[row["id"]])
    weights = learn(texts)
    if a.write:
        write(weights, f"{len({row[0] for row in texts.rows})} coded texts that the reader had not learnt")


if __name__ == "__main__":
    main()
