"""Records into the tables: re-coding a document replaces all that was known of it, in one transaction."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Final

import msgspec
from duckdb import DuckDBPyConnection

from dragoman import codebook
from dragoman.errors import InputError
from dragoman.intake import Fault
from dragoman.records import Coded, Run
from dragoman.runs.resume import Finished
from dragoman.store.file import transaction
from dragoman.store.shapes import SHAPES
from dragoman.store.tables import sql

LEAST_BUFFER: Final = 1 << 20  # bytes that DuckDB reads at once; it takes twice the longest line
CHUNK_LINES: Final = 50_000  # lines that DuckDB takes in one go: bounds the memory of a bulk load


def write_coded(connection: DuckDBPyConnection, coded: Iterable[Coded]) -> None:
    """Put coded documents into the store, all or none; documents it has are replaced."""
    with transaction(connection):
        add_coded(connection, coded)


def add_coded(connection: DuckDBPyConnection, coded: Iterable[Coded]) -> None:
    """The same in the transaction of the caller."""
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        lines = _Lines(connection, Path(folder) / "lines.jsonl")
        for one in coded:
            lines.add(one)
        lines.send()


def write_jsonl(connection: DuckDBPyConnection, file: Path) -> None:
    """Put a file of `dragoman code --to jsonl` into the store as it stands, all or none; this is the fast way in.

    Raises InputError if it holds lines that are no records of Dragoman.
    """
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder, transaction(connection):
        part = Path(folder) / "part.jsonl"
        for first, lines in _parts(file):
            with part.open("wb") as out:
                out.writelines(lines)
            _load(connection, part, where=str(file), first=first)


def _parts(file: Path) -> Iterator[tuple[int, list[bytes]]]:
    """The lines of a file in parts that end with a document's last record, each with its first line's number."""
    lines: list[bytes] = []
    begin = 1
    with file.open("rb") as opened:
        for number, line in enumerate(opened, 1):
            if len(lines) >= CHUNK_LINES and line.startswith(b'{"record":"document"'):
                yield begin, lines
                lines, begin = [], number
            lines.append(line)
    yield begin, lines


def write_finished(connection: DuckDBPyConnection, run: Run, finished: Sequence[Finished]) -> None:
    """Put what a run has finished into the store: records, inputs and errors, in one transaction."""
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder, transaction(connection):
        write_run(connection, run)
        lines = Path(folder) / "lines.jsonl"
        with lines.open("wb") as file:
            for one in finished:
                if one.coded is not None:
                    file.write(one.coded)
        _load(connection, lines, where="lines")
        _inputs(connection, finished)


def write_run(connection: DuckDBPyConnection, run: Run) -> None:
    """Note what made the records of a run."""
    connection.execute("DELETE FROM runs WHERE id = ?", [run.id])
    connection.execute(
        "INSERT INTO runs VALUES (?, ?, ?, ?, ?)",
        [run.id, run.version, _json(run.hashes), _json(run.options), run.machine],
    )


def write_loose_faults(connection: DuckDBPyConnection, files: Iterable[str], faults: Sequence[Fault]) -> None:
    """Put the faults of what was no text (no such file, a line of no form) in place of earlier ones of these files."""
    with transaction(connection):
        connection.execute(
            "DELETE FROM errors WHERE input IS NULL AND list_contains(?, file)",
            [sorted({*files, *(fault.file for fault in faults)})],
        )
        for fault in faults:
            _error(connection, None, fault)


class _Lines:
    """Records on their way, in a file that DuckDB reads when it holds enough."""

    def __init__(self, connection: DuckDBPyConnection, path: Path) -> None:
        self.connection, self.path, self.count = connection, path, 0
        self.file: IO[bytes] = path.open("wb")
        self.encode = msgspec.json.Encoder().encode

    def add(self, coded: Coded) -> None:
        self._line(b"document", coded.document)
        for event in coded.events:
            self._line(b"event", event)
        for statement in coded.statements:
            self._line(b"statement", statement)
        if self.count >= CHUNK_LINES:
            self.send()
            self.file = self.path.open("wb")
            self.count = 0

    def send(self) -> None:
        self.file.close()
        if self.count:
            _load(self.connection, self.path, where="records")

    def _line(self, kind: bytes, record: object) -> None:
        # As in records.json: no `categories` without a codebook of the user's own (a string cannot hold these bytes).
        body = self.encode(record).replace(b',"categories":null', b"", 1)
        self.file.write(b'{"record":"' + kind + b'",' + body[1:] + b"\n")
        self.count += 1


def _load(connection: DuckDBPyConnection, file: Path, *, where: str, first: int = 1) -> None:
    with file.open("rb") as lines:
        longest = max(map(len, lines), default=0)
    if not longest:
        return
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE lines AS
        SELECT n, json, told[1] AS kind, told[2] AS id, told[3] AS document
        FROM (
            SELECT row_number() OVER () AS n, json,
                json_extract_string(json, ['$.record', '$.id', '$.document']) AS told
            FROM read_ndjson_objects(?, maximum_object_size = ?)
        )
        """,
        [str(file), max(LEAST_BUFFER, longest + 1)],
    )
    _check(connection, where, first)
    rows_of_lines(connection)
    load_tables(connection)
    connection.execute("DROP TABLE lines")
    for table in ("documents_in", "events_in", "statements_in"):
        connection.execute(f"DROP TABLE {table}")


