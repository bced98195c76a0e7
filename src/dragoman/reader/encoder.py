"""The shipped model: an int8 ONNX graph, its labels and its tokenizer, run one window a call."""

import hashlib
import json
import os
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ModelError
from dragoman.reader.distance import PairScores
from dragoman.reader.encoding import Encoded, join_subwords, subwords_of

MODEL = Path(__file__).parent / "model"
ROWS_AT_ONCE = 32  # of `gelu`: what stays in the processor's cache is done in a third of the time
MOST_WORDS = 50_000  # whose subwords are remembered: about 10 MB
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """Raw scores (log-odds) of one window of W words.

    token: (W, columns of all token heads). arc: (W, W + 1), column 0 the root.
    rel_dep: (W, 256) and rel_head: (W + 1, 256), joined by `Encoder.relations`. pair: (W anchors, labels, W words),
    without the prior of distance, which `Encoder.pairs` adds.
    """

    token: Floats
    arc: Floats
    rel_dep: Floats
    rel_head: Floats
    pair: Floats


class Encoder:
    """Holds the session. `seconds` counts the time spent inside the encoder, `calls` the windows read."""

    def __init__(self, folder: Path = MODEL, *, threads: int = 1, graph: str = "reader.int8.onnx") -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # tokenizers brings a network client that we never call
        import onnxruntime
        from tokenizers import Tokenizer

        path = folder / graph
        try:
            self.labels: dict[str, list[str]] = json.loads(
                (folder / "labels.json").read_text(encoding="utf-8")
            )
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._tokenizer.no_padding()
            self._tokenizer.no_truncation()
            with np.load(folder / "tables.npz") as table:
                self._rel_weight: Floats = table["weight"].astype(np.float32).T.copy()
                self._rel_bias: Floats = table["bias"].astype(np.float32)
                self._pair_words: Floats = table["pair_words"].astype(np.float32)
                self._pair_sentences: Floats = table["pair_sentences"].astype(np.float32)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"the model cannot be loaded ({error})",
                where=str(path.name),
                do="Install dragoman again; `dragoman doctor` checks the files",
            ) from error
        self.path = path
        self.columns = _columns(self.labels)
        self._known: dict[str, tuple[int, ...]] = {}
        self.seconds, self.calls = 0.0, 0

    @property
    def hash(self) -> str:
        """First 16 hex digits of SHA-256 over graph, labels and tokenizer."""
        digest = hashlib.sha256()
        for name in (self.path.name, "labels.json", "tables.npz", "tokenizer.json"):
            digest.update((self.path.parent / name).read_bytes())
        return digest.hexdigest()[:16]

    def sizes(self, words: Sequence[str]) -> list[int]:
        """Subwords of each word."""
        return [len(own) for own in self._subwords(words)]

    def encode(self, words: Sequence[str], breaks: Collection[int]) -> Encoded:
        """Input of one window."""
        return join_subwords(words, self._subwords(words), breaks)

    def _subwords(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Subwords of each word; each word is split once."""
        if len(self._known) > MOST_WORDS:
            self._known.clear()
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        self._known.update(zip(new, subwords_of(new, self._tokenizer), strict=True))
        return [self._known[word] for word in words]

    def read(self, encoded: Encoded) -> Scores:
        """Run the encoder once. Raises ModelError if a score is not finite."""
        feed = {
            "ids": np.asarray([encoded.ids], dtype=np.int64),
            "shapes": np.asarray([encoded.shapes], dtype=np.int64),
            "first": np.asarray(encoded.first, dtype=np.int64),
        }
        began = time.perf_counter()
        token, arc, dep, head, pair = self._session.run(["token", "arc", "rel_dep", "rel_head", "pair"], feed)
        self.seconds += time.perf_counter() - began
        self.calls += 1
        if not (np.isfinite(token).all() and np.isfinite(arc).all()):
            raise ModelError(
                "the encoder answered with a value that is not finite",
                where=self.path.name,
                do="Run `dragoman doctor`",
            )
        return Scores(token, arc, dep, head, pair)

    def relations(self, scores: Scores, heads: NDArray[np.int64]) -> Floats:
        """Relation scores (W, relations) for chosen heads (W,), 0 the root, i + 1 word i."""
        joined = scores.rel_dep + scores.rel_head[heads]
        for first in range(0, len(joined), ROWS_AT_ONCE):
            few = joined[first : first + ROWS_AT_ONCE]
            few[:] = gelu(few)
        return np.asarray(joined @ self._rel_weight + self._rel_bias, dtype=np.float32)

    def pairs(self, scores: Scores, sentence: NDArray[np.int64]) -> PairScores:
        """Pair scores with the prior of distance. sentence: (W,) number of each word's."""
        return PairScores(scores.pair, self._pair_words, self._pair_sentences, sentence)


def gelu(x: Floats) -> Floats:
    """GELU by the error function's rational approximation (Abramowitz & Stegun 7.1.26, error < 1.5e-7)."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1.0 / (1.0 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1.0 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1.0 + erf), dtype=np.float32)


def _columns(labels: dict[str, list[str]]) -> dict[str, slice]:
    """Columns of each token head in `Scores.token`, in the order of labels.json."""
    out: dict[str, slice] = {}
    at = 0
    for head, names in labels.items():
        if head in ("rels", "pairs"):
            continue
        out[head] = slice(at, at + len(names))
        at += len(names)
    return out
