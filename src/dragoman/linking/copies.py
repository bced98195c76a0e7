"""The same article again: agency copy in many papers, updates, cut and re-headed versions.

Two articles are copies where most of what one says stands word for word in the other. Candidates come from MinHash
sketches of three-word sequences (rensa); each is then checked on the sequences themselves, so that a sketch never
decides alone. Groups are the connected articles; the earliest is the head.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import combinations
from typing import Final, Literal

from rensa import RMinHash

WORDS: Final = 3  # of a sequence: shorter ones are shared by any two articles on one subject
SIZE: Final = 128
SEED: Final = 1
SCHEME: Final = f"rensa-{RMinHash.ALGORITHM_VERSION} RMinHash size={SIZE} seed={SEED} words={WORDS}"
# 42 bands of three: half of all pairs that share a quarter of their sequences become candidates, 99.6 % of those
# that share a half, and one pair in 25,000 of unrelated ones (which share about 1 %).
BANDS: Final = 42
ROWS: Final = 3
FEWEST: Final = (
    20  # sequences; shorter texts (a headline, a flash) are copies only if their words are the same
)
LEAST_JACCARD: Final = 0.5  # the share of both that stands in both …
LEAST_CONTAINED: Final = 0.7  # … or the share of the shorter that stands in the longer: a cut tail
DAYS: Final = 7  # between near copies; daily bulletins of one mould are not each other's copies for ever
IN_MEMORY: Final = 4_096  # articles whose sequences are kept while pairs are checked: some 100 MB
LARGEST_BAND: Final = 200  # articles with one band: beyond, each is compared with the first alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is kept of an article to find its copies.

    words: 16 hex digits over its words, equal for exact copies; signature: MinHash, empty for a text with no words.
    """

    document: str
    published: str | None
    words: str
    signature: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that is a copy of an earlier one. similarity: Jaccard of their three-word sequences."""

    document: str
    head: str
    kind: Literal["exact", "near"]
    similarity: float


def words_of(text: str) -> list[str]:
    """The words of a text, without case, marks and line breaks."""
    return re.findall(r"\w+", text.casefold())


def sequences(words: Sequence[str]) -> set[str]:
    """Every run of three words; of a shorter text, the whole."""
    if len(words) <= WORDS:
        return {" ".join(words)} if words else set()
    return {" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)}


def sketch(document: str, text: str, published: str | None = None) -> Sketch:
    """Make the sketch of one article; equal texts give equal sketches on every machine."""
    words = words_of(text)
    signature: tuple[int, ...] = ()
    if words:
        minhash = RMinHash(num_perm=SIZE, seed=SEED)
        minhash.update(sorted(sequences(words)))
        signature = tuple(minhash.digest())
    return Sketch(
        document=document,
        published=published,
        words=hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16],
        signature=signature,
    )


def find_copies(
    sketches: Iterable[Sketch],
    text_of: Callable[[str], str],
    *,
    known: Collection[Copy] = (),
    fresh: Collection[str] | None = None,
) -> list[Copy]:
    """Group copies and name the head of each group: a row for every article but the heads, by document.

    text_of: the text of a document, asked for candidates only. The order of the sketches does not matter.
    fresh: documents to compare, with each other and with all others; null compares all. The others were compared
    before, and `known` is what was found: groups in which nothing changed.
    """
    ordered = sorted(sketches, key=_earliest_first)
    place = {one.document: at for at, one in enumerate(ordered)}

    @lru_cache(maxsize=IN_MEMORY)
    def shingles(document: str) -> set[str]:
        return sequences(words_of(text_of(document)))

    groups = _Groups(len(ordered))
    exact: dict[str, int] = {}
    for copy in known:
        groups.join(place[copy.document], place[copy.head])
    before = {(copy.document, copy.head): copy for copy in known}
    for at, one in enumerate(ordered):
        if one.signature:
            groups.join(exact.setdefault(one.words, at), at)
    apart = [at for at, one in enumerate(ordered) if one.signature and exact[one.words] == at]
    for first, second in _candidates(ordered, apart, fresh):
        if groups.head(first) == groups.head(second) or not _near_in_time(ordered[first], ordered[second]):
            continue
        if _is_copy(shingles(ordered[first].document), shingles(ordered[second].document)):
            groups.join(first, second)
    found = []
    for at, one in enumerate(ordered):
        head = ordered[groups.head(at)]
        if head is one:
            continue
        if (copy_before := before.get((one.document, head.document))) is not None:
            found.append(copy_before)
            continue
        same = head.words == one.words
        similarity = 1.0 if same else _jaccard(shingles(head.document), shingles(one.document))
        found.append(
            Copy(
                document=one.document,
                head=head.document,
                kind="exact" if same else "near",
                similarity=round(similarity, 3),
            )
        )
    return sorted(found, key=lambda copy: copy.document)


class _Groups:
    """Connected articles by their place in time; the head of a group is its first."""

    def __init__(self, count: int) -> None:
        self.above = list(range(count))

    def head(self, at: int) -> int:
        while self.above[at] != at:
            self.above[at] = self.above[self.above[at]]
            at = self.above[at]
        return at

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        self.above[second] = first


def _candidates(
    ordered: Sequence[Sketch], among: Sequence[int], fresh: Collection[str] | None
) -> list[tuple[int, int]]:
    """Pairs that agree in at least one band of their signatures, one of each fresh; the earliest first."""
    is_fresh = [fresh is None or one.document in fresh for one in ordered]
    found: set[tuple[int, int]] = set()
    for band in range(BANDS):
        buckets: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for at in among:
            buckets[ordered[at].signature[band * ROWS : (band + 1) * ROWS]].append(at)
        for bucket in buckets.values():
            if len(bucket) == 1:
                continue
            some = [at for at in bucket if is_fresh[at]]
            if len(bucket) > LARGEST_BAND:
                pairs: Iterable[tuple[int, int]] = ((bucket[0], other) for other in bucket[1:])
                found.update((one, other) for one, other in pairs if is_fresh[one] or is_fresh[other])
            elif len(some) == len(bucket):
                found.update(combinations(bucket, 2))
            else:
                found.update((min(one, at), max(one, at)) for one in some for at in bucket if at != one)
    return sorted(found)


def _is_copy(one: set[str], other: set[str]) -> bool:
    shorter = min(len(one), len(other))
    if shorter < FEWEST:
        return False
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) >= LEAST_JACCARD or shared / shorter >= LEAST_CONTAINED


def _jaccard(one: set[str], other: set[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _near_in_time(one: Sketch, other: Sketch) -> bool:
    first, second = _day(one.published), _day(other.published)
    return first is None or second is None or abs(first - second) <= timedelta(days=DAYS)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _earliest_first(sketch: Sketch) -> tuple[str, str, str]:
    """By day, by moment (a day alone comes after its moments), by id; articles of no date last."""
    published = sketch.published or ""
    day = _day(published)
    if day is None:
        return "9999", "", sketch.document
    if len(published) > 10:
        try:
            moment = datetime.fromisoformat(published)
        except ValueError:
            return day.isoformat(), "T99", sketch.document
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
        return moment.date().isoformat(), f"T{moment:%H:%M:%S.%f}", sketch.document
    return day.isoformat(), "T99", sketch.document
