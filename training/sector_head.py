"""Add the head of sectors to a trained reader: a small perceptron over two middle layers, all else as it is.

    python training/sector_head.py --run training/runs/release --base BASE --coded out/train.jsonl --out training/runs/with_sectors

An actor's first sector is asked of the head word of its mention. The last layer has been drawn to acts and trees and knows less
of who somebody is than the layers between (README.md, "Sectors"). The encoder stays as it is, so that no other head moves.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import spacy
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoConfig, AutoModel

from data import IGNORE, SECTORS, Labels, coded_text, read_jsonl, windows, with_silver
from dragoman.reader.tokens import make_tokenizer
from dragoman.reader.windows import CAP
from model import Reader, collate

LAYERS = (2, 3)  # counted from 0, of six
WIDTH, DROP, EPOCHS, RATE, DECAY, BATCH = 384, 0.3, 15, 1e-3, 0.02, 256


def states(model: Reader, rows: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """(mentions, layers * hidden) and (mentions,) of all labelled words; one window a call, as in use."""
    x, y = [], []
    with torch.no_grad():
        for row in rows:
            at = np.flatnonzero(row["sectors"] != IGNORE)
            if not len(at):
                continue
            batch = collate([row])
            embedded = model.encoder.embeddings.word_embeddings(batch["ids"]) + model.case(batch["shapes"])
            layers = model.encoder(
                inputs_embeds=embedded, attention_mask=batch["mask"], output_hidden_states=True
            ).hidden_states
            first = batch["first"][0][at]
            x.append(torch.cat([layers[i + 1][0][first] for i in LAYERS], -1).numpy())
            y.append(row["sectors"][at])
    return np.concatenate(x), np.concatenate(y)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--coded", type=Path, required=True)
    p.add_argument(
        "--silver", type=Path, help="trees that tell the head word of a mention; else its last word is taken"
    )
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(2)
    saved = torch.load(a.run / "reader.pt", map_location="cpu", weights_only=False)
    labels = Labels(**{k: v for k, v in saved["labels"].items() if k != "sectors"})
    encoder = AutoModel.from_config(AutoConfig.from_pretrained(a.base))
    model = Reader(
        encoder, encoder.config.hidden_size, labels.slices(), len(labels.rels), len(labels.pairs)
    ).eval()
    model.load_state_dict({k: v for k, v in saved["model"].items() if not k.startswith("sector.")})
    tokenizer = Tokenizer.from_file(str(a.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    cutter = make_tokenizer(spacy.blank("en"))
    texts = [coded_text(row, cutter) for row in read_jsonl(a.coded)]
    if a.silver:
        silver = {row["id"]: row for row in read_jsonl(a.silver)}
        texts = [with_silver(text, silver.get(text.name)) for text in texts]
    x, y = states(model, windows(texts, labels, tokenizer, None, cap=CAP))
    mean, spread = x.mean(0), x.std(0) + 1e-3
    head = nn.Sequential(
        nn.Dropout(DROP),
        nn.Linear(x.shape[1], WIDTH),
        nn.GELU(),
        nn.Dropout(DROP),
        nn.Linear(WIDTH, len(SECTORS)),
    )
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    given, wanted = torch.tensor((x - mean) / spread), torch.tensor(y)
    for epoch in range(EPOCHS):
        head.train()
        lost = 0.0
        for part in torch.randperm(len(wanted)).split(BATCH):
            loss = F.cross_entropy(head(given[part]), wanted[part])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            lost += loss.item() * len(part)
        print(f"epoch {epoch + 1}: loss {lost / len(wanted):.3f}, {len(wanted)} mentions", flush=True)
    # The scaling of the states goes into the first layer.
    first, second = head[1], head[4]
    scale = torch.tensor(1 / spread)
    weight = (first.weight * scale).detach()
    saved["model"] |= {
        "sector.0.weight": weight,
        "sector.0.bias": (first.bias - weight @ torch.tensor(mean)).detach(),
        "sector.1.weight": second.weight.detach(),
        "sector.1.bias": second.bias.detach(),
    }
    saved["labels"] = {**labels.as_dict(), "sectors": list(SECTORS)}
    saved["sector_layers"] = LAYERS
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save(saved, a.out / "reader.pt")
    (a.out / "labels.json").write_text(json.dumps(saved["labels"], indent=1))


if __name__ == "__main__":
    main()
