"""How well near duplicates are found on a made set, and what further articles cost.

Usage: python benchmarks/copies.py [--seed 8] [--out FILE]

Made of the articles that were written for the corpus (corpus/written, CC BY-SA 4.0; those of the train part), by a
seeded draw. Two of three
get one to four versions, as papers print an agency's article: a new headline, a lead told in other words, a cut tail
(two to eight tenths stay), both, some words edited throughout. Made to mislead: follow-ups that begin with a lead of
their own and end with the last paragraphs of an earlier article, and bulletins of one mould with other words.
Precision and recall are of pairs: two articles that were put into one group, and two that are versions of one.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.linking.copies import find_copies, sketch
from dragoman.records import Coded, Document, document_id
from dragoman.store import open_store, refresh_copies, write_coded

WRITTEN = Path(__file__).resolve().parent.parent / "corpus" / "written"
MOULD = (
    "Rates of the day, {0}. The {1} closed at {2}, after {3} the day before. Trade in {4} was quiet, and dealers in {5}"
    " spoke of {6}. Further figures follow on {7}."
)


def articles() -> list[list[str]]:
    """Paragraphs of each, the headline first."""
    splits = json.loads((WRITTEN.parent / "splits.json").read_text(encoding="utf-8"))["splits"]
    found = []
    for path in sorted(WRITTEN.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if splits.get(row["id"]) == "train" and len(row["text"].split("\n\n")) >= 5:
                found.append(row["text"].split("\n\n"))
    return found


def told_anew(lead: str, others: list[str], draw: random.Random) -> str:
    """A lead in other words: its clauses in another order, one of three dropped, some words of other leads between."""
    clauses = [one.strip() for one in re.split(r"[,;—.]\s+|\s(?:and|after|as|while)\s", lead) if one.strip()]
    draw.shuffle(clauses)
    kept = clauses[: max(1, len(clauses) * 2 // 3)]
    strange = draw.choice(others).split()
    at = draw.randrange(max(1, len(strange) - 8))
    return f"{', '.join(kept)}, {' '.join(strange[at : at + 8])}."


def edited(text: str, words: list[str], draw: random.Random) -> str:
    """Three of a hundred words are others."""
    return " ".join(draw.choice(words) if draw.random() < 0.03 else word for word in text.split())


def made(seed: int) -> tuple[dict[str, str], dict[str, int]]:
    """Texts by name, and the group of each."""
    draw = random.Random(seed)
    originals = articles()
    leads = [one[1] for one in originals]
    words = sorted({word for one in originals for word in " ".join(one).split() if word.isalpha()})
    texts: dict[str, str] = {}
    groups: dict[str, int] = {}

    def add(group: int, paragraphs: list[str]) -> None:
        name = f"{len(texts):05}"
        texts[name], groups[name] = "\n\n".join(paragraphs), group

    for number, (title, lead, *rest) in enumerate(originals):
        add(number, [title, lead, *rest])
        if number % 3 == 2:
            continue
        new_lead = told_anew(lead, leads, draw)
        cut = rest[: max(2, round(len(rest) * draw.uniform(0.2, 0.8)))]
        new_title = " ".join(draw.sample(title.split(), k=max(2, len(title.split()) // 2)))
        versions = [
            [new_title, lead, *rest],
            [new_title, new_lead, *rest],
            [title, lead, *cut],
            [new_title, new_lead, *cut],
            [new_title, *(edited(one, words, draw) for one in (lead, *rest))],
        ]
        for version in draw.sample(versions, k=draw.randint(1, 4)):
            add(number, version)
    count = len(originals)
    for number in range(0, len(originals) - 1, 4):  # a follow-up with the background of an earlier article
        own, earlier = originals[number], originals[(number + 7) % len(originals)]
        add(
            count,
            [
                own[0][::-1],
                told_anew(own[1], leads, draw),
                *(told_anew(one, leads, draw) for one in own[2:4]),
                earlier[-1],
            ],
        )
        count += 1
    for _ in range(60):
        add(count, [MOULD.format(*(draw.choice(words) for _ in range(8)))])
        count += 1
    return texts, groups


def pairs(groups: dict[str, int]) -> set[tuple[str, str]]:
    by: dict[int, list[str]] = {}
    for name, group in sorted(groups.items()):
        by.setdefault(group, []).append(name)
    return {pair for names in by.values() for pair in combinations(names, 2)}


def quality(seed: int) -> dict[str, Any]:
    texts, groups = made(seed)
    begin = time.process_time()
    copies = find_copies([sketch(name, text) for name, text in texts.items()], texts.__getitem__)
    took = time.process_time() - begin
    heads = {name: name for name in texts} | {copy.document: copy.head for copy in copies}
    numbers = {head: number for number, head in enumerate(sorted(set(heads.values())))}
    found, wanted = pairs({name: numbers[head] for name, head in heads.items()}), pairs(groups)
    right = len(found & wanted)
    return {
        "articles": len(texts), "pairs": len(wanted), "found": len(found),
        "precision": round(right / len(found), 4), "recall": round(right / len(wanted), 4),
        "CPU, milliseconds an article": round(took / len(texts) * 1e3, 2),
    }  # fmt: skip


def further(seed: int) -> dict[str, Any]:
    """All articles into a store, then twenty more: what the second look costs beside the first."""
    texts = list(made(seed)[0].values())

    def coded(some: list[str]) -> list[Coded]:
        return [
            Coded(document=Document(id=document_id(t, None), text=t), events=(), statements=()) for t in some
        ]

    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        for what, some in (("all", texts[:-20]), ("twenty more", texts[-20:])):
            with open_store(Path(folder) / "news.duckdb", write=True) as connection:
                write_coded(connection, coded(some))
                begin = time.process_time()
                copies = refresh_copies(connection)
                found[f"{what}, CPU seconds"] = round(time.process_time() - begin, 2)
        found["copies"] = len(copies)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    found = {
        **quality(options.seed),
        "further articles": further(options.seed),
        "load": round(os.getloadavg()[0], 1),
    }
    text = json.dumps(found, indent=2)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    if found["precision"] < 0.98 or found["recall"] < 0.95:
        sys.exit("short of precision 0.98 or recall 0.95")


if __name__ == "__main__":
    main()
