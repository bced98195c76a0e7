"""Hand-made files with the conventions of each system become the records that foreign.toml says."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli.explain_html import page
from dragoman.cli.explain_text import explain
from dragoman.records import Actor, Coded, Place
from dragoman.store.formats import FORMATS, Losses

CASES = Path(__file__).parents[2] / "cases" / "store" / "formats"
FILES = tomllib.loads((CASES / "foreign.toml").read_text(encoding="utf-8"))["file"]


def party(actor: Actor) -> str:
    codes = " ".join(filter(None, ("/".join(actor.country), "/".join(actor.sectors))))
    role = f" ({actor.role})" if actor.role else ""
    return f"{actor.name} {codes}".strip() + role


def spot(place: Place | None) -> str | None:
    if place is None:
        return None
    admin1 = place.admin1 if place.precision != "admin1" else None
    parts = (place.name, admin1, place.country, place.precision, place.lat, place.lon, place.geonames_id)
    return ", ".join(str(part) for part in parts if part is not None)


def told(coded: Coded) -> dict[str, Any]:
    (event,) = coded.events
    date, document = event.date, coded.document
    assert date is not None
    return {
        "act": "/".join((event.type, *event.modes)),
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "goldstein": event.goldstein,
        "scale": event.scale,
        "actors": [party(actor) for actor in event.actors],
        "recipients": [party(actor) for actor in event.recipients],
        "day": date.start if date.start == date.end else f"{date.start}/{date.end}",
        "place": spot(event.place),
        "status": " ".join((event.status.polarity, event.status.realis, event.status.certainty)),
        "arrested": event.counts["arrested"].best if "arrested" in event.counts else None,
        "according_to": [link.source.name for link in event.attribution],
        "trigger": event.trigger.text,
        "text": document.text,
        "source_id": document.source_id,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
    }


@pytest.mark.parametrize("case", FILES, ids=[case["name"] for case in FILES])
def test_a_file_of_another_system_becomes_records(case: dict[str, Any]) -> None:
    reader, losses = FORMATS[case["format"]].read, Losses()
    assert reader is not None
    back = list(reader(CASES / case["name"], losses))

    assert losses.lines() == case["losses"]
    assert len(back) == len(case["event"])
    for coded, expected in zip(back, case["event"], strict=True):
        found = told(coded)
        assert {name: found[name] for name in expected if name != "id"} == {
            name: value for name, value in expected.items() if name != "id"
        }, expected["id"]


@pytest.mark.parametrize("case", FILES, ids=[case["name"] for case in FILES])
def test_the_row_itself_stays_with_the_event(case: dict[str, Any]) -> None:
    """What no field holds stands in the reason of the field `row`, with file and line."""
    reader = FORMATS[case["format"]].read
    assert reader is not None
    for coded in reader(CASES / case["name"], None):
        (row,) = [reason for reason in coded.events[0].why if reason.field == "row"]
        assert row.by == f"import:{case['format']}"
        assert row.note is not None
        assert row.note.startswith(f"{case['name']}:")


@pytest.mark.parametrize(
    "name",
    ["icews.tab", "polecat.txt", "gdelt.export.CSV", "phoenix.txt"],
    ids=lambda name: name.split(".")[0],
)
def test_a_foreign_file_goes_out_again_as_it_came(name: str, tmp_path: Path) -> None:
    """All rows that were read, cell by cell, but for mended codes, renewed PLOVER, and missing words."""
    form = FORMATS[next(case["format"] for case in FILES if case["name"] == name)]
    assert form.read is not None
    out = tmp_path / "again"
    with out.open("wb") as stream:
        form.write(form.read(CASES / name), stream)

    def rows(path: Path) -> list[list[str]]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [line.split("\t") for line in lines]

    before, after = rows(CASES / name), rows(out)
    left_out = {"31000004", "900000002"}  # comment
    before = [row for row in before if row[0] not in left_out]
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        changed = {
            (column, was, now)
            for column, was, now in zip(form.columns, old, new, strict=True)
            if was != now and number_of(was) != number_of(now)
        }
        assert changed <= MENDED, changed


MENDED = {
    ("CAMEO Code", "43", "043"),
    ("Source Country", "Atlantis", ""),
    ("Target Name", "NULL", ""),
    ("Target Country", "NULL", ""),
    ("Publisher", "NULL", ""),
    ("Event Mode", "assassinate", "targeted"),
    ("Contexts", "humanitarian", "human_security"),
    ("Recipient Country", "KOS", "XKX"),
    ("Actor Name", "Farmers Union; None", "Farmers Union; PER CVL"),
    ("Actor Title", "None", "None; None"),
}


def number_of(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def test_an_imported_event_can_be_explained() -> None:
    reader = FORMATS["icews"].read
    assert reader is not None
    first = next(reader(CASES / "icews.tab", None))

    words = "\n".join(line.plain for line in explain(first, width=100))
    page_of = page(first)

    assert "import:icews" in words
    assert "import:icews" in page_of
