"""Lemmas by spaCy's rule lemmatizer with the English tables of `spacy-lookups-data` (MIT; see LICENSE.txt)."""

import gzip
import json
from pathlib import Path

from spacy.language import Language
from spacy.lookups import Lookups

TABLES = ("lemma_rules", "lemma_exc", "lemma_index")


def add_lemmas(nlp: Language) -> None:
    """Add the lemmatizer, its tables read from this package."""
    lookups = Lookups()
    for table in TABLES:
        raw = gzip.decompress((Path(__file__).parent / f"en_{table}.json.gz").read_bytes())
        lookups.add_table(table, json.loads(raw))
    pipe = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    pipe.initialize(lambda: iter(()), nlp=nlp, lookups=lookups)  # type: ignore[attr-defined]
