"""An actor's first sector: the rule's, unless the model is surer of another than the rule is trusted."""

import numpy as np
import pytest

from dragoman import knowledge
from dragoman.coding.actors import Actors
from dragoman.coding.heads import Heads
from dragoman.coding.sector_head import kind_of, weight_of, weights
from dragoman.knowledge import load as load_tables
from dragoman.records import Document
from fake_reading import FakeScores
from hand_docs import parsed

LABELS = ["none", "GOV", "LEG", "CVL", "REB"]
PERSON = """
Ilse PROPN 3 nsubj
Nordahl PROPN 1 flat
voted VERB 0 root
+. PUNCT 3 punct
"""
STATE = """
Norway PROPN 2 nsubj
voted VERB 0 root
+. PUNCT 2 punct
"""
OWN = """
[[actor]]
name = "Ilse Nordahl"
country = "BEL"
sectors = ["GOV"]
"""


class WithSectors(FakeScores):
    """Fake scores whose head of sectors gives one word one label."""

    def __init__(self, words, word, label, probability):
        super().__init__([True] * len(words))
        self.labels = {**FakeScores.labels, "sectors": LABELS}
        self._tables["sectors"] = np.full((len(words), len(LABELS)), 1 / len(LABELS), dtype=np.float32)
        row = self._tables["sectors"][words.index(word)]
        row[:] = (1 - probability) / (len(LABELS) - 1)
        row[LABELS.index(label)] = probability


def actor(tree, word, label, probability, tables=None):
    doc = parsed(tree)
    words = [token.text for token in doc]
    scores = WithSectors(words, word, label, probability)
    actors = Actors(doc, Document(id="case", text=doc.text), tables or knowledge.load(), heads=Heads(scores))
    ((found, reasons),) = actors.actors_of(actors.mention_at(words.index(word)))
    return found.sectors, [reason for reason in reasons if reason.field == "sectors"]


@pytest.mark.parametrize(
    ("tree", "word", "label", "probability", "sectors"),
    [
        (PERSON, "Ilse", "LEG", 0.95, ("LEG",)),  # nothing is said: the model is heard
        (PERSON, "Ilse", "CVL", 0.95, ("CVL",)),
        (STATE, "Norway", "GOV", 0.95, ("GOV",)),
        (STATE, "Norway", "REB", 0.3, ("GOV",)),  # a row of the tables outweighs a leaning
        (PERSON, "Ilse", "REB", 0.25, ()),  # nobody is sure: the rule's answer stays
    ],
)
def test_rule_and_model_are_weighed(tree, word, label, probability, sectors):
    assert actor(tree, word, label, probability)[0] == sectors


def test_the_reason_names_the_model_and_keeps_what_the_rule_said():
    sectors, (ruled, decided) = actor(STATE, "Norway", "REB", 0.999)

    assert sectors == ("REB",)
    assert ruled.value == "GOV"
    assert "countries.csv" in ruled.by
    assert (decided.by, decided.value) == ("head:sectors", "REB")
    assert [one.value for one in decided.alternatives] == ["GOV"]
    assert 0.5 < decided.probability <= 1


def test_the_sector_none_is_no_sector():
    assert actor(PERSON, "Ilse", "none", 0.97)[0] == ()


def test_a_users_own_row_is_not_weighed(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN)

    assert actor(PERSON, "Ilse", "REB", 0.99, load_tables(actors=path))[0] == ("GOV",)


def test_a_rule_without_a_weight_has_that_of_its_kind():
    assert weight_of("roles.toml:no such role") == weights()["rule"]["roles.toml"]
    assert weight_of("some/file.csv: a source") == weights()["rule"]["tables"]
    assert kind_of("actors:owner") == "actors"
