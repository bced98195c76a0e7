"""How often an actor of the corpus, its words given, gets the right country, primary sector and identity.

    python benchmarks/who.py out/dev.jsonl --kind articles
    python benchmarks/who.py out/train.jsonl --errors 60 --show country      # of the training part only

Gold mentions given: each actor, recipient and speaker whose words stand in the text is looked up where they stand.
Equal words on one side of one record are one question. End to end: the same texts coded, records paired as in
`dragoman evaluate`; once on the sides of found records, once with the sides of what was missed or made up.

country          F1 of the codes of all questions; of further answers that gold accepts the nearest counts.
primary sector   share of questions whose first sectors are those of gold, none where gold has none.
identity         share of questions where an actor found is the one of gold: its canonical name agrees with gold's
                 (`evaluation.match.same_name`; or, nationality put as the country and numbers aside, all content words
                 of the one are in the other and no country is another: "Iraqi Armed Forces" and "Armed Forces of
                 Iraq", "52 people" and "people in Najaf"), or its cluster is gold's: of the other mentions in it to
                 which gold gives a name (as words of an actor of a record, or in `entities`) most bear the name asked
                 for.

Intervals: 95 % over documents drawn with replacement, as in `dragoman evaluate`.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import dragoman
from dragoman import knowledge
from dragoman.coder import plain_document
from dragoman.coding.actors import Actors
from dragoman.coding.coder import code
from dragoman.coding.heads import heads_of
from dragoman.coding.mentions import Mention
from dragoman.evaluation.annotation import GoldActor, GoldDocument, GoldEvent, GoldStatement
from dragoman.evaluation.coded import gold_form
from dragoman.evaluation.gold import load
from dragoman.evaluation.match import fold_name, match, same_name
from dragoman.evaluation.scores import BOUNDS, RESAMPLES, SEED, kind_of
from dragoman.knowledge.roles import singular
from dragoman.records import Actor, Span

# Words that tell no actor from another.
SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "at",
        "on",
        "for",
        "from",
        "to",
        "by",
        "and",
        "or",
        "with",
        "near",
        "its",
        "his",
        "her",
        "their",
        "some",
        "several",
        "other",
        "another",
        "more",
        "unnamed",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
)
SIDES = ("actors", "recipients", "speakers")
Codes = frozenset[str]


@dataclass(frozen=True)
class Question:
    """Words on one side of one record, and what gold says of them. accept: further sets of countries that are right."""

    side: str
    span: Span
    names: tuple[str, ...]
    countries: Codes
    sectors: Codes
    accept: tuple[Codes, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the coder made of a question. form: of the mention; by: how its first actor was resolved."""

    question: Question
    found: tuple[Actor, ...]
    form: str
    by: str
    right: Mapping[str, bool]


def questions(document: GoldDocument) -> Iterator[Question]:
    """One question for each side and words of an event or statement."""
    for record in (*document.events, *document.statements):
        for side in SIDES:
            asked: dict[tuple[int, int], list[GoldActor]] = defaultdict(list)
            for actor in getattr(record, side, ()):
                if actor.words is not None:
                    asked[actor.words.start, actor.words.end].append(actor)
            accept = getattr(record, f"{side.removesuffix('s')}_accept", ()) if len(asked) == 1 else ()
            for actors in asked.values():
                yield Question(
                    side=side,
                    span=actors[0].words,
                    names=tuple(actor.name for actor in actors),
                    countries=_countries(actors),
                    sectors=_sectors(actors),
                    accept=tuple(accept),
                )


def _countries(actors: Iterable[GoldActor | Actor]) -> Codes:
    return frozenset(country for actor in actors for country in actor.country)


def _sectors(actors: Iterable[GoldActor | Actor]) -> Codes:
    return frozenset(actor.sectors[0] for actor in actors if actor.sectors)


def names_of_words(document: GoldDocument) -> dict[tuple[int, int], str]:
    """The name that gold gives to words of the text."""
    named = {
        (span.start, span.end): entity.name for entity in document.entities or () for span in entity.mentions
    }
    for record in (*document.events, *document.statements):
        for side in SIDES:
            for actor in getattr(record, side, ()):
                if actor.words is not None:
                    named[actor.words.start, actor.words.end] = actor.name
    return named


def mention_for(actors: Actors, start: int, end: int) -> Mention | None:
    """The mention of the words: that of the token whose head lies outside them."""
    tree = actors.tree
    first, stop = tree.tokens_between(start, end)
    tops = [
        token
        for token in range(first, stop)
        if not first <= tree.head[token] < stop or tree.head[token] == token
    ]
    heads = {mention.head: mention for mention in actors.mentions}
    for token in tops:
        if token in heads:
            return heads[token]
    for token in range(stop - 1, first - 1, -1):
        if token in heads:
            return heads[token]
    return actors.mention_at(first)


