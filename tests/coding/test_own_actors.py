"""A user's own file decides, says so with file and line, and keeps what it overrode."""

from operator import itemgetter
from pathlib import Path

import pytest

from dragoman import knowledge
from dragoman.coding.actors import Actors
from dragoman.records import Document
from hand_docs import cases, parsed

FILE = """\
name,country,sectors,from,to,kind
Mara Olin,BEL,GOV,2021-05-01,2022-05-01,
Mara Olin,BEL,LEG,2022-06-01,,
Blue Harbour,FRA,PRM,2020-01-01,2021-01-01,group
Scott Morrison,AUS,OPP,2024-01-01,,
Guinea,ARM,REB,,,group
Kalle Rau,,SOC,,,
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> knowledge.Knowledge:
    path: Path = tmp_path_factory.mktemp("own") / "actors.csv"
    path.write_text(FILE, encoding="utf-8")
    return knowledge.load(path)


@pytest.mark.parametrize("case", cases("coding/actors/own.toml"), ids=itemgetter("id"))
def test_the_users_file_decides(case: dict, own: knowledge.Knowledge) -> None:
    word, name, country, sectors, by = case["actor"]
    doc = parsed(case["tree"])
    actors = Actors(doc, Document(id="case", text=doc.text, published=case["published"]), own)
    word, _, which = word.partition("#")
    places = [at for at, token in enumerate(actors.tree.words) if token == word]
    mention = actors.mention_at(places[int(which or 1) - 1])
    assert mention is not None

    ((actor, reasons),) = actors.actors_of(mention)

    assert (name, country, sectors, by) == (
        actor.name,
        " ".join(actor.country),
        " ".join(actor.sectors),
        actor.resolved_by,
    )
    if by.startswith("own:"):
        assert any(reason.by == by for reason in reasons)
    told = " ".join(other.value for reason in reasons for other in reason.alternatives)
    assert all(words in told for words in case.get("others", []))
