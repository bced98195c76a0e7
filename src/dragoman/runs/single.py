"""One text from raw to coded, whatever happens: the only place that catches broadly."""

import traceback
from collections.abc import Callable

from dragoman.errors import DragomanError
from dragoman.intake import Fault, Note, Raw, Stage, read
from dragoman.records import Coded, Document

Code = Callable[[Document], Coded]
Answer = tuple[Coded | Fault, ...]


def code_one(raw: Raw, code: Code) -> Answer:
    """Read and code one text: the faults that were mended, then the coded text or the fault that lost it.

    An error raised on purpose says what to do; any other is our bug, and its fault carries the trace. Memory
    that ran out and recursion that ran too deep end one text, not the run.
    """
    mended: list[Fault] = []

    def note(found: Note) -> None:
        mended.append(
            Fault(
                file=raw.file,
                line=raw.line or found.line,
                error="Note",
                what=found.what,
                do=found.do,
                lost=False,
                source_id=raw.source_id,
            )
        )

    stage: Stage = "intake"
    document: Document | None = None
    try:
        document = read(raw, note=note)
        stage = "coding"
        coded = code(document)
    except Exception as error:
        return (*mended, fault_of(error, raw, stage, document))
    return (*mended, coded)


def fault_of(error: Exception, raw: Raw, stage: Stage, document: Document | None = None) -> Fault:
    """The fault of one text that an exception ended."""
    if isinstance(error, DragomanError):
        what, do, trace = error.what, error.do, None
    else:
        words = str(error).split("\n")[0][:300] or "without a message"
        what = f"an error of Dragoman's own ({type(error).__name__}: {words})"
        do = (
            "The other texts are not touched by it; report it with this text and the trace in the errors file"
        )
        trace = "".join(traceback.format_exception(error))
    return Fault(
        file=raw.file,
        line=raw.line,
        stage=stage,
        error=type(error).__name__,
        what=what,
        do=do,
        source_id=raw.source_id,
        document=document.id if document is not None else None,
        trace=trace,
    )


def lost_with_worker(raw: Raw, what: str) -> Fault:
    """The fault of a text that its worker ended on."""
    return Fault(
        file=raw.file,
        line=raw.line,
        stage="worker",
        error="WorkerEnded",
        what=what,
        do="The other texts were coded; report it with this text",
        source_id=raw.source_id,
    )
