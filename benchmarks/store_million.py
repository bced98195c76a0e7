"""How fast a store takes in a million events of other systems, and counts them by dyad and month; raw DuckDB beside it.

Usage: python benchmarks/store_million.py [--events 1000000] [--formats icews,gdelt,...] [--seed 8] [--keep FOLDER] [--out FILE]

The sample articles of the package are coded and written in each form. A seeded draw then makes many rows of these few:
each gets its own id, address and day in ten years, its parties are drawn anew, a few of them often and many seldom,
and so are the countries of its dyad. The machine's load stands beside the figures.
"""

import argparse
import csv
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

import dragoman
from dragoman.records import Coded
from dragoman.samples import samples
from dragoman.store import open_store, write_files
from dragoman.store.formats import FORMATS, Losses
from dragoman.store.formats.flat import LIST, TYPES
from dragoman.store.formats.tables import codes
from dragoman.store.series import SeriesOptions, series, write_series

FORMS = ("icews", "gdelt", "phoenix", "polecat", "csv", "parquet")
FIRST, DAYS = date(2015, 1, 1), 3652
PARTIES, COUNTRIES = 20_000, 60  # 60 countries make 3,600 dyads
# What is drawn anew, by column; and the columns of a party, which stay together.
DRAWN: dict[str, dict[str, str]] = {
    "icews": {"Event ID": "id", "Story ID": "id", "Event Date": "day"},
    "gdelt": {"GLOBALEVENTID": "id", "Day": "plain day", "SOURCEURL": "url"},
    "phoenix": {"EventID": "id", "Date": "plain day", "URLs": "url"},
    "polecat": {"Event ID": "id", "Event Date": "day"},
    "csv": {
        "event": "id", "document": "id", "source_id": "id", "url": "url", "published": "day", "date_start": "day",
        "date_end": "day",
    },
}  # fmt: skip
PARTY: dict[str, tuple[tuple[str, str], str, str, str]] = {  # both sides; name, country and others of one
    "icews": (("Source ", "Target "), "Name", "Country", "Sectors"),
    "gdelt": (("Actor1", "Actor2"), "Name", "CountryCode", "Type1Code"),
    "phoenix": (("SourceActor", "TargetActor"), "", "Full", "Role"),
    "polecat": (("Actor ", "Recipient "), "Name", "Country", "Title"),
    "csv": (("actor_", "recipient_"), "names", "countries", "roles"),
}
# The same as `dragoman series --by dyad,month`, written by hand, without zeros and shares.
RAW = """
    SELECT date_trunc('month', day) AS period, pair.actor, pair.recipient, count(*) AS events,
        count(*) FILTER (quad = 1), count(*) FILTER (quad = 2), count(*) FILTER (quad = 3), count(*) FILTER (quad = 4),
        avg(scale), count(DISTINCT document)
    FROM (
        SELECT day, unnest(dyads) AS pair, quad, scale, document FROM events WHERE happened)
    GROUP BY ALL ORDER BY ALL
"""


def few() -> list[Coded]:
    """The samples, coded."""
    coder = dragoman.load()
    return [coder(one.text, published=one.published) for one in samples()]


def drawn(form: str, header: list[str], rows: list[list[str]], number: int, seed: int) -> Iterator[list[str]]:
    """So many rows out of a few."""
    draw = random.Random(f"{form} {seed}")
    known = sorted(codes().countries.values(), key=lambda one: one.iso3)[:COUNTRIES]
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    columns = [(header.index(name), kind) for name, kind in DRAWN[form].items()]
    sides, name, country, other = PARTY[form]
    places = [
        [header.index(f"{side}{part}") if part else None for part in (name, country, other)] for side in sides
    ]
    at_country = places[0][1]
    assert at_country is not None
    others = [row[places[0][2] or 0] for row in rows if row[at_country]]
    for n in range(number):
        row = rows[n % len(rows)].copy()
        day = days[int(draw.random() * DAYS)]
        for at, kind in columns:
            if kind == "id":
                row[at] = str(10_000_000 + n)
            elif kind == "url":
                row[at] = f"https://news.example/{n}"
            elif row[at]:
                row[at] = day.isoformat() if kind == "day" else f"{day:%Y%m%d}"
        for its_name, its_country, its_other in places:
            if its_country is None or its_other is None or not row[its_country]:
                continue
            party = int(draw.random() ** 3 * PARTIES)
            where = known[int((party * 7919 % PARTIES / PARTIES) ** 2 * COUNTRIES)]
            row[its_country] = where.icews if form == "icews" else where.iso3
            row[its_other] = others[party % len(others)]
            if its_name is not None:
                row[its_name] = f"Party {party}"
        yield row


