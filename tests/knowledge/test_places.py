"""The gazetteer: names to places, quickly and without reading it whole."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import KnowledgeError
from dragoman.knowledge.places import DATA, KIND_WEIGHT, KINDS, Gazetteer, fold, key_of, load_gazetteer


@pytest.mark.parametrize(
    "name, kind, country",
    [
        ("Grozny", "admin1-seat", "RUS"),
        ("Kyiv", "capital", "UKR"),
        ("Kiev", "capital", "UKR"),
        ("Paris", "capital", "FRA"),
        ("The Hague", "town", "NLD"),
        ("St. Petersburg", "admin1-seat", "RUS"),
        ("Washington", "capital", "USA"),
        ("Georgia", "country", "GEO"),
        ("Tamaulipas", "admin1", "MEX"),
        ("North Kivu", "admin1", "COD"),
        ("Rohtas", "admin2", "IND"),
        ("Strait of Hormuz", "sea", None),
        ("Darfur", "region", "SDN"),
        ("White House", "venue", "USA"),
        ("Côte d'Ivoire", "country", "CIV"),
    ],
)
def test_the_first_candidate(name, kind, country):
    place = load_gazetteer().candidates(name)[0]

    assert (place.kind, place.country) == (kind, country)


def test_all_of_one_name_come_with_their_regions():
    found = load_gazetteer().candidates("Springfield")

    assert {p.admin1 for p in found} >= {"Illinois", "Missouri", "Massachusetts"}
    assert [p.row for p in found] == [p.row for p in load_gazetteer().candidates("SPRINGFIELD")]


def test_unknown_and_empty_names_have_no_candidates():
    assert load_gazetteer().candidates("Qwrtzlpf") == []
    assert load_gazetteer().candidates("") == []
    assert load_gazetteer().candidates("’") == []


def test_a_place_knows_where_it_lies():
    place = load_gazetteer().candidates("Goma")[0]

    assert (place.admin1, place.country, place.geonames_id) == ("North Kivu", "COD", 216281)
    assert place.lat == pytest.approx(-1.68, abs=0.02)
    assert place.lon == pytest.approx(29.22, abs=0.02)


def test_a_country_by_its_code():
    assert load_gazetteer().country("PSE").kind == "country"
    assert load_gazetteer().country("ZZZ") is None


@pytest.mark.parametrize(
    "name, folded",
    [
        ("Sana'a", "sanaa"),
        ("Nagorno-Karabakh", "nagorno karabakh"),
        ("Łódź", "lodz"),
        ("The Hague", "hague"),
        ("St. Petersburg", "st petersburg"),
        ("Rafaḩ", "rafah"),
        ("D.C.", "dc"),
    ],
)
def test_folding(name, folded):
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing_but_an_article(text):
    once = fold(text)

    assert fold(once) == once or once.startswith("the ")


@given(st.text())
def test_any_name_may_be_asked(name):
    for place in load_gazetteer().candidates(name):
        assert place.kind in KINDS


def test_keys_leave_room_for_rows():
    assert key_of("goma") & ((1 << 20) - 1) == 0
    assert load_gazetteer().built["rows"] < 1 << 20


def test_every_kind_has_a_weight():
    assert set(KIND_WEIGHT) == set(KINDS)


def test_a_missing_gazetteer_says_what_to_do(tmp_path):
    with pytest.raises(KnowledgeError, match="cannot be opened"):
        Gazetteer(tmp_path)


def test_the_files_stay_small():
    assert sum(path.stat().st_size for path in DATA.glob("places_*")) < 15_000_000


COLD = """
import resource, sys, time
import numpy
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
from dragoman.knowledge.places import load_gazetteer
load_gazetteer().candidates("Grozny")
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_the_first_look_up_reads_little():
    """Mapped, not read: well under the size of the files (kilobytes of resident memory; seconds are not tested)."""
    answer = subprocess.run(
        [sys.executable, "-c", COLD], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    _, kilobytes = answer.stdout.split()

    assert int(kilobytes) < 40_000
