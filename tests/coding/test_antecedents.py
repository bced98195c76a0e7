"""What the head of coreference adds to the rules that find antecedents, and what it may not overrule."""

from collections.abc import Mapping

import pytest

from dragoman import knowledge
from dragoman.coding.actors import Actors
from dragoman.coding.heads import Heads
from dragoman.records import Document
from fake_reading import FakeScores
from hand_docs import parsed

TWO_MEN = """
Mr. PROPN 2 nmod:desc
Lidell PROPN 3 nsubj
met VERB 0 root
Mr. PROPN 5 nmod:desc
Nordahl PROPN 3 obj
+. PUNCT 3 punct

He PRON 2 nsubj
resigned VERB 0 root
+. PUNCT 2 punct
"""
NAMED_LATER = """
Norway PROPN 3 nmod:poss
+'s PART 1 case
envoy NOUN 4 nsubj
resigned VERB 0 root
+. PUNCT 4 punct

Mrs. PROPN 2 nmod:desc
Lidell PROPN 3 nsubj
left VERB 0 root
+. PUNCT 3 punct
"""
HER_AND_HIM = TWO_MEN.replace("Mr. PROPN 5", "Mrs. PROPN 5")


def fellows(tree: str, word: str, links: Mapping[tuple[str, str], float]) -> set[str]:
    """Head words of what stands for the same as the mention with this head; links: what the head says, both ways."""
    doc = parsed(tree)
    at = [token.text for token in doc]
    scores = FakeScores([True] * len(at))
    for anchor in range(len(at)):
        for other in range(len(at)):
            scores.relate(anchor, "coref", other, 0.02)
    for (a, b), probability in links.items():
        scores.relate(at.index(a), "coref", at.index(b), probability)
        scores.relate(at.index(b), "coref", at.index(a), probability)
    actors = Actors(doc, Document(id="case", text=doc.text), knowledge.load(), heads=Heads(scores))
    index = [mention.head for mention in actors.mentions].index(at.index(word))
    entity = next(entity for entity in actors.clusters if index in entity.mentions)
    return {at[actors.mentions[i].head] for i in entity.mentions}


@pytest.mark.parametrize(
    ("links", "meant"),
    [
        ({("He", "Lidell"): 0.5, ("He", "Nordahl"): 0.5}, {"He", "Lidell"}),  # the subject, by the rules
        ({("He", "Lidell"): 0.2, ("He", "Nordahl"): 0.95}, {"He", "Nordahl"}),
    ],
)
def test_the_head_decides_between_two_who_fit(links, meant):
    assert fellows(TWO_MEN, "He", links) == meant


def test_the_head_does_not_overrule_gender():
    assert fellows(HER_AND_HIM, "He", {("He", "Lidell"): 0.2, ("He", "Nordahl"): 0.95}) == {"He", "Lidell"}


def test_nobody_is_meant_whom_the_head_denies():
    assert fellows(TWO_MEN, "He", {("He", "Lidell"): 0.01, ("He", "Nordahl"): 0.01}) == {"He"}


@pytest.mark.parametrize(("probability", "meant"), [(0.8, {"envoy", "Lidell"}), (0.3, {"Lidell"})])
def test_a_name_is_that_of_one_told_of_without_it_if_the_head_agrees(probability, meant):
    assert fellows(NAMED_LATER, "Lidell", {("envoy", "Lidell"): probability}) == meant


def test_without_heads_the_rules_stand_alone():
    doc = parsed(NAMED_LATER)
    actors = Actors(doc, Document(id="case", text=doc.text), knowledge.load())
    assert all("named after" not in entity.by for entity in actors.clusters)


def test_tokens_of_two_windows_say_nothing():
    doc = parsed(TWO_MEN)
    silent = FakeScores([True] * len(doc))  # no pair has a score
    with_head = Actors(doc, Document(id="case", text=doc.text), knowledge.load(), heads=Heads(silent))
    alone = Actors(doc, Document(id="case", text=doc.text), knowledge.load())
    assert with_head.clusters == alone.clusters
