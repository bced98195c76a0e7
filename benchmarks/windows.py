"""Sentence against window: how well each head does, and what it costs, by the size of a call.

    python benchmarks/windows.py out/dev.articles.jsonl

The encoder reads runs of neighbouring sentences of at most CAP subwords. 1 is one sentence a call.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import dragoman
from dragoman.coder import plain_document
from dragoman.evaluation import evaluate
from dragoman.reader import windows
from dragoman.records import to_jsonl

CAPS = (1, 64, 112, 160, 224)
MEASURES = (
    "detection",
    "typed",
    "whole",
    "realis",
    "modes",
    "contexts",
    "statements",
    "speaker country",
    "content",
    "stance",
)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    a = p.parse_args()
    rows = [json.loads(line) for line in a.gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = [
        plain_document(
            r["text"], published=r["published"], title=r.get("title"), publisher=r.get("publisher")
        )
        for r in rows
    ]
    coder = dragoman.load()
    encoder = coder.nlp.get_pipe("dragoman_reader").encoder
    print("| subwords a call | " + " | ".join(MEASURES) + " | encoder ms a text |")
    print("|--:" * (len(MEASURES) + 2) + "|")
    for cap in CAPS:
        windows.CAP = cap
        before, began = encoder.seconds, time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            coded = Path(folder) / "coded.jsonl"
            coded.write_bytes(b"".join(to_jsonl(coder(document)) for document in documents))
            figures = evaluate(a.gold, coded, resamples=1).figures
        spent = 1000 * (encoder.seconds - before) / len(documents)
        shown = " | ".join("–" if figures[m].value is None else f"{figures[m].value:.3f}" for m in MEASURES)
        print(f"| {cap} | {shown} | {spent:.0f} |  <!-- {time.perf_counter() - began:.0f} s -->", flush=True)


if __name__ == "__main__":
    main()
