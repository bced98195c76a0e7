"""Hypothesis strategies that several rooms' tests share: random texts, spans of them, documents.

@given(data=st.data(), text=strategies.texts())
def test_a_law(data, text):
    span = data.draw(strategies.spans(text))
"""

from hypothesis import strategies as st

from dragoman.intake import Raw
from dragoman.records import Document, Span, document_id

# Code points that break careless programs: controls, line ends and spaces of every kind, invisible marks,
# letters whose case changes their length, characters beyond the first plane, combining marks.
AWKWARD = (
    "\x00\x07\x0b\x0c\x1b\x7f\x85\x93\x9d\xa0\xad\u200b\u200d\u2028\u2029\u202e\u3000\ufeff\uffff\ufffd"
    "ßİŉﬁ\u0301\u0e33🇺🇦👩‍🚒𝔘"
)
SENTENCES = (
    "The minister met his counterpart in Vienna on Sunday.",
    "China’s foreign ministry said it supports the deal.",
    "“We will not leave,” he said.",
    "At least 20 people were killed, police said.",
    "Gen. Smith of the U.S. Army denied the report.",
    "Talks end in Vienna",
    "Also Read: Why the talks failed",
    "VIENNA, June 24 (Reuters) - The two sides met.",
    "(Reporting by Jane Doe; editing by John Roe)",
    "By Jane Doe",
    "Advertisement",
    "MARKETS: The bank raised its rate.",
    "[Jane Doe/AFP]",
    "Published: June 24, 2023",
)


def characters(*, surrogates: bool = False) -> st.SearchStrategy[str]:
    """One code point, awkward ones more often than chance gives them."""
    without = () if surrogates else ("Cs",)
    return st.one_of(st.characters(exclude_categories=without), st.sampled_from(AWKWARD))


def texts(*, min_size: int = 0, max_size: int = 300, surrogates: bool = False) -> st.SearchStrategy[str]:
    """Random Unicode text of no language."""
    return st.text(characters(surrogates=surrogates), min_size=min_size, max_size=max_size)


def news_texts(*, surrogates: bool = False) -> st.SearchStrategy[str]:
    """Sentences of news, lines that are none, random text and line ends, in any order."""
    noise = texts(max_size=12, surrogates=surrogates)
    breaks = st.sampled_from([" ", "\n", "\n\n", "\r\n", "\u2029", "\n \n\t\n"])
    piece = st.one_of(st.sampled_from(SENTENCES), noise, breaks)
    return st.lists(piece, max_size=25).map("".join)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """A span of `text`, which must not be empty."""
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Span(start=start, end=end, text=text[start:end])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document whose text is canonical: paragraphs of sentences with odd characters in them."""
    letters = st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf"))
    sentence = st.one_of(st.sampled_from(SENTENCES), st.text(letters, min_size=1, max_size=40))
    text = "\n\n".join(draw(st.lists(sentence, min_size=1, max_size=8)))
    url = draw(st.none() | st.just("https://example.org/a"))
    return Document(
        id=document_id(text, url),
        text=text,
        url=url,
        published=draw(st.none() | st.dates().map(lambda day: day.isoformat())),
    )


def raws() -> st.SearchStrategy[Raw]:
    """Any input: random text or bytes, as text or page, with or without a headline."""
    content = st.one_of(
        news_texts(surrogates=True), st.binary(max_size=400), news_texts().map(lambda text: text.encode())
    )
    return st.builds(
        Raw,
        content=content,
        form=st.sampled_from(["text", "text", "text", "html"]),
        title=st.none() | texts(max_size=40, surrogates=True),
        publisher=st.none() | texts(max_size=20, surrogates=True),
    )
