"""The sample articles: ten invented news stories, as a site would give them, with hand-made gold records.

The happenings are invented, the states are real. `gold.jsonl` has the gold form of the evaluation; its texts
are the articles as intake leaves them: no dateline, byline, caption, related link or sign-off.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One article. text: as a site would give it; published: ISO day; region: of the happening, or `none`."""

    id: str
    path: Path
    text: str
    published: str
    publisher: str
    region: str


def samples() -> tuple[Sample, ...]:
    """The articles in the order of their numbers."""
    folder = _folder()
    table = tomllib.loads((folder / "samples.toml").read_text(encoding="utf-8"))
    return tuple(
        Sample(
            id=row["id"],
            path=folder / row["file"],
            text=(folder / row["file"]).read_text(encoding="utf-8"),
            published=row["published"],
            publisher=row["publisher"],
            region=row["region"],
        )
        for row in table["sample"]
    )


def gold_path() -> Path:
    """The gold records of the articles, one document a line."""
    return _folder() / "gold.jsonl"


def _folder() -> Path:
    # Real paths, because coding and evaluating open files; the package is never run from a zip.
    return Path(str(files(__name__)))


__all__ = ["Sample", "gold_path", "samples"]
