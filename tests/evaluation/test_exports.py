"""Gold in other forms: coded records, PLOVER JSON, BRAT stand-off."""

import re

from tests.evaluation.gold_rows import documents, row

from dragoman.evaluation.as_coded import as_coded
from dragoman.evaluation.brat import configuration, to_ann
from dragoman.evaluation.coded import gold_form
from dragoman.evaluation.plover_json import plover_events
from dragoman.records import from_jsonl, to_jsonl

TEXT = ["Norvia may attack Tavo on 3 May.", '"We will\n\nnot wait," its army said on 2 May.']
(GOLD,) = documents(
    row(
        "tavo",
        TEXT,
        published="2020-05-02",
        events=[
            {
                "s": 0,
                "trigger": "attack",
                "type": "ASSAULT",
                "modes": ["aerial"],
                "contexts": ["military"],
                "actors": [
                    {"name": "Norvian Army", "text": "Norvia", "country": ["NOR"], "sectors": ["MIL"]}
                ],
                "recipients": [{"name": "Tavo", "text": "Tavo", "country": ["TON"]}],
                "realis": "hypothetical",
                "certainty": "possible",
                "polarity": "negated",
                "attribution": ["Norvian Army"],
                "date": {"text": "3 May", "start": "2020-05-03", "end": "2020-05-03", "precision": "day"},
                "place": {"text": "Tavo", "name": "Tavo", "country": "TON", "precision": "country"},
                "counts": {"killed": {"low": 2, "best": 2, "high": None, "text": "2"}},
                "also": [{"s": 1, "trigger": "wait"}],
                "optional": True,
            }
        ],
        statements=[
            {
                "s": 1,
                "cue": "said",
                "kind": "direct",
                "speakers": [{"name": "Norvian Army", "text": "army", "country": ["NOR"]}],
                "content": "We will\n\nnot wait,",
                "asserts": [0],
                "stance": [{"target": "Tavo", "value": "oppose"}],
                "addressees": ["Tavo"],
                "event": None,
            }
        ],
    )
)


def test_coded_records_say_what_gold_says() -> None:
    """There and back: what a coder's output has a field for is the same."""
    coded = as_coded(GOLD)
    (again,) = from_jsonl(to_jsonl(coded).splitlines(), where="x")
    event, said = gold_form(coded).events[0], gold_form(coded).statements[0]

    assert again == coded
    assert (event.type, event.modes, event.polarity, event.realis) == (
        "ASSAULT",
        ("aerial",),
        "negated",
        "hypothetical",
    )
    assert (event.actors, event.date, event.place) == (
        GOLD.events[0].actors,
        GOLD.events[0].date,
        GOLD.events[0].place,
    )
    assert (said.content, said.stance, said.asserts) == (
        GOLD.statements[0].content,
        GOLD.statements[0].stance,
        (0,),
    )


def test_plover_json_has_the_fields_of_the_manual() -> None:
    (event,) = plover_events(GOLD, licence="CC0", url=None)

    assert {"id", "date", "actor", "event", "quad_code", "mode", "context", "text_info"} <= set(event)
    assert event["event"] == ["ASSAULT"]
    assert event["mode"] == ["aerial", "hypothetical", "negation"]
    assert (event["date"], event["enddate"]) == ("2020-05-03", None)
    assert event["actor"][0] == {
        "code": "NOR",
        "sector": "MIL",
        "entity_text": "Norvia",
        "identifier_text": "Norvian Army",
    }
    assert event["size"] == {"dead": 2}
    assert event["text"] == TEXT[0]
    assert event["comment"] == "according to Norvian Army; possible; optional"


def test_brat_offsets_give_their_words_and_names_are_defined() -> None:
    lines = to_ann(GOLD).splitlines()
    words = dict(line.split("\t", 1) for line in lines if line.startswith("T"))

    for told in words.values():
        head, shown = told.split("\t")
        bounds = [tuple(map(int, part.split())) for part in head.split(" ", 1)[1].split(";")]
        assert " ".join(GOLD.text[start:end] for start, end in bounds) == shown
        assert "\n" not in shown
    events = [line for line in lines if line.startswith("E")]
    assert len(events) == 2
    for name in re.findall(r":(T\d+)", " ".join(events)):
        assert name in words
    assert any(
        re.fullmatch(r"E2\tStatement:T\d+ Speaker:T\d+ Content:T\d+ Asserts:E1", line) for line in events
    )
    assert "A1\tPolarity E1 negated" in lines


def test_a_content_over_two_paragraphs_is_discontinuous_in_brat() -> None:
    (content,) = [line for line in to_ann(GOLD).splitlines() if "\tContent " in line]

    assert re.match(r"T\d+\tContent \d+ \d+;\d+ \d+\tWe will not wait,$", content)


def test_the_configuration_knows_every_label() -> None:
    conf = configuration()
    labels = {
        re.split(r"[\t:]", line)[1].split()[0] for line in to_ann(GOLD).splitlines() if line[0] in "TEA"
    }

    assert all(re.search(rf"^{label}\b", conf, re.M) for label in labels)
