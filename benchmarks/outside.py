"""Score the coder on texts that other people marked, none of them used in building it.

    python benchmarks/outside.py --check ../shared/data/check [--only pairs police …] [--model FOLDER] [--json FILE]

The folder holds the sets and their scorer, `score_check.py`. Prints one table: set, figure, ours, the peer's, rule. A set
that is not there is said to be absent. What is answered for each set, and what the figures mean: docs/outside.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import dragoman
import outside_answers as answers
from dragoman.coder import Coder


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. path: where the scorer's answer holds it; peer: another system's figure, or people's."""

    name: str
    path: str
    peer: str = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """One set: its file, the scorer's task, how the coder answers, and what is shown of the scores."""

    name: str
    file: str
    task: str
    answer: Callable[[Coder, answers.Row], answers.Answer]
    rule: str
    figures: tuple[Figure, ...]


GIVEN = "pair given; YIELD = CONCEDE or RETREAT"
SETS = (
    Outside(
        name="pairs",
        file="plover_pairs/plv_train.jsonl",
        task="pairs",
        answer=answers.pair,
        rule=GIVEN,
        figures=(
            Figure(name="root macro-F1", path="given.root_macro_f1", peer="0.743 (ZSP level 2)"),
            Figure(name="root accuracy", path="given.root_acc", peer="0.760"),
            Figure(name="quad macro-F1", path="given.quad_macro_f1", peer="0.866"),
            Figure(name="quad accuracy", path="given.quad_acc", peer="0.870"),
        ),
    ),
    Outside(
        name="case",
        file="events_case2021/case2021_task2_visible.jsonl",
        task="types",
        answer=answers.events,
        rule="the snippet's type among those coded",
        figures=(
            Figure(name="right type", path="type_found"),
            Figure(name="right quad", path="quad_found"),
            Figure(name="any event", path="any_event"),
            Figure(name="others called ASSAULT or PROTEST", path="others_called_assault_or_protest"),
        ),
    ),
    Outside(
        name="police",
        file="events_indiapolice/indiapolice_visible.jsonl.gz",
        task="police",
        answer=answers.police,
        rule="by sentence, all sentences",
        figures=(
            Figure(name="KILL F1", path="KILL.F1"),
            Figure(name="ARREST F1", path="ARREST.F1"),
            Figure(name="FORCE F1", path="FORCE.F1"),
            Figure(name="ANY_ACTION F1", path="ANY_ACTION.F1"),
        ),
    ),
    Outside(
        name="petrarch",
        file="petrarch_unit_tests/petr_unit_tests.jsonl",
        task="petrarch",
        answer=answers.events,
        rule="types only: the actors are invented",
        figures=(
            Figure(name="types F1", path="types.F1"),
            Figure(name="one type right", path="one_type_right"),
            Figure(name="silent where nothing is to be coded", path="silent_there"),
        ),
    ),
    Outside(
        name="attribution",
        file="attribution_polnear/polnear_dev.jsonl.gz",
        task="attribution",
        answer=answers.statements,
        rule="contents' token F1 >= 0.5, or cues overlap and > 0.2",
        figures=(
            Figure(name="found F1", path="found.F1", peer="0.838 (people)"),
            Figure(name="found recall", path="found.R"),
            Figure(name="content token F1", path="tokens.content.F1", peer="0.91 (people)"),
            Figure(name="source token F1", path="tokens.source.F1", peer="0.80 (people)"),
            Figure(name="cue token F1", path="tokens.cue.F1", peer="0.70 (people)"),
            Figure(name="source overlaps, of those found", path="source_span", peer="0.95 (people)"),
            Figure(name="cue overlaps, of those found", path="cue", peer="0.94 (people)"),
        ),
    ),
    *(
        Outside(
            name=name,
            file=file,
            task="toponyms",
            answer=answers.toponyms,
            rule="found in the text, not given",
            figures=(
                Figure(name="recognition F1, spans overlap", path="recognition_overlap.F1"),
                Figure(name="exact id, of those answered", path="exact_id.found", peer=peer),
                Figure(name="exact id, of all", path="exact_id.all"),
                Figure(name="country, of those answered", path="country.found", peer=country),
                Figure(name="within 161 km, of those answered", path="within_161_km.found"),
            ),
        )
        for name, file, peer, country in (
            ("lgl", "geo_lgl/lgl.jsonl.gz", "0.794 (Mordecai3, spans given)", "0.979"),
            ("trnews", "geo_trnews/trnews.jsonl", "0.843 (Mordecai3, spans given)", "0.978"),
            ("geovirus", "geo_geovirus/geovirus.jsonl", "–", "–"),
        )
    ),
    Outside(
        name="timex",
        file="timex_tbaq/timex_tbaq_visible.jsonl.gz",
        task="timex",
        answer=answers.timexes,
        rule="TempEval-3; dates alone, durations and sets are not looked for",
        figures=(
            Figure(name="relaxed F1", path="relaxed.F1"),
            Figure(name="strict F1", path="strict.F1"),
            Figure(name="date value, of those found", path="date_value_given_found"),
        ),
    ),
)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--check", type=Path, required=True)
    p.add_argument("--only", nargs="+", choices=[each.name for each in SETS])
    p.add_argument("--model")
    p.add_argument("--json", type=Path)
    a = p.parse_args()
    scorer_path = a.check / "score_check.py"
    if not scorer_path.is_file():
        sys.exit(f"{a.check}: no outside sets here (score_check.py is absent). Nothing was scored")
    scorer = load_scorer(scorer_path)
    coder = dragoman.load(model=a.model)
    whole = {}
    print("| set | texts | figure | ours | peer | rule |\n|---|---|---|---|---|---|")
    for each in SETS:
        if a.only and each.name not in a.only:
            continue
        path = a.check / each.file
        if not path.is_file():
            print(f"| {each.name} | absent: {each.file} | | | | |")
            continue
        began = time.perf_counter()
        gold, scores = score(coder, scorer, each, path)
        whole[each.name] = scores
        for line in lines(each, len(gold), scores):
            print(line, flush=True)
        print(f"{each.name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if a.json:
        a.json.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def score(
    coder: Coder, scorer: ModuleType, each: Outside, path: Path
) -> tuple[list[answers.Row], dict[str, Any]]:
    """The gold of a set, and what the scorer says of our answers."""
    gold = scorer.read(str(path))
    found = {row["id"]: each.answer(coder, row) for row in gold}
    options = SimpleNamespace(geonames=None, annotator=1)
    return gold, getattr(scorer, each.task)(gold, found, options)


def lines(each: Outside, texts: int, scores: dict[str, Any]) -> list[str]:
    """The rows of the table of one set."""
    out = []
    for i, figure in enumerate(each.figures):
        first = (each.name, str(texts)) if i == 0 else ("", "")
        value = at(scores, figure.path.split("."))
        out.append(
            f"| {first[0]} | {first[1]} | {figure.name} | {show(value)} | {figure.peer} | {each.rule if i == 0 else ''} |"
        )
    return out


def at(scores: Any, path: Sequence[str]) -> Any:
    """The value under a path of keys."""
    for key in path:
        scores = scores[key]
    return scores


def show(value: float | None) -> str:
    """Three digits; a dash where there is nothing to divide by."""
    return "–" if value is None else f"{value:.3f}"


def load_scorer(path: Path) -> ModuleType:
    """The scorer that stands beside the sets."""
    spec = importlib.util.spec_from_file_location("score_check", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path}: cannot be loaded. Give the folder of the outside sets")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
