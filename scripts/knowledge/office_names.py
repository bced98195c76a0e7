"""What an office is from its English title: key and sectors, by the patterns of office_names.toml."""

import re
import tomllib
from pathlib import Path

_TABLE = tomllib.loads(Path(__file__).with_name("office_names.toml").read_text("utf-8"))
PATTERNS = [
    (re.compile(row["pattern"], re.IGNORECASE), row["key"], row["sectors"]) for row in _TABLE["office"]
]
# One person at a time in a state: an open term ends where the next one begins.
SINGLE_SEATS = frozenset(
    {
        "president", "prime minister", "foreign minister", "defence minister", "interior minister",
        "finance minister", "justice minister", "monarch", "supreme leader", "head", "governor general",
    }
)  # fmt: skip


def office_of(title: str) -> tuple[str, str]:
    """(office_key, sectors) of an office title; ("", "GOV") where no pattern fits."""
    plain = title.strip()
    return next(((key, sectors) for pattern, key, sectors in PATTERNS if pattern.search(plain)), ("", "GOV"))
