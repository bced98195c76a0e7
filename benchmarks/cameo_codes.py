"""How deep and how consistent CAMEO codes are on gold types, modes, contexts and triggers.

    python benchmarks/cameo_codes.py out/new/dev.jsonl

Prints, over the gold events: how many digits the code has; how often the code, and its root, lead back to the act's type, or have
it among their alternatives; how often the first mode comes back; how often the trigger's lemma decides; and the acts that do
not come back, by kind.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import spacy

from dragoman.codebook import load
from dragoman.coding.own_words import Forms
from dragoman.reader.lemmas import add_lemmas
from dragoman.reader.tokens import make_tokenizer

SHOWN = 12


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    a = p.parse_args()
    book = load()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    add_lemmas(nlp)
    forms = Forms(nlp)
    count: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for line in a.gold.read_text(encoding="utf-8").splitlines():
        for event in json.loads(line)["events"]:
            kind, modes, contexts = event["type"], event["modes"], event["contexts"]
            plain = book.cameo(kind, modes, contexts)
            words = [token for token in nlp.make_doc(event["trigger"]) if not token.is_stop]
            lemmas = sorted({form for word in words for form in forms.of(word.text)})
            told = [book.cameo(kind, modes, contexts, lemma=lemma) for lemma in lemmas]
            choice = next((each for each in told if each.code != plain.code), plain)
            back, root = book.from_cameo(choice.code), book.from_cameo(choice.code[:2])
            count["events"] += 1
            count[f"{len(choice.code) - (choice.code[-1] == '0' and len(choice.code) == 3)} digits"] += 1
            count["decided by the lemma"] += choice.code != plain.code
            count["code leads back to the type"] += back.type == kind
            count["or names it"] += kind in {back.type, *(x.split("/")[0] for x in back.alternatives)}
            count["root leads back to the type"] += root.type == kind
            count["with a mode"] += bool(modes)
            count["mode comes back"] += bool(modes) and back.type == kind and back.mode in modes
            if back.type != kind:
                lost[
                    f"{kind}{'/' + modes[0] if modes else ''} -> {choice.code} -> {back.type or 'no event'}"
                ] += 1
    for name, number in sorted(count.items()):
        print(f"{name:32}{number:6}{number / count['events']:8.3f}")
    print("does not come back:")
    for name, number in lost.most_common(SHOWN):
        print(f"{number:5}  {name}")


if __name__ == "__main__":
    main()
