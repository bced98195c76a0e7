"""A larger encoder's scores of open texts, from which the shipped one learns beside the coded texts.

    python training/soft.py --run training/runs/large --base BASE --silver out/silver.jsonl --out out/soft.pt

The texts are the uncoded rows of `silver.py` (words, sentence starts and trees of a teacher), so what it keeps out (other
parts, near duplicates) is kept out here. A row gains `soft`: {"token": (words, columns) log-odds of all token heads,
"anchors": [(word, "act" or "cue", first word of its window, (labels, words of the window) probabilities)]}. They are a
model's reading, never gold ("distillation": Hinton et al. 2015).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from data import Labels, cut, make_window, read_jsonl, silver_text
from model import Reader, collate, keep_layers

CAP = 200
"""Subwords of a window: near the longest of training."""
ANCHOR = 0.3
"""Probability of a trigger or cue from which its pair scores are kept."""


def load_run(run: Path, base: Path) -> tuple[Reader, Labels]:
    saved = torch.load(run / "reader.pt", weights_only=False)
    labels = Labels(**saved["labels"])
    encoder = AutoModel.from_pretrained(base, attn_implementation="eager", dtype=torch.float32)
    keep_layers(encoder, saved["config"]["num_hidden_layers"])
    model = Reader(encoder, encoder.config.hidden_size, labels.slices(), len(labels.rels), len(labels.pairs))
    model.load_state_dict(saved["model"])
    return model.eval(), labels


@torch.no_grad()
def scores(
    model: Reader, labels: Labels, rows: list[dict]
) -> list[tuple[np.ndarray, list[tuple[int, str, np.ndarray]]]]:
    """(token scores, anchors with their pair probabilities) of each window."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = collate(rows)
        w = model.hidden(x["ids"], x["mask"], x["shapes"], x["first"])
        token = model.token(w).float()
        at = lambda name: token[..., slice(*model.slices[name])].softmax(-1)  # noqa: E731
        act, cue = 1 - at("types")[..., 0], at("cue")[..., 1]
        real = x["sentence"] >= 0
        found: list[list[tuple[int, str, np.ndarray]]] = [[] for _ in rows]
        for kind, chance in (("act", act), ("cue", cue)):
            b, k = torch.nonzero((chance > ANCHOR) & real, as_tuple=True)
            if len(b):
                pairs = model.pairs(w, b, k, x["sentence"], list(range(len(labels.pairs)))).sigmoid()
                for i, word, sheet in zip(b.tolist(), k.tolist(), pairs, strict=True):
                    found[i].append((word, kind, sheet[:, : rows[i]["n"]].half().numpy()))
    return [(token[i, : row["n"]].half().numpy(), found[i]) for i, row in enumerate(rows)]


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--tokenizer", type=Path, required=True, help="folder of the BERT tokenizer")
    p.add_argument("--silver", type=Path, required=True)
    p.add_argument("--budget", type=int, default=2400, help="subwords a batch")
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    torch.set_num_threads(2)
    model, labels = load_run(a.run, a.base)
    tokenizer = Tokenizer.from_file(str(a.tokenizer / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    rows = [row for row in read_jsonl(a.silver) if not row["coded"]]
    texts = [silver_text(row) for row in rows]
    work, whole = [], [True] * len(texts)
    for number, text in enumerate(texts):
        encoded = tokenizer.encode(text.words, is_pretokenized=True, add_special_tokens=False)
        sizes = np.bincount(
            [w for w in encoded.word_ids if w is not None], minlength=len(text.words)
        ).tolist()
        for first, after in cut(text, CAP, sizes):
            window = make_window(text, first, after, labels, tokenizer)
            if window is None:  # a sentence longer than any window: its text is left out
                whole[number] = False
            else:
                work.append((len(window["ids"]), number, first, window))
    columns = max(b for _, b in labels.slices().values())
    tokens = [np.zeros((len(t.words), columns), np.float16) for t in texts]
    anchors: list[list] = [[] for _ in texts]
    work.sort(key=lambda item: item[0])
    began = time.time()
    while work:
        longest = work[-1][0]
        batch = [work.pop() for _ in range(min(len(work), max(1, a.budget // longest)))]
        for (_, number, first, window), (token, found) in zip(
            batch, scores(model, labels, [item[3] for item in batch]), strict=True
        ):
            tokens[number][first : first + window["n"]] = token
            anchors[number] += [(first + word, kind, first, sheet) for word, kind, sheet in found]
    scored = zip(rows, tokens, anchors, whole, strict=True)
    out = [row | {"soft": dict(token=t, anchors=x)} for row, t, x, kept in scored if kept]
    torch.save(out, a.out)
    acts = sum(kind == "act" for x in anchors for _, kind, _, _ in x)
    print(f"{len(out)} texts, {acts} acts, {time.time() - began:.0f} s, {a.out}")


if __name__ == "__main__":
    main()
