"""What `dragoman who` does: ask the tables and show the answer."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from dragoman.cli.batch import check_actors
from dragoman.cli.faults import GOOD, SOME_FAILED
from dragoman.cli.rows import show_rows
from dragoman.knowledge import load
from dragoman.knowledge.own_rows import shown
from dragoman.knowledge.who import Answer, Reading, Term, who
from dragoman.settings import Settings

COLUMNS: Final = (
    "place", "name", "id", "kind", "match", "state", "office", "country", "sectors", "start", "end", "score", "source",
)  # fmt: skip


def run_who(name: str, on: date | None, settings: Settings, *, to: str, out: Path | None, limit: int) -> int:
    """Show who a name is on a day; 1 if nobody is known by it."""
    knowledge = check_actors(settings.actors) if settings.actors is not None else load()
    answer = who(knowledge, name, on=on)
    if to in ("jsonl", "csv"):
        rows = (tuple(_row(place, one).values()) for place, one in enumerate(answer.readings[:limit], 1))
        show_rows(COLUMNS, rows, to=to, out=out)
    else:
        text = _json(answer, limit) if to == "json" else "\n".join(_lines(answer, limit))
        if out is not None:
            out.write_text(text + "\n", encoding="utf-8")
        else:
            sys.stdout.write(text + "\n")
    return GOOD if answer.readings else SOME_FAILED


def _row(place: int, reading: Reading) -> dict[str, Any]:
    term = reading.term
    return {
        "place": place,
        "name": reading.name,
        "id": reading.id,
        "kind": reading.kind,
        "match": reading.match,
        "state": reading.state,
        "office": term.office,
        "country": list(reading.country),
        "sectors": list(reading.sectors),
        "start": _day(term.start),
        "end": _day(term.end),
        "score": reading.score,
        "source": term.source,
    }


def _json(answer: Answer, limit: int) -> str:
    """The answer with all candidates, each with all its terms."""
    candidates = [
        {**_row(place, one), "own": one.own, "terms": [_term(term) for term in one.terms]}
        for place, one in enumerate(answer.readings[:limit], 1)
    ]
    body = {
        "name": answer.name,
        "on": _day(answer.on),
        "chosen": answer.chosen.id if answer.chosen else None,
        "why": answer.why,
        "runner_up": answer.runner_up.id if answer.runner_up else None,
        "known": len(answer.readings),
        "candidates": candidates,
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _term(term: Term) -> dict[str, Any]:
    return {
        "office": term.office,
        "country": list(term.country),
        "sectors": list(term.sectors),
        "start": _day(term.start),
        "end": _day(term.end),
        "holds": term.holds,
        "source": term.source,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _lines(answer: Answer, limit: int) -> Iterator[str]:
    yield f"{shown(answer.name)}{f' on {answer.on}' if answer.on else ''}"
    yield f"why: {answer.why}"
    for place, reading in enumerate(answer.readings[:limit], 1):
        codes = " ".join((*reading.country, *reading.sectors)) or "no codes that day"
        score = f", score {reading.score:g}" if reading.score is not None else ""
        yield ""
        yield f"{place}. {reading.name} ({reading.id}), {reading.kind}: {codes}"
        yield f"   {reading.match}, {reading.state}{score}"
        for term in reading.terms:
            mark = "*" if term == reading.term else " "
            span = f"{term.start or '?'} to {term.end or 'now'}" if term.start or term.end else "undated"
            office = f"  {term.office}" if term.office else ""
            what = " ".join((*term.country, *term.sectors))
            yield f" {mark} {span:<24}  {what:<12}{office}  [{term.source}]"
    more = len(answer.readings) - limit
    if more > 0:
        yield f"\n… and {more} more; --limit shows them"
