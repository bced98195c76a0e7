"""The same offices through the whole of resolution: a sentence that only names the person, on days in and out of term.

Floors a little under what was measured: 980 of 1,000 and 196 of 200 inside; 7 of 1,445 and none of 230 outside wrong.
What is lost are names that the scan of the text does not find: behind a small article with a dash ("al-"), in other
scripts, with titles, commas and brackets in them.
"""

from datetime import date

import pytest

from dragoman import knowledge
from dragoman.coding.actors import Actors
from dragoman.records import Actor, Document
from hand_docs import parsed
from offices_drawn import Drawn, draw

DRAWS = [("any", 1_000, "", 0.975), ("begun after 2022", 200, "2023-01-01", 0.97)]
WRONG_OUTSIDE = 0.01  # of the days


def resolved(name: str, on: date) -> list[Actor]:
    words = name.split()
    tree = [
        f"{word} PROPN {1 if at else len(words) + 1} {'flat' if at else 'nsubj'}"
        for at, word in enumerate(words)
    ]
    doc = parsed("\n".join((*tree, "apologised VERB 0 root", f"+. PUNCT {len(words) + 1} punct")))
    document = Document(id="drawn", text=doc.text, published=on.isoformat())
    actors = Actors(doc, document, knowledge.load())
    mention = actors.mention_at(0)
    assert mention is not None
    return [actor for actor, _ in actors.actors_of(mention)]


def fits(drawn: Drawn, on: date) -> bool:
    found = resolved(drawn.person, on)
    return (
        len(found) == 1
        and " ".join(found[0].country) == drawn.country
        and drawn.sectors <= set(found[0].sectors)
    )


@pytest.mark.parametrize(("which", "number", "since", "floor"), DRAWS, ids=[row[0] for row in DRAWS])
def test_a_named_person_has_the_codes_of_the_day(which: str, number: int, since: str, floor: float) -> None:
    drawn, _ = draw(number, begun_from=since)

    lost = [one for one in drawn if not fits(one, one.inside)]
    outside = [(one, day) for one in drawn for day in one.outside]
    wrong = [(one.person, day) for one, day in outside if fits(one, day)]

    print(
        f"\n{which}: {number - len(lost)} of {number} inside; {len(wrong)} of {len(outside)} days outside wrong"
    )
    assert number - len(lost) >= floor * number, lost
    assert len(wrong) <= WRONG_OUTSIDE * len(outside), wrong
