"""From a raw text or page to a Document."""

import re

from dragoman.errors import InputError
from dragoman.intake.characters import canonical_characters
from dragoman.intake.clean import Cleaned, clean
from dragoman.intake.encoding import decode
from dragoman.intake.fragment import fragment_text
from dragoman.intake.html import Page, article
from dragoman.intake.language import language
from dragoman.intake.limits import LARGEST_BYTES, too_large
from dragoman.intake.note import Note, Noter, unheard
from dragoman.intake.paragraphs import paragraphs
from dragoman.intake.published import day_in, published
from dragoman.intake.raw import Raw
from dragoman.intake.title import first_line_title, with_title
from dragoman.records import Document, document_id

LONG_SENTENCE = 1_000  # words; the longest sentence of a news text has about 150
_SENTENCE_MARK = re.compile(r"[.!?…][\"”’)]*(?:\s|$)")


def read(raw: Raw, *, note: Noter = unheard) -> Document:
    """Read one raw text: characters, paragraphs, headline, cleaning, language, day.

    `Document.text` is headline and body, one blank line between paragraphs; it keeps the source's code points
    except those named in `characters` and the words that `clean` moved to `Document.removed`. Reading that
    text again gives it unchanged. `published` is, in this order: the source's own, the user's default, the
    page's, a publication line's, the dateline's (only with a year). What was mended is told to `note`.
    Raises InputError, and nothing else, for what cannot be read.
    """
    size = len(raw.content)
    if size > LARGEST_BYTES:
        raise too_large(raw.where, raw.form, size)
    given = published(raw.published, where=raw.where) if raw.published is not None else None
    default = published(raw.published_default, where=raw.where) if raw.published_default is not None else None
    text = raw.content
    if isinstance(text, bytes):
        text = decode(text, where=raw.where, note=note, html=raw.form == "html")
    if raw.form == "link":
        raise InputError("the page it leads to was not fetched", where=raw.where, do="Give --follow")
    page = None
    if raw.form == "html":
        page = article(_plain_page(text), where=raw.where, url=raw.url)
        text = page.text
    elif raw.form == "fragment":
        text = fragment_text(_plain_page(text), where=raw.where)
    parts = paragraphs(canonical_characters(text, note), a_line_each=raw.form != "text")
    if not parts:
        raise InputError(
            "there is no text in it", where=raw.where, do="Leave it out, or look why it is empty"
        )
    parts, titled = with_title(parts, _one_line(raw.title or (page.title if page else None)))
    cleaned = clean(parts, titled=titled)
    return _document(raw, page, cleaned, titled, given or default, note)


def _document(
    raw: Raw, page: Page | None, cleaned: Cleaned, titled: bool, day: str | None, note: Noter
) -> Document:
    """Put together what was found."""
    body = cleaned.paragraphs[1:] if titled else cleaned.paragraphs
    if not body:
        raise InputError(
            "nothing is left of the text but what is not the story (headline, captions, links, sign-offs)",
            where=raw.where,
            do="Leave it out, or give the whole article",
        )
    text = "\n\n".join(cleaned.paragraphs)
    spoken = language(text, where=raw.where)
    _tell_long_sentence(body, note)
    line = cleaned.dateline
    url = raw.url or (page.url if page else None)
    return Document(
        id=document_id(text, url),
        text=text,
        url=url,
        title=cleaned.paragraphs[0] if titled else first_line_title(list(cleaned.paragraphs)),
        publisher=_one_line(
            raw.publisher or (page.publisher if page else None) or (line.agency if line else None)
        ),
        byline=_one_line(raw.byline or (page.byline if page else None) or cleaned.byline),
        language=spoken or raw.language,
        published=day or _guessed_day(page, cleaned),
        retrieved=raw.retrieved,
        licence=_one_line(raw.licence or (page.licence if page else None)),
        place_line=line.place if line else None,
        removed=cleaned.removed,
        source_id=raw.source_id,
    )


def _guessed_day(page: Page | None, cleaned: Cleaned) -> str | None:
    """The day as page, publication line or dateline give it; the line of an update gives none."""
    if page is not None and page.published is not None and (day := day_in(page.published)):
        return day
    for line in cleaned.day_lines:
        if not re.match(r"(?:last |date )?(?:updated|modified)", line, re.IGNORECASE) and (
            day := day_in(line)
        ):
            return day
    return cleaned.dateline.published if cleaned.dateline else None


def _one_line(text: str | None) -> str | None:
    """Metadata in canonical characters, on one line; null if nothing is left."""
    if text is None:
        return None
    return " ".join(canonical_characters(text, unheard).split()) or None


def _plain_page(html: str) -> str:
    """A page that the parser can take: surrogates and NUL, which XML has not, are replaced."""
    return html.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def _tell_long_sentence(body: tuple[str, ...], note: Noter) -> None:
    longest = max(
        (len(stretch.split()) for paragraph in body for stretch in _SENTENCE_MARK.split(paragraph)),
        default=0,
    )
    if longest > LONG_SENTENCE:
        note(
            Note(
                f"{longest} words without the end of a sentence",
                "Its records are doubtful; give prose, not a table or a list",
            )
        )
