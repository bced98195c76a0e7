"""The same texts on a real scheduler of Dask with two worker processes, one of which is killed."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import DragomanError, ModelError, UsageError
from dragoman.intake import Fault, Raw
from dragoman.records import Coded, to_jsonl
from dragoman.runs import cluster as adapter
from dragoman.runs import code_many
from dragoman.runs.cluster import Cluster, connect

from . import fakes

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

GOOD = "The minister met his counterpart of {} on Sunday, and the two of them signed the treaty."
BAD = "An explosion in the harbour of the town killed three of the guards, the police said."


def raws(count: int, bad: tuple[int, ...] = ()) -> list[Raw | Fault]:
    texts: list[Raw | Fault] = [
        Raw(content=BAD if n in bad else GOOD.format(n), file="in.jsonl", line=n + 1, source_id=f"n{n}")
        for n in range(count)
    ]
    if count > 5:
        texts[5] = Fault(file="in.jsonl", line=6, what="no JSON", do="Write JSON")
    return texts


def as_bytes(results: Iterator[Coded | Fault]) -> list[bytes]:
    return [to_jsonl(item) if isinstance(item, Coded) else str(item).encode() for item in results]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0", silence_logs=50
    ) as local:
        yield local


@pytest.fixture
def cluster(scheduler: Any) -> Iterator[Cluster]:
    with connect(scheduler.scheduler_address) as connected:
        yield connected


def test_an_address_without_a_scheduler_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "CONNECT_SECONDS", 0.5)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(DragomanError, match=rf"no scheduler of Dask answers at tcp://127.0.0.1:{port}"):
        connect(f"tcp://127.0.0.1:{port}").__enter__()
    with pytest.raises(UsageError, match="is no address"):
        connect("gopher://127.0.0.1:1").__enter__()


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'dragoman\[cluster\]'"):
        connect("tcp://127.0.0.1:1").__enter__()


@pytest.mark.slow
def test_a_cluster_says_the_same_as_this_machine_and_makes_each_coder_once(
    cluster: Cluster, tmp_path: Path
) -> None:
    """Also of texts that end the process that reads them: the cluster's own workers are not touched by it."""
    make = partial(fakes.Numbered, 0.01, str(tmp_path))
    texts = raws(60, bad=(7, 30))
    pids = cluster.client.run(os.getpid)
    run = cluster.run(make)

    found = as_bytes(cluster.code_many(texts, make, run))

    assert len(list(tmp_path.iterdir())) <= 2 + 2, (
        "no more than a coder a worker, and one for each that a text ended"
    )
    assert found == as_bytes(code_many(texts, partial(fakes.Numbered), workers=1))
    assert cluster.client.run(os.getpid) == pids
    assert run == fakes.Numbered.run


@pytest.mark.slow
def test_the_chunks_of_a_killed_worker_run_again_elsewhere(cluster: Cluster) -> None:
    make = partial(fakes.Numbered, 0.02)
    run = cluster.run(make)
    victim = next(iter(cluster.client.run(os.getpid).values()))
    found = []
    for count, answer in enumerate(cluster.code_many(raws(120), make, run)):
        found.append(answer)
        if count == 20:
            os.kill(victim, signal.SIGKILL)

    assert as_bytes(iter(found)) == as_bytes(code_many(raws(120), fakes.Numbered, workers=0))


@pytest.mark.slow
def test_a_coder_that_cannot_be_made_ends_the_run_with_its_own_error(cluster: Cluster) -> None:
    with pytest.raises(ModelError, match=r"model\.onnx is missing"):
        cluster.run(fakes.make_none)
    with pytest.raises(DragomanError, match="before it was ready"):
        cluster.run(fakes.make_dead)


@pytest.mark.slow
def test_workers_of_two_releases_are_told_apart(cluster: Cluster, tmp_path: Path) -> None:
    make = partial(fakes.make_one_of_two, str(tmp_path))
    run = cluster.run(make)
    until = time.monotonic() + 60
    while len(cluster.client.nthreads()) < 2 and time.monotonic() < until:  # one may just have been killed
        time.sleep(0.1)
    with pytest.raises(DragomanError, match="another model than the others"):
        list(cluster.code_many(raws(200), make, run))


@pytest.mark.slow
def test_another_version_here_than_there_is_told(scheduler: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "version", lambda name: "9.9")
    with pytest.raises(DragomanError, match=r"here are dragoman 9\.9 .* but the scheduler has dragoman "):
        connect(scheduler.scheduler_address).__enter__()


@pytest.mark.slow
def test_a_scheduler_without_workers_or_that_goes_ends_the_run_with_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(adapter, "WORKERS_SECONDS", 0.5)
    with (
        LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=":0", silence_logs=50) as empty,
        pytest.raises(DragomanError, match="has had no worker"),
    ):
        connect(empty.scheduler_address).__enter__()

    make = partial(fakes.Numbered, 0.05)
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=":0", silence_logs=50
        ) as going,
        connect(going.scheduler_address) as cluster,
    ):
        answers = cluster.code_many(raws(400), make, cluster.run(make))
        next(answers)
        threading.Timer(0.1, going.close).start()
        with pytest.raises(DragomanError, match=r"(has gone|has had no worker).* same command again"):
            list(answers)
    assert capfd.readouterr().err == ""
