import gzip
import importlib.util
import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from dragoman.evaluation import (
    Outcome,
    calibration,
    differences,
    evaluate,
    gold_form,
    listing,
    score,
    to_json,
    to_text,
)
from dragoman.evaluation.calibrate import reliability
from dragoman.evaluation.coded import carry, join
from dragoman.records import (
    Actor,
    Coded,
    Cue,
    Document,
    Event,
    Source,
    Span,
    Statement,
    Status,
    document_id,
    to_jsonl,
)

from .gold_rows import CODED, cases, documents, good_row, lines, row

ROOT = Path(__file__).parents[2]


def all_cases(side: str) -> list[Any]:
    found = [
        row(case["id"], [*case["sentences"], case["id"]], **case.get(side, {}))
        for case in cases("matching.toml")
    ]
    return list(documents(*found))


def coded_text(text: str, *, trigger: str, source_id: str | None = None) -> Coded:
    """What a coder makes of "Norvia attacked Tavo": one event and one statement."""
    at = text.index(trigger)
    said = text.index("said")
    content = text.index("the raid was over")
    norvia = Actor(name="Norvia", country=("NOR",))
    identifier = document_id(text, None)
    return Coded(
        document=Document(id=identifier, text=text, source_id=source_id),
        events=(
            Event(
                id="e1",
                document=identifier,
                type="ASSAULT",
                modes=("aerial",),
                actors=(norvia,),
                status=Status(),
                attribution=(Source(source=Actor(name="Tavo")),),
                trigger=Span(start=at, end=at + len(trigger), text=trigger),
                sentence=0,
                confidence={"record": 0.8},
            ),
        ),
        statements=(
            Statement(
                id="s1",
                document=identifier,
                speakers=(norvia,),
                kind="indirect",
                cue=Cue(start=said, end=said + 4, text="said", sentence=1, lemma="say"),
                content=(Span(start=content, end=content + 17, text="the raid was over"),),
                event="e1",
            ),
        ),
    )


def test_records_of_the_product_are_scored_like_gold_form(tmp_path: Path) -> None:
    gold, coded = tmp_path / "gold.jsonl", tmp_path / "coded.jsonl"
    gold.write_bytes(b"\n".join(lines(good_row())))
    coded.write_bytes(to_jsonl(coded_text(good_row()["text"], trigger="attacked")))

    scores = evaluate(gold, coded, resamples=20)

    assert scores.figures["whole"].value == 1
    assert scores.figures["modes"].value == 1
    assert scores.figures["attribution"].value == 0
    assert (scores.figures["statements"].value, scores.figures["cue"].value) == (1, 1)
    assert scores.outcomes[0].confidence == {"record": 0.8}


def test_offsets_of_a_cleaned_text_are_carried_onto_the_gold_text() -> None:
    """Intake takes a dateline and a link line out; the records still find their words."""
    text = "TAVO, May 3 —  Norvia attacked Tavo in March. Also Read: The raid. It said the raid was over."
    cleaned = "Norvia attacked Tavo in March.\n\nIt said the raid was over."
    coded = gold_form(coded_text(cleaned, trigger="attacked", source_id="tavo"))

    carried = carry(coded, text)

    assert carried.events[0].tellings[0].trigger.start == text.index("attacked")
    assert [part.text for part in carried.statements[0].content] == ["the raid was over"]
    assert carried.statements[0].content[0].start == text.index("the raid was over")


def test_documents_are_joined_by_text_and_else_by_id() -> None:
    (gold,) = documents(good_row())
    spaced = gold_form(coded_text(gold.text.replace(". ", ".\n\n"), trigger="attacked"))
    other = gold_form(coded_text("x " + gold.text, trigger="attacked", source_id="tavo"))
    alien = gold_form(coded_text("x " + gold.text, trigger="attacked", source_id="alien"))

    assert [None not in pair for pair in join([gold], [spaced])] == [True]
    assert [None not in pair for pair in join([gold], [other])] == [True]
    assert [None not in pair for pair in join([gold], [alien])] == [False]


def test_a_document_that_the_coder_lacks_is_missed_whole() -> None:
    scores = score(documents(good_row()), [], resamples=10)

    assert scores.missing == ("tavo",)
    assert (scores.figures["detection"].recall, scores.figures["statements"].recall) == (0, 0)
    assert "not in the coder's output" in to_text(scores)


def test_gold_scores_one_against_itself_and_nothing_where_nothing_is_scored() -> None:
    gold = all_cases("gold")
    scores = score(gold, gold, resamples=50)

    for name, figure in scores.figures.items():
        assert figure.value == 1, name
        assert (figure.low, figure.high) == (1, 1), name
    assert not scores.differences
    empty = score([], [], resamples=10)
    assert {figure.value for figure in empty.figures.values()} == {None}
    assert to_text(empty)


def test_resampling_gives_the_same_interval_each_time_and_holds_the_figure() -> None:
    gold, coded = all_cases("gold"), all_cases("coded")
    scores = score(gold, coded)

    assert to_json(scores) == to_json(score(gold, coded))
    for name, figure in scores.figures.items():
        if figure.value is not None and figure.low is not None and figure.high is not None:
            assert figure.low <= figure.value <= figure.high, name
    assert scores.figures["typed"].low != scores.figures["typed"].high


