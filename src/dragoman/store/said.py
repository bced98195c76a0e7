"""Which documents of a store say something of a kind: a quick choice before their records are read."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection


def documents_that_say(
    connection: DuckDBPyConnection,
    *,
    kinds: Sequence[str] = (),
    countries: Sequence[str] = (),
    sectors: Sequence[str] = (),
    stances: Sequence[str] = (),
    min_confidence: float = 0.0,
) -> list[str]:
    """Ids of documents with a statement that fits all that is asked, by id; an empty choice asks for nothing.

    countries, sectors: of a speaker; stances: a side that the content takes. A statement without a confidence fits
    any minimum: nothing says that it is doubtful.
    """
    rows = connection.execute(
        """
        SELECT DISTINCT document FROM statements
        WHERE (len($kinds) = 0 OR list_contains($kinds::VARCHAR[], kind))
            AND (len($countries) = 0 OR list_has_any($countries::VARCHAR[], flatten([s.country for s in speakers])))
            AND (len($sectors) = 0 OR list_has_any($sectors::VARCHAR[], flatten([s.sectors for s in speakers])))
            AND (len($stances) = 0 OR list_has_any($stances::VARCHAR[], [s."value" for s in stance]))
            AND coalesce(confidence, 1.0) >= $minimum
        ORDER BY document
        """,
        {
            "kinds": list(kinds),
            "countries": list(countries),
            "sectors": list(sectors),
            "stances": list(stances),
            "minimum": min_confidence,
        },
    ).fetchall()
    return [document for (document,) in rows]
