"""How often an actor of the coded texts, its words given, gets the right country, primary sector and name.

    python benchmarks/who.py --split train --errors 60
    python benchmarks/who.py --split development

Each actor, recipient and speaker whose words stand in the text is looked up where they stand (in the
sentence of the trigger or cue, else nearest to it) and compared with the coded record. Equal words on one
side of one event are one question. Only the training part prints its errors.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman import knowledge
from dragoman.coding.actors import Actors
from dragoman.coding.mentions import Mention
from dragoman.coding.names import name_parts
from dragoman.records import Document

FILES = ("articles", "briefs", "written")
AGREEING_NAME = 0.5  # share of common words from which two names count as one


def texts(folder: Path, split: str, splits: Path, files: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    wanted = json.loads(splits.read_text())["splits"]
    for file in files:
        with gzip.open(folder / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if wanted.get(row["id"]) == split:
                    yield {**row, "file": file}


def questions(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One question for each side and words of an event or statement."""
    for record in (*row["events"], *row["statements"]):
        for side in ("actors", "recipients", "speakers"):
            asked: dict[str, dict[str, Any]] = {}
            for actor in record.get(side) or ():
                words = actor.get("text")
                if not words:
                    continue
                question = asked.setdefault(
                    words,
                    {
                        "side": side,
                        "s": record["s"],
                        "text": words,
                        "countries": set(),
                        "sectors": set(),
                        "name": actor.get("name"),
                    },
                )
                question["countries"] |= set(actor.get("country") or ())
                question["sectors"] |= set((actor.get("sectors") or ())[:1])
            yield from asked.values()


def place_of(row: dict[str, Any], question: dict[str, Any]) -> int | None:
    """Where the words stand: in the sentence itself, else nearest to it."""
    start, end = row["sentences"][question["s"]][:2]
    words = re.compile(rf"(?<!\w){re.escape(question['text'])}(?!\w)")
    inside = words.search(row["text"], start, end)
    if inside is not None:
        return inside.start()
    found = [match.start() for match in words.finditer(row["text"])]
    return min(found, key=lambda place: abs(place - start), default=None)


def mention_for(actors: Actors, start: int, end: int) -> Mention | None:
    """The mention of the words: that of the token whose head lies outside them."""
    tree = actors.tree
    first, stop = tree.tokens_between(start, end)
    tops = [
        token
        for token in range(first, stop)
        if not first <= tree.head[token] < stop or tree.head[token] == token
    ]
    heads = {mention.head: mention for mention in actors.mentions}
    for token in tops:
        if token in heads:
            return heads[token]
    for token in range(stop - 1, first - 1, -1):
        if token in heads:
            return heads[token]
    return actors.mention_at(first)


def same_name(ours: str, gold: str) -> bool:
    a, b = set(name_parts(ours)), set(name_parts(gold))
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= AGREEING_NAME


def load_model(path: str | None) -> Any:
    if path:
        import spacy

        return spacy.load(path)
    from dragoman.reader import load_reader

    return load_reader()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data/coded"))
    parser.add_argument("--splits", type=Path, default=Path("corpus/splits.json"))
    parser.add_argument("--split", choices=("train", "development"), default="train")
    parser.add_argument("--files", nargs="+", default=list(FILES))
    parser.add_argument("--model", help="a spaCy pipeline to read with instead of the package's reader")
    parser.add_argument(
        "--limit", type=int, default=0, help="read only every n-th text, so that about this many are read"
    )
    parser.add_argument("--errors", type=int, default=0, help="print this many errors (training part only)")
    parser.add_argument("--show", default="country", choices=("country", "sector", "name"))
    parser.add_argument("--only", default="", help="print errors of this way of resolving only")
    args = parser.parse_args()
    nlp, tables = load_model(args.model), knowledge.load()
    rows = list(texts(args.data, args.split, args.splits, tuple(args.files)))
    if args.limit:
        rows = rows[:: max(1, len(rows) // args.limit)]
    right: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    errors, spent, words = [], 0.0, 0
    for row in rows:
        published = row.get("published") or None
        document = Document(
            id=row["id"], text=row["text"], title=row.get("title") or None, published=published
        )
        doc = nlp(row["text"])
        began = time.process_time()
        actors = Actors(doc, document, tables)
        actors.entities()
        spent += time.process_time() - began
        words += len(row["text"].split())
        for question in questions(row):
            place = place_of(row, question)
            if place is None:
                continue
            mention = mention_for(actors, place, place + len(question["text"]))
            found = [actor for actor, _ in actors.actors_of(mention)] if mention is not None else []
            if mention is not None and len(found) > 1 and len(question["countries"]) < 2 and mention.members:
                found = [actor for actor, _ in actors.actors_of(mention, whole_list=False)]
            codes = {code for actor in found for code in actor.country}
            sectors = {actor.sectors[0] for actor in found if actor.sectors}
            by = found[0].resolved_by or "none" if found else "no mention"
            reasons = [
                reason for _, why in (actors.actors_of(mention)[:1] if mention else ()) for reason in why
            ]
            if any(reason.by == "setting" for reason in reasons):
                by += "/setting"
            marks = {
                "country": codes == question["countries"],
                "sector": sectors == question["sectors"],
                "name": any(same_name(actor.name, question["name"] or "") for actor in found),
            }
            form = mention.form if mention is not None else "none"
            for key in (
                ("all", ""),
                ("file", row["file"]),
                ("side", question["side"]),
                ("form", form),
                ("by", by),
                ("form+by", f"{form} {by}"),
            ):
                right[key]["n"] += 1
                for field, mark in marks.items():
                    right[key][field] += mark
            if not marks[args.show] and args.only in f"{form} {by}":
                errors.append((row["id"], question, mention, found, by))
    for (group, key), count in sorted(right.items()):
        n = count["n"]
        shares = "  ".join(f"{field} {count[field] / n:.3f}" for field in ("country", "sector", "name"))
        print(f"{group:8} {key:34} n={n:5}  {shares}")
    print(f"{spent / max(1, words) * 400 * 1000:.1f} ms of processor time for 400 words, parse excluded")
    if args.errors and args.split == "train":
        step = max(1, len(errors) // args.errors)
        for identifier, question, mention, found, by in errors[::step]:
            ours = [(actor.name, *actor.country, *actor.sectors) for actor in found]
            gold = (question["name"], *sorted(question["countries"]), *sorted(question["sectors"]))
            words_read = mention.span.text if mention else None
            print(
                f"- {identifier} s{question['s']} {question['text']!r}: {gold} | {by} {words_read!r} {ours}"
            )


if __name__ == "__main__":
    main()