def test_kinds_of_text_are_told_apart() -> None:
    rows = [
        {**good_row(), "id": f"text-{source}", "source": source, "text": good_row()["text"]}
        for source in ("wikipedia-current-events", "written", "voa-gmb")
    ]
    gold = documents(*rows)
    scores = score(gold, gold, resamples=10)

    assert list(scores.kinds) == ["articles", "briefs", "written"]
    assert {figures["detection"].n for figures in scores.kinds.values()} == {1}
    assert "by kind of text" in to_text(scores)


def test_confusions_and_differences_are_told_with_their_words() -> None:
    gold, coded = all_cases("gold"), all_cases("coded")
    scores = score(gold, coded, resamples=10)
    told = "\n".join(str(line) for line in listing(scores.differences))

    assert ("CONCEDE", "AID", 1) in scores.confusions
    assert "DIFF event wrong-type-is-a-confusion [type]: gold CONCEDE" in told
    assert "Oman [lifted] the curfew." in told
    assert "MISS event same-sentence-other-type: gold AID CHL>– 'gave'" in told
    assert "SPUR statement statement-apart" in told
    assert {one.what for one in differences(scores, what=["REPEAT"])} == {"REPEAT"}
    assert b'"differences"' in to_json(scores, differences=True)
    assert b'"differences"' not in to_json(scores)


def test_calibration_error_is_the_distance_from_the_share_that_is_right() -> None:
    table = reliability([(0.95, True), (0.95, False), (0.15, False), (1.0, True)])

    assert table.n == 4
    assert table.error == pytest.approx((3 * abs(2.9 / 3 - 2 / 3) + 0.15) / 4)
    assert table.brier == pytest.approx((0.05**2 + 0.95**2 + 0.15**2) / 4)
    assert [row.n for row in table.bins] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 3]


def test_calibration_takes_the_events_that_carry_the_confidence() -> None:
    outcomes = [
        Outcome(document="a", confidence={"record": 0.9, "type": 0.9}, right={"record": True, "type": True}),
        Outcome(document="a", confidence={"record": 0.5}, right={"record": False}),
        Outcome(document="a", confidence={}, right={"record": True}),
    ]

    assert calibration(outcomes).n == 2
    assert calibration(outcomes, field="type").n == 1
    assert calibration([]).error is None


def coded_rows(name: str) -> list[dict[str, Any]]:
    """The rows of one of the coded files."""
    packed = (CODED / f"{name}.jsonl.gz").read_bytes()
    return [json.loads(line) for line in gzip.decompress(packed).splitlines()]


def prototype(gold: Path, coded: Path) -> dict[str, Any]:
    """The figures of the prototype that the guidelines name."""
    path = CODED.parents[1] / "prototypes" / "corpus" / "score.py"
    spec = importlib.util.spec_from_file_location("prototype_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    argv, sys.argv = sys.argv, ["score.py", str(gold), str(coded), "--json"]
    out = io.StringIO()
    try:
        with redirect_stdout(out):
            module.main()
    finally:
        sys.argv = argv
    return json.loads(out.getvalue())


@pytest.mark.skipif(not CODED.is_dir(), reason="needs ../shared/data/coded, which is not here")
def test_figures_are_those_of_the_prototype_on_the_double_codings(tmp_path: Path) -> None:
    """Train texts only. The date is apart: the prototype can never get an open end right."""
    splits = json.loads((ROOT / "corpus" / "splits.json").read_text(encoding="utf-8"))["splits"]
    second = coded_rows("second")
    second = [one for one in second if splits[one["id"]] == "train"]
    wanted = {one["id"] for one in second}
    first = []
    for name in ("articles", "briefs"):
        for one in coded_rows(name):
            if one["id"] in wanted:
                for event in one["events"]:  # accepted names instead of codes: corpus/mends.py
                    event.pop("actor_accept", None)
                    event.pop("recipient_accept", None)
                first.append(one)
    gold, coded = tmp_path / "gold.jsonl", tmp_path / "coded.jsonl"
    gold.write_bytes(b"\n".join(lines(*first)))
    coded.write_bytes(b"\n".join(lines(*second)))

    theirs = prototype(gold, coded)
    ours = evaluate(gold, coded, lenient_bodies=True, resamples=10)

    three = {
        "detection": "event_detection",
        "typed": "typed_event_f1",
        "whole": "whole_record",
        "modes": "mode",
        "statements": "statements",
    }
    share = {
        "type": "type_given_found",
        "macro typed": "macro_f1",
        "actor country": "actor_country",
        "recipient country": "recipient_country",
        "realis": "realis",
        "polarity": "polarity",
        "place country": "place_country",
        "place name": "place_name",
        "attribution": "attribution",
        "speaker country": "st_speaker_country",
        "content": "st_content_f80",
        "content exact": "st_content_exact",
        "chain": "st_chain",
    }
    figures = ours.figures
    assert {name: theirs[key] for name, key in three.items()} == {
        name: [figures[name].precision, figures[name].recall, figures[name].value] for name in three
    }
    assert {name: theirs[key] for name, key in share.items()} == {name: figures[name].value for name in share}
    assert theirs["repeats"] == ours.aside["repeats"]
    assert theirs["place_spurious"] == ours.aside["place spurious"]
    assert theirs["date"] <= (figures["date"].value or 0)
    assert theirs["roots"] == {
        name: [figure.precision or 0, figure.recall or 0, figure.value or 0, figure.n]
        for name, figure in ours.types.items()
    }
