"""Raw texts to documents: pages, languages, days, encodings, faults, and the laws of the canonical text."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from dragoman.intake import InputError, Note, Raw, published, read
from dragoman.intake.characters import canonical_characters
from dragoman.intake.clean import clean
from dragoman.intake.note import unheard
from dragoman.intake.paragraphs import paragraphs
from dragoman.records import document_id

from .cases import FOLDER, load, name_of

BODY = "The envoys of the two countries met in the capital on Sunday, and signed the treaty."


def page(name: str) -> Raw:
    return Raw(content=(FOLDER / "html" / name).read_bytes(), form="html", file=name)


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    document = read(page("article.html"))

    assert document.title == "Examplia and Sampleland sign border treaty"
    assert document.text.startswith("Examplia and Sampleland sign border treaty\n\nThe foreign ministers of")
    assert (document.publisher, document.byline) == ("The Example Times", "Jane Doe")
    assert (document.published, document.place_line) == ("2023-06-26", "VIENNA")
    assert document.url == "https://times.example.org/2023/06/border-treaty"
    assert len(document.text.split("\n\n")) == 5
    for words in ("Also Read", "Home", "Most read", "Reporting by", "REUTERS", "©", "trackers"):
        assert words not in document.text
    assert ("Also Read: Why the border was closed for forty years", "related link") in [
        (item.text, item.reason) for item in document.removed
    ]


def test_a_plain_page_without_article_element_is_read_too() -> None:
    document = read(page("divs_only.html"))

    assert document.title == "Police arrest ten after march in Port Sample"
    assert (document.place_line, document.published) == ("PORT SAMPLE", "2022-03-04")
    assert "RELATED" not in document.text
    assert "Follow us" not in document.text
    assert document.text.endswith("asked the drivers for patience.")


def test_a_page_without_an_article_is_a_fault() -> None:
    with pytest.raises(InputError, match=r"no_article\.html: no article found in the page"):
        read(page("no_article.html"))


def test_a_page_in_its_declared_encoding() -> None:
    html = (
        (FOLDER / "html" / "article.html")
        .read_text("utf-8")
        .replace('charset="utf-8"', 'charset="windows-1252"')
    )
    document = read(Raw(content=html.encode("cp1252"), form="html"))

    assert "“This is a good day" in document.text


def test_a_page_of_a_million_tags_is_refused_and_soon() -> None:
    html = "<html><body>" + "<b>" * 120_000 + "x" + "</b>" * 120_000
    with pytest.raises(InputError):
        read(Raw(content=html, form="html"))


@pytest.mark.parametrize("case", load("published.toml"), ids=name_of)
def test_days_are_written_as_iso_or_refused_with_what_to_write(case: dict[str, Any]) -> None:
    if "iso" in case:
        assert published(case["value"], where="x") == case["iso"]
        return
    with pytest.raises(InputError, match=re.escape(f"{case['value']!r}, which is no date. Write YYYY-MM-DD")):
        published(case["value"], where="x")


@pytest.mark.parametrize(
    "text",
    [
        "Putin met Xi.",
        "Talks end in Vienna",
        "Xi Jinping, Wang Yi, Qin Gang and Andrei Rudenko met in Zhongnanhai.",
        "Le Pen backs Macron",
        "Bundestag votes down Schuldenbremse reform",
        "ISIS-K claims Kabul blast",
    ],
)
def test_a_short_english_text_is_never_refused(text: str) -> None:
    assert read(Raw(content=text)).text == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "Le ministre des affaires étrangères a rencontré son homologue à Vienne dimanche."),
        ("de", "Der Minister traf sich am Sonntag in Wien mit seinem Amtskollegen aus Russland."),
        ("es", "El ministro se reunió con su homólogo en Viena el domingo por la tarde."),
        ("ru", "Министр иностранных дел встретился со своим коллегой в Вене в воскресенье."),
        ("zh", "外交部长星期日在维也纳会见了俄罗斯外长。"),
        ("ar", "التقى وزير الخارجية نظيره في فيينا يوم الأحد."),
        ("nl", "De minister heeft zondag in Wenen met zijn ambtgenoot over het verdrag gesproken."),
    ],
)
def test_another_language_is_named_and_refused(code: str, text: str) -> None:
    with pytest.raises(InputError, match=rf"not English \({code}, probability"):
        read(Raw(content=text))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_any_of_its_forms(encoding: str) -> None:
    text = "The envoys’ talks “ended” in Zürich on Sunday."
    assert read(Raw(content=text.encode(encoding))).text == text


def test_windows_latin_is_read_and_noted() -> None:
    notes: list[Note] = []
    text = "The envoys met on Sunday.\nThe envoys’ talks “ended” in Zürich – at last."

    document = read(Raw(content=text.encode("cp1252")), note=notes.append)

    assert "envoys’ talks “ended” in Zürich –" in document.text
    assert [(note.what, note.line) for note in notes] == [("not UTF-8; read as cp1252 (Windows Latin)", 2)]


def test_a_broken_byte_in_utf8_is_mended_and_noted() -> None:
    notes: list[Note] = []
    data = "The envoys’ talks “ended” in Zürich.".encode().replace(b"ended", b"en\xffded")

    document = read(Raw(content=data), note=notes.append)

    assert "“en\ufffdded” in Zürich" in document.text
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 \x00\x01", "a PDF, not text. Turn it into text first"),
        (b"PK\x03\x04abc", "a ZIP archive or office document"),
        (bytes(range(256)) * 20, "a binary file, not text. Give plain text, HTML or JSON Lines"),
        ("Министр встретился с коллегой в Вене.".encode("cp1251") * 20, "Save it as UTF-8 \\(iconv -f"),
        (b" \n\t\n ", "there is no text in it"),
        ("\ufeff\u200b", "there is no text in it"),
        ("Advertisement\n\nAdvertisement", "nothing is left of the text"),
        (b"x" * 10_000_000, "10.0 MB; one text may have 4 MB. Split it into its articles"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes | str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read(Raw(content=content, file="a.txt", line=3))
    assert str(caught.value).startswith("a.txt:3: ")


def test_a_sentence_of_five_thousand_words_is_read_and_noted() -> None:
    notes: list[Note] = []
    text = "The envoys met and " + "talked and " * 2_500 + "left."

    assert read(Raw(content=text), note=notes.append).text == text
    assert [note.what for note in notes] == ["5005 words without the end of a sentence"]


def test_the_id_is_that_of_text_and_url() -> None:
    document = read(Raw(content=BODY, url="https://example.org/a"))
    assert document.id == document_id(BODY, "https://example.org/a")


# -- laws


def assert_canonical(text: str) -> None:
    """One blank line between paragraphs, no blanks around or doubled inside, no controls, no surrogates."""
    assert text == text.strip()
    for paragraph in text.split("\n\n"):
        assert paragraph
        assert paragraph == paragraph.strip()
        assert "  " not in paragraph
        for character in paragraph:
            assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
            assert character == " " or unicodedata.category(character) != "Zs"


@settings(max_examples=150, deadline=None)
@given(strategies.raws())
def test_reading_raises_nothing_but_input_errors_and_gives_canonical_text(raw: Raw) -> None:
    try:
        document = read(raw)
    except InputError:
        return
    assert_canonical(document.text)
    assert document.title is None or document.text.startswith(document.title)
    document.id.encode()
    for item in document.removed:
        item.text.encode()


@settings(max_examples=150, deadline=None)
@given(strategies.news_texts(surrogates=True), st.booleans())
def test_reading_canonical_text_again_changes_nothing(text: str, titled: bool) -> None:
    try:
        first = read(
            Raw(content=BODY + "\n\n" + text, title="Envoys meet in the capital" if titled else None)
        )
    except InputError:
        return
    again = read(Raw(content=first.text, title=first.title))

    assert (again.text, again.title, again.removed) == (first.text, first.title, ())


@settings(max_examples=150, deadline=None)
@given(strategies.news_texts(surrogates=True))
def test_whatever_is_taken_out_is_kept(text: str) -> None:
    """Every character of the paragraphs is in the text or in what was removed."""
    parts = paragraphs(canonical_characters(text, unheard))
    cleaned = clean(parts, titled=False)

    left = "".join(cleaned.paragraphs) + "".join(item.text for item in cleaned.removed)
    assert sorted(left.replace(" ", "")) == sorted("".join(parts).replace(" ", ""))


@settings(max_examples=150, deadline=None)
@given(strategies.texts(surrogates=True))
def test_any_characters_become_canonical(text: str) -> None:
    parts = paragraphs(canonical_characters(text, unheard))
    joined = "\n\n".join(parts)
    if joined:
        assert_canonical(joined)
    assert paragraphs(canonical_characters(joined, unheard)) == parts


def test_intake_is_light_to_import() -> None:
    import subprocess
    import sys

    code = (
        "import sys, dragoman.intake; "
        "print([m for m in ('trafilatura', 'lxml', 'numpy', 'py3langid', 'spacy') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_the_example_of_a_paragraph_a_line(request: pytest.FixtureRequest) -> None:
    example = Path(request.config.rootpath).parent / "shared" / "examples" / "aborted-mutiny.txt"
    if not example.exists():
        pytest.skip("needs ../shared/examples")
    document = read(Raw(content=example.read_bytes(), published_default="2023-06-26"))

    assert len(document.text.split("\n\n")) == 12
    assert [item.reason for item in document.removed] == ["related link"]
    assert document.title is not None
