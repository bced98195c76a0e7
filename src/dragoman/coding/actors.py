"""Who the actors of a document are: the face of mentions, coreference and resolution."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from dragoman.coding.coreference import EntityCluster, SpeakerOf, cluster
from dragoman.coding.descriptions import Describer
from dragoman.coding.drafts import modifier_countries
from dragoman.coding.heads import Heads
from dragoman.coding.issuing import issuer_in_headline, signs
from dragoman.coding.mentions import INSIDE, Mention, find_mentions, outside_persons
from dragoman.coding.own_actors import holds_if_own
from dragoman.coding.resolution import CONFIDENCE, Resolved, Resolver
from dragoman.coding.sector_head import SectorHead
from dragoman.coding.setting import Setting
from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import load as load_words
from dragoman.knowledge import Hit, Knowledge
from dragoman.records import Actor, Document, Entity, Reason

PAIR_WITHIN = 3  # sentences before "both sides" in which the two sides are looked for
PERSONS_OF_A_PAIR = frozenset(
    {"leaders", "presidents", "ministers", "men", "premiers", "officials", "diplomats"}
)
BARE_PARTIES = frozenset(
    {"leaders", "presidents", "ministers", "premiers"}
)  # "the leaders": of the meeting just told
BESIDE = frozenset(
    {"compound", "flat", "nmod:poss", "nmod:desc"}
)  # "the Harris-Lund administration": nobody meets
# What makes the name of a state the name of its government, in the name of a publisher ("Government of Chad").
STATE_BODY = frozenset(
    {
        "government",
        "ministry",
        "minister",
        "president",
        "presidency",
        "office",
        "embassy",
        "department",
        "parliament",
    }
)
# Endings of nouns for what happens or is the case; one with a row in the tables of roles and bodies is an actor still.
MATTERS = ("tion", "sion", "ment", "ity", "ness", "ship", "ism")
STATES = frozenset({"country", "demonym", "capital", "metonym"})


@lru_cache(maxsize=4)  # one for each set of tables in use, so that it remembers from text to text
def _describer_of(knowledge: Knowledge) -> Describer:
    return Describer(knowledge, load_words())


class Actors:
    """The actors of one document, worked out when first asked for.

    doc: a spaCy Doc with Universal Dependencies. speaker_of: for a token inside a quotation the head token
    of its speaker, or None; without it the nearest reporting verb decides. heads: the scores of the Doc; without
    them grammar and words alone say who is meant.
    """

    def __init__(
        self,
        doc: Any,
        document: Document,
        knowledge: Knowledge,
        *,
        speaker_of: SpeakerOf | None = None,
        heads: Heads | None = None,
    ) -> None:
        self._doc = doc
        self._document = document
        self._knowledge = knowledge
        self._speaker_of = speaker_of
        self._heads = heads
        self._words = load_words()
        self._resolvers: dict[date | None, Resolver] = {}

    def mention_at(self, token_index: int) -> Mention | None:
        """The mention whose head is the token, else the smallest whose words hold it, else the one it hangs on."""
        index = self._by_head.get(token_index)
        if index is not None:
            return self.mentions[index]
        around = [mention for mention in self.mentions if mention.first <= token_index < mention.end]
        if around:
            return min(around, key=lambda mention: (mention.end - mention.first, mention.first))
        token = token_index
        while self.tree.head[token] != token and self.tree.dep[token] in INSIDE:
            token = self.tree.head[token]
            if token in self._by_head:
                return self.mentions[self._by_head[token]]
        return None

    def is_somebody(self, mention: Mention) -> bool:
        """Tell whether a mention stands for persons or a body, and not for a thing or a bare place."""
        return self._cluster_of[self._by_head[mention.head]].nature not in ("thing", "place")

    def mentions_in(self, char_start: int, char_end: int) -> list[Mention]:
        """The mentions that lie wholly in [char_start, char_end), in text order."""
        return [m for m in self.mentions if char_start <= m.span.start and m.span.end <= char_end]

    def actors_of(
        self, mention: Mention, *, on: date | None = None, whole_list: bool = True
    ) -> tuple[Resolved, ...]:
        """The actors that a mention stands for: several for "China and North Korea", "both countries", "they".

        on: the day of the event, which decides who held an office; by default the day of publication.
        whole_list: with a mention that opens an "and" list, also the other members.
        """
        if self._is_matter(self._by_head[mention.head]):
            return ()
        resolver = self._resolver(on or self._published)
        members = [self._by_head[token] for token in mention.members if token in self._by_head]
        found: list[Resolved] = []
        for index in (self._by_head[mention.head], *(members if whole_list else ())):
            for actor, reasons in self._of_one(index, resolver):
                if not any(actor.name == known.name and actor.country == known.country for known, _ in found):
                    found.append((actor, reasons))
        return tuple(found)

    def entities(self) -> tuple[Entity, ...]:
        """The actors of the article, each once with all its mentions, in the order in which they first appear."""
        resolver = self._resolver(self._published)
        rows = []
        for entity in sorted(self.clusters, key=lambda entity: entity.mentions[:1]):
            if entity.mentions and self._is_actor(entity):
                spans = tuple(self.mentions[index].span for index in entity.mentions)
                actor, _ = resolver.resolve(entity.mentions[0])
                rows.append(Entity(actor=replace(actor, mentions=spans), mentions=spans))
        return tuple(rows)

    @cached_property
    def tree(self) -> Tree:
        """The parse as plain lists."""
        return Tree.of(self._doc)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """What the tables know in the text; the one scan of the document."""
        return tuple(outside_persons(self.tree, self._knowledge.scan(self.tree.text)))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in text order."""
        return find_mentions(self.tree, self.hits, self._words)

    @cached_property
    def clusters(self) -> tuple[EntityCluster, ...]:
        """All entities of the text."""
        issuer = self._issuer
        return cluster(
            self.tree,
            self.mentions,
            self._describer,
            self._words,
            speaker_of=self._speaker_of,
            heads=self._heads,
            issuer=issuer.head if issuer is not None and signs(self.tree, issuer) else None,
        )

    @cached_property
    def setting(self) -> Setting:
        """The countries that the text is about."""
        title = self._document.title
        return Setting(
            self.tree,
            [hit for hit in self.hits if holds_if_own(hit, self._published)],
            has_title=bool(title) and self.tree.text.startswith(title or "\0"),
            place_line=self._country_in(self._document.place_line),
            issuer=self._country_in(self._document.publisher, governments_only=True) or self._issuing_state(),
        )

    @cached_property
    def _issuer(self) -> Mention | None:
        """Whom the headline names as the author."""
        return issuer_in_headline(
            self.tree, self.mentions, self._describer, self._words, self._document.title or ""
        )

    def _issuing_state(self) -> str | None:
        """The state of whom the headline names as the author, where his name or words say it."""
        issuer = self._issuer
        if issuer is None:
            return None
        found = self._knowledge.scan(issuer.span.text)
        codes = {hit.entries[0].country for hit in found if len(hit.entries[0].country) == 1}
        return next(iter(codes))[0] if len(codes) == 1 else None

    @cached_property
    def _describer(self) -> Describer:
        return _describer_of(self._knowledge)

    @cached_property
    def _published(self) -> date | None:
        published = self._document.published
        return date.fromisoformat(published[:10]) if published else None

    @cached_property
    def _by_head(self) -> dict[int, int]:
        return {mention.head: index for index, mention in enumerate(self.mentions)}

    @cached_property
    def _cluster_of(self) -> dict[int, EntityCluster]:
        return {index: entity for entity in self.clusters for index in entity.mentions}

    def _resolver(self, on: date | None) -> Resolver:
        if on not in self._resolvers:
            self._resolvers[on] = Resolver(
                self.tree,
                self.mentions,
                self._by_head,
                self._cluster_of,
                self.setting,
                self._describer,
                self._words,
                self._knowledge,
                on,
                self._sector_head,
            )
        return self._resolvers[on]

    @cached_property
    def _sector_head(self) -> SectorHead | None:
        heads = self._heads
        return SectorHead(heads, self.mentions) if heads is not None and "sectors" in heads.labels else None

    def _country_in(self, words: str | None, *, governments_only: bool = False) -> str | None:
        """The state that a dateline or a publisher's name gives."""
        names = set((words or "").lower().split())
        for hit in reversed(self._knowledge.scan(words) if words else []):
            entry = hit.entries[0]
            governs = "GOV" in entry.sectors and (
                entry.kind not in STATES - {"metonym"} or STATE_BODY & names
            )
            if len(entry.country) == 1 and (governs or not governments_only):
                return entry.country[0]
        return None

    def _is_matter(self, index: int) -> bool:
        """Tell whether a mention is no actor: a thing, a number beside what it counts, a deed, a state of affairs."""
        mention, entity = self.mentions[index], self._cluster_of[index]
        if (
            mention.form != "description"
            or mention.hit is not None
            or entity.nature != "thing"
            or entity.parts
        ):
            return False
        if modifier_countries(mention) or mention.possessor is not None or mention.modifiers:
            return False  # "Indian rule", "Japan's offer": whose it is acts
        if any(self.mentions[i].form == "name" for i in entity.mentions):
            return False
        if mention.role and self._describer.describe(mention.role) is not None:
            return False
        word = self.tree.lower[mention.head]
        if self.tree.pos[mention.head] == "NUM":
            return self.tree.dep[mention.head] == "nummod"
        if word in self._words.plural:
            return False
        single = word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")
        return bool({word, single} & self._words.things) or single.endswith(MATTERS)

    def _is_actor(self, entity: EntityCluster) -> bool:
        if entity.nature in ("thing", "place", "list"):
            return False
        forms = [self.mentions[index] for index in entity.mentions]
        return any(mention.form == "name" or mention.role for mention in forms)

    def _of_one(self, index: int, resolver: Resolver) -> list[Resolved]:
        """The actors of one mention without its fellow members."""
        asked = index
        if self.mentions[index].form == "pronoun" and self.mentions[index].number == "plural":
            # "The two officials … They": the pronoun means the same persons.
            asked = next(
                (i for i in self._cluster_of[index].mentions if self.mentions[i].form != "pronoun"), index
            )
        pair = self._pair(asked, resolver) or self._parties(asked, resolver)
        if pair:
            return pair if asked == index else [self._stands_for(index, one, "pronoun") for one in pair]
        parts = [self.clusters[number].mentions[0] for number in self._cluster_of[index].parts]
        if parts:
            return [self._stands_for(index, resolver.resolve(part), "list") for part in parts]
        return list(resolver.resolve_each(index))

    def _country_name(self, code: str) -> str:
        return self._knowledge.country(code).name

    def _stands_for(self, index: int, resolved: Resolved, rule: str) -> Resolved:
        """The actor of another mention, named here by this one ("both sides", "they")."""
        actor, reasons = resolved
        span = self.mentions[index].span
        reason = Reason(field="actor", value=actor.name, by=f"coreference:{rule}", evidence=(span,))
        others = tuple(other for other in actor.mentions if other != span)
        standing = replace(
            actor, mentions=(span, *others), resolved_by="coreference", confidence=CONFIDENCE["coreference"]
        )
        return standing, (*reasons, reason)

    def _pair(self, index: int, resolver: Resolver) -> list[Resolved]:
        """The two latest actors of the right kind before "both sides" or "the two countries"."""
        mention = self.mentions[index]
        noun = self.tree.lower[mention.head]
        if not self._words.pair_words & set(self.tree.lower[mention.first : mention.end]):
            return []
        if noun not in self._words.pair_nouns | self._words.pair_words or modifier_countries(mention):
            return []
        if noun in PERSONS_OF_A_PAIR:
            persons = self._latest_persons(index)
            if persons:
                return [self._stands_for(index, resolver.resolve(i), "pair") for i in persons]
        return [
            self._stands_for(index, (self._state(code), ()), "pair") for code in self._latest_states(mention)
        ]

    def _parties(self, index: int, resolver: Resolver) -> list[Resolved]:
        """All persons named in the latest sentence that names two, for a bare "the leaders"."""
        mention, entity = self.mentions[index], self._cluster_of[index]
        bare = list(self.tree.lower[mention.first : mention.end]) == ["the", self.tree.lower[mention.head]]
        alone = all(
            self.tree.lower[self.mentions[i].head] in BARE_PARTIES
            for i in entity.mentions
            if self.mentions[i].form != "pronoun"
        )
        if not bare or self.tree.lower[mention.head] not in BARE_PARTIES or mention.complements or not alone:
            return []
        for sentence in range(mention.sentence - 1, mention.sentence - 1 - PAIR_WITHIN, -1):
            named: dict[int, int] = {}
            for before in range(index - 1, -1, -1):
                other, known = self.mentions[before], self._cluster_of[before]
                if (
                    other.sentence == sentence
                    and known.nature == "person"
                    and other.form == "name"
                    and other.relation not in BESIDE
                ):
                    named[known.number] = before
            if len(named) > 1:
                return [
                    self._stands_for(index, resolver.resolve(i), "parties") for i in sorted(named.values())
                ]
        return []

    def _latest_persons(self, index: int) -> Sequence[int]:
        found: dict[int, int] = {}
        for before in range(index - 1, -1, -1):
            other, entity = self.mentions[before], self._cluster_of[before]
            if self.mentions[index].sentence - other.sentence > PAIR_WITHIN:
                break
            if entity.nature == "person" and other.form == "name":
                found.setdefault(entity.number, before)
            if len(found) == 2:
                return sorted(found.values())
        return ()

    def _latest_states(self, mention: Mention) -> Sequence[str]:
        codes: list[str] = []
        for hit in reversed(self.hits):
            if hit.start >= mention.span.start:
                continue
            if mention.sentence - self.tree.sent[self.tree.token_at(hit.start)] > PAIR_WITHIN:
                break
            entry = hit.entries[0]
            if entry.kind in STATES and len(entry.country) == 1 and entry.country[0] not in codes:
                codes.insert(0, entry.country[0])
            if len(codes) == 2:
                return codes
        return ()

    def _state(self, code: str) -> Actor:
        return Actor(
            name=self._country_name(code),
            id=self._knowledge.country(code).wikidata or code,
            kind="country",
            country=(code,),
            sectors=("GOV",),
        )
