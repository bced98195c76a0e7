"""What a user may set once for all runs, and where each value came from.

Order: defaults of the class, then the nearest `dragoman.toml` (or `[tool.dragoman]` in a `pyproject.toml`),
then `DRAGOMAN_…` in the environment, then the command line. Nothing else reads the environment.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from dragoman.errors import UsageError

FORMS: Final = ("table", "jsonl", "csv", "parquet")
INPUT_FORMS: Final = ("auto", "text", "html", "jsonl", "feed")
PREFIX: Final = "DRAGOMAN_"
DO: Final = (
    "Correct it, or leave it out for the default (`dragoman doctor` prints every value and its origin)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Values that hold for a whole run.

    to: form of the output (table, jsonl, csv, parquet); null: table on a terminal, else JSON Lines.
    form: form of the inputs (auto, text, html, jsonl, feed); auto: told from each name and its first bytes.
    workers: processes that code at the same time; 0: this one; null: this one for one text, else one that may
        crash without ending the run. min_confidence: records below it are left out.
    model: folder of another model of the same form; null: the one in the package.
    errors: file that gets one JSON row for each document that failed.
    actors: file of the user's own actors (TOML or CSV), which wins over the tables of the package.
    codebook: file of the user's own categories (TOML), or the name of a shipped one.
    origin: where each of the values came from, in words.
    """

    to: str | None = None
    form: Literal["auto", "text", "html", "jsonl", "feed"] = "auto"
    workers: int | None = None
    min_confidence: float = 0.0
    model: str | None = None
    errors: str | None = None
    actors: str | None = None
    codebook: str | None = None
    origin: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The values without their origins."""
        return {key: value for key, value in asdict(self).items() if key != "origin"}

    @property
    def hash(self) -> str:
        """Twelve hex digits over all values, however they came to be set."""
        return hashlib.sha256(json.dumps(self.values(), sort_keys=True).encode()).hexdigest()[:12]


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"is none of {', '.join(choices)}")
        return str(value)

    return check


def _workers(value: Any) -> int:
    number = _number(value, int)
    if number < 0:
        raise ValueError("is less than 0")
    return int(number)


def _share(value: Any) -> float:
    number = _number(value, float)
    if not 0 <= number <= 1:
        raise ValueError("is not between 0 and 1")
    return float(number)


def _number(value: Any, kind: type[int] | type[float]) -> float:
    try:
        number = (
            float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
        )
    except ValueError:
        number = None
    if number is None or (kind is int and number != int(number)):
        raise ValueError("is no whole number" if kind is int else "is no number")
    return number


def _path(value: Any) -> str:
    if not isinstance(value, str | Path) or not str(value):
        raise ValueError("is no path")
    return str(value)


CHECKS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "to": _one_of(FORMS),
    "form": _one_of(INPUT_FORMS),
    "workers": _workers,
    "min_confidence": _share,
    "model": _path,
    "errors": _path,
    "actors": _path,
    "codebook": _path,
}


def read_settings(
    folder: Path, environment: Mapping[str, str], command_line: Mapping[str, Any] | None = None
) -> Settings:
    """Gather the settings for a run started in `folder`; values of None on the command line were not given.

    Raises UsageError that lists every fault of every source at once.
    """
    found: dict[str, Any] = {}
    origin = dict.fromkeys(CHECKS, "default")
    faults: list[str] = []
    for source, values in (
        _from_file(folder, faults),
        _from_environment(environment, faults),
        ("command line", {key: value for key, value in (command_line or {}).items() if value is not None}),
    ):
        for key, value in values.items():
            if key not in CHECKS:
                faults.append(f"{source}: there is no setting {key!r} (there are {', '.join(CHECKS)})")
                continue
            try:
                found[key], origin[key] = CHECKS[key](value), source
            except ValueError as fault:
                faults.append(f"{source}: {key} = {value!r} {fault}")
    if faults:
        raise UsageError("; ".join(faults), where="settings", do=DO)
    return Settings(**found, origin=origin)


def _from_file(folder: Path, faults: list[str]) -> tuple[str, dict[str, Any]]:
    """The nearest file upwards from `folder` that speaks of Dragoman; nearer ones hide farther ones whole."""
    for above in (folder, *folder.parents):
        for name, keys in (("dragoman.toml", ()), ("pyproject.toml", ("tool", "dragoman"))):
            path = above / name
            if not path.is_file():
                continue
            try:
                table: Any = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
                if name == "dragoman.toml":  # another tool's broken pyproject.toml is not ours to report
                    faults.append(f"{path}: is no TOML ({fault})")
                continue
            for key in keys:
                table = table.get(key, {}) if isinstance(table, dict) else {}
            if table or not keys:
                return str(path), {key.replace("-", "_"): value for key, value in table.items()}
    return "no file", {}


def _from_environment(environment: Mapping[str, str], faults: list[str]) -> tuple[str, dict[str, Any]]:
    found = {}
    for name in sorted(environment):
        if not name.startswith(PREFIX) or not environment[name]:
            continue
        key = name.removeprefix(PREFIX).lower()
        if key in CHECKS:
            found[key] = environment[name]
        else:
            faults.append(f"environment: {name} sets nothing (there are {', '.join(map(_variable, CHECKS))})")
    return "environment", found


def _variable(key: str) -> str:
    return PREFIX + key.upper()
