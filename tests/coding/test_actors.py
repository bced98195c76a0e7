"""Who an actor is: name, country, sectors, and the reasons that decided."""

from datetime import date
from operator import itemgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Span

from dragoman import knowledge
from dragoman.coding.actors import Actors
from dragoman.records import Document
from hand_docs import cases, parsed


@pytest.fixture(scope="module")
def tables():
    return knowledge.load()


def actors_in(doc, tables, **known):
    return Actors(doc, Document(id="case", text=doc.text, **known), tables)


def token(actors, word):
    return actors.tree.words.index(word)


@pytest.mark.parametrize("case", cases("coding/actors/resolved.toml"), ids=itemgetter("id"))
def test_an_actor_is_resolved_with_reasons(case, tables):
    """Countries and primary sectors are sets over all actors that the word stands for."""
    actors = actors_in(parsed(case["tree"]), tables)
    for word, name, countries, sectors, by in case["actors"]:
        found = actors.actors_of(actors.mention_at(token(actors, word)))
        first = found[0][0]

        assert first.name.startswith(name), word
        assert [code for actor, _ in found for code in actor.country] == countries, word
        assert list(dict.fromkeys(actor.sectors[0] for actor, _ in found if actor.sectors)) == sectors, word
        assert first.resolved_by == by, word
        for actor, reasons in found:
            assert first.mentions[0].text
            assert not actor.country or any(reason.field in ("country", "actor") for reason in reasons), word
            assert actor.confidence is None or 0 < actor.confidence <= 1


CHANGE = """
Ukraine PROPN 2 nsubj
thanked VERB 0 root
Scott PROPN 2 obj
Morrison PROPN 3 flat
+. PUNCT 2 punct
"""


def test_the_day_decides_who_held_an_office(tables):
    """The same name is the government on one day and a former official on another."""
    during = actors_in(parsed(CHANGE), tables, published="2021-05-01")
    after = actors_in(parsed(CHANGE), tables, published="2024-05-01")

    (held, _), (left, reasons) = (
        actors.actors_of(actors.mention_at(token(actors, "Scott")))[0] for actors in (during, after)
    )

    assert (held.country, held.sectors) == (("AUS",), ("GOV",))
    assert left.country == ("AUS",)
    assert left.sectors == ("ELI",)
    assert any("Prime Minister" in (reason.note or "") for reason in reasons)


def test_the_day_of_the_event_outweighs_the_day_of_publication(tables):
    actors = actors_in(parsed(CHANGE), tables, published="2024-05-01")
    mention = actors.mention_at(token(actors, "Scott"))

    ((actor, _),) = actors.actors_of(mention, on=date(2021, 5, 1))

    assert actor.sectors == ("GOV",)


def test_each_entity_is_listed_once_with_all_its_mentions(tables):
    case = next(
        case for case in cases("coding/coreference/same.toml") if case["id"] == "last-name-pronoun-office"
    )
    entities = actors_in(parsed(case["tree"]), tables).entities()

    assert [span.text for span in entities[0].mentions] == [
        "President Ana Lidell",
        "Lidell",
        "she",
        "The president",
    ]
    assert [entity.actor.name for entity in entities] == ["Ana Lidell", "Estonia"]
    spans = [(span.start, span.end) for entity in entities for span in entity.mentions]
    assert len(spans) == len(set(spans))


WORDS = st.sampled_from(
    ["Russia", "army", "he", "the", "Im", "Chon", "Il", "of", "its", "'s", "—", "🙂", "UN", "said", '"']
)
RELATIONS = st.sampled_from(
    ["nsubj", "flat", "compound", "appos", "conj", "nmod", "nmod:poss", "amod", "punct", "case", "obj"]
)
TAGS = st.sampled_from(["PROPN", "NOUN", "PRON", "ADJ", "VERB", "PUNCT", "ADP", "NUM"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS, TAGS, st.integers(1, 12), RELATIONS), min_size=1, max_size=12))
def test_any_tree_gives_spans_of_its_text(tokens):
    """However badly a parse is wrong, every mention is words of the text and every token of a mention resolves."""
    rows = [f"{word} {tag} {head if 1 <= head <= len(tokens) and head != n else 0} {relation}"
            for n, (word, tag, head, relation) in enumerate(tokens, 1)]  # fmt: skip
    heads = [int(row.split()[2]) for row in rows]
    if any(circular(heads, at) for at in range(1, len(heads) + 1)):
        rows = [" ".join((*row.split()[:2], "0", row.split()[3])) for row in rows]
    doc = parsed("\n".join(rows))
    actors = actors_in(doc, knowledge.load())

    for mention in actors.mentions:
        assert doc.text[mention.span.start : mention.span.end] == mention.span.text
        for actor, _ in actors.actors_of(mention):
            assert all(doc.text[span.start : span.end] == span.text for span in actor.mentions)
    assert actors.entities() == actors_in(doc, knowledge.load()).entities()


def circular(heads, at):
    seen = set()
    while heads[at - 1] and at not in seen:
        seen.add(at)
        at = heads[at - 1]
    return at in seen


SIGNED = """
Statement NOUN 0 root
by ADP 5 case
Foreign ADJ 4 amod
Minister PROPN 5 nmod:desc
Kari PROPN 1 nmod
Nordahl PROPN 5 flat
of ADP 8 case
Norway PROPN 5 nmod
on ADP 10 case
Japan PROPN 1 nmod

We PRON 2 nsubj
thank VERB 0 root
Japan PROPN 2 obj
and CCONJ 6 cc
" PUNCT 6 punct
we PRON 2 conj
" PUNCT 6 punct
+. PUNCT 2 punct
"""


