"""The report on probes as plain text and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

import msgspec

from dragoman.evaluation.probing import Answer, Rate, Report

HEAD: Final = (
    f"{'kind':<14}{'probes':>7}{'passed':>8}{'rate':>7}{'steady':>8}{'sound base':>12}  wrong fields"
)
MOST_CAUSES: Final = 4  # fields named in a line


def probe_lines(report: Report, *, listing: bool = False) -> Iterator[str]:
    """The table of rates by kind, and with `listing` each failure with what was wanted and what came."""
    yield HEAD
    causes = report.causes()
    for kind, figures in report.rates.items():
        most = causes[kind].most_common(MOST_CAUSES) if kind in causes else []
        yield f"{_line(kind, figures)}  {', '.join(f'{field} {count}' for field, count in most)}".rstrip()
    if report.whole.probes:
        yield f"{_line('all changes', report.whole)}  mean of the kinds {report.mean:.2f}"
    if listing:
        for answer in report.failures:
            yield from _failure(answer)


def _line(kind: str, figures: Rate) -> str:
    sound = f"{figures.sound_passed}/{figures.sound}"
    return (
        f"{kind:<14}{figures.probes:>7}{figures.passed:>8}{figures.share:>7.2f}"
        f"{figures.steady_share:>8.2f}{sound:>12}"
    )


def _failure(answer: Answer) -> Iterator[str]:
    about = "" if answer.base_passed else " (its base fails, too)"
    yield ""
    yield f"{answer.probe.id}{about}"
    for paragraph in answer.probe.text.split("\n\n"):
        yield f"    {paragraph}"
    for wrong in answer.wrong:
        yield f"  {wrong.field}: expected {_plain(wrong.wanted)}, got {_plain(wrong.got)}"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        # A name comes with the words that stand for it; the first tells enough.
        return f"[{', '.join(_plain(item[0] if isinstance(item, tuple) else item) for item in value)}]"
    return str(value)


def probe_json(report: Report) -> bytes:
    """Rates by kind and over all, the causes, and every failure, as one JSON object."""

    def figures(of: Rate) -> dict[str, Any]:
        return asdict(of) | {"rate": round(of.share, 3), "steady_rate": round(of.steady_share, 3)}

    body = {
        "kinds": {kind: figures(of) for kind, of in report.rates.items()},
        "all": figures(report.whole),
        "mean": round(report.mean, 3),
        "causes": {kind: dict(counts.most_common()) for kind, counts in report.causes().items()},
        "failures": [
            {
                "id": answer.probe.id,
                "kind": answer.probe.kind,
                "text": answer.probe.text,
                "published": answer.probe.published,
                "base_passed": answer.base_passed,
                "wrong": [asdict(wrong) for wrong in answer.wrong],
                "moved": [wrong.field for wrong in answer.moved],
            }
            for answer in report.failures
        ],
    }
    return msgspec.json.format(msgspec.json.encode(body), indent=2) + b"\n"
