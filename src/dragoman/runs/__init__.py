"""Many documents: order, workers, bad inputs; knows nothing of what is inside a record."""

from dragoman.intake import Fault
from dragoman.runs.errors import to_json, write_faults
from dragoman.runs.local import code_many
from dragoman.runs.single import Code, code_one

__all__ = ["Code", "Fault", "code_many", "code_one", "to_json", "write_faults"]
