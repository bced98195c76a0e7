import io
import sys

import pytest

from dragoman.cli import progress as module
from dragoman.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, quiet: bool = False, patience: float = 0.0
) -> str:
    """What three articles leave on standard error."""
    monkeypatch.setattr(module, "PATIENCE_SECONDS", patience)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    with progress(quiet=quiet) as advance:
        for _ in range(3):
            advance()
    return stream.getvalue()


def test_a_long_run_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "coding" in shown(monkeypatch, Terminal())


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Terminal(), patience=60.0) == ""


def test_a_quiet_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Terminal(), quiet=True) == ""


def test_nothing_goes_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO()) == ""
