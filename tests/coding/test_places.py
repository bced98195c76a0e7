"""Where: which places a text names, and where an act took place."""

from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.places import find_toponyms, place_event
from dragoman.coding.toponyms import chained
from dragoman.coding.words import Words
from dragoman.knowledge.places import load_gazetteer
from hand_docs import cases, parsed, plain, token_range


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.mark.parametrize("case", cases("coding/places/settled.toml"), ids=itemgetter("id"))
def test_names_of_a_text(case, gazetteer):
    found = find_toponyms(plain(case["text"]), gazetteer)

    assert [[t.span.text, t.place.name, t.place.country or "", t.place.precision] for t in found] == case[
        "found"
    ]
    assert all(t.reason.startswith("places:") for t in found)


@pytest.mark.parametrize("case", cases("coding/places/placed.toml"), ids=itemgetter("id"))
def test_the_place_of_an_act(case, gazetteer):
    doc = plain(case["text"])
    place, reason = place_event(
        Words(doc),
        token_range(doc, case["trigger"]),
        find_toponyms(doc, gazetteer),
        is_speech_act=case.get("speech", False),
    )

    if "place" not in case:
        assert place is None
        assert reason is None
    else:
        assert [place.name, place.country or "", place.precision] == case["place"]
        assert reason.by.startswith("places:")
        assert doc.text[place.span.start : place.span.end] == place.span.text


SAID = """
The DET 2 det
army NOUN 3 nsubj
said VERB 0 root
in ADP 5 case
Geneva PROPN 3 obl
that SCONJ 8 mark
rebels NOUN 8 nsubj
shelled VERB 3 ccomp
a DET 10 det
village NOUN 8 obj
near ADP 12 case
Aleppo PROPN 8 obl
+. PUNCT 3 punct
"""


@pytest.mark.parametrize("trigger, name", [("said", "Geneva"), ("shelled", "Aleppo")])
def test_along_a_parse_each_act_has_its_own_place(trigger, name, gazetteer):
    doc = parsed(SAID)
    place, _ = place_event(Words(doc), token_range(doc, trigger), find_toponyms(doc, gazetteer))

    assert place.name == name


def test_a_parsed_modifier_is_no_place(gazetteer):
    doc = parsed(
        """
        Crowds NOUN 2 nsubj
        burned VERB 0 root
        flags NOUN 2 obj
        at ADP 7 case
        the DET 7 det
        Italy PROPN 7 compound
        embassy NOUN 2 obl
        +. PUNCT 2 punct
        """
    )

    assert place_event(Words(doc), (1, 2), find_toponyms(doc, gazetteer)) == (None, None)


class Entry:
    def __init__(self, kind, country):
        self.kind, self.country = kind, country


class Hit:
    def __init__(self, start, end, kind, country):
        self.start, self.end, self.entries = start, end, [Entry(kind, (country,))]


def test_a_known_body_bars_its_name(gazetteer):
    text = "Fans of Santos sang in Santos."
    doc = plain(text)
    at = text.index("Santos")
    found = find_toponyms(doc, gazetteer, hits=[Hit(at, at + 6, "organisation", "BRA")])

    assert [t.span.start for t in found] == [text.rindex("Santos")]


def test_nationalities_give_context(gazetteer):
    text = "Lebanese troops entered a camp in Tripoli, Lebanese officials said."
    hits = [Hit(0, 8, "demonym", "LBN"), Hit(43, 51, "demonym", "LBN")]
    (found,) = find_toponyms(plain(text), gazetteer, hits=hits)

    assert found.place.country == "LBN"
    assert "LBY" in found.reason


def test_a_dateline_gives_context(gazetteer):
    (found,) = find_toponyms(plain("A bomb went off in Tripoli."), gazetteer, place_line="BEIRUT")

    assert found.place.country == "LBN"


@pytest.mark.parametrize("words", [", ", " in ", ", in northern ", " province, "])
def test_chains(words):
    text = f"Goma{words}Congo"

    assert chained(text, 4, len(text) - 5)


@given(st.text(alphabet=st.sampled_from("Goma in, Paris of-the 'near Łódź.\n é")))
def test_spans_are_their_words(text):
    doc = plain(text)
    for toponym in find_toponyms(doc, load_gazetteer()):
        assert doc.text[toponym.span.start : toponym.span.end] == toponym.span.text


def test_a_country_that_only_the_hits_would_count_is_no_context(gazetteer):
    """A text whose one country is no hit still settles its names."""
    text = "Peru voted."
    (found,) = find_toponyms(plain(text), gazetteer, hits=[Hit(5, 10, "party", "PER")])

    assert found.place.country == "PER"
