"""The headline of a text: given, or its first line."""

import re

from dragoman.intake.paragraphs import ends_sentence

TITLE_WORDS = 30  # the longest headlines of agencies have about 20 words
TITLE_CHARACTERS = 220
SITE_WORDS = 6  # a site's name behind a headline ("… | The Example Times")
HEADLINE_WORDS = 4  # a shorter front is no headline ("Ukraine – Russia talks")
_SITE = re.compile(r"\s+[|•·–—-]\s+")
_MARKS = re.compile(r"[\W_]+")


def with_title(paragraphs: list[str], title: str | None) -> tuple[list[str], bool]:
    """Put the headline in front: (paragraphs, whether the first one is a headline given with the text).

    A headline that the text begins with already, with or without the site's name, is not said twice; the
    text's own wording stays.
    """
    if title is None or not title:
        return paragraphs, False
    if paragraphs and any(_bare(paragraphs[0]) == _bare(form) for form in _forms(title)):
        return paragraphs, True
    return [title, *paragraphs], True


def first_line_title(paragraphs: list[str]) -> str | None:
    """The first paragraph, if it is a headline: short, no full stop, a sentence of the story behind it."""
    if len(paragraphs) < 2:
        return None
    first, body = paragraphs[0], paragraphs[1:]
    short = len(first.split()) <= TITLE_WORDS and len(first) <= TITLE_CHARACTERS
    open_ended = not ends_sentence(first) or first.rstrip("\"”'’)")[-1:] in set("?!")
    quoted = first.endswith(("'", "’", '"', "”")) and not first.rstrip("\"”'’").endswith((".", ","))
    return first if short and (open_ended or quoted) and any(map(ends_sentence, body)) else None


def _bare(text: str) -> str:
    """Letters and digits alone, to compare two writings of one headline."""
    return _MARKS.sub("", text).casefold()


def _forms(title: str) -> list[str]:
    """The title as given, then without the site's name behind it, where there seems to be one."""
    signs = list(_SITE.finditer(title))
    if not signs:
        return [title]
    headline, site = title[: signs[-1].start()], title[signs[-1].end() :]
    if len(site.split()) > SITE_WORDS or len(headline.split()) < HEADLINE_WORDS:
        return [title]
    return [title, headline]
