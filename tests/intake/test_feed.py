"""RSS and Atom to raw texts: what an item gives, what a broken feed keeps, and how its text is read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.intake import Fault, InputError, Raw, inputs, read
from dragoman.intake.feed import read_feed
from dragoman.intake.fragment import fragment_text

pytest.importorskip("feedparser", reason="the extra `feed` is not installed")

BODY = "The envoys of Examplia met their counterparts in the capital on Sunday, and both sides signed the treaty."


def rss(*items: str, head: str = "", end: str = "</channel></rss>") -> bytes:
    begin = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>The Example Times</title><language>en-GB</language>{head}"
    )
    return (begin + "".join(items) + end).encode()


def item(number: int = 1, body: str = BODY, more: str = "") -> str:
    return (
        f"<item><guid isPermaLink='false'>n{number}</guid><title>Envoys sign treaty {number}</title>"
        f"<link>https://news.example/{number}</link><description>{body}</description>{more}</item>"
    )


def only(content: bytes, **options: bool) -> Raw:
    (found,) = read_feed(content, name="feed", **options)  # type: ignore[arg-type]
    assert isinstance(found, Raw)
    return found


def test_an_item_of_rss_gives_what_it_says() -> None:
    more = (
        "<pubDate>Mon, 26 Jun 2023 00:30:00 +0200</pubDate><dc:creator>Mara Olin</dc:creator>"
        f"<content:encoded><![CDATA[<p>{BODY}</p><p>Talks go on.</p>]]></content:encoded>"
    )
    raw = only(rss(item(7, "Short words.", more)))

    assert (raw.file, raw.line, raw.source_id) == ("feed#n7", None, "n7")
    assert (raw.title, raw.url) == ("Envoys sign treaty 7", "https://news.example/7")
    assert (raw.publisher, raw.byline, raw.language) == ("The Example Times", "Mara Olin", "en")
    assert raw.published == "2023-06-26T00:30:00+02:00", "the day of the place, not of Greenwich"
    assert read(raw).text == f"Envoys sign treaty 7\n\n{BODY}\n\nTalks go on."


def test_an_entry_of_atom_gives_what_it_says() -> None:
    raw = only(
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>x</id>'
        b"<entry><id>urn:1</id><title type='html'>Treaty &lt;i&gt;signed&lt;/i&gt; &amp;amp; sealed</title>"
        b"<link rel='alternate' href='https://news.example/1'/><updated>2023-06-26T09:30:00Z</updated>"
        b"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>"
        + BODY.encode()
        + b"</p></div></content>"
        b"<summary>Short.</summary></entry></feed>"
    )
    assert (raw.source_id, raw.publisher, raw.published) == ("urn:1", "Wire", "2023-06-26T09:30:00+00:00")
    assert raw.title == "Treaty signed & sealed"
    assert read(raw).text.endswith(BODY)


def test_hostile_content_leaves_only_its_words() -> None:
    body = (
        f"&lt;p&gt;{BODY}&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&lt;/p&gt;"
        "&lt;figure&gt;&lt;figcaption&gt;A photo.&lt;/figcaption&gt;&lt;/figure&gt;"
    )
    raw = only(rss(item(1, body).replace("https://news.example/1", "javascript:alert(1)")))
    assert raw.url is None
    assert read(raw).text == f"Envoys sign treaty 1\n\n{BODY}"


def test_entities_of_a_feed_open_no_file_and_do_not_grow(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush hush")
    doctype = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{secret}"><!ENTITY b "{"ha" * 100}">'
    doctype += (
        "".join(f'<!ENTITY b{n} "{"&b;" if n == 0 else f"&b{n - 1};" * 10}">' for n in range(12)) + "]>"
    )
    content = rss(item(1, BODY + " &a; &b11;")).replace(b"?><rss", b"?>" + doctype.encode() + b"<rss")

    found = list(read_feed(content, name="feed"))

    assert not any(
        "hush" in str(one.content) or len(one.content) > 5_000 for one in found if isinstance(one, Raw)
    )


def test_the_good_items_of_a_broken_feed_survive_and_each_fault_is_told() -> None:
    items = (item(1), item(2, "Bread & butter < 5 of " + BODY), item(3, more="<pubDate>some day</pubDate>"))
    found = list(read_feed(rss(*items, "<item><guid>n4</guid><description>The en", end=""), name="feed"))

    assert [one.source_id for one in found if isinstance(one, Raw)] == ["n1", "n2", "n3"]
    told = [(one.file, one.lost) for one in found if isinstance(one, Fault)]
    assert told == [("feed", False), ("feed#n3", False), ("feed#n4", True)]
    words = "\n".join(str(one) for one in found if isinstance(one, Fault))
    assert "the feed is damaged" in words
    assert "'some day', which is no date" in words
    assert "breaks off in this item" in words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><body><p>Not a feed at all.</p></body></html>", "no RSS or Atom feed"),
        (b"\x00\x01\x02 binary", "no RSS or Atom feed"),
        (rss(), "no items"),
    ],
)
def test_what_is_no_feed_or_an_empty_one_is_one_fault(content: bytes, words: str) -> None:
    (fault,) = read_feed(content, name="feed")
    assert isinstance(fault, Fault)
    assert words in fault.what


def test_an_item_without_words_is_lost_alone() -> None:
    bare, good = read_feed(rss(item(1, ""), item(2)), name="feed")
    assert isinstance(bare, Raw)
    assert isinstance(good, Raw)
    with pytest.raises(InputError, match="no text in it"):
        read(bare)
    assert BODY in read(good).text


def test_a_feed_is_told_by_mark_name_or_beginning(tmp_path: Path) -> None:
    for name in ("a.rss", "b.xml", "c"):
        (tmp_path / name).write_bytes(rss(item()))
    found = list(inputs([str(tmp_path), f"feed:{tmp_path / 'c'}"]))
    assert [one.form for one in found if isinstance(one, Raw)] == ["fragment"] * 4


def test_without_the_extra_a_feed_is_a_fault_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "feedparser", None)
    (fault,) = read_feed(rss(item()), name="feed")
    assert isinstance(fault, Fault)
    assert "pip install 'dragoman[feed]'" in fault.do


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Plain words & no tags", "Plain words & no tags"),
        ("One<br/>two <b>th</b>ree\nfour", "One\ntwo three four"),
        ("<p>A<p>B<!-- no -->C", "A\nBC"),
        ("<p>A</p><script>x</script>B<table><tr><td>no</td></tr></table>C", "A\nB\nC"),
        ("</div></div><p>A", "A"),
        ("", ""),
        ("</body></html><body>A<html>B</body>", "A B"),
        ("<div>" * 200 + "deep", "deep"),
    ],
)
def test_a_piece_of_html_becomes_lines(html: str, text: str) -> None:
    assert fragment_text(html, where="x") == text


PIECES = st.sampled_from(
    (
        *(
            "<",
            ">",
            "<p>",
            "</p>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&#0;",
            "&#xD800;",
            "\x01",
            "é",
            "\n",
        ),
        *(
            "<html>",
            "<body>",
            "</body>",
            "</html>",
            "<title>",
            "<svg>",
            "<table>",
            "</table>",
            "<script>",
            "</script>",
        ),
        *(
            "<?xml version='1.0' encoding='x'?>",
            "<!DOCTYPE html>",
            "<frameset>",
            "<textarea>",
            "<plaintext>",
            "<li>",
        ),
        *("word ", "<br/>", "\ufffe", "😀", "</div>"),
    )
)


@given(st.lists(PIECES, max_size=15).map("".join))
def test_any_piece_of_html_gives_plain_lines(html: str) -> None:
    lines = fragment_text(html, where="x").split("\n")
    assert all(line == line.strip() for line in lines)
    assert lines == [""] or all(lines)


@given(
    st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255), st.integers(0, 20)), max_size=6
    )
)
def test_a_feed_damaged_anywhere_gives_items_and_faults_and_never_an_error(
    damages: list[tuple[float, int, int]],
) -> None:
    content = bytearray(rss(item(1), item(2)))
    for at, byte, cut in damages:
        place = int(at * len(content))
        content[place : place + cut] = bytes([byte])
    found = list(read_feed(bytes(content), name="feed"))
    assert found, "what gives nothing says why"
