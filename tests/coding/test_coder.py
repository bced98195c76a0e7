"""From a parsed Doc to records, the stages together, without a model."""

from typing import Any

import pytest
from hypothesis import example, given, settings

import record_laws
import strategies
from dragoman.coding.coder import Tables, code
from dragoman.errors import ModelError
from dragoman.reader.component import Reader
from dragoman.records import Coded, Document, document_id, to_jsonl
from fake_reading import cases, code_case, params, pipeline, read, shipped_tables
from random_encoder import RandomEncoder

FILES = (
    "coding/statements/statements.toml",
    "coding/sources/chains.toml",
    "coding/repeats/tellings.toml",
    "coding/coder/roles.toml",
)
ALL = [pytest.param(case, id=f"{name.split('/')[1]}-{case['id']}") for name in FILES for case in cases(name)]
TEXTS = strategies.news_texts().map(lambda text: text.strip()).filter(bool)
READER = Reader(RandomEncoder())  # type: ignore[arg-type]


def code_at_random(text: str, **about: Any) -> Coded:
    """Records of a text whose tree and scores are noise."""
    doc = pipeline().get_pipe("lemmatizer")(READER(pipeline().make_doc(text)))
    return code(doc, Document(id=document_id(text, None), text=text, **about), shipped_tables())


@pytest.mark.parametrize("case", ALL)
def test_records_keep_the_laws(case: dict[str, Any], tables: Tables) -> None:
    record_laws.check(code_case(case, tables))


@pytest.mark.parametrize("case", params("coding/coder/records.toml"))
def test_records_of_a_text(case: dict[str, Any], tables: Tables) -> None:
    coded = code_case(case, tables)

    assert len(coded.events) == len(case["events"])
    for event, expected in zip(coded.events, case["events"], strict=True):
        found = {
            "type": event.type,
            "modes": list(event.modes),
            "contexts": list(event.contexts),
            "actors": [[actor.name, list(actor.country), list(actor.sectors)] for actor in event.actors],
            "recipients": [
                [actor.name, list(actor.country), list(actor.sectors)] for actor in event.recipients
            ],
            "status": [event.status.polarity, event.status.realis, event.status.certainty],
            "date": [event.date.start, event.date.end, event.date.precision] if event.date else [],
            "place": [event.place.name, event.place.country] if event.place else [],
            "counts": {kind: count.best for kind, count in event.counts.items()},
            "quad": event.quad.code if event.quad else 0,
            "cameo": event.cameo,
            "trigger": event.trigger.text,
            "sentence": event.sentence,
        }
        assert {field: found[field] for field in expected} == expected


@settings(max_examples=25)
@given(text=TEXTS)
@example(text="Talks end\n\n“We will not leave,” he said. Gen. Smith of the U.S. Army denied the report.")
@example(text="20\n\n20\n\n20 killed in Vienna on Sunday")
@example(text="🇺🇦 hit Odesa \u2028 in 1998.")
def test_noise_keeps_the_laws(text: str) -> None:
    """Whatever tree and scores say, the records are whole: spans, ids, order, reasons, JSON."""
    record_laws.check(code_at_random(text, published="2023-06-26"))


def test_a_mode_that_another_telling_adds_has_a_reason(tables: Tables) -> None:
    case = {
        "text": "Russia attacked Ukraine. Russia attacked Ukraine with drones.",
        "tags": "attacked/VERB attacked#2/VERB",
        "arcs": [
            "Russia nsubj attacked",
            "Ukraine obj attacked",
            "Russia#2 nsubj attacked#2",
            "Ukraine#2 obj attacked#2",
        ],
        "types": ["attacked ASSAULT", "attacked#2 ASSAULT"],
        "labels": ["attacked#2 ASSAULT/drone"],
        "pairs": [
            *("attacked actor Russia", "attacked recipient Ukraine"),
            *("attacked#2 actor Russia#2", "attacked#2 recipient Ukraine#2"),
        ],
    }
    coded = code_case(case, tables)

    assert [event.modes for event in coded.events] == [("drone",)]
    record_laws.check(coded)


TWICE = {
    "text": "Poland said that Russia attacked Ukraine and that Russia attacked Ukraine again.",
    "tags": "said/VERB attacked/VERB attacked#2/VERB",
    "arcs": [
        *("Poland nsubj said", "attacked ccomp said", "Russia nsubj attacked", "Ukraine obj attacked"),
        *("attacked#2 conj attacked", "Russia#2 nsubj attacked#2", "Ukraine#2 obj attacked#2"),
    ],
    "types": ["attacked ASSAULT", "attacked#2 ASSAULT"],
    "cues": ["said"],
    "pairs": [
        *(
            "said speaker Poland",
            "said content Russia attacked Ukraine and that Russia attacked Ukraine again",
        ),
        *("attacked actor Russia", "attacked recipient Ukraine", "attacked same attacked#2"),
        *("attacked#2 actor Russia#2", "attacked#2 recipient Ukraine#2"),
    ],
}


def test_a_statement_asserts_an_event_once(tables: Tables) -> None:
    coded = code_case(TWICE, tables)

    assert [[each.event for each in said.asserts] for said in coded.statements] == [
        [event.id for event in coded.events]
    ]


TEXT = "Talks end\n\nRussia attacked Ukraine on Sunday. “We will not leave,” Poland said in Kyiv."


@settings(max_examples=10)
@given(other=TEXTS)
def test_a_text_gives_the_same_bytes_after_any_other(other: str) -> None:
    alone = to_jsonl(code_at_random(TEXT))
    code_at_random(other)

    assert to_jsonl(code_at_random(TEXT)) == alone


def test_what_the_document_says_of_itself_is_kept() -> None:
    about = {"title": "Talks end", "url": None, "publisher": "The Example Times", "published": "2023-06-26"}
    document = code_at_random(TEXT, **about).document

    assert {field: getattr(document, field) for field in about} == about
    assert document.text == TEXT
    assert [sentence.text for sentence in document.sentences if "\n" in sentence.text] == []


def test_a_text_without_acts_has_no_records(tables: Tables) -> None:
    coded = code_case({"text": "It rained in Vienna on Sunday."}, tables)

    assert (coded.events, coded.statements) == ((), ())
    assert [toponym.span.text for toponym in coded.document.toponyms] == ["Vienna"]


def test_a_superscript_is_no_number(tables: Tables) -> None:
    case = {"text": "Drones killed ² people.", "tags": "killed/VERB", "types": ["killed ASSAULT"]}

    assert [event.counts for event in code_case(case, tables).events] == [{}]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n"],
)
def test_a_text_without_words_is_no_fault(text: str) -> None:
    coded = code_at_random(text)

    assert (coded.events, coded.statements, coded.document.sentences) == ((), (), ())


def test_a_pipeline_without_meaning_heads_is_refused(tables: Tables) -> None:
    doc = read("Talks end.")
    doc.user_data.clear()

    with pytest.raises(ModelError, match="meaning heads"):
        code(doc, Document(id="x", text=doc.text), tables)
