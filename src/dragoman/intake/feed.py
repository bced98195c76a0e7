"""RSS and Atom in: one article an item, again and again; and the page that an item leads to, if asked for."""

import hashlib
import io
from calendar import timegm
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from dragoman.errors import InputError
from dragoman.intake.fault import Fault
from dragoman.intake.fetch import SCHEMES, FetchError, fetch
from dragoman.intake.limits import LARGEST_BYTES
from dragoman.intake.published import published as checked
from dragoman.intake.raw import Raw

LARGEST_FEED: Final = 32_000_000  # bytes; feeds with whole articles have 1 MB, archives of a blog some 10
LONGEST_NAME: Final = 200  # of an item, in messages and in the store
PAGES: Final = ("text/html", "application/xhtml+xml", "text/plain")
ENDS: Final = ((b"<item", b"</item>"), (b"<entry", b"</entry>"))
FEED: Final = "Give the address or file of the feed itself; a site often names it in its page"


def fetch_feed(
    url: str, *, published: str | None, follow: bool, allow_private: bool
) -> Iterator[Raw | Fault]:
    """Yield the items of the feed at an address; a fault if it cannot be had."""
    try:
        found = fetch(url, largest=LARGEST_FEED, allow_private=allow_private)
    except FetchError as error:
        yield _fault(url, error)
        return
    charset = f"; charset={found.charset}" if found.charset else ""
    yield from read_feed(
        found.content, name=url, published=published, follow=follow, media=found.kind + charset
    )


def read_feed(
    content: bytes, *, name: str, published: str | None = None, follow: bool = False, media: str | None = None
) -> Iterator[Raw | Fault]:
    """Yield the items of a feed in its order, and a fault for each thing that is wrong with it.

    name: its file or address; an item stands at `name#id`, for its place in the feed changes from day to day.
    follow: items stand for the pages that they link to. media: media type and charset as told by a server.
    What an item gives depends on nothing but the item and the feed's name, so that an unchanged one is known again.
    """
    try:
        import feedparser  # type: ignore[import-untyped]
    except ImportError:
        yield Fault(
            file=name,
            error="UsageError",
            what="feeds need an extra part",
            do="Run `pip install 'dragoman[feed]'`",
        )
        return
    if len(content) > LARGEST_FEED:
        yield Fault(
            file=name, what=f"the feed has more than {LARGEST_FEED / 1e6:.0f} MB", do="Give a shorter one"
        )
        return
    # Bytes as a file: a string would be taken for an address or a path, and opened.
    try:
        told = feedparser.parse(
            io.BytesIO(content), response_headers={"content-type": media} if media else None
        )
    except Exception as error:  # strange bytes may end the library anywhere; the run goes on
        words = " ".join(str(error).split())[:120]
        yield Fault(
            file=name,
            error=type(error).__name__,
            what=f"the feed cannot be read ({words})",
            do="Fetch it again",
        )
        return
    items = list(told.entries)
    if not items and not told.get("version"):
        yield Fault(file=name, what="this is no RSS or Atom feed", do=FEED)
        return
    if told.bozo and (damage := _damage(told.bozo_exception)):
        yield Fault(
            file=name,
            error="Note",
            what=f"the feed is damaged ({damage}); {len(items)} items were found in it",
            do="Tell its publisher; items may be missing",
            lost=False,
        )
    if not items and not told.bozo:
        yield Fault(file=name, error="Note", what="the feed has no items", do="Look again later", lost=False)
    cut = len(items) - 1 if told.bozo and _breaks_off(content) else None
    for number, item in enumerate(items):
        if number == cut:
            yield Fault(
                file=f"{name}#{_name(item)}",
                what="the feed breaks off in this item",
                do="Fetch the feed again",
                source_id=_name(item),
            )
        else:
            yield from _item(item, told.feed, name, published, follow)


def follow_link(raw: Raw, *, allow_private: bool = False) -> Raw | Fault:
    """The page that an item stands for; a text of another kind as it is; a fault if the page cannot be had."""
    if raw.form != "link":
        return raw
    try:
        if raw.url is None:
            raise FetchError("the item has no link", where=raw.file, do="Leave out --follow for this feed")
        page = fetch(raw.url, largest=LARGEST_BYTES, allow_private=allow_private)
        if page.kind not in PAGES:
            raise FetchError(f"{raw.url} is no page but {page.kind[:60]}", where=raw.file, do="Leave it out")
    except FetchError as error:
        return _fault(raw.file, error, raw.source_id)
    return replace(
        raw,
        content=_decoded(page.content, page.charset),
        form="text" if page.kind == "text/plain" else "html",
        retrieved=page.date,
    )


