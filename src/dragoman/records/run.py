"""Which program, with which tables and options, made a record."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The same input, run and settings give byte-identical records on one instruction set.

    hashes: SHA-256 (16 hex digits) of model, codebook and knowledge; machine: instruction set that int8 products depend on.
    """

    version: str
    hashes: Mapping[str, str]
    options: Mapping[str, str]
    machine: str

    @property
    def id(self) -> str:
        """Twelve hex digits that every record carries."""
        body = [self.version, sorted(self.hashes.items()), sorted(self.options.items()), self.machine]
        return hashlib.sha256(json.dumps(body).encode()).hexdigest()[:12]
