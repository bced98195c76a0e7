"""The SQL that puts the parts of rows together: from the table `cells` to `documents_in` and `events_in`.

`cells` has the columns of a layout, `n` (number of the row in its file) and `row_id` (id of its document). Each part has
a table of its distinct cells, which grows while a file is read: `k` (its cells in one word), `number` (null where a row
with such cells is left out), `lossy` (something of them is lost, and counted) and what they come to.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from dragoman.records import Status
from dragoman.store.formats.layout import SLOTS, Layout, Part
from dragoman.store.shapes import ACTOR, EVENT

BETWEEN: Final = "\x1f"  # between cells; no cell of a table holds it
AS_IT_STANDS: Final = "\x02"  # among the cells of a part, for words that come into the record as they stand
ACT: Final = ("type", "modes", "contexts", "quad", "scale", "cameo")
SIDES: Final = ("source", "target", "actors", "recipients")
IN_JSON: Final = ("date", "place", "counts")  # of these a record has more than the columns
_NOTHING: Final[Mapping[str, Any]] = {
    "status": Status(), "actors": [], "recipients": [], "attribution": [], "counts": {}, "confidence": {},
}  # fmt: skip


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


def told_parts(layout: Layout) -> dict[str, Part]:
    """The parts that Python tells, by the name of their table."""
    return {f"part_{number}": part for number, part in enumerate(layout.parts) if not part.sql}


def make_part(table: str, part: Part) -> Iterator[str]:
    """Make the table of a part, empty."""
    yield "CREATE OR REPLACE TEMP TABLE told (k VARCHAR, told VARCHAR)"
    yield f"CREATE OR REPLACE TEMP TABLE {table} AS {_told(part, '0')}"


def keys(table: str, layout: Layout, part: Part) -> str:
    """The cells of a part in this chunk, how many rows have them, and whether they are new."""
    return f"""CREATE OR REPLACE TEMP TABLE keys AS SELECT c.*, t.k IS NULL AS fresh, coalesce(t.lossy, false) AS lossy
        FROM (SELECT {_key(layout, part)} AS k, count(*) AS rows FROM cells GROUP BY 1) c LEFT JOIN {table} t ON t.k = c.k"""


def add_told(table: str, part: Part) -> str:
    """From `told` (cells, and what they come to in JSON) into the table of a part."""
    return f"INSERT INTO {table} {_told(part, f'(SELECT count(*) FROM {table})')}"


def _told(part: Part, first: str) -> str:
    shape: dict[str, Any] = {"none": "BOOLEAN", "lossy": "BOOLEAN"}
    if part.slot == "about":
        shape["about"] = dict.fromkeys(part.gives, "VARCHAR")
    elif part.slot in SIDES:
        shape |= {"stands": "BOOLEAN", "said": [ACTOR]}
    else:
        shape["said"] = _shape(part.slot)
    if part.slot == "act":
        shape |= {"swap": "BOOLEAN", "label": "VARCHAR", "note": "VARCHAR"}
    if part.slot in IN_JSON:
        shape["json"] = "JSON"
    return f"""SELECT CASE WHEN NOT t.none THEN {first} + row_number() OVER () END AS number, k, unnest(t)
        FROM (SELECT k, json_transform(told, {_text(json.dumps(shape))}) AS t FROM told)"""


def statements(layout: Layout, file: str) -> Iterator[str]:
    """What to run, one after another. file: its name, up to the number of the row."""
    yield _rows(layout)
    yield f"CREATE OR REPLACE TEMP VIEW documents_in AS {_documents(layout)}"
    yield f"CREATE OR REPLACE TEMP VIEW events_in AS {_events(layout, file)}"


def _rows(layout: Layout) -> str:
    """A row of the file with the numbers of its parts, its text, ids and trigger; a row that lacks a part is left out."""
    parts = told_parts(layout)
    act = _table(layout, "act")
    labels = ", ".join(f"nullif({_name(column)}, '')" for column in layout.label)
    text = f"coalesce({labels + ', ' if labels else ''}nullif({act}.label, ''), {act}.said.type)"
    words = f"nullif({_name(layout.trigger)}, '')" if layout.trigger else "NULL::VARCHAR"
    joins = " ".join(
        f"JOIN {table} ON {table}.k = {_key(layout, part)} AND {table}.number IS NOT NULL"
        for table, part in parts.items()
    )
    kept = ", ".join(f"coalesce({_cell(name)}, '')" for name in layout.kept)
    columns = {
        **{f"{table}_number": f"{table}.number" for table in parts},
        **{f"about_{name}": f"nullif({_cell(column)}, '')" for name, column in layout.about.items()},
        **{f"about_{name}": sql for part in layout.parts for name, sql in part.sql.items()},
        **{
            f"{table}_{field}": _as_it_stands(layout, column)
            for table, part in parts.items()
            for column, field in part.stands.items()
        },
    }
    more = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
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
                    concat_ws(chr({ord(BETWEEN)}), {kept}) AS kept, {more}, {act}.said.type AS type
                FROM cells {joins}
            )
        )"""


def _with_parts(layout: Layout, *slots: str) -> str:
    """`rows_in` with its parts beside it, all or those of some slots."""
    return "rows_in " + " ".join(
        f"JOIN {table} ON {table}.number = {table}_number"
        for table, part in told_parts(layout).items()
        if not slots or part.slot in slots
    )


