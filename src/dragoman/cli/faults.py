"""Inputs that failed: a line on standard error for each, a row in a file if asked for, the exit status."""

import sys
from pathlib import Path
from typing import IO, Final

from dragoman.errors import UsageError
from dragoman.runs import Fault, to_json

GOOD: Final = 0
SOME_FAILED: Final = 1


class Faults:
    """Each fault as a line on standard error and, if asked for, as a row in a file; counted."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self.count = 0
        self.stream: IO[bytes] | None = None

    def __enter__(self) -> "Faults":
        if self.path is not None:
            try:
                self.stream = Path(self.path).open("wb")
            except OSError as error:
                raise UsageError(
                    f"cannot be written ({error.strerror})",
                    where=f"--errors {self.path}",
                    do="Name a file in a folder that exists",
                ) from error
        return self

    def __exit__(self, *error: object) -> None:
        if self.stream is not None:
            self.stream.close()

    def add(self, fault: Fault) -> None:
        """Tell of one fault."""
        self.count += 1
        print(str(fault).replace("\n", " "), file=sys.stderr)
        if self.stream is not None:
            self.stream.write(to_json(fault))
            self.stream.flush()

    def summarise(self) -> None:
        """One last line, if there was any fault."""
        if self.count:
            where = f"; the list is in {self.path}" if self.path else "; --errors FILE keeps the list"
            print(f"dragoman: {self.count} input(s) failed or were mended{where}", file=sys.stderr)
