"""What `dragoman doctor` finds out: versions, settings, files, the machine, and the speed on the samples."""

import hashlib
import json
import os
import platform
import re
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from dragoman.coder import instruction_set
from dragoman.errors import DragomanError
from dragoman.settings import Settings

# Where the parts of the package that are data stand, and what each is.
DATA: Final = {
    "model": "reader/model",
    "reader tables": "reader/data",
    "intake tables": "intake/data",
    "codebook": "codebook/data",
    "knowledge": "knowledge/data",
    "coding tables": "coding/data",
    "samples": "samples",
}
NEEDED: Final = ("model", "codebook", "knowledge", "samples")
INT8_NOTE: Final = (
    "records are byte-identical on machines of one instruction set; between sets int8 products differ a "
    "little, so each run names its own"
)


def diagnose(settings: Settings, *, quick: bool) -> dict[str, Any]:
    """All findings, as JSON would hold them; `faults` lists what is wrong."""
    faults: list[str] = []
    tables = {name: _folder(files("dragoman").joinpath(path)) for name, path in DATA.items()}
    faults += [
        f"no {name} in the package; install dragoman again" for name in NEEDED if not tables[name]["files"]
    ]
    found: dict[str, Any] = {
        "program": {"dragoman": version("dragoman"), "python": platform.python_version()},
        "libraries": _libraries(faults),
        "settings": {
            key: {"value": value, "origin": settings.origin.get(key, "default")}
            for key, value in settings.values().items()
        },
        "data": tables,
        "scores": _scores(),
        "machine": {**machine(), "note": INT8_NOTE},
    }
    if not quick:
        try:
            found["speed"] = _speed(settings)
        except DragomanError as error:
            faults.append(str(error))
    found["faults"] = faults
    return found


def machine() -> dict[str, Any]:
    """What the speed and the last digits depend on."""
    return {
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "instruction set": instruction_set(),
    }


def _libraries(faults: list[str]) -> dict[str, str]:
    found = {}
    for need in requires("dragoman") or ():
        if "extra ==" in need:
            continue
        name = re.split(r"[^A-Za-z0-9._-]", need, maxsplit=1)[0]
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            faults.append(f"the library {name} is missing; install dragoman again")
    return found


def _folder(folder: Traversable) -> dict[str, Any]:
    """Size and hash of every file of a folder, and of all together."""
    listed = {}
    total = hashlib.sha256()
    for name, content in sorted(_contents(folder, "")):
        digest = hashlib.sha256(content).hexdigest()
        total.update(f"{name}\0{digest}\n".encode())
        listed[name] = {"bytes": len(content), "sha256": digest[:16]}
    return {
        "bytes": sum(entry["bytes"] for entry in listed.values()),
        "sha256": total.hexdigest()[:16] if listed else None,
        "files": listed,
    }


def _contents(folder: Traversable, above: str) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name.startswith((".", "__")) or entry.name.endswith(".py"):
            continue
        if entry.is_dir():
            yield from _contents(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry.read_bytes()


def _scores() -> dict[str, Any]:
    """Whatever scores the model card gives, fp32 and int8 side by side."""
    card = files("dragoman").joinpath("reader/model/card.json")
    if not card.is_file():
        return {}
    body = json.loads(card.read_text(encoding="utf-8"))
    scores = body.get("scores", {}) if isinstance(body, dict) else {}
    return scores if isinstance(scores, dict) else {}


def _speed(settings: Settings) -> dict[str, Any]:
    """Load the coder, code the samples once to warm up and once by the clock."""
    from dragoman.cli.batch import loader, sample_articles
    from dragoman.intake import read

    begin = time.perf_counter()
    coder = loader(settings)()
    loaded = time.perf_counter()
    documents = [read(raw) for raw in sample_articles()]
    for document in documents[:2]:
        coder(document)
    start = time.perf_counter()
    coded = [coder(document) for document in documents]
    seconds = time.perf_counter() - start
    words = sum(len(document.text.split()) for document in documents)
    return {
        "load seconds": round(loaded - begin, 2),
        "articles": len(coded),
        "articles a second": round(len(coded) / seconds, 1),
        "words a second": round(words / seconds),
        "run": coder.run.id,
        "machine": coder.run.machine,
        "hashes": dict(coder.run.hashes),
    }


def show(found: dict[str, Any], *, as_json: bool) -> None:
    """Print the findings, as JSON or as lines to read."""
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for line in _lines(found):
        print(line)
    for fault in found["faults"]:
        print(f"dragoman: {fault}", file=sys.stderr)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield "program"
    for section in ("program", "libraries"):
        for name, value in found[section].items():
            yield f"  {name:<18} {value}"
    yield "settings"
    for name, setting in found["settings"].items():
        value = "not set" if setting["value"] is None else setting["value"]
        yield f"  {name:<18} {value}  (from: {setting['origin']})"
    yield "model and tables"
    for name, folder in found["data"].items():
        if folder["files"]:
            size = f"{folder['bytes'] / 1e6:.2f} MB"
            yield f"  {name:<18} {size:>9}  {len(folder['files'])} files, sha256 {folder['sha256']}"
        else:
            yield f"  {name:<18} none"
    for section in ("scores", "machine", "speed"):
        if found.get(section):
            yield section
            yield from _nested(found[section], "  ")


def _nested(values: dict[str, Any], indent: str) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield f"{indent}{name}"
            yield from _nested(value, indent + "  ")
        else:
            yield f"{indent}{name:<18} {value}"
