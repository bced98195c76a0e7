"""What is wrong with a file is said with file and line, and mended where one can know how."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.records import Coded
from dragoman.store.formats import FORMATS, Losses
from dragoman.store.formats.rows import cell

CASES = Path(__file__).parents[2] / "cases" / "store" / "formats"


def read(name: str, path: Path, losses: Losses | None = None) -> list[Coded]:
    reader = FORMATS[name].read
    assert reader is not None
    return list(reader(path, losses))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("icews", "a\tb\n", r"the first line is no header: it begins with 'a'"),
        ("icews", "", None),
        ("gdelt", "1\t2\n", r"line 1 has 2 cells, not 61"),
        ("phoenix", "1\t2\n", r"line 1 has 2 cells, not 26"),
        ("plover", "not json\n", r"line 1 is no JSON object"),
        ("csv", "a,b\n1,2\n", r"no column actor_countries"),
        ("geojson", "[]", r"is no FeatureCollection"),
        ("parquet", "PAR", r"cannot be read"),
    ],
)
def test_a_file_of_another_form_is_refused(
    name: str, content: str, words: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")

    if words is None:
        assert read(name, path) == []
        return
    with pytest.raises(InputError, match=words) as caught:
        read(name, path)
    assert str(path) in str(caught.value)
    assert "Give a file" in str(caught.value)


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.read is not None])
def test_a_missing_file_is_said_in_words(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(name, tmp_path / "nowhere")


def test_a_short_row_is_left_out_and_counted(tmp_path: Path) -> None:
    path, losses = tmp_path / "events.tab", Losses()
    path.write_bytes((CASES / "icews.tab").read_bytes() + b"31000009\t2016-02-11\n")

    assert len(read("icews", path, losses)) == 4
    assert "1 × left out: not 20 cells in the line" in losses.lines()


def test_empty_cells_beyond_the_last_column_are_dropped(tmp_path: Path) -> None:
    """As in some published files of POLECAT."""
    path = tmp_path / "events.txt"
    lines = (CASES / "polecat.txt").read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{line}\t\t\n" for line in lines), encoding="utf-8")

    assert len(read("polecat", path)) == 2


def test_a_stray_name_in_the_header_moves_nothing(tmp_path: Path) -> None:
    """Some published files of POLECAT have a `Headline` in the header that the rows lack."""
    path = tmp_path / "events.txt"
    header, *lines = (CASES / "polecat.txt").read_text(encoding="utf-8").splitlines()
    path.write_text(
        "\n".join((header.replace("Contexts\t", "Contexts\tHeadline\t"), *lines)), encoding="utf-8"
    )

    assert [event.events[0].type for event in read("polecat", path)] == ["PROTEST", "ASSAULT"]


def test_zip_and_gzip_are_read_as_they_are(tmp_path: Path) -> None:
    plain = read("gdelt", CASES / "gdelt.export.CSV")
    content = (CASES / "gdelt.export.CSV").read_bytes()
    zipped, packed = tmp_path / "a.export.CSV.zip", tmp_path / "a.export.CSV.gz"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.export.CSV", content)
    packed.write_bytes(gzip.compress(content))

    for path in (zipped, packed):
        assert [each.events[0].id for each in read("gdelt", path)] == [each.events[0].id for each in plain]


def test_a_zip_of_several_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "")
        archive.writestr("b", "")

    with pytest.raises(InputError, match="holds 2 files"):
        read("gdelt", path)


def test_a_line_that_is_not_utf8_is_read_as_windows_1252(tmp_path: Path) -> None:
    path, losses = tmp_path / "events.tab", Losses()
    text = (CASES / "icews.tab").read_text(encoding="utf-8").replace("Nordic Wire", "Nordic Wiré")
    path.write_bytes(text.encode("cp1252"))

    assert read("icews", path, losses)[0].document.publisher == "Nordic Wiré"
    assert any("read as Windows-1252" in line for line in losses.lines())


def test_a_byte_order_mark_and_quotes_around_cells_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "events.tab"
    lines = (CASES / "icews.tab").read_text(encoding="utf-8").splitlines()
    quoted = ["\t".join(f'"{cell}"' if cell else "" for cell in line.split("\t")) for line in lines]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(quoted).encode())

    assert [e.events[0].actors for e in read("icews", path)] == [
        e.events[0].actors for e in read("icews", CASES / "icews.tab")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two\tcells", "two cells"),
        ("two\r\nlines", "two lines"),
        ("a\u2028b\x85c\x00d", "a b c d"),
        ('the "Ninth"', "the 'Ninth'"),
        (" blank ", "blank"),
        (None, ""),
        (-10.0, "-10.0"),
        ("0211", "0211"),
    ],
)
def test_a_cell_never_ends_a_cell_or_a_row(text: object, expected: str) -> None:
    assert cell(text) == expected


def test_what_was_left_out_and_lost_is_told(harbour: list[Coded]) -> None:
    lines = FORMATS["gdelt"].write(harbour, io.BytesIO())

    told = "\n".join(lines)
    for words in (
        "left out: negated, to come, supposed or uncertain (write everything to keep them)",
        "attribution lost: who says so",
        "counts lost",
        "without a day of their own: the day of publication stands for it",
        "of several parties: a row for each pair",
    ):
        assert words in told


def test_writing_everything_says_what_the_form_cannot(harbour: list[Coded]) -> None:
    def told(name: str) -> str:
        return "\n".join(FORMATS[name].write(harbour, io.BytesIO(), everything=True))

    assert "status lost" in told("icews")
    assert "status lost" not in told("csv")
    assert "status lost" not in told("plover")
