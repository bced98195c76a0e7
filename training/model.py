"""The multi-task reader: one encoder, one token-level layer, arcs, relations and pair scores.

hidden h: (batch, words, 384), the encoder's state at each word's first subword.
  token   one linear layer for all token-level heads (tags, sentence starts, names, triggers, status, modes, contexts, cues)
  arc     biaffine 256 (Dozat & Manning 2017); column 0 is the root
  rel     a small perceptron over dependent and head: GELU(A d + B h) -> relations. It needs the chosen head only, so the
          tree can be decoded outside the graph and the relations of the mended tree read afterwards at no cost
  pair    biaffine 128 between an anchor (trigger or cue) and every word, one sheet a label, plus a learned prior of how
          many words and sentences apart the two stand (absolute positions alone teach that slowly on few texts)
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from dragoman.reader.distance import SENTENCE_STEPS, WORD_STEPS, sentence_steps, word_steps
from dragoman.reader.encoding import SHAPES

ARC, REL, PAIR = 256, 256, 128
COREFERENCE = "coref"  # the pair label whose anchors are mentions, not triggers or cues
# Signs of the BERT vocabulary (padding, start, separator, mask) in MPNet's; every other subword stands four places on.
MPNET_SIGNS, MPNET_OFFSET = {0: 1, 101: 0, 102: 2, 103: 30526}, 4
IGNORE = -100


def with_one(x: torch.Tensor) -> torch.Tensor:
    return torch.cat([x, x.new_ones(x.shape[:-1] + (1,))], -1)


class Reader(nn.Module):
    def __init__(
        self, encoder: nn.Module, hidden: int, slices: dict, relations: int, pairs: int, drop: float = 0.25
    ):
        super().__init__()
        self.encoder, self.slices = encoder, slices
        self.case = nn.Embedding(SHAPES, hidden)
        nn.init.zeros_(self.case.weight)
        self.drop = nn.Dropout(drop)
        self.root = nn.Parameter(torch.zeros(hidden))
        self.token = nn.Linear(hidden, max(b for _, b in slices.values()))
        mlp = lambda size: nn.Sequential(nn.Linear(hidden, size), nn.GELU(), nn.Dropout(drop))  # noqa: E731
        self.arc_dep, self.arc_head = mlp(ARC), mlp(ARC)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC + 1) / ARC)
        self.rel_dep, self.rel_head = nn.Linear(hidden, REL), nn.Linear(hidden, REL)
        self.rel = nn.Linear(REL, relations)
        self.pair_anchor, self.pair_word = mlp(PAIR), mlp(PAIR)
        self.pair = nn.Parameter(torch.randn(pairs, PAIR + 1, PAIR + 1) / PAIR / 4)
        self.pair_words = nn.Parameter(torch.zeros(WORD_STEPS, pairs))
        self.pair_sentences = nn.Parameter(torch.zeros(SENTENCE_STEPS, pairs))

    def hidden(self, ids, mask, shapes, first):
        embedded = self.encoder.embeddings.word_embeddings(self.own_ids(ids)) + self.case(shapes)
        state = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return torch.gather(state, 1, first.unsqueeze(-1).expand(-1, -1, state.shape[-1]))

    def own_ids(self, ids):
        """Subwords of the BERT vocabulary as the encoder's own (a teacher's may be MPNet's, of the same subwords)."""
        if self.encoder.config.model_type != "mpnet":
            return ids
        own = ids + MPNET_OFFSET
        for sign, place in MPNET_SIGNS.items():
            own = own.masked_fill(ids == sign, place)
        return own

    def arcs(self, w, wr, allowed):
        """(batch, words, words + 1) scores; what is not allowed (another sentence, padding) is far below zero."""
        scores = (
            with_one(self.arc_dep(w)) @ self.arc.to(w.dtype) @ with_one(self.arc_head(wr)).transpose(1, 2)
        )
        return scores.float().masked_fill(~allowed, -1e4)

    def relations(self, w, wr, heads):
        dep, head = self.rel_dep(w), self.rel_head(wr)
        chosen = torch.gather(head, 1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return self.rel(self.drop(F.gelu(dep + chosen)))

    def pairs(self, w, batch_index, anchor_index, sentence, labels: list[int]):
        """(anchors, labels, words) scores. sentence: (batch, words) number of each word's sentence."""
        anchors = with_one(self.pair_anchor(w[batch_index, anchor_index]))
        words = with_one(self.pair_word(w))[batch_index]
        left = torch.einsum("ai,lij->alj", anchors, self.pair[labels].to(w.dtype))
        scores = torch.einsum("alj,awj->alw", left, words).float()
        far = torch.from_numpy(word_steps(w.shape[1]))[anchor_index]
        apart = torch.from_numpy(sentence_steps(sentence.numpy()))[batch_index, anchor_index]
        prior = self.pair_words[:, labels][far] + self.pair_sentences[:, labels][apart]
        return scores + prior.transpose(1, 2)


def keep_layers(encoder: nn.Module, layers: int) -> None:
    """Cut an encoder down to its first layers."""
    encoder.encoder.layer = encoder.encoder.layer[:layers]
    encoder.config.num_hidden_layers = layers


def collate(rows: list[dict]) -> dict[str, torch.Tensor]:
    length, words = max(len(r["ids"]) for r in rows), max(r["n"] for r in rows)
    size = len(rows)
    out = {k: torch.zeros(size, length, dtype=torch.long) for k in ("ids", "shapes", "mask")}
    out["first"] = torch.zeros(size, words, dtype=torch.long)
    out["sentence"] = torch.full((size, words), -1)
    keys = (
        "upos",
        "start",
        "names",
        "types",
        "realis",
        "polarity",
        "certainty",
        "cue",
        "inside",
        "head",
        "rel",
    )
    for key in keys:
        out[key] = torch.full((size, words), IGNORE)
    for i, row in enumerate(rows):
        n = len(row["ids"])
        out["ids"][i, :n] = torch.tensor(row["ids"])
        out["shapes"][i, :n] = torch.tensor(row["shapes"])
        out["mask"][i, :n] = 1
        out["first"][i, : row["n"]] = torch.tensor(row["first"])
        out["sentence"][i, : row["n"]] = torch.from_numpy(row["sentence"])
        for key in keys:
            out[key][i, : row["n"]] = torch.from_numpy(row[key])
    same = out["sentence"].unsqueeze(2) == out["sentence"].unsqueeze(1)
    real = (out["sentence"] >= 0).unsqueeze(1)
    out["allowed"] = torch.cat([torch.ones(size, words, 1, dtype=torch.bool), same & real], 2)
    return out


def cross_entropy(scores, gold, smoothing: float = 0.0):
    if (gold != IGNORE).sum() == 0:
        return scores.sum() * 0.0
    return F.cross_entropy(
        scores.float().flatten(0, -2), gold.flatten(), ignore_index=IGNORE, label_smoothing=smoothing
    )


def losses(
    model: Reader, rows: list[dict], pair_labels: list[str], mode_names: list[str]
) -> dict[str, torch.Tensor]:
    """Loss of each head over one batch; heads without labels here are left out."""
    x = collate(rows)
    w = model.drop(model.hidden(x["ids"], x["mask"], x["shapes"], x["first"]))
    token = model.token(w)
    at = lambda name: token[..., slice(*model.slices[name])]  # noqa: E731
    out = {}
    if (x["head"] != IGNORE).any():
        wr = torch.cat([model.root.to(w.dtype).expand(w.shape[0], 1, -1), w], 1)
        out["upos"] = cross_entropy(at("upos"), x["upos"])
        out["start"] = cross_entropy(at("start"), x["start"])
        out["arc"] = cross_entropy(model.arcs(w, wr, x["allowed"]), x["head"])
        out["rel"] = cross_entropy(model.relations(w, wr, x["head"].clamp(min=0)), x["rel"])
    if (x["names"] != IGNORE).any():
        out["names"] = cross_entropy(at("names"), x["names"])
    if any(row["coded"] for row in rows):
        out["types"] = cross_entropy(at("types"), x["types"])
        out["cue"] = cross_entropy(at("cue"), x["cue"])
        out["inside"] = cross_entropy(at("inside"), x["inside"])
        for key in ("realis", "polarity", "certainty"):
            out[key] = cross_entropy(at(key), x[key])
        out.update(_multi_label(at("modes"), at("contexts"), rows, mode_names))
    out.update(_pairs(model, w, rows, pair_labels, x))
    if any("soft" in row for row in rows):
        out.update(_soft(model, w, token, rows, pair_labels, x))
    return out


def _multi_label(modes, contexts, rows, mode_names):
    where, gold, allowed, context_gold = [], [], [], []
    for i, row in enumerate(rows):
        if not row["coded"]:
            continue
        for (word, kind, right), (_, right_contexts) in zip(row["modes"], row["contexts"], strict=True):
            where.append((i, word))
            line = torch.zeros(len(mode_names))
            line[right] = 1
            gold.append(line)
            allowed.append(torch.tensor([name.startswith(kind + "/") for name in mode_names]))
            line = torch.zeros(contexts.shape[-1])
            line[right_contexts] = 1
            context_gold.append(line)
    if not where:
        return {}
    b, k = torch.tensor(where).T
    mask = torch.stack(allowed).float()
    loss = F.binary_cross_entropy_with_logits(modes[b, k].float(), torch.stack(gold), reduction="none")
    mode_loss = (loss * mask).sum() / mask.sum().clamp(min=1)
    context_loss = F.binary_cross_entropy_with_logits(contexts[b, k].float(), torch.stack(context_gold))
    return {"modes": mode_loss, "contexts": context_loss}


def _pairs(model, w, rows, labels, x):
    """Loss of roles (anchors are triggers and cues) and of coreference (anchors are mentions), apart."""
    out = {}
    for name, mine in (
        ("pair", [i for i, label in enumerate(labels) if label != COREFERENCE]),
        (COREFERENCE, [i for i, label in enumerate(labels) if label == COREFERENCE]),
    ):
        own = {labels[i] for i in mine}
        where = [
            (i, anchor) for i, row in enumerate(rows) for anchor in row["anchors"] if own & set(anchor[1])
        ]
        if not where:
            continue
        b = torch.tensor([i for i, _ in where])
        scores = model.pairs(w, b, torch.tensor([anchor[0] for _, anchor in where]), x["sentence"], mine)
        gold, mask = torch.zeros_like(scores), torch.zeros_like(scores)
        real = (x["sentence"][b] >= 0).float()
        for i, (_, (_, known, roles)) in enumerate(where):
            for j, label in enumerate(labels[k] for k in mine):
                if label in known:
                    mask[i, j] = real[i]
                    if roles.get(label):
                        gold[i, j, roles[label]] = 1
        loss = F.binary_cross_entropy_with_logits(
            scores, gold, reduction="none", pos_weight=torch.tensor(2.0)
        )
        out[name] = (loss * mask).sum() / mask.sum().clamp(min=1)
    return out


# --- soft labels of a teacher ----------------------------------------------------------------------------------------


def _soft(model, w, token, rows, labels, x):
    """Cross-entropy with a larger encoder's probabilities on open texts (`soft.py`); the same heads, the same weights.

    Status counts where the teacher sees an act, by its probability of one. Modes and contexts are left out: the larger
    encoder, which saw less of the coded texts, is worse at them (README.md).
    """
    where = [(i, row["soft"]) for i, row in enumerate(rows) if "soft" in row]
    n = max(len(soft["token"]) for _, soft in where)
    b = torch.tensor([i for i, _ in where])
    teacher = torch.zeros(len(where), n, token.shape[-1])
    real = torch.zeros(len(where), n)
    for k, (_, soft) in enumerate(where):
        teacher[k, : len(soft["token"])] = torch.from_numpy(soft["token"]).float()
        real[k, : len(soft["token"])] = 1
    student = token[b, :n].float()
    at = lambda scores, name: scores[..., slice(*model.slices[name])]  # noqa: E731

    def mean(loss, weight):
        return (loss * weight).sum() / weight.sum().clamp(min=1)

    def against(name):
        return -(at(teacher, name).softmax(-1) * at(student, name).log_softmax(-1)).sum(-1)

    out = {name: mean(against(name), real) for name in ("types", "cue", "inside")}
    act = real * (1 - at(teacher, "types").softmax(-1)[..., 0])
    act = torch.where(act > 0.3, act, torch.zeros_like(act))
    out |= {name: mean(against(name), act) for name in ("realis", "polarity", "certainty")}
    mine = [i for i, label in enumerate(labels) if label != COREFERENCE]
    anchors = [(i, anchor) for i, soft in where for anchor in soft["anchors"]]
    if anchors:
        rows_of = torch.tensor([i for i, _ in anchors])
        scores = model.pairs(w, rows_of, torch.tensor([a[0] for _, a in anchors]), x["sentence"], mine)
        goal, mask = torch.zeros_like(scores), torch.zeros_like(scores)
        for k, (_, (_, probabilities, known)) in enumerate(anchors):
            goal[k, :, : probabilities.shape[1]] = torch.from_numpy(probabilities[mine]).float()
            mask[k, :, : probabilities.shape[1]] = torch.from_numpy(known[mine]).float()
        loss = F.binary_cross_entropy_with_logits(scores, goal, reduction="none")
        out["pair"] = (loss * mask).sum() / mask.sum().clamp(min=1)
    return {f"soft {name}": value for name, value in out.items()}
