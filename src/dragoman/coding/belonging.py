"""Which country a mention belongs to: its own words, its owner, other mentions of it, and last the story's country."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dragoman.coding.coreference import EntityCluster
from dragoman.coding.drafts import modifier_countries
from dragoman.coding.mentions import Mention
from dragoman.coding.setting import Setting
from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import Words
from dragoman.knowledge import Entry, Hit, own_reading
from dragoman.records import Actor, Alternative, Reason, Span

DEPTH = 5  # how far "the head of the office of the minister of …" is followed
PLACES = frozenset({"country", "region"})
OPPOSITES = frozenset(
    [
        *("counterpart", "counterparts", "opponent", "opponents", "rival", "rivals", "guest", "guests"),
        *(
            "critic",
            "critics",
            "enemy",
            "enemies",
            "foe",
            "foes",
            "neighbor",
            "neighbors",
            "neighbour",
            "neighbours",
        ),
    ]
)
# Those of a state are of other states ("our allies").
FRIENDS = frozenset({"ally", "allies", "partner", "partners", "friends"})
AIMED = frozenset(
    {"pro", "anti", "non", "counter"}
)  # "pro-Syrian" says of what a mind somebody is, not whose
ARMIES = frozenset(
    {"force", "forces", "troops", "soldiers", "coalition", "mission"}
)  # of several states, if "led" by one
LEADING = frozenset({"country", "demonym", "capital", "igo"})
RIGHT_BEHIND = frozenset({"of", "for"})
MANY_STATES = frozenset({"countries", "nations", "states", "governments", "neighbors", "neighbours"})
NATIONALITY = frozenset({"demonym", "country", "capital", "region"})


@dataclass(frozen=True, slots=True)
class Where:
    """Countries, the way they were found (as in Actor.resolved_by), and the table row or rule that gave them."""

    codes: tuple[str, ...]
    by: str
    how: str
    evidence: tuple[Span, ...] = ()
    runner_up: str | None = None
    probability: float = 1.0

    def reason(self) -> Reason:
        """The reason for the field `country`."""
        alternatives = (Alternative(value=self.runner_up),) if self.runner_up else ()
        return Reason(
            field="country",
            value=" ".join(self.codes),
            by=self.how,
            evidence=self.evidence,
            alternatives=alternatives,
        )


class Belonging:
    """Answers for the mentions of one document.

    resolve: the actor of a mention, for owners that are no country themselves ("its embassy").
    """

    def __init__(
        self,
        tree: Tree,
        mentions: Sequence[Mention],
        by_head: Mapping[int, int],
        setting: Setting,
        words: Words,
        on: date | None,
        resolve: Callable[[int], Actor],
    ) -> None:
        self._tree = tree
        self._mentions = mentions
        self._by_head = by_head
        self._setting = setting
        self._words = words
        self._on = on
        self._resolve = resolve

    def reading(self, hit: Hit) -> Entry:
        """The entry meant: of homonyms that hold on the day the one of the country that the text speaks of most."""
        if hit.entries[0].own:
            ours = own_reading(hit.entries, self._on)
            if ours is not None:
                return ours
            hit = replace(hit, entries=tuple(e for e in hit.entries if not e.own) or hit.entries)
        if len(hit.entries) == 1:
            return hit.entries[0]
        holding = [entry for entry in hit.entries if entry.holds(self._on)] or list(hit.entries)
        if holding[0].kind in NATIONALITY:
            return holding[0]
        return max(
            holding, key=lambda entry: max((self._setting.count(code) for code in entry.country), default=0)
        )

    def hit_span(self, hit: Hit) -> Span:
        """The words of a hit."""
        sentence = self._tree.sent[self._tree.token_at(hit.start)]
        return Span(start=hit.start, end=hit.end, text=hit.text, sentence=sentence)

    def stated(self, entity: EntityCluster, index: int) -> Where | None:
        """The country by the words of this mention, else of the nearest other one of the same entity."""
        for i in sorted(entity.mentions, key=lambda i: (abs(i - index), i)):
            own = self.own(i)
            if own is not None:
                return own
        return None

    def own(self, index: int, *, shallow: bool = False, depth: int = 0) -> Where | None:
        """The country that a mention's own words give: nationality, owner, or "of", "in", "from" a place.

        shallow: do not ask who an owner is that the words do not say ("its").
        """
        mention = self._mentions[index]
        if mention.hit is not None:
            entry = self.reading(mention.hit)
            if entry.kind != "person" and entry.country:
                return Where(entry.country, "name", entry.source, (self.hit_span(mention.hit),))
        leader = next(
            (hit for hit in mention.modifiers if hit.compound == "led" and hit.entries[0].kind in LEADING),
            None,
        )
        if leader is not None and self._tree.lower[mention.head] in ARMIES:
            return Where(("IGO",), "description", "actors:coalition", (self.hit_span(leader),))
        behind = self._right_behind(mention)
        if behind is not None and mention.form == "name":
            return behind
        codes = modifier_countries(mention)
        if codes:
            named = [hit for hit in mention.modifiers if hit.entries[0].kind in NATIONALITY]
            spans = tuple(self.hit_span(hit) for hit in named)
            return Where(codes, "nationality", named[0].entries[0].source, spans)
        head = self._tree.lower[mention.head]
        if mention.possessor is not None and head not in OPPOSITES | FRIENDS:
            owner = self._owner(mention.possessor, depth, shallow=shallow)
            if owner is not None:
                return owner
        for hit in mention.modifiers:
            entry = self.reading(hit)
            if entry.country and hit.compound not in AIMED:
                return Where(entry.country, "name", entry.source, (self.hit_span(hit),))
        if behind is not None:
            return behind
        for preposition, token in mention.complements:
            if preposition in self._words.belonging and not self._serves_there(mention, preposition):
                owner = self._owner(token, depth, shallow=shallow or preposition != "of")
                if owner is not None:
                    return owner
        # "Stuttgart, Germany"
        for token in mention.appositions if mention.form == "name" else ():
            index_beside = self._by_head.get(token)
            beside = self._mentions[index_beside].hit if index_beside is not None else None
            if beside is not None and beside.entries[0].kind in PLACES:
                return Where(
                    beside.entries[0].country, "name", beside.entries[0].source, (self.hit_span(beside),)
                )
        return None

    def _right_behind(self, mention: Mention) -> Where | None:
        """The state named by "of …" or "for …" right behind the words, whatever the parse hangs it on.

        In "President A of Liberia, President B of Madagascar" parses mix up whose state is which; the order does not.
        """
        at = mention.name_end if mention.form == "name" else mention.end
        if mention.form == "pronoun" or not 0 < at < len(self._tree.words) - 1:
            return None
        preposition = self._tree.lower[at]
        if preposition not in RIGHT_BEHIND or self._serves_there(mention, preposition):
            return None
        hit = self._setting.place_from(at + (2 if self._tree.lower[at + 1] == "the" else 1))
        if hit is None:
            return None
        entry = hit.entries[0]
        return Where(entry.country, "nationality", entry.source, (self.hit_span(hit),))

    def _serves_there(self, mention: Mention, preposition: str) -> bool:
        return preposition != "of" and self._tree.lower[mention.head] in self._words.abroad

    def _owner(self, token: int, depth: int, *, shallow: bool) -> Where | None:
        index = self._by_head.get(token)
        if index is None or depth >= DEPTH:
            return None
        own = self.own(index, shallow=shallow, depth=depth + 1)
        if own is not None:
            return replace(own, by="nationality")
        if shallow:
            return None
        actor = self._resolve(index)
        if not actor.country or actor.resolved_by is None:
            return None
        return Where(actor.country, "coreference", "actors:owner", (self._mentions[index].span,))

    def guess(self, index: int) -> Where | None:
        """The story's country, for what the text leaves open; None for what is nobody's."""
        mention = self._mentions[index]
        if mention.form == "description":
            words = self._tree.lower[mention.first : mention.end]
            if self._words.has_no_place(words, self._tree.lower[mention.head]):
                return None
            if mention.number == "plural" and self._tree.lower[mention.head] in MANY_STATES:
                return None  # "other countries", "44 nations", "African governments"
        if mention.form == "pronoun" and self._setting.issuer is not None and self._is_first_person(mention):
            return Where((self._setting.issuer,), "description", "actors:issuer", (mention.span,))
        guess = self._setting.country_at(mention.head, excluded=self._foreign(mention))
        if guess is None:
            return None
        evidence = (self.hit_span(guess.hit),) if guess.hit is not None else ()
        return Where((guess.country,), "description", "setting", evidence, guess.runner_up, guess.probability)

    def _is_first_person(self, mention: Mention) -> bool:
        return self._words.pronouns[self._tree.lower[mention.head]].person == 1

    def _foreign(self, mention: Mention) -> frozenset[str]:
        """Countries that the mention is directed at and so does not belong to ("the ambassador to Japan")."""
        codes: list[str] = []
        for preposition, token in mention.complements:
            index = self._by_head.get(token)
            foreign = preposition in self._words.foreign or self._serves_there(mention, preposition)
            if foreign and index is not None:
                own = self.own(index, shallow=True)
                if own is not None:
                    codes += own.codes
        return frozenset(codes)
