"""The SQL that puts the parts of rows together: from the table `cells` to `documents_in` and `events_in`.

`cells` has the columns of a layout, `n` (number of the row in its file) and `row_id` (id of its document).
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from dragoman.records import Document, Event, Span
from dragoman.store.formats.imported import row_reason
from dragoman.store.formats.layout import HERE, SLOTS, Layout, fragment
from dragoman.store.shapes import ACTOR, EVENT

BETWEEN: Final = "\x1f"  # between the cells of a part; no cell of a table holds it
# Reasons stand in another order than fields.
REASONS: Final = (
    "act", "goldstein", "actors", "recipients", "attribution", "status", "date", "place", "counts", "confidence",
)  # fmt: skip
_MARK: Final = "value of the row"


def document(key: str, layout: Layout) -> str:
    """The id of a row's document, as `document_id` has it; key: what tells the row from every other."""
    return f"left(sha256(concat({key}, chr(0), {_text(f'import:{layout.format}')})), 16)"


def joined(columns: Sequence[str]) -> str:
    """All cells in one, parted by tabs."""
    return f"concat_ws(chr(9), {named(columns)})"


def named(columns: Sequence[str]) -> str:
    """The columns, side by side."""
    return ", ".join(map(_name, columns))


def without_nulls(layout: Layout, here: Sequence[str]) -> str:
    """The columns with what stands for an empty cell made empty, and those that an older form lacks."""

    def one(name: str) -> str:
        if name not in here:
            return f"'' AS {_name(name)}"
        if not layout.nulls:
            return _name(name)
        nulls = ", ".join(map(_text, layout.nulls))
        return f"CASE WHEN {_name(name)} IN ({nulls}) THEN '' ELSE {_name(name)} END AS {_name(name)}"

    return ", ".join(map(one, layout.columns))


def part_tables(layout: Layout) -> list[str]:
    """The names of the tables of parts."""
    return [f"part_{number}" for number in range(len(layout.parts))]


def statements(layout: Layout, file: str) -> Iterator[str]:
    """What to run, one after another."""
    yield from _parts(layout)
    yield _rows(layout)
    yield f"CREATE OR REPLACE TEMP VIEW documents_in AS {_documents(layout)}"
    yield f"CREATE OR REPLACE TEMP VIEW events_in AS {_events(layout, file)}"


def _parts(layout: Layout) -> Iterator[str]:
    """A table a part: its distinct cells, and the fields and reasons they come to."""
    for table, part in zip(part_tables(layout), layout.parts, strict=True):
        more = "told"
        if part.slot in ("source", "target"):
            more = f"""told->>'json' AS json, told->>'why' AS why, told->>'why_recipient' AS why_recipient,
                json_transform(concat('[', told->>'json', ']'), '{json.dumps([ACTOR])}') AS r"""
        elif part.slot != "about":
            more = f"""told->>'json' AS json, told->>'why' AS why,
                json_transform(concat('{{', told->>'json', '}}'), '{json.dumps(_shape(part.slot))}') AS r"""
        if part.slot == "act":
            more += ", (told->>'swap')::BOOLEAN AS swap, told->>'label' AS label"
        # Materialized: each is told once, so that losses are counted once.
        yield f"""CREATE OR REPLACE TEMP TABLE {table} AS WITH read AS MATERIALIZED (
            SELECT k, read_{table}(k, number)::JSON AS told
            FROM (SELECT {_key(layout, part.columns)} AS k, count(*) AS number FROM cells GROUP BY 1))
            SELECT row_number() OVER () AS number, k, {more} FROM read WHERE told IS NOT NULL"""


