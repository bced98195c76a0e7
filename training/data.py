"""Windows of words with the labels of every task, from treebanks, name corpora and coded texts.

A window is a run of neighbouring sentences of one document; between paragraphs stands the encoder's separator, as at
run time (`dragoman.reader.windows`). What a source does not annotate carries the label IGNORE and costs nothing.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from dragoman.reader.encoding import SEPARATOR, encode_words
from treebanks import Sentence, TreeDocument, read_conllu

IGNORE = -100
TYPES = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
REALIS = ["actual", "future", "hypothetical", "historical"]
POLARITY = ["affirmed", "negated"]
CERTAINTY = ["certain", "probable", "possible"]
PAIRS = ["actor", "recipient", "place", "date", "speaker", "content", "same", "support", "oppose", "coref"]
SECTORS = [
    *(
        "none",
        "GOV",
        "MIL",
        "COP",
        "JUD",
        "LEG",
        "SPY",
        "ELI",
        "PTY",
        "OPP",
        "JRN",
        "CVL",
        "REB",
        "UAF",
        "PRM",
    ),
    *("CRM", "BUS", "EDU", "REL", "LAB", "MED", "SOC", "REF", "AGR", "PRE", "UNK"),
]
TRIGGER_PAIRS = ("actor", "recipient", "place", "date", "same")
CUE_PAIRS = ("speaker", "content", "support", "oppose")
STANCES = {"support": ("support",), "oppose": ("oppose",), "mixed": ("support", "oppose")}
# GUM texts whose licence forbids commercial use or is not settled (../shared/data/treebanks/README.md).
CLOSED_GENRES = {"essay", "fiction", "letter", "podcast", "whow", "reddit", "conversation"}
TITLES = set(
    [
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Dr",
        "Dr.",
        "Prof",
        "Prof.",
        "Professor",
        "President",
        "Senator",
        "Sen",
        "Sen.",
        "Rep",
        "Rep.",
        "Representative",
        "Governor",
        "Gov",
        "Gov.",
        "General",
        "Gen",
        "Gen.",
        "Lt",
        "Lt.",
        "Col",
        "Col.",
        "Colonel",
        "Major",
        "Maj",
        "Maj.",
        "Captain",
        "Capt",
        "Capt.",
        "Sgt",
        "Sgt.",
        "Sir",
        "Lady",
        "Lord",
        "King",
        "Queen",
        "Prince",
        "Princess",
        "Pope",
        "Minister",
        "Chancellor",
        "Judge",
        "Justice",
        "Secretary",
        "Chairman",
        "Director",
        "Ambassador",
        "Mayor",
        "Sheikh",
        "Imam",
        "Ayatollah",
        "Saint",
        "St.",
        "Rev.",
        "Reverend",
        "Father",
        "Sister",
        "Brother",
        "Uncle",
        "Aunt",
        "Emperor",
        "Empress",
        "Duke",
        "Congressman",
        "Congresswoman",
        "Speaker",
        "Officer",
        "Detective",
        "Agent",
        "Coach",
    ]
)


@dataclass
class Text:
    """One document's words with labels. `breaks` are the word indices that begin a paragraph, `starts` a sentence."""

    name: str
    words: list[str]
    starts: list[int]
    breaks: set[int]
    sentence_known: bool = True
    upos: list[str] | None = None
    heads: list[int] | None = None  # index of the head word in the document, -1 for the root
    rels: list[str] | None = None
    names: list[str] | None = None
    coded: Coded | None = None
    sizes: list[int] | None = None  # subwords of each word, once counted
    clusters: list[list[tuple[int, int]]] = field(default_factory=list)  # mentions [first, after) of entities
    soft: dict | None = None  # a larger encoder's scores (`soft.py`)


@dataclass
class Coded:
    """Labels of a coded text, by word index."""

    types: list[int]  # 0 none, 1.. TYPES, IGNORE optional
    events: list[dict] = field(
        default_factory=list
    )  # words, realis, polarity, certainty, modes, contexts, roles
    cues: list[int] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)
    statements: list[dict] = field(default_factory=list)  # words (cue), roles
    actors: list[ActorWords] = field(default_factory=list)


@dataclass(frozen=True)
class ActorWords:
    """Words [first, after) of an actor, and its first sector (index of SECTORS)."""

    first: int
    after: int
    sector: int


# --- treebanks -------------------------------------------------------------------------------------------------------


