"""The headline and the lead: what an article tells as its news."""

from dragoman.coding.words import Words
from dragoman.records import Document

LEAD_SENTENCES = 2  # of the body


def in_lead(document: Document, sentence: int, words: Words) -> bool:
    """Tell whether the sentence is the headline, or one of the first two of the body."""
    headline = 0
    if document.title and document.text.startswith(document.title):
        end = len(document.title)
        headline = sum(1 for first, _ in words.bounds if words.starts[first] < end)
    return sentence < headline + LEAD_SENTENCES
