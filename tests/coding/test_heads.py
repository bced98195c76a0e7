"""The heads' scores as the coder sees them."""

import pytest
import spacy

from dragoman.coding.heads import heads_of
from dragoman.errors import ModelError
from fake_reading import read, tokens_of


def test_a_pipeline_without_meaning_heads_is_refused_with_the_way_out() -> None:
    with pytest.raises(
        ModelError, match=r"without Dragoman's meaning heads.*Add the component 'dragoman_reader'"
    ):
        heads_of(spacy.blank("en")("Talks end."))


DOC = read(
    "Kyiv said drones hit Odesa.",
    types=["hit ASSAULT 0.8"],
    cues=["said 0.7"],
    pairs=["hit actor drones 0.9", "said speaker Kyiv 0.6"],
    labels=["hit ASSAULT/drone 0.6", "said ASSAULT/drone 0.2", "hit negated 0.9"],
)
[SAID], [HIT], [KYIV] = tokens_of(DOC, "said"), tokens_of(DOC, "hit"), tokens_of(DOC, "Kyiv")


def test_types_and_cues_are_probabilities_by_token() -> None:
    heads = heads_of(DOC)

    assert heads.types[HIT].max() == pytest.approx(0.8)
    assert heads.types.sum(1) == pytest.approx([1] * len(DOC))
    assert heads.cue.tolist() == pytest.approx([0, 0.7, 0, 0, 0, 0])


def test_a_head_is_averaged_over_the_words_of_a_trigger() -> None:
    heads = heads_of(DOC)
    drone = heads.labels["modes"].index("ASSAULT/drone")

    assert heads.mean("modes", [SAID, HIT])[drone] == pytest.approx(0.4)
    assert heads.mean("polarity", [HIT]) == pytest.approx([0.1, 0.9])


def test_a_relation_is_averaged_over_the_words_of_a_trigger() -> None:
    heads = heads_of(DOC)

    assert heads.pair([SAID], "speaker")[KYIV] == pytest.approx(0.6)
    assert heads.pair([SAID, HIT], "speaker")[KYIV] == pytest.approx(0.3)