def _rows(layout: Layout) -> str:
    """A row of the file with the numbers of its parts, its text, ids and trigger; a row that lacks a part is left out."""
    act = next(
        table for table, part in zip(part_tables(layout), layout.parts, strict=True) if part.slot == "act"
    )
    labels = ", ".join(f"nullif({_name(column)}, '')" for column in layout.label)
    text = f"coalesce({labels + ', ' if labels else ''}nullif({act}.label, ''), {act}.r.type)"
    words = f"nullif({_name(layout.trigger)}, '')" if layout.trigger else "NULL::VARCHAR"
    joins = " ".join(
        f"JOIN {table} ON {table}.k = {_key(layout, part.columns)}"
        for table, part in zip(part_tables(layout), layout.parts, strict=True)
    )
    numbers = ", ".join(f"{table}.number AS {table}_number" for table in part_tables(layout))
    kept = ", ".join(
        f"CASE WHEN {_cell(name)} <> '' THEN concat({_text(json.dumps(name) + ':')}, to_json({_cell(name)})) END"
        for name in layout.kept
    )
    about = ", ".join(f"nullif({_name(column)}, '') AS about_{name}" for name, column in layout.about.items())
    trigger = """CASE WHEN strpos(text, words) > 0
            THEN {'start': strpos(text, words)::INTEGER - 1, 'text': words,
                'end': (strpos(text, words) - 1 + length(words))::INTEGER}
            ELSE {'start': 0, 'text': text, 'end': length(text)::INTEGER} END"""
    return f"""CREATE OR REPLACE TEMP TABLE rows_in AS
        SELECT * EXCLUDE type, left(sha256(concat(document, '|', trigger.start, '|', trigger."end", '|', type)), 16) AS id
        FROM (
            SELECT * EXCLUDE words, {trigger} AS trigger
            FROM (
                SELECT n, row_id AS document, {text} AS text, {words} AS words,
                    concat('{{', concat_ws(',', {kept}), '}}') AS kept,
                    {about + "," if about else ""} {numbers}, {act}.r.type AS type
                FROM cells {joins}
            )
        )"""


def _with_parts(layout: Layout, *slots: str) -> str:
    """`rows_in` with its parts beside it, all or those of some slots."""
    return "rows_in " + " ".join(
        f"JOIN {table} ON {table}.number = {table}_number"
        for table, part in zip(part_tables(layout), layout.parts, strict=True)
        if not slots or part.slot in slots
    )


def _documents(layout: Layout) -> str:
    by, told = f"import:{layout.format}", _about(layout)
    span = _span("0", "length(text)", "text")
    values = {
        "id": _quoted("document"), "text": _quoted("text"), "sentences": f"concat('[', {span}, ']')",
        "run": _text(json.dumps(by)), **{name: _quoted(sql) for name, sql in told.items()},
    }  # fmt: skip
    plain: dict[str, Any] = msgspec.to_builtins(Document(id="", text=""))
    body = _object({"record": "document", **plain}, values)
    fields = ("url", "title", "publisher", "byline", "language", "published", "retrieved", "licence")
    columns = ", ".join(
        f"'{name}': {told.get(name, 'NULL::VARCHAR')}" for name in (*fields, "place_line", "source_id")
    )
    return f"""SELECT n, {body} AS json, {{'id': document, {columns}, 'text': text, 'sentences': [text],
        'missed': NULL::VARCHAR[], 'run': {_text(by)}}} AS r FROM {_with_parts(layout, "about")}"""


def _about(layout: Layout) -> dict[str, str]:
    """Fields of the document, and where they stand in `rows_in`."""
    told = {name: f"about_{name}" for name in layout.about}
    for table, part in zip(part_tables(layout), layout.parts, strict=True):
        if part.slot == "about":
            told |= {name: f"({table}.told->>'{name}')" for name in part.gives}
    return told


