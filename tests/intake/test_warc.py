"""Web archives: which records are articles, and what is wrong with an archive is said."""

import gzip
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from dragoman.intake import Fault, Raw, inputs, read

warcio = pytest.importorskip("warcio", reason="web archives need the extra `warc`")

PAGE = "<html><head><title>Talks in the old harbour</title></head><body><article><p>{}</p></article></body></html>"
WORDS = "The mayor of the old harbour town met the dock workers on Monday, and promised them café and bread."


def archive(
    records: Sequence[tuple[str, str, str, bytes]], *, packed: bool = False, encoding: str | None = None
) -> bytes:
    """records: type, status, media type, body."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for number, (kind, status, media, body) in enumerate(records):
        headers = [("Content-Type", media)]
        if encoding == "gzip":
            body = gzip.compress(body)
            headers.append(("Content-Encoding", "gzip"))
        http = (
            StatusAndHeaders(f"{status} As told", headers, protocol="HTTP/1.1")
            if kind == "response"
            else None
        )
        writer.write_record(
            writer.create_warc_record(
                f"https://news.example/{number}", kind, payload=io.BytesIO(body), http_headers=http,
                warc_content_type=None if http else media, warc_headers_dict={"WARC-Date": "2024-03-05T10:00:00Z"},
            )
        )  # fmt: skip
    return out.getvalue()


def of(content: bytes, folder: Path, name: str = "crawl.warc") -> list[Raw | Fault]:
    path = folder / name
    path.write_bytes(content)
    return list(inputs([str(path)], published="2024-03-04"))


PAGES = [
    ("response", "200", "text/html; charset=utf-8", PAGE.format(WORDS).encode()),
    ("response", "404", "text/html", PAGE.format("There is nothing here.").encode()),
    ("response", "200", "image/png", b"\x89PNG"),
    ("resource", "", "text/plain", WORDS.encode()),
    ("conversion", "", "text/plain", WORDS.encode()),
]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_pages_and_texts_are_articles_and_nothing_else(packed: bool, tmp_path: Path) -> None:
    found = of(archive(PAGES, packed=packed), tmp_path, "crawl.warc.gz" if packed else "crawl.warc")

    raws = [raw for raw in found if isinstance(raw, Raw)]
    assert len(raws) == len(found) == 3
    assert [raw.url for raw in raws] == [f"https://news.example/{n}" for n in (0, 3, 4)]
    assert [raw.form for raw in raws] == ["html", "text", "text"]
    assert {raw.retrieved for raw in raws} == {"2024-03-05T10:00:00Z"}
    assert raws[0].file.endswith("#https://news.example/0")
    document = read(raws[0])
    assert WORDS in document.text
    assert document.published == "2024-03-04"


def test_a_body_that_was_packed_on_its_way_is_unpacked(tmp_path: Path) -> None:
    (raw,) = of(archive(PAGES[:1], encoding="gzip"), tmp_path)
    assert isinstance(raw, Raw)
    assert WORDS in read(raw).text


def test_the_encoding_that_the_server_names_counts(tmp_path: Path) -> None:
    body = PAGE.format(WORDS).encode("cp1252")
    (raw,) = of(archive([("response", "200", "text/html; charset=windows-1252", body)]), tmp_path)
    assert isinstance(raw, Raw)
    assert "café" in read(raw).text


def test_an_archive_is_told_by_its_first_bytes(tmp_path: Path) -> None:
    assert len(of(archive(PAGES), tmp_path, "crawl.bin")) == 3


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_of_a_damaged_archive_the_beginning_is_read(packed: bool, tmp_path: Path) -> None:
    whole = archive([PAGES[0]] * 3, packed=packed)

    found = of(whole[:-60], tmp_path, "crawl.warc.gz" if packed else "crawl.warc")

    assert [type(one) for one in found] == [Raw, Raw, Fault]
    assert "breaks off" in getattr(found[-1], "what", "")


def test_an_archive_without_pages_is_a_fault(tmp_path: Path) -> None:
    (fault,) = of(archive(PAGES[1:3]), tmp_path)
    assert isinstance(fault, Fault)
    assert "holds no page" in fault.what
