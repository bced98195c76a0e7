"""Which documents of a store are copies of which; made again from their sketches whenever documents came in."""

from duckdb import DuckDBPyConnection

from dragoman.linking.copies import SCHEME, Copy, Sketch, find_copies, sketch
from dragoman.store.file import transaction

AT_ONCE = 1_000  # texts read for their sketches in one go


def refresh_copies(connection: DuckDBPyConnection) -> list[Copy]:
    """Sketch the documents that have no sketch of this scheme, and group them with all others. Returns the copies.

    Compared are only these, and the members of groups that one of them belonged to or that lost a document. Rows of
    other systems came in without their articles and are nobody's copies.
    """
    with transaction(connection):
        connection.execute(
            "DELETE FROM signatures WHERE scheme <> ? OR document NOT IN (SELECT id FROM documents)", [SCHEME]
        )
        # What was found before stands, but for groups that have a document no more, or have it anew.
        changed = connection.execute(
            "SELECT DISTINCT head FROM copies WHERE document NOT IN (SELECT document FROM signatures)"
            " OR head NOT IN (SELECT document FROM signatures)"
        ).fetchall()
        heads = {head for (head,) in changed}
        found = [
            Copy(document=document, head=head, kind=kind, similarity=similarity)
            for document, head, kind, similarity in connection.execute("FROM copies").fetchall()
        ]
        known = [copy for copy in found if copy.head not in heads]
        fresh = heads | {copy.document for copy in found if copy.head in heads}
        while rows := connection.execute(
            "SELECT id, text FROM documents WHERE id NOT IN (SELECT document FROM signatures)"
            " AND NOT starts_with(coalesce(run, ''), 'import:') ORDER BY id LIMIT ?",
            [AT_ONCE],
        ).fetchall():
            made = [sketch(id, text) for id, text in rows]
            fresh.update(one.document for one in made)
            connection.executemany(
                "INSERT INTO signatures VALUES (?, ?, ?, ?)",
                [[one.document, SCHEME, one.words, list(one.signature)] for one in made],
            )
        rows = connection.execute(
            "SELECT s.document, d.rowid, d.published, s.words, s.signature"
            " FROM signatures s JOIN documents d ON d.id = s.document"
        ).fetchall()
        sketches = [
            Sketch(document=id, published=published, words=words, signature=tuple(signature))
            for id, _, published, words, signature in rows
        ]
        places = {
            id: place for id, place, *_ in rows
        }  # a row is found at its place at once, by its id by looking

        def text_of(document: str) -> str:
            found = connection.execute(
                "SELECT text FROM documents WHERE rowid = ?", [places[document]]
            ).fetchone()
            assert found is not None
            return str(found[0])

        copies = find_copies(sketches, text_of, known=known, fresh=fresh)
        connection.execute("DELETE FROM copies")
        if copies:
            connection.executemany(
                "INSERT INTO copies VALUES (?, ?, ?, ?)",
                [[copy.document, copy.head, copy.kind, copy.similarity] for copy in copies],
            )
    return copies
