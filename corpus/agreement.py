"""How well two blind codings of the same texts agree, layer by layer.

    python corpus/agreement.py                          every group of second codings
    python corpus/agreement.py --batch e0 --list        one of them, with each difference
    python corpus/agreement.py --first FILE.jsonl       first codings as they were before mends (gold rows), for texts in it

F1 and shares are those of `dragoman evaluate`, the first coding taken as gold; what it marks optional is left out.
Krippendorff's alpha (nominal, two coders, no missing values) is over acts that both found: 1 is agreement, 0 chance.
"""

import argparse
import collections
import json
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from dragoman.evaluation.annotation import GoldDocument
from dragoman.evaluation.corpus import load
from dragoman.evaluation.gold import load as load_gold
from dragoman.evaluation.match import match
from dragoman.evaluation.render import listing
from dragoman.evaluation.scores import kind_of, score

HERE = Path(__file__).resolve().parent
TEXTS = HERE.parent.parent / "shared/data/text"
SHOWN = (
    ("detection", "triggers"),
    ("typed", "typed events"),
    ("whole", "whole records"),
    ("actor country", "actor's country"),
    ("recipient country", "recipient's country"),
    ("modes", "modes"),
    ("contexts", "contexts"),
    ("date", "date"),
    ("place country", "place's country"),
    ("attribution", "attribution"),
    ("statements", "statements"),
    ("content", "content ≥ 0.8"),
    ("speaker name", "speaker's name"),
    ("chain", "chain of sources"),
    ("stance", "stance"),
)
CODED = ("type", "polarity", "realis", "certainty")


def alpha(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha for nominal values of two coders; null where every value is the same."""
    values = collections.Counter(value for pair in pairs for value in pair)
    n = sum(values.values())
    expected = 1 - sum(count * (count - 1) for count in values.values()) / (n * (n - 1)) if n > 1 else 0.0
    if expected == 0:
        return None
    observed = sum(one != other for one, other in pairs) / len(pairs)
    return 1 - observed / expected


Stance = tuple[str, int, str, str]
"""Text, number of the statement, target in lower case, value."""


def stances(documents: Iterable[GoldDocument]) -> set[Stance]:
    """The sides that statements take."""
    return {
        (document.id, said.number, side.target.casefold(), side.value)
        for document in documents
        for said in document.statements
        for side in said.stance
    }


def second_stances(path: Path) -> set[Stance]:
    """Stances coded a second time, blind, for the statements of the first coding: id, number, target, value by tabs."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return {(row[0], int(row[1]), row[2].casefold(), row[3]) for row in rows}


def report(name: str, first: Sequence[GoldDocument], second: Sequence[GoldDocument], *, every: bool) -> None:
    """Print one group."""
    result = score(first, second, resamples=200)
    print(f"## {name}: {len(first)} texts")
    for key, label in SHOWN:
        figure = result.figures[key]
        if figure.value is not None:
            print(f"  {label:<22}{figure.value:6.3f}   [{figure.low:.2f}, {figure.high:.2f}]  n {figure.n}")
    shared = [pair for one, other in zip(first, second, strict=True) for pair in match(one, other).events]
    required = [(one, other) for one, other in shared if not one.optional]
    for field in CODED:
        value = alpha([(getattr(one, field), getattr(other, field)) for one, other in required])
        print(
            f"  alpha of {field:<13}"
            + ("  –" if value is None else f"{value:6.3f}")
            + f"   n {len(required)}"
        )
    wrong = collections.Counter(
        f"{difference.record} {part}"
        for difference in result.differences
        for part in (difference.fields if difference.what == "DIFF" else (difference.what,))
    )
    print("  differ: " + ", ".join(f"{name} {times}" for name, times in wrong.most_common(16)))
    if every:
        print("\n".join(str(line) for line in listing(result.differences)))


def settled(folder: Path, firsts: Sequence[GoldDocument]) -> None:
    """Print how far the layers agree that were coded again, blind, for the records of the first coding."""
    theirs = second_stances(folder / "stance.tsv")
    asked = {json.loads(line)["id"] for name in ("e0", "e1") for line in _lines(folder / f"{name}.jsonl")}
    ours = stances(document for document in firsts if document.id in asked)
    print(f"## stance, given the statements of {len(asked)} texts (case 25)")
    print(f"  F1 of target and value    {_f1(ours, theirs):6.3f}   n {len(ours)}")
    bare = [{(text, number, value) for text, number, _, value in side} for side in (ours, theirs)]
    print(f"  F1 of value, target aside {_f1(*bare):6.3f}   n {len(bare[0])}")
    rows = [line.split("\t") for line in _lines(folder / "attribution.tsv")]
    again = {(row[0], int(row[1])): set(filter(None, row[2].split("; "))) for row in rows}
    held = {(d.id, event.number): set(event.attribution) for d in firsts for event in d.events}
    scored = [act for act in again if again[act] or held[act]]
    right = sum(bool(again[act] & held[act]) for act in scored)
    print(f"## attribution, given the acts of {len({act[0] for act in again})} written texts (case 26)")
    print(f"  share a name              {right / len(scored):6.3f}   n {len(scored)}")


def _f1(ours: Collection[object], theirs: Collection[object]) -> float:
    return 2 * len(set(ours) & set(theirs)) / (len(ours) + len(theirs))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def main() -> int:
    """Print every wanted group."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=HERE)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--batch", action="append", help="only second codings of this batch")
    parser.add_argument("--first", type=Path, nargs="*", default=[])
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    before = {document.id: document for path in options.first for document in load_gold(path)}
    firsts = {document.id: document for document in load(options.corpus, options.texts)}
    groups: dict[str, list[tuple[GoldDocument, GoldDocument]]] = collections.defaultdict(list)
    for path in sorted((options.corpus / "double").glob("*.jsonl")):
        ids = {json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()}
        if options.batch and path.stem not in options.batch:
            continue
        for document in load(options.corpus, options.texts, folders=["double"]):
            if document.id in ids and document.batch == path.stem:
                first = before.get(document.id, firsts[document.id])
                part = "first part" if path.stem.startswith("d") else path.stem
                groups[f"{part}, {kind_of(document.source or '')}"].append((first, document))
    if not options.batch:
        settled(options.corpus / "double", list(firsts.values()))
    for name, pairs in groups.items():
        report(name, [one for one, _ in pairs], [other for _, other in pairs], every=options.list)
    return 0


if __name__ == "__main__":
    sys.exit(main())
