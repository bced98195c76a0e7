"""How fast the whole chain is here: text to records, on one and two workers, each rate beside a tokeniser's.

    python benchmarks/bench.py
    python benchmarks/bench.py --articles 200 --out bench.json
    python benchmarks/bench.py --texts news.jsonl --profile
    python benchmarks/bench.py --million

The texts are the sample articles of the package, their paragraphs strung together to articles of 400
words, no two alike (or the `text` fields of --texts, as they are). Rates hold for this machine at this
hour; the ratio to a pass of spaCy's blank tokeniser over the same texts, in the same run, travels better.
Nothing passes or fails.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dragoman.cli.batch import loader, sample_articles
from dragoman.cli.diagnosis import machine
from dragoman.cli.options import settings
from dragoman.intake import Fault, Raw, inputs, read
from dragoman.records import Coded
from dragoman.runs import code_many, code_one
from dragoman.runs.worker import THREADS
from knowledge_cost import cost

WORKERS = (1, 2)
COSTED = 20  # articles over which the share of the look-ups in the tables of who is who is measured
WARM_UP = 3  # articles coded before the clock starts
REPEATS = 5  # of each start of the program
TOKENISER_PASSES = 3


@dataclass
class EncoderClock:
    """Seconds and calls inside ONNX Runtime, counted around every session of this process."""

    seconds: float = 0.0
    calls: int = 0

    def start(self) -> None:
        """Put the clock around `InferenceSession.run`; sessions made before are counted too."""
        import onnxruntime

        run = onnxruntime.InferenceSession.run

        def timed(session: Any, *arguments: Any, **options: Any) -> Any:
            begin = time.perf_counter()
            try:
                return run(session, *arguments, **options)
            finally:
                self.seconds += time.perf_counter() - begin
                self.calls += 1

        onnxruntime.InferenceSession.run = timed


@dataclass
class Tally:
    """What went through the chain."""

    articles: int = 0
    sentences: int = 0
    words: int = 0
    events: int = 0
    statements: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, result: Coded | Fault) -> None:
        if isinstance(result, Fault):
            self.faults.append(str(result))
            return
        self.articles += 1
        self.sentences += len(result.document.sentences)
        self.words += len(result.document.text.split())
        self.events += len(result.events)
        self.statements += len(result.statements)

    def rates(self, seconds: float) -> dict[str, float]:
        return {
            f"{what} a second": round(getattr(self, what) / seconds, 2)
            for what in ("articles", "sentences", "words")
        }


def strung_together(count: int, words: int) -> Iterator[Raw]:
    """Articles of at least `words` words out of the paragraphs of the samples, no two alike."""
    found = [(raw, read(raw).text.split("\n\n")) for raw in sample_articles()]
    paragraphs = [(raw, paragraph) for raw, texts in found for paragraph in texts]
    stride = 7  # shares no factor with the number of paragraphs, or beginnings would repeat sooner
    while len(paragraphs) % stride == 0:
        stride += 1
    for number in range(count):
        at = number * stride % len(paragraphs)
        raw, taken = paragraphs[at][0], []
        while sum(len(text.split()) for text in taken) < words:
            taken.append(paragraphs[at % len(paragraphs)][1])
            at += 1 + number // len(paragraphs)  # every further round combines paragraphs differently
        yield Raw(content="\n\n".join(taken), file=f"article {number}", published=raw.published)


def tokeniser(texts: Sequence[str]) -> float:
    """Seconds of the quickest of some passes of a blank English pipeline over the texts."""
    import spacy

    nlp = spacy.blank("en")
    for text in texts[:WARM_UP]:
        nlp(text)
    return min(_seconds(lambda: [nlp(text) for text in texts]) for _ in range(TOKENISER_PASSES))


def in_this_process(raws: Sequence[Raw], profile: bool) -> dict[str, Any]:
    """The chain on one thread, with the time inside the encoder."""
    begin = time.perf_counter()
    coder = loader(settings())()
    loading = time.perf_counter() - begin
    for raw in raws[:WARM_UP]:
        code_one(raw, coder)
    clock = EncoderClock()
    clock.start()
    tally = Tally()

    def code_all() -> None:
        for raw in raws:
            for result in code_one(raw, coder):
                tally.add(result)

    seconds = _profiled(code_all) if profile else _seconds(code_all)
    return {
        "load seconds": round(loading, 2),
        "seconds": round(seconds, 2),
        **tally.rates(seconds),
        "share of time in the encoder": round(clock.seconds / seconds, 3),
        "encoder calls a sentence": round(clock.calls / max(1, tally.sentences), 2),
        "events an article": round(tally.events / max(1, tally.articles), 2),
        "statements an article": round(tally.statements / max(1, tally.articles), 2),
        "faults": tally.faults,
        **({} if profile else {"who is who": cost(lambda raw: list(code_one(raw, coder)), raws[:COSTED])}),
        "run": coder.run.id,
    }


def with_workers(raws: Sequence[Raw], workers: int) -> dict[str, Any]:
    """The chain in worker processes; the rate is counted from the first record to the last."""
    tally = Tally()
    begin = first = time.perf_counter()
    for number, result in enumerate(code_many(raws, loader(settings()), workers=workers)):
        if number == 0:
            first = time.perf_counter()
        else:
            tally.add(result)
    last = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "first record after": round(first - begin, 2),
        "seconds": round(last - first, 2),
        **tally.rates(last - first),
        "peak memory a worker, MB": round(peak),
    }


def starts(text: str) -> dict[str, float]:
    """Seconds from calling the program to its first line of output, the median of some calls."""
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.txt"
        one.write_text(text, encoding="utf-8")
        commands = {
            "code one.txt, to its first record": (["code", str(one), "--to", "jsonl"], b'{"record"'),
            "--help": (["--help"], b"Usage"),
            "codebook CONSULT": (["codebook", "CONSULT"], b"code"),
            "wrong option": (["code", "--no-such-option"], b"dragoman code: No such option"),
        }
        return {
            name: round(statistics.median(_first_line(command, answer) for _ in range(REPEATS)), 2)
            for name, (command, answer) in commands.items()
        }


def _first_line(arguments: Sequence[str], answer: bytes) -> float:
    program = Path(sys.executable).with_name("dragoman")
    begin = time.perf_counter()
    with subprocess.Popen(
        [str(program), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = time.perf_counter() - begin
        process.stdout.read()
    if not line.startswith(answer):
        sys.exit(f"dragoman {' '.join(arguments)}: answered {line!r}")
    return seconds


def _seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def _profiled(call: Callable[[], object]) -> float:
    """As `_seconds`, and print where the time went; the profiler itself slows Python down by half or more."""
    import cProfile
    import pstats

    profiler = cProfile.Profile()
    seconds = _seconds(lambda: profiler.runcall(call))
    pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(40)
    return seconds


def bench(raws: Sequence[Raw], *, profile: bool) -> dict[str, Any]:
    """Everything, as JSON would hold it."""
    texts = [read(raw).text for raw in raws]
    found: dict[str, Any] = {
        "dragoman": version("dragoman"),
        "machine": {**machine(), "load before": [round(load, 2) for load in os.getloadavg()]},
        "articles": len(raws),
        "words an article": round(sum(len(text.split()) for text in texts) / len(texts)),
    }
    # Workers come before anything else that has children: the peak is that of the largest child so far.
    found["workers"] = {} if profile else {str(n): with_workers(raws, n) for n in WORKERS}
    seconds = tokeniser(texts)
    found["blank tokeniser, articles a second"] = round(len(texts) / seconds, 1)
    found["one process"] = in_this_process(raws, profile)
    for measured in (found["one process"], *found["workers"].values()):
        measured["ratio to the blank tokeniser"] = round(
            measured["articles a second"] * seconds / len(texts), 4
        )
    if not profile:
        found["starts, seconds"] = starts(texts[0])
    return found


def beside(script: str, *arguments: str) -> Any:
    """What another benchmark finds, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.json"
        program = [sys.executable, str(Path(__file__).with_name(script)), *arguments, "--out", str(out)]
        subprocess.run(program, check=True, stdout=subprocess.DEVNULL)
        return json.loads(out.read_text(encoding="utf-8"))


def lines(values: dict[str, Any], indent: str = "") -> Iterator[str]:
    """The findings to read."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield f"{indent}{key}"
            yield from lines(value, indent + "  ")
        elif value != []:
            yield f"{indent}{key:<{44 - len(indent)}} {value}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--texts", help="JSON Lines with a `text` each, instead of the samples")
    parser.add_argument("--profile", action="store_true", help="one process only; print where the time goes")
    parser.add_argument(
        "--million",
        action="store_true",
        help="a store of a million events, and its pages under twenty readers",
    )
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).with_name("bench.json"), help="JSON goes here"
    )
    options = parser.parse_args()
    os.environ.update(THREADS)  # as a worker has it; numeric libraries, not loaded yet, read it when they are
    if options.texts:
        raws = [raw for raw in inputs([options.texts]) if isinstance(raw, Raw)][: options.articles]
    else:
        raws = list(strung_together(options.articles, options.words))
    found = bench(raws, profile=options.profile)
    if not options.profile:
        found["copies"] = beside("copies.py")
        some = () if options.million else ("--events", "50000", "--formats", "icews,parquet")
        found["store"] = beside("store_million.py", *some)
    if options.million:
        found["service"] = beside("service.py")
    print("\n".join(lines(found)))
    options.out.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
