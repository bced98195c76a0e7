"""Who the actors of a text are: name, country, sectors, role, and the words or table rows that decided.

The order of belief: what the mention's own words say; what other mentions of the same entity say; what the tables
know of the name on the day; whom the entity belongs to; and, for what is left, the country that the text is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from dragoman.coding.coreference import EntityCluster, SpeakerOf, cluster, modifier_countries
from dragoman.coding.descriptions import Describer, Description
from dragoman.coding.mentions import Mention, find_mentions
from dragoman.coding.names import name_parts
from dragoman.coding.setting import Setting
from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import load as load_words
from dragoman.knowledge import Candidate, Entry, Hit, Knowledge
from dragoman.records import Actor, ActorKind, Alternative, Document, Entity, Reason, Span

KIND_OF_ENTRY: dict[str, ActorKind] = {
    "country": "country",
    "capital": "country",
    "metonym": "country",
    "region": "place",
    "organisation": "organisation",
    "igo": "organisation",
    "ngo": "organisation",
    "media": "organisation",
    "company": "organisation",
    "party": "organisation",
    "group": "group",
    "person": "person",
    "demonym": "crowd",
}
# How often an actor resolved this way has the right country; measured on the training part by benchmarks/who.py.
CONFIDENCE = {
    "name": 0.93,
    "office+country": 0.93,
    "metonym": 0.9,
    "nationality": 0.93,
    "description": 0.8,
    "coreference": 0.75,
    "fuzzy": 0.7,
}
SETTING_CONFIDENCE = 0.65
DEPTH = 5  # how far "the head of the office of the minister of …" is followed


@dataclass(frozen=True, slots=True)
class _Where:
    """Countries and how they were found."""

    codes: tuple[str, ...]
    by: str
    how: str
    evidence: tuple[Span, ...] = ()
    runner_up: str | None = None


class Actors:
    """The actors of one document, worked out when first asked for.

    speaker_of: for a token inside a quotation the head token of its speaker, or None; without it the nearest
    reporting verb decides.
    """

    def __init__(
        self, doc: Any, document: Document, knowledge: Knowledge, *, speaker_of: SpeakerOf | None = None
    ) -> None:
        self._doc = doc
        self._document = document
        self._knowledge = knowledge
        self._speaker_of = speaker_of
        self._words = load_words()
        self._resolved: dict[int, tuple[Actor, tuple[Reason, ...]]] = {}

    @cached_property
    def tree(self) -> Tree:
        """The parse as plain lists."""
        return Tree.of(self._doc)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """What the tables know in the text; the one scan of the document."""
        return tuple(self._knowledge.scan(self.tree.text))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in text order."""
        return find_mentions(self.tree, self.hits, self._words)

    @cached_property
    def clusters(self) -> tuple[EntityCluster, ...]:
        """All entities of the text."""
        return cluster(self.tree, self.mentions, self._describer, self._words, speaker_of=self._speaker_of)

    @cached_property
    def setting(self) -> Setting:
        """The countries that the text is about."""
        title = self._document.title
        return Setting(
            self.tree,
            self.hits,
            has_title=bool(title) and self.tree.text.startswith(title or "\0"),
            place_line=self._place_line(),
        )

    @cached_property
    def _describer(self) -> Describer:
        return Describer(self._knowledge, self._words)

    @cached_property
    def _on(self) -> date | None:
        published = self._document.published
        return date.fromisoformat(published[:10]) if published else None

    @cached_property
    def _by_head(self) -> dict[int, int]:
        return {mention.head: index for index, mention in enumerate(self.mentions)}

    @cached_property
    def _cluster_of(self) -> dict[int, EntityCluster]:
        return {index: entity for entity in self.clusters for index in entity.mentions}

    def _place_line(self) -> str | None:
        if not self._document.place_line:
            return None
        hits = self._knowledge.scan(self._document.place_line)
        return hits[-1].entries[0].country[0] if hits and hits[-1].entries[0].country else None

    # What the coder asks

    def mention_at(self, token_index: int) -> Mention | None:
        """The mention whose head is the token, else the smallest whose words hold it."""
        index = self._by_head.get(token_index)
        if index is not None:
            return self.mentions[index]
        around = [mention for mention in self.mentions if mention.first <= token_index < mention.end]
        return min(around, key=lambda mention: (mention.end - mention.first, mention.first), default=None)

    def mentions_in(self, char_start: int, char_end: int) -> list[Mention]:
        """The mentions that lie wholly in [char_start, char_end), in text order."""
        return [m for m in self.mentions if char_start <= m.span.start and m.span.end <= char_end]

    def actors_of(
        self, mention: Mention, *, whole_list: bool = True
    ) -> tuple[tuple[Actor, tuple[Reason, ...]], ...]:
        """The actors that a mention stands for: several for "China and North Korea", "both countries", "they"."""
        found: list[tuple[Actor, tuple[Reason, ...]]] = []
        members = mention.members if whole_list else ()
        for member in (mention, *(self.mentions[self._by_head[t]] for t in members if t in self._by_head)):
            for actor, reasons in self._actors_of_one(member):
                if not any(actor.name == known.name and actor.country == known.country for known, _ in found):
                    found.append((actor, reasons))
        return tuple(found)

    def entities(self) -> tuple[Entity, ...]:
        """The actors of the article, each once with all its mentions, in the order in which they first appear."""
        rows = []
        for entity in sorted(self.clusters, key=lambda entity: entity.mentions[:1]):
            if not entity.mentions or entity.nature in ("thing", "place", "list"):
                continue
            spans = tuple(self.mentions[index].span for index in entity.mentions)
            actor, _ = self._resolve(entity.mentions[0])
            rows.append(Entity(actor=replace(actor, mentions=spans), mentions=spans))
        return tuple(rows)

    # Resolution

    def _actors_of_one(self, mention: Mention) -> list[tuple[Actor, tuple[Reason, ...]]]:
        index = self._by_head[mention.head]
        pair = self._pair(index)
        if pair:
            return [self._standing_for(index, other, "pair") for other in pair]
        entity = self._cluster_of[index]
        parts = self._parts(entity)
        if parts:
            return [self._standing_for(index, part, "list") for part in parts]
        actor, reasons = self._resolve(index)
        codes = actor.country
        if len(codes) > 1 and mention.hit is None:
            # "Australian and American troops": one actor for each.
            return [
                (replace(actor, country=(code,), name=self._named(actor.name, code)), reasons)
                for code in codes
            ]
        return [(actor, reasons)]

    def _parts(self, entity: EntityCluster) -> list[int]:
        return [
            self.clusters[number].mentions[0] for number in entity.parts if self.clusters[number].mentions
        ]

    def _named(self, name: str, code: str) -> str:
        return f"{name} ({self._country_name(code)})"

    def _standing_for(self, index: int, other: int, how: str) -> tuple[Actor, tuple[Reason, ...]]:
        """The actor of another mention, named here by this one ("both sides", "they")."""
        mention = self.mentions[index]
        actor, reasons = self._resolve(other)
        reason = Reason(
            field="actor",
            value=actor.name,
            by=f"coreference:{how}",
            evidence=(mention.span, self.mentions[other].span),
        )
        spans = (mention.span, *(span for span in actor.mentions if span != mention.span))
        return replace(
            actor, mentions=spans, resolved_by="coreference", confidence=CONFIDENCE["coreference"]
        ), (
            *reasons,
            reason,
        )

    def _pair(self, index: int) -> list[int]:
        """The two latest actors of the right kind before "both sides" or "the two countries"."""
        mention = self.mentions[index]
        lower = self.tree.lower
        words = lower[mention.first : mention.end]
        if not self._words.pair_words & set(words):
            return []
        noun = lower[mention.head]
        if noun not in self._words.pair_nouns and noun not in self._words.pair_words:
            return []
        if modifier_countries(mention) or (not mention.definite):
            return []
        natures = ("person",) if noun in ("leaders", "presidents", "ministers", "men") else ("country",)
        found: list[int] = []
        seen: list[EntityCluster] = []
        for before in range(index - 1, -1, -1):
            entity = self._cluster_of[before]
            other = self.mentions[before]
            if mention.sentence - other.sentence > 3:
                break
            if entity.nature in natures and entity not in seen and other.form != "pronoun":
                seen.append(entity)
                found.append(before)
            if len(found) == 2:
                break
        return sorted(found) if len(found) == 2 else []

    def _resolve(self, index: int) -> tuple[Actor, tuple[Reason, ...]]:
        if index not in self._resolved:
            # What is being worked out answers itself with nothing, so that circles of owners end.
            blank = Actor(name=self.mentions[index].span.text, mentions=(self.mentions[index].span,))
            self._resolved[index] = (blank, ())
            self._resolved[index] = self._resolve_mention(index)
        return self._resolved[index]

    def _resolve_mention(self, index: int) -> tuple[Actor, tuple[Reason, ...]]:
        entity = self._cluster_of[index]
        best = self._best_mention(entity, index)
        mention, chosen = self.mentions[index], self.mentions[best]
        if chosen.hit is not None and chosen.hit.entries[0].kind != "person":
            actor, reasons = self._from_entry(best, chosen.hit)
        elif chosen.form == "name" and entity.nature == "person":
            actor, reasons = self._person(best, entity)
        else:
            actor, reasons = self._described(best, entity)
        if best != index:
            reason = Reason(
                field="actor",
                value=actor.name,
                by=f"coreference:{entity.by[entity.mentions.index(index)]}",
                evidence=(mention.span, chosen.span),
            )
            reasons = (*reasons, reason)
            if mention.form != "name":
                actor = replace(
                    actor,
                    resolved_by="coreference",
                    confidence=min(actor.confidence or 1.0, CONFIDENCE["coreference"]),
                )
        others = tuple(self.mentions[i].span for i in entity.mentions if i != index)
        return replace(actor, mentions=(mention.span, *others)), reasons

    def _best_mention(self, entity: EntityCluster, index: int) -> int:
        """The mention that names the entity best; the asked one where its own words suffice."""

        def worth(i: int) -> tuple[int, int, int]:
            mention = self.mentions[i]
            if mention.hit is not None:
                return (4, 0, -abs(i - index))
            if mention.form == "name":
                return (3, len(name_parts(mention.name or "")), -abs(i - index))
            if mention.form == "description":
                own = self._own_country(i, shallow=True)
                return (2 if own is not None else 1, 0, -abs(i - index))
            return (0, 0, 0)

        asked = self.mentions[index]
        if asked.hit is not None and asked.hit.entries[0].kind != "person":
            return index
        if (
            asked.form == "description"
            and self._own_country(index, shallow=True) is not None
            and entity.nature != "person"
        ):
            return index
        return max(entity.mentions, key=worth)

    # One by one

    def _from_entry(self, index: int, hit: Hit) -> tuple[Actor, tuple[Reason, ...]]:
        """A country, organisation, group or people that a table names."""
        mention = self.mentions[index]
        entry = self._reading(hit)
        kind = KIND_OF_ENTRY.get(entry.kind, "unknown")
        by = (
            "metonym"
            if entry.kind in ("capital", "metonym")
            else "nationality"
            if entry.kind == "demonym"
            else "name"
        )
        sectors: tuple[str, ...] = entry.sectors
        name = entry.name
        if entry.kind in ("country", "capital", "metonym"):
            sectors = sectors or ("GOV",)
            if len(entry.country) == 1 and entry.kind != "country":
                name = self._country_name(entry.country[0])
        elif entry.kind == "region":
            sectors = sectors or ("GOV",)
        elif entry.kind == "demonym":
            sectors = ("CVL",)
            name = hit.text
        span = self._hit_span(hit)
        reasons = (
            Reason(
                field="country",
                value=" ".join(entry.country),
                by=entry.source,
                evidence=(span,),
                alternatives=_others(hit),
            ),
            Reason(field="sectors", value=" ".join(sectors), by=entry.source, evidence=(span,)),
        )
        country = entry.country
        if not country:
            where = self._country_of(index, self._cluster_of[index])
            if where is not None:
                country = where.codes
                reasons = (*reasons, self._reason(where))
        return Actor(
            name=name,
            id=entry.wikidata or entry.id,
            kind=kind,
            country=country,
            sectors=sectors,
            role=mention.role,
            mentions=(mention.span,),
            resolved_by=by,
            confidence=CONFIDENCE[by],
        ), reasons

    def _reading(self, hit: Hit) -> Entry:
        """The entry meant: of homonyms the first that holds on the day."""
        return next((entry for entry in hit.entries if entry.holds(self._on)), hit.entries[0])

    def _person(self, index: int, entity: EntityCluster) -> tuple[Actor, tuple[Reason, ...]]:
        """A named person: text first, then the table of offices on the day, then the article's country."""
        mention = self.mentions[index]
        name = mention.name or mention.span.text
        role, described = self._stated_role(entity, index)
        stated = self._stated_country(entity, index)
        candidate = self._candidate(name, stated, described)
        reasons: list[Reason] = []
        where = stated
        if where is None and candidate is not None:
            span = self.tree.span(mention.name_first, mention.name_end)
            where = _Where(candidate.country, "name", candidate.source, (span,))
        if where is None and described is not None and described.country_default:
            where = _Where((described.country_default,), "description", described.source, (mention.span,))
        if where is None:
            where = self._guess(mention.head, frozenset())
        if where is not None:
            reasons.append(self._reason(where))
        sectors: tuple[str, ...] = ()
        if described is not None and (described.former or (described.sectors and not described.relational)):
            sectors = described.sectors
            reasons.append(
                Reason(
                    field="sectors", value=" ".join(sectors), by=described.source, evidence=(mention.span,)
                )
            )
        elif candidate is not None and candidate.sectors:
            sectors = candidate.sectors
            reasons.append(
                Reason(
                    field="sectors",
                    value=" ".join(sectors),
                    by=candidate.source,
                    evidence=(mention.span,),
                    note=f"{candidate.office or ''} {candidate.start or ''}–{candidate.end or ''}".strip(),
                )
            )
        else:
            owned = self._owner_sectors(entity, index)
            sectors = owned or (described.sectors if described is not None else ()) or ("CVL",)
            reasons.append(
                Reason(
                    field="sectors", value=" ".join(sectors), by="actors:owner" if owned else "actors:default"
                )
            )
        if candidate is not None:
            by = (
                "fuzzy"
                if candidate.match.startswith("fuzzy")
                else "office+country"
                if described and stated
                else "name"
            )
        else:
            by = (
                "office+country"
                if described is not None and stated is not None
                else (where.by if where else "description")
            )
        return Actor(
            name=candidate.name if candidate is not None else name,
            id=candidate.person if candidate is not None else None,
            kind="person",
            country=where.codes if where else (),
            sectors=sectors,
            role=role,
            mentions=(mention.span,),
            resolved_by=by,
            confidence=self._confidence(by, where),
        ), tuple(reasons)

    def _described(self, index: int, entity: EntityCluster) -> tuple[Actor, tuple[Reason, ...]]:
        """A description, an unknown organisation, or a pronoun that nothing answers."""
        mention = self.mentions[index]
        role, described = self._stated_role(entity, index)
        if described is None and mention.form == "name":
            described = self._describer.describe(mention.name or "")
        where = self._country_of(index, entity)
        reasons: list[Reason] = []
        if where is not None:
            reasons.append(self._reason(where))
        owned = self._owner_sectors(entity, index)
        if described is not None and described.sectors and not (described.relational and owned):
            sectors, by = described.sectors, described.source
        elif owned:
            sectors, by = owned, "actors:owner"
        else:
            sectors, by = (
                (described.sectors, described.source) if described is not None else ((), "actors:unknown")
            )
        reasons.append(Reason(field="sectors", value=" ".join(sectors), by=by, evidence=(mention.span,)))
        resolved_by = where.by if where is not None else "description"
        return Actor(
            name=self._describe_name(mention, described, where),
            kind=self._kind(entity, described),
            country=where.codes if where else (),
            sectors=sectors,
            role=role if described is not None else None,
            mentions=(mention.span,),
            resolved_by=resolved_by,
            confidence=self._confidence(resolved_by, where),
        ), tuple(reasons)

    def _kind(self, entity: EntityCluster, described: Description | None) -> ActorKind:
        if entity.nature == "crowd":
            return "crowd"
        if described is not None:
            return described.kind
        return {"organisation": "organisation", "person": "person", "place": "place"}.get(
            entity.nature, "unknown"
        )  # type: ignore[return-value]

    def _describe_name(self, mention: Mention, described: Description | None, where: _Where | None) -> str:
        if mention.form == "name":
            return mention.name or mention.span.text
        if (
            described is not None
            and described.template is not None
            and where is not None
            and len(where.codes) == 1
        ):
            return described.template.replace("{country}", self._country_name(where.codes[0]))
        first = mention.first
        while first < mention.end - 1 and self.tree.lower[first] in (
            "the",
            "a",
            "an",
            "its",
            "their",
            "his",
            "her",
            "some",
        ):
            first += 1
        return self.tree.words_of(first, mention.end)

    # Where somebody belongs

    def _country_of(self, index: int, entity: EntityCluster) -> _Where | None:
        stated = self._stated_country(entity, index)
        if stated is not None:
            return stated
        _, described = self._stated_role(entity, index)
        mention = self.mentions[index]
        if described is not None and described.country_default:
            return _Where((described.country_default,), "description", described.source, (mention.span,))
        return self._guess(mention.head, self._foreign(mention))

    def _stated_country(self, entity: EntityCluster, index: int) -> _Where | None:
        """The country by the words of this mention, else of the nearest other one of the same entity."""
        for i in sorted(entity.mentions, key=lambda i: (abs(i - index), i)):
            own = self._own_country(i)
            if own is not None:
                return own
        return None

    def _own_country(self, index: int, *, shallow: bool = False, depth: int = 0) -> _Where | None:
        """The country that a mention's own words give: nationality, owner, or "of", "in", "from" a place."""
        mention = self.mentions[index]
        if mention.hit is not None and mention.hit.entries[0].country:
            entry = self._reading(mention.hit)
            if entry.kind != "person" and entry.country:
                return _Where(entry.country, "name", entry.source, (self._hit_span(mention.hit),))
        codes = modifier_countries(mention)
        if codes:
            spans = tuple(self._hit_span(hit) for hit in mention.modifiers if hit.entries[0].country)
            return _Where(codes, "nationality", mention.modifiers[0].entries[0].source, spans)
        if mention.possessor is not None:
            owner = self._owner_country(mention.possessor, depth, shallow=shallow)
            if owner is not None:
                return owner
        for hit in mention.modifiers:
            entry = self._reading(hit)
            if entry.country:
                return _Where(entry.country, "name", entry.source, (self._hit_span(hit),))
        for preposition, token in mention.complements:
            if preposition in self._words.belonging:
                owner = self._owner_country(token, depth, shallow=True)
                if owner is not None:
                    return owner
        return None

    def _owner_country(self, token: int, depth: int, *, shallow: bool) -> _Where | None:
        index = self._by_head.get(token)
        if index is None or depth >= DEPTH:
            return None
        own = self._own_country(index, shallow=shallow, depth=depth + 1)
        if own is not None:
            return replace(own, by="nationality")
        if shallow:
            return None
        actor, _ = self._resolve(index)
        if not actor.country:
            return None
        return _Where(actor.country, "coreference", "actors:owner", (self.mentions[index].span,))

    def _foreign(self, mention: Mention) -> frozenset[str]:
        """Countries that the mention is directed at and so does not belong to ("the ambassador to Japan")."""
        codes: list[str] = []
        for preposition, token in mention.complements:
            index = self._by_head.get(token)
            if preposition in self._words.foreign and index is not None:
                own = self._own_country(index, shallow=True)
                if own is not None:
                    codes += own.codes
        return frozenset(codes)

    def _guess(self, token: int, excluded: frozenset[str]) -> _Where | None:
        guess = self.setting.country_at(token, excluded=excluded)
        if guess is None:
            return None
        evidence = (self._hit_span(guess.hit),) if guess.hit is not None else ()
        return _Where((guess.country,), "description", "setting", evidence, guess.runner_up)

    def _owner_sectors(self, entity: EntityCluster, index: int) -> tuple[str, ...]:
        """The sectors of whom the entity belongs to ("spokesman of the army", "Hamas fighters")."""
        for i in (index, *entity.mentions):
            mention = self.mentions[i]
            for hit in mention.modifiers:
                entry = self._reading(hit)
                if (
                    entry.kind in ("organisation", "group", "party", "media", "igo", "ngo", "company")
                    and entry.sectors
                ):
                    return entry.sectors
            owners = [
                token
                for preposition, token in mention.complements
                if preposition in ("of", "for", "from", "in", "with", "at")
            ]
            if mention.possessor is not None:
                owners.insert(0, mention.possessor)
            for token in owners:
                owner = self._by_head.get(token)
                if owner is None:
                    continue
                actor, _ = self._resolve(owner)
                if actor.sectors and actor.kind not in ("country", "place", "unknown", "crowd"):
                    return actor.sectors
                if actor.sectors and actor.kind == "country" and token == mention.possessor:
                    return actor.sectors
        return ()

    # What somebody is

    def _stated_role(self, entity: EntityCluster, index: int) -> tuple[str | None, Description | None]:
        """The role that the text gives, nearest mention first, one with sectors before one without."""
        weak: tuple[str | None, Description | None] = (None, None)
        for i in sorted(entity.mentions, key=lambda i: (abs(i - index), i)):
            mention = self.mentions[i]
            if not mention.role:
                continue
            described = self._describer.describe(mention.role)
            if described is None:
                continue
            if described.sectors and not described.relational:
                return mention.role, described
            if weak[1] is None:
                weak = mention.role, described
        return weak

    def _candidate(self, name: str, stated: _Where | None, described: Description | None) -> Candidate | None:
        """The person of the tables, where name, country and office of the text allow one."""
        country = stated.codes[0] if stated is not None and len(stated.codes) == 1 else None
        title = described.key if described is not None else None
        candidates = self._knowledge.person(name, on=self._on, country=country, title=title)
        for candidate in candidates:
            agrees = country is None or country in candidate.country
            if not agrees:
                continue
            weak = candidate.match == "last name" or candidate.match.startswith("fuzzy")
            if weak and not (country is not None or (title is not None and candidate.office_key == title)):
                continue
            return candidate
        return None

    def _country_name(self, code: str) -> str:
        return self._knowledge.country(code).name

    def _hit_span(self, hit: Hit) -> Span:
        return Span(
            start=hit.start,
            end=hit.end,
            text=hit.text,
            sentence=self.tree.sent[self.tree.token_at(hit.start)],
        )

    def _reason(self, where: _Where) -> Reason:
        alternatives = (Alternative(value=where.runner_up),) if where.runner_up else ()
        return Reason(
            field="country",
            value=" ".join(where.codes),
            by=where.how,
            evidence=where.evidence,
            alternatives=alternatives,
        )

    def _confidence(self, by: str, where: _Where | None) -> float:
        if where is None or where.how == "setting":
            return SETTING_CONFIDENCE
        return CONFIDENCE.get(by, CONFIDENCE["description"])


def _others(hit: Hit) -> tuple[Alternative, ...]:
    return tuple(Alternative(value=f"{entry.name} ({' '.join(entry.country)})") for entry in hit.entries[1:4])


def held_by(actors: Sequence[Actor]) -> tuple[str, ...]:
    """The countries of several actors, each once, in order."""
    return tuple(dict.fromkeys(code for actor in actors for code in actor.country))
