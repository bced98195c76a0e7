"""One file of tables that anybody can query: writing, reading, series, differences, exports and imports."""

from dragoman.store.bulk import write_files
from dragoman.store.copied import refresh_copies
from dragoman.store.file import in_words, open_store, transaction
from dragoman.store.into import code_into
from dragoman.store.parquet import read_folder, write_folder
from dragoman.store.read import read_coded
from dragoman.store.write import write_coded, write_jsonl

__all__ = [
    "code_into",
    "in_words",
    "open_store",
    "read_coded",
    "read_folder",
    "refresh_copies",
    "transaction",
    "write_coded",
    "write_files",
    "write_folder",
    "write_jsonl",
]