def _events(layout: Layout, file: str) -> str:
    by, published = f"import:{layout.format}", _about(layout).get("published", "NULL")
    slots = {part.slot: table for table, part in zip(part_tables(layout), layout.parts, strict=True)}
    act = slots["act"]
    pieces: dict[str, str] = {}  # of the record, by slot
    reasons: dict[str, str] = {}
    structs: dict[str, str] = {}
    for slot in SLOTS:
        if slot in slots:
            table = slots[slot]
            pieces[slot], reasons[slot], structs[slot] = f"{table}.json", f"{table}.why", f"{table}.r"
        elif slot in ("actors", "recipients") and "source" in slots:
            one, other = ("source", "target") if slot == "actors" else ("target", "source")
            why = "why" if slot == "actors" else "why_recipient"
            sides = {
                what: f"CASE WHEN {act}.swap THEN {slots[other]}.{what} ELSE {slots[one]}.{what} END"
                for what in ("json", why, "r")
            }
            pieces[slot] = f"""concat('"{slot}":[', {sides["json"]}, ']')"""
            reasons[slot], structs[slot] = sides[why], f"{{'{slot}': {sides['r']}}}"
        else:
            body, why = fragment(slot, {}, by)
            pieces[slot], reasons[slot] = _text(body), _text(why)
            structs[slot] = f"json_transform({_text('{' + body + '}')}, '{json.dumps(_shape(slot))}')"
    trigger = _span("trigger.start", 'trigger."end"', "trigger.text")
    if "counts" in slots:
        here = msgspec.json.encode(HERE).decode()
        pieces["counts"] = f"replace({pieces['counts']}, {_text(here)}, {trigger})"
    row = msgspec.json.encode(row_reason({}, by, _MARK)).decode()
    before, after = row.split(json.dumps("{}"), 1)
    after, end = after.split(json.dumps(_MARK), 1)
    note = f"concat({_text(file + ':')}, n)"
    last = f"concat({_text(before)}, to_json(kept), {_text(after)}, to_json({note}), {_text(end)})"
    order = sorted(reasons, key=REASONS.index)
    listed = ", ".join(f"nullif({reasons[slot]}, '')" for slot in order if reasons[slot] != "''")
    values = {
        "id": _quoted("id"), "document": _quoted("document"), "trigger": trigger, "sentence": "'0'",
        "why": f"concat('[', concat_ws(',', {listed}, {last}), ']')", "run": _text(json.dumps(by)),
    }  # fmt: skip
    plain: dict[str, Any] = msgspec.to_builtins(
        Event(id="", document="", type="", trigger=Span(start=0, end=1, text="x"), sentence=0)
    )
    del plain["categories"]
    body = _object({"record": "event", **plain}, values, pieces)
    fields = {
        "act": ("type", "modes", "contexts", "quad", "scale", "cameo"),
        **{slot: (slot,) for slot in SLOTS if slot != "act"},
    }
    columns = ", ".join(f"'{name}': {structs[slot]}.{_name(name)}" for slot in SLOTS for name in fields[slot])
    return f"""SELECT n, {body} AS json, {{'id': id, 'document': document, {columns}, 'trigger': trigger, 'sentence': 0,
        'statement': NULL::VARCHAR, 'run': {_text(by)}}} AS r, 0 AS place,
        [{{'start': 0, 'end': length(text), 'text': text}}] AS sentences,
        TRY_CAST(left({published}, 10) AS DATE) AS published_day FROM {_with_parts(layout)}"""


def _object(plain: dict[str, Any], values: dict[str, str], pieces: dict[str, str] | None = None) -> str:
    """A record in JSON: values by field, pieces that bring their names, the rest as it stands in an empty record."""
    pieces = pieces or {}
    covered = {name for name in ("modes", "contexts", "quad", "scale", "cameo") if "act" in pieces}
    parts: list[str] = []
    text = ""
    for name, value in plain.items():
        if name in covered:
            continue
        text += "," if text or parts else ""
        slot = "act" if name == "type" and "act" in pieces else name
        if slot in pieces:
            parts += [_text(text), pieces[slot]]
            text = ""
        elif name in values:
            parts += [_text(f"{text}{json.dumps(name)}:"), values[name]]
            text = ""
        else:
            text += f"{json.dumps(name)}:{json.dumps(value)}"
    return f"concat('{{', {', '.join(parts)}, {_text(text + '}')})"


def _shape(slot: str) -> dict[str, Any]:
    names = {"act": ("type", "modes", "contexts", "quad", "scale", "cameo")}.get(slot, (slot,))
    return {name: EVENT[name] for name in names}


def _span(start: str, end: str, text: str) -> str:
    """A span of the first sentence in JSON."""
    return (
        f"""concat('{{"start":', {start}, ',"end":', {end}, ',"text":', to_json({text}), ',"sentence":0}}')"""
    )


def _key(layout: Layout, columns: Sequence[str]) -> str:
    if layout.format == "parquet":
        pairs = ", ".join(f"{_text(name)}: {_name(name)}" for name in columns)
        return f"to_json({{{pairs}}})::VARCHAR"
    return _name(columns[0]) if len(columns) == 1 else f"concat_ws(chr({ord(BETWEEN)}), {named(columns)})"


def _cell(name: str) -> str:
    return f"CAST({_name(name)} AS VARCHAR)"


def _quoted(sql: str) -> str:
    """Words in JSON; null where there are none."""
    return f"coalesce(to_json({sql})::VARCHAR, 'null')"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
