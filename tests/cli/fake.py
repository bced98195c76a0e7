"""A coder that knows one word: each "struck" is a PROTEST. It stands in for the trained one."""

import os
import time
from dataclasses import replace
from pathlib import Path

from dragoman.records import Coded, Document, Event, Run, Span, event_id


class FakeCoder:
    run = Run(version="0", hashes={"model": "0" * 16}, options={}, machine="none")

    def __call__(self, document: Document) -> Coded:
        if "crash" in document.text:
            raise ZeroDivisionError("a fault of the program")
        sentences, at = [], 0
        for number, words in enumerate(document.text.split("\n\n")):
            sentences.append(Span(start=at, end=at + len(words), text=words, sentence=number))
            at += len(words) + 2
        document = replace(document, sentences=tuple(sentences), run=self.run.id)
        triggers = [
            Span(start=start, end=start + 6, text="struck", sentence=sentence.sentence)
            for sentence in sentences
            if (start := sentence.start + sentence.text.find("struck")) >= sentence.start
        ]
        events = tuple(
            Event(
                id=event_id(document.id, trigger, "PROTEST"),
                document=document.id,
                type="PROTEST",
                cameo="014",
                trigger=trigger,
                sentence=trigger.sentence or 0,
                confidence={"record": 0.8},
            )
            for trigger in triggers
        )
        return Coded(document=document, events=events, statements=())


def load() -> FakeCoder:
    return FakeCoder()


class SlowCoder(FakeCoder):
    """Takes its time, so that a test can end it in mid-run."""

    def __call__(self, document: Document) -> Coded:
        time.sleep(float(os.environ.get("FAKE_SECONDS", "0")))
        if note := os.environ.get("FAKE_NOTE"):
            with Path(note).open("ab") as file:
                file.write(b".")
        return super().__call__(document)


def load_slow() -> SlowCoder:
    return SlowCoder()
