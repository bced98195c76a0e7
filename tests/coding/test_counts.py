"""How many: counts only as the text gives them."""

from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.counts import count_reasons, find_counts
from dragoman.coding.quantities import pieces_of, quantities_of, tables
from dragoman.coding.words import Words
from hand_docs import cases, plain, token_range

WORDS = ("killed wounded three and 20 to of people a were killing $5 million at least").split()  # noqa: SIM905
TYPES = sorted(tables()["kinds"])


@pytest.mark.parametrize("case", cases("coding/counts/sentences.toml"), ids=itemgetter("id"))
def test_counts_of_a_sentence(case):
    doc = plain(case["text"])
    counts = find_counts(Words(doc), token_range(doc, case["trigger"]), case["type"])
    shown = {kind: [-1 if v is None else v for v in (c.low, c.best, c.high)] for kind, c in counts.items()}

    assert shown == case["counts"]
    for count in counts.values():
        assert doc.text[count.span.start : count.span.end] == count.text


@pytest.mark.parametrize(
    "words, low, best, high",
    [
        ("three", 3, 3, 3),
        ("twenty-one", 21, 21, 21),
        ("two hundred and five", 205, 205, 205),
        ("one and a half", 1, 1, 1),
        ("1,250", 1250, 1250, 1250),
        ("2.5 million", 2500000, 2500000, 2500000),
        ("a dozen", 12, 12, 12),
        ("no fewer than 40", 40, 40, None),
        ("as many as forty", None, 40, 40),
        ("fewer than 40", None, None, 40),
        ("nearly 200", None, 200, None),
        ("20-30", 20, 25, 30),
        ("several", None, None, None),
        ("several hundred", 200, None, None),
    ],
)
def test_a_number_and_what_it_leaves_open(words, low, best, high):
    quantity = quantities_of(pieces_of(words, 0, len(words)))[0]

    assert (quantity.low, quantity.best, quantity.high) == (low, best, high)


def test_each_count_has_a_reason():
    doc = plain("The blast killed nine people.")
    (reason,) = count_reasons(find_counts(Words(doc), token_range(doc, "blast"), "ASSAULT"))

    assert (reason.field, reason.value, reason.by) == ("counts.killed", "9/9/9", "counts:killed")
    assert reason.evidence[0].text == "nine"


@given(
    st.lists(st.sampled_from(WORDS)),
    st.sampled_from(TYPES),
)
def test_any_order_of_words_gives_ordered_bounds(words, kind):
    doc = plain(" ".join(["Fighting", *words]))
    for count in find_counts(Words(doc), (0, 1), kind).values():
        known = [v for v in (count.low, count.best, count.high) if v is not None]
        assert known == sorted(known)
