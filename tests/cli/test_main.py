import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import COMMANDS, app, main

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("spacy", "onnxruntime", "trafilatura", "duckdb", "tokenizers", "numpy", "rich", "msgspec")


def help_of(*command: str) -> str:
    return CliRunner().invoke(app, [*command, "--help"]).stdout


def examples(text: str) -> list[str]:
    return re.findall(r"Example: dragoman (.+)", text)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_each_command_has_help_with_an_example_of_itself(command: Callable[..., Any]) -> None:
    (example,) = examples(help_of(command.__name__))

    assert example.split()[0] == command.__name__


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_the_options_of_each_example_exist(command: Callable[..., Any]) -> None:
    text = help_of(command.__name__)

    (example,) = examples(text)
    assert all(option in text.replace(example, "") for option in re.findall(r"--[a-z-]+", example))


def test_the_list_shows_every_command_with_a_whole_sentence() -> None:
    text = help_of()

    for command in COMMANDS:
        assert re.search(rf"^  {command.__name__} +[A-Z].*[^.]\.$", text, re.MULTILINE), command.__name__


def test_the_command_line_starts_without_heavy_libraries() -> None:
    program = "import sys, dragoman.cli.main; print([m for m in sys.argv[1:] if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", program, *HEAVY], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments", [["codebook", "CONSULT"], ["codebook", "--search", "truce"], ["code", "--bad"]]
)
def test_quick_commands_load_no_reader(arguments: list[str]) -> None:
    program = (
        "import sys; from dragoman.cli.main import main; main(sys.argv[1:]); "
        "print([m for m in ('spacy', 'onnxruntime', 'trafilatura', 'duckdb', 'numpy') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_no_command_shows_the_help_and_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Usage: dragoman" in capsys.readouterr().out


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"dragoman \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_the_schema_is_that_of_the_records(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert {"Document", "Event", "Statement"} <= set(json.loads(capsys.readouterr().out)["$defs"])


def test_the_manual_is_what_the_program_says() -> None:
    path = ROOT / "scripts" / "build_cli_docs.py"
    spec = importlib.util.spec_from_file_location("build_cli_docs", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert script.page() == written, "run: python scripts/build_cli_docs.py"
