"""What changed between two codings, by field, with the text."""

from collections.abc import Iterable
from dataclasses import replace

from cli.articles import coded_articles
from dragoman.records import Actor, Coded, Span
from dragoman.store.diff import Change, diff

from .made import article

ARTICLES = list(coded_articles().values())


def in_short(changes: Iterable[Change]) -> list[tuple[str, str, str | None, object, object]]:
    return [(c.change, c.record, c.field, c.before, c.after) for c in changes]


def test_equal_codings_give_nothing() -> None:
    assert list(diff(ARTICLES, list(reversed(ARTICLES)))) == []


def test_reasons_confidence_and_run_are_no_change() -> None:
    one = article(("ASSAULT", "RUS", "UKR", None))
    other = replace(one, events=tuple(replace(event, run="x", confidence={}, why=()) for event in one.events))
    assert list(diff([one], [other])) == []


def test_a_changed_field_is_told_with_its_sentence() -> None:
    one = article(("ASSAULT", "RUS", "UKR", "2024-03-01"))
    event = replace(one.events[0], recipients=(Actor(name="Moldova", country=("MDA",), sectors=("GOV",)),))

    (change,) = diff([one], [replace(one, events=(event,))])

    assert (change.change, change.field) == ("changed", "recipients")
    assert (change.before, change.after) == (["UKR [UKR]"], ["Moldova [MDA GOV]"])
    assert change.text == one.document.sentences[0].text
    assert change.what == "ASSAULT RUS → UKR"


def test_another_type_on_the_same_words_is_a_change_not_a_loss() -> None:
    one = article(("ASSAULT", "RUS", "UKR", None))
    event = replace(one.events[0], id="other", type="ACCUSE")

    assert in_short(diff([one], [replace(one, events=(event,))])) == [
        ("changed", "event", "type", "ASSAULT", "ACCUSE")
    ]


def test_records_are_added_and_lost() -> None:
    one = article(("ASSAULT", "RUS", "UKR", None), ("AID", "USA", "UKR", None))
    before, after = replace(one, events=one.events[:1]), replace(one, events=one.events[1:])
    # Both triggers are the same word: what is matched is told as changed, and nothing twice.
    after = replace(
        after,
        events=(replace(after.events[0], trigger=Span(start=0, end=8, text="Sentence", sentence=1)),),
    )

    assert [(c.change, c.what) for c in diff([before], [after])] == [
        ("added", "AID USA → UKR"),
        ("lost", "ASSAULT RUS → UKR"),
    ]


def test_a_document_on_one_side_comes_with_its_records() -> None:
    one, other = article(("ASSAULT", "RUS", "UKR", None)), article(("AID", "USA", "UKR", None), name="b")

    assert [(c.change, c.record) for c in diff([one], [other])] == [
        ("lost", "document"),
        ("lost", "event"),
        ("added", "document"),
        ("added", "event"),
    ]


def test_documents_are_the_same_by_url_or_source_id() -> None:
    one = article(("ASSAULT", "RUS", "UKR", None))
    other = replace(one, document=replace(one.document, id="another id"))
    elsewhere = replace(other, document=replace(other.document, url="moved"))

    assert list(diff([one], [other])) == []
    assert list(diff([one], [elsewhere])) == []


def imported(*acts: tuple[str, str, str, str | None]) -> list[Coded]:
    """Rows of another system: a document each, with words of its own."""
    return [article(act, name=f"row {number}", run="import:icews") for number, act in enumerate(acts)]


def test_rows_of_another_system_are_matched_by_act_day_and_countries() -> None:
    ours = article(
        ("ASSAULT", "RUS", "UKR", "2024-03-01"),
        ("AID", "USA", "UKR", "2024-03-01"),
        ("CONSULT", "FRA", "BEL", "2024-03-02"),
    )
    theirs = imported(("ASSAULT", "RUS", "UKR", "2024-03-01"), ("ACCUSE", "RUS", "UKR", "2024-03-01"))
    theirs.append(replace(theirs[0], events=(replace(theirs[0].events[0], type="COERCE", id="x"),)))
    ours = replace(ours, events=(*ours.events, replace(ours.events[0], id="second")))

    assert in_short(diff([ours], theirs)) == [
        ("changed", "event", "type", "ASSAULT", "COERCE"),
        ("lost", "event", None, None, None),
        ("lost", "event", None, None, None),
        ("added", "event", None, None, None),
    ]


def test_statements_are_compared_too() -> None:
    (one,) = (coded for coded in ARTICLES if coded.statements)
    other = replace(one, statements=(replace(one.statements[0], kind="mixed"),))

    assert [(c.record, c.field, c.after) for c in diff([one], [other])] == [("statement", "kind", "mixed")]
