"""What a larger encoder buys: the coder with its meaning heads, trees and everything else as shipped.

    python training/score_large.py --run training/runs/large --base BASE --gold out/dev.articles.jsonl

Token and pair scores come from the run in fp32; sentence starts, tags, trees and names from the shipped reader. Its cuts
and weights are those chosen for the shipped model, so the figures are a lower bound.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

import dragoman
from dragoman.coder import plain_document
from dragoman.evaluation import evaluate
from dragoman.evaluation.render import to_text
from dragoman.reader.encoder import Encoder, Scores
from dragoman.reader.encoding import Encoded
from dragoman.records import to_jsonl
from soft import load_run

SYNTAX = ("upos", "start", "names")


class LargeEncoder(Encoder):
    """The shipped encoder, whose meaning heads are another's."""

    def take(self, run: Path, base: Path) -> None:
        self.large, labels = load_run(run, base)
        self.slices = labels.slices()
        self.labels = {**labels.as_dict(), **{name: self.labels[name] for name in (*SYNTAX, "rels")}}
        self._pair_words = self.large.pair_words.detach().numpy()
        self._pair_sentences = self.large.pair_sentences.detach().numpy()

    @torch.no_grad()
    def read(self, encoded: Encoded) -> Scores:
        small = super().read(encoded)
        ids, shapes, first = (torch.tensor([x]) for x in (encoded.ids, encoded.shapes, encoded.first))
        w = self.large.hidden(ids, torch.ones_like(ids), shapes, first)
        token = self.large.token(w)[0].numpy()
        for name in SYNTAX:
            token[:, slice(*self.slices[name])] = small.token[:, self.columns[name]]
        one = w.new_ones(w.shape[1], 1)
        anchors = torch.cat([self.large.pair_anchor(w)[0], one], -1)
        words = torch.cat([self.large.pair_word(w)[0], one], -1)
        pair = torch.einsum("ai,lij,wj->alw", anchors, self.large.pair, words).numpy()
        return replace(small, token=np.ascontiguousarray(token), pair=np.ascontiguousarray(pair))


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--gold", type=Path, required=True)
    a = p.parse_args()
    torch.set_num_threads(2)
    coder = dragoman.load()
    encoder = coder.nlp.get_pipe("dragoman_reader").encoder
    encoder.__class__ = LargeEncoder
    encoder.take(a.run, a.base)
    coded = a.gold.with_suffix(".large.jsonl")
    began = time.time()
    with coded.open("wb") as out:
        for line in a.gold.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            document = plain_document(
                row["text"],
                published=row["published"],
                title=row.get("title"),
                publisher=row.get("publisher"),
            )
            out.write(to_jsonl(coder(document)))
    print(f"{time.time() - began:.0f} s")
    print(to_text(evaluate(a.gold, coded)))


if __name__ == "__main__":
    main()
