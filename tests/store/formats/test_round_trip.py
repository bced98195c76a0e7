"""Out, in, and out again: the same file; and the same value in every field that a format has."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from dragoman.records import Actor, Coded, Event, Place
from dragoman.store.formats import FORMATS, Losses
from dragoman.store.formats.chosen import happened, pairs_of
from dragoman.store.formats.rows import cell
from dragoman.store.formats.tables import codes
from record_laws import fields_have_reasons, spans_are_their_words

from .articles import articles

READABLE = sorted(name for name, each in FORMATS.items() if each.read is not None)
QUICK = [name for name in READABLE if name != "parquet"]  # a file of its own costs a tenth of a second
quick = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def written(name: str, coded: Iterable[Coded], *, everything: bool = True) -> bytes:
    out = io.BytesIO()
    FORMATS[name].write(coded, out, everything=everything)
    return out.getvalue()


def read_back(name: str, content: bytes, folder: Path) -> list[Coded]:
    path = folder / f"file{FORMATS[name].suffix}"
    path.write_bytes(content)
    reader = FORMATS[name].read
    assert reader is not None
    return list(reader(path, Losses()))


def events(coded: Iterable[Coded]) -> list[Event]:
    return [event for article in coded for event in article.events]


@pytest.mark.parametrize("name", QUICK)
@given(coded=articles())
@quick
def test_out_in_and_out_again_gives_the_same_file(name: str, coded: list[Coded], tmp_path: Path) -> None:
    first = written(name, coded)
    back = read_back(name, first, tmp_path)

    assert written(name, back) == first


@pytest.mark.parametrize("name", QUICK)
@given(coded=articles())
@quick
def test_what_comes_in_keeps_the_laws_of_records(name: str, coded: list[Coded], tmp_path: Path) -> None:
    for article in read_back(name, written(name, coded), tmp_path):
        (event,) = article.events
        spans_are_their_words(article)
        fields_have_reasons(article)
        assert {reason.by for reason in event.why} == {f"import:{name}"}
        assert event.run == article.document.run == f"import:{name}"
        assert event.evidence == ()
        assert event.sentence == 0


@pytest.mark.parametrize("name", READABLE)
def test_the_same_file_gives_the_same_ids(name: str, tmp_path: Path, harbour: list[Coded]) -> None:
    content = written(name, harbour)

    once, twice = read_back(name, content, tmp_path), read_back(name, content, tmp_path)

    assert once == twice
    assert len({article.document.id for article in once}) == len(once)


@pytest.mark.parametrize("name", QUICK)
@given(coded=articles())
@quick
def test_only_what_happened_goes_out_unless_asked(name: str, coded: list[Coded], tmp_path: Path) -> None:
    told = [event.type for event in events(coded) if happened(event)]
    back = events(read_back(name, written(name, coded, everything=False), tmp_path))

    if name in ("csv", "parquet", "geojson", "plover", "polecat"):
        assert [event.type for event in back] == told
    else:
        pairs = sum(len(pairs_of(event, Losses())) for event in events(coded) if happened(event))
        assert len(back) == pairs


# What each format has, read off a record before and after.
def plain(actors: Iterable[Actor]) -> list[tuple[object, ...]]:
    return [(actor.name, actor.id, actor.kind, actor.country, actor.sectors, actor.role) for actor in actors]


def semicolons(actors: Iterable[Actor]) -> list[tuple[object, ...]]:
    return [
        (actor.name.replace(";", ","), actor.id, actor.kind, actor.country, actor.sectors,
         actor.role.replace(";", ",") if actor.role else None)
        for actor in actors
    ]  # fmt: skip


def same(event: Event) -> tuple[object, ...]:
    """What the flat forms hold."""
    return (
        event.type, event.modes, event.contexts, event.quad, event.scale, event.cameo, event.goldstein, event.status,
        [(link.source.name, link.source.country, link.commitment) for link in event.attribution],
        (event.date.start, event.date.end, event.date.precision, event.date.text) if event.date else None,
        (event.place.name, event.place.country, event.place.admin1, event.place.lat, event.place.lon,
         event.place.precision, event.place.geonames_id) if event.place else None,
        {kind: (count.low, count.best, count.high) for kind, count in event.counts.items()},
        event.trigger.text, event.confidence,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "actors"), [("csv", semicolons), ("geojson", plain)])
@given(coded=articles())
@quick
def test_the_flat_forms_keep_every_field_they_have(
    name: str,
    actors: Callable[[Iterable[Actor]], list[tuple[object, ...]]],
    coded: list[Coded],
    tmp_path: Path,
) -> None:
    back = events(read_back(name, written(name, coded), tmp_path))

    assert [same(event) for event in back] == [same(event) for event in events(coded)]
    for before, after in zip(events(coded), back, strict=True):
        assert plain(after.actors) == actors(before.actors)
        assert plain(after.recipients) == actors(before.recipients)


def test_parquet_keeps_every_field_it_has(tmp_path: Path, harbour: list[Coded]) -> None:
    back = events(read_back("parquet", written("parquet", harbour), tmp_path))

    assert [same(event) for event in back] == [same(event) for event in events(harbour)]
    for before, after in zip(events(harbour), back, strict=True):
        assert plain(after.actors) == plain(before.actors)
    content = written("parquet", read_back("parquet", written("parquet", harbour), tmp_path))
    assert [same(event) for event in events(read_back("parquet", content, tmp_path))] == list(map(same, back))


@given(coded=articles())
@quick
def test_plover_keeps_act_parties_status_and_days(coded: list[Coded], tmp_path: Path) -> None:
    def has(event: Event) -> tuple[object, ...]:
        status = event.status
        return (
            event.type, event.modes, event.contexts, event.quad, event.scale, event.trigger.text,
            status.certainty, status.polarity, status.realis,
            [(a.name, a.id if a.id == "Q42" else None, a.country, a.sectors, a.role) for a in event.actors],
            [(a.name, a.id if a.id == "Q42" else None, a.country, a.sectors, a.role) for a in event.recipients],
            event.place.name if event.place else None,
            [link.source.name for link in event.attribution],
            {"killed": event.counts["killed"].best} if "killed" in event.counts else {},
        )  # fmt: skip

    back = events(read_back("plover", written("plover", coded), tmp_path))

    assert [has(event) for event in back] == [has(event) for event in events(coded)]
    for before, after in zip(events(coded), back, strict=True):
        if before.date and before.date.start:
            assert after.date is not None
            assert (after.date.start, after.date.end) == (
                before.date.start,
                before.date.end or before.date.start,
            )


@given(coded=articles())
@quick
def test_polecat_keeps_act_parties_and_place(coded: list[Coded], tmp_path: Path) -> None:
    def words(text: str | None) -> str | None:
        return cell(text).replace(";", ",") or None if text else None

    def has(event: Event) -> tuple[object, ...]:
        place = event.place
        return (
            event.type, event.modes, event.contexts, event.quad, event.scale,
            [(words(a.name), a.country, a.sectors, words(a.role)) for a in event.actors],
            [(words(a.name), a.country, a.sectors, words(a.role)) for a in event.recipients],
            (place.name, place.country, place.lat, place.lon, place.geonames_id, place.kind) if place else None,
        )  # fmt: skip

    back = events(read_back("polecat", written("polecat", coded), tmp_path))

    assert [has(event) for event in back] == [has(event) for event in events(coded)]


# The CAMEO formats: a row for each pair, with the codes that CAMEO has.
def cameo_sectors(actor: Actor) -> set[str]:
    return {codes().roles[s.cameo][1] for s in map(codes().sectors.__getitem__, actor.sectors) if s.cameo}


def icews_sectors(actor: Actor) -> set[str]:
    words = (codes().sectors[sector].icews for sector in actor.sectors)
    return {sector for word in words if word for sector in codes().icews_sectors[word][0]}


def country(actor: Actor, *, igo: bool = False) -> tuple[str, ...]:
    first = actor.country[:1]
    return ("IGO",) if igo and first in (("UNO",), ("EUR",)) else first


def gdelt_side(actor: Actor | None) -> object:
    # GDELT has three roles; IGO and the like take one of them.
    return actor and (cell(actor.name.upper()), country(actor))


def icews_side(actor: Actor | None) -> object:
    return actor and (cell(actor.name), country(actor, igo=True), icews_sectors(actor))


def phoenix_side(actor: Actor | None) -> object:
    code = country(actor) if actor else ()
    sectors = cameo_sectors(actor) if actor else set()
    return (code, sectors) if code or sectors else None


@pytest.mark.parametrize(
    ("name", "side"), [("icews", icews_side), ("gdelt", gdelt_side), ("phoenix", phoenix_side)]
)
@given(coded=articles())
@quick
def test_cameo_files_keep_code_day_and_each_pair(
    name: str, side: Callable[[Actor | None], object], coded: list[Coded], tmp_path: Path
) -> None:
    back = events(read_back(name, written(name, coded), tmp_path))
    expected = [
        (event.cameo, event.goldstein, side(actor), side(recipient))
        for event in events(coded)
        for actor, recipient in pairs_of(event, Losses())
    ]

    assert [
        (
            event.cameo,
            event.goldstein,
            side(next(iter(event.actors), None)),
            side(next(iter(event.recipients), None)),
        )
        for event in back
    ] == expected
    days = [
        (event.date.start or event.date.end) if event.date else None
        for event in events(coded)
        for _ in pairs_of(event, Losses())
    ]
    for event, day in zip(back, days, strict=True):
        assert event.date is not None
        assert day is None or event.date.start == day


@pytest.mark.parametrize("name", ["icews", "gdelt", "phoenix"])
@given(coded=articles())
@quick
def test_a_town_comes_back_with_country_and_point(name: str, coded: list[Coded], tmp_path: Path) -> None:
    def has(place: Place | None) -> object:
        return place and (place.name.replace(",", ""), place.country, place.lat, place.lon)

    back = events(read_back(name, written(name, coded), tmp_path))
    before = [event for event in events(coded) for _ in pairs_of(event, Losses())]

    for old, new in zip(before, back, strict=True):
        if old.place and old.place.precision == "exact" and old.place.country in codes().countries:
            assert has(new.place) == has(old.place)
