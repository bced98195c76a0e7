"""How fast the service answers: filtered pages of a large store under many readers at once, and a pasted article.

Usage: python benchmarks/service.py [--events 1000000] [--readers 20] [--seconds 30] [--store BIG.duckdb] [--out FILE]

Without --store, one is made of the sample articles (service_store.py: the same call, the same store). Each reader asks
again as soon as it has its answer. What is asked is drawn from a seeded list of filters, each asked for the first
time, so that nothing is answered from memory; `again` are the same questions a second time. Beside the times stands
the CPU that the server took for an answer: on a busy machine the times are those of its neighbours, too.
"""

import argparse
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import service_store

TYPES = ("ASSAULT", "PROTEST", "COERCE", "AID", "CONSULT", "ACCUSE", "REQUEST", "AGREE")
COUNTRIES = ("CHN", "IDN", "FRA", "AAX", "ABX", "ACX", "BAX", "CZX", "DDX", "PER", "GHA", "UKR")
WORDS = ("police", "border", "minister", "ceasefire", "road", "miners", "trawler")
KINDS = ("events", "series", "facets", "map", "network")
WORDS_OF_ARTICLE = 400


def questions(number: int, seed: int) -> list[tuple[str, str]]:
    """Filters that differ: kinds in turn, each with some of type, country, word, days."""
    draw = random.Random(seed)
    found: dict[str, str] = {}
    while len(found) < number:
        kind = KINDS[len(found) % len(KINDS)]
        year = draw.randrange(2015, 2024)
        asked: list[tuple[str, str]] = [
            ("from", f"{year}-{draw.randrange(1, 13):02}-{draw.randrange(1, 28):02}")
        ]
        for name, values, chance in (
            ("type", TYPES, 0.5),
            ("country", COUNTRIES, 0.5),
            ("q", WORDS, 0.2),
            ("quad", "1234", 0.2),
        ):
            if draw.random() < chance:
                asked.append((name, draw.choice(values)))
        asked += {"series": [("by", "month")], "facets": [("of", "type,country")]}.get(kind, [])
        found[f"/api/{kind}?{urlencode(asked)}"] = kind
    return [(kind, path) for path, kind in found.items()]


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[float, int]:
    begin = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    first = response.read(1)
    took = time.perf_counter() - begin
    size = len(first) + len(response.read())
    if response.status != 200:
        raise SystemExit(f"{path}: {response.status}")
    return took, size


def load(port: int, readers: int, seconds: float, todo: list[tuple[str, str]]) -> dict[str, list[float]]:
    """All readers ask until the time is over or nothing is left."""
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    lock, until = threading.Lock(), time.monotonic() + seconds
    waiting = iter(todo)

    def reader() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.monotonic() < until:
            with lock:
                one = next(waiting, None)
            if one is None:
                return
            took, _ = ask(connection, one[1])
            with lock:
                times[one[0]].append(took)

    threads = [threading.Thread(target=reader) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def told(times: list[float]) -> dict[str, float | int]:
    ordered = sorted(times)
    if not ordered:
        return {"answers": 0}
    p99 = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    return {
        "answers": len(ordered),
        "median_ms": round(statistics.median(ordered) * 1e3),
        "p99_ms": round(p99 * 1e3),
    }


def cpu_seconds(pid: int) -> float:
    """User and system time of a process (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


def post(port: int, text: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    begin = time.perf_counter()
    body = json.dumps({"text": text, "published": "2024-03-01"})
    connection.request("POST", "/api/code", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise SystemExit(f"POST /api/code: {response.status}")
    return time.perf_counter() - begin


def article(number: int) -> str:
    """About 400 words of the samples, another each time."""
    from dragoman.samples import samples

    words, chosen = 0, []
    texts = [one.text.strip() for one in samples()]
    for text in texts[number % len(texts) :] + texts:
        for paragraph in text.split("\n\n"):
            if words >= WORDS_OF_ARTICLE:
                return "\n\n".join(chosen)
            chosen.append(paragraph)
            words += len(paragraph.split())
    return "\n\n".join(chosen)


def small_store(path: Path) -> None:
    import dragoman
    from dragoman.samples import samples
    from dragoman.store import open_store, write_coded

    coder = dragoman.load()
    with open_store(path, write=True) as connection:
        write_coded(connection, (coder(one.text, published=one.published) for one in samples()))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--posts", type=int, default=15)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        store = options.store
        if store is None:
            store = Path(folder) / "big.duckdb"
            small_store(Path(folder) / "small.duckdb")
            service_store.make(Path(folder) / "small.duckdb", store, options.events)
        command = [
            sys.executable,
            "-c",
            "from dragoman.cli.main import run; run()",
            "serve",
            str(store),
            "--port",
            "0",
        ]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        port = int(server.stderr.readline().split("127.0.0.1:")[1].split("/")[0])
        try:
            found = measure(port, server.pid, options)
        finally:
            server.terminate()
            server.wait()
    line = json.dumps(found, indent=2)
    print(line)
    if options.out:
        options.out.write_text(line + "\n", encoding="utf-8")


def measure(port: int, pid: int, options: argparse.Namespace) -> dict[str, object]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", "/api")
    holds = json.loads(connection.getresponse().read())
    alone = load(port, 1, options.seconds, questions(50, seed=1))
    todo = questions(4_000, seed=2)
    before = cpu_seconds(pid)
    fresh = load(port, options.readers, options.seconds, todo)
    number = sum(map(len, fresh.values()))
    cpu = (cpu_seconds(pid) - before) / max(1, number)
    asked = [one for one in todo[:number] if one[0] != "events"]
    again = load(port, options.readers, options.seconds, asked[-400:])
    post(port, article(0))  # the model is loaded
    posts = [post(port, article(n)) for n in range(1, options.posts + 1)]
    every = [one for times in fresh.values() for one in times]
    return {
        "events": holds["events"],
        "documents": holds["documents"],
        "cores": os.cpu_count(),
        "load_of_machine": round(os.getloadavg()[0], 1),
        "alone": {kind: told(times) for kind, times in alone.items()},
        f"readers_{options.readers}": {
            "all": told(every),
            **{kind: told(times) for kind, times in fresh.items()},
        },
        "cpu_ms_an_answer": round(cpu * 1e3),
        "again": told([one for times in again.values() for one in times]),
        "post_400_words": told(posts),
        "memory_mb_of_server": memory_mb(pid),
    }


if __name__ == "__main__":
    main()
