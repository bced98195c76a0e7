"""Token F1 of the tokeniser against a treebank, and the commonest differences.

python training/score_tokens.py ../shared/data/treebanks/UD_English-EWT/en_ewt-ud-dev.conllu.gz
"""

import sys
from collections import Counter
from pathlib import Path

import spacy

from dragoman.reader.tokens import make_tokenizer
from treebanks import raw_text, read_conllu


def main() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    for path in map(Path, sys.argv[1:]):
        hit = gold_n = own_n = 0
        missed, extra = Counter(), Counter()
        for document in read_conllu(path):
            text, words, _ = raw_text(document)
            own = {(t.idx, t.idx + len(t)) for t in nlp.make_doc(text) if not t.is_space}
            gold = set(words)
            hit, gold_n, own_n = hit + len(own & gold), gold_n + len(gold), own_n + len(own)
            for a, b in gold - own:
                missed[text[a:b]] += 1
            for a, b in own - gold:
                extra[text[a:b]] += 1
        print(path.name, f"token F1 {2 * hit / (gold_n + own_n):.4f}")
        print("  only in gold", missed.most_common(40))
        print("  only here   ", extra.most_common(60))


if __name__ == "__main__":
    main()
