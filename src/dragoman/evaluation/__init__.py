"""Gold, matching and scores: the same code scores us and anybody's output.

`evaluate(gold, coded)` reads two files and gives `Scores`; `to_text` and `to_json` show them.
`corpus.load` reads the corpus of this project.
"""

from dragoman.evaluation.annotation import GoldDocument
from dragoman.evaluation.calibrate import Calibration, calibration
from dragoman.evaluation.coded import gold_form, load_coded
from dragoman.evaluation.codes import Codes, codebook_codes
from dragoman.evaluation.faults import Fault
from dragoman.evaluation.gold import check, load
from dragoman.evaluation.render import listing, tables, to_json, to_text
from dragoman.evaluation.scores import Figure, Scores, differences, evaluate, score
from dragoman.evaluation.tally import Difference, Outcome

__all__ = [
    "Calibration",
    "Codes",
    "Difference",
    "Fault",
    "Figure",
    "GoldDocument",
    "Outcome",
    "Scores",
    "calibration",
    "check",
    "codebook_codes",
    "differences",
    "evaluate",
    "gold_form",
    "listing",
    "load",
    "load_coded",
    "score",
    "tables",
    "to_json",
    "to_text",
]