def make(form: str, coded: list[Coded], number: int, seed: int, folder: Path) -> Path:
    """A file of so many rows in one form."""
    told = FORMATS[form]
    path = folder / f"events.{form}{told.suffix}"
    if form == "parquet":
        given = make("csv", coded, number, seed, folder)
        lists = ", ".join(
            f'CASE WHEN "{name}" IS NULL THEN [] ELSE string_split("{name}", \';\') END AS "{name}"'
            if kind == LIST
            else f'CAST("{name}" AS {kind}) AS "{name}"'
            for name, kind in TYPES.items()
        )
        duckdb.sql(
            f"COPY (SELECT {lists} FROM read_csv('{given}', header = true, all_varchar = true)) TO '{path}'"
        )
        return path
    if path.exists():
        return path
    small = folder / f"few.{form}"
    with small.open("wb") as out:
        told.write(coded, out, everything=True)
    between = "," if form == "csv" else "\t"
    quoting = {"delimiter": between} | (
        {} if form == "csv" else {"quoting": csv.QUOTE_NONE, "quotechar": None}
    )
    with small.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, **quoting))  # type: ignore[arg-type]
    header = list(told.columns)
    headed = rows[0][0] == header[0]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", **quoting)  # type: ignore[arg-type]
        if headed:
            writer.writerow(header)
        writer.writerows(drawn(form, header, rows[headed:], number, seed))
    return path


def clocked(call: Callable[[], Any]) -> tuple[float, float, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = call()
    return time.perf_counter() - wall, time.process_time() - cpu, found


def measure(form: str, path: Path, store: Path) -> dict[str, Any]:
    """One import into a new store."""

    def go() -> int:
        with open_store(store, write=True) as connection:
            write_files(connection, FORMATS[form], [path], Losses())
            return int((connection.execute("SELECT count(*) FROM events").fetchone() or (0,))[0])

    wall, cpu, rows = clocked(go)
    return {
        "rows": rows,
        "rows a second": round(rows / wall),
        "CPU, microseconds a row": round(cpu / rows * 1e6, 1),
        "file, MB": path.stat().st_size >> 20,
        "store, MB": store.stat().st_size >> 20,
        "load": round(os.getloadavg()[0], 1),
    }


def counted(store: Path) -> dict[str, Any]:
    """The series of all by dyad and month, and raw DuckDB on the same."""
    options = SeriesOptions(by=("dyad", "month"))
    out = store.with_suffix(".csv")
    with open_store(store) as connection:
        file = min(
            (clocked(lambda: write_series(connection, options, out, to="csv")) for _ in range(3)),
            key=lambda x: x[0],
        )
        raw = min(
            (clocked(lambda: len(connection.execute(RAW).fetchall())) for _ in range(3)), key=lambda x: x[0]
        )
        ours = min(
            (clocked(lambda: len(series(connection, options).rows)) for _ in range(3)), key=lambda x: x[0]
        )
    return {
        "series as CSV, seconds": round(file[0], 2), "series as CSV, CPU seconds": round(file[1], 2),
        "series, seconds": round(ours[0], 2), "series, CPU seconds": round(ours[1], 2), "series, rows": ours[2],
        "raw DuckDB, seconds": round(raw[0], 2), "raw DuckDB, CPU seconds": round(raw[1], 2), "raw DuckDB, rows": raw[2],
    }  # fmt: skip


def bench(number: int, forms: list[str], seed: int, folder: Path) -> dict[str, Any]:
    coded = few()
    found: dict[str, Any] = {"events": number, "cores": os.cpu_count(), "imports": {}}
    for form in forms:
        path, store = make(form, coded, number, seed, folder), folder / f"{form}.duckdb"
        store.unlink(missing_ok=True)
        # In a process of its own, so that the peak of memory is that of this import.
        reader, writer = os.pipe()
        if (child := os.fork()) == 0:
            told = measure(form, path, store)
            told["peak of memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            os.write(writer, json.dumps(told).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            found["imports"][form] = json.loads(pipe.read())
        os.waitpid(child, 0)
        print(form, found["imports"][form], file=sys.stderr)
    found["dyad and month"] = counted(folder / f"{forms[-1]}.duckdb")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--formats", default=",".join(FORMS))
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--keep", type=Path, help="make files and stores here, and leave them")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dragoman-") as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = bench(options.events, options.formats.split(","), options.seed, folder)
    text = json.dumps(found, indent=2)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
