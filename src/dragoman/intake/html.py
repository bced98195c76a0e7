"""The article of a web page, with what the page says about it."""

from dataclasses import dataclass
from typing import Any

from dragoman.errors import InputError
from dragoman.intake.limits import LARGEST_TREE, PAGE_SECONDS, time_limit
from dragoman.intake.paragraphs import ends_sentence

SENTENCE_WORDS = 8  # a paragraph of an article has a sentence of so many words; menus and notices have not


@dataclass(frozen=True, slots=True)
class Page:
    """What a page gave: the text, a block a line, and its metadata (null where the page has none)."""

    text: str
    title: str | None
    byline: str | None
    publisher: str | None
    published: str | None
    url: str | None
    licence: str | None


def article(html: str, *, where: str, url: str | None = None) -> Page:
    """Find the article of a page.

    Precision before recall: links, comments and tables stay out; a page without a sentence is no article.
    The day is taken from the page's own metadata, never guessed from dates in its text.
    Raises InputError if there is no article, or the page is too large or too slow to read.
    """
    found = _extract(html, url, where)
    text = (found.text or "") if found is not None else ""
    if not any(map(_has_sentence, text.split("\n"))):
        raise InputError(
            "no article found in the page",
            where=where,
            do="Leave the page out, or save its article as plain text",
        )
    return Page(
        text=text,
        title=found.title or None,
        byline=found.author or None,
        publisher=found.sitename or found.hostname or None,
        published=found.date or None,
        url=found.url or None,
        licence=found.license or None,
    )


def _has_sentence(line: str) -> bool:
    return len(line.split()) >= SENTENCE_WORDS and ends_sentence(line.strip())


def _extract(html: str, url: str | None, where: str) -> Any:
    """Run trafilatura within the limits; None if it finds nothing."""
    from trafilatura import bare_extraction, load_html  # half a second to import, needed for pages only

    with time_limit(PAGE_SECONDS, where=where):
        tree = load_html(html)
        if tree is None:
            return None
        size = sum(1 for _ in tree.iter())
        if size > LARGEST_TREE:
            raise InputError(
                f"the page has {size} elements; {LARGEST_TREE} are allowed",
                where=where,
                do="Save its article as plain text",
            )
        return bare_extraction(
            tree,
            url=url,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            include_links=False,
            with_metadata=True,
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
                "max_date": "2100-01-01",  # by default today, and the same page should give the same date
            },
        )
