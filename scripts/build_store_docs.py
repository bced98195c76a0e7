"""Write docs/store.md from the comments of schema.sql and views.sql; a test compares, and runs its questions.

Usage: python scripts/build_store_docs.py
"""

from collections.abc import Iterator
from pathlib import Path

from dragoman.store.tables import STORED_ONLY, VERSION, relations

PAGE = Path(__file__).parent.parent / "docs" / "store.md"
HEAD = f"""<!-- Made by scripts/build_store_docs.py from src/dragoman/store/sql; do not edit. -->
# The store

`dragoman code news/ --into news.duckdb` puts records into one DuckDB file (tables of version {VERSION}). Anything that
reads DuckDB can query it: `dragoman query`, the `duckdb` shell, Python, R. The words below stand in the file, too
(`SELECT table_name, column_name, comment FROM duckdb_columns()`).

- **Start with `event_table`**: one flat row an event, with the columns of `dragoman code --to csv`.
- An article that comes again replaces its records. Copies of an article are all kept; `copy_of IS NULL` counts once.
- `happened` is true of acts that are affirmed, actual and certain, so the text says; count these.
- One program writes at a time, and nobody reads in that moment. A run opens the file once in some hundred texts;
  what is finished in between waits in `news.duckdb.ledger`, so a run that was ended goes on with the same command.
- Rows of other systems (`dragoman import`) stand beside articles; their records are put together of the columns when
  `record` is asked for, so to read it of a million rows takes some seconds.
- A file of an older version is brought up to date when it is next written to; one of a later version is refused.

## Questions
"""
QUESTIONS = (
    (
        "How often did who attack whom, by month, each article once?",
        "SELECT date_trunc('month', day) AS month, actor, recipient, count(*) AS events\n"
        "FROM dyads WHERE type = 'ASSAULT' GROUP BY ALL ORDER BY ALL",
    ),
    (
        "What did one country's people say, and in which words?",
        "SELECT title, speaker_names, content FROM statement_table\n"
        "WHERE list_contains(speaker_countries, 'FRA') ORDER BY published",
    ),
    (
        "Which acts rest on one source alone, and on whose word?",
        "SELECT event, type, attribution_names, sentence_text FROM event_table\n"
        "WHERE len(attribution_names) > 0 ORDER BY published",
    ),
    (
        "Why has an event its type?",
        "SELECT id, reason ->> 'by' AS by, reason ->> 'value' AS value\n"
        "FROM (SELECT id, unnest(CAST(record -> 'why' AS JSON[])) AS reason FROM events)\n"
        "WHERE reason ->> 'field' = 'type'",
    ),
    (
        "What failed, and what is to be done?",
        'SELECT file, line, what, "do" FROM errors WHERE lost ORDER BY ALL',
    ),
    (
        "Which articles are copies of which?",
        "SELECT h.title AS head, c.kind, c.similarity, d.publisher FROM copies c\n"
        "JOIN documents d ON d.id = c.document JOIN documents h ON h.id = c.head ORDER BY ALL",
    ),
)


def page() -> str:
    """The whole page."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield HEAD
    for question, sql in QUESTIONS:
        yield f"{question}\n```sql\n{sql}\n```"
    for kind, title in (("VIEW", "Views"), ("TABLE", "Tables")):
        yield f"\n## {title}"
        for relation in relations():
            if relation.kind != kind:
                continue
            yield f"\n### {relation.name}\n{relation.meaning}"
            if kind == "VIEW" and relation.name.endswith("_table"):
                yield "\nIts columns are those of [CSV and Parquet](cli.md#columns-of-csv-and-parquet), and"
            columns = relation.columns
            if relation.name.endswith("_rows"):
                view = relation.name.removesuffix("_rows") + "s"
                yield f"\nIts columns are those of `{view}` without `rowid` and `record`, and"
                columns = {name: told for name, told in columns.items() if name in STORED_ONLY}
            if all(type for type, _ in columns.values()):
                yield "\n| column | type | meaning |\n|---|---|---|"
                for name, (type, meaning) in columns.items():
                    yield f"| `{name}` | {type} | {meaning} |"
            elif relation.columns:
                yield "\n| column | meaning |\n|---|---|"
                for name, (_, meaning) in relation.columns.items():
                    yield f"| `{name}` | {meaning} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
