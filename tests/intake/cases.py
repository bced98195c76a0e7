"""Reads the case files of this room."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "cases" / "intake"


def load(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))["case"]


def name_of(case: dict[str, Any]) -> str:
    return str(case.get("id", case.get("value")))
