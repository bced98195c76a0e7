"""Did it happen? Polarity, realis and certainty of an act.

Grammar decides where it speaks (a denied verb, "will", "if": see factuality.py), the heads everywhere else. Where both
hold an act for unreal and differ in how (future or hypothetical), the heads know the story better. What the type itself
says is not said twice: a promise is done when it is made (the codebook's constraints.toml), a refusal holds its own "not".
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import cast

from dragoman.codebook import load as load_codebook
from dragoman.coding.factuality import Verdict
from dragoman.coding.heads import Heads
from dragoman.coding.words import Words
from dragoman.records import Alternative, Reason, Span, Status, When
from dragoman.records.event import Certainty, Polarity, Realis

OLD = timedelta(days=30)  # coding.md §1.3: an act of more than 30 days before publication is background
SILENT = Verdict()
FIELDS = ("polarity", "realis", "certainty")

# A head so sure is believed where grammar leaves it open: the denial is inside the trigger, or a coming act is announced.
# On the training texts all seven denials that were not the act's lay inside its trigger.
FIRM = 0.9
# Set by hand. Right on development texts: polarity 32 of 37, certainty 13 of 14, realis (against the heads) 15 of 19.
SURE = 0.95


def status_of(
    heads: Heads,
    tokens: Sequence[int],
    span: Span,
    *,
    type: str = "",
    verdict: Verdict = SILENT,
    words: Words | None = None,
) -> tuple[Status, list[Reason], dict[str, float]]:
    """Status of the act that these trigger tokens tell, the reasons, and the probability of each field.

    verdict: what grammar says of the act; without it the heads decide alone. words: to show what it rests on.
    """
    values: dict[str, str] = {}
    reasons: list[Reason] = []
    sure: dict[str, float] = {}
    for field in FIELDS:
        probabilities = heads.mean(field, tokens).tolist()
        names = heads.labels[field]
        order = sorted(range(len(names)), key=lambda k: (-probabilities[k], k))
        likeliest = names[order[0]]
        sign = verdict.signs.get(field)
        value = getattr(verdict, field)
        if (
            sign is not None
            and words is not None
            and _holds(
                field,
                likeliest,
                type,
                verdict,
                inside=set(sign.tokens) <= set(tokens),
                firm=probabilities[order[0]] >= FIRM,
            )
        ):
            values[field] = value
            sure[field] = max(SURE, probabilities[names.index(value)])
            reasons.append(
                Reason(
                    field=field,
                    value=value,
                    by=f"status:grammar: {sign.rule}",
                    evidence=tuple(words.span(t, t) for t in sorted(set(sign.tokens))),
                    alternatives=(
                        ()
                        if value == likeliest
                        else (Alternative(value=likeliest, probability=round(probabilities[order[0]], 3)),)
                    ),
                    probability=round(sure[field], 3),
                )
            )
            continue
        values[field] = likeliest
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


def is_coming(type: str, verdict: Verdict) -> bool:
    """Whether a promise is told only as what will be done: the day on which it was made is not said (case 17)."""
    return type == "AGREE" and verdict.realis == "future" and not verdict.in_speech


def _holds(field: str, likeliest: str, type: str, verdict: Verdict, *, inside: bool, firm: bool) -> bool:
    """Whether what grammar says stands against the heads' likeliest value.

    inside: the words that say so belong to the trigger, and may be what makes its type ("ate nothing" is a hunger strike).
    firm: the heads are sure of what they say.
    """
    if field == "polarity":
        return type != "REJECT" and not (inside and firm)
    if field == "certainty":
        return True
    if likeliest != "actual":
        return False  # unreal for both, or history
    if type == "REJECT" and verdict.polarity == "negated":
        return False  # "will not", "would not" are the refusal, and that is made
    rules = load_codebook().constraints
    if verdict.in_speech and type in rules.done_when_announced:
        return False
    if verdict.realis == "future":
        return type not in rules.done_when_said and not (verdict.in_speech and firm)
    return type not in rules.own_condition


def age(status: Status, when: When | None, published: str | None) -> tuple[Status, Reason | None]:
    """Make an act historical where its date lies more than 30 days before publication, actual where its day does not."""
    if (
        status.realis not in ("actual", "historical")
        or when is None
        or when.end is None
        or published is None
        or when.span is None
    ):
        return status, None
    old = date.fromisoformat(published[:10]) - date.fromisoformat(when.end) > OLD
    realis: Realis = "historical" if old else "actual"
    if realis == status.realis or (not old and when.precision != "day"):
        return status, None  # "last month", told as background, is history (coding.md §7, 17)
    reason = Reason(
        field="realis",
        value=realis,
        by=f"status:{'more than' if old else 'within'} 30 days before publication",
        evidence=(when.span,),
        alternatives=(Alternative(value=status.realis),),
    )
    return Status(polarity=status.polarity, realis=realis, certainty=status.certainty), reason
