import tomllib
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import UsageError
from dragoman.settings import CHECKS, Settings, read_settings

from .articles import CASES

TABLE = tomllib.loads((CASES / "settings.toml").read_text(encoding="utf-8"))


def settings_of(case: dict[str, Any], tmp_path: Path) -> Settings:
    folder = tmp_path / "work"
    folder.mkdir()
    for name, content in case.get("files", {}).items():
        (folder / name).write_text(content, encoding="utf-8")
    return read_settings(folder, case.get("environment", {}), case.get("command_line"))


@pytest.mark.parametrize("case", TABLE["case"], ids=lambda case: case["id"])
def test_a_value_comes_from_the_strongest_place_and_knows_it(case: dict[str, Any], tmp_path: Path) -> None:
    settings = settings_of(case, tmp_path)

    assert case.get("value") == settings.values()[case["key"]]
    assert settings.origin[case["key"]].endswith(case["origin"])


@pytest.mark.parametrize("case", TABLE["fault"], ids=lambda case: case["id"])
def test_all_faults_are_told_at_once(case: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        settings_of(case, tmp_path)

    assert all(words in str(raised.value) for words in case["words"])


def test_every_setting_is_checked_and_frozen() -> None:
    assert set(CHECKS) == set(Settings().values())
    with pytest.raises(FrozenInstanceError):
        Settings().workers = 2  # type: ignore[misc]


def test_the_hash_is_of_the_values_not_of_their_origin(tmp_path: Path) -> None:
    here = read_settings(tmp_path, {"DRAGOMAN_WORKERS": "2"})

    assert here.hash == Settings(workers=2).hash
    assert here.hash != Settings().hash