def rows_of_lines(connection: DuckDBPyConnection) -> None:
    """Make `documents_in`, `events_in` and `statements_in` of the lines in the table `lines`."""
    read = sql("lines")
    for name, text in SHAPES.items():
        read = read.replace(name, text)
    connection.execute(read)


def load_tables(connection: DuckDBPyConnection) -> None:
    """Put the rows of `documents_in`, `events_in` and `statements_in` into the tables, in place of their earlier selves."""
    connection.execute(sql("load").replace("$mutual", _mutual_types()))


def _mutual_types() -> str:
    """The types of acts that parties may do together: without a recipient, all of them stand in `actors`."""
    book = codebook.load()
    return "(" + ", ".join(f"'{code}'" for code in book.types if book.reciprocity(code) != "never") + ")"


def _check(connection: DuckDBPyConnection, where: str, first: int) -> None:
    """Every line must be a record, and every event and statement follow its document."""
    bad = connection.execute(
        """
        WITH seen AS (SELECT id, min(n) AS n FROM lines WHERE kind = 'document' GROUP BY id)
        SELECT told.n FROM lines told LEFT JOIN seen ON seen.id = told.document
        WHERE told.id IS NULL OR told.kind IS NULL OR told.kind NOT IN ('document', 'event', 'statement')
            OR (told.kind <> 'document' AND (seen.n IS NULL OR seen.n > told.n))
        ORDER BY told.n LIMIT 1
        """
    ).fetchone()
    if bad:
        raise InputError(
            "no record of Dragoman, or one whose document does not stand before it",
            where=f"{where}:{first + bad[0] - 1}",
            do="Give a file made by `dragoman code --to jsonl`",
        )


def _inputs(connection: DuckDBPyConnection, finished: Sequence[Finished]) -> None:
    rows = list({one.id: one for one in finished}.values())
    ids = [one.id for one in rows]
    places = [f"{one.file}:{one.line}" for one in rows]
    connection.execute("DELETE FROM inputs WHERE list_contains(?, id)", [ids])
    # What stood at the same place before and failed is there no more.
    connection.execute(
        "DELETE FROM errors WHERE list_contains(?, input)"
        " OR list_contains(?, concat_ws(':', file, coalesce(line::VARCHAR, 'None')))",
        [ids, places],
    )
    connection.executemany(
        "INSERT INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?)",
        [[o.id, o.file, o.line, o.source_id, o.publisher, o.document, o.run] for o in rows],
    )
    for one in rows:
        for fault in one.faults:
            _error(connection, one.id, fault)


def _error(connection: DuckDBPyConnection, of: str | None, fault: Fault) -> None:
    values = asdict(fault)
    named = ", ".join(f'? AS "{name}"' for name in values)
    connection.execute(f"INSERT INTO errors BY NAME SELECT ? AS input, {named}", [of, *values.values()])


def finished_inputs(connection: DuckDBPyConnection, run: str) -> dict[str, tuple[Fault, ...]]:
    """The inputs that are finished for a run, each with the faults it had.

    One whose worker ended is not, nor one whose page did not come: memory and page may be there the next time.
    """
    done: dict[str, list[Fault]] = {
        id: [] for (id,) in connection.execute("SELECT id FROM inputs WHERE run = ?", [run]).fetchall()
    }
    names = 'file, line, stage, error, what, "do", lost, source_id, document, trace'
    rows = connection.execute(f"SELECT input, {names} FROM errors WHERE input IS NOT NULL").fetchall()
    again = set()
    for id, file, line, stage, error, what, do, lost, source_id, document, trace in rows:
        if stage == "worker" or error == "FetchError":
            again.add(id)
        if id in done:
            done[id].append(
                Fault(
                    file=file,
                    line=line,
                    stage=stage,
                    error=error,
                    what=what,
                    do=do,
                    lost=lost,
                    source_id=source_id,
                    document=document,
                    trace=trace,
                )
            )
    return {id: tuple(faults) for id, faults in done.items() if id not in again}


def _json(table: object) -> str:
    return json.dumps(dict(table), sort_keys=True)  # type: ignore[call-overload]