def _item(item: Any, feed: Any, name: str, published: str | None, follow: bool) -> Iterator[Raw | Fault]:
    place = f"{name}#{_name(item)}"
    key = "published" if _text(item, "published") else "updated"
    said = _text(item, key)
    day = _day(item, key, said)
    if said is not None and day is None:
        yield Fault(
            file=place,
            error="Note",
            what=f"the item's date is {said[:60]!r}, which is no date; it is read without one",
            do="Give --published, if its day is known",
            lost=False,
            source_id=_name(item),
        )
    url = _text(item, "link")
    source = item.get("source") or {}
    yield Raw(
        content=_content(item),
        form="link" if follow else "fragment",
        file=place,
        source_id=_name(item),
        url=url if url and _scheme(url) in SCHEMES else None,
        title=_plain(_text(item, "title")),
        publisher=_plain(_text(source, "title") or _text(feed, "title")),
        byline=_plain(_text(item, "author")),
        language=_language(_text(item, "language") or _text(feed, "language")),
        published=day,
        published_default=published,
        licence=_text(item, "license") or _text(feed, "license"),
    )


def _content(item: Any) -> str:
    """The longest of what the item gives of its article: whole text if it has it, else the summary."""
    given = [part.get("value") or "" for part in item.get("content") or ()] + [item.get("summary") or ""]
    return max(given, key=len)


def _name(item: Any) -> str:
    """What the item is called from day to day: its id, else its link, else a hash of what it says."""
    given = _text(item, "id") or _text(item, "link")
    said = "\0".join(item.get(key) or "" for key in ("title", "summary"))
    digest = hashlib.sha256((given or said).encode("utf-8", "replace")).hexdigest()[:16]
    return given if given and len(given) <= LONGEST_NAME else digest


def _text(item: Any, key: str) -> str | None:
    """A field on one line; null if it is absent or empty."""
    value = item.get(key)
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _plain(text: str | None) -> str | None:
    """A title without the tags and entities that some feeds leave in it."""
    if text is None or not ("<" in text or "&" in text):
        return text
    from dragoman.intake.fragment import fragment_text

    try:
        return " ".join(fragment_text(text, where="title").split()) or None
    except InputError:  # a title of thousands of tags is none
        return None


def _day(item: Any, key: str, said: str | None) -> str | None:
    """The date as the item gives it, with its own zone; else as the library understands it, in UTC."""
    if said is None:
        return None
    try:
        return checked(said, where="feed")
    except InputError:
        known = item.get(f"{key}_parsed")
    try:
        return datetime.fromtimestamp(timegm(known), UTC).isoformat() if known else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _language(code: str | None) -> str | None:
    return code.replace("_", "-").partition("-")[0].lower()[:3] if code else None


def _scheme(url: str) -> str:
    """The scheme of an address, or nothing if it is none."""
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""


def _decoded(content: bytes, charset: str | None) -> bytes | str:
    """Characters, if the server says which and is right; else the bytes, for the page says it itself."""
    if charset is None:
        return content
    try:
        return content.decode(charset)
    except (LookupError, UnicodeError):
        return content


def _damage(error: object) -> str | None:
    """What is wrong with the feed's form, in words; null for what costs nothing."""
    kind = type(error).__name__
    if kind in ("NonXMLContentType", "CharacterEncodingOverride"):
        return None
    line = getattr(error, "getLineNumber", lambda: None)()
    words = " ".join(str(getattr(error, "getMessage", lambda: error)()).split())[:120]
    return f"{words} at line {line}" if line else words or kind


def _breaks_off(content: bytes) -> bool:
    """Whether the last item begins and does not end."""
    lower = content.lower()
    return any(lower.rfind(begin) > lower.rfind(end) for begin, end in ENDS)


def _fault(file: str, error: InputError, source_id: str | None = None) -> Fault:
    return Fault(file=file, error=type(error).__name__, what=error.what, do=error.do, source_id=source_id)
