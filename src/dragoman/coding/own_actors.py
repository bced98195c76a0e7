"""What a row of the user's own file of actors makes of a mention: it wins, and what it overrides stays as runner-up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dragoman.coding.drafts import KIND_OF_ENTRY
from dragoman.knowledge import Entry, Hit
from dragoman.knowledge.sectors import OFFICIAL
from dragoman.records import Actor, Alternative, Reason, Span

OWN_CONFIDENCE = 0.96  # as for a name of the tables: not measured, for no two users' files are alike


def by_own(
    entry: Entry, otherwise: Actor, reasons: tuple[Reason, ...], span: Span, theirs: Sequence[Entry]
) -> tuple[Actor, tuple[Reason, ...]]:
    """The actor by the user's row, with a reason for each field that it decides.

    otherwise, reasons: what text and tables say; it fills what the row leaves open. theirs: readings of the name in the
    tables of the package; one of the row's country is the same actor and lends its id. A text that calls the holder of
    an open official term "former" is newer than the row, and is believed.
    """
    by = f"own:{entry.source}"
    left = otherwise.sectors == ("ELI",) and entry.end is None and bool(OFFICIAL & set(entry.sectors))
    given = {"country": entry.country, "sectors": () if left else entry.sectors}
    note = f"{entry.start or '?'} to {entry.end or 'now'}" if entry.start or entry.end else None
    tables = tuple(
        Alternative(value=f"{one.name} ({' '.join((*one.country, *one.sectors))})") for one in theirs[:3]
    )
    same = next((one for one in theirs if one.country == entry.country and one.name == entry.name), None)
    decided = []
    for field, values in given.items():
        if values:
            said: tuple[str, ...] = getattr(otherwise, field)
            other = (Alternative(value=" ".join(said)),) if said and said != values else ()
            value = " ".join(values)
            decided.append(
                Reason(
                    field=field,
                    value=value,
                    by=by,
                    evidence=(span,),
                    alternatives=(*other, *tables),
                    note=note,
                )
            )
    kept = tuple(reason for reason in reasons if not given.get(reason.field))
    actor = replace(
        otherwise,
        name=entry.name,
        id=entry.wikidata or (same.wikidata or same.id if same is not None else entry.id),
        kind=KIND_OF_ENTRY.get(entry.kind, "organisation"),
        country=given["country"] or otherwise.country,
        sectors=given["sectors"] or otherwise.sectors,
        resolved_by=by,
        confidence=OWN_CONFIDENCE,
    )
    return actor, (*decided, *kept)


def holds_if_own(hit: Hit, on: date | None) -> bool:
    """Tell whether a name may speak for its country on a day: false for rows of the user's file all out of term."""
    return not hit.entries[0].own or any(entry.holds(on) for entry in hit.entries)
