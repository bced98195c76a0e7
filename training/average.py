"""Average the weights of runs that began from the same first stage (a "soup": Wortsman et al. 2022).

python training/average.py training/runs/one training/runs/two --out training/runs/release
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("runs", type=Path, nargs="+")
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    saved = [torch.load(run / "reader.pt", weights_only=False) for run in a.runs]
    if any(one["labels"] != saved[0]["labels"] for one in saved):
        raise SystemExit("the runs have other labels: average runs of one first stage")
    first = saved[0]["model"]
    mixed = {
        name: torch.stack([one["model"][name].float() for one in saved]).mean(0).to(value.dtype)
        for name, value in first.items()
    }
    a.out.mkdir(parents=True, exist_ok=True)
    torch.save({**saved[0], "model": mixed}, a.out / "reader.pt")
    shutil.copy(a.runs[0] / "labels.json", a.out / "labels.json")


if __name__ == "__main__":
    main()
