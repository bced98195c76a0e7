import json
from pathlib import Path

import pytest

import dragoman
from dragoman.cli.main import main

from . import fake


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dragoman, "load", fake.load, raising=False)


def test_the_doctor_names_versions_files_and_origins(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "dragoman.toml").write_text("workers = 2", encoding="utf-8")

    main(["doctor", "--json", "--quick"])

    found = json.loads(capsys.readouterr().out)
    assert {"spacy", "onnxruntime", "duckdb"} <= set(found["libraries"])
    assert found["settings"]["workers"]["value"] == 2
    assert found["settings"]["workers"]["origin"].endswith("dragoman.toml")
    types = found["data"]["codebook"]["files"]["plover/types.toml"]
    assert types["bytes"] > 0
    assert len(types["sha256"]) == 16
    assert "speed" not in found


def test_the_speed_is_measured_on_the_samples(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--json"])

    speed = json.loads(capsys.readouterr().out)["speed"]
    assert speed["articles"] >= 8
    assert speed["articles a second"] > 0
    assert speed["hashes"] == {"model": "0" * 16}


def test_the_report_for_people_has_the_same_sections(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])

    shown = capsys.readouterr().out.splitlines()
    assert {"program", "settings", "model and tables", "machine", "speed"} <= set(shown)
