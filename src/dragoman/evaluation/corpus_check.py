"""Is the corpus sound? Every file loaded, joined with its texts, resolved, and asked what a program can ask.

`check_corpus` names file, record and what to write instead. What only a reader can see (was this an ACCUSE?)
is not its business: see corpus/mends/.
"""

import dataclasses
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from dragoman.evaluation.annotation import GoldDocument, GoldEvent, GoldStatement
from dragoman.evaluation.codes import Codes, codebook_codes
from dragoman.evaluation.corpus import FOLDERS, PARTS, Stored, join, kind_of, read_splits, stored
from dragoman.evaluation.faults import Fault
from dragoman.evaluation.gold import check_lines
from dragoman.records.date import DatePrecision
from dragoman.records.place import PlacePrecision

NOT_SAID: Final = frozenset({"ASSAULT", "COOPERATE", "MOBILIZE", "PROTEST"})
"""Types that words alone never are; of the other deeds the order, ban or pardon is sometimes the act."""

Found = Iterator[tuple[str, str, str]]
"""Record, what is wrong, what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of a check. unread: rows whose text was not asked for, because no folder was named."""

    rows: int
    unread: int
    faults: tuple[Fault, ...]


def check_corpus(corpus: Path, texts: Path | None, codes: Codes | None = None) -> Checked:
    """Check every row of every folder; faults come in the order of the files.

    texts: null checks of real rows only what needs no text. codes: by default those of the shipped codebook
    and knowledge (`corpus_codes`).
    """
    codes = codes or corpus_codes()
    found = stored(corpus, folders=FOLDERS)
    faults = list(_files(found, read_splits(corpus)))
    read = [one for one in found if texts is not None or "text" in one.row]
    joined, missing = join(corpus, texts, read)
    faults += missing
    for one, row in joined:
        line = json.dumps(row, ensure_ascii=False).encode()
        documents, of_row = check_lines([line], where=one.where, codes=codes)
        faults += (dataclasses.replace(fault, where=one.where) for fault in of_row)
        # second codings stay as their coders made them
        for document in documents if one.path.parent.name != "double" else ():
            faults += (Fault(one.where, *fault) for fault in _document(document))
    return Checked(rows=len(read), unread=len(found) - len(read), faults=tuple(faults))


def corpus_codes() -> Codes:
    """The codes of the shipped codebook, and the countries of the shipped knowledge."""
    from dragoman import knowledge
    from dragoman.knowledge.countries import BEYOND_STATES

    countries = frozenset(knowledge.load().countries) | frozenset(BEYOND_STATES)
    return dataclasses.replace(codebook_codes(), countries=countries)


def _files(found: Iterable[Stored], splits: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with a row before its text is looked at."""
    first: dict[str, str] = {}
    again: list[Stored] = []
    for one in found:
        name, double = one.row["id"], one.path.parent.name == "double"
        if double:
            again.append(one)
        elif name in first:
            yield Fault(one.where, name, f"stands in {first[name]} as well", "Keep one of the two")
        else:
            first[name] = one.where
        if splits.get(name) not in PARTS:
            yield Fault(one.where, name, "has no part in splits.json", "Run corpus/splits.py")
        if one.row.get("batch") != one.path.stem:
            what = f"is of batch {one.row.get('batch')!r} in the file of batch {one.path.stem!r}"
            yield Fault(one.where, name, what, "Give each batch its own file")
        ours = kind_of(one.row) == "written" and one.path.parent.name != "real"
        if not ours and "text" in one.row:
            yield Fault(one.where, name, "holds the text of others", "Store it stand-off (standoff.away)")
    for one in again:
        if one.row["id"] not in first:
            what = "is coded a second time, and there is no first coding"
            yield Fault(one.where, one.row["id"], what, "Name a text of real/ or written/")


def _document(document: GoldDocument) -> Found:
    """What is wrong with a document that resolves."""
    seen: dict[tuple[object, ...], int] = {}
    for event in document.events:
        record = f"{document.id}, event {event.number} {event.tellings[0].trigger.text!r}"
        yield from ((record, what, do) for _, what, do in _event(event, document))
        trigger = event.tellings[0].trigger
        parties = event.actors, event.recipients, event.place
        key = (trigger.start, trigger.end, event.type, event.polarity, *parties)
        if key in seen:
            yield record, f"is event {seen[key]} over again", "Keep one, or tell the triggers apart"
        seen.setdefault(key, event.number)
        for telling in event.tellings:
            if telling.sentence and not telling.sentence[0] <= telling.trigger.start < telling.sentence[1]:
                yield record, f"its telling {telling.trigger.text!r} is in another sentence", "Mend `s`"
    for said in document.statements:
        record = f"{document.id}, statement {said.number} {said.cue.text if said.cue else None!r}"
        yield from ((record, what, do) for _, what, do in _statement(said, document))


def _event(event: GoldEvent, document: GoldDocument) -> Found:
    date, place = event.date, event.place
    if date is not None:
        if date.precision not in get_args(DatePrecision):
            yield "", f"date precision {date.precision!r} is not known", _one_of(DatePrecision)
        if date.start is None and date.end is None and date.precision != "unknown" and date.words is None:
            yield "", f"date says {date.precision} and gives neither days nor words", "Write unknown"
        published = (document.published or "")[:10]
        told = date.words is not None  # "the following day" may stand in a text that was written on
        done = event.realis in ("actual", "historical")
        if done and not told and published and date.start and date.start > published:
            what = f"is {event.realis} and begins {date.start}, after publication ({published})"
            yield "", what, "Mend the date, or write future or hypothetical"
    if place is not None:
        if place.precision not in get_args(PlacePrecision):
            yield "", f"place precision {place.precision!r} is not known", _one_of(PlacePrecision)
        if not place.name:
            yield "", "place has no name", "Name it, or write null"
    for what, values in (("mode", event.modes), ("context", event.contexts)):
        for value, count in _repeated(values):
            yield "", f"{what} {value!r} stands {count} times", "Write it once"


def _statement(said: GoldStatement, document: GoldDocument) -> Found:
    if said.event is not None:
        event = document.events[said.event]
        if event.types <= NOT_SAID:
            yield "", f"realises event {said.event}, a {event.type}", "Link it by asserts: words are no deed"
        if said.event in said.asserts:
            yield "", f"realises and asserts event {said.event}", "Keep one of the two links"
    for one, two in itertools.pairwise(said.content):
        if two.start < one.end:
            yield "", "parts of the content overlap", "Join them"
    for number, count in _repeated(said.asserts):
        yield "", f"asserts event {number} {count} times", "Write it once"


def _repeated(values: Iterable[object]) -> Iterator[tuple[object, int]]:
    kept = list(values)
    yield from ((value, kept.count(value)) for value in dict.fromkeys(kept) if kept.count(value) > 1)


def _one_of(choice: object) -> str:
    return f"Write one of {', '.join(get_args(choice))}"
