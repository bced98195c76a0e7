"""Count on coded texts in which part a mention stands by its path from the trigger; write coding/data/role_paths.csv.

    python training/role_paths.py out/train.jsonl --model src/dragoman/reader/model

The parser has not been trained on these texts, so its paths are what it will give on others. Log-odds are smoothed
towards the path's last relation, and that towards the role's share over all.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections import Counter
from pathlib import Path

import dragoman
from data import coded_text
from dragoman.coder import plain_document
from dragoman.coding.actors import Actors
from dragoman.coding.evidence import REACH
from dragoman.coding.paths import Paths, ending
from dragoman.coding.words import Words

ROLES = ("actor", "recipient", "speaker")
WEIGHT = 4.0  # observations that the smoothing counts for
LEAST = 3  # times a path must have been seen


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("gold", type=Path)
    p.add_argument("--model", default=None)
    p.add_argument("--out", type=Path, default=Path("src/dragoman/coding/data/role_paths.csv"))
    a = p.parse_args()
    coder = dragoman.load(model=a.model)
    seen: Counter[tuple[str, str]] = Counter()
    played: Counter[tuple[str, str]] = Counter()
    for line in a.gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = plain_document(row["text"], published=row["published"], title=row.get("title"))
        doc = coder.nlp(document.text)
        words, actors = Words(doc), Actors(doc, document, coder.tables.knowledge)
        paths = Paths(words)
        solid = [i for i in range(len(words.starts)) if not words.space[i]]
        text = coded_text(row, coder.nlp.tokenizer)
        if len(text.words) != len(solid):
            continue
        anchors = [(e["words"], e["roles"], ("actor", "recipient")) for e in text.coded.events if e["first"]]
        anchors += [(s["words"], s["roles"], ("speaker",)) for s in text.coded.statements]
        for tokens, roles, kinds in anchors:
            here = [solid[w] for w in tokens]
            top = paths.top(here)
            for mention in actors.mentions:
                away = words.sentence_of[mention.head] - words.sentence_of[top]
                if abs(away) > REACH or mention.head in here:
                    continue
                path = paths.between(top, mention.head)
                for role in kinds:
                    gold = {solid[w] for w in roles.get(role, ())}
                    seen[role, path] += 1
                    played[role, path] += mention.head in gold
    rows = []
    for role in ROLES:
        total = sum(n for (r, _), n in seen.items() if r == role)
        base = sum(n for (r, _), n in played.items() if r == role) / total
        last_seen: Counter[str] = Counter()
        last_played: Counter[str] = Counter()
        for (r, path), n in seen.items():
            if r == role:
                last_seen[ending(path)] += n
                last_played[ending(path)] += played[r, path]
        for (r, path), n in sorted(seen.items()):
            if r != role or n < LEAST:
                continue
            end = ending(path)
            middle = (last_played[end] + WEIGHT * base) / (last_seen[end] + WEIGHT)
            share = (played[r, path] + WEIGHT * middle) / (n + WEIGHT)
            rows.append([role, path, n, played[r, path], round(math.log(share / (1 - share)), 2)])
    with a.out.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["role", "path", "seen", "played", "log_odds"])
        writer.writerows(rows)
    print(len(rows), "paths")


if __name__ == "__main__":
    main()