def _documents(layout: Layout) -> str:
    told = _about(layout)
    fields = ("url", "title", "publisher", "byline", "language", "published", "retrieved", "licence")
    columns = ", ".join(
        f"'{name}': {told.get(name, 'NULL::VARCHAR')}" for name in (*fields, "place_line", "source_id")
    )
    return f"""SELECT n, NULL::JSON AS json, {{'id': document, {columns}, 'text': text, 'sentences': [text],
        'missed': NULL::VARCHAR[], 'run': {_text(f"import:{layout.format}")}}} AS r FROM {_with_parts(layout, "about")}"""


def _about(layout: Layout) -> dict[str, str]:
    """Fields of the document, and where they stand."""
    told = {name: f"about_{name}" for name in layout.about}
    told |= {name: f"about_{name}" for part in layout.parts for name in part.sql}
    for table, part in told_parts(layout).items():
        told |= {name: f"{table}.about.{_name(name)}" for name in part.gives}
    return told


def _events(layout: Layout, file: str) -> str:
    published = _about(layout).get("published", "NULL")
    tables = {part.slot: table for table, part in told_parts(layout).items()}
    act = tables["act"]
    said: dict[str, str] = {}
    for slot in SLOTS:
        if slot in ("actors", "recipients"):
            one, other = ("source", "target") if slot == "actors" else ("target", "source")
            side = _side(layout, slot if slot in tables else one)
            if slot not in tables:
                side = f"CASE WHEN {act}.swap THEN {_side(layout, other)} ELSE {side} END"
            said[slot] = f"{{'{slot}': {side}}}"
        elif slot in tables:
            said[slot] = f"{tables[slot]}.said"
        else:
            body = msgspec.json.encode({slot: _NOTHING.get(slot)}).decode()
            said[slot] = f"json_transform({_text(body)}, {_text(json.dumps(_shape(slot)))})"
    fields = {"act": ACT, **{slot: (slot,) for slot in SLOTS if slot != "act"}}
    columns = ", ".join(f"'{name}': {said[slot]}.{_name(name)}" for slot in SLOTS for name in fields[slot])
    in_json = {slot: f"{tables[slot]}.json" if slot in tables else "NULL::JSON" for slot in IN_JSON}
    in_json["counts"] = f"coalesce({in_json['counts']}, '{{}}')"
    beside = ", ".join(f"'{slot}': {sql}" for slot, sql in in_json.items())
    return f"""SELECT n, NULL::JSON AS json, {{'id': id, 'document': document, {columns}, 'trigger': trigger, 'sentence': 0,
        'statement': NULL::VARCHAR, 'run': {_text(f"import:{layout.format}")}}} AS r,
        {{'file': {_text(file)}, 'line': n, 'names': {_text(BETWEEN.join(layout.kept))}, 'cells': kept,
            'note': {act}.note, {beside}}}::foreign_row AS imported, 0 AS place,
        [{{'start': 0, 'end': length(text), 'text': text}}] AS sentences,
        TRY_CAST(left({published}, 10) AS DATE) AS published_day FROM {_with_parts(layout)}"""


def _side(layout: Layout, slot: str) -> str:
    """The actors of a part, with the words that come as they stand in the row."""
    table = _table(layout, slot)
    stand = told_parts(layout)[table].stands.values()
    if not stand:
        return f"{table}.said"
    fields = ", ".join(
        f"'{name}': CASE WHEN a.{_name(name)} = chr({ord(AS_IT_STANDS)}) THEN {table}_{name} ELSE a.{_name(name)} END"
        if name in stand
        else f"'{name}': a.{_name(name)}"
        for name in ACTOR
    )
    return f"CASE WHEN {table}.stands THEN [{{{fields}}} for a in {table}.said] ELSE {table}.said END"


def _table(layout: Layout, slot: str) -> str:
    return next(table for table, part in told_parts(layout).items() if part.slot == slot)


def _shape(slot: str) -> dict[str, Any]:
    return {name: EVENT[name] for name in (ACT if slot == "act" else (slot,))}


def _key(layout: Layout, part: Part) -> str:
    """The cells of a part in one word; words that come into the record as they stand are left out of it."""
    mark = f"chr({ord(AS_IT_STANDS)})"
    others = ", ".join(_name(column) for column in part.columns if column not in part.stands)
    cells = {column: _name(column) for column in part.columns}
    if layout.format == "parquet":
        for column in part.stands:
            name = _name(column)
            cells[column] = f"CASE WHEN len({name}) = 1 AND {name}[1] <> '' THEN [{mark}] ELSE {name} END"
        return f"to_json({{{', '.join(f'{_text(name)}: {sql}' for name, sql in cells.items())}}})::VARCHAR"
    for column in part.stands:
        name = _name(column)
        # What says the same as another cell, or has several in one, may be more than a word to the reader of the part.
        plain = f"{name} <> '' AND strpos({name}, ';') = 0 AND {name} NOT IN ({others})"
        cells[column] = f"CASE WHEN {plain} THEN {mark} ELSE {name} END"
    return (
        cells[part.columns[0]]
        if len(cells) == 1
        else f"concat_ws(chr({ord(BETWEEN)}), {', '.join(cells.values())})"
    )


def _as_it_stands(layout: Layout, column: str) -> str:
    return f"{_name(column)}[1]" if layout.format == "parquet" else _name(column)


def _cell(name: str) -> str:
    return f"CAST({_name(name)} AS VARCHAR)"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
