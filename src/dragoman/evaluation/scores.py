"""How well a coder does: figures by layer, type and field, with intervals over documents."""

import collections
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.evaluation.annotation import GoldDocument
from dragoman.evaluation.coded import join, load_coded
from dragoman.evaluation.codes import Codes
from dragoman.evaluation.gold import load
from dragoman.evaluation.match import bodies_as_igo, match, told_apart
from dragoman.evaluation.tally import Difference, Outcome, Tally, tally

RESAMPLES = 1000
SEED = 20240601
BOUNDS = (2.5, 97.5)  # percentiles: a 95 % interval

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is measured, and from which counts.

    counts: three (found, spurious, missed) give precision, recall and F1; two (right, scored) give a share.
    """

    name: str
    layer: str
    counts: tuple[str, ...]


def _f1(name: str, layer: str, counts: str) -> Measure:
    prefix = f"{counts} " if counts else ""
    return Measure(
        name=name, layer=layer, counts=tuple(f"{prefix}{c}" for c in ("found", "spurious", "missed"))
    )


def _share(name: str, layer: str, right: str, of: str) -> Measure:
    return Measure(name=name, layer=layer, counts=(f"{right} right", of))


MEASURES = (
    _f1("detection", "events", ""),
    _f1("typed", "events", "typed"),
    _f1("whole", "events", "whole"),
    _share("type", "fields of found events", "type", "found"),
    _share("actor country", "fields of found events", "actors", "found"),
    _share("recipient country", "fields of found events", "recipients", "found"),
    _share("polarity", "fields of found events", "polarity", "found"),
    _share("realis", "fields of found events", "realis", "found"),
    _share("certainty", "fields of found events", "certainty", "found"),
    _f1("modes", "fields of found events", "modes"),
    _f1("contexts", "fields of found events", "contexts"),
    _share("date", "fields of found events", "date", "date scored"),
    _share("place country", "fields of found events", "place country", "place scored"),
    _share("place name", "fields of found events", "place name", "place scored"),
    _f1("counts", "fields of found events", "counts"),
    _share("attribution", "fields of found events", "attribution", "attribution scored"),
    _f1("statements", "statements", "statements"),
    _f1("whole statements", "statements", "whole statements"),
    _share("speaker name", "fields of found statements", "speaker name", "statements found"),
    _share("speaker country", "fields of found statements", "speaker country", "statements found"),
    _share("content", "fields of found statements", "content", "statements found"),
    _share("content exact", "fields of found statements", "content exact", "statements found"),
    _share("cue", "fields of found statements", "cue", "statements found"),
    _share("kind", "fields of found statements", "kind", "statements found"),
    _share("chain", "fields of found statements", "chain", "chain scored"),
    _f1("stance", "fields of found statements", "stance"),
)

ASIDE = (
    "repeats",
    "optional events found",
    "optional statements found",
    "date spurious",
    "place spurious",
)
"""Counts that are told beside the figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. value: F1 or share, null if there was nothing to score; low, high: 95 % interval.

    n: gold records (F1) or records scored (share).
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    precision: float | None = None
    recall: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The result of an evaluation.

    missing: ids of gold documents that the coder's output lacks (scored as empty). figures: by name of the
    measure, with the means over types beside them, "macro typed" of all events and "macro type" of found ones.
    types: typed events, by type. kinds: figures of articles, briefs
    and written texts apart, where the gold says what its texts are. confusions: (gold type, coded type,
    times), most first. aside: repeats, optional records found, dates and places where gold has none.
    """

    documents: int
    missing: tuple[str, ...]
    lenient_bodies: bool
    figures: Mapping[str, Figure]
    types: Mapping[str, Figure]
    kinds: Mapping[str, Mapping[str, Figure]]
    confusions: tuple[tuple[str, str, int], ...]
    aside: Mapping[str, int]
    differences: tuple[Difference, ...]
    outcomes: tuple[Outcome, ...]


def evaluate(
    gold: Path,
    coded: Path,
    *,
    codes: Codes | None = None,
    lenient_bodies: bool = False,
    resamples: int = RESAMPLES,
) -> Scores:
    """Score a coder's output against a gold file.

    lenient_bodies: UNO, EUR and the like count as IGO (older gold is mixed).
    Raises GoldError or InputError if a file does not load.
    """
    return score(load(gold, codes), load_coded(coded), lenient_bodies=lenient_bodies, resamples=resamples)


def score(
    gold: Sequence[GoldDocument],
    coded: Sequence[GoldDocument],
    *,
    lenient_bodies: bool = False,
    resamples: int = RESAMPLES,
) -> Scores:
    """As `evaluate`, for documents already loaded."""
    fold = bodies_as_igo if lenient_bodies else told_apart
    tallies: list[Tally] = []
    missing: list[str] = []
    for one, other in join(gold, coded):
        if other is None:
            missing.append(one.id)
            other = GoldDocument(id=one.id, text=one.text)
        tallies.append(tally(match(one, other), fold))
    groups: dict[str, list[Tally]] = collections.defaultdict(list)
    for document, sums in zip(gold, tallies, strict=True):
        if document.source:
            groups[kind_of(document.source)].append(sums)
    total = sum((sums.counts for sums in tallies), collections.Counter[str]())
    confusions = sum((sums.confusions for sums in tallies), collections.Counter[tuple[str, str]]())
    figures, types = _figures(tallies, resamples)
    return Scores(
        documents=len(gold),
        missing=tuple(missing),
        lenient_bodies=lenient_bodies,
        figures=figures,
        types=types,
        kinds={kind: _figures(groups[kind], resamples)[0] for kind in sorted(groups)},
        confusions=tuple(
            (one, other, times)
            for (one, other), times in sorted(confusions.items(), key=lambda c: (-c[1], c[0]))
        ),
        aside={name: total[name] for name in ASIDE},
        differences=tuple(difference for sums in tallies for difference in sums.differences),
        outcomes=tuple(outcome for sums in tallies for outcome in sums.outcomes),
    )


def kind_of(source: str) -> str:
    """Articles, briefs or written, by the source of a text."""
    return {"wikipedia-current-events": "briefs", "written": "written"}.get(source, "articles")


def _figures(tallies: Sequence[Tally], resamples: int) -> tuple[dict[str, Figure], dict[str, Figure]]:
    """Every measure, and typed events by type."""
    names = sorted({name for sums in tallies for name in sums.counts})
    types = sorted(
        {
            name.split()[0] for name in names if name.split()[0].isupper()
        }  # "ASSAULT found": a type's own counts
    )
    by_type = [_f1(type_, "types", type_) for type_ in types]
    given = [_f1(f"given {type_}", "types", f"given {type_}") for type_ in types]
    columns = sorted({count for measure in (*MEASURES, *by_type, *given) for count in measure.counts})
    table = np.array([[sums.counts[column] for column in columns] for sums in tallies], dtype=np.float64)
    table = table.reshape(len(tallies), len(columns))
    drawn = _resampled(table, resamples)
    whole = dict(zip(columns, table.sum(axis=0)[:, None], strict=True))
    again = dict(zip(columns, drawn.T, strict=True))
    figures = {measure.name: _figure(measure, whole, again) for measure in MEASURES}
    figures["macro typed"] = _macro(by_type, whole, again)
    figures["macro type"] = _macro(given, whole, again)
    return figures, {
        type_: _figure(measure, whole, again) for type_, measure in zip(types, by_type, strict=True)
    }


def _resampled(table: Floats, resamples: int) -> Floats:
    """Sums over documents drawn with replacement. table: (documents, counts); returns (resamples, counts)."""
    documents = len(table)
    if not documents:
        return np.zeros((0, table.shape[1]))
    draws = np.random.default_rng(SEED).multinomial(documents, [1 / documents] * documents, size=resamples)
    drawn: Floats = draws.astype(np.float64) @ table
    return drawn


def _values(measure: Measure, sums: Mapping[str, Floats]) -> Floats:
    """The measure for each column of sums; NaN where there was nothing to score."""
    if len(measure.counts) == 2:
        right, scored = (sums[name] for name in measure.counts)
        return _divide(right, scored)
    found, spurious, missed = (sums[name] for name in measure.counts)
    return _divide(2 * found, 2 * found + spurious + missed)


def _divide(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def _figure(measure: Measure, whole: Mapping[str, Floats], again: Mapping[str, Floats]) -> Figure:
    value = _number(_values(measure, whole)[0])
    low, high = _interval(_values(measure, again))
    if len(measure.counts) == 2:
        return Figure(value=value, low=low, high=high, n=int(whole[measure.counts[1]][0]))
    found, spurious, missed = (whole[name] for name in measure.counts)
    return Figure(
        value=value,
        low=low,
        high=high,
        n=int((found + missed)[0]),
        precision=_number(_divide(found, found + spurious)[0]),
        recall=_number(_divide(found, found + missed)[0]),
    )


def _macro(by_type: Sequence[Measure], whole: Mapping[str, Floats], again: Mapping[str, Floats]) -> Figure:
    """The mean over the types that gold has."""
    told = [m for m in by_type if whole[m.counts[0]][0] + whole[m.counts[2]][0] > 0]
    if not told:
        return Figure(value=None, low=None, high=None, n=0)
    value = np.mean([_values(measure, whole)[0] for measure in told])
    rows = np.array([_values(measure, again) for measure in told])
    drawn = ~np.isnan(rows)  # a resample may hold no event of a rare type
    low, high = _interval(_divide(np.where(drawn, rows, 0).sum(axis=0), drawn.sum(axis=0).astype(np.float64)))
    return Figure(value=_number(value), low=low, high=high, n=len(told))


def _interval(values: Floats) -> tuple[float | None, float | None]:
    known = values[~np.isnan(values)]
    if not len(known):
        return None, None
    low, high = np.percentile(known, BOUNDS)
    return _number(low), _number(high)


def _number(value: float | np.floating) -> float | None:
    """Three digits; more would promise too much."""
    return None if np.isnan(value) else round(float(value), 3)


def differences(
    scores: Scores, *, what: Iterable[str] = ("DIFF", "MISS", "SPUR", "REPEAT")
) -> list[Difference]:
    """The differences of the wanted kinds, in the order of the gold file."""
    wanted = set(what)
    return [difference for difference in scores.differences if difference.what in wanted]
