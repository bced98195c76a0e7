"""The ledger of a run, and what happens to shards that their goal cannot take just now."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from dragoman.errors import BusyError, StoreError
from dragoman.intake import Fault, Raw
from dragoman.records import Coded
from dragoman.runs import code_many
from dragoman.runs.resume import Finished, Ledger, code_resumable, input_id, settle

from .fakes import make_failing, make_plain

RAWS = [
    Raw(content=f"The harbour of town {n} stood still on Monday, and nobody knew why.", file=f"{n}")
    for n in range(7)
]
HERE = partial(code_many, workers=0)
MISSING = Fault(file="missing.txt", what="no such file", do="Look")


def run(
    ledger: Ledger, kept: list[Finished], *, takes: bool = True, raws: Sequence[Raw | Fault] = RAWS
) -> list[object]:
    def keep(shard: Sequence[Finished]) -> bool:
        if takes:
            kept.extend(shard)
        return takes

    finished = {one.id: one.faults for one in kept}
    return list(
        code_resumable(
            raws, make_plain, run="r", ledger=ledger, finished=finished, keep=keep, code_all=HERE, shard=3
        )
    )


def test_shards_go_to_the_goal_and_the_rest_waits(tmp_path: Path) -> None:
    kept: list[Finished] = []
    with Ledger(tmp_path / "l") as ledger:
        answers = run(ledger, kept, raws=[*RAWS, MISSING])
        assert [type(answer) for answer in answers] == [Coded] * 7 + [Fault]
        assert [one.file for one in kept] == list("012345")
        assert [one.file for one in ledger.pending()] == ["6"]


def test_what_waits_outlives_the_run(tmp_path: Path) -> None:
    kept: list[Finished] = []
    with Ledger(tmp_path / "l") as ledger:
        run(ledger, kept, takes=False)
        before = ledger.pending()
    with Ledger(tmp_path / "l") as ledger:
        assert ledger.pending() == before
        assert len(before) == 7
        assert settle(ledger, lambda shard: not kept.extend(shard))
    assert kept == before
    assert not (tmp_path / "l").exists()


def test_what_is_finished_is_not_done_again(tmp_path: Path) -> None:
    kept: list[Finished] = []
    with Ledger(tmp_path / "l") as ledger:
        run(ledger, kept)
        settle(ledger, lambda shard: not kept.extend(shard))
        more = [RAWS[3], Raw(content=RAWS[0].content + " Talks are to begin soon.", file="new"), RAWS[0]]
        answers = run(ledger, kept, raws=more)
    assert [type(answer) for answer in answers] == [type(None), Coded, type(None)]


def test_faults_of_finished_texts_are_told_again_in_their_place(tmp_path: Path) -> None:
    bad = Raw(
        content="Then came the explosion, and the ministers of both countries left the room.", file="bad"
    )
    kept: list[Finished] = []

    def go(ledger: Ledger) -> list[object]:
        return list(
            code_resumable(
                [RAWS[0], bad, RAWS[1]],
                lambda: make_failing("raise"),
                run="r",
                ledger=ledger,
                finished={one.id: one.faults for one in kept},
                keep=lambda shard: not kept.extend(shard),
                code_all=HERE,
                shard=1,
            )
        )

    with Ledger(tmp_path / "l") as ledger:
        first, again = go(ledger), go(ledger)

    assert [type(answer) for answer in again] == [type(None), Fault, type(None), type(None)]
    assert [answer for answer in first if isinstance(answer, Fault)] == [again[1]]


def test_the_id_of_an_input_is_its_content_and_what_is_said_of_it() -> None:
    one = Raw(content="text", file="a", line=1)
    assert input_id(one) == input_id(Raw(content=b"text", file="b"))
    others = [Raw(content="other"), Raw(content="text", url="u"), Raw(content="text", published="2024-01-01")]
    assert len({input_id(raw) for raw in (one, *others)}) == 4


def test_a_ledger_has_one_holder(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l"), pytest.raises(BusyError, match="another run"), Ledger(tmp_path / "l"):
        pass


def test_a_damaged_ledger_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "l").write_bytes(b"no ledger at all" * 100)
    with pytest.raises(StoreError, match="delete it"), Ledger(tmp_path / "l"):
        pass


def test_a_text_is_prepared_only_if_it_is_not_finished(tmp_path: Path) -> None:
    """What fetches pages is not asked for those that were coded before; what it cannot fetch is a row."""
    asked: list[str] = []

    def prepare(raw: Raw) -> Raw | Fault:
        asked.append(raw.file)
        return raw if raw.file != "2" else Fault(file="2", what="not there", do="Wait")

    kept: list[Finished] = []
    with Ledger(tmp_path / "l") as ledger:
        run(ledger, kept, raws=RAWS[:2])
        settle(ledger, lambda shard: not kept.extend(shard))
        answers = list(
            code_resumable(
                RAWS[:4],
                make_plain,
                run="r",
                ledger=ledger,
                finished={one.id: one.faults for one in kept},
                keep=lambda shard: not kept.extend(shard),
                code_all=HERE,
                prepare=prepare,
                shard=1,
            )
        )

    assert asked == ["2", "3"]
    assert [type(answer) for answer in answers] == [type(None), type(None), Fault, Coded]
    assert [(one.file, len(one.faults)) for one in kept[2:]] == [("2", 1), ("3", 0)]
