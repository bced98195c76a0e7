"""Many texts, any number of workers, and a text that ends its worker."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from dragoman.errors import DragomanError, ModelError, UsageError
from dragoman.intake import Fault, Raw
from dragoman.records import Coded, to_jsonl
from dragoman.runs import code_many
from dragoman.runs.worker import quiet_single_threaded_start

from . import fakes

GOOD = "The minister met his counterpart of {} on Sunday, and the two of them signed the treaty."
BAD = "An explosion in the harbour of the town killed three of the guards, the police said."


def raws(count: int, bad: tuple[int, ...] = ()) -> list[Raw | Fault]:
    return [
        Raw(
            content=BAD if number in bad else GOOD.format("Examplia" * (number % 5 + 1)),
            file="in.jsonl",
            line=number + 1,
            source_id=f"n{number}",
        )
        for number in range(count)
    ]


def as_bytes(results: Iterator[Coded | Fault]) -> bytes:
    return b"".join(to_jsonl(item) if isinstance(item, Coded) else str(item).encode() for item in results)


def test_one_worker_two_workers_and_none_give_the_same_bytes_in_input_order() -> None:
    texts = raws(40)
    texts[7] = Fault(file="in.jsonl", line=8, what="no JSON", do="Write JSON")
    here = as_bytes(code_many(texts, fakes.make_plain, workers=0))

    assert here == as_bytes(code_many(texts, fakes.make_plain, workers=1))
    assert here == as_bytes(code_many(texts, fakes.make_plain, workers=2))
    ids = [
        item.document.source_id
        for item in code_many(texts, fakes.make_plain, workers=0)
        if isinstance(item, Coded)
    ]
    assert ids == [f"n{number}" for number in range(40) if number != 7]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("signal", "ended by signal 9"),
        ("exit", "ended with exit code 3"),
    ],
)
def test_a_text_that_kills_its_worker_is_a_fault_and_the_others_are_coded(how: str, words: str) -> None:
    results = list(code_many(raws(12, bad=(0, 5)), partial(fakes.make_failing, how), workers=1))

    faults = [item for item in results if isinstance(item, Fault)]
    assert [(fault.line, fault.stage, fault.source_id) for fault in faults] == [
        (1, "worker", "n0"),
        (6, "worker", "n5"),
    ]
    assert words in faults[0].what
    coded = [item.document.source_id for item in results if isinstance(item, Coded)]
    assert coded == [f"n{number}" for number in range(12) if number not in (0, 5)]


def test_two_workers_lose_the_same_texts_as_one() -> None:
    texts = raws(30, bad=(3, 4, 29))
    make = partial(fakes.make_failing, "signal")

    assert as_bytes(code_many(texts, make, workers=1)) == as_bytes(code_many(texts, make, workers=2))


@pytest.mark.parametrize(
    ("workers", "how", "error", "words"),
    [
        (0, "raise", "ZeroDivisionError", "nothing to divide by"),
        (0, "recursion", "RecursionError", "recursion"),
        (0, "model", "ModelError", "a score is not finite"),
        (1, "raise", "ZeroDivisionError", "nothing to divide by"),
    ],
)
def test_an_error_in_coding_is_a_row_with_document_and_trace(
    workers: int, how: str, error: str, words: str
) -> None:
    results = list(code_many(raws(3, bad=(1,)), partial(fakes.make_failing, how), workers=workers))

    before, fault, after = results
    assert isinstance(before, Coded)
    assert isinstance(after, Coded)
    assert isinstance(fault, Fault)
    assert (fault.line, fault.stage, fault.error) == (2, "coding", error)
    assert words in fault.what
    assert fault.document is not None
    assert (fault.trace is None) == (error == "ModelError"), "an error raised on purpose explains itself"


def test_a_record_that_cannot_travel_is_the_fault_of_its_text() -> None:
    results = list(code_many(raws(3, bad=(1,)), partial(fakes.make_failing, "unsendable"), workers=1))

    assert [type(item).__name__ for item in results] == ["Coded", "Fault", "Coded"]


def test_a_text_that_stands_still_is_ended_after_its_time() -> None:
    results = list(
        code_many(raws(3, bad=(1,)), partial(fakes.make_failing, "sleep"), workers=1, text_seconds=0.5)
    )

    assert [type(item).__name__ for item in results] == ["Coded", "Fault", "Coded"]
    assert "took more than 0.5 seconds" in str(results[1])


def test_a_worker_has_one_thread_and_the_parent_keeps_its_own_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    before = signal.getsignal(signal.SIGINT)

    (coded,) = code_many(raws(1), fakes.make_threads_shown, workers=1)

    assert isinstance(coded, Coded)
    assert coded.document.text == "threads 1"
    assert os.environ["OMP_NUM_THREADS"] == "5"
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("workers", [0, 1])
def test_a_coder_that_cannot_be_made_ends_the_run_with_its_own_error(workers: int) -> None:
    with pytest.raises(ModelError, match=r"model\.onnx is missing"):
        list(code_many(raws(3), fakes.make_none, workers=workers))


def test_a_worker_that_dies_before_it_is_ready_ends_the_run() -> None:
    with pytest.raises(DragomanError, match="before it was ready"):
        list(code_many(raws(3), fakes.make_dead, workers=1))


def test_the_input_is_read_no_further_than_the_work_needs() -> None:
    """Memory stays bounded: a consumer that takes one result has not made the whole input be read."""
    taken = 0

    def endless() -> Iterator[Raw | Fault]:
        nonlocal taken
        for number in range(100_000):
            taken += 1
            yield Raw(content=GOOD.format(number), source_id=str(number))

    results = code_many(endless(), fakes.make_plain, workers=1)
    first = [next(results) for _ in range(50)]
    results.close()  # type: ignore[attr-defined]

    assert all(isinstance(item, Coded) for item in first)
    assert taken <= 50 + 64


def test_faults_are_told_as_they_pass_and_mended_texts_come_after_their_note() -> None:
    heard: list[Fault] = []
    text = Raw(content="The minister\x07 met his counterpart of Examplia on Sunday.", file="a.txt")

    results = list(code_many([text], fakes.make_plain, workers=0, on_fault=heard.append))

    note, coded = results
    assert heard == [note]
    assert isinstance(note, Fault)
    assert not note.lost
    assert str(note).startswith("a.txt:1: control characters were taken out")
    assert isinstance(coded, Coded)


def test_no_texts_start_no_worker() -> None:
    fault = Fault(file="x", what="no such file", do="Give a file")
    assert list(code_many([fault] * 200, fakes.make_dead, workers=2)) == [fault] * 200
    assert list(code_many([], fakes.make_dead, workers=2)) == []


def test_fewer_than_no_workers_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="Give 0 or more"):
        list(code_many([], fakes.make_plain, workers=-1))


SCRIPT = """
import signal
import sys
from functools import partial
from dragoman.intake import Raw
from dragoman.runs import code_many
from runs import fakes

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    texts = (Raw(content="An explosion in the harbour killed three.", source_id=str(n)) for n in range(100))
    print("begin", flush=True)
    for item in code_many(texts, partial(fakes.make_failing, "sleep"), workers=2):
        print(item)
"""


def test_ctrl_c_ends_the_workers_without_a_word_from_them(tmp_path: Path) -> None:
    """A terminal interrupts the whole group: the parent raises, its workers say nothing and end."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    time.sleep(0.8)  # the workers start, or have started
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(
        timeout=20
    )  # returns when nobody holds the pipes any more: all have ended

    assert process.returncode == -signal.SIGINT
    assert errors.count("Traceback") == 1, errors
    assert errors.rstrip().endswith("KeyboardInterrupt")


def test_an_interrupt_while_a_worker_starts_comes_after_it() -> None:
    """It was lost in that moment once, and the run went on."""
    seen = []

    def start() -> None:
        with quiet_single_threaded_start():
            signal.pthread_kill(
                threading.get_ident(), signal.SIGINT
            )  # to this thread, and to no other that is there
            seen.append("the start went on")
        seen.append("lost")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    try:
        with pytest.raises(KeyboardInterrupt):
            start()
    finally:
        signal.signal(signal.SIGINT, before)

    assert seen == ["the start went on"]
