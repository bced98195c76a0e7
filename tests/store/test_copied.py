"""Copies in a store: what is added is compared with what is there, and the groups are those of all at once."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.linking import copies as linking
from dragoman.records import Coded, Document, document_id
from dragoman.store import copied, open_store, refresh_copies, write_coded

NAMES = [
    f"{a}{b}" for a in "bdfgklmnprst" for b in ("al", "en", "ir", "os", "um", "eka", "ola", "idi", "ust")
]


def articles(seed: int) -> list[Coded]:
    """Stories in versions, each with a day; some of a story's days are too far apart."""
    draw = random.Random(seed)
    found = []
    for story in range(12):
        words = [draw.choice(NAMES) for _ in range(120)]
        for version in range(draw.randint(1, 4)):
            cut = words[: draw.choice((60, 90, 120))] if version else words
            text = " ".join("x" if draw.random() < 0.02 else word for word in cut)
            day = f"2024-03-{draw.choice((1, 2, 5, 12, 25)):02}"
            name = f"{story}-{version}"
            found.append(
                Coded(
                    document=Document(id=document_id(text, name), text=text, url=name, published=day),
                    events=(),
                    statements=(),
                )
            )
    draw.shuffle(found)
    return found


def groups(store: Path) -> list[tuple[str, str, str, float]]:
    with open_store(store) as connection:
        return connection.execute("FROM copies ORDER BY ALL").fetchall()


@pytest.mark.parametrize("seed", range(4))
def test_a_few_at_a_time_are_grouped_as_all_at_once(seed: int, store_of: Callable[..., Path]) -> None:
    news = articles(seed)
    whole, parts = store_of(*news, name="whole.duckdb"), store_of(name="parts.duckdb")
    with open_store(whole, write=True) as connection:
        refresh_copies(connection)
    for at in range(0, len(news), 7):
        with open_store(parts, write=True) as connection:
            write_coded(connection, news[at : at + 7])
            refresh_copies(connection)

    assert groups(whole)
    assert groups(parts) == groups(whole)


def test_a_document_that_comes_with_another_day_leaves_its_group(store_of: Callable[..., Path]) -> None:
    text = " ".join(random.Random(1).choices(NAMES, k=100))

    def told(name: str, day: str, more: str = "") -> Coded:
        return Coded(
            document=Document(id=name * 16, text=text + more, published=day), events=(), statements=()
        )

    path = store_of(told("a", "2024-03-01", " one"), told("b", "2024-03-02", " two"))
    with open_store(path, write=True) as connection:
        assert len(refresh_copies(connection)) == 1
        write_coded(connection, [told("b", "2024-05-02", " two")])
        assert refresh_copies(connection) == []
        connection.execute("DELETE FROM document_rows")
        assert refresh_copies(connection) == []


def test_what_was_compared_is_not_compared_again(
    store_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    news = articles(9)
    path = store_of(*news[:-1])
    looked: list[int] = []
    is_copy = linking._is_copy
    monkeypatch.setattr(linking, "_is_copy", lambda a, b: looked.append(1) or is_copy(a, b))
    with open_store(path, write=True) as connection:
        refresh_copies(connection)
        first = len(looked)
        refresh_copies(connection)
        assert len(looked) == first
        write_coded(connection, news[-1:])
        copied.refresh_copies(connection)

    assert first > 3
    assert len(looked) - first <= 3  # the versions of one story
