"""The text of an item of a feed: a piece of HTML with nothing around it, or plain words."""

import re
from typing import Final

from dragoman.errors import InputError
from dragoman.intake.limits import LARGEST_TREE, PAGE_SECONDS, time_limit

# What begins a new paragraph.
BLOCKS: Final = frozenset(
    (
        *(
            "p",
            "div",
            "br",
            "hr",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "blockquote",
            "pre",
            "address",
            "center",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "main"),
    )
)
# What is never the story; it ends a paragraph, too.
NOT_TEXT: Final = frozenset(
    (
        *("script", "style", "template", "noscript", "head", "title", "nav", "aside", "table"),
        *("figure", "figcaption", "picture", "svg", "math", "video", "audio", "iframe", "object", "embed"),
        *("form", "button", "select"),
    )
)
WHOLE_PAGE: Final = re.compile(r"</?(?:html|body)\b[^<>]*>", re.IGNORECASE)


def fragment_text(html: str, *, where: str) -> str:
    """The words of a piece of HTML, a block a line; scripts, captions and tables stay out.

    Raises InputError if the piece is too large or too slow to read.
    """
    from lxml import etree  # type: ignore[import-untyped]  # comes with the reader of pages
    from lxml import html as lxml_html

    with time_limit(PAGE_SECONDS, where=where):
        # As the body of a page, which a piece may say of itself, too: the parser drops what is behind a second one.
        body = WHOLE_PAGE.sub(" ", html)
        tree = lxml_html.document_fromstring(f"<html><body><div>{body}</div></body></html>")
        elements = sum(1 for _ in tree.iter())
        if elements > LARGEST_TREE:
            raise InputError(
                f"the item has {elements} elements; {LARGEST_TREE} are allowed",
                where=where,
                do="Leave it out, or save its article as plain text",
            )
        words: list[str] = []
        skipped = None
        # By hand and not by recursion: tags can be nested thousands deep.
        for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
            tag = element.tag if isinstance(element.tag, str) else None
            if event == "start" and skipped is None:
                if tag in NOT_TEXT:
                    skipped = element
                else:
                    words += ["\n" if tag in BLOCKS else "", _flat(element.text)]
            elif event != "start" and (skipped is None or skipped is element):
                skipped = None
                words += ["\n" if tag in BLOCKS or tag in NOT_TEXT else "", _flat(element.tail)]
    lines = (" ".join(line.split(" ")).strip() for line in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _flat(text: str | None) -> str:
    """Words on one line: a line end in HTML is a blank."""
    return (text or "").translate({10: " ", 13: " ", 9: " "})
