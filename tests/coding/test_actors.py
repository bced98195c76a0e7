"""Who an actor is: name, country, sectors, and the reasons that decided."""

from datetime import date
from operator import itemgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
