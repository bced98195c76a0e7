"""A coder without a model, for the process that codes: what it does stands in the text."""

import os
import time
from dataclasses import replace
from typing import cast

from dragoman.coder import Coder
from dragoman.errors import InputError
from dragoman.records import Coded, Document, Event, Quad, Run, Span, event_id
from dragoman.service.coding import Limited

BOOKS = ("ours",)
RUN = Run(version="0", hashes={"model": "f" * 16}, options={}, machine="none")


def make() -> Limited:
    return Limited(cast(Coder, FakeCoder()), dict.fromkeys(BOOKS, "a file"), with_category)


def with_category(coder: Coder, path: str) -> Coder:
    """The fake with a codebook: every event is of one category."""
    found = FakeCoder()
    found.categories = (path,)
    return cast(Coder, found)


def make_none() -> Limited:
    raise InputError("there is no model", where="model", do="Make one")


class FakeCoder:
    """Finds one event, on the first word."""

    run = RUN
    categories: tuple[str, ...] | None = None

    def __call__(self, document: Document) -> Coded:
        if "sleep for ever" in document.text:
            time.sleep(60)
        if "end the process" in document.text:
            os._exit(3)
        if "raise a bug" in document.text:
            raise ZeroDivisionError("of the coder")
        word = document.text.split()[0]
        trigger = Span(start=0, end=len(word), text=word, sentence=0)
        event = Event(
            id=event_id(document.id, trigger, "CONSULT"),
            document=document.id,
            type="CONSULT",
            quad=Quad(code=1, name="verbal cooperation"),
            trigger=trigger,
            sentence=0,
            run=RUN.id,
            categories=self.categories,
        )
        return Coded(document=replace(document, run=RUN.id), events=(event,), statements=())
