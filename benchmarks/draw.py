"""Draw political articles by chance from the open texts, code them, and print every record for reading.

    python benchmarks/draw.py --texts ../shared/data/text --number 20 [--model FOLDER] > reading.txt

Texts that are in the corpus are left out. The draw is by hash (SHA-256 of SALT and id), so it can be repeated. What a
careful reader said of the records stands in docs/reading.md.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from pathlib import Path

import dragoman
from dragoman.coder import plain_document

SALT = "reading-1:"  # of the first reading; the second had "reading-2:"


def drawn(texts: Path, corpus: Path, number: int, salt: str) -> list[dict]:
    known = {
        json.loads(line)["id"]
        for path in sorted(corpus.glob("*/*.jsonl"))
        for line in path.open(encoding="utf-8")
    }
    rows = []
    for path in sorted(texts.glob("articles-*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows += [row for row in map(json.loads, lines) if row["political"] and row["id"] not in known]
    rows.sort(key=lambda row: hashlib.sha256((salt + row["id"]).encode()).hexdigest())
    return rows[:number]


def side(actors) -> str:
    return ", ".join(f"{a.name} [{'+'.join(a.country)} {' '.join(a.sectors[:1])}]" for a in actors) or "–"


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--texts", type=Path, required=True)
    p.add_argument("--corpus", type=Path, default=Path("corpus"))
    p.add_argument("--number", type=int, default=20)
    p.add_argument("--salt", default=SALT, help="another draw")
    p.add_argument("--model")
    a = p.parse_args()
    coder = dragoman.load(model=a.model)
    for row in drawn(a.texts, a.corpus, a.number, a.salt):
        text = f"{row['title']}\n\n{row['text']}" if row["title"] else row["text"]
        coded = coder(
            plain_document(text, published=row["published"], title=row["title"], publisher=row["publisher"])
        )
        print(f"\n===== {row['id']} published {row['published']}\n{coded.document.text}\n")
        for n, e in enumerate(coded.events):
            status = " ".join(
                x
                for x in (e.status.polarity, e.status.realis, e.status.certainty)
                if x not in ("affirmed", "actual", "certain")
            )
            said = " < ".join(s.source.name for s in e.attribution)
            print(
                f"E{n} [{e.confidence['record']}] {e.type}/{','.join(e.modes) or '-'} {side(e.actors)} -> {side(e.recipients)} | {status or 'done'}"
                f" | {e.date.start if e.date else None}..{e.date.end if e.date else None} | {e.place.name if e.place else None}"
                f" | {dict((k, c.best) for k, c in e.counts.items())} | said by: {said or '-'} | trigger {e.trigger.text!r} s{e.sentence}"
            )
        for n, s in enumerate(coded.statements):
            print(
                f"S{n} {side(s.speakers)} {s.cue.text!r}: {' … '.join(c.text for c in s.content)} | via {', '.join(x.source.name for x in s.attribution) or '-'}"
            )


if __name__ == "__main__":
    main()
