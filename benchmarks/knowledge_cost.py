"""What the tables of who is who cost: seconds and memory to load, and their share of the time of the chain.

    python benchmarks/knowledge_cost.py out/dev.jsonl
    make bench                                   # over the texts of bench.py

Loading is measured in a process of its own: time and growth of resident memory from before the first table is opened
until a first text has been scanned and a first person looked up, which opens every table of `knowledge` but the
gazetteer. Look-ups: processor time inside `Knowledge` (scan, person, holder, role, body), calls inside calls counted
once, over that of the whole chain.
"""

import argparse
import functools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

MOST_SECONDS, MOST_MEGABYTES, MOST_SHARE = 0.5, 150, 0.10  # what issue 7 asks for
LOOK_UPS = ("scan", "person", "holder", "role", "body", "country")
STARTS = 3
LOADING = """
import json, time
from datetime import date
import dragoman.records
def resident():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
before, began = resident(), time.perf_counter()
from dragoman import knowledge
tables = knowledge.load()
tables.scan("Norway")
tables.scan("The foreign minister of Norway met President Emmanuel Macron in Oslo.")
tables.person("Emmanuel Macron", on=date(2024, 1, 1))
tables.role("foreign minister"), tables.countries
print(json.dumps([time.perf_counter() - began, resident() - before]))
"""


def loading() -> dict[str, float]:
    """Seconds of the quickest of some starts, and megabytes, until the tables answer."""
    told = [
        json.loads(subprocess.run([sys.executable, "-c", LOADING], check=True, capture_output=True).stdout)
        for _ in range(STARTS)
    ]
    return {
        "seconds to load": round(min(seconds for seconds, _ in told), 2),
        "megabytes": round(max(megabytes for _, megabytes in told)),
    }


class Clock:
    """Processor time inside the look-ups of the tables, calls inside calls counted once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.calls = 0
        self._depth = 0

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call with the clock around it."""

        @functools.wraps(call)
        def timed(*arguments: Any, **options: Any) -> Any:
            self._depth += 1
            began = time.process_time()
            try:
                return call(*arguments, **options)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += time.process_time() - began
                    self.calls += 1

        return timed


def share_of_chain(code: Callable[[Any], object], texts: Iterable[Any]) -> dict[str, float]:
    """The share of the chain's processor time that the look-ups take; `code` codes one text."""
    from dragoman.knowledge import Knowledge

    clock, kept = Clock(), {name: getattr(Knowledge, name) for name in LOOK_UPS}
    for name, call in kept.items():
        setattr(Knowledge, name, clock.around(call))
    try:
        began = time.process_time()
        for text in texts:
            code(text)
        whole = time.process_time() - began
    finally:
        for name, call in kept.items():
            setattr(Knowledge, name, call)
    return {
        "share of the chain's time": round(clock.seconds / max(whole, 1e-9), 4),
        "look-ups": clock.calls,
    }


def cost(code: Callable[[Any], object], texts: Iterable[Any]) -> dict[str, float | str]:
    """All figures, with what is asked for."""
    found: dict[str, float | str] = {**loading(), **share_of_chain(code, texts)}
    kept = (
        float(found["seconds to load"]) < MOST_SECONDS
        and float(found["megabytes"]) < MOST_MEGABYTES
        and float(found["share of the chain's time"]) < MOST_SHARE
    )
    found["asked for"] = (
        f"< {MOST_SECONDS} s, < {MOST_MEGABYTES} MB, < {MOST_SHARE:.0%}: {'kept' if kept else 'not kept'}"
    )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, help="JSON Lines with a `text` each")
    parser.add_argument("--limit", type=int, default=60)
    options = parser.parse_args()
    import dragoman
    from dragoman.coder import plain_document

    lines = options.texts.read_text(encoding="utf-8").splitlines()[: options.limit]
    coder = dragoman.load()
    documents = [plain_document(json.loads(line)["text"]) for line in lines]
    coder(documents[0])
    for name, value in cost(coder, documents).items():
        print(f"{name:28} {value}")


if __name__ == "__main__":
    main()