def tree_text(document: TreeDocument, names: list[str] | None) -> Text:
    words, starts, breaks, upos, heads, rels = [], [], set(), [], [], []
    for sentence in document.sentences:
        base = len(words)
        starts.append(base)
        if sentence.new_paragraph and base:
            breaks.add(base)
        words += sentence.words
        upos += sentence.upos
        heads += [base + h - 1 if h else -1 for h in sentence.heads]
        rels += sentence.rels
    return Text(document.name, words, starts, breaks, upos=upos, heads=heads, rels=rels, names=names)


def gum_entities(sentence: Sentence) -> Iterator[tuple[str, str, int, int]]:
    """(entity, kind, first word, last word) of each mention in a sentence of GUM."""
    open_: list[tuple[str, str, int]] = []
    for i, misc in enumerate(sentence.misc):
        value = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
        for opened, closed in re.findall(r"\(([^()]+)\)?|([^()]+)\)", value):
            if opened:
                parts = opened.split("-")
                open_.append((parts[0], parts[1] if len(parts) > 1 else "", i))
                if f"({opened})" in value:
                    yield (*open_.pop(), i)
            else:
                group = closed.split("-")[0]
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][0] == group:
                        yield (*open_.pop(k), i)
                        break


def gum_clusters(document: TreeDocument) -> list[list[tuple[int, int]]]:
    """Mentions of each entity of a GUM document that has two or more, as word spans [first, after)."""
    found: dict[str, list[tuple[int, int]]] = {}
    base = 0
    for sentence in document.sentences:
        for entity, _, first, last in gum_entities(sentence):
            found.setdefault(entity, []).append((base + first, base + last + 1))
        base += len(sentence.words)
    return [mentions for mentions in found.values() if len(mentions) > 1]


def gum_names(document: TreeDocument) -> list[str]:
    """BIO names out of GUM's entities: the proper-noun part around the head of a person, place or organisation."""
    kinds = {"person": "PER", "place": "LOC", "organization": "ORG"}
    out: list[str] = []
    for sentence in document.sentences:
        labels = ["O"] * len(sentence.words)
        spans = [(kind, start, end) for _, kind, start, end in gum_entities(sentence)]
        for kind, start, end in sorted(spans, key=lambda s: s[1] - s[2]):  # longest first: inner names win
            if kind not in kinds:
                continue
            inside = range(start, end + 1)
            head = next((i for i in inside if not start <= sentence.heads[i] - 1 <= end), None)
            if (
                head is None
                or sentence.upos[head] != "PROPN"
                or (kind == "person" and sentence.xpos[head] == "NNPS")
            ):
                continue
            keep = {head}
            for _ in range(3):
                for i in inside:
                    if sentence.heads[i] - 1 in keep:
                        rel = sentence.rels[i].split(":")[0]
                        if (
                            (
                                rel in ("flat", "goeswith", "compound", "list")
                                and sentence.upos[i]
                                in (
                                    "PROPN",
                                    "X",
                                    "NUM",
                                )
                            )
                            or (rel in ("nmod", "amod") and sentence.upos[i] == "PROPN")
                            or (rel in ("case", "punct", "det") and min(keep) < i < max(keep))
                        ):
                            keep.add(i)
            first = last = head
            while first - 1 in keep:
                first -= 1
            while last + 1 in keep:
                last += 1
            while kind == "person" and first < last and sentence.words[first] in TITLES:
                first += 1
            for i in range(start, end + 1):
                if first <= i <= last:
                    labels[i] = ("B-" if i == first else "I-") + kinds[kind]
        out += labels
    return out


def uner_names(path: Path) -> dict[str, list[str]]:
    """Names by sentence id out of a UNER file (joined by id, for its EWT is another commit than ours)."""
    out: dict[str, list[str]] = {}
    current = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# sent_id"):
                current = line.split("=")[-1].strip()
                out[current] = []
            elif line[:1].isdigit():
                label = line.split("\t")[2]
                out[current].append(label if label[2:] in ("PER", "ORG", "LOC") else "O")
    return out


