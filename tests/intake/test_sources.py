"""Files, folders, patterns, standard input and JSON Lines to raw texts, a fault for each bad one."""

import gzip
import io
import json
from pathlib import Path

import pytest

from dragoman.intake import Fault, InputError, Raw, inputs

TEXT = "The envoys met in the capital on Sunday."


def one(path: Path | str, **options: object) -> Raw | Fault:
    (found,) = inputs([str(path)], **options)  # type: ignore[arg-type]
    return found


def lines(*rows: object) -> bytes:
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def test_a_folder_gives_its_files_by_name_whatever_their_form(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.html").write_text("<html><body><p>x</p></body></html>")
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "d.jsonl").write_bytes(lines({"text": TEXT}, {"text": TEXT}))
    (tmp_path / ".hidden.txt").write_text(TEXT)
    (tmp_path / "e.txt.gz").write_bytes(gzip.compress(TEXT.encode()))

    found = list(inputs([str(tmp_path)]))

    names = [(Path(item.file).name, item.line, item.form) for item in found if isinstance(item, Raw)]
    assert names == [
        ("a.txt", None, "text"),
        ("c.html", None, "html"),
        ("d.jsonl", 1, "text"),
        ("d.jsonl", 2, "text"),
        ("e.txt.gz", None, "text"),
    ]
    assert found[-1].content == TEXT.encode()  # type: ignore[union-attr]


def test_a_pattern_gives_the_files_that_fit(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.html"):
        (tmp_path / name).write_text(TEXT)

    found = list(inputs([str(tmp_path / "*.txt")]))

    assert [Path(item.file).name for item in found] == ["a.txt", "b.txt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(TEXT)
    assert isinstance(one(tmp_path / "a[1].txt"), Raw)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (TEXT.encode(), "text"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html><body></body></html>", "html"),
        (lines({"text": TEXT}), "text"),
        (gzip.compress(lines({"html": "<p>x</p>"})), "html"),
    ],
)
def test_standard_input_is_told_by_its_beginning(content: bytes, form: str) -> None:
    found = one("-", standard_input=io.BytesIO(content))

    assert isinstance(found, Raw)
    assert (found.file, found.form) == ("-", form)


def test_fields_of_a_line_reach_the_text(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(
        lines(
            {"text": TEXT, "id": 7, "url": "https://example.org", "title": "T", "published": "2023-06-26"}
            | {"publisher": "P", "author": "A", "licence": "CC0", "other": [1]}
        )
    )
    found = one(file, published="2020-01-01")

    assert found == Raw(
        content=TEXT,
        file=str(file),
        line=1,
        source_id="7",
        url="https://example.org",
        title="T",
        published="2023-06-26",
        publisher="P",
        byline="A",
        licence="CC0",
        published_default="2020-01-01",
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (b'{"text": "a"', "no JSON at column"),
        (b"[1, 2]", "a JSON list, not an object"),
        (b"nothing", "no JSON at column 1"),
        (b"\xff\xfe\xfa\x00\x01\x02", ""),
        (b"[" * 100_000, "no JSON"),
        ({"title": "no text"}, "neither 'text' nor 'html' in it"),
        ({"text": None}, "neither 'text' nor 'html' in it"),
        ({"text": 5}, "'text' is a number, not a string"),
        (
            {"text": TEXT, "title": ["a"], "published": 20230626},
            "'title' is a list, not a string; 'published' is a number",
        ),
    ],
)
def test_a_broken_line_is_a_fault_and_the_next_is_read(tmp_path: Path, row: object, words: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines({"text": TEXT}, row, b"", {"text": TEXT}))

    first, fault, last = inputs([str(file)])

    assert isinstance(first, Raw)
    assert isinstance(fault, Fault)
    assert isinstance(last, Raw)
    assert str(fault).startswith(f"{file}:2: ")
    assert words in fault.what
    assert last.line == 4


def test_a_line_above_the_limit_is_a_fault_and_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines({"text": "x" * 9_000_000}, {"text": TEXT}))

    fault, last = inputs([str(file)])

    assert isinstance(fault, Fault)
    assert "one text may have 4 MB" in fault.what
    assert isinstance(last, Raw)
    assert last.line == 2


def test_lone_surrogates_in_json_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "The envoys \\ud800 met."}\n')
    found = one(file)

    assert isinstance(found, Raw)
    assert found.content == "The envoys \ud800 met."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.jsonl", b"\n\n", "the file is empty"),
        ("a.html", b" \n", "the file is empty"),
        ("a.txt", b"x" * 10_000_000, "more than 4 MB"),
        ("a.txt.gz", b"\x1f\x8b\x08\x00damaged", "cannot be read"),
        ("a.jsonl.gz", gzip.compress(lines({"text": TEXT}))[:-12], "cannot be read"),
    ],
)
def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)

    *_, fault = inputs([str(tmp_path / name)])

    assert isinstance(fault, Fault)
    assert words in str(fault)
    assert fault.lost


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * 60_000_000))
    fault = one(tmp_path / "a.txt.gz")

    assert isinstance(fault, Fault)
    assert "Split it" in fault.do


def test_what_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    faults = list(
        inputs([str(tmp_path / "no.txt"), str(tmp_path / "*.none"), str(tmp_path / "empty"), "a\0b"])
    )

    assert [fault.what for fault in faults if isinstance(fault, Fault)][:3] == [
        "no such file",
        "no file fits this pattern",
        "the folder holds no file",
    ]
    assert len(faults) == 4


def test_a_wrong_day_is_told_before_anything_is_opened() -> None:
    with pytest.raises(InputError, match=r"--published: 'published' is '2023-13-01', which is no date"):
        inputs(["nowhere"], published="2023-13-01")
