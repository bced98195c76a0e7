"""Read coded and open texts with a teacher of trees, so that the words of conflict carry trees in training too.

    python training/silver.py --model TEACHER --coded out/train.jsonl --texts ../shared/data/text --corpus corpus --out out/silver.jsonl

TEACHER is a folder that `export.py` wrote from a run of `train.py` without coded texts. A row holds the tags, heads,
relations and sentence starts of one text: {"id", "words", "breaks", "starts", "upos", "heads", "rels", "coded"}. They are a
model's reading, never gold: they score nothing. Open texts are taken in the order of their hash, of the train part only,
without near duplicates of a text of the other parts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from data import read_jsonl
from dragoman.evaluation.corpus import rows
from dragoman.reader.component import load_reader

WORDS = range(60, 700)
"""Lengths of the open texts that are read."""


def open_texts(texts: Path, corpus: Path, limit: int) -> Iterator[dict]:
    """Uncoded articles of the train part, at most `limit`, political ones first."""
    sys.path.insert(0, str(corpus))
    from splits import near_duplicates, split_of

    splits = json.loads((corpus / "splits.json").read_text())["splits"]
    coded = list(rows(corpus, texts, folders=("real",), parts=["train", "development", "test"]))
    known = {row["id"] for row in coded}
    away = [row for row in coded if splits[row["id"]] != "train"]
    found = [
        row
        for path in sorted(texts.glob("articles-*.jsonl.gz"))
        for row in read_jsonl(path)
        if row["id"] not in known and row["words"] in WORDS and split_of(row["id"], splits) == "train"
    ]
    found.sort(key=lambda row: (not row["political"], hashlib.sha256(row["id"].encode()).hexdigest()))
    close = {x for a, b, _ in near_duplicates([*found[: 2 * limit], *away]) for x in (a, b)}
    for row in [row for row in found if row["id"] not in close][:limit]:
        yield {"id": row["id"], "text": f"{row['title']}\n\n{row['text']}" if row["title"] else row["text"]}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--coded", type=Path, nargs="+", required=True)
    p.add_argument("--texts", type=Path, required=True)
    p.add_argument("--corpus", type=Path, default=Path("corpus"))
    p.add_argument("--limit", type=int, default=1100, help="open texts")
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    nlp = load_reader(str(a.model))
    coded = [row for path in a.coded for row in read_jsonl(path)]
    work = [(row, True) for row in coded]
    work += [(row, False) for row in open_texts(a.texts, a.corpus, a.limit)]
    with a.out.open("w", encoding="utf-8") as out:
        for row, is_coded in work:
            doc = nlp(row["text"])
            tokens = [t for t in doc if not t.is_space]
            at = {t.i: k for k, t in enumerate(tokens)}
            ends = [t.idx + len(t) for t in tokens]
            read = dict(
                id=row["id"],
                words=[t.text for t in tokens],
                breaks=[k for k in range(1, len(tokens)) if "\n" in row["text"][ends[k - 1] : tokens[k].idx]],
                starts=[at[t.i] for t in tokens if t.is_sent_start or at[t.i] == 0],
                upos=[t.pos_ for t in tokens],
                heads=[-1 if t.head.i == t.i else at[t.head.i] for t in tokens],
                rels=["root" if t.head.i == t.i else t.dep_ for t in tokens],
                coded=is_coded,
            )
            out.write(json.dumps(read, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
