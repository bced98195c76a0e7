"""CAMEO's codes, and the way from PLOVER to CAMEO and back."""

import csv
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.codebook import load
from dragoman.errors import CodebookError
from dragoman.records import Status

CASES = Path(__file__).parents[1] / "cases/codebook"
BOOK = load()
ACTS = [(kind, modes) for kind in BOOK.types for modes in ((), *((mode,) for mode in BOOK.modes(kind)))]


def cases(name):
    rows = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    return pytest.mark.parametrize("case", rows, ids=[row["id"] for row in rows])


def key(kind, mode):
    return f"{kind}/{mode}" if mode else kind


@cases("to_cameo.toml")
def test_plover_act_gives_cameo_code(book, case):
    choice = book.cameo(
        case["type"], case.get("modes", ()), case.get("contexts", ()), lemma=case.get("lemma")
    )

    assert choice.code == case["cameo"]
    assert case.get("also") is None or case["also"] in choice.alternatives
    assert choice.goldstein == book.goldstein(choice.code)
    assert ".csv:" in choice.reason


@cases("from_cameo.toml")
def test_cameo_code_gives_plover_act(book, case):
    choice = book.from_cameo(case["cameo"])

    assert (choice.type or "", choice.mode) == (case["type"], case.get("mode"))
    assert "contexts" not in case or list(choice.contexts) == case["contexts"]
    assert "also" not in case or case["also"] in choice.alternatives
    assert choice.swap == case.get("swap", False)
    assert choice.reason


def test_ambiguities_are_exactly_the_acts_that_do_not_come_back(book):
    """What CAMEO cannot hold is listed with a reason, and nothing else is listed."""
    lost = {}
    for kind, modes in ACTS:
        code = book.cameo(kind, modes).code
        back, root = book.from_cameo(code), book.from_cameo(code[:2])
        came_back = key(back.type, back.mode)
        if (came_back != key(kind, "".join(modes)) and modes) or back.type != kind or root.type != kind:
            lost[key(kind, "".join(modes))] = (code, came_back, root.type)

    listed = {key(row.type, row.mode): (row.cameo, row.back, row.root) for row in book.ambiguities}
    assert lost == listed


@given(st.sampled_from(ACTS), st.sets(st.sampled_from(sorted(BOOK.contexts)), max_size=4), st.data())
def test_code_of_any_act_leads_back_to_its_type_or_names_it(act, contexts, data):
    """With any contexts, the code comes back to the type, or at least has it among its other readings."""
    kind, modes = act
    further = data.draw(st.sets(st.sampled_from(sorted(BOOK.modes(kind)) or [""]), max_size=2)) - {""}
    modes = tuple(sorted({*modes, *further}))

    choice = BOOK.cameo(kind, modes, sorted(contexts))

    for code in (choice.code, choice.code[:2]):
        back = BOOK.from_cameo(code)
        assert kind in {back.type, *(other.split("/")[0] for other in back.alternatives)}, code
    assert choice.code not in choice.alternatives
    assert set(choice.alternatives) <= set(BOOK.cameo_codes)
    assert choice == BOOK.cameo(kind, modes[::-1], sorted(contexts, reverse=True))


@given(st.sampled_from(sorted(BOOK.cameo_codes)))
def test_code_whose_act_is_known_is_of_a_root_that_knows_the_type(code):
    choice, root = BOOK.from_cameo(code), BOOK.from_cameo(code[:2])

    if choice.type is not None and root.type is not None:
        assert choice.type in {root.type, *(other.split("/")[0] for other in root.alternatives)}


def test_every_wording_can_be_reached(book):
    """Each row of wordings.csv changes the code of some act."""
    for kind, rows in book._crosswalk.wordings.items():
        for row in rows:
            modes = [row.mode] if row.mode else []
            tried = [modes, *([mode] for mode in book.modes(kind))] if not row.mode else [modes]
            contexts = [sorted(row.contexts), *([context] for context in book.contexts)]
            codes = {
                book.cameo(kind, m, c, lemma=lemma).reason
                for m in tried
                for c in contexts
                for lemma in row.lemmas
            }
            assert any(row.where in reason for reason in codes), row.where


def test_an_appeal_keeps_the_branch_of_the_demand(book):
    for mode in book.modes("REQUEST"):
        demand, appeal = book.cameo("REQUEST", [mode]), book.cameo("REQUEST", [mode], lemma="appeal")

        assert appeal.code == "02" + demand.code[2:]
        assert demand.code in appeal.alternatives


def test_status_never_changes_the_code_and_says_whether_it_was_done(book):
    told = {
        Status(): True,
        Status(realis="historical"): True,
        Status(certainty="possible"): True,
        Status(realis="future"): False,
        Status(realis="hypothetical"): False,
        Status(polarity="negated"): False,
    }
    choices = {status: book.cameo("ASSAULT", ["aerial"], (), status) for status in told}

    assert {status: choice.told_as_done for status, choice in choices.items()} == told
    assert {choice.code for choice in choices.values()} == {"195"}


def test_codes_are_strings_under_their_root(book):
    for code, entry in book.cameo_codes.items():
        assert code.startswith(entry.root)
        assert len(entry.root) == 2
        assert 2 <= len(code) <= 4
    assert len([code for code in book.cameo_codes if len(code) == 2]) == 20
    assert {entry.quad for entry in book.cameo_codes.values()} == {1, 2, 3, 4}
    assert (book.cameo_codes["010"].quad_phoenix, book.cameo_codes["160"].quad_phoenix) == (0, 3)


def test_goldstein_values_are_those_of_the_source_table(book, official):
    with official("cameo/CAMEO.goldsteinscale.txt").open(encoding="utf-8", newline="") as file:
        source = {
            row["CAMEOEVENTCODE"]: float(row["GOLDSTEINSCALE"])
            for row in csv.DictReader(file, delimiter="\t")
        }

    assert {code: book.goldstein(code) for code in source} == source
    assert {code: book.goldstein(code) for code in sorted(set(book.cameo_codes) - set(source))} == {
        "1213": -4.0,
        "1214": -4.0,
        "1951": -10.0,
        "1952": -10.0,
    }


def test_every_code_of_the_event_list_is_known(book, official):
    lines = official("cameo/CAMEO.eventcodes.txt").read_text(encoding="utf-8").splitlines()[1:]
    codes = {line.split("\t")[0] for line in lines if line.strip()}

    assert codes <= set(book.cameo_codes)


def test_a_lost_zero_is_pointed_out(book):
    with pytest.raises(CodebookError, match=r"'42' is no CAMEO code.*Write 042 if its leading zero was lost"):
        book.from_cameo("42")
    with pytest.raises(CodebookError, match=r"'999' is no CAMEO code\. Write two to four digits\.$"):
        book.goldstein("999")
