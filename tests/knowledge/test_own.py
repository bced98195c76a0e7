"""A user's own file of actors: read whole, checked whole, and first among the tables."""

import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import codebook, knowledge
from dragoman.errors import KnowledgeError
from dragoman.knowledge.own_rows import LARGEST_FILE, SHOWN_FAULTS
from dragoman.knowledge.sectors import SECTORS

CASES = Path(__file__).parents[1] / "cases/knowledge"
FAULTS = tomllib.loads((CASES / "own_faults.toml").read_text("utf-8"))["case"]
SOUND = tomllib.loads((CASES / "own_sound.toml").read_text("utf-8"))["case"]
TERMS = """
name,country,sectors,from,to,office,wikidata,aliases
Mara Olin,BEL,GOV,2021-05-01,2022-05-01,foreign minister,Q12,
Mara Olin,BEL,LEG,2022-06-01,,member of parliament,Q12,
Harbour Guard,FRA,PRM,2020-01-01,2021-01-01,,,
Scott Morrison,AUS,OPP,2024-01-01,,,,
Guinea,ARM,REB,,,,,
""".strip()


def written(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> knowledge.Knowledge:
    return knowledge.load(written(tmp_path_factory.mktemp("own"), TERMS))


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["id"])
def test_every_fault_is_told_with_line_field_and_cure(case: dict, tmp_path: Path) -> None:
    """The message holds each fault that the case names, and no other."""
    with pytest.raises(KnowledgeError) as raised:
        knowledge.load(written(tmp_path, case["content"], case["file"]))

    lines = str(raised.value).splitlines()
    for told in case["told"]:
        assert any(told in line for line in lines), (told, lines)
    assert len(lines) == len(case["told"]) + 1, lines


@pytest.mark.parametrize("case", SOUND, ids=lambda case: case["id"])
def test_a_sound_file_gives_its_rows(case: dict, tmp_path: Path) -> None:
    """Both forms, the ways people write them, and the line of each row."""
    own = knowledge.load(written(tmp_path, case["content"], case["file"])).own

    assert own is not None
    assert case["rows"] == [
        "|".join(
            (
                row.name,
                row.kind,
                " ".join(row.country),
                " ".join(row.sectors),
                *("" if day is None else day.isoformat() for day in (row.start, row.end)),
                str(row.line),
            )
        )
        for row in own.rows
    ]
    assert all(row.where == f"{case['file']}:{row.line}" for row in own.rows)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"name,country\nMara\x00Olin,BEL\n", r"a.csv:2 (Mara\x00Olin): 'name' has control characters"),
        (b"name,country\nMara\x1b[2JOlin,BEL\n", r"'name' has control characters: 'Mara\x1b[2JOlin'"),
        ("name,country\nMara\u202eOlin,BEL\n", "'name' has control characters"),
        ("name,country\n" + "X" * 10_000 + ",BEL\n", "'name' has 10,000 characters. Write at most 100"),
        ("name,country\n" + "X" * 200_000 + ",BEL\n", "is no CSV (field larger"),
        (b"name,country\nM\xfcller,DEU\n", "a.csv:2: is not UTF-8. Save the file as UTF-8"),
        (b"\xff\xfe\x00\x00", "is not UTF-8"),
        (b"\x00" * 1000, "is no column"),
    ],
    ids=["nul", "escape", "turner", "long", "very long", "latin-1", "utf-16", "zeros"],
)
def test_hostile_bytes_are_a_clear_fault(content: str | bytes, told: str, tmp_path: Path) -> None:
    """Nothing of them reaches the terminal as it stands, and no message is endless."""
    with pytest.raises(KnowledgeError) as raised:
        knowledge.load(written(tmp_path, content))

    message = str(raised.value)
    assert told in message
    assert len(message) < 1_500
    assert all(char.isprintable() or char == "\n" for char in message)


