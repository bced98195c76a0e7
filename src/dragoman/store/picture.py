"""A series as a picture: lines over time, or bars where there is no time; PNG or SVG, drawn without the net."""

from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from dragoman.errors import UsageError
from dragoman.store.series import Series

MOST_LINES: Final = 8  # more cannot be told apart; the table has them all
FORMS: Final = (".png", ".svg")
COLOURS: Final = (  # Okabe and Ito (2008): told apart by colour-blind eyes, too; grey for the rest
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#333333", "#999933",
)  # fmt: skip
MEASURES: Final = {"events": "events", "mean_scale": "mean PLOVER scale", "share": "share of documents"}


def draw(series: Series, out: Path, *, measure: str = "events", title: str | None = None) -> int:
    """Draw the series into a file and return how many of its keys are shown (the largest).

    measure: the column that is drawn. Raises UsageError if the extra `plot` is not installed, or the ending of the
    file is neither .png nor .svg.
    """
    if out.suffix.lower() not in FORMS:
        raise UsageError(
            f"{out.name} ends in neither .png nor .svg", where="--picture", do="Name the file so"
        )
    if measure not in series.columns:
        raise UsageError(f"the series has no column {measure!r}", where="--measure", do="Look at its table")
    try:
        import altair
        import vl_convert  # noqa: F401  (altair's own message for its absence is about itself)
    except ImportError as error:
        raise UsageError(
            "pictures need an extra part", where="--picture", do="Run `pip install 'dragoman[plot]'`"
        ) from error
    rows, shown = _largest(series, measure)
    chart = _chart(altair, rows, measure, title)
    chart.save(
        str(out), format=out.suffix.lower()[1:], **({"scale_factor": 2} if out.suffix == ".png" else {})
    )
    return shown


def _largest(series: Series, measure: str) -> tuple[list[dict[str, Any]], int]:
    """Rows of the keys with the most events, each with its key in words."""
    keys = [name for name in series.columns[: series.columns.index("events")] if name != "period"]
    rows = [dict(zip(series.columns, row, strict=True)) for row in series.rows]
    total: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        parts = [str(row[key]) if row[key] is not None else "unknown" for key in keys]
        row["key"] = (" → " if keys == ["actor", "recipient"] else " · ").join(parts) or "all"
        total[row["key"]] += row["events"]
    first = sorted(total, key=lambda key: (-total[key], key))[:MOST_LINES]
    found = [
        {
            "key": row["key"],
            "period": row.get("period"),
            measure: row[measure],
            "place": first.index(row["key"]),
        }
        for row in rows
        if row["key"] in first
    ]
    return found, len(first)


def _chart(altair: Any, rows: list[dict[str, Any]], measure: str, title: str | None) -> Any:
    order = list(dict.fromkeys(row["key"] for row in sorted(rows, key=lambda row: row["place"])))
    name = MEASURES.get(measure, measure.replace("_", " "))
    chart = altair.Chart(altair.Data(values=rows), width=860, height=360)
    value = altair.Axis(
        title=name, grid=True, tickCount=6, **({"tickMinStep": 1} if measure == "events" else {})
    )
    if any(row["period"] for row in rows):
        colour = altair.Color(
            "key:N",
            sort=order,
            title=None,
            scale=altair.Scale(domain=order, range=list(COLOURS)),
            legend=altair.Legend(orient="top", columns=4, labelLimit=260) if len(order) > 1 else None,
        )
        chart = chart.mark_line(point={"size": 22}, strokeWidth=2).encode(
            x=altair.X("period:T", title=None, axis=altair.Axis(grid=False)),
            y=altair.Y(f"{measure}:Q", axis=value),
            color=colour,
        )
    else:
        chart = chart.mark_bar(color=COLOURS[0], cornerRadiusEnd=2).encode(
            y=altair.Y("key:N", sort=order, title=None), x=altair.X(f"{measure}:Q", axis=value)
        )
    if title:
        chart = chart.properties(title=altair.Title(title, anchor="start", fontSize=16, offset=12))
    return chart.configure(
        padding=16,
        background="#ffffff",
        view=altair.ViewConfig(stroke=None),
        axis=altair.AxisConfig(
            domainColor="#bbbbbb",
            gridColor="#eeeeee",
            tickColor="#bbbbbb",
            labelColor="#444444",
            titleFontWeight="normal",
        ),
    )
