"""`dragoman code --into`, and the kill that loses nothing."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

import dragoman
from dragoman.cli.main import main
from dragoman.runs.local import CHUNK
from dragoman.store import open_store

from . import fake

WORDS = "The dock workers of harbour {} struck on Monday, and its port stood still for a day and a night."
OTHERS = (
    "the men and women of the town who had seen this from their windows said that there was nothing more to be done "
    "about it because they would have to wait until the water came down again in spring with all its wood and ice"
)
PROGRAM = (
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(Path(__file__).parent.parent)!r}); import dragoman; "
    "from cli import fake; dragoman.load = fake.load_slow; from dragoman.cli.main import run; run()",
)


@pytest.fixture(autouse=True)
def _fake_coder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dragoman, "load", fake.load, raising=False)
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("DRAGOMAN_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(60):
        words = WORDS.format(number) + (" Then came the crash." if number % 20 == 7 else "")
        (folder / f"{number:02}.txt").write_text(words, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def content(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    tables = [
        "documents",
        "events",
        "statements",
        "actors",
        "sources",
        "runs",
        "inputs",
        "errors",
        "copies",
        "signatures",
    ]
    with open_store(store) as connection:
        return {
            # Where a row stands in the file depends on when it came, and is no part of what is stored.
            table: connection.execute(
                f"SELECT COLUMNS(lambda name: name <> 'rowid') FROM {table} ORDER BY ALL"
            ).fetchall()
            for table in tables
        }


def test_records_inputs_and_errors_are_rows(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["code", str(texts), "--into", "news.duckdb", "--workers", "0"])

    found = content(Path("news.duckdb"))
    assert status == 1
    assert {table: len(rows) for table, rows in found.items() if rows} == {
        "documents": 57,
        "events": 57,
        "runs": 1,
        "inputs": 60,
        "errors": 4,
        "signatures": 57,
    }
    assert "57 article(s) coded into news.duckdb" in capsys.readouterr().err
    assert not Path("news.duckdb.ledger").exists()


def test_the_same_command_again_codes_nothing_and_says_the_same(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["code", str(texts), "--into", "news.duckdb", "--workers", "0"]
    first = main(command)
    told = capsys.readouterr().err.splitlines()
    before = content(Path("news.duckdb"))

    again = main(command)

    assert again == first == 1
    told_again = capsys.readouterr().err.splitlines()
    assert told_again[:-1] == told[:-1]
    assert told_again[-1] == "dragoman: 0 article(s) coded into news.duckdb; 60 were finished before"
    assert content(Path("news.duckdb")) == before


def test_a_text_that_was_mended_by_its_author_loses_its_error(texts: Path) -> None:
    command = ["code", str(texts), "--into", "news.duckdb", "--workers", "0"]
    main(command)
    (texts / "07.txt").write_text(WORDS.format("seven"), encoding="utf-8")
    (texts / "empty.txt").write_text(WORDS.format("new"), encoding="utf-8")

    main(command)

    failed = {Path(str(row[1])).name for row in content(Path("news.duckdb"))["errors"]}
    assert failed == {"27.txt", "47.txt"}


def test_a_run_killed_at_any_moment_ends_as_an_undisturbed_one(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dragoman, "load", fake.load_slow)  # the same coder here, so that traces are the same
    command = ["code", str(texts), "--into"]
    main([*command, "whole.duckdb", "--workers", "0"])
    slow = dict(os.environ, FAKE_SECONDS="0.02")
    for moment in (0.1, 0.4):
        process = subprocess.Popen(
            [*PROGRAM, *command, "killed.duckdb", "--workers", "1"],
            env=slow,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 30
        while not Path("killed.duckdb.ledger").exists() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.5 + moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    killed_early = process.returncode == -signal.SIGKILL

    main([*command, "killed.duckdb", "--workers", "0"])

    assert killed_early
    assert content(Path("killed.duckdb")) == content(Path("whole.duckdb"))


def test_a_second_run_into_the_same_store_is_told_so(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dragoman.runs.resume import Ledger

    with Ledger(Path("news.duckdb.ledger")):
        status = main(["code", str(texts), "--into", "news.duckdb", "--workers", "0"])

    assert status == 1
    assert "another run writes into the same store" in capsys.readouterr().err


def test_a_store_and_a_file_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "--sample", "--into", "x.duckdb", "--to", "csv"]) == 2
    assert "not to both" in capsys.readouterr().err


def test_records_of_low_confidence_can_be_left_out_and_had_later(texts: Path) -> None:
    command = ["code", str(texts), "--into", "news.duckdb", "--workers", "0"]
    main([*command, "--min-confidence", "0.9"])
    few = content(Path("news.duckdb"))
    main(command)

    assert len(few["events"]) == 0
    assert len(content(Path("news.duckdb"))["events"]) == 57


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs the size limit of Linux files")
def test_a_full_disk_ends_with_a_message_and_a_readable_store(texts: Path) -> None:
    main(["code", str(texts / "00.txt"), "--into", "news.duckdb", "--workers", "0"])
    # A limit on the size of files stands in for the full disk: writing fails in the same place.
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)); "
    program = [
        *PROGRAM[:2],
        limit + PROGRAM[2],
        "code",
        str(texts),
        "--into",
        "news.duckdb",
        "--workers",
        "0",
    ]

    done = subprocess.run(program, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "full" in done.stderr
    assert len(content(Path("news.duckdb"))["documents"]) >= 1
    assert main(["code", str(texts), "--into", "news.duckdb", "--workers", "0"]) == 1
    assert len(content(Path("news.duckdb"))["documents"]) == 57


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes in memory, empty."""
    place = tmp_path / "disk"
    place.mkdir()
    size = ["-o", "size=2m", "none", str(place)]
    done = subprocess.run(["mount", "-t", "tmpfs", *size], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here, which needs root ({done.stderr.strip()})")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)  # a file may still be open for a moment


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no `mount` on this machine")
def test_a_disk_that_a_run_fills_can_be_made_larger_and_the_run_goes_on(
    tmp_path: Path, small_disk: Path
) -> None:
    many = tmp_path / "many.jsonl"
    draw = random.Random(8)
    with many.open("w", encoding="utf-8") as file:
        for number in range(500):
            others = " ".join(
                draw.choice(OTHERS.split()) for _ in range(300)
            )  # no two alike, or they pack away
            file.write(json.dumps({"text": f"{WORDS.format(number)}\n\n{others}."}) + "\n")
    command = ["code", str(many), "--into", str(small_disk / "news.duckdb"), "--workers", "0"]
    main(["code", str(many), "--into", "undisturbed.duckdb", "--workers", "0"])

    done = subprocess.run([*PROGRAM, *command], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    there = content(small_disk / "news.duckdb")["documents"]
    assert len(there) < 500
    subprocess.run(["mount", "-o", "remount,size=30m", str(small_disk)], check=True)
    assert main(command) == 0
    assert content(small_disk / "news.duckdb") == content(Path("undisturbed.duckdb"))


FEED = (
    """<?xml version="1.0"?><rss version="2.0"><channel><title>The Example Times</title>{}</channel></rss>"""
)
ITEM = "<item><guid>g{0}</guid><title>Strike at harbour {0}</title><link>{1}/{0}</link><description>{2}</description></item>"


def feed(*numbers: int, at: str = "https://news.example", more: str = "") -> str:
    return FEED.format("".join(ITEM.format(n, at, WORDS.format(n) + more) for n in numbers))


def titles(store: Path) -> list[str]:
    with open_store(store) as connection:
        return [
            title for (title,) in connection.execute("SELECT title FROM documents ORDER BY ALL").fetchall()
        ]


def test_a_feed_can_be_coded_again_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what is new is coded: another item, or one whose words have changed, wherever it stands in the feed."""
    file = tmp_path / "news.rss"
    command = ["code", f"feed:{file}", "--into", "news.duckdb", "--workers", "0"]
    told = []
    for content in (
        feed(1, 2),
        feed(3, 2, 1),
        feed(3, 2),
        feed(4, 3, more=" Talks began."),
        "<rss><channel>",
    ):
        file.write_text(content, encoding="utf-8")
        main(command)
        told.append(capsys.readouterr().err.splitlines()[-1])

    assert [line.removeprefix("dragoman: ").partition(" into")[0] for line in told] == [
        "2 article(s) coded",
        "1 article(s) coded",
        "0 article(s) coded",
        "2 article(s) coded",
        "0 article(s) coded",
    ]
    assert titles(Path("news.duckdb")) == [f"Strike at harbour {n}" for n in (1, 2, 3, 3, 4)]
    rows = content_of_errors()
    assert {Path(str(row[0])).name for row in rows} == {"news.rss"}
    file.write_text(feed(4, more=" Talks began."), encoding="utf-8")
    main(command)
    assert content_of_errors() == []


def content_of_errors() -> list[tuple[Any, ...]]:
    with open_store(Path("news.duckdb")) as connection:
        return connection.execute("SELECT file, what FROM errors ORDER BY ALL").fetchall()


class Pages(BaseHTTPRequestHandler):
    """A site with a feed of three items; the page of the second is not there, the first time."""

    asked: ClassVar[list[str]] = []

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.asked.append(self.path)
        site = f"http://{self.headers['Host']}"
        words = f"The workers of page {self.path[1:]} struck on Monday, and its port stood still for a day and a night."
        page = f"<html><body><article><p>{words}</p><p>{words * 2}</p></article></body></html>"
        missing = self.path == "/2" and self.asked.count("/2") == 1
        body = (feed(1, 2, 3, at=site) if self.path == "/feed" else page).encode()
        self.send_response(404 if missing else 200)
        self.send_header("Content-Type", "text/xml" if self.path == "/feed" else "text/html")
        self.end_headers()
        self.wfile.write(b"" if missing else body)


def test_pages_of_a_feed_are_fetched_once_and_only_if_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as site:
        threading.Thread(target=site.serve_forever, args=(0.05,), daemon=True).start()
        address = f"feed:http://127.0.0.1:{site.server_port}/feed"
        command = ["code", address, "--into", "news.duckdb", "--workers", "0"]
        assert main(command) == 1
        assert "in a private network (127.0.0.1)" in capsys.readouterr().err
        assert Pages.asked == []
        assert main([*command, "--allow-private"]) == 0
        assert Pages.asked == ["/feed"]

        assert main([*command, "--allow-private", "--follow"]) == 1
        assert "#g2: the answer is 404" in capsys.readouterr().err
        assert Pages.asked[1:] == ["/feed", "/1", "/2", "/3"]
        assert main([*command, "--allow-private", "--follow"]) == 0
        assert Pages.asked[5:] == ["/feed", "/2"], "what failed is tried again, what came is not"
        assert content_of_errors() == []
        site.shutdown()
    with open_store(Path("news.duckdb")) as connection:
        pages = connection.execute(
            "SELECT count(*) FROM documents WHERE text LIKE '%workers of page%'"
        ).fetchone()
    assert pages == (3,)


@pytest.mark.slow
def test_ten_kills_at_random_moments_of_a_run_over_300_articles_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shards of seven, so that some kills fall into the writing of the store and some between two shards."""
    texts = tmp_path / "many"
    texts.mkdir()
    for number in range(300):
        words = WORDS.format(number) + (" Then came the crash." if number % 50 == 7 else "")
        (texts / f"{number:03}.txt").write_text(words, encoding="utf-8")
    monkeypatch.setattr(dragoman, "load", fake.load_slow)
    command = ["code", str(texts), "--into"]
    main([*command, "whole.duckdb", "--workers", "0"])
    small = "import dragoman.cli.into as i; from functools import partial; i.code_into = partial(i.code_into, shard=7); "
    program = [*PROGRAM[:2], small + PROGRAM[2], *command, "killed.duckdb", "--workers", "1"]
    moments = random.Random(7)
    note = tmp_path / "coded"  # a byte for each text that was coded, finished or not
    note.touch()
    monkeypatch.setenv("FAKE_NOTE", str(note))
    for _ in range(10):
        process = subprocess.Popen(
            program,
            env=dict(os.environ, FAKE_SECONDS="0.02"),
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        before, until = note.stat().st_size, time.monotonic() + 60
        while note.stat().st_size == before and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(moments.uniform(0.0, 0.3))
        os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, "the run was over before it was killed"

    main([*command, "killed.duckdb", "--workers", "0"])

    assert content(Path("killed.duckdb")) == content(Path("whole.duckdb"))
    assert not Path("killed.duckdb.ledger").exists()
    again = note.stat().st_size - 300
    assert again <= 10 * 2 * CHUNK, "a kill costs what its worker had in hand, and nothing that was finished"


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_ends_as_this_machine_does(
    texts: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    monkeypatch.setattr(dragoman, "load", fake.load_slow)
    command = ["code", str(texts), "--into"]
    assert main([*command, "whole.duckdb", "--workers", "0"]) == 1
    note = tmp_path / "coded"
    note.touch()
    monkeypatch.setenv("FAKE_NOTE", str(note))
    monkeypatch.setenv("FAKE_SECONDS", "0.1")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0", silence_logs=50
    ) as cluster:
        victim = cluster.workers[0].pid

        def kill_in_mid_run() -> None:
            while note.stat().st_size < 10:
                time.sleep(0.02)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill_in_mid_run, daemon=True)
        killer.start()
        status = main([*command, "killed.duckdb", "--cluster", cluster.scheduler_address])
        killer.join(timeout=1)
        assert not killer.is_alive()
        assert main([*command, "killed.duckdb", "--cluster", cluster.scheduler_address]) == 1

    assert status == 1
    assert capsys.readouterr().err.splitlines()[-1].endswith("; 60 were finished before")
    assert content(Path("killed.duckdb")) == content(Path("whole.duckdb"))


def test_a_cluster_needs_a_store_and_has_its_own_workers(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["code", "--sample", "--cluster", "tcp://127.0.0.1:1"]) == 2
    assert "Give --into" in capsys.readouterr().err
    command = ["code", "--sample", "--into", "x.duckdb", "--cluster", "tcp://127.0.0.1:1", "--workers", "2"]
    assert main(command) == 2
    assert "the cluster has its own" in capsys.readouterr().err
