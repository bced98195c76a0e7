"""The floor for learned heads: one plain token layer for trigger and type on the base weights, and nothing else.

    python training/floor.py --base BASE --train out/train.jsonl --score out/dev.articles.jsonl out/test.articles.jsonl --json floor.json

The recipe is that of `../shared/prototypes/events/token_head.py`: windows of whole sentences up to 260 subwords with one
sentence before them, 17 classes a subword, 20 epochs, 2e-4 for the encoder and 1e-3 for the layer. Runs of one class become
triggers, grown to words, and are scored by `dragoman.evaluation` like any coder. No cut is chosen: the likeliest class counts.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from data import IGNORE, TYPES
from dragoman.evaluation.annotation import GoldDocument, GoldEvent, Telling
from dragoman.evaluation.gold import load
from dragoman.evaluation.scores import score
from dragoman.records import Span

WINDOW, LIMIT = 260, 510


@dataclass
class Window:
    ids: list[int]
    shapes: list[int]
    labels: list[int]
    places: list[tuple[int, int] | None]  # characters of a subword; None for context and marks


class TokenLayer(nn.Module):
    def __init__(self, base: Path):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base)
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(3, width)
        nn.init.zeros_(self.case.weight)
        self.drop = nn.Dropout(0.2)
        self.out = nn.Linear(width, len(TYPES) + 1)

    def forward(self, ids, mask, shapes):
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.case(shapes)
        state = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return self.out(self.drop(state))


def labels_of(document: GoldDocument) -> list[int]:
    """Class of each character; what may be left out is ignored."""
    out = [0] * len(document.text)
    for event in sorted(document.events, key=lambda e: not e.optional):
        for telling in event.tellings:
            value = IGNORE if event.optional else TYPES.index(event.type) + 1
            out[telling.trigger.start : telling.trigger.end] = [value] * len(telling.trigger.text)
    return out


def windows(document: GoldDocument, tokenizer: Tokenizer) -> list[Window]:
    text, labels = document.text, labels_of(document)
    read = [tokenizer.encode(text[a:b], add_special_tokens=False) for a, b in document.sentences]
    out, first = [], 0
    while first < len(read):
        last, size = first, 0
        while last < len(read) and (last == first or size + len(read[last].ids) <= WINDOW):
            size += len(read[last].ids)
            last += 1
        window = Window([101], [0], [IGNORE], [None])
        for k in range(max(0, first - 1), last):
            at = document.sentences[k][0]
            for token, (a, b) in zip(read[k].ids, read[k].offsets, strict=True):
                word, here = text[at + a : at + b], labels[at + a : at + b]
                window.ids.append(token)
                window.shapes.append(2 if word.isupper() else 1 if word[:1].isupper() else 0)
                window.places.append((at + a, at + b) if k >= first else None)
                window.labels.append(
                    max(sorted(set(here)), key=here.count) if k >= first and here else IGNORE
                )
        for values, mark in (
            (window.ids, 102),
            (window.shapes, 0),
            (window.labels, IGNORE),
            (window.places, None),
        ):
            del values[LIMIT:]
            values.append(mark)
        out.append(window)
        first = last
    return out


def pad(rows: list[list[int]], value: int) -> torch.Tensor:
    longest = max(len(row) for row in rows)
    return torch.tensor([row + [value] * (longest - len(row)) for row in rows])


def predict(model: TokenLayer, document: GoldDocument, tokenizer: Tokenizer) -> GoldDocument:
    text, runs = document.text, []
    with torch.no_grad():
        for window in windows(document, tokenizer):
            ids, shapes = torch.tensor([window.ids]), torch.tensor([window.shapes])
            classes = model(ids, torch.ones_like(ids), shapes)[0].argmax(-1).tolist()
            run = None
            for place, kind in zip(window.places, classes, strict=True):
                if place is None or kind == 0:
                    run = None
                elif run is not None and run[2] == kind and place[0] - run[1] <= 1:
                    run[1] = place[1]
                else:
                    run = [*place, kind]
                    runs.append(run)
    events = []
    for number, (start, end, kind) in enumerate(runs):
        while start > 0 and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        sentence = next((n for n, (a, b) in enumerate(document.sentences) if a <= start < b), None)
        trigger = Span(start=start, end=end, text=text[start:end], sentence=sentence)
        name = TYPES[kind - 1]
        telling = Telling(
            trigger=trigger, sentence=document.sentences[sentence] if sentence is not None else None
        )
        events.append(GoldEvent(number=number, tellings=(telling,), type=name, types=frozenset([name])))
    return GoldDocument(id=document.id, text=text, sentences=document.sentences, events=tuple(events))


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--train", type=Path, required=True)
    p.add_argument("--score", type=Path, nargs="+", required=True)
    p.add_argument("--json", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=20)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(a.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    documents = load(a.train)
    rows = [window for document in documents for window in windows(document, tokenizer)]
    model = TokenLayer(a.base)
    layers = [*model.out.parameters(), *model.case.parameters()]
    optimizer = torch.optim.AdamW(
        [dict(params=model.encoder.parameters(), lr=2e-4), dict(params=layers, lr=1e-3)], weight_decay=0.01
    )
    size = 8
    steps = math.ceil(len(rows) / size) * a.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / 40, max(0, (steps - s) / steps))
    )
    print(len(documents), "texts", len(rows), "windows", steps, "steps", flush=True)
    clock = time.time()
    for epoch in range(1, a.epochs + 1):
        model.train()
        rows.sort(key=lambda w: len(w.ids) + random.random() * 16)  # alike in length: less padding, same sums
        parts = [rows[k : k + size] for k in range(0, len(rows), size)]
        random.shuffle(parts)
        for part in parts:
            mask = pad([[1] * len(w.ids) for w in part], 0)
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(pad([w.ids for w in part], 0), mask, pad([w.shapes for w in part], 0))
            gold = pad([w.labels for w in part], IGNORE)
            loss = F.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch} {time.time() - clock:.0f}s", flush=True)
    model.eval()
    found = {"texts": len(documents)}
    for path in a.score:
        gold = load(path)
        figures = score(gold, [predict(model, document, tokenizer) for document in gold]).figures
        found[path.stem] = {
            key: [round(v, 3) for v in (figures[key].value, figures[key].low, figures[key].high)]
            for key in ("detection", "typed")
        }
        print(path.stem, found[path.stem], flush=True)
    a.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
