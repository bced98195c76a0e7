"""The public names: few, sorted, all there, and found without loading what is heavy."""

import importlib
import inspect
import subprocess
import sys

import pytest

import dragoman

HEAVY = ("spacy", "numpy", "onnxruntime", "msgspec", "trafilatura", "duckdb", "typer")


def test_the_public_names_are_sorted_and_there() -> None:
    assert dragoman.__all__ == sorted(dragoman.__all__)
    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None


def test_the_public_names_are_these() -> None:
    """A name that joins or leaves is a change for every user: it belongs in the changelog."""
    assert dragoman.__all__ == [
        *("Actor", "Coded", "Coder", "Document", "DragomanError", "Event", "Span", "Statement", "load")
    ]


def test_a_name_that_is_not_public_is_not_found() -> None:
    with pytest.raises(AttributeError, match="'dragoman' has no attribute 'decode_heads'"):
        dragoman.decode_heads  # noqa: B018


@pytest.mark.parametrize(
    "room", ["records", "codebook", "knowledge", "intake", "reader", "runs", "evaluation"]
)
def test_a_rooms_public_names_are_sorted_and_there(room: str) -> None:
    module = importlib.import_module(f"dragoman.{room}")

    assert sorted(module.__all__) == sorted(set(module.__all__))
    for name in module.__all__:
        assert getattr(module, name) is not None


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = f"import sys, dragoman; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_every_error_has_one_root_and_says_when_it_comes() -> None:
    from dragoman import errors

    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    assert len(kinds) > 3
    for kind in kinds:
        assert issubclass(kind, dragoman.DragomanError)
        assert kind.__doc__
        assert kind.__name__ in (errors.__doc__ or "")


def test_an_error_says_where_what_and_what_to_do() -> None:
    error = dragoman.DragomanError("'to' is no date", where="actors.toml:17", do="Write YYYY-MM-DD")

    assert str(error) == "actors.toml:17: 'to' is no date. Write YYYY-MM-DD"
    assert (error.what, error.where, error.do) == ("'to' is no date", "actors.toml:17", "Write YYYY-MM-DD")