def wikigold(path: Path) -> Iterator[Text]:
    words: list[str] = []
    names: list[str] = []
    starts, number = [0], 0

    def done() -> Text:
        return Text(f"wikigold-{number}", words, [s for s in starts if s < len(words)], set(), names=names)

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.split()
            if parts[:1] == ["-DOCSTART-"]:
                if words:
                    yield done()
                words, names, starts, number = [], [], [0], number + 1
            elif not parts:
                if words:
                    starts.append(len(words))
            else:
                words.append(parts[0])
                kind = parts[1][2:]
                if kind not in ("PER", "ORG", "LOC"):
                    names.append("O")
                else:
                    same = names and names[-1][2:] == kind and starts[-1] != len(words) - 1
                    names.append(("I-" if same else "B-") + kind)
    if words:
        yield done()


# --- coded texts -----------------------------------------------------------------------------------------------------


def coded_text(row: dict, tokenize) -> Text:
    """Words and labels of one gold document. Quoted words are found as `coding.md` §8 says."""
    text = row["text"]
    spans = [(t.idx, t.idx + len(t)) for t in tokenize(text) if not t.is_space]
    words = [text[a:b] for a, b in spans]
    breaks = {i for i in range(1, len(spans)) if "\n" in text[spans[i - 1][1] : spans[i][0]]}
    starts_at = [a for a, _ in row["sentences"]]
    starts = sorted({next((i for i, (a, b) in enumerate(spans) if b > s), 0) for s in starts_at})

    def inside(a: int, b: int) -> list[int]:
        return [i for i, (x, y) in enumerate(spans) if x < b and a < y]

    def quoted(quote, s: int) -> list[int]:
        a, b = row["sentences"][s]
        at = text.find(quote, a, b)
        if at < 0:
            at = text.find(quote, a)
        return inside(at, at + len(quote)) if at >= 0 else []

    def nearest(quote, anchor: list[int], s: int) -> list[int]:
        """Words of the occurrence nearest to the anchor, those of its own sentence first."""
        if not quote or not anchor:
            return []
        a, b = row["sentences"][s]
        best, cost = [], None
        for m in re.finditer(re.escape(quote), text):
            found = inside(m.start(), m.end())
            if not found:
                continue
            gap = min(abs(found[0] - anchor[0]), abs(found[-1] - anchor[0]))
            away = gap + (0 if a <= m.start() < b else 1000 if m.start() < a else 1500)
            if cost is None or away < cost:
                best, cost = found, away
        return best

    types = [0] * len(words)
    cues = [0] * len(words)
    within = [0] * len(words)
    coded = Coded(types, cues=cues, inside=within)
    optional_last = sorted(row["events"], key=lambda e: not e.get("optional"))
    for event in optional_last:  # required labels overwrite optional ones
        label = IGNORE if event.get("optional") else TYPES.index(event["type"]) + 1
        main = quoted(event["trigger"], event["s"])
        tellings = [(main, event["s"], True)]
        tellings += [(quoted(x["trigger"], x["s"]), x["s"], False) for x in event.get("also", [])]
        every = [w for t, _, _ in tellings for w in t]
        for trigger, s, first in tellings:
            for w in trigger:
                types[w] = label
            if not trigger:
                continue
            roles: dict[str, list[int]] = {}
            for kind, key in (("actor", "actors"), ("recipient", "recipients")):
                roles[kind] = [w for x in event.get(key, []) for w in nearest(x.get("text"), trigger, s)]
            for kind in ("place", "date"):
                value = event.get(kind) or {}
                roles[kind] = nearest(value.get("text"), trigger, s) if isinstance(value, dict) else []
            roles["same"] = [w for w in every if w not in trigger]
            coded.events.append(
                dict(
                    words=trigger[:4],
                    first=first,
                    optional=bool(event.get("optional")),
                    realis=REALIS.index(event.get("realis", "actual")),
                    polarity=POLARITY.index(event.get("polarity", "affirmed")),
                    certainty=CERTAINTY.index(event.get("certainty", "certain")),
                    modes=[f"{event['type']}/{m}" for m in event.get("modes") or []],
                    contexts=list(event.get("contexts") or []),
                    type=event["type"],
                    roles=roles,
                )
            )
    entities = mentions_of(row, text, inside)
    for statement in sorted(row["statements"], key=lambda s: not s.get("optional")):
        optional = bool(statement.get("optional"))
        s = statement["s"]
        cue = quoted(statement["cue"], s) if statement.get("cue") else []
        parts = statement["content"] if isinstance(statement["content"], list) else [statement["content"]]
        at = row["sentences"][statement.get("content_s", s)][0]
        content: list[int] = []
        for part in parts:
            found = text.find(part, at)
            if found >= 0:
                content += inside(found, found + len(part))
                at = found + len(part)
        for w in cue:
            cues[w] = IGNORE if optional else 1
        for w in content:
            within[w] = IGNORE if optional and not within[w] else 1
        anchor = cue or content[:1]
        if anchor:
            speaker = [w for x in statement.get("speakers", []) for w in nearest(x.get("text"), anchor, s)]
            roles = {"speaker": speaker, "content": content, "support": [], "oppose": []}
            known = list(CUE_PAIRS)
            said = {*content, *cue, *inside(*row["sentences"][s])}
            for side in statement.get("stance") or []:
                target = target_words(side["target"], entities, said, anchor, text, inside)
                for label in STANCES[side["value"]]:
                    if not target and label in known:
                        known.remove(label)
                    roles[label] += target
            coded.statements.append(dict(words=anchor[:4], roles=roles, known=known, optional=optional))
    coded.actors = list(actors_of(row, entities))
    clusters = [m for m in entities.values() if len(m) > 1] if row.get("entities") else []
    return Text(row["id"], words, starts, breaks, sentence_known=False, coded=coded, clusters=clusters)


