"""WARC in: the pages of a web archive, one article each, as the crawler got them."""

from collections.abc import Iterator
from typing import IO, Any, Final

from dragoman.intake.fault import Fault
from dragoman.intake.limits import LARGEST_BYTES, too_large
from dragoman.intake.raw import Raw, TextForm

FOUND: Final = "200"
KINDS: Final = (
    "response",
    "resource",
    "conversion",
)  # what holds a page; `conversion` is text drawn from one
FORMS: Final[dict[str, TextForm]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}


def read_warc(stream: IO[bytes], *, name: str, published: str | None = None) -> Iterator[Raw | Fault]:
    """Yield the pages and plain texts of an archive in its order; requests, pictures and pages not found are passed over.

    A page stands at `name#address`. Of a damaged archive what stands before the damage is read, and a fault says so;
    one that breaks off between two pages cannot be told from a whole one.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
        from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
    except ImportError:
        yield Fault(
            file=name,
            error="UsageError",
            what="web archives need an extra part",
            do="Run `pip install 'dragoman[warc]'`",
        )
        return
    pages = 0
    try:
        for record in ArchiveIterator(stream):
            found = _page(record, name, published)
            if found is not None:
                pages += 1
                yield found
    except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
        yield Fault(
            file=name,
            error=type(error).__name__,
            what=f"the archive breaks off or is damaged after {pages} page(s) ({' '.join(str(error).split())[:120]})",
            do="Fetch it again; what stands before is read",
        )
        return
    if not pages:
        yield Fault(file=name, what="the archive holds no page", do="Give one with responses of HTML or text")


def _page(record: Any, name: str, published: str | None) -> Raw | Fault | None:
    """A record as a raw text; null if it is none."""
    if record.rec_type not in KINDS:
        return None
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != FOUND:
        return None
    told = (headers.get_header("Content-Type") if headers else None) or record.content_type or ""
    kind, _, more = told.partition(";")
    form = FORMS.get(kind.strip().lower())
    if form is None:
        return None
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    address = address.strip("<>")  # as some crawlers write it
    file = f"{name}#{address}"
    content: bytes | str = record.content_stream().read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        large = too_large(file, form)
        return Fault(file=file, what=large.what, do=large.do)
    rest = record.raw_stream
    if getattr(rest, "limit", 0) > 0 and not rest.read(1):
        return Fault(
            file=file,
            what="the archive breaks off within this page",
            do="Fetch it again; what stands before is read",
        )
    if not content.strip():
        return None
    return Raw(
        content=_decoded(content, more),
        form=form,
        file=file,
        source_id=record.rec_headers.get_header("WARC-Record-ID"),
        url=address or None,
        retrieved=record.rec_headers.get_header("WARC-Date"),
        published_default=published,
    )


def _decoded(content: bytes | str, parameters: str) -> bytes | str:
    """Characters where the server names an encoding that fits; else the bytes, for the page to tell its own."""
    _, _, charset = parameters.lower().partition("charset=")
    charset = charset.split(";")[0].strip(" \"'")
    if not charset or isinstance(content, str):
        return content
    try:
        return content.decode(charset)
    except (LookupError, UnicodeDecodeError, ValueError):
        return content
