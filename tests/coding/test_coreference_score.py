"""benchmarks/coreference.py: the scorer on the published example, and what counts as one mention."""

import importlib.util
from pathlib import Path

import pytest

pytest.importorskip("scorch", reason="the scorer of coreference is not installed: pip install scorch")
SCRIPT = Path(__file__).parents[2] / "benchmarks/coreference.py"


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("coreference_benchmark", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_of_pradhan_et_al_has_their_figures(benchmark):
    """Figure 1 of Scoring Coreference Partitions of Predicted Mentions (2014)."""
    gold = [frozenset("abc"), frozenset("defg")]
    ours = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]

    told = benchmark.score(gold, ours)

    assert told["MUC"] == pytest.approx((0.4, 0.4, 0.4))
    assert told["B³"] == pytest.approx((0.42, 0.5, 0.45), abs=0.005)
    assert told["CEAF-e"] == pytest.approx((0.65, 0.43, 0.52), abs=0.005)
    assert told["CoNLL"][2] == pytest.approx((0.4 + 0.4545 + 0.52) / 3, abs=0.005)


def test_singletons_and_clusters_outside_gold_do_not_count(benchmark):
    """A mention alone is no cluster; a cluster of ours without a mention of gold's counts only if all do."""
    at = benchmark.Named
    text = benchmark.Text(
        name="t",
        group="news",
        text="",
        gold=[[at(0), at(10)], [at(20)]],
        ours=[[at(0), at(30)], [at(20)], [at(40), at(50)]],
    )

    def key(mention):
        return mention.head

    gold, near = benchmark.clusterings([text], key, within_gold=True)
    _, every = benchmark.clusterings([text], key, within_gold=False)

    assert gold == [frozenset({("t", 0), ("t", 10)})]
    assert near == [frozenset({("t", 0), ("t", 30)})]
    assert len(every) == 2
