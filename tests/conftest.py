"""Puts this folder on the path: for `strategies`, and for test modules that spawned processes import."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