def same_words(one: str, other: str) -> bool:
    """Do two names say the same of the same country, in other order and form?"""
    (a, at_a), (b, at_b) = _content(one), _content(other)
    if not a or not b or (at_a and at_b and not at_a & at_b):
        return False
    return a <= b or b <= a


@cache
def _content(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The content words of a name in the singular, and the countries that it names."""
    countries: set[str] = set()
    rest = name
    for hit in reversed(knowledge.load().scan(name)):
        if hit.entries[0].kind in ("country", "demonym", "capital"):
            countries.update(hit.entries[0].country)
            rest = rest[: hit.start] + " " + rest[hit.end :]
    words = fold_name(rest).replace("defense", "defence").split()
    return frozenset(
        singular(word) for word in words if word not in SMALL and not word[0].isdigit()
    ), frozenset(countries)


def identified(question: Question, found: Sequence[Actor], named: Mapping[tuple[int, int], str]) -> bool:
    """Is one of the actors found the one of gold, by its name or by its cluster?"""
    if any(
        same_name(actor.name, name) or same_words(actor.name, name)
        for actor in found
        for name in question.names
    ):
        return True
    for actor in found:
        others = [(span.start, span.end) for span in actor.mentions if not span.overlaps(question.span)]
        told = Counter(named[other] in question.names for other in others if other in named)
        if told[True] > told[False]:
            return True
    return False


def answer(actors: Actors, question: Question, named: Mapping[tuple[int, int], str]) -> Answer:
    """Look the words up where they stand."""
    mention = mention_for(actors, question.span.start, question.span.end)
    given = actors.actors_of(mention) if mention is not None else ()
    if mention is not None and mention.members and len(given) > 1 and len(question.names) < 2:
        given = actors.actors_of(mention, whole_list=False)
    found = tuple(actor for actor, _ in given)
    by = found[0].resolved_by or "none" if found else "nobody"
    if any(reason.by == "setting" for _, reasons in given[:1] for reason in reasons):
        by += "/setting"
    ours = _countries(found)
    right = {
        "country": ours == question.countries or ours in question.accept,
        "sector": _sectors(found) == question.sectors,
        "identity": identified(question, found, named),
    }
    return Answer(question, found, mention.form if mention is not None else "none", by, right)


def given(answers: Iterable[Answer]) -> Counter[str]:
    """Counts of one document, gold mentions given."""
    sums: Counter[str] = Counter()
    for one in answers:
        wanted = max(
            (one.question.countries, *one.question.accept), key=lambda codes: _agreement(codes, one.found)
        )
        _three(sums, "country", wanted, _countries(one.found))
        sums["asked"] += 1
        sums["sector right"] += one.right["sector"]
        sums["identity right"] += one.right["identity"]
    return sums


def _agreement(codes: Codes, found: Iterable[Actor]) -> tuple[bool, int]:
    ours = _countries(found)
    return codes == ours, len(codes & ours)


def _three(sums: Counter[str], what: str, gold: Codes, ours: Codes) -> None:
    sums[f"{what} found"] += len(gold & ours)
    sums[f"{what} spurious"] += len(ours - gold)
    sums[f"{what} missed"] += len(gold - ours)


def end_to_end(gold: GoldDocument, coded: GoldDocument) -> Counter[str]:
    """Counts of one document, coded from the text: sides of paired records, and of those of one side only ("all")."""
    sums: Counter[str] = Counter()
    matched = match(gold, coded)
    pairs: list[tuple[GoldEvent | GoldStatement, GoldEvent | GoldStatement]] = [
        pair for pair in (*matched.events, *matched.statements) if not pair[0].optional
    ]
    for one, other in pairs:
        for side in SIDES:
            wanted, ours = getattr(one, side, ()), getattr(other, side, ())
            if not wanted and (not ours or getattr(one, f"{side.removesuffix('s')}_optional", False)):
                continue
            for prefix in ("paired", "all"):
                _side(sums, prefix, wanted, ours, getattr(one, f"{side.removesuffix('s')}_accept", ()))
    for one in (*matched.missed, *matched.missed_statements):
        for side in SIDES:
            _side(sums, "all", getattr(one, side, ()), (), ())
    for other in (*matched.spurious, *matched.spurious_statements):
        for side in SIDES:
            _side(sums, "all", (), getattr(other, side, ()), ())
    return sums


def _side(
    sums: Counter[str],
    prefix: str,
    gold: Sequence[GoldActor],
    ours: Sequence[GoldActor],
    accept: Iterable[Codes],
) -> None:
    codes = _countries(ours)
    wanted = max((_countries(gold), *accept), key=lambda given: (given == codes, len(given & codes)))
    _three(sums, f"{prefix} country", wanted, codes)
    _three(sums, f"{prefix} sector", _sectors(gold), _sectors(ours))
    left, found = list(ours), 0
    for actor in gold:
        same = next((other for other in left if same_name(actor.name, other.name)), None)
        if same is not None:
            left.remove(same)
            found += 1
    sums[f"{prefix} identity found"] += found
    sums[f"{prefix} identity missed"] += len(gold) - found
    sums[f"{prefix} identity spurious"] += len(left)


def figures(sums: Sequence[Counter[str]]) -> Iterator[str]:
    """The figures to read, each with its interval."""
    columns = sorted({name for one in sums for name in one})
    table = np.array([[one[column] for column in columns] for one in sums], dtype=np.float64)
    draws = np.random.default_rng(SEED).multinomial(len(sums), [1 / len(sums)] * len(sums), size=RESAMPLES)
    whole = dict(zip(columns, table.sum(axis=0), strict=True))
    again = dict(zip(columns, (draws @ table).T, strict=True))

    def f1(what: str, given: Mapping[str, Any]) -> Any:
        found, wrong = given[f"{what} found"], given[f"{what} spurious"] + given[f"{what} missed"]
        return 2 * found / np.maximum(2 * found + wrong, 1)

    def share(what: str, given: Mapping[str, Any]) -> Any:
        return given[f"{what} right"] / np.maximum(given["asked"], 1)

    rows: list[tuple[str, Any, str]] = [
        ("mentions given: country F1", f1, "country"),
        ("mentions given: primary sector", share, "sector"),
        ("mentions given: identity", share, "identity"),
    ]
    for prefix, said in (("paired", "found records"), ("all", "whole chain")):
        rows += [(f"{said}: {what} F1", f1, f"{prefix} {what}") for what in ("country", "sector", "identity")]
    for title, measure, what in rows:
        low, high = np.percentile(measure(what, again), BOUNDS)
        asked = whole["asked"] if measure is share else whole[f"{what} found"] + whole[f"{what} missed"]
        yield f"{title:34} {measure(what, whole):.3f}   {low:.3f} – {high:.3f}   n={int(asked)}"


def shares(answers: Sequence[Answer]) -> Iterator[str]:
    """How well each kind of question does."""
    groups: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for one in answers:
        for key in (("side", one.question.side), ("form", one.form), ("form + by", f"{one.form} {one.by}")):
            groups[key].append(one)
    for (group, key), members in sorted(groups.items()):
        told = "  ".join(
            f"{what} {sum(one.right[what] for one in members) / len(members):.3f}"
            for what in ("country", "sector", "identity")
        )
        yield f"{group:10} {key:34} n={len(members):5}  {told}"


def error(identifier: str, one: Answer) -> str:
    """One wrong answer to read."""
    asked = one.question
    gold = (*asked.names, *sorted(asked.countries), *sorted(asked.sectors))
    ours = [(actor.name, *actor.country, *actor.sectors) for actor in one.found]
    return f"- {identifier}[{asked.span.start}] {asked.span.text!r}: {gold} | {one.form} {one.by} {ours}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="a part of the corpus, made by corpus/parts.py")
    parser.add_argument("--kind", choices=("articles", "briefs", "written"))
    parser.add_argument("--model", help="folder of another model of the same form")
    parser.add_argument("--groups", action="store_true", help="also by side, form and way of resolving")
    parser.add_argument("--errors", type=int, default=0, help="print this many (training part only)")
    parser.add_argument("--show", default="country", choices=("country", "sector", "identity"))
    parser.add_argument("--only", default="", help="errors of this form and way of resolving only")
    options = parser.parse_args()
    coder = dragoman.load(model=options.model)
    rows = {row["id"]: row for row in map(json.loads, options.gold.read_text("utf-8").splitlines())}
    sums, answers, errors, spent, words = [], [], [], 0.0, 0
    for gold in load(options.gold):
        if options.kind not in (None, kind_of(gold.source or "")):
            continue
        row = rows[gold.id]
        document = plain_document(
            gold.text, published=gold.published, title=row.get("title"), publisher=row.get("publisher")
        )
        doc = coder.nlp(gold.text)
        began = time.process_time()
        actors = Actors(doc, document, coder.tables.knowledge, heads=heads_of(doc))
        actors.entities()
        spent += time.process_time() - began
        words += len(gold.text.split())
        named = names_of_words(gold)
        ours = [answer(actors, question, named) for question in questions(gold)]
        sums.append(given(ours) + end_to_end(gold, gold_form(code(doc, document, coder.tables))))
        answers += ours
        errors += [(gold.id, one) for one in ours if not one.right[options.show]]
    print(f"{len(sums)} texts")
    print("\n".join(figures(sums)))
    if options.groups:
        print("\n".join(shares(answers)))
    print(f"{spent / max(1, words) * 400 * 1000:.1f} ms of processor time for 400 words, parse excluded")
    wanted = [(identifier, one) for identifier, one in errors if options.only in f"{one.form} {one.by}"]
    if options.errors:
        for identifier, one in wanted[:: max(1, len(wanted) // options.errors)]:
            print(error(identifier, one))


if __name__ == "__main__":
    main()
