"""How well the mentions of an actor are found and joined: CoNLL F1, predicted mentions, without singletons.

    python benchmarks/coreference.py --gum ../shared/data/treebanks/UD_English-GUM --split dev
    python benchmarks/coreference.py --corpus out/dev.jsonl
    python benchmarks/coreference.py --corpus out/train.jsonl --errors 20      # of the training part only

Scorer: scorch 0.2 (MIT; `pip install scorch`), which follows Pradhan et al. 2014: the mean of the F1 of MUC, B³ and
CEAF-e over all texts together. Two mentions are one if their heads are the same word and both or neither name a list
("head match", as in the shared tasks on CorefUD); beside it stands the figure by exact words, which asks whether two
schemes of annotation draw a phrase alike as well.

GUM: texts of its news-like kinds (news, interview, speech) whose licence is open (documents.tsv), read from their raw
text; gold is every entity, also times, things and abstractions.
Corpus: gold has the clusters of actors of its records only. So of ours those count that share a mention with one of
gold, singletons among them; "all of ours" counts every cluster, and so tells chiefly how much gold leaves out.
"""

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dragoman
from dragoman.coder import plain_document
from dragoman.coding.actors import Actors
from dragoman.coding.heads import heads_of
from dragoman.coding.tree import Tree

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
from treebanks import Sentence, TreeDocument, raw_text, read_conllu

NEWS_LIKE = ("news", "interview", "speech")
# What belongs to a head and stands in no mention of it in the corpus (guidelines.md §8).
CLAUSES = frozenset({"acl:relcl", "acl", "parataxis"})


@dataclass(frozen=True, order=True)
class Named:
    """A mention: the character at which its head word begins, whether it is a list, and its bounds."""

    head: int
    listed: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def bounds(self) -> tuple[int, int]:
        """The words as such."""
        return self.start, self.end


Clusters = list[frozenset[Any]]


@dataclass
class Text:
    """One text with the clusters of both sides, singletons among them."""

    name: str
    group: str
    text: str
    gold: list[list[Named]]
    ours: list[list[Named]]


def gum_texts(folder: Path, split: str, nlp: Any, knowledge: Any) -> Iterator[Text]:
    """Open texts of the news-like kinds, read from their raw text."""
    with (folder / "documents.tsv").open(encoding="utf-8", newline="") as rows:
        chosen = {
            row["document"]: row["genre"]
            for row in csv.DictReader(rows, delimiter="\t")
            if row["split"] == split and row["use"] == "open" and row["genre"] in NEWS_LIKE
        }
    for document in read_conllu(folder / f"en_gum-ud-{split}.conllu.gz"):
        if document.name in chosen:
            text, words, _ = raw_text(document)
            gold = gum_clusters(document, words)
            yield Text(document.name, chosen[document.name], text, gold, ours_of(text, None, nlp, knowledge))


def gum_clusters(document: TreeDocument, words: Sequence[tuple[int, int]]) -> list[list[Named]]:
    """All entities of a GUM text; one annotated as of several kinds of mention is one entity."""
    found: dict[str, list[Named]] = {}
    base = 0
    for sentence in document.sentences:
        for entity, first, last in _gum_mentions(sentence):
            top = _top(sentence, first, last)
            listed = any(
                sentence.rels[i] == "conj" and sentence.heads[i] - 1 == top for i in range(first, last + 1)
            )
            at = words[base + top][0]
            found.setdefault(entity, []).append(
                Named(at, listed, words[base + first][0], words[base + last][1])
            )
        base += len(sentence.words)
    return list(found.values())


