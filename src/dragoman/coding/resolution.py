"""From a mention to an Actor: name, country, sectors and role, with the words or table rows that decided.

The order of belief: what the mention's own words say; what other mentions of the same entity say; what the
tables know of the name on the day; whom the entity belongs to; and, for what is left, the country the text
is about.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from dragoman.coding.belonging import OPPOSITES, Belonging, Where
from dragoman.coding.coreference import EntityCluster
from dragoman.coding.descriptions import Describer, Description
from dragoman.coding.drafts import KIND_OF_ENTRY, says_whose
from dragoman.coding.mentions import Mention
from dragoman.coding.names import name_parts
from dragoman.coding.own_actors import by_own
from dragoman.coding.sector_head import SectorHead
from dragoman.coding.setting import Setting
from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import Words
from dragoman.knowledge import Candidate, Entry, Hit, Knowledge
from dragoman.records import Actor, ActorKind, Alternative, Reason

# How often an actor resolved this way has the right country; measured on the training part by
# benchmarks/who.py.
CONFIDENCE = {
    "name": 0.96,
    "office+country": 0.93,
    "metonym": 0.95,
    "nationality": 0.92,
    "description": 0.8,
    "coreference": 0.75,
    "fuzzy": 0.7,
}
NOWHERE_CONFIDENCE = 0.62
SETTING_CONFIDENCE = (
    0.9  # times the probability of the country among those named; the rest is not about a state
)
# Heads and staff of bodies of states carry no sector (coding.md, case 18).
BODIES_OF_STATES = frozenset({"UNO", "EUR", "IGO"})
# Codes for a kind of actor, whose name is no owner's name ("Armed Forces of non-governmental organizations").
NO_ONE_BODY = frozenset({"IGO", "NGO", "MNC", "ISM", "IMG"})
ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "some", "our", "this", "that"})
OWNING = frozenset({"of", "for", "from", "in", "with", "at"})
NAMES_TRIED = 3
# What somebody in an office of state may be besides ("General", "Ayatollah", "economist", "candidate").
BESIDES = frozenset({"MIL", "REL", "EDU", "MED", "JUD", "JRN", "BUS", "LAB", "AGR", "CVL", "SOC", "PTY"})
OFFICES = frozenset({"GOV", "LEG", "JUD"})
# Who speaks for or leads, and the text does not say whom: in news a government, more often than not.
UNOWNED = frozenset({"spokesperson", "leader"})
ARMED = frozenset({"MIL", "COP", "UAF"})  # those who bear arms, whosever they are
# Endings of English nouns for those who do something ("revellers", "organisers", "motorists").
DOERS = ("er", "or", "eer", "ist", "ian", "ers", "ors", "eers", "ists", "ians")
# "Ms. Pelosi, D-California": a legislator of the United States, with party and state.
BENCH = re.compile(r"^\(?[DR]-?$|^\(?[DR]-[A-Z]")
COMPASS = frozenset({"North", "South", "East", "West"})
FULL = frozenset({"exact", "folded"})
OWNERS = frozenset({"organisation", "group", "party", "media", "igo", "ngo", "company"})
Resolved = tuple[Actor, tuple[Reason, ...]]


class Resolver:
    """Resolves the mentions of one document as of one day, each once."""

    def __init__(
        self,
        tree: Tree,
        mentions: Sequence[Mention],
        by_head: Mapping[int, int],
        cluster_of: Mapping[int, EntityCluster],
        setting: Setting,
        describer: Describer,
        words: Words,
        knowledge: Knowledge,
        on: date | None,
        sector_head: SectorHead | None = None,
    ) -> None:
        self._sector_head = sector_head
        self._tree = tree
        self._mentions = mentions
        self._by_head = by_head
        self._cluster_of = cluster_of
        self._describer = describer
        self._words = words
        self._knowledge = knowledge
        self._on = on
        self._setting = setting
        self._known: dict[int, Resolved] = {}
        self._belonging = Belonging(
            tree, mentions, by_head, setting, words, on, lambda index: self.resolve(index)[0]
        )

    def resolve(self, index: int) -> Resolved:
        """The actor of a mention and the reasons for its fields."""
        if index not in self._known:
            # What is being worked out answers itself with nothing, so that circles of owners end.
            span = self._mentions[index].span
            self._known[index] = Actor(name=span.text, mentions=(span,)), ()
            self._known[index] = self._resolve(index)
        return self._known[index]

    def resolve_each(self, index: int) -> tuple[Resolved, ...]:
        """One actor for each country of "Australian and American troops", else the one actor."""
        actor, reasons = self.resolve(index)
        if len(actor.country) < 2 or self._mentions[index].hit is not None:
            return ((actor, reasons),)
        described = self._describer.describe(actor.role) if actor.role else None
        hits = self._mentions[index].modifiers
        each = []
        for code in actor.country:
            country = self._knowledge.country(code).name
            if described is not None and described.template:
                name = described.template.replace("{country}", country)
            else:
                adjective = next((hit.text for hit in hits if hit.entries[0].country == (code,)), None)
                name = (
                    f"{adjective} {actor.role}" if adjective and actor.role else f"{actor.name} ({country})"
                )
            each.append((replace(actor, name=name, country=(code,)), reasons))
        return tuple(each)

    def _resolve(self, index: int) -> Resolved:
        entity = self._cluster_of[index]
        best = self._best_mention(entity, index)
        mention, chosen = self._mentions[index], self._mentions[best]
        if chosen.hit is not None and chosen.hit.entries[0].own:
            actor, reasons = self._by_own(best, entity, chosen.hit)
        elif chosen.hit is not None and chosen.hit.entries[0].kind != "person":
            actor, reasons = self._from_entry(best, chosen.hit)
        elif chosen.form == "name" and entity.nature == "person":
            actor, reasons = self._person(best, entity)
        else:
            actor, reasons = self._described(best, entity)
        if self._sector_head is not None:
            actor, reasons = self._weighed(self._sector_head, index, best, actor, reasons)
        if best != index:
            rule = entity.by[entity.mentions.index(index)]
            reason = Reason(
                field="actor",
                value=actor.name,
                by=f"coreference:{rule}",
                evidence=(mention.span, chosen.span),
            )
            reasons = (*reasons, reason)
            if mention.form != "name":
                least = min(actor.confidence or 1.0, CONFIDENCE["coreference"])
                actor = replace(actor, resolved_by="coreference", confidence=least)
        others = tuple(self._mentions[i].span for i in entity.mentions if i != index)
        return replace(actor, mentions=(mention.span, *others)), reasons

    def _weighed(
        self, head: SectorHead, index: int, best: int, actor: Actor, reasons: tuple[Reason, ...]
    ) -> Resolved:
        """The actor with the sector that rule and model together favour; what the user's own file says stands."""
        ruled = next((reason for reason in reversed(reasons) if reason.field == "sectors"), None)
        if ruled is None or (actor.resolved_by or "").startswith("own:"):
            return actor, reasons
        lean = head.lean(sorted({index, best}), ruled.by, actor.sectors)
        if lean.sector == (actor.sectors[0] if actor.sectors else None):
            return actor, reasons
        sectors = (lean.sector,) if lean.sector else ()
        reason = Reason(
            field="sectors",
            value=" ".join(sectors),
            by="head:sectors",
            evidence=ruled.evidence,
            alternatives=(Alternative(value=ruled.value),) if ruled.value else (),
            probability=round(lean.probability, 3),
        )
        return replace(actor, sectors=sectors), (*reasons, reason)

    def _best_mention(self, entity: EntityCluster, index: int) -> int:
        """The mention that names the entity best; the asked one where its own words suffice."""
        asked = self._mentions[index]
        if asked.hit is not None and asked.hit.entries[0].kind != "person":
            return index
        own = self._belonging.own
        named = any(self._mentions[i].form == "name" for i in entity.mentions)  # "the militant group Nord"
        if (
            asked.form == "description"
            and entity.nature != "person"
            and not named
            and own(index, shallow=True) is not None
        ):
            return index

        def worth(i: int) -> tuple[int, int, int]:
            mention = self._mentions[i]
            near = -abs(i - index)
            if mention.hit is not None:
                return 4, 0, near
            if mention.form == "name":
                return 3, len(name_parts(mention.name or "")), near
            if mention.form == "description":
                return 2 if own(i, shallow=True) is not None else 1, 0, near
            return 0, 0, 0

        return max(entity.mentions, key=worth)

    # One kind of mention each

    def _by_own(self, index: int, entity: EntityCluster, hit: Hit) -> Resolved:
        """A name of the user's own file; on a day outside its terms as without the file."""
        row = self._belonging.reading(hit)
        if not row.own and row.kind != "person":
            return self._from_entry(index, hit)
        actor, reasons = (self._person if row.kind == "person" else self._described)(index, entity)
        if not row.own or not row.holds(self._on) or not (row.country or row.sectors):
            return actor, reasons
        theirs = tuple(entry for entry in hit.entries if not entry.own)
        return by_own(row, actor, reasons, self._belonging.hit_span(hit), theirs)

    def _from_entry(self, index: int, hit: Hit) -> Resolved:
        """A country, organisation, group or people that a table names."""
        mention = self._mentions[index]
        entry = self._belonging.reading(hit)
        by, sectors, name = "name", entry.sectors, entry.name
        if entry.kind in ("country", "capital", "metonym", "region"):
            sectors = sectors or ("GOV",)
        if entry.kind in ("capital", "metonym"):
            by = "metonym"
            if len(entry.country) == 1:
                name = self._knowledge.country(entry.country[0]).name
        elif entry.kind == "demonym":
            by, sectors, name = "nationality", ("CVL",), hit.text
        elif not sectors:
            # A court or parliament of several states is a court or parliament all the same.
            described = self._describer.describe(name)
            if described is not None and described.template and set(described.sectors) & {"JUD", "LEG"}:
                sectors = described.sectors
        if entry.kind == "party" and self._sits(mention):
            sectors = ("LEG", *sectors)
        if name.endswith(" administration") and hit.text.lower().endswith(" administration"):
            name = hit.text  # one row for a government under any of its heads
        span = self._belonging.hit_span(hit)
        alternatives = tuple(
            Alternative(value=f"{other.name} ({' '.join(other.country)})") for other in hit.entries[1:4]
        )
        country = entry.country
        note = f"{entry.start or '?'} to {entry.end or 'now'}" if entry.start or entry.end else None
        reasons = [
            Reason(
                field="country",
                value=" ".join(country),
                by=entry.source,
                evidence=(span,),
                alternatives=alternatives,
                note=note,
            ),
            Reason(field="sectors", value=" ".join(sectors), by=entry.source, evidence=(span,), note=note),
        ]
        if not country:
            where = self._country_of(index, self._cluster_of[index], None)
            if where is not None:
                country = where.codes
                reasons[0] = where.reason()
        actor = Actor(
            name=name,
            id=entry.wikidata or entry.id,
            kind=KIND_OF_ENTRY.get(entry.kind, "unknown"),
            country=country,
            sectors=sectors,
            role=mention.role,
            mentions=(mention.span,),
            resolved_by=by,
            confidence=CONFIDENCE[by],
        )
        return actor, tuple(reasons)

    def _person(self, index: int, entity: EntityCluster) -> Resolved:
        """A named person: the text first, then the table of offices on the day, then the story's country."""
        mention = self._mentions[index]
        name = mention.name or mention.span.text
        role, described = self._stated_role(entity, index)
        if described is None:
            described = self._describer.title(name) or self._shared_title(mention)
        stated = self._belonging.stated(entity, index)
        if (
            stated is not None
            and stated.how == "actors:owner"
            and described is not None
            and described.country_default
        ):
            stated = (
                None  # only one state has such an office; who stands beside it in the parse does not count
            )
        candidate = self._best_candidate(index, entity, stated, described)
        if candidate is None and stated is not None and stated.how == "actors:owner":
            known = self._best_candidate(index, entity, None, described)
            if known is not None and known.match in FULL and self._in_office(known):
                candidate, stated = known, None
        where = stated
        if where is None and candidate is not None:
            span = self._tree.span(mention.name_first, mention.name_end)
            where = Where(candidate.country, "name", candidate.source, (span,))
        if where is None:
            where = self._country_of(index, entity, described)
        reasons = [where.reason()] if where is not None else []
        note = None
        owned = self._owner_sectors(entity, index)
        in_office = candidate is not None and self._in_office(candidate)
        if (
            described is not None
            and (described.former or (described.sectors and not described.relational))
            and not (in_office and not described.former and described.sectors[0] in BESIDES)
        ):
            sectors, rule = described.sectors, described.source
        elif candidate is not None and candidate.sectors:
            sectors, rule = candidate.sectors, candidate.source
            note = _term(candidate)
        elif owned:
            sectors, rule = owned, "actors:owner"
        elif described is not None and described.sectors:
            sectors, rule = described.sectors, described.source
        elif described is not None and described.key in UNOWNED:
            sectors, rule = ("GOV",), "actors:unowned"
        elif self._on_a_bench(entity):
            sectors, rule = ("LEG",), "actors:bench"
        else:
            sectors, rule = ("CVL",), "actors:nothing-said"
        if where is not None and set(where.codes) <= BODIES_OF_STATES and sectors in (("GOV",), ("CVL",)):
            sectors, rule = (), "actors:body-of-states"
        reasons.append(
            Reason(field="sectors", value=" ".join(sectors), by=rule, evidence=(mention.span,), note=note)
        )
        if candidate is not None and candidate.match.startswith("fuzzy"):
            by = "fuzzy"
        elif candidate is not None and candidate.own:
            by = f"own:{candidate.source}"
        elif described is not None and stated is not None:
            by = "office+country"
        else:
            by = "name" if candidate is not None else where.by if where is not None else "description"
        if candidate is not None:
            reasons.append(
                Reason(
                    field="actor",
                    value=candidate.name,
                    by=by if candidate.own else candidate.source,
                    evidence=(mention.span,),
                    note=f"{candidate.match}; {_term(candidate)}",
                )
            )
        actor = Actor(
            name=candidate.name if candidate is not None else name,
            id=candidate.person if candidate is not None else None,
            kind="person",
            country=where.codes if where is not None else (),
            sectors=sectors,
            role=role,
            mentions=(mention.span,),
            resolved_by=by,
            confidence=_confidence(by, where),
        )
        return actor, tuple(reasons)

    def _described(self, index: int, entity: EntityCluster) -> Resolved:
        """A description, an unknown organisation, or a pronoun that nothing answers."""
        mention = self._mentions[index]
        role, described = self._stated_role(entity, index)
        if described is None and mention.form == "name":
            named = "house of representatives" if mention.name == "House" else mention.name or ""
            described = self._describer.describe(named)
        stated = self._belonging.stated(entity, index)
        phrase = mention.role or (mention.name or "")
        beyond = self._words.beyond_states(phrase) if stated is None else None
        if beyond is not None:
            reason = Reason(
                field="country",
                value=beyond.country,
                by="actors.toml:beyond",
                evidence=(mention.span,),
            )
            actor = Actor(
                name=beyond.name,
                kind="organisation",
                country=(beyond.country,),
                sectors=beyond.sectors,
                role=mention.role,
                mentions=(mention.span,),
                resolved_by="description",
                confidence=CONFIDENCE["description"],
            )
            return actor, (reason,)
        compass = self._by_compass(mention) if stated is None else None
        if compass is not None:
            return self._state_behind(mention, compass)
        where = stated or self._country_of(index, entity, described)
        owned = self._owner_sectors(entity, index)
        national = stated is not None and stated.by == "nationality" and mention.form == "description"
        counted = self._counted(mention)
        group = self._group_of(mention)
        if counted:
            sectors, rule = counted, "actors:part"
        elif group is not None and described is not None and ARMED & set(described.sectors):
            sectors, rule = group.sectors, group.source  # "Taliban forces" are no state's
        elif described is not None and described.sectors and not (described.relational and owned):
            sectors, rule = described.sectors, described.source
        elif owned:
            sectors, rule = owned, "actors:owner"
        elif described is not None and described.key in UNOWNED:
            sectors, rule = ("GOV",), "actors:unowned"
        elif described is not None and not (national and described.relational):
            sectors, rule = described.sectors, described.source
        elif national and self._is_one_of_a_people(mention):
            sectors, rule = ("CVL",), "actors:people"
        elif national:
            # "Indian rule", "U.S. imports": the state acts, whatever the noun.
            sectors, rule = ("GOV",), "actors:nationality"
        elif mention.form == "description" and self._tree.pos[mention.head] == "NUM":
            sectors, rule = ("CVL",), "actors:number"  # "nine were killed": people
        elif where is not None and where.how == "actors:issuer":
            return self._state_behind(mention, where)
        else:
            sectors, rule = (), "actors:nothing-said"
        if where is not None and set(where.codes) <= BODIES_OF_STATES and sectors == ("GOV",):
            sectors, rule = (), "actors:body-of-states"
        reasons = [where.reason()] if where is not None else []
        reasons.append(Reason(field="sectors", value=" ".join(sectors), by=rule, evidence=(mention.span,)))
        by = where.by if where is not None else "description"
        actor = Actor(
            name=self._describe_name(mention, described, where if group is None else None),
            kind=_kind(entity, described),
            country=where.codes if where is not None else (),
            sectors=sectors,
            role=role if described is not None else None,
            mentions=(mention.span,),
            resolved_by=by,
            confidence=_confidence(by, where),
        )
        return actor, tuple(reasons)

    def _by_compass(self, mention: Mention) -> Where | None:
        """The state whose name begins with a lone "North" or "South", where the text names one such state."""
        word = self._tree.words[mention.head]
        if word not in COMPASS or mention.end - mention.first > 2 or mention.role or mention.modifiers:
            return None
        codes = [
            code
            for code in self._setting.countries
            if self._knowledge.country(code).name.startswith(f"{word} ") and self._setting.count(code)
        ]
        if len(codes) != 1:
            return None
        return Where((codes[0],), "coreference", "actors:compass", (mention.span,))

    def _state_behind(self, mention: Mention, where: Where) -> Resolved:
        """The state behind "we" in a text that its government issued, or behind "the North"."""
        country = self._knowledge.country(where.codes[0])
        actor = Actor(
            name=country.name,
            id=country.wikidata or where.codes[0],
            kind="country",
            country=where.codes,
            sectors=("GOV",),
            mentions=(mention.span,),
            resolved_by="coreference",
            confidence=CONFIDENCE["coreference"],
        )
        return actor, (where.reason(),)

    def _describe_name(self, mention: Mention, described: Description | None, where: Where | None) -> str:
        one = (
            self._knowledge.country(where.codes[0]).name
            if where is not None and len(where.codes) == 1 and where.codes[0] not in NO_ONE_BODY
            else None
        )
        if mention.form == "name":
            name = mention.name or mention.span.text
            organ = self._knowledge.body(name)  # "the Iraqi Defense Ministry": an organ that any state has
            return organ.name_template.replace("{country}", one) if organ is not None and one else name
        if described is not None and described.template and one:
            return described.template.replace("{country}", one)
        first = mention.first
        while first < mention.end - 1 and self._tree.lower[first] in ARTICLES:
            first += 1
        return self._tree.words_of(first, mention.end)

    # What the text and the tables say

    def _country_of(self, index: int, entity: EntityCluster, described: Description | None) -> Where | None:
        """The country of what does not state one."""
        if described is None:
            _, described = self._stated_role(entity, index)
        if described is not None and described.country_default:
            span = self._mentions[index].span
            return Where((described.country_default,), "description", described.source, (span,))
        named = (self._mentions[index].name or "").lower().split()
        if self._words.is_committee_of_congress(named) and self._setting.count("USA"):
            return Where(("USA",), "description", "actors.toml:congress", (self._mentions[index].span,))
        return self._belonging.guess(index)

    def _stated_role(self, entity: EntityCluster, index: int) -> tuple[str | None, Description | None]:
        """The role that the text gives, nearest mention first, one with sectors before one without."""
        weak: tuple[str | None, Description | None] = (None, None)
        for i in sorted(entity.mentions, key=lambda i: (abs(i - index), i)):
            role = self._mentions[i].role
            described = self._describer.describe(role) if role else None
            if described is None:
                continue
            if described.sectors and not described.relational:
                return role, described
            if weak[1] is None:
                weak = role, described
        return weak

    def _counted(self, mention: Mention) -> tuple[str, ...]:
        """The sectors of those of whom the mention counts some ("four of its members", "a number of deputies")."""
        head = self._tree.lower[mention.head]
        if mention.form != "description" or not (
            head in self._words.partitive or self._tree.pos[mention.head] == "NUM"
        ):
            return ()
        for preposition, token in mention.complements:
            whole = self._by_head.get(token)
            if preposition == "of" and whole is not None:
                return self.resolve(whole)[0].sectors
        return ()

    def _group_of(self, mention: Mention) -> Entry | None:
        """The armed group or party before a noun for those who belong to it ("Hamas security forces")."""
        for hit in mention.modifiers:
            entry = self._belonging.reading(hit)
            if entry.kind in ("group", "party") and entry.sectors and says_whose(hit):
                return entry
        return None

    def _is_one_of_a_people(self, mention: Mention) -> bool:
        """Tell whether the noun is itself a nationality ("another Palestinian") or one for doers ("revellers")."""
        word = self._tree.lower[mention.head]
        if self._tree.pos[mention.head] == "NOUN" and word.endswith(DOERS):
            one = word.removesuffix("s")
            return not {word, one} & (self._words.no_doers | self._words.things)
        return any(
            hit.entries[0].kind == "demonym" and self._tree.token_at(hit.start) == mention.head
            for hit in mention.modifiers
        )

    def _sits(self, mention: Mention) -> bool:
        """Tell whether words beside a party's name put its members in a legislature ("House Republicans")."""
        beside = set(self._tree.lower[mention.first : mention.end])
        beside.update(self._tree.lower[token] for _, token in mention.complements)
        return not self._words.legislature.isdisjoint(beside)

    def _on_a_bench(self, entity: EntityCluster) -> bool:
        """Tell whether a name carries party and state, as members of the congress of the United States do."""
        words = self._tree.words
        for i in entity.mentions:
            at = self._mentions[i].name_end
            if (
                at > 0
                and " ".join(words[at : at + 1]) in (",", "(")
                and BENCH.match("".join(words[at + 1 : at + 2]))
            ):
                return True
        return False

    def _shared_title(self, mention: Mention) -> Description | None:
        """The title in the plural before a list of names ("Senators A, B and C"), for each but the first."""
        for first in self._mentions:
            if mention.head in first.members and first.role:
                described = self._describer.describe(first.role)
                last = first.role.split()[-1].lower()
                return described if described is not None and last.endswith("s") else None
        return None

    def _owner_sectors(self, entity: EntityCluster, index: int) -> tuple[str, ...]:
        """The sectors of whom the entity belongs to ("spokesman of the army", "Hamas fighters")."""
        for i in dict.fromkeys((index, *entity.mentions)):
            mention = self._mentions[i]
            for hit in mention.modifiers:
                entry = self._belonging.reading(hit)
                if entry.kind in OWNERS and entry.sectors and says_whose(hit):
                    return entry.sectors
                if entry.kind == "metonym" and says_whose(hit):
                    return entry.sectors or ("GOV",)
            if self._tree.lower[mention.head] in OPPOSITES:
                continue
            owners = [token for preposition, token in mention.complements if preposition in OWNING]
            if mention.possessor is not None:
                owners.insert(0, mention.possessor)
            for token in owners:
                owner = self._by_head.get(token)
                if owner is None:
                    continue
                actor, _ = self.resolve(owner)
                by_country = actor.kind == "country" and token == mention.possessor
                if actor.sectors and (by_country or actor.kind in ("organisation", "group", "person")):
                    return actor.sectors
        return ()

    def _by_last_name(self, name: str) -> Candidate | None:
        """The one in office of that last name in a state that the text names as such ("Mr. Harper")."""
        if not name or " " in name:
            return None
        found = [
            candidate
            for candidate in self._knowledge.person(name, on=self._on)
            if candidate.match == "last name"
            and candidate.office_key is not None
            and self._in_office(candidate)
            and any(self._setting.count(code) for code in candidate.country)
        ]
        return found[0] if len(found) == 1 else None

    def _in_office(self, candidate: Candidate) -> bool:
        """Tell whether the table has an office of state for the person on the day."""
        began = candidate.start is not None and self._on is not None and candidate.start <= self._on
        ended = candidate.end is not None and self._on is not None and candidate.end < self._on
        return began and not ended and bool(candidate.sectors) and candidate.sectors[0] in OFFICES

    def _best_candidate(
        self, index: int, entity: EntityCluster, stated: Where | None, described: Description | None
    ) -> Candidate | None:
        """The person of the tables by the fullest name of the cluster, else by another of its names."""
        named = [self._mentions[i] for i in entity.mentions if self._mentions[i].form == "name"]
        names = dict.fromkeys((self._mentions[index].name or "", *(mention.name or "" for mention in named)))
        has_hit = {mention.name: mention for mention in reversed(named) if mention.hit is not None}
        for name in list(names)[:NAMES_TRIED]:
            found = self._candidate(has_hit.get(name, self._mentions[index]), name, stated, described)
            if found is not None:
                return found
        return None

    def _candidate(
        self, mention: Mention, name: str, stated: Where | None, described: Description | None
    ) -> Candidate | None:
        """The person of the tables, where name, country and office of the text allow one."""
        if mention.hit is None and (described is None or described.office_key is None):
            # The scan knows every full name; a last name alone is worth a search where nothing else says who it is.
            return self._by_last_name(name) if described is None else None
        country = stated.codes[0] if stated is not None and len(stated.codes) == 1 else None
        title = described.key if described is not None else None
        for candidate in self._knowledge.person(name, on=self._on, country=country, title=title):
            if country is not None and country not in candidate.country:
                continue
            weak = candidate.match == "last name" or candidate.match.startswith("fuzzy")
            if weak and country is None and candidate.office_key != title:
                continue
            return candidate
        return None


def _term(candidate: Candidate) -> str:
    """The office that counts on the day, with its first and last day."""
    office = candidate.office or "no office"
    return f"{office}, {candidate.start or '?'} to {candidate.end or 'now'}"


def _kind(entity: EntityCluster, described: Description | None) -> ActorKind:
    if entity.nature == "crowd":
        return "crowd"
    if described is not None:
        return described.kind
    if entity.nature in ("organisation", "person", "place"):
        return entity.nature
    return "unknown"


def _confidence(by: str, where: Where | None) -> float:
    if where is None:
        return NOWHERE_CONFIDENCE
    if where.how == "setting":
        return round(SETTING_CONFIDENCE * where.probability, 3)
    return CONFIDENCE.get(by, CONFIDENCE["description"])
