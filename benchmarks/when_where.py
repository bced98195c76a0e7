"""Score dates, places and counts on coded texts, given the gold triggers.

usage: when_where.py CODED_FOLDER [--split train|dev] [--reader [--model FOLDER]] [--show dates|places|counts] [--limit N]

CODED_FOLDER holds articles.jsonl.gz, briefs.jsonl.gz and written.jsonl.gz. The split rule is that of the corpus: the first
eight hex digits of SHA-256 of the id (a brief: of its day) as a fraction; below 0.60 train, below 0.75 dev.
The test part is never read. Prints one line per field; --show prints the differences, most frequent kind first.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from dragoman.coding import attach, counts, dates, places
from dragoman.coding.words import Words
from dragoman.knowledge import load
from dragoman.knowledge.places import fold, load_gazetteer

FILES = ("articles", "briefs", "written")
SPEECH = {"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}


def split_of(name: str) -> str:
    day = re.match(r"wce-\d{4}-\d\d-\d\d", name)
    key = day.group(0) if day else name
    part = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32
    return "train" if part < 0.60 else "dev" if part < 0.75 else "test"


def read(folder: Path, split: str) -> list[dict[str, Any]]:
    out = []
    for name in FILES:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                # the id stands before the text; a test text is skipped without being parsed
                found = re.search(r'"id": "([^"]+)"', line)
                if found and split_of(found.group(1)) == split:
                    out.append({**json.loads(line), "file": name})
    return out


def blank_reader() -> Any:
    nlp = spacy.blank("en")

    def make(row: dict[str, Any]) -> Doc:
        doc = nlp.make_doc(row["text"])
        starts = {start for start, _ in row["sentences"]}
        for token in doc:
            token.is_sent_start = token.i == 0 or any(
                token.idx <= s < token.idx + len(token) + 1 for s in starts if abs(s - token.idx) < 3
            )
        return doc

    return make


def real_reader(model: str | None) -> Any:
    from dragoman.reader import load_reader

    reader = load_reader(model)
    return lambda row: reader(row["text"])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--split", choices=["train", "dev"], default="train")
    options.add_argument("--show", choices=["dates", "places", "counts"])
    options.add_argument("--limit", type=int, default=40)
    options.add_argument("--reader", action="store_true", help="parse with the trained reader")
    options.add_argument("--model", help="folder of a model other than the package's")
    chosen = options.parse_args()
    make = real_reader(chosen.model) if chosen.reader else blank_reader()
    score: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    gazetteer, knowledge = load_gazetteer(), load()
    spent, length = 0.0, 0
    for row in read(chosen.folder, chosen.split):
        doc = make(row)
        length += len(doc)
        hits = knowledge.scan(row["text"])
        begin = time.perf_counter()
        timexes = dates.find_timexes(doc, row["published"])
        words = Words(doc)
        lead = dates.lead_end(words)
        toponyms = places.find_toponyms(doc, gazetteer, hits=hits)
        spent += time.perf_counter() - begin
        for event in row["events"]:
            start, end = row["sentences"][event["s"]]
            at = row["text"].index(event["trigger"], start)
            trigger = attach.token_range(words, at, at + len(event["trigger"]))
            begin = time.perf_counter()
            when, _ = dates.date_event(
                words,
                trigger,
                timexes,
                row["published"],
                realis=event.get("realis", "actual"),
                is_lead=trigger[0] < lead,
                is_speech_act=event["type"] in SPEECH,
            )
            where, _ = places.place_event(words, trigger, toponyms, is_speech_act=event["type"] in SPEECH)
            many = counts.find_counts(words, trigger, event["type"])
            spent += time.perf_counter() - begin
            context = f"{row['id']} {row['published']} {event['type']} [{event['trigger']}] {row['text'][start:end]}"
            for field, kind, detail in [
                *compare_date(event, when, score),
                *compare_place(event, where, score),
                *compare_counts(event, many, score),
            ]:
                wrong[f"{field}: {kind}"] += 1
                shown.setdefault(f"{field}: {kind}", []).append(f"{detail}\n      {context}")
    report(score)
    print(f"{length} words, {1000 * spent / length * 400:.2f} ms per 400 words")
    for kind, number in wrong.most_common(40):
        print(f"{number:5d}  {kind}")
        if chosen.show and kind.startswith(chosen.show):
            for text in shown[kind][: chosen.limit]:
                print("     ", text.replace("\n\n", " ⏎ "))


def compare_date(event: dict[str, Any], when: Any, score: Counter[str]) -> list[tuple[str, str, str]]:
    gold = event.get("date")
    if not gold:
        return []
    score["date n"] += 1
    want, got = (gold.get("start"), gold.get("end")), (when.start, when.end)
    score["date right"] += want == got
    if gold.get("text"):
        score["date with words n"] += 1
        score["date with words right"] += want == got
    if any(want):
        score["date stated n"] += 1
        score["date stated right"] += want == got
    if any(got):
        score["date given n"] += 1
        score["date given right"] += want == got
    if want == got:
        return []
    basis = "words" if gold.get("text") else "published" if any(want) else "none"
    ours = "words" if when.text else "published" if any(got) else "none"
    return [
        (
            "dates",
            f"gold {basis}, ours {ours}",
            f"gold {gold.get('text')!r} {want} | ours {when.text!r} {got} {when.reason}",
        )
    ]


def compare_place(event: dict[str, Any], where: Any, score: Counter[str]) -> list[tuple[str, str, str]]:
    gold = event.get("place")
    score["place n"] += 1
    want = (gold or {}).get("country")
    got = where.country if where else None
    same_presence = bool(gold) == bool(where)
    score["place country right (none = none)"] += want == got and same_presence
    score["place tp"] += bool(gold and where)
    score["place gold"] += bool(gold)
    score["place ours"] += bool(where)
    if gold and where:
        score["place both"] += 1
        score["place both country"] += want == got
        score["place both name"] += same_name(gold.get("name") or "", where.name)
    if want == got and same_presence and (not gold or same_name(gold.get("name") or "", where.name)):
        return []
    kind = (
        "missed"
        if gold and not where
        else "made up"
        if where and not gold
        else "other country"
        if want != got
        else "other name"
    )
    return [
        (
            "places",
            kind,
            f"gold {gold} | ours {where and (where.name, where.country, where.precision, where.reason)}",
        )
    ]


def same_name(a: str, b: str) -> bool:
    a, b = fold(a), fold(b)
    return bool(a and b) and (a in b or b in a)


def compare_counts(event: dict[str, Any], many: Any, score: Counter[str]) -> list[tuple[str, str, str]]:
    if "counts" not in event:
        return []
    gold = event["counts"] or {}
    out = []
    for kind in sorted(set(gold) | set(many)):
        g, m = gold.get(kind), many.get(kind)
        score["counts gold"] += g is not None
        score["counts ours"] += m is not None
        if g is None or m is None:
            out.append(
                (
                    "counts",
                    f"{kind} " + ("made up" if g is None else "missed"),
                    f"gold {g} | ours {m and (m.low, m.best, m.high, m.text)}",
                )
            )
            continue
        right = (
            number(g.get("best")) == m.best if g.get("best") is not None else number(g.get("low")) == m.low
        )
        whole = all(number(g.get(k)) == getattr(m, k) for k in ("low", "best", "high"))
        score["counts best right"] += right
        score["counts whole right"] += whole
        if not right:
            out.append(("counts", f"{kind} other", f"gold {g} | ours {(m.low, m.best, m.high, m.text)}"))
    return out


def number(value: Any) -> float | None:
    return None if value is None else float(value)


def report(score: Counter[str]) -> None:
    def share(a: str, b: str) -> str:
        return f"{score[a] / score[b]:.3f} ({score[a]}/{score[b]})" if score[b] else "-"

    print("date right", share("date right", "date n"))
    print("  where gold gives words", share("date with words right", "date with words n"))
    print("  where gold gives a day", share("date stated right", "date stated n"))
    print("  of those we give", share("date given right", "date given n"))
    print("place country right, none counted", share("place country right (none = none)", "place n"))
    print("  found", share("place both", "place gold"), " precision", share("place both", "place ours"))
    print(
        "  where both: country",
        share("place both country", "place both"),
        " name",
        share("place both name", "place both"),
    )
    print(
        "counts found and best right",
        share("counts best right", "counts gold"),
        " precision",
        share("counts best right", "counts ours"),
    )
    print("  low, best and high right", share("counts whole right", "counts gold"))


if __name__ == "__main__":
    sys.exit(main())
