"""CAMEO from its tables: every code with its name, root, quadrants and Goldstein value."""

from pathlib import Path

from dragoman.codebook.entries import CameoEntry
from dragoman.codebook.tables import Faults, read_csv

FILES = ("cameo/roots.csv", "cameo/codes.csv")


def read_cameo(data: Path, faults: Faults) -> dict[str, CameoEntry]:
    """Read the tables under `data/cameo`, in the order of the codes; what is wrong goes into `faults`."""
    folder = data / "cameo"
    quads: dict[str, tuple[int, int]] = {}
    columns = ("root", "name", "quad", "quad_phoenix", "source")
    for row in read_csv(folder / "roots.csv", columns, ("root",), faults):
        quad = row.number("quad", low=1, high=4)
        quads[row.text("root")] = int(quad), int(row.number("quad_phoenix", low=0, high=4))
    codes = {}
    for row in read_csv(
        folder / "codes.csv", ("code", "name", "root", "goldstein", "source"), ("code",), faults
    ):
        code, root = row.text("code"), row.choice("root", quads)
        if not (code.isdigit() and 2 <= len(code) <= 4 and code.startswith(root)):
            faults.add(row.where, f"'code' is {code!r}", "Write two to four digits that begin with the root")
        quad, quad_phoenix = quads.get(root, (0, 0))
        codes[code] = CameoEntry(
            code=code,
            name=row.text("name"),
            root=root,
            quad=quad,
            quad_phoenix=quad_phoenix,
            goldstein=row.number("goldstein"),
            source=row.text("source"),
        )
    return codes
