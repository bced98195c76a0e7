"""A whole store as a folder of Parquet files, a file a table, and back: for other tools, and for moving quickly."""

from pathlib import Path
from typing import Final

from duckdb import DuckDBPyConnection

from dragoman.errors import InputError, UsageError
from dragoman.store.file import transaction
from dragoman.store.tables import VERSION, relations

# what goes when a document or an input comes in again, by the column that names it
OF_DOCUMENT: Final = {
    "document_rows": "id",
    "event_rows": "document",
    "statements": "document",
    "actors": "document",
    "sources": "document",
    "copies": "document",
    "signatures": "document",
}
OF_OTHERS: Final = {"inputs": "id", "runs": "id"}


def tables() -> list[str]:
    """Every table of a store."""
    return [relation.name for relation in relations() if relation.kind == "TABLE"]


def _read_as(table: str) -> str:
    """What people read a table as: rows of other systems have their records there."""
    return {"document_rows": "documents", "event_rows": "events"}.get(table, table)


def write_folder(connection: DuckDBPyConnection, folder: Path) -> None:
    """Write each table into `folder` as NAME.parquet, columns and types as people read them in the store."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables():
        name = _read_as(table)
        part = folder / f"{name}.parquet.part"
        rows = connection.sql(f"SELECT COLUMNS(lambda name: name <> 'rowid') FROM {name}")
        rows.write_parquet(str(part), compression="zstd")
        part.replace(folder / f"{name}.parquet")


def read_folder(connection: DuckDBPyConnection, folder: Path) -> None:
    """Take in what `write_folder` wrote, all or none; documents, inputs and runs that come in replace their earlier selves.

    Raises UsageError if the folder has no such files, InputError if they are of another version.
    """
    missing = [name for name in map(_read_as, tables()) if not (folder / f"{name}.parquet").is_file()]
    if missing:
        raise UsageError(
            f"there is no {missing[0]}.parquet in it", where=str(folder), do="Name a folder of a whole store"
        )

    def file(table: str) -> str:
        path = str(folder / f"{_read_as(table)}.parquet").replace("'", "''")
        return f"read_parquet('{path}')"

    said = dict(connection.execute(f'SELECT "key", "value" FROM {file("store")}').fetchall())
    if said.get("version") != str(VERSION):
        raise InputError(
            f"tables of version {said.get('version')}, not {VERSION}",
            where=str(folder),
            do="Write them again from the store with this release",
        )
    with transaction(connection):
        for table, key in (*OF_DOCUMENT.items(), *OF_OTHERS.items()):
            source = "document_rows" if table in OF_DOCUMENT else table
            connection.execute(f"DELETE FROM {table} WHERE {key} IN (SELECT id FROM {file(source)})")
        connection.execute(f"DELETE FROM errors WHERE file IN (SELECT file FROM {file('errors')})")
        for table in tables():
            if table != "store":
                named = "* RENAME (record AS whole)" if _read_as(table) != table else "*"
                connection.execute(f"INSERT INTO {table} BY NAME SELECT {named} FROM {file(table)}")
