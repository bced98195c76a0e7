"""Count which words tell acts of which type in coded texts; write coding/data/trigger_words.csv.

    python training/trigger_words.py out/train.jsonl

Every telling counts once, under each lemma that its words may have; function words are left out. No model is needed.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

import spacy

from dragoman.coding.own_words import Forms
from dragoman.reader.lemmas import add_lemmas
from dragoman.reader.tokens import make_tokenizer

LEAST = 2  # times that a word must have told an act


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("--out", type=Path, default=Path("src/dragoman/coding/data/trigger_words.csv"))
    a = p.parse_args()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    add_lemmas(nlp)
    forms = Forms(nlp)
    counts: dict[str, Counter[str]] = {}
    for line in a.gold.read_text(encoding="utf-8").splitlines():
        for event in json.loads(line)["events"]:
            for trigger in (event["trigger"], *(told["trigger"] for told in event.get("also", ()))):
                words = [
                    token for token in nlp.make_doc(trigger) if token.text[0].isalpha() and not token.is_stop
                ]
                for lemma in {lemma for word in words for lemma in forms.of(word.text)}:
                    counts.setdefault(lemma, Counter())[event["type"]] += 1
    rows = [
        (word, kind, count)
        for word, kinds in sorted(counts.items())
        if kinds.total() >= LEAST
        for kind, count in sorted(kinds.items())
    ]
    with a.out.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["word", "type", "count"])
        writer.writerows(rows)
    print(len({word for word, _, _ in rows}), "words")


if __name__ == "__main__":
    main()
