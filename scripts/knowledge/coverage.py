"""What the tables know and what they do not: holders of chief offices by year, states without any."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

YEARS = (2001, 2006, 2011, 2016, 2019, 2021, 2023, 2024, 2025, 2026)
OFFICES = (
    "president",
    "prime minister",
    "monarch",
    "foreign minister",
    "defence minister",
    "interior minister",
)
HEADS = ("president", "prime minister", "monarch", "supreme leader", "head")


def print_offices(built: Iterable[Mapping[str, str]], hand: Path) -> None:
    """Print, for 1 July of some years, how many of the states with any row have a known holder, and who has no head."""
    with (hand / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = [*built, *csv.DictReader(file)]
    states = sorted({row["country"] for row in rows if len(row["country"]) == 3})
    print(f"\nstates with any term: {len(states)}; holder known on 1 July of")
    print(" " * 20 + "".join(f"{year:>6}" for year in YEARS))
    known: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in rows:
        for year in YEARS:
            day = f"{year}-07-01"
            if (not row["start"] or row["start"] <= day) and (not row["end"] or day <= row["end"]):
                known[row["office_key"], year].add(row["country"])
    for office in OFFICES:
        print(f"{office:20}" + "".join(f"{len(known[office, year]):6}" for year in YEARS))
    for year in YEARS:
        without = [state for state in states if not any(state in known[office, year] for office in HEADS)]
        print(f"no head known {year}: {len(without):3}  {' '.join(without)}")