Spans = list[tuple[int, int]]


def mentions_of(row: dict, text: str, inside) -> dict[str, Spans]:
    """Word spans [first, after) of each entity by name: its cluster where coded, else the words of its roles."""
    found: dict[str, Spans] = {}

    def add(name: str, a: int, b: int) -> None:
        words = inside(a, b)
        if words and (words[0], words[-1] + 1) not in found.setdefault(name, []):
            found[name].append((words[0], words[-1] + 1))

    for entity in row.get("entities") or []:
        for a, b in entity["mentions"]:
            add(entity["name"], a, b)
    if not row.get("entities"):
        for record in (*row["events"], *row["statements"]):
            for side in ("actors", "recipients", "speakers"):
                for actor in record.get(side) or ():
                    for words in {actor.get("text"), actor.get("name")} - {None, ""}:
                        for m in re.finditer(rf"\b{re.escape(words)}\b", text):
                            add(actor.get("name") or words, *m.span())
    return found


def actors_of(row: dict, entities: dict[str, Spans]) -> Iterator[ActorWords]:
    """Each mention of an actor of a record, with what most records say of the actor."""
    said: dict[str, Counter] = {}
    for record in (*row["events"], *row["statements"]):
        for side in ("actors", "recipients", "speakers"):
            for actor in record.get(side) or ():
                sector = next(iter(actor.get("sectors") or ()), SECTORS[0])
                said.setdefault(actor.get("name") or actor.get("text") or "", Counter())[sector] += 1
    seen = set()
    for name, counted in said.items():
        ((sector, _),) = counted.most_common(1)
        for first, after in entities.get(name, ()):
            if (first, after) not in seen:
                seen.add((first, after))
                yield ActorWords(first, after, SECTORS.index(sector) if sector in SECTORS else 0)


def target_words(
    target: str, entities: dict[str, Spans], said: set[int], anchor, text: str, inside
) -> list[int]:
    """Words of a stance's target: its mentions in the statement, else the nearest before it; else its own words."""
    spans = entities.get(target) or [
        (words[0], words[-1] + 1)
        for m in re.finditer(rf"\b{re.escape(target)}\b", text)
        if (words := inside(*m.span()))
    ]
    here = [span for span in spans if span[0] in said]
    before = [span for span in spans if span[0] <= anchor[0]]
    chosen = here or before[-1:] or spans[:1]
    return sorted({w for a, b in chosen for w in range(a, b)})


# --- silver trees ---------------------------------------------------------------------------------------------------


def silver_text(row: dict) -> Text:
    """A text with a teacher's trees (`silver.py`)."""
    return Text(
        row["id"],
        row["words"],
        row["starts"],
        set(row["breaks"]),
        upos=row["upos"],
        heads=row["heads"],
        rels=row["rels"],
    )


def with_silver(text: Text, silver: dict | None) -> Text:
    """A coded text with a teacher's trees beside its codes; as it was where the teacher read other words."""
    if silver is None or silver["words"] != text.words:
        return text
    trees = silver_text(silver)
    text.starts, text.upos, text.heads, text.rels = trees.starts, trees.upos, trees.heads, trees.rels
    text.sentence_known = True
    return text


# --- windows ---------------------------------------------------------------------------------------------------------


def read_jsonl(path: Path) -> list[dict]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


