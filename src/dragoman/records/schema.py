"""JSON Schema of the output, generated from the record classes."""

from typing import Any

import msgspec

from dragoman.records.json import KINDS


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one output line: document, event or statement, told apart by `record`."""
    schemas, parts = msgspec.json.schema_components(KINDS.values(), ref_template="#/$defs/{name}")
    choices = []
    for kind, schema in zip(KINDS, schemas, strict=True):
        name = schema["$ref"].rsplit("/", 1)[1]
        parts[name]["properties"] = {"record": {"const": kind}, **parts[name]["properties"]}
        parts[name]["required"] = ["record", *parts[name].get("required", [])]
        choices.append(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of Dragoman's JSON Lines output",
        "oneOf": choices,
        "$defs": parts,
    }
