"""One text as it was found, before anything is read from it."""

from dataclasses import dataclass
from typing import Literal

Form = Literal["auto", "text", "html", "jsonl", "feed", "warc"]
TextForm = Literal["text", "html", "fragment", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A text or page as found, with what its source says about it.

    content: bytes of a file, still to be decoded, or characters that came decoded (JSON, Python).
    form: `text`; `html`: a page; `fragment`: HTML that is the article and nothing else, as in a feed; `link`: the page
    at `url` is meant and must be fetched first, the content is what a feed says of it, by which it is known.
    file, line: where it stands, for messages.
    published: as the source of this one text gives it, checked when it is read; `published_default`: what the
    user says of all texts, used where the text's own source names no day, and stronger than a day guessed
    from a page or a dateline.
    """

    content: bytes | str
    form: TextForm = "text"
    file: str = "text"
    line: int | None = None
    source_id: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    language: str | None = None
    published: str | None = None
    published_default: str | None = None
    retrieved: str | None = None
    licence: str | None = None

    @property
    def where(self) -> str:
        """`file:line`, or the file alone."""
        return self.file if self.line is None else f"{self.file}:{self.line}"
