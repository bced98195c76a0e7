"""What all rooms' tests share: this folder on the path, and the trained reader and the whole coder, loaded once a run.

`strategies`, `hand_docs` and the like are imported by plain name, also by processes that a test spawns.
Tests that ask for `reader` or `coder` are skipped where the model is not built. `--model FOLDER` tests another one of
the same form before it is shipped.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from dragoman import Coder
    from dragoman.coding.coder import Tables

sys.path.insert(0, str(Path(__file__).parent))

# A busy machine is no fault of the program: no test fails for its time alone.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--model", type=Path, help="folder of another reader model to test instead of the shipped one"
    )


@pytest.fixture(scope="session")
def model(request: pytest.FixtureRequest) -> Path:
    """Folder of the trained model; skips where there is none."""
    from dragoman.reader.encoder import MODEL

    folder: Path = request.config.getoption("--model") or MODEL
    if not (folder / "reader.int8.onnx").exists():
        pytest.skip(f"no model in {folder}: train and export one (training/README.md)")
    return folder


@pytest.fixture(scope="session")
def reader(model: Path) -> "Language":
    """The trained reader on one thread."""
    from dragoman.reader import load_reader

    return load_reader(str(model))


@pytest.fixture(scope="session")
def coder(model: Path) -> "Coder":
    """The whole chain on one thread."""
    import dragoman

    return dragoman.load(model=model)


@pytest.fixture(scope="session")
def tables() -> "Tables":
    """The tables that coding needs, as shipped."""
    from fake_reading import shipped_tables

    return shipped_tables()
