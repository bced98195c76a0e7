"""What `dragoman corpus` does: call the evaluation room and print."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from dragoman.cli.faults import GOOD, SOME_FAILED
from dragoman.errors import UsageError
from dragoman.evaluation import corpus as store
from dragoman.evaluation.annotation import GoldDocument
from dragoman.evaluation.as_coded import as_coded
from dragoman.evaluation.gold import check_lines, raise_faults
from dragoman.evaluation.standoff import Row

NAMES: Final[dict[str, store.Part]] = {"train": "train", "dev": "development", "test": "test"}


def run_check(corpus: Path, texts: Path | None) -> int:
    """Print every fault; the exit status."""
    from dragoman.evaluation.corpus_check import check_corpus

    checked = check_corpus(corpus, texts)
    for fault in checked.faults:
        print(fault)
    print(f"{checked.rows} texts checked, {len(checked.faults)} faults", file=sys.stderr)
    if checked.unread:
        print(f"{checked.unread} real texts not read: name their folder by --texts", file=sys.stderr)
    return SOME_FAILED if checked.faults else GOOD


def run_stats(corpus: Path, *, as_json: bool) -> None:
    """Print the counts."""
    from dragoman.evaluation import corpus_stats

    counted = corpus_stats.count_corpus(corpus)
    if as_json:
        print(json.dumps(corpus_stats.to_rows(counted), indent=1))
        return
    sys.stdout.write(corpus_stats.to_text(counted))


def run_show(name: str, corpus: Path, texts: Path | None, *, second: bool) -> None:
    """Print one text with its records."""
    from rich.console import Console

    from dragoman.cli.explain_text import explain

    folders: tuple[store.Folder, ...] = ("double",) if second else ("real", "written")
    chosen = [one for one in store.stored(corpus, folders=folders) if one.row["id"] == name]
    if not chosen:
        raise UsageError(
            f"there is no text {name!r}", where=str(corpus), do="Give the id of a row of real/ or written/"
        )
    ((row, document),) = _documents(corpus, texts, chosen)
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    coded = as_coded(document, title=row.get("title"), publisher=row.get("publisher"))
    for line in explain(coded, width=console.width):
        console.print(line)


def run_export(corpus: Path, texts: Path | None, *, to: str, out: Path, parts: Sequence[str]) -> None:
    """Write the chosen parts in the form `to`."""
    folders: tuple[store.Folder, ...] = ("written",) if texts is None else ("real", "written")
    wanted = [NAMES[part] for part in parts or ("train", "dev")]
    found = _documents(corpus, texts, store.stored(corpus, folders=folders, parts=wanted))
    try:
        _write(found, to, out)
    except OSError as error:
        raise UsageError(
            f"cannot be written ({error.strerror})", where=f"--out {out}", do="Name a place that exists"
        ) from error
    print(f"{len(found)} texts written to {out}", file=sys.stderr)


def _write(found: Sequence[tuple[Row, GoldDocument]], to: str, out: Path) -> None:
    if to == "brat":
        from dragoman.evaluation import brat

        out.mkdir(parents=True, exist_ok=True)
        (out / "annotation.conf").write_text(brat.configuration(), encoding="utf-8")
        for _, document in found:
            (out / f"{document.id}.txt").write_text(document.text, encoding="utf-8", newline="")
            (out / f"{document.id}.ann").write_text(brat.to_ann(document), encoding="utf-8", newline="")
        return
    with out.open("wb") as file:
        for row, document in found:
            if to == "plover":
                from dragoman.evaluation.plover_json import plover_events

                for event in plover_events(document, licence=row.get("licence"), url=row.get("url")):
                    file.write(json.dumps(event, ensure_ascii=False).encode() + b"\n")
            else:
                from dragoman.records import to_jsonl

                coded = as_coded(document, title=row.get("title"), publisher=row.get("publisher"))
                file.write(to_jsonl(coded))


def _documents(
    corpus: Path, texts: Path | None, chosen: Sequence[store.Stored]
) -> list[tuple[Row, GoldDocument]]:
    joined, missing = store.join(corpus, texts, chosen)
    raise_faults(missing, where=str(corpus))
    rows = [row for _, row in joined]
    documents, faults = check_lines([json.dumps(row).encode() for row in rows], where=str(corpus))
    raise_faults(faults, where=str(corpus))
    return list(zip(rows, documents, strict=True))
