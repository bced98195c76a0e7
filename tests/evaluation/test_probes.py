"""The probes: sound as data, passed by a coder that knows the answers, failed where one is spoilt."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import codebook, knowledge
from dragoman.errors import GoldError
from dragoman.evaluation.probe_report import probe_json, probe_lines
from dragoman.evaluation.probes import Kind, Probe, load_probes
from dragoman.evaluation.probing import run, word_agreement

from .oracle import oracle

SUITE = load_probes()
BASES = [probe for probe in SUITE.probes if probe.kind == "plain"]
HEAD = 'source = "test"\npublished = 2024-05-14\n'
BASE = """
[[base]]
id = "a"
text = "Kenya struck Ghana on Sunday."
event = { type = "ASSAULT", actors = ["KEN"], recipients = ["GHA"], date = ["2024-05-12", "2024-05-12"] }
"""


def own(folder: Path, *rows: str) -> Path:
    file = folder / "own.toml"
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    return file


def probe_row(folder: Path, row: str) -> Probe:
    suite = load_probes(own(folder, BASE, f"probes = [{{ {row} }}]\n"))
    return suite.probes[1]


def test_the_suite_has_sixty_sentences_and_every_type_and_kind() -> None:
    types = {one for base in BASES for one in [base.wanted.get("event.type")] if one}

    assert len(BASES) >= 60
    assert types == set(codebook.load().types)
    assert {probe.kind for probe in SUITE.probes} == set(get_args(Kind))
    assert len({probe.id for probe in SUITE.probes}) == len(SUITE.probes)
    assert len({probe.text for probe in SUITE.probes}) == len(SUITE.probes)


def test_every_base_can_be_renamed_and_keeps_no_old_name() -> None:
    """Else a country would stay behind, and the probe would ask for a record of two worlds."""
    names = {
        name for country in knowledge.load().countries.values() for name in (country.name, country.adjective)
    }
    for base in BASES:
        words = set(re.findall(r"[A-Z]\w+", base.text)) & names
        assert words <= set(SUITE.renaming.words), base.id
        assert any(probe.kind == "rename" and probe.base == base.base for probe in SUITE.probes), base.id


def test_the_renamed_countries_are_those_of_the_knowledge_base() -> None:
    countries = knowledge.load().countries
    for word, other in SUITE.renaming.words.items():
        assert SUITE.renaming.words[other] == word
        if word in countries:
            assert {countries[word].name, countries[word].adjective} & set(SUITE.renaming.words)


@given(st.lists(st.sampled_from([base.text for base in BASES]), min_size=1, max_size=3))
def test_renaming_twice_gives_the_text_back(texts: list[str]) -> None:
    text = " ".join(texts)

    assert SUITE.renaming(text) != text
    assert SUITE.renaming(SUITE.renaming(text)) == text


def test_an_article_follows_the_new_name() -> None:
    assert SUITE.renaming("An Egyptian ship and a Serbian one.") == "An Argentine ship and a Japanese one."
    assert SUITE.renaming("a Kenyan ship, an Indian ship") == "an Armenian ship, a Colombian ship"


def test_a_coder_that_knows_the_answers_passes_everything() -> None:
    report = run(SUITE, oracle(SUITE))

    assert [(answer.probe.id, answer.wrong) for answer in report.failures] == []
    assert all(answer.steady for answer in report.answers)
    assert report.mean == report.whole.share == 1.0


@pytest.mark.parametrize(
    "field, value, kind",
    [
        ("event.polarity", "affirmed", "negate"),
        ("event.realis", "actual", "hypothetical"),
        ("statement.kind", "direct", "indirect"),
        ("statement.attribution", [], "nest"),
    ],
)
def test_a_coder_blind_to_one_field_fails_where_it_must_change(field: str, value: Any, kind: str) -> None:
    def blind(wanted: dict[str, Any]) -> dict[str, Any]:
        return wanted | {field: value} if field in wanted else wanted

    report = run(SUITE, oracle(SUITE, blind))

    must = {
        probe.id for probe in SUITE.probes if field in probe.wanted and value not in _all_of(probe, field)
    }
    assert {answer.probe.id for answer in report.failures} == must
    assert kind in {answer.probe.kind for answer in report.failures}
    assert {wrong.field for answer in report.failures for wrong in answer.wrong} == {field}
    assert all(answer.steady for answer in report.answers)


def _all_of(probe: Probe, field: str) -> list[Any]:
    wanted = probe.wanted[field]
    return wanted if isinstance(wanted, list) and wanted and field != "statement.attribution" else [wanted]


def test_a_coder_that_forgets_renamed_countries_is_unsteady_there_alone() -> None:
    original = {"KEN", "ETH"}

    def forget(wanted: dict[str, Any]) -> dict[str, Any]:
        actors = wanted.get("event.actors", [])
        return wanted | {"event.actors": [code for code in actors if code not in original]}

    report = run(SUITE, oracle(SUITE, forget), ("rename",))

    assert not all(answer.steady for answer in report.answers)
    assert {wrong.field for answer in report.answers for wrong in answer.moved} == {"event.actors"}
    assert {answer.probe.kind for answer in report.answers} == {"rename"}


def test_a_coder_that_finds_nothing_is_told_so_once(tmp_path: Path) -> None:
    suite = load_probes(own(tmp_path, BASE))
    empty = oracle(suite, lambda wanted: {"events": 0})

    (wrong,) = run(suite, empty, ("plain",)).answers[0].wrong

    assert (wrong.field, wrong.got) == ("event", "no such record")


def test_a_probe_has_the_wants_of_its_base_but_for_those_it_names(tmp_path: Path) -> None:
    probe = probe_row(
        tmp_path,
        'kind = "negate", text = "Kenya did not strike.", event = { polarity = "negated", recipients = [], date = "any" }',
    )

    assert dict(probe.wanted) == {
        "events": 1,
        "event.type": "ASSAULT",
        "event.actors": ["KEN"],
        "event.recipients": [],
        "event.polarity": "negated",
        "event.realis": "actual",
        "event.attribution": [],
    }
    assert probe.changed == {"event.polarity", "event.recipients", "event.date"}


def test_every_fault_of_a_suite_is_told_at_once(tmp_path: Path) -> None:
    wrong = """probes = [
  { kind = "shout", text = "KENYA!" },
  { kind = "negate", text = "Kenya struck Ghana on Sunday." },
  { kind = "swap", text = "Ghana struck Kenya.", event = { type = "HIT", actors = ["Ghana"] } },
]
"""
    with pytest.raises(GoldError) as error:
        load_probes(own(tmp_path, BASE, wrong, BASE))

    told = str(error.value)
    for words in ("5 faults", "a/shout", "has the text of its base", "'HIT'", "'Ghana'", "stands twice"):
        assert words in told


def test_a_suite_with_an_unknown_field_names_it(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="polarty"):
        load_probes(
            own(tmp_path, BASE, 'probes = [{ kind = "negate", text = "No.", event = { polarty = "x" } }]\n')
        )


def test_an_unknown_kind_is_refused_with_those_there_are() -> None:
    with pytest.raises(GoldError, match="hypothetical"):
        run(SUITE, oracle(SUITE), ("negation",))


def test_the_report_counts_by_kind_and_lists_what_failed(tmp_path: Path) -> None:
    suite = load_probes(
        own(
            tmp_path,
            BASE,
            'probes = [{ kind = "negate", text = "Kenya did not strike Ghana on Sunday.", '
            'event = { polarity = "negated" } }]\n',
        )
    )
    report = run(suite, oracle(suite, lambda wanted: wanted | {"event.polarity": "affirmed"}))
    lines = list(probe_lines(report, listing=True))

    assert re.split(r"\s+", lines[2]) == ["negate", "1", "0", "0.00", "1.00", "0/1", "event.polarity", "1"]
    assert lines[-3:] == [
        "a/negate",
        "    Kenya did not strike Ghana on Sunday.",
        "  event.polarity: expected negated, got affirmed",
    ]
    assert b'"mean": 0.667' in probe_json(report)


@given(st.text(), st.text())
def test_word_agreement_is_even_handed_and_whole_for_equal_texts(one: str, other: str) -> None:
    assert word_agreement(one, other) == word_agreement(other, one)
    assert 0.0 <= word_agreement(one, other) <= 1.0
    assert word_agreement(one, one) == 1.0
