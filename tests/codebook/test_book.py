"""Loading, looking up, and saying what is wrong with a table."""

import copy
import csv
import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman import codebook
from dragoman.codebook import CameoEntry, ContextEntry, ModeEntry, SectorEntry, TypeEntry, load
from dragoman.codebook.book import DATA, FILES, hash_files
from dragoman.errors import CodebookError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tables(tmp_path):
    """A copy of the tables to break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".csv")])
def test_tables_are_tidy(name):
    """UTF-8, Unix line ends, no blanks around cells, the same number of cells in each row."""
    raw = (DATA / name).read_bytes()
    rows = list(csv.reader(raw.decode("utf-8").splitlines()))

    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if cell != cell.strip()] == []


def test_the_second_load_is_the_same_object():
    assert load() is load()


def test_a_pickled_codebook_is_read_from_the_same_tables(book):
    assert pickle.loads(pickle.dumps(book)) is book
    assert copy.deepcopy(book) is book


def test_loading_needs_the_standard_library_alone():
    """Coding a thousand files starts the program a thousand times: nothing heavy comes in with the tables."""
    program = (
        "import sys, dragoman.codebook as c; c.load();"
        "print([m for m in ('spacy', 'pandas', 'duckdb', 'numpy', 'difflib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_hash_follows_the_bytes_of_the_tables(book, tables):
    assert hash_files(tables) == book.hash
    assert len(book.hash) == 16

    change(tables / "plover/contexts.csv", "smuggling".capitalize(), "Moving")

    assert hash_files(tables) != book.hash


@pytest.mark.parametrize(
    ("code", "kind", "name"),
    [
        ("ASSAULT", TypeEntry, "ASSAULT"),
        ("assault", TypeEntry, "ASSAULT"),
        ("ASSAULT/aerial", ModeEntry, "ASSAULT/aerial"),
        ("aerial", ModeEntry, "ASSAULT/aerial"),
        ("cyber", ContextEntry, "cyber"),
        ("COERCE/cyber", ModeEntry, "COERCE/cyber"),
        ("gov", SectorEntry, "GOV"),
        (" 042 ", CameoEntry, "042"),
    ],
)
def test_describe_finds_codes_of_any_kind(book, code, kind, name):
    entry = book.describe(code)

    assert isinstance(entry, kind)
    assert (entry.key if isinstance(entry, ModeEntry) else entry.code) == name


def test_describe_asks_which_type_a_shared_mode_is_of(book):
    with pytest.raises(
        CodebookError, match=r"'arrest' is a mode of several types\. Write THREATEN/arrest or COERCE/arrest"
    ):
        book.describe("arrest")
    with pytest.raises(CodebookError, match=r"'protests' is no code\. Try PROTEST"):
        book.describe("protests")


def test_search_puts_codes_before_names_and_names_before_texts(book):
    found = [getattr(entry, "key", entry.code) for entry in book.search("riot")]

    assert found[0] == "PROTEST/riot"
    assert found.index("145") < found.index("PROTEST")
    assert book.search("no such words") == ()
    assert book.search(" ") == ()


def test_every_entry_is_found_by_its_own_code(book):
    for entry in book:
        code = entry.key if isinstance(entry, ModeEntry) else entry.code
        assert book.describe(code) == entry


def test_all_faults_of_the_tables_are_told_at_once(tables):
    change(tables / "plover/modes.csv", 'ASSAULT,beat,"Strikes', 'ASSAULT,abduct,"Strikes')
    change(tables / "plover/modes.csv", ",-9.5,,,", ",far,,,")
    change(
        tables / "plover/sectors.csv",
        ",yes,no,manual: Sector Codes\nCRM",
        ",perhaps,no,manual: Sector Codes\nCRM",
    )
    change(tables / "cameo/codes.csv", "042,Make a visit,04,1.9,", "042,Make a visit,04,19,")
    change(tables / "crosswalk/plover_to_cameo.csv", "AID,,asylum,075,", "AID,,asylums,075,")
    change(tables / "plover/nonstate.csv", "code,name", "kode,name")

    with pytest.raises(CodebookError) as caught:
        load(tables)

    message = str(caught.value)
    for part in (
        "modes.csv:55 (ASSAULT/abduct): stands already at modes.csv:54 (ASSAULT/abduct). Strike one",
        "(ASSAULT/aerial): 'score' is 'far' and no number. Write a number from -10 to 10",
        "sectors.csv:4 (COP): 'frequent' is 'perhaps'. Write one of: yes, no",
        "(042): 'goldstein' is 19 and out of range",
        "(AID/asylums): 'contexts' has 'asylums', which is no context. Use one of contexts.csv",
        "nonstate.csv:1: no column code. Write the header code,name,definition,source",
    ):
        assert part in message


def test_a_single_fault_is_told_in_one_line(tables):
    change(tables / "plover/types.toml", 'name = "Agree"', 'name = ""')

    with pytest.raises(
        CodebookError, match=r"^types\.toml \[\[type\]\] 1 \(AGREE\): 'name' is empty\. Fill in 'name'$"
    ):
        load(tables)


def test_a_rule_that_no_act_reaches_is_a_fault(tables):
    change(
        tables / "crosswalk/plover_to_cameo.csv",
        "CONSULT,,,040",
        "CONSULT,,,040,046,Early\nCONSULT,phone,legal,040",
    )

    with pytest.raises(
        CodebookError, match=r"\(CONSULT/phone/legal\): is never reached: plover_to_cameo.csv:16"
    ):
        load(tables)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_table_is_named(tables, name):
    (tables / name).unlink()

    with pytest.raises(CodebookError, match=f"{Path(name).name}: the table is missing"):
        load(tables)


def test_built_tables_are_what_the_script_makes(tmp_path, official):
    """The crosswalk and the CAMEO codes follow from the official files and corrections.csv, byte for byte."""
    knowledge = official("plover/CAMEO2PLOVER-2021.txt").parents[1]
    script = ROOT / "scripts/build_codebook.py"
    subprocess.run(
        [sys.executable, script, "--knowledge", knowledge, "--data", DATA, "--out", tmp_path], check=True
    )

    for name in ("cameo/codes.csv", "crosswalk/cameo_to_plover.csv", "built.json"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name


def test_hand_written_inputs_have_not_changed_since_the_tables_were_built():
    import hashlib

    built = json.loads((DATA / "built.json").read_text(encoding="utf-8"))
    here = {**built["inputs"], **built["outputs"]}

    stale = [
        name
        for name, digest in here.items()
        if (DATA / name).is_file() and hashlib.sha256((DATA / name).read_bytes()).hexdigest() != digest
    ]
    assert stale == [], "run scripts/build_codebook.py again"


def test_public_names_are_sorted_and_there():
    assert sorted(codebook.__all__) == codebook.__all__
    assert all(hasattr(codebook, name) for name in codebook.__all__)