@dataclass
class Labels:
    """The closed lists behind each head, in order; written beside the model."""

    upos: list[str]
    rels: list[str]
    modes: list[str]
    contexts: list[str]
    types: list[str] = field(default_factory=lambda: ["O", *TYPES])
    names: list[str] = field(default_factory=lambda: list(NAMES))
    realis: list[str] = field(default_factory=lambda: list(REALIS))
    polarity: list[str] = field(default_factory=lambda: list(POLARITY))
    certainty: list[str] = field(default_factory=lambda: list(CERTAINTY))
    start: list[str] = field(default_factory=lambda: ["inside", "start"])
    cue: list[str] = field(default_factory=lambda: ["no", "cue"])
    inside: list[str] = field(default_factory=lambda: ["no", "inside"])
    pairs: list[str] = field(default_factory=lambda: list(PAIRS))

    TOKEN_HEADS = (
        "upos",
        "start",
        "names",
        "types",
        "realis",
        "polarity",
        "certainty",
        "cue",
        "inside",
        "modes",
        "contexts",
    )

    def slices(self) -> dict[str, tuple[int, int]]:
        """Columns of each head in the one token-level output."""
        out, at = {}, 0
        for head in self.TOKEN_HEADS:
            out[head] = (at, at + len(getattr(self, head)))
            at = out[head][1]
        return out

    def as_dict(self) -> dict:
        keys = (*self.TOKEN_HEADS, "rels", "pairs")
        return {key: list(getattr(self, key)) for key in keys}


def gather_labels(texts: Sequence[Text]) -> Labels:
    modes = Counter(m for t in texts if t.coded for e in t.coded.events for m in e["modes"])
    contexts = Counter(c for t in texts if t.coded for e in t.coded.events for c in e["contexts"])
    return Labels(
        upos=sorted({x for t in texts for x in t.upos or ()}),
        rels=sorted({x for t in texts for x in t.rels or ()}),
        modes=sorted(modes),
        contexts=sorted(contexts),
    )