def test_we_in_a_signed_text_is_who_signed_it(tables):
    """Outside quotations, and only where the headline names an office holder."""
    headline = "Statement by Foreign Minister Kari Nordahl of Norway on Japan"
    signed = actors_in(parsed(SIGNED), tables, title=headline)
    unsigned = actors_in(parsed(SIGNED), tables)
    at = token(signed, "We")

    assert [actor.country for actor, _ in signed.actors_of(signed.mention_at(at))] == [("NOR",)]
    quoted = signed.tree.words.index("we")
    assert signed.actors_of(signed.mention_at(quoted))[0][0].name != "Kari Nordahl"
    assert unsigned.actors_of(unsigned.mention_at(at))[0][0].name != "Kari Nordahl"


def test_we_in_a_readout_is_the_state_that_published_it(tables):
    actors = actors_in(parsed(SIGNED), tables, publisher="The White House")

    ((actor, _),) = actors.actors_of(actors.mention_at(token(actors, "We")))

    assert (actor.name, actor.country, actor.sectors) == ("United States", ("USA",), ("GOV",))


def test_we_in_a_newspaper_is_not_a_state(tables):
    actors = actors_in(parsed(SIGNED), tables, publisher="The Norway Times")

    ((actor, _),) = actors.actors_of(actors.mention_at(token(actors, "We")))

    assert actor.kind != "country"


MEETING = """
President PROPN 2 nmod:desc
Tavi PROPN 4 nsubj
Mberu PROPN 2 flat
met VERB 0 root
President PROPN 6 nmod:desc
Ondo PROPN 4 obj
Rasolo PROPN 6 flat
of ADP 9 case
Madagascar PROPN 6 nmod
+. PUNCT 4 punct

The DET 2 det
leaders NOUN 3 nsubj
praised VERB 0 root
the DET 5 det
agreement NOUN 3 obj
+. PUNCT 3 punct

They PRON 2 nsubj
dined VERB 0 root
+. PUNCT 2 punct
"""


@pytest.mark.parametrize("word", ["leaders", "They"])
def test_the_leaders_are_those_who_just_met(word, tables):
    actors = actors_in(parsed(MEETING), tables)

    found = actors.actors_of(actors.mention_at(token(actors, word)))

    assert [actor.name for actor, _ in found] == ["Tavi Mberu", "Ondo Rasolo"]


def test_a_matter_is_no_actor(tables):
    actors = actors_in(parsed(MEETING), tables)

    assert actors.actors_of(actors.mention_at(token(actors, "agreement"))) == ()


BUSH = """
President PROPN 2 nmod:desc
Bush PROPN 3 nsubj
spoke VERB 0 root
+. PUNCT 3 punct

The DET 3 det
Bush PROPN 3 compound
administration NOUN 4 nsubj
agreed VERB 0 root
+. PUNCT 4 punct
"""


def test_an_undated_administration_keeps_its_own_name(tables):
    """Today's holder is not put into a text of no date, and the president is not his administration."""
    actors = actors_in(parsed(BUSH), tables)
    ((president, _),) = actors.actors_of(actors.mention_at(token(actors, "Bush")))
    ((body, _),) = actors.actors_of(actors.mention_at(token(actors, "administration")))

    assert president.kind == "person"
    assert (body.name, body.country) == ("Bush administration", ("USA",))


def test_a_person_of_the_tables_is_explained_with_row_and_dates(tables):
    """Also where the words beside the name decide the sectors: which row the name is, how it fits, and its term."""
    actors = actors_in(parsed(CHANGE), tables, published="2021-05-01")

    ((actor, reasons),) = actors.actors_of(actors.mention_at(token(actors, "Scott")))
    row = next(reason for reason in reasons if reason.field == "actor")

    assert row.value == actor.name == "Scott Morrison"
    assert "people.csv" in row.by
    assert row.note == "exact; Prime Minister, 2018-08-24 to 2022-05-23"
    assert [span.text for span in row.evidence] == ["Scott Morrison"]


TITLED = """
Dutch ADJ 2 amod
Minister PROPN 7 nsubj
of ADP 4 case
Justice PROPN 2 nmod
Piet PROPN 2 flat
Nordahl PROPN 5 flat
spoke VERB 0 root
+. PUNCT 7 punct
"""


def test_a_title_with_its_complement_belongs_to_the_name_behind_it(tables):
    """The parse hangs the name on the title, and the words between them are no part of it."""
    doc = parsed(TITLED)
    doc.set_ents([Span(doc, 4, 6, label="PER")])
    actors = actors_in(doc, tables)

    ((titled, _),) = actors.actors_of(actors.mention_at(token(actors, "Minister")))
    ((named, _),) = actors.actors_of(actors.mention_at(token(actors, "Piet")))

    assert (named.name, named.country, named.sectors) == ("Piet Nordahl", ("NLD",), ("GOV",))
    assert titled.name == named.name


CITY_AS_NAME = """
Valeska PROPN 3 nsubj
Paris PROPN 1 flat
left VERB 0 root
Australia PROPN 3 obj
+. PUNCT 3 punct
"""


def test_a_city_inside_the_name_of_a_person_is_no_state(tables):
    doc = parsed(CITY_AS_NAME)
    doc.set_ents([Span(doc, 0, 2, label="PER")])
    actors = actors_in(doc, tables)

    ((actor, _),) = actors.actors_of(actors.mention_at(token(actors, "Valeska")))

    assert (actor.name, actor.kind, actor.country) == ("Valeska Paris", "person", ("AUS",))
