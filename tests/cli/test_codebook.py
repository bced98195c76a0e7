import json

import pytest

from dragoman.cli.main import main


@pytest.mark.parametrize(
    "code, words",
    [
        ("CONSULT", ["kind            type", "modes           visit, third-party", "CAMEO           04"]),
        ("assault/aerial", ["code            ASSAULT/aerial", "kind            mode"]),
        ("042", ["name            Make a visit", "PLOVER          CONSULT/visit"]),
        ("GOV", ["kind            sector"]),
    ],
)
def test_a_code_is_described(code: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", code]) == 0

    shown = capsys.readouterr().out
    assert all(word in shown for word in words)


def test_the_list_holds_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook"]) == 0

    headings = [line for line in capsys.readouterr().out.splitlines() if line and not line.startswith(" ")]
    assert headings == [
        "types and modes",
        "contexts",
        "sectors",
        "non-state codes",
        "auxiliary modes",
        "CAMEO codes",
    ]


def test_search_finds_by_word_and_says_when_nothing_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", "--search", "hostage", "--json"]) == 0
    assert all(row["code"] for row in json.loads(capsys.readouterr().out))

    assert main(["codebook", "--search", "qqqq"]) == 1
    assert "nothing speaks of 'qqqq'" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["NOSUCH"], ["CONSULT", "--search", "x"]])
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codebook", *arguments]) == 2
    assert capsys.readouterr().err.startswith("dragoman: codebook: ")
