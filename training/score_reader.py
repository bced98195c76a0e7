"""Score a reader: tags, trees, sentence ends and names, with gold words and sentences and from raw text.

    python training/score_reader.py --model src/dragoman/reader/model --data ../shared/data [--graph reader.fp32.onnx] [--json out.json]

Gold words and sentences: windows of whole sentences of one document up to `windows.CAP` subwords (as at run time), trees
decoded, punctuation counted, relations with subtypes. `--single` reads one sentence a call instead. From raw text: words
and sentences are our own; a gold word counts when a word with the same characters has the right tag, head and relation
(CoNLL 2018's rule with F1; multiword tokens by their parts). Sentence ends: F1 over character offsets of sentence ends.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from data import uner_names
from dragoman.reader.component import load_reader
from dragoman.reader.decode import decode_heads, decode_names
from dragoman.reader.encoder import Encoder
from dragoman.reader.windows import CAP
from treebanks import TreeDocument, raw_text, read_conllu

TREES = "treebanks"


def gold_windows(document: TreeDocument, encoder: Encoder, single: bool):
    """Runs of sentences that fit a window."""
    run, filled = [], 0
    for sentence in document.sentences:
        size = sum(encoder.sizes(sentence.words))
        if run and (single or filled + size > CAP):
            yield run
            run, filled = [], 0
        run.append(sentence)
        filled += size
    if run:
        yield run


def read_gold(encoder: Encoder, document: TreeDocument, single: bool):
    """Yield (sentence, tags, heads 1-based, relations) and the names of each sentence."""
    labels, columns = encoder.labels, encoder.columns
    for run in gold_windows(document, encoder, single):
        words = [w for s in run for w in s.words]
        starts = np.cumsum([0] + [len(s.words) for s in run])
        breaks = {int(a) for a, s in zip(starts, run, strict=False) if s.new_paragraph and a}
        encoded = encoder.encode(words, breaks)
        if len(encoded.ids) > 512:
            for sentence in run:
                n = len(sentence.words)
                yield sentence, ["X"] * n, [0] * n, ["dep"] * n, []
            continue
        read = encoder.read(encoded)
        chosen = np.zeros(len(words), np.int64)
        marks = np.zeros(len(words), bool)
        marks[starts[:-1]] = True
        for a, b in zip(starts, starts[1:], strict=False):
            local = decode_heads(np.concatenate([read.arc[a:b, :1], read.arc[a:b, a + 1 : b + 1]], 1))
            chosen[a:b] = np.where(local > 0, local + a, 0)
        relation = encoder.relations(read, chosen)
        root = labels["rels"].index("root")
        relation[:, root] = np.where(chosen == 0, 1e4, -1e4)
        rels = relation.argmax(1)
        tags = read.token[:, columns["upos"]].argmax(1)
        names = decode_names(read.token[:, columns["names"]], labels["names"], marks)
        for sentence, a, b in zip(run, starts, starts[1:], strict=False):
            heads = [int(h - a) if h else 0 for h in chosen[a:b]]
            found = [(x - a, y - a, k) for x, y, k in names if a <= x < b]
            yield (
                sentence,
                [labels["upos"][t] for t in tags[a:b]],
                heads,
                [labels["rels"][r] for r in rels[a:b]],
                found,
            )


def gold_scores(encoder: Encoder, documents, single=False, by_genre=False):
    counts = defaultdict(Counter)
    for document in documents:
        for sentence, tags, heads, rels, _ in read_gold(encoder, document, single):
            c = counts[document.genre if by_genre else "all"]
            for g_tag, tag, g_head, head, g_rel, rel in zip(
                sentence.upos, tags, sentence.heads, heads, sentence.rels, rels, strict=True
            ):
                c["n"] += 1
                c["upos"] += g_tag == tag
                c["uas"] += g_head == head
                c["las"] += g_head == head and g_rel == rel
    out = {
        g: {k: round(c[k] / c["n"], 4) for k in ("upos", "uas", "las")} | {"words": c["n"]}
        for g, c in counts.items()
    }
    return out if by_genre else out["all"]


def raw_scores(nlp, documents):
    c = Counter()
    for document in documents:
        text, words, sentences = raw_text(document)
        doc = nlp(text)
        own = [t for t in doc if not t.is_space]
        place = {(t.idx, t.idx + len(t)): t for t in own}
        gold, index = [], 0
        for sentence in document.sentences:
            n = len(sentence.words)
            for i in range(n):
                head = sentence.heads[i]
                gold.append(
                    (
                        words[index + i],
                        sentence.upos[i],
                        words[index + head - 1] if head else None,
                        sentence.rels[i],
                    )
                )
            index += n
        c["gold"] += len(gold)
        c["own"] += len(own)
        for span, tag, head, rel in gold:
            token = place.get(span)
            if token is None:
                continue
            c["word"] += 1
            c["upos"] += token.pos_ == tag
            own_head = None if token.dep_ == "ROOT" else (token.head.idx, token.head.idx + len(token.head))
            own_rel = "root" if token.dep_ == "ROOT" else token.dep_
            c["uas"] += own_head == head
            c["las"] += own_head == head and own_rel == rel
        gold_ends = {b for _, b in sentences}
        own_ends = set()
        for sent in doc.sents:
            solid = [t for t in sent if not t.is_space]
            if solid:
                own_ends.add(solid[-1].idx + len(solid[-1]))
        c["end_hit"] += len(gold_ends & own_ends)
        c["end_gold"] += len(gold_ends)
        c["end_own"] += len(own_ends)
    f1 = lambda hit: round(2 * c[hit] / (c["gold"] + c["own"]), 4)  # noqa: E731
    return {
        "words": f1("word"), "upos": f1("upos"), "uas": f1("uas"), "las": f1("las"),
        "sentence_ends": round(2 * c["end_hit"] / (c["end_gold"] + c["end_own"]), 4),
    }  # fmt: skip


def name_scores(encoder: Encoder, documents, gold: dict[str, list[str]]):
    per = defaultdict(Counter)
    for document in documents:
        for sentence, _, _, _, found in read_gold(encoder, document, False):
            labels = gold.get(sentence.sent_id)
            if labels is None or len(labels) != len(sentence.words):
                continue
            spans, start = set(), None
            for i, label in enumerate([*labels, "O"]):
                if start is not None and label[:1] != "I":
                    spans.add((start, i, labels[start][2:]))
                    start = None
                if label[:1] == "B":
                    start = i
            own = {(int(a), int(b), k) for a, b, k in found}
            for kind in ("PER", "ORG", "LOC"):
                g, o = {s for s in spans if s[2] == kind}, {s for s in own if s[2] == kind}
                per[kind].update(tp=len(g & o), gold=len(g), own=len(o))
                per["all"].update(tp=len(g & o), gold=len(g), own=len(o))
    return {
        k: {"p": round(v["tp"] / max(1, v["own"]), 4), "r": round(v["tp"] / max(1, v["gold"]), 4),
            "f1": round(2 * v["tp"] / max(1, v["gold"] + v["own"]), 4), "n": v["gold"]}
        for k, v in per.items()
    }  # fmt: skip


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--graph", default="reader.int8.onnx")
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--single", action="store_true")
    p.add_argument("--quick", action="store_true", help="EWT dev and GUM dev only, for use while training")
    p.add_argument("--json", type=Path)
    a = p.parse_args()
    trees = a.data / TREES
    encoder = Encoder(a.model, threads=a.threads, graph=a.graph)
    nlp = load_reader(threads=a.threads)  # its encoder is replaced by the one to be scored
    nlp.get_pipe("dragoman_reader").encoder = encoder
    nlp.disable_pipe("lemmatizer")
    load = lambda name: list(read_conllu(trees / name))  # noqa: E731
    out = {}

    def show(name, value):
        out[name] = value
        print(name, json.dumps(value), flush=True)

    if a.quick:
        ewt = load("UD_English-EWT/en_ewt-ud-dev.conllu.gz")
        show("EWT dev, gold words", gold_scores(encoder, ewt, a.single))
        show(
            "GUM dev by genre",
            gold_scores(encoder, load("UD_English-GUM/en_gum-ud-dev.conllu.gz"), a.single, by_genre=True),
        )
        show("EWT dev, raw text", raw_scores(nlp, ewt))
        return
    ewt = load("UD_English-EWT/en_ewt-ud-test.conllu.gz")
    gum_dev, gum_test = (
        load("UD_English-GUM/en_gum-ud-dev.conllu.gz"),
        load("UD_English-GUM/en_gum-ud-test.conllu.gz"),
    )
    show("EWT test, gold words", gold_scores(encoder, ewt, a.single))
    show("GUM dev, gold words", gold_scores(encoder, gum_dev, a.single))
    genres = gold_scores(encoder, gum_dev + gum_test, a.single, by_genre=True)
    for genre in ("news", "interview", "speech"):
        show(f"GUM dev + test {genre}, gold words", genres[genre])
    pud = []
    for document in load("UD_English-PUD/en_pud-ud-test.conllu.gz"):
        news = [s for s in document.sentences if s.sent_id.startswith("n")]
        if news:
            pud.append(TreeDocument(document.name, news))
    show("PUD newspaper half, gold words", gold_scores(encoder, pud, a.single))
    show("EWT test, raw text", raw_scores(nlp, ewt))
    show("GUM test, raw text", raw_scores(nlp, gum_test))
    names = uner_names(trees / "UNER_English-EWT/en_ewt-ud-test.iob2.gz")
    show("UNER EWT test, names", name_scores(encoder, ewt, names))
    if a.json:
        a.json.write_text(json.dumps(out, indent=1) + "\n")


if __name__ == "__main__":
    main()
