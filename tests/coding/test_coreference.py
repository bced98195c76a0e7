"""Which mentions stand for one entity; names that belong together."""

from operator import itemgetter

import pytest

from dragoman import knowledge
from dragoman.coding.actors import Actors
from dragoman.coding.names import abbreviates, same_organisation, same_person
from dragoman.records import Document
from hand_docs import cases, parsed


@pytest.mark.parametrize("case", cases("coding/coreference/same.toml"), ids=itemgetter("id"))
def test_mentions_of_one_entity_share_a_cluster(case):
    doc = parsed(case["tree"])
    actors = Actors(doc, Document(id="case", text=doc.text), knowledge.load())
    heads = [mention.head for mention in actors.mentions]
    first = heads.index(actors.tree.words.index(case["same"][0]))
    entity = next(entity for entity in actors.clusters if first in entity.mentions)

    assert {actors.tree.words[actors.mentions[index].head] for index in entity.mentions} == set(case["same"])
    assert len(entity.by) == len(entity.mentions)


def test_a_given_speaker_beats_the_nearest_reporting_verb():
    case = next(
        case for case in cases("coding/coreference/same.toml") if case["id"] == "speaker-of-a-quotation"
    )
    doc = parsed(case["tree"])
    freetown = [token.text for token in doc].index("Freetown")
    actors = Actors(
        doc, Document(id="case", text=doc.text), knowledge.load(), speaker_of=lambda token: freetown
    )

    ((actor, _),) = actors.actors_of(actors.mention_at([token.text for token in doc].index("We")))
    assert actor.country == ("SLE",)
    assert actor.kind == "country"


@pytest.mark.parametrize(
    ("short", "full", "fit"),
    [
        ("Nordahl", "Kari Nordahl", 2),
        ("Kari", "Kari Nordahl", 1),
        ("Kari Nordahl", "Kari Nordahl", 3),
        ("K. Nordahl", "Kari Nordahl", 3),
        ("Chon Il Im", "Im Chon Il", 3),
        ("al-Nordahl", "Nordahl", 3),
        ("Lidell", "Kari Nordahl", 0),
        ("", "Kari Nordahl", 0),
    ],
)
def test_how_names_of_persons_fit(short, full, fit):
    assert same_person(short, full) == fit


def test_abbreviations_and_short_names_of_organisations():
    assert abbreviates("ICC", "International Criminal Court")
    assert abbreviates("I.C.C.", "the International Criminal Court")
    assert not abbreviates("ICC", "International Court of Justice")
    assert same_organisation("Northern League", "Northern League of Towns")
    assert not same_organisation("League", "Northern Front")
