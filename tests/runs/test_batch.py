"""Bad input never ends a batch: every kind of it in one folder, among good articles."""

import io
import json
from pathlib import Path

import pytest

from dragoman.intake import Fault, inputs
from dragoman.records import Coded, to_jsonl
from dragoman.runs import code_many, to_json, write_faults

from . import fakes

GOOD = "Envoys meet in the capital\n\nThe envoys of the two countries met in the capital on Sunday.\n"
SENTENCE = "The envoys met and " + "talked and " * 2_500 + "left."
# name → content, where the fault is said to be, its words, and whether the text is lost
FILES: dict[str, tuple[bytes, str, str, bool]] = {
    "b-empty.txt": (b"", "", "the file is empty", True),
    "c-big.txt": (b"The envoys met. " * 650_000, "", "one text may have 4 MB", True),
    "d-binary.txt": (bytes(range(256)) * 100, "", "a binary file, not text", True),
    "e-koi8.txt": ("Послы встретились в столице в воскресенье.".encode("koi8-r"), "", "not UTF-8", True),
    "f-cp1252.txt": (
        "Line one.\nThe envoys’ talks ended in Zürich.".encode("cp1252"),
        ":2",
        "read as cp1252",
        False,
    ),
    "g-no-article.html": (b"<html><body><a href='/'>Home</a></body></html>", "", "no article found", True),
    "h-surrogate.jsonl": (
        b'\n{"text": "The envoys \\ud800 met in the capital."}',
        ":2",
        "lone surrogates",
        False,
    ),
    "i-broken.jsonl": (b'{"text": "The envoys met', ":1", "no JSON at column", True),
    "j-no-text.jsonl": (b'{"title": "Envoys meet"}', ":1", "neither 'text' nor 'html' in it", True),
    "k-type.jsonl": (b'{"text": ["The envoys met"]}', ":1", "'text' is a list, not a string", True),
    "l-day.jsonl": (
        b'{"text": "The envoys met.", "published": "soon"}',
        ":1",
        "'soon', which is no date",
        True,
    ),
    "m-controls.txt": (
        b"The envoys met.\nThey\x07 talked.",
        ":2",
        "control characters were taken out",
        False,
    ),
    "n-sentence.txt": (SENTENCE.encode(), "", "5005 words without the end of a sentence", False),
    "o-french.txt": (
        "Les ambassadeurs se sont rencontrés dimanche dans la capitale.".encode(),
        "",
        "not English (fr",
        True,
    ),
    "p-pdf.txt": (b"%PDF-1.7", "", "a PDF, not text", True),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, (content, *_) in FILES.items():
        (tmp_path / name).write_bytes(content)
    for name in ("a-good.txt", "h-good.txt", "z-good.txt"):
        (tmp_path / name).write_text(GOOD)
    return tmp_path


def test_each_bad_input_gives_one_row_and_every_good_article_is_coded(folder: Path) -> None:
    results = list(code_many(inputs([str(folder)]), fakes.make_plain, workers=0))

    faults = [item for item in results if isinstance(item, Fault)]
    assert [fault.where for fault in faults] == [
        f"{folder}/{name}{line}" for name, (_, line, _, _) in FILES.items()
    ]
    for fault, (_, _, words, lost) in zip(faults, FILES.values(), strict=True):
        assert words in fault.what
        assert fault.lost is lost
        assert fault.do
        assert fault.trace is None
        assert "\n" not in str(fault)
    mended = sum(1 for *_, lost in FILES.values() if not lost)
    assert sum(1 for item in results if isinstance(item, Coded)) == 3 + mended


def test_the_batch_is_the_same_on_a_worker(folder: Path) -> None:
    def as_bytes(workers: int) -> bytes:
        results = code_many(inputs([str(folder)]), fakes.make_plain, workers=workers)
        return b"".join(to_jsonl(item) if isinstance(item, Coded) else to_json(item) for item in results)

    assert as_bytes(0) == as_bytes(1)


def test_the_errors_file_has_a_row_for_each_fault(folder: Path) -> None:
    faults = [item for item in inputs([str(folder)]) if isinstance(item, Fault)]
    file = io.BytesIO()

    lost = write_faults(faults, file)

    rows = [json.loads(line) for line in file.getvalue().splitlines()]
    assert lost == len(rows) == len(faults)
    keys = [
        "record",
        "file",
        "line",
        "stage",
        "error",
        "what",
        "do",
        "lost",
        "source_id",
        "document",
        "trace",
    ]
    assert all(list(row) == keys for row in rows)
    assert rows[0]["record"] == "fault"
