"""What DuckDB reads out of a record's JSON: the shapes behind the placeholders of `sql/load.sql`.

A key that a line lacks is null, a key that no column needs is left in the record. A list is `[element]`.
"""

import json
from typing import Any, Final

SPAN: Final = {"start": "INTEGER", "end": "INTEGER", "text": "VARCHAR"}
ACTOR: Final = {
    "name": "VARCHAR",
    "id": "VARCHAR",
    "kind": "VARCHAR",
    "country": ["VARCHAR"],
    "sectors": ["VARCHAR"],
    "role": "VARCHAR",
    "mentions": [SPAN],
    "resolved_by": "VARCHAR",
    "confidence": "DOUBLE",
}
WHEN: Final = {"start": "VARCHAR", "end": "VARCHAR", "precision": "VARCHAR", "text": "VARCHAR"}
PLACE: Final = {
    "name": "VARCHAR",
    "geonames_id": "BIGINT",
    "admin1": "VARCHAR",
    "country": "VARCHAR",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "precision": "VARCHAR",
}
SOURCE: Final = {
    "source": ACTOR,
    "cue": SPAN,
    "kind": "VARCHAR",
    "commitment": "VARCHAR",
    "statement": "VARCHAR",
}
COUNT: Final = {"low": "DOUBLE", "best": "DOUBLE", "high": "DOUBLE"}
CONFIDENCE: Final = {"record": "DOUBLE"}
DOCUMENT: Final[dict[str, Any]] = {
    **dict.fromkeys(
        ("id", "url", "title", "publisher", "byline", "language", "published", "retrieved"), "VARCHAR"
    ),
    **dict.fromkeys(("licence", "place_line", "source_id", "text", "run"), "VARCHAR"),
    "sentences": [SPAN],
    "missed": [{"reason": "VARCHAR"}],
}
EVENT: Final[dict[str, Any]] = {
    **dict.fromkeys(("id", "document", "type", "cameo", "statement", "run"), "VARCHAR"),
    "modes": ["VARCHAR"],
    "contexts": ["VARCHAR"],
    "quad": {"code": "INTEGER"},
    "scale": "DOUBLE",
    "goldstein": "DOUBLE",
    "actors": [ACTOR],
    "recipients": [ACTOR],
    "status": dict.fromkeys(("polarity", "realis", "certainty"), "VARCHAR"),
    "attribution": [SOURCE],
    "date": WHEN,
    "place": PLACE,
    "counts": dict.fromkeys(("killed", "injured", "arrested", "displaced", "participants", "amount"), COUNT),
    "trigger": SPAN,
    "sentence": "INTEGER",
    "confidence": CONFIDENCE,
}
STATEMENT: Final[dict[str, Any]] = {
    **dict.fromkeys(("id", "document", "kind", "event", "run"), "VARCHAR"),
    "speakers": [ACTOR],
    "cue": {**SPAN, "lemma": "VARCHAR"},
    "content": [SPAN],
    "addressees": [ACTOR],
    "occasion": {"date": WHEN, "place": PLACE},
    "attribution": [SOURCE],
    "stance": [{"target": {"name": "VARCHAR"}, "value": "VARCHAR", "strength": "DOUBLE"}],
    "asserts": [{"event": "VARCHAR", "commitment": "VARCHAR"}],
    "confidence": CONFIDENCE,
}
SHAPES: Final = {
    "$document": f"'{json.dumps(DOCUMENT)}'",
    "$event": f"'{json.dumps(EVENT)}'",
    "$statement": f"'{json.dumps(STATEMENT)}'",
}