def cut(text: Text, cap: int, sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut a document into windows of at most `cap` subwords at sentence starts (a longer sentence stands alone)."""
    bounds = [*text.starts, len(text.words)]
    first, filled = 0, 0
    for a, b in zip(bounds, bounds[1:], strict=False):
        size = sum(sizes[a:b])
        if filled and filled + size > cap:
            yield first, a
            first, filled = a, 0
        filled += size
    if first < len(text.words):
        yield first, len(text.words)


LIMIT = 320  # subwords of one training window; longer sentences are left out of training


def make_window(text: Text, a: int, b: int, labels: Labels, tokenizer: Tokenizer) -> dict | None:
    """Arrays of one window; None where it is longer than LIMIT."""
    encoded = encode_words(text.words[a:b], {w - a for w in text.breaks if a < w < b}, tokenizer)
    n = b - a
    if len(encoded.ids) > LIMIT or n == 0:
        return None
    index = {
        name: {x: i for i, x in enumerate(getattr(labels, name))}
        for name in ("upos", "rels", "names", "modes", "contexts")
    }
    row = dict(ids=encoded.ids, shapes=encoded.shapes, first=encoded.first, n=n)
    sentence, number = np.zeros(n, np.int64), -1
    starts = set(text.starts)
    for i in range(n):
        if a + i in starts or number < 0:
            number += 1
        sentence[i] = number
    row["sentence"] = sentence
    blank = np.full(n, IGNORE, np.int64)
    row["start"] = (
        np.array([1 if a + i in starts else 0 for i in range(n)], np.int64)
        if text.sentence_known and text.heads
        else blank
    )
    row["upos"] = (
        np.array([index["upos"].get(x, IGNORE) for x in text.upos[a:b]], np.int64) if text.upos else blank
    )
    if text.heads:
        heads = [h - a + 1 if h >= 0 else 0 for h in text.heads[a:b]]
        row["head"] = np.array([h if 0 <= h <= n else IGNORE for h in heads], np.int64)
        row["rel"] = np.array([index["rels"].get(x, IGNORE) for x in text.rels[a:b]], np.int64)
    else:
        row["head"] = row["rel"] = blank
    row["names"] = np.array([index["names"][x] for x in text.names[a:b]], np.int64) if text.names else blank
    coded = text.coded
    row["coded"] = coded is not None
    row["anchors"] = [*mention_anchors(text, a, b)]
    if text.soft is not None:
        row["soft"] = soft_window(text.soft, a, b)
    row["sectors"] = blank
    if coded is None:
        row["types"] = row["cue"] = row["inside"] = row["realis"] = row["polarity"] = row["certainty"] = blank
        return row
    row["types"] = np.array(coded.types[a:b], np.int64)
    row["cue"] = np.array(coded.cues[a:b], np.int64)
    row["inside"] = np.array(coded.inside[a:b], np.int64)
    for key in ("realis", "polarity", "certainty"):
        row[key] = blank.copy()
    row["sectors"] = blank.copy()
    for actor in coded.actors:
        head = head_of(text, actor.first, actor.after) - a
        if 0 <= head < n:
            row["sectors"][head] = actor.sector
    row["modes"], row["contexts"] = [], []
    for event in coded.events:
        words = [w - a for w in event["words"] if a <= w < b]
        for w in words:
            for key in ("realis", "polarity", "certainty"):
                if event["first"]:
                    row[key][w] = event[key]
            if event["first"]:
                row["modes"].append(
                    (w, event["type"], [index["modes"][m] for m in event["modes"] if m in index["modes"]])
                )
                row["contexts"].append(
                    (w, [index["contexts"][c] for c in event["contexts"] if c in index["contexts"]])
                )
            known = list(TRIGGER_PAIRS) if event["first"] else ["same"]
            row["anchors"].append(
                (
                    w,
                    known,
                    {k: [x - a for x in v if a <= x < b] for k, v in event["roles"].items() if k in known},
                )
            )
    for statement in coded.statements:
        for w in [w - a for w in statement["words"] if a <= w < b]:
            roles = {k: [x - a for x in v if a <= x < b] for k, v in statement["roles"].items()}
            row["anchors"].append((w, statement["known"], roles))
    return row


def mention_anchors(text: Text, a: int, b: int) -> Iterator[tuple[int, list[str], dict[str, list[int]]]]:
    """Heads of mentions in a window, each with the heads of its entity's other mentions there."""
    for mentions in text.clusters:
        heads = sorted({head_of(text, x, y) for x, y in mentions if a <= x and y <= b})
        for head in heads:
            yield head - a, ["coref"], {"coref": [h - a for h in heads if h != head]}


def head_of(text: Text, first: int, after: int) -> int:
    """The word of a span whose head stands outside it; the last word where no tree is known."""
    if text.heads:
        for i in range(first, after):
            if not first <= text.heads[i] < after:
                return i
    return after - 1


def soft_window(soft: dict, a: int, b: int) -> dict:
    """A teacher's scores of the words [a, b): token (words, columns), anchors (word, probabilities, known).

    known: (labels, words) 1 where the teacher saw anchor and word in one window and the label is one of that anchor.
    """
    anchors = []
    for word, kind, first, scores in soft["anchors"]:
        if not a <= word < b:
            continue
        probabilities = np.zeros((len(PAIRS), b - a), np.float32)
        known = np.zeros((len(PAIRS), b - a), np.float32)
        low, high = max(a, first), min(b, first + scores.shape[1])
        probabilities[: len(scores), low - a : high - a] = scores[:, low - first : high - first]
        for label in TRIGGER_PAIRS if kind == "act" else CUE_PAIRS:
            known[PAIRS.index(label), low - a : high - a] = 1
        anchors.append((word - a, probabilities, known))
    return dict(token=soft["token"][a:b], anchors=anchors)


def windows(
    texts: Sequence[Text], labels: Labels, tokenizer: Tokenizer, rng: random.Random | None, cap: int = 160
) -> list[dict]:
    """Cut all texts. With `rng` each document draws its own cap (sometimes a single sentence), else `cap` holds."""
    out = []
    for text in texts:
        if text.sizes is None:
            encoded = encode_words(text.words, set(), tokenizer)
            text.sizes = np.bincount(encoded.word_of, minlength=len(text.words)).tolist()
        sizes = text.sizes
        if rng is None:
            here = cap
        elif text.coded is not None:
            here = 1 if rng.random() < 0.15 else rng.randint(64, 208)
        else:
            here = 1 if rng.random() < 0.3 else rng.randint(24, 168)
        for a, b in cut(text, here, sizes):
            row = make_window(text, a, b, labels, tokenizer)
            if row is not None:
                out.append(row)
    return out


__all__ = ["IGNORE", "SEPARATOR", "Labels", "Text", "coded_text", "gather_labels", "read_conllu", "windows"]
