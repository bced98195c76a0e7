"""Checkpoint -> ONNX: the encoder restated in plain products, its heads beside it; fp32 and dynamic int8 (7-bit weights).

    python training/export.py --run training/runs/a --base BASE --out src/dragoman/reader/model

Writes reader.int8.onnx, labels.json, tables.npz and tokenizer.json into --out, reader.fp32.onnx into --run.
int8: encoder products only (24 MatMul), per channel, reduced range so that CPUs without VNNI do not saturate; word vectors
int8 by row; heads fp32. One window a call keeps dynamic scales a matter of the document alone.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from model import ARC, PAIR, with_one


class Plain(nn.Module):
    """BERT encoder and heads in inference form for one window: one QKV product a layer, the scale folded in."""

    def __init__(self, saved: dict, int8_rows: bool):
        super().__init__()
        s, c = saved["model"], saved["config"]
        g = lambda k: s[k].float()  # noqa: E731
        self.layers, self.attention_heads, self.width = (
            c["num_hidden_layers"],
            c["num_attention_heads"],
            c["hidden_size"],
        )
        d, eps = self.width, c["layer_norm_eps"]
        e = "encoder.embeddings."
        words = g(e + "word_embeddings.weight")
        self.int8_rows = int8_rows
        if int8_rows:
            scale = words.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            self.register_buffer("rows", torch.round(words / scale).to(torch.int8))
            self.register_buffer("scale", scale.squeeze(1))
        else:
            self.register_buffer("rows", words)
        self.register_buffer(
            "places", g(e + "position_embeddings.weight") + g(e + "token_type_embeddings.weight")[0]
        )
        self.register_buffer("case", g("case.weight"))

        def norm(prefix: str) -> nn.LayerNorm:
            layer = nn.LayerNorm(d, eps=eps)
            layer.weight.data, layer.bias.data = g(prefix + ".weight"), g(prefix + ".bias")
            return layer

        def linear(*prefixes: str) -> nn.Linear:
            weight = torch.cat([g(p + ".weight") for p in prefixes])
            layer = nn.Linear(weight.shape[1], weight.shape[0])
            layer.weight.data = weight
            layer.bias.data = torch.cat([g(p + ".bias") for p in prefixes])
            return layer

        at = lambda i: f"encoder.encoder.layer.{i}."  # noqa: E731
        n = range(self.layers)
        self.first_norm = norm(e + "LayerNorm")
        self.qkv = nn.ModuleList(
            linear(*[at(i) + f"attention.self.{x}" for x in ("query", "key", "value")]) for i in n
        )
        self.join = nn.ModuleList(linear(at(i) + "attention.output.dense") for i in n)
        self.join_norm = nn.ModuleList(norm(at(i) + "attention.output.LayerNorm") for i in n)
        self.up = nn.ModuleList(linear(at(i) + "intermediate.dense") for i in n)
        self.down = nn.ModuleList(linear(at(i) + "output.dense") for i in n)
        self.down_norm = nn.ModuleList(norm(at(i) + "output.LayerNorm") for i in n)
        with torch.no_grad():
            for q in self.qkv:
                q.weight[:d] /= math.sqrt(d // self.attention_heads)
                q.bias[:d] /= math.sqrt(d // self.attention_heads)
        self.root = nn.Parameter(g("root"))
        self.token = linear("token")
        self.word_side = linear("arc_dep.0", "pair_anchor.0", "pair_word.0")  # GELU follows
        self.head_side = linear("arc_head.0")
        self.rel_dep, self.rel_head = linear("rel_dep"), linear("rel_head")
        self.sector_layers = tuple(saved.get("sector_layers", ()))  # of the head that sector_head.py adds
        if self.sector_layers:
            self.sector = nn.Sequential(linear("sector.0"), nn.GELU(), linear("sector.1"))
        self.arc = nn.Parameter(g("arc"))
        pair = g("pair")
        self.labels = pair.shape[0]
        self.pair = nn.Parameter(pair.permute(1, 0, 2).reshape(PAIR + 1, -1))  # anchor, (label word)

    def forward(self, ids, shapes, first):
        d, h = self.width, self.attention_heads
        length = ids.shape[1]
        x = self.rows[ids]
        if self.int8_rows:
            x = x.float() * self.scale[ids].unsqueeze(-1)
        x = self.first_norm(x + self.case[shapes] + self.places[:length])
        middle = []
        for i in range(self.layers):
            q, k, v = self.qkv[i](x).view(1, length, 3, h, d // h).permute(2, 0, 3, 1, 4).unbind(0)
            mixed = (torch.softmax(q @ k.transpose(-1, -2), -1) @ v).transpose(1, 2).reshape(1, length, d)
            x = self.join_norm[i](x + self.join[i](mixed))
            x = self.down_norm[i](x + self.down[i](F.gelu(self.up[i](x))))
            if i in self.sector_layers:
                middle.append(x[0].index_select(0, first))
        w = x[0].index_select(0, first)
        wr = torch.cat([self.root.unsqueeze(0), w], 0)
        side = F.gelu(self.word_side(w))
        dep, anchor, word = side[:, :ARC], side[:, ARC : ARC + PAIR], side[:, ARC + PAIR :]
        arc = with_one(dep) @ self.arc @ with_one(F.gelu(self.head_side(wr))).t()
        n = w.shape[0]
        pair = (with_one(anchor) @ self.pair).view(n, self.labels, PAIR + 1) @ with_one(word).t()
        token = self.token(w)
        if self.sector_layers:
            token = torch.cat([token, self.sector(torch.cat(middle, -1))], -1)
        return token, arc, self.rel_dep(w), self.rel_head(wr), pair


def to_onnx(saved: dict, path: Path, int8_rows: bool) -> None:
    model = Plain(saved, int8_rows).eval()
    length, words = 17, 11
    example = (
        torch.randint(1000, 9000, (1, length)),
        torch.ones(1, length, dtype=torch.long),
        torch.randint(1, length, (words,)),
    )
    outputs = ["token", "arc", "rel_dep", "rel_head", "pair"]
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=["ids", "shapes", "first"],
        output_names=outputs,
        opset_version=20,
        dynamo=False,
        dynamic_axes={
            "ids": {1: "length"}, "shapes": {1: "length"}, "first": {0: "words"}, "token": {0: "words"},
            "arc": {0: "words", 1: "heads"}, "rel_dep": {0: "words"}, "rel_head": {0: "heads"}, "pair": {0: "words", 2: "words"},
        },
    )  # fmt: skip


def main() -> None:
    p = argparse.ArgumentParser()
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    saved = torch.load(a.run / "reader.pt", map_location="cpu", weights_only=False)
    a.out.mkdir(parents=True, exist_ok=True)
    to_onnx(saved, a.run / "reader.fp32.onnx", int8_rows=False)
    plain, ready = a.run / "rows8.onnx", a.run / "ready.onnx"
    to_onnx(saved, plain, int8_rows=True)
    quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
    graph = onnx.load(str(ready)).graph
    sizes = {i.name: list(i.dims) for i in graph.initializer}
    d = saved["config"]["hidden_size"]
    inner = ([d, 3 * d], [d, d], [d, 4 * d], [4 * d, d])
    products = [n for n in graph.node if n.op_type in ("MatMul", "Gemm")]
    encoder = [n.name for n in products if len(n.input) > 1 and sizes.get(n.input[1]) in inner]
    print(len(encoder), "encoder products quantised of", len(products))
    quantize_dynamic(
        str(ready),
        str(a.out / "reader.int8.onnx"),
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_quantize=encoder,
        op_types_to_quantize=["MatMul", "Gemm"],
        extra_options={"MatMulConstBOnly": True},
    )
    (a.out / "labels.json").write_text(json.dumps(saved["labels"], indent=0) + "\n", encoding="utf-8")
    state = saved["model"]
    keep = {
        "weight": "rel.weight",
        "bias": "rel.bias",
        "pair_words": "pair_words",
        "pair_sentences": "pair_sentences",
    }
    np.savez(a.out / "tables.npz", **{name: state[key].float().numpy() for name, key in keep.items()})
    shutil.copy(a.base / "tokenizer.json", a.out / "tokenizer.json")
    for name in ("labels.json", "tables.npz", "tokenizer.json"):
        shutil.copy(a.out / name, a.run / name)
    for leftover in (plain, ready):
        leftover.unlink()
    print(
        "int8",
        (a.out / "reader.int8.onnx").stat().st_size >> 10,
        "KiB; fp32",
        (a.run / "reader.fp32.onnx").stat().st_size >> 10,
        "KiB",
    )


if __name__ == "__main__":
    main()