def _gum_mentions(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """(entity, first word, last word) of a sentence, from the brackets of the Entity field."""
    opened: list[tuple[str, int]] = []
    for at, misc in enumerate(sentence.misc):
        value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        for sign, group, close in re.findall(r"(\()?([^()]+)(\))?", value):
            number = group.split("-")[0]
            if sign:
                opened.append((number, at))
            if close:
                for k in reversed(range(len(opened))):
                    if opened[k][0] == number:
                        yield number, opened.pop(k)[1], at
                        break


def _top(sentence: Sentence, first: int, last: int) -> int:
    """The word of a range whose head lies outside it."""
    return next((i for i in range(first, last + 1) if not first <= sentence.heads[i] - 1 <= last), first)


def corpus_texts(file: Path, nlp: Any, knowledge: Any) -> Iterator[Text]:
    """Texts of a part of the corpus that were coded with their entities."""
    from dragoman.evaluation.scores import kind_of

    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row.get("entities"):
            continue
        document = plain_document(
            row["text"], published=row["published"], title=row.get("title"), publisher=row.get("publisher")
        )
        doc = nlp(row["text"])
        tree = Tree.of(doc)
        gold = [[_named(tree, start, end) for start, end in entity["mentions"]] for entity in row["entities"]]
        actors = Actors(doc, document, knowledge, heads=heads_of(doc))
        yield Text(row["id"], kind_of(row["source"]), row["text"], gold, _clusters(actors))


def _named(tree: Tree, start: int, end: int) -> Named:
    """A gold mention of the corpus; gold gives no head, so our parse has to."""
    first, stop = tree.tokens_between(start, end)
    inside = range(first, max(stop, first + 1))
    top = next((t for t in inside if tree.head[t] == t or tree.head[t] not in inside), first)
    listed = any(tree.dep[t] == "conj" and tree.head[t] == top for t in inside)
    return Named(tree.start[top], listed, start, end)


def ours_of(text: str, title: str | None, nlp: Any, knowledge: Any) -> list[list[Named]]:
    """Our clusters of a text."""
    doc = nlp(text)
    return _clusters(Actors(doc, plain_document(text, title=title), knowledge, heads=heads_of(doc)))


def _clusters(actors: Actors) -> list[list[Named]]:
    """All clusters, each phrase drawn as the corpus draws it: with what follows its head, without a clause."""
    tree, mentions = actors.tree, actors.mentions
    found = []
    for entity in actors.clusters:
        named = [_whole(tree, mentions[index].head, mentions[index].first) for index in entity.mentions]
        if entity.parts:
            first = mentions[actors.clusters[entity.parts[0]].mentions[0]]
            one = _whole(tree, first.head, first.first)
            named.append(Named(one.head, True, one.start, one.end))
        found.append(named)
    return found


def _whole(tree: Tree, head: int, first: int) -> Named:
    """A mention with all that hangs behind its head but clauses, appositions and other members of a list."""
    end, stack = head + 1, [head]
    while stack:
        for child in tree.children[stack.pop()]:
            if child > head and tree.dep[child] not in CLAUSES | {"appos", "conj", "cc", "punct", "case"}:
                end = max(end, child + 1)
                stack.append(child)
    return Named(tree.start[head], False, tree.start[first], tree.end[end - 1])


def clusterings(
    texts: Iterable[Text], key: Callable[[Named], Any], *, within_gold: bool
) -> tuple[Clusters, Clusters]:
    """Gold and ours over all texts as one clustering, without singletons.

    within_gold: of ours only clusters that share a mention with one of gold.
    """
    gold: Clusters = []
    ours: Clusters = []
    for text in texts:
        known = {(text.name, key(mention)) for entity in text.gold for mention in entity}
        taken: set[Any] = set()
        for side, found in ((gold, text.gold), (ours, text.ours)):
            taken.clear()  # a mention can be in one cluster only
            for entity in found:
                mentions = {(text.name, key(mention)) for mention in entity} - taken
                taken |= mentions
                if len(mentions) > 1 and (side is gold or not within_gold or mentions & known):
                    side.append(frozenset(mentions))
    return gold, ours


def score(gold: Clusters, ours: Clusters) -> dict[str, tuple[float, float, float]]:
    """Recall, precision and F1 of each measure, and their mean F1 as "CoNLL"; mentions as a measure of their own."""
    from scorch.scores import b_cubed, ceaf_e, muc

    told = {
        "MUC": muc(gold, ours),
        "B³": b_cubed(gold, ours),
        "CEAF-e": tuple(map(float, ceaf_e(gold, ours))),
    }
    mean = sum(one[2] for one in told.values()) / len(told)
    a, b = (set().union(*side) for side in (gold, ours))
    found = len(a & b)
    mentions = (found / max(1, len(a)), found / max(1, len(b)), 2 * found / max(1, len(a) + len(b)))
    return {**told, "mentions": mentions, "CoNLL": (float("nan"), float("nan"), mean)}


def report(title: str, texts: Sequence[Text], *, within_gold: bool) -> None:
    """Print one line of figures."""
    by_head = score(
        *clusterings(texts, lambda mention: (mention.head, mention.listed), within_gold=within_gold)
    )
    by_words = score(*clusterings(texts, lambda mention: mention.bounds, within_gold=within_gold))
    parts = "  ".join(f"{name} {values[2]:.3f}" for name, values in by_head.items() if name != "CoNLL")
    recall, precision, _ = by_head["mentions"]
    print(
        f"{title:34} {len(texts):3} texts  CoNLL F1 {by_head['CoNLL'][2]:.3f}  ({parts}: "
        f"R {recall:.2f} P {precision:.2f})  exact words {by_words['CoNLL'][2]:.3f}"
    )


def missing_links(text: Text) -> Iterator[str]:
    """For each gold mention but the first of its entity: where ours has it, if not with another one of the entity."""
    home = {(m.head, m.listed): number for number, entity in enumerate(text.ours) for m in entity}
    for entity in text.gold:
        homes = [home.get((m.head, m.listed)) for m in entity]
        usual, _ = (
            Counter(h for h in homes if h is not None).most_common(1)[0]
            if any(h is not None for h in homes)
            else (None, 0)
        )
        for mention, here in zip(entity, homes, strict=True):
            if len(entity) > 1 and here != usual:
                words = text.text[mention.start : mention.end]
                fellows = [text.text[m.start : m.end] for m in entity if m is not mention][:3]
                ours = (
                    []
                    if here is None
                    else [text.text[m.start : m.end] for m in text.ours[here] if m.head != mention.head]
                )
                yield f"- {text.name}[{mention.start}] {words!r} with {fellows}; ours {'no mention' if here is None else ours[:3]}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gum", type=Path, help="folder of the treebank")
    parser.add_argument("--split", default="dev", choices=("train", "dev", "test"))
    parser.add_argument("--corpus", type=Path, help="a part of the corpus, made by corpus/parts.py")
    parser.add_argument("--model", help="folder of another model of the same form")
    parser.add_argument("--errors", type=int, default=0, help="print this many (training part only)")
    options = parser.parse_args()
    coder = dragoman.load(model=options.model)
    found: list[Text] = []
    if options.gum:
        found = list(gum_texts(options.gum, options.split, coder.nlp, coder.tables.knowledge))
        report(f"GUM {options.split}, news-like", found, within_gold=False)
        for group in NEWS_LIKE:
            report(f"  {group}", [text for text in found if text.group == group], within_gold=False)
    if options.corpus:
        found = list(corpus_texts(options.corpus, coder.nlp, coder.tables.knowledge))
        for title, chosen in (
            ("corpus, all kinds", found),
            ("corpus, articles", [text for text in found if text.group == "articles"]),
        ):
            report(title, chosen, within_gold=True)
            report(f"  {title}, all of ours", chosen, within_gold=False)
    wanted = [line for text in found for line in missing_links(text)] if options.errors else []
    for line in wanted[:: max(1, len(wanted) // max(1, options.errors))]:
        print(line)


if __name__ == "__main__":
    main()
