"""How far the tables alone name the country of gold mentions: `text` of actors, recipients, speakers against `country`.

    python benchmarks/knowledge_coverage.py --split train --errors 40

A mention is looked up alone, without its article: names by `scan` (last hit that names a country, person on the day of
publication), then as a person. It is a floor for the coder and a list of holes for the tables, not a score of the coder.
Prints shares and the most frequent mentions that were missed or wrong; never the test part.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dragoman import knowledge

CODED = Path(__file__).resolve().parent.parent.parent / "shared/data/coded"
BOUNDS = {"train": (0.0, 0.60), "dev": (0.60, 0.75)}


def mentions(folder: Path, split: str) -> Iterator[tuple[str, set[str], list[str], date | None]]:
    """Yield (mention, countries, sectors, publication day) of every side and speaker of the split."""
    low, high = BOUNDS[split]
    for file in ("articles", "written", "briefs"):
        with gzip.open(folder / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                key = row["id"] if file != "briefs" else f"wce-{row['published'][:10]}"
                fraction = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32
                if not low <= fraction < high:
                    continue
                day = date.fromisoformat(row["published"][:10]) if len(row["published"] or "") >= 10 else None
                sides = [
                    side
                    for event in row["events"]
                    for part in ("actors", "recipients")
                    for side in event[part]
                ]
                sides += [
                    side
                    for one in row["statements"]
                    for side in one.get("speakers", [])
                    if isinstance(side, dict)
                ]
                for side in sides:
                    if side.get("text"):
                        countries = set(side.get("country") or [])
                        yield side["text"], countries, side.get("sectors") or [], day


def countries_of(base: knowledge.Knowledge, text: str, day: date | None) -> set[str] | None:
    """The countries that the tables name for a mention by itself; None if they know nothing in it."""
    hits = [hit for hit in base.scan(text) if hit.compound is None]
    for hit in hits:
        if hit.entries[0].kind == "person":
            found = base.person(hit.text, on=day)
            if found:
                return set(found[0].country)
    named = [set(hit.entries[0].country) for hit in hits]
    if named:
        return named[0] if len(named) == 1 or " and " not in text else set().union(*named)
    words = text.removesuffix("'s").split()
    last = words[-1] if words else ""
    if last[:1].isupper() and (len(words) == 1 or base.role(" ".join(words[:-1])) is not None):
        role = base.role(" ".join(words[:-1])) if len(words) > 1 else None
        found = base.person(last, on=day, title=role.office_key if role else None)
        if found and found[0].score >= SUREST_LAST_NAME:
            return set(found[0].country)
    return None


# A lone last name counts if it is that of a chief holder of office on the day.
SUREST_LAST_NAME = 0.9


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--coded", type=Path, default=CODED)
    parser.add_argument("--split", choices=sorted(BOUNDS), default="train")
    parser.add_argument("--errors", type=int, default=30, help="how many frequent mentions to print")
    options = parser.parse_args()
    base = knowledge.load()
    count: Counter[str] = Counter()
    wrong: Counter[tuple[str, str, str]] = Counter()
    silent: Counter[tuple[str, str]] = Counter()
    sector: Counter[tuple[str, ...]] = Counter()
    for text, gold, sectors, day in mentions(options.coded, options.split):
        capital = any(word[:1].isupper() for word in text.split()[1:]) or (
            text[:1].isupper() and len(text.split()) == 1
        )
        count["mentions"] += 1
        count["with a capital"] += capital
        role = base.body(text) or base.role(text)
        if role is not None and sectors:
            count["role or body known"] += 1
            count["primary sector right"] += role.sectors[:1] == (sectors[0],)
            if role.sectors[:1] != (sectors[0],):
                sector[text.split(",")[0], sectors[0], " ".join(role.sectors), role.key] += 1
        found = countries_of(base, text, day)
        if found is None:
            count["silent"] += 1
            count["silent, with a capital"] += capital
            if capital:
                silent[text, " ".join(sorted(gold))] += 1
            continue
        count["right" if found == gold else "wrong"] += 1
        if found != gold:
            wrong[text, " ".join(sorted(gold)), " ".join(sorted(found))] += 1
    for key in sorted(count):
        print(f"{key:26} {count[key]:6,}")
    said = count["right"] + count["wrong"]
    print(f"{'precision where it speaks':26} {count['right'] / max(said, 1):6.3f}")
    if options.split == "train":
        print("\nwrong (mention, gold, found)")
        for key, number in wrong.most_common(options.errors):
            print(f"{number:4} {key}")
        print("\nsector (mention, gold, table, row)")
        for row, number in sector.most_common(options.errors):
            print(f"{number:4} {row}")
        print("\nsilent though capitalised (mention, gold)")
        for pair, number in silent.most_common(options.errors):
            print(f"{number:4} {pair}")


if __name__ == "__main__":
    main()
