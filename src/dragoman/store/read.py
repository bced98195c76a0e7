"""Records out of the store as they went in."""

from collections.abc import Iterator, Sequence

from duckdb import DuckDBPyConnection

from dragoman.records import Coded, from_jsonl

AT_ONCE = 200


def read_coded(
    connection: DuckDBPyConnection, documents: Sequence[str] | None = None, *, where: str = "store"
) -> Iterator[Coded]:
    """Yield coded documents, by id: those asked for, or all. An id that is not there is left out."""
    ids = sorted(documents) if documents is not None else None
    if ids is None:
        ids = [id for (id,) in connection.execute("SELECT id FROM documents ORDER BY id").fetchall()]
    for at in range(0, len(ids), AT_ONCE):
        rows = connection.execute(
            """
            SELECT record FROM (
                SELECT id AS document, 0 AS kind, 0 AS place, record FROM documents WHERE list_contains($ids, id)
                UNION ALL
                SELECT document, 1, "position", record FROM events WHERE list_contains($ids, document)
                UNION ALL
                SELECT document, 2, "position", record FROM statements WHERE list_contains($ids, document)
            ) ORDER BY document, kind, place
            """,
            {"ids": ids[at : at + AT_ONCE]},
        ).fetchall()
        yield from from_jsonl((row for (row,) in rows), where=where)
