"""How many plain sentences of conflict (ours, plain_sentences.csv) are read with the right root, subject and object.

python training/score_plain.py [MODEL …]        without a folder: the shipped model
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from dragoman.reader.component import load_reader

SENTENCES = Path(__file__).parent / "plain_sentences.csv"


def main() -> None:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for model in sys.argv[1:] or [None]:
        nlp, right = load_reader(model), 0
        for row in rows:
            token = {t.text: t for t in nlp(row["sentence"])}
            verb, subject, thing = (token[row[key]] for key in ("verb", "subject", "object"))
            right += (
                verb.dep_ == "ROOT"
                and (subject.dep_, subject.head) == ("nsubj", verb)
                and (thing.dep_, thing.head) == ("obj", verb)
            )
        print(f"{model or 'shipped'}: {right} of {len(rows)}")


if __name__ == "__main__":
    main()
