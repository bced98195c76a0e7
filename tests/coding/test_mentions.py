"""Which phrases could be an actor, and what stands inside them."""

from operator import itemgetter

import pytest

from dragoman import knowledge
from dragoman.coding.mentions import find_mentions
from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import load
from hand_docs import cases, parsed


def mentions_of(tree):
    view = Tree.of(parsed(tree))
    return view, find_mentions(view, knowledge.load().scan(view.text), load())


@pytest.mark.parametrize("case", cases("coding/mentions/found.toml"), ids=itemgetter("id"))
def test_phrases_of_a_sentence(case):
    _, mentions = mentions_of(case["tree"])

    assert [[mention.span.text, mention.form, mention.role or ""] for mention in mentions] == case["mentions"]


def test_a_list_knows_its_members():
    case = next(case for case in cases("coding/mentions/found.toml") if case["id"] == "list-and-complement")
    tree, mentions = mentions_of(case["tree"])

    ukraine = next(mention for mention in mentions if mention.span.text == "Ukraine")
    assert [tree.words[token] for token in ukraine.members] == ["Moldova"]


def test_a_possessor_is_the_owner_and_no_part_of_the_role():
    case = next(case for case in cases("coding/mentions/found.toml") if case["id"] == "title-and-name")
    tree, mentions = mentions_of(case["tree"])

    minister = next(mention for mention in mentions if mention.name == "Kari Nordahl")
    assert tree.words[minister.possessor] == "Norway"
    assert minister.number == "singular"


def test_a_text_without_a_parse_still_gives_the_names_of_the_tables():
    tree = "\n".join(f"{word} {tag} 0 root" for word, tag in (("Russia", "X"), ("said", "X"), ("no", "X")))
    _, mentions = mentions_of(tree)

    assert "Russia" in [mention.span.text for mention in mentions]
