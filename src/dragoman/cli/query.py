"""`dragoman query`: SQL over a store."""

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import OutOption, To


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help='A question, such as "FROM event_table".')],
    store: Annotated[Path, typer.Argument(help="A store made by `dragoman code --into`.")],
    to: Annotated[
        To | None,
        typer.Option(
            help="Form of the answer. Without it: by the name in --out, a table on a terminal, else csv."
        ),
    ] = None,
    out: OutOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many rows.", show_default=False)
    ] = None,
) -> None:
    """Ask a store in SQL; the store is only read.

    "SHOW TABLES" lists what it holds, "DESCRIBE events" the columns; docs/store.md says what each means.

    Example: dragoman query "SELECT type, count(*) FROM event_table GROUP BY type" news.duckdb --to csv
    """
    from dragoman.cli.rows import form_of_rows, needs_out, show_rows
    from dragoman.store import open_store
    from dragoman.store.query import ask, write_answer

    form = form_of_rows(to.value if to else None, out)
    with open_store(store) as connection:
        if form == "parquet":
            question = f"FROM ({sql.rstrip().rstrip(';')}\n) LIMIT {limit}" if limit else sql
            write_answer(connection, question, needs_out(out))
            return
        answer = ask(connection, sql)
        show_rows(answer.columns, answer.rows, to=form, out=out, limit=limit)
