"""Did it happen? Polarity, realis and certainty of an act.

The heads decide; grammar only corrects what it knows for sure (a negated verb, an act of long before publication).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from dragoman.coding.heads import Heads
from dragoman.records import Alternative, Reason, Span, Status, When
from dragoman.records.event import Certainty, Polarity, Realis

OLD = timedelta(days=30)  # coding.md §1.3: an act of more than 30 days before publication is background
FIELDS = ("polarity", "realis", "certainty")


def status_of(
    heads: Heads, tokens: Sequence[int], span: Span
) -> tuple[Status, list[Reason], dict[str, float]]:
    """Status of the act that these trigger tokens tell, the reasons, and the probability of each field."""
    values: dict[str, str] = {}
    reasons: list[Reason] = []
    sure: dict[str, float] = {}
    for field in FIELDS:
        probabilities = heads.mean(field, tokens).tolist()
        names = heads.labels[field]
        order = sorted(range(len(names)), key=lambda k: (-probabilities[k], k))
        values[field] = names[order[0]]
        sure[field] = probabilities[order[0]]
        reasons.append(
            Reason(
                field=field,
                value=values[field],
                by=f"head:{field}",
                evidence=(span,),
                alternatives=tuple(
                    Alternative(value=names[k], probability=round(probabilities[k], 3))
                    for k in order[1:2]
                    if probabilities[k] >= 0.01
                ),
                probability=round(sure[field], 3),
            )
        )
    status = Status(
        polarity=cast(Polarity, values["polarity"]),
        realis=cast(Realis, values["realis"]),
        certainty=cast(Certainty, values["certainty"]),
    )
    return status, reasons, sure


def age(status: Status, when: When | None, published: str | None) -> tuple[Status, Reason | None]:
    """Make an actual act historical where its date lies more than 30 days before publication."""
    if (
        status.realis != "actual"
        or when is None
        or when.end is None
        or published is None
        or when.span is None
    ):
        return status, None
    if date.fromisoformat(published[:10]) - date.fromisoformat(when.end) <= OLD:
        return status, None
    reason = Reason(
        field="realis",
        value="historical",
        by="status:more than 30 days before publication",
        evidence=(when.span,),
        alternatives=(Alternative(value="actual"),),
    )
    return Status(polarity=status.polarity, realis="historical", certainty=status.certainty), reason
