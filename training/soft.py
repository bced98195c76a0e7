"""What a larger encoder and an earlier small one make of open texts: the last stage learns from it beside the coded texts.

    python training/soft.py --run training/runs/large --base LARGE --run training/runs/two --base BASE \
        --tokenizer BASE --silver out/silver.jsonl --out out/soft.pt

The texts are the uncoded rows of `silver.py` (words, sentence starts and trees of a teacher), so what it keeps out (other
parts, near duplicates) is kept out here. A row gains `soft`: {"token": (words, columns) log-odds of all token heads,
"anchors": [(word, "act" or "cue", first word of its window, (labels, words of the window) probabilities)]}. They are a
model's reading, never gold ("distillation": Hinton et al. 2015). Several runs are averaged, probability by probability.
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
FREE = ("modes", "contexts")
"""Heads whose labels are each true or not by themselves."""
ANCHOR = 0.3
"""Probability of a trigger or cue from which its pair scores are kept."""


def load_run(run: Path, base: Path) -> tuple[Reader, Labels]:
    saved = torch.load(run / "reader.pt", weights_only=False)
    labels = Labels(**saved["labels"])
    encoder = AutoModel.from_pretrained(base, dtype=torch.float32)
    keep_layers(encoder, saved["config"]["num_hidden_layers"])
    model = Reader(encoder, encoder.config.hidden_size, labels.slices(), len(labels.rels), len(labels.pairs))
    model.load_state_dict(saved["model"])
    return model.eval(), labels


@torch.no_grad()
def scores(
    models: list[Reader], labels: Labels, rows: list[dict]
) -> list[tuple[np.ndarray, list[tuple[int, str, np.ndarray]]]]:
    """(token log-odds, anchors with their pair probabilities) of each window, averaged over the models."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = collate(rows)
        states = [model.hidden(x["ids"], x["mask"], x["shapes"], x["first"]) for model in models]
        tokens = [model.token(w).float() for model, w in zip(models, states, strict=True)]
        token = _mean(tokens, models[0].slices)
        at = lambda name: token[..., slice(*models[0].slices[name])].softmax(-1)  # noqa: E731
        act, cue = 1 - at("types")[..., 0], at("cue")[..., 1]
        real = x["sentence"] >= 0
        found: list[list[tuple[int, str, np.ndarray]]] = [[] for _ in rows]
        for kind, chance in (("act", act), ("cue", cue)):
            b, k = torch.nonzero((chance > ANCHOR) & real, as_tuple=True)
            if not len(b):
                continue
            sheets = []
            for model, w in zip(models, states, strict=True):
                sheet = torch.full((len(b), len(labels.pairs), w.shape[1]), float("nan"))
                own = list(range(model.pair.shape[0]))  # an earlier run may lack the labels added since
                sheet[:, own] = model.pairs(w, b, k, x["sentence"], own).sigmoid()
                sheets.append(sheet)
            pairs = torch.stack(sheets).nanmean(0)
            for i, word, sheet in zip(b.tolist(), k.tolist(), pairs, strict=True):
                found[i].append((word, kind, sheet[:, : rows[i]["n"]].half().numpy()))
    return [(token[i, : row["n"]].half().numpy(), found[i]) for i, row in enumerate(rows)]


def _mean(tokens: list[torch.Tensor], slices: dict[str, tuple[int, int]]) -> torch.Tensor:
    """Log-odds of the mean probabilities, head by head: one of several labels, or each by itself."""
    out = torch.empty_like(tokens[0])
    for name, (a, b) in slices.items():
        if name in FREE:
            out[..., a:b] = torch.stack([t[..., a:b].sigmoid() for t in tokens]).mean(0).logit(1e-6)
        else:
            out[..., a:b] = torch.stack([t[..., a:b].softmax(-1) for t in tokens]).mean(0).clamp(1e-7).log()
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, action="append", required=True)
    p.add_argument("--base", type=Path, action="append", required=True, help="one for each --run")
    p.add_argument("--tokenizer", type=Path, required=True, help="folder of the BERT tokenizer")
    p.add_argument("--silver", type=Path, required=True)
    p.add_argument("--budget", type=int, default=2400, help="subwords a batch")
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    torch.set_num_threads(2)
    loaded = [load_run(run, base) for run, base in zip(a.run, a.base, strict=True)]
    models, labels = [model for model, _ in loaded], loaded[0][1]
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
            batch, scores(models, labels, [item[3] for item in batch]), strict=True
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