@pytest.mark.parametrize(
    "content", ["a = " + "[" * 5_000, "[[actor]]\nname = " + "[" * 5_000, "[[actor]]\n" * 3 + "\x00"]
)
def test_hostile_toml_is_a_clear_fault(content: str, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"a\.toml"):
        knowledge.load(written(tmp_path, content, "a.toml"))


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A folder, a missing path, a path with NUL, a device, a file too large."""
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)

    for path, words in (
        (tmp_path, "is no file"),
        (tmp_path / "none.csv", "does not exist"),
        (Path("a\x00.csv"), "a.csv"),
        (Path("/dev/zero"), "is no file"),
        (large, "64,000,001 bytes"),
    ):
        with pytest.raises(KnowledgeError) as raised:
            knowledge.load(path)
        assert words in str(raised.value).replace("\x00", "")


@pytest.mark.slow
def test_a_hundred_thousand_rows(tmp_path: Path) -> None:
    """They are read in some seconds of work and found; as many faults give a message that ends."""
    head = "name,country,sectors,from\n"
    names = [f"Mara Olin{chr(97 + n % 26)}{n}" for n in range(100_000)]
    begin = time.process_time()
    own = knowledge.load(written(tmp_path, head + "".join(f"{name},BEL,GOV,2020-01-01\n" for name in names)))

    assert [hit.entries[0].country for hit in own.scan(f"So {names[77_777]} left.")] == [("BEL",)]
    assert time.process_time() - begin < 30  # measured: 5

    with pytest.raises(KnowledgeError) as raised:
        knowledge.load(written(tmp_path, head + "".join(f"{name},BELG,GOV,\n" for name in names[:2_000])))
    assert "2000 faults" in str(raised.value)
    assert len(str(raised.value).splitlines()) == SHOWN_FAULTS + 2


@given(st.text(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_any_text_is_rows_or_faults(tmp_path: Path, content: str) -> None:
    """Whatever a file holds, it is read or told to be wrong."""
    for name, body in (("a.csv", f"name,country\n{content}"), ("a.toml", f"[[actor]]\nname = {content}")):
        path = written(tmp_path, body.encode("utf-8", "replace"), name)
        told = ""
        try:
            own = knowledge.load(path).own
        except KnowledgeError as error:
            told, own = str(error), None
        assert (own is not None and own.rows) or name in told


@pytest.mark.parametrize(
    ("name", "on", "sectors", "own"),
    [
        ("Mara Olin", date(2021, 7, 1), ("GOV",), True),
        ("MARA OLIN", date(2023, 7, 1), ("LEG",), True),
        ("Mara Olin", date(2022, 5, 15), ("ELI",), True),
        ("Mara Olin", date(2020, 1, 1), (), True),
        ("Scott Morrison", date(2025, 1, 1), ("OPP",), True),
        ("Scott Morrison", date(2021, 1, 1), ("GOV",), False),
    ],
)
def test_the_row_of_the_day_wins(
    base: knowledge.Knowledge, name: str, on: date, sectors: tuple[str, ...], own: bool
) -> None:
    """In its term a row is first; between two terms the person is a former official; before it the tables count."""
    best = base.person(name, on=on)[0]

    assert (best.sectors, best.own) == (sectors, own)
    assert not own or best.source.startswith("a.csv:")


def test_a_later_office_of_the_tables_comes_before_a_term_that_ended(tmp_path: Path) -> None:
    """Who wrote down an old term did not say that there is no later one."""
    base = knowledge.load(
        written(tmp_path, "name,country,sectors,from,to\nScott Morrison,AUS,BUS,1999-01-01,2001-01-01\n")
    )

    best, second = base.person("Scott Morrison", on=date(2021, 1, 1))[:2]

    assert (best.own, best.sectors) == (False, ("GOV",))
    assert second.own


def test_a_last_name_with_office_and_country_finds_the_row(base: knowledge.Knowledge) -> None:
    best = base.person("Olin", on=date(2021, 7, 1), country="BEL", title="foreign minister")[0]

    assert (best.name, best.match, best.own) == ("Mara Olin", "last name", True)


def test_a_name_of_the_file_is_the_first_reading_and_the_tables_stay_behind_it(
    base: knowledge.Knowledge,
) -> None:
    """ "Papua New Guinea" is another name and stays; the words of the text are whole words only."""
    hits = base.scan("Guinea and Papua New Guinea thanked the Harbour Guards and the Harbour Guard.")

    assert [hit.text for hit in hits] == ["Guinea", "Papua New Guinea", "Harbour Guard"]
    assert [hit.entries[0].own for hit in hits] == [True, False, True]
    assert "GIN" in {code for entry in hits[0].entries[1:] for code in entry.country}


def test_without_a_file_nothing_is_changed(base: knowledge.Knowledge) -> None:
    """The tables of the package are the same object before and after, and know no row of the file."""
    shipped = knowledge.load()

    assert shipped is knowledge.load()
    assert shipped.own is None
    assert shipped.hash == base.hash
    assert not any(entry.own for hit in shipped.scan("Guinea and Mara Olin") for entry in hit.entries)


def test_sectors_are_those_of_the_codebook() -> None:
    book = codebook.load()

    assert {code: entry.name for code, entry in book.sectors.items()} == SECTORS
