"""Which mentions of an article stand for the same actor.

Mentions are read in text order and each joins the cluster that the first fitting rule gives: the same row
of a table, apposition, a repeated or shortened name, a repeated description, the office or kind that a
description names, and for pronouns a scored ranking of what came before. What fits nothing opens a cluster
of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.coding.antecedents import Ranking
from dragoman.coding.descriptions import Describer, Description
from dragoman.coding.drafts import (
    KIND_OF_ENTRY,
    NATURE_OF_KIND,
    Draft,
    Nature,
    agree,
    modifier_countries,
    state_of,
)
from dragoman.coding.heads import Heads
from dragoman.coding.mentions import Mention
from dragoman.coding.names import abbreviates, is_abbreviation, name_parts, same_organisation, same_person
from dragoman.coding.quoting import quoted_tokens, reporting_subject
from dragoman.coding.tree import Tree
from dragoman.coding.wordlists import Pronoun, Words

NAMED_WITHIN = 2  # sentences in which news gives the name of one of whom it told without
NAMELESS_BODIES = frozenset({"organisation", "group", "thing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityCluster:
    """Mentions of one entity, by index, in text order; `by` says for each which rule joined it.

    parts: for a list ("Rudenko and Im … they") the numbers of its members' clusters.
    """

    number: int
    mentions: tuple[int, ...]
    by: tuple[str, ...]
    nature: Nature
    parts: tuple[int, ...] = ()


SpeakerOf = Callable[[int], int | None]


def cluster(
    tree: Tree,
    mentions: Sequence[Mention],
    describer: Describer,
    words: Words,
    *,
    speaker_of: SpeakerOf | None = None,
    issuer: int | None = None,
    heads: Heads | None = None,
) -> tuple[EntityCluster, ...]:
    """Group the mentions of an article.

    speaker_of: gives for a token inside a quotation the head token of its speaker, or None; without it the
    subject of the nearest reporting verb outside the quotation speaks. issuer: head token of whoever issued
    the text, as its headline says; "I" and "we" outside quotations are his. heads: whose head of coreference is
    heard beside the rules.
    """
    return _Clusterer(tree, mentions, describer, words, speaker_of, issuer, heads).run()


class _Clusterer:
    def __init__(
        self,
        tree: Tree,
        mentions: Sequence[Mention],
        describer: Describer,
        words: Words,
        speaker_of: SpeakerOf | None,
        issuer: int | None,
        heads: Heads | None,
    ) -> None:
        self.tree = tree
        self.mentions = mentions
        self.describer = describer
        self.words = words
        self.speaker_of = speaker_of or self._heard
        self.issuer = issuer
        self.at = {mention.head: index for index, mention in enumerate(mentions)}
        self.drafts: list[Draft] = []
        self.draft_of: dict[int, Draft] = {}
        self.quoted = quoted_tokens(tree)
        self.ranking = Ranking(tree, mentions, words, heads)
        self.described: list[Description | None] = [
            describer.describe(mention.role) if mention.role else None for mention in mentions
        ]
        self.waiting: list[int] = []
        self.apposed = {token: mention.head for mention in mentions for token in mention.appositions}

    def run(self) -> tuple[EntityCluster, ...]:
        for index, mention in enumerate(self.mentions):
            if mention.form == "pronoun":
                self._pronoun(index, mention)
            else:
                self._noun(index, mention)
            self._close_list(index)
        speaking: dict[tuple[int, str | None], Draft] = {}
        for index in self.waiting:
            # "I" before its speaker was named, "he" before "Putin": what follows may settle it.
            found = (
                self._speaker(self.mentions[index]) if self._first_person(index) else self._following(index)
            )
            if found is not None:
                self._join(index, found, "speaker" if self._first_person(index) else "pronoun")
            elif self._first_person(index):
                # Nobody is named who says it; in one quotation, or outside all of them, it is one and the same.
                voice = self._quotation(self.mentions[index].head), self.mentions[index].number
                if voice in speaking:
                    self._join(index, speaking[voice], "speaker")
                else:
                    speaking[voice] = self._open(index, self._nature(index))
            else:
                self._open(index, self._nature(index))
        return tuple(
            EntityCluster(
                number=draft.number,
                mentions=tuple(sorted(draft.mentions)),
                by=tuple(by for _, by in sorted(zip(draft.mentions, draft.by, strict=True))),
                nature=draft.nature,
                parts=draft.parts,
            )
            for draft in self.drafts
        )

    # Nouns

    def _noun(self, index: int, mention: Mention) -> None:
        nature = self._nature(index)
        found = (
            self._same_row(mention)
            or self._apposition(index, mention, nature)
            or (
                self._same_name(mention, nature) or self._told_unnamed(index, mention, nature)
                if mention.form == "name"
                else self._same_thing(index, mention, nature)
            )
        )
        if found is None:
            self._open(index, nature)
        else:
            self._join(index, *found)

    def _nature(self, index: int) -> Nature:
        mention, described = self.mentions[index], self.described[index]
        if mention.hit is not None:
            return KIND_OF_ENTRY.get(mention.hit.entries[0].kind, "thing")
        if mention.form == "name":
            if described is not None and described.kind == "person":
                return "person"
            if mention.gender:
                return "person"
            inside = self.describer.describe(mention.name or "")
            if inside is not None and (inside.kind != "person" or inside.template):
                return "group" if inside.kind == "group" else "organisation"
            if self.tree.lower[mention.name_end - 1] in self.words.organisations or mention.label == "ORG":
                return "organisation"
            if mention.label == "LOC":
                return "place"
            return "person" if mention.label == "PER" else "organisation"
        if mention.form == "pronoun":
            pronoun = self.words.pronouns[self.tree.lower[mention.head]]
            return "person" if pronoun.animate == "person" else "thing"
        if described is None:
            return "thing"
        nature = NATURE_OF_KIND.get(described.kind, "thing")
        return "crowd" if nature == "person" and mention.number == "plural" else nature

    def _same_row(self, mention: Mention) -> tuple[Draft, str] | None:
        if mention.hit is None:
            return None
        entry = mention.hit.entries[0]
        state = state_of(mention)
        for draft in reversed(self.drafts):
            if draft.entry == entry.id or (state is not None and draft.state == state):
                return draft, "name"
        return None

    def _apposition(self, index: int, mention: Mention, nature: Nature) -> tuple[Draft, str] | None:
        head = self.apposed.get(mention.head)
        if (
            head is None
            and index
            and mention.form == "name"
            and self._named_right_after(self.mentions[index - 1], mention)
        ):
            head = self.mentions[index - 1].head
        if head is None and mention.form == "name":
            head = self._titled_before(index, mention)
        if head is None or head not in self.at or self.at[head] not in self.draft_of:
            return None
        first, draft = self.mentions[self.at[head]], self.draft_of[self.at[head]]
        if first.form == mention.form == "name":
            if (
                mention.name
                and first.name
                and (abbreviates(mention.name, first.name) or abbreviates(first.name, mention.name))
            ):
                return draft, "abbreviation"
            return None
        if mention.number != first.number:
            return None
        named = "name" in (first.form, mention.form) and first.number == "singular"
        if {nature, draft.nature} == {"person", "thing"} and "name" in (first.form, mention.form):
            draft.nature = "person"  # "a delegate, Abdelrahim Tamboul": a noun that the tables lack
        elif {nature, draft.nature} == {"person", "crowd"} and named:
            draft.nature = "person"  # "police official Imran Malik": a row that stands for one or many
        elif not agree(nature, draft.nature):
            # A name that the reader did not label takes its kind from what is said of it.
            unlabelled = first.form == "name" and first.label is None and first.hit is None
            if not (unlabelled and nature == "person"):
                return None
            draft.nature = "person"
        return draft, "apposition"

    def _same_name(self, mention: Mention, nature: Nature) -> tuple[Draft, str] | None:
        name = mention.name or ""
        best: tuple[int, int, Draft, str] | None = None
        for draft in self.drafts:
            if not draft.names or draft.nature == "country":
                continue
            if draft.nature == "person" and mention.hit is not None and nature == "organisation":
                continue  # "the Bush administration" is not Bush
            score, by = 0, "name"
            for known in draft.names:
                if nature in ("person", "organisation", "place") and draft.nature in (
                    "person",
                    "organisation",
                ):
                    fit = max(same_person(name, known), same_person(known, name))
                    if draft.nature == "organisation" and nature == "organisation" and fit < 3:
                        fit = 0
                    score = max(score, fit)
                if draft.nature != "person" and (
                    same_organisation(name, known) or same_organisation(known, name)
                ):
                    score = max(score, 3)
                if draft.nature == "organisation" and self._last_word_of(mention, known):
                    score = max(score, 2)
                if is_abbreviation(name) and abbreviates(name, known):
                    score, by = max(score, 2), "abbreviation"
            if mention.gender and draft.gender and mention.gender != draft.gender:
                score = 0
            if score and (best is None or (score, draft.last) > best[:2]):
                best = score, draft.last, draft, by
        return (best[2], best[3]) if best is not None else None

    def _told_unnamed(self, index: int, mention: Mention, nature: Nature) -> tuple[Draft, str] | None:
        """Who was told of unnamed a sentence before ("Chile's envoy says … Ana Rojas spoke in Lima"), if the head agrees."""
        if nature not in ("person", "organisation", "group"):
            return None
        nameless = [
            draft
            for draft in self.drafts
            if self._still_nameless(draft, mention) and self._may_be_named(draft, index, mention, nature)
        ]
        named = self.ranking.surest(nameless, index)
        return (named, "named after") if named is not None else None

    def _still_nameless(self, draft: Draft, mention: Mention) -> bool:
        """Tell whether one or a body was told of in the sentences before, and no name of it."""
        if draft.names or draft.plural or not draft.mentions or draft.entry is not None:
            return False
        first = self.mentions[draft.mentions[0]]
        return (
            first.form == "description"
            and first.number == "singular"
            and 0 < mention.sentence - first.sentence <= NAMED_WITHIN
        )

    def _may_be_named(self, draft: Draft, index: int, mention: Mention, nature: Nature) -> bool:
        """Tell whether nothing that is known of both speaks against a description having this name."""
        described = self.described[index]
        first = self.described[draft.mentions[0]]
        country = modifier_countries(mention) or (
            mention.hit.entries[0].country if mention.hit is not None else ()
        )
        if country and draft.country and not set(country) & set(draft.country):
            return False
        if mention.gender and draft.gender and mention.gender != draft.gender:
            return False
        if draft.nature == "person" and nature == "person":
            offices = {
                one.office_key for one in (described, first) if one is not None and one.office_key is not None
            }
            return len(offices) < 2
        return draft.nature != "person" and nature != "person" and draft.nature in NAMELESS_BODIES

    def _last_word_of(self, mention: Mention, known: str) -> bool:
        """Tell whether "the Commission" takes up "European Commission"."""
        parts = name_parts(mention.name or "")
        return self.tree.lower[mention.first] == "the" and len(parts) == 1 and parts == name_parts(known)[-1:]

    def _same_thing(self, index: int, mention: Mention, nature: Nature) -> tuple[Draft, str] | None:
        """A description of something named before: by its noun, its office, or its kind."""
        word = self.tree.lower[mention.head]
        country = modifier_countries(mention)
        described = self.described[index]
        indefinite = (
            self.tree.lower[mention.first] in self.words.indefinite or self.tree.pos[mention.first] == "NUM"
        )
        if indefinite or self._name_follows(mention):
            return None
        plural = mention.number == "plural"
        if (
            word in self.words.state_nouns
            and mention.definite
            and not plural
            and not country
            and mention.possessor is None
        ):
            latest = self._latest(lambda draft: draft.nature == "country", mention)
            return (latest, "description") if latest is not None else None
        key = (mention.role or word).lower()
        for draft in sorted(self.drafts, key=lambda draft: -draft.last):
            if not agree(nature, draft.nature) or (
                draft.plural != plural and draft.nature not in ("group", "organisation")
            ):
                continue
            if country and draft.country and country != draft.country:
                continue
            if mention.possessor is not None and not self._same_owner(mention, draft):
                continue
            if key in draft.heads or (
                word in draft.heads and mention.definite and self._no_conflict(mention, draft)
            ):
                return draft, "description"
            if not mention.definite:
                continue
            office = described is not None and described.key in draft.keys and mention.possessor is None
            known = described is not None and described.office_key is not None
            if office and draft.nature == "person" and (known or word in draft.titles):
                return draft, "office"
            if draft.names and word in {part.lower() for name in draft.names for part in name.split()}:
                return draft, "description"
        person = self._person_just_named(index, mention, nature)
        if person is not None:
            return person, "description"
        if (
            mention.definite
            and not plural
            and word in self.words.generic
            and mention.possessor is None
            and not country
        ):
            wanted = set(described.sectors) if described is not None else set()
            loose = word in self.words.loose

            def fits(draft: Draft) -> bool:
                if draft.nature not in ("organisation", "group") or not draft.names:
                    return False
                return bool(wanted & draft.sectors) if draft.sectors and wanted else loose

            latest = self._latest(fits, mention)
            if latest is not None:
                return latest, "description"
        return None

    def _person_just_named(self, index: int, mention: Mention, nature: Nature) -> Draft | None:
        """The one person named in the sentence before, for a bare "the pontiff" of the same sector."""
        described = self.described[index]
        bare = mention.end - mention.first == 2 and self.tree.lower[mention.first] == "the"
        if nature != "person" or described is None or described.office_key is not None or not bare:
            return None
        named = [
            draft
            for draft in self.drafts
            if draft.nature == "person"
            and draft.names
            and any(self.mentions[i].sentence == mention.sentence - 1 for i in draft.mentions)
        ]
        if len(named) != 1 or not set(described.sectors) & named[0].sectors:
            return None
        return named[0]

    def _name_follows(self, mention: Mention) -> bool:
        """Tell whether the name of what is described stands right behind ("the aid group Nord", "the group, Nord")."""
        if any(self.tree.pos[token] == "PROPN" for token in mention.appositions):
            return True
        after = mention.end
        return after < len(self.tree.words) and self.tree.pos[after] == "PROPN" and after in self.at

    def _titled_before(self, index: int, mention: Mention) -> int | None:
        """The head of a title with its complement right before a name ("the President of Ukraine | Olha Reut")."""
        for before in range(index - 1, max(-1, index - 4), -1):
            other, described = self.mentions[before], self.described[before]
            between = self.tree.lower[other.end : mention.first]
            if other.sentence != mention.sentence:
                return None
            if between and other.form == "description" and other.complements and between[0] in ("of", "for"):
                last = other.complements[-1][1]
                close = other.end < last < mention.first and self.tree.right_edge(last) == mention.first
                person = (
                    described is not None and described.kind == "person" and other.number == mention.number
                )
                return other.head if close and person and mention.label == "PER" else None
        return None

    def _named_right_after(self, before: Mention, mention: Mention) -> bool:
        """Tell whether a description and a name are one phrase that the parse took apart ("his interpreter | Huon Huot")."""
        described = self.described[self.at[before.head]]
        return (
            before.form == "description"
            and before.end == mention.first
            and self.tree.case_of(before.head) not in ("of", "for")
            and before.number == mention.number
            and self.tree.pos[before.head] in ("NOUN", "PROPN")
            and (
                before.definite
                or mention.label == "PER"
                or (described is not None and described.kind == "person")
            )
        )

    def _no_conflict(self, mention: Mention, draft: Draft) -> bool:
        """Tell whether no earlier mention has another role with the noun ("foreign minister", "defence minister")."""
        role = (mention.role or "").lower().split()
        if len(role) < 2:
            return True
        return any(
            set(role) <= set(head.split()) or set(head.split()) <= set(role)
            for head in draft.heads
            if " " in head
        )

    def _same_owner(self, mention: Mention, draft: Draft) -> bool:
        owner = self.draft_of.get(self.at.get(mention.possessor or -1, -1))
        for index in draft.mentions:
            other = self.mentions[index]
            if (
                other.possessor is not None
                and self.draft_of.get(self.at.get(other.possessor, -1)) is owner
                and owner is not None
            ):
                return True
        return owner is not None and owner.state is not None and draft.country == (owner.state,)

    def _latest(self, fits: Callable[[Draft], bool], mention: Mention) -> Draft | None:
        best: tuple[float, Draft] | None = None
        for draft in self.drafts:
            if fits(draft) and draft.mentions:
                score = self.ranking.salience(draft, mention, subject_wanted=False)
                if best is None or score > best[0]:
                    best = score, draft
        return best[1] if best is not None else None

    # Pronouns

    def _first_person(self, index: int) -> bool:
        mention = self.mentions[index]
        return mention.form == "pronoun" and self.words.pronouns[self.tree.lower[mention.head]].person == 1

    def _pronoun(self, index: int, mention: Mention) -> None:
        pronoun = self.words.pronouns[self.tree.lower[mention.head]]
        found: Draft | None
        if pronoun.person == 1:
            found = self._speaker(mention)
            by = "speaker"
        elif pronoun.relative:
            found, by = self._antecedent_of_clause(mention), "relative"
            if found is None:
                self._open(index, "thing")
                return
        else:
            found, by = self._ranked(index, pronoun), "pronoun"
        if found is None:
            self.waiting.append(index)
        else:
            self._join(index, found, by)

    def _antecedent_of_clause(self, mention: Mention) -> Draft | None:
        """The noun that a relative clause hangs on."""
        token = mention.head
        for _ in range(6):
            above = self.tree.head[token]
            if self.tree.dep[token] == "acl:relcl":
                return self.draft_of.get(self.at.get(above, -1))
            if above == token:
                return None
            token = above
        return None

    def _ranked(self, index: int, pronoun: Pronoun) -> Draft | None:
        best: tuple[float, Draft] | None = None
        for draft in self.drafts:
            score = self.ranking.fit(draft, index, pronoun)
            if score is not None and (best is None or score > best[0]):
                best = score, draft
        return best[1] if best is not None else None

    def _following(self, index: int) -> Draft | None:
        """The first fitting subject after a pronoun in its own sentence."""
        mention = self.mentions[index]
        pronoun = self.words.pronouns[self.tree.lower[mention.head]]
        for later in range(index + 1, len(self.mentions)):
            other = self.mentions[later]
            if other.sentence != mention.sentence:
                return None
            draft = self.draft_of.get(later)
            if draft is None or not other.subject or other.form == "pronoun":
                continue
            fits = draft.nature == "person" if pronoun.animate == "person" else draft.nature != "person"
            if fits and not (pronoun.gender and draft.gender and pronoun.gender != draft.gender):
                return draft
        return None

    # Speakers

    def _speaker(self, mention: Mention) -> Draft | None:
        token = self.speaker_of(mention.head)
        if token is None and not self.quoted[mention.head]:
            token = self.issuer
        return self.draft_of.get(self.at.get(token, -1)) if token is not None else None

    def _quotation(self, token: int) -> int:
        """The first token of the quotation around a token, -1 outside quotations."""
        if not self.quoted[token]:
            return -1
        while token and self.quoted[token - 1]:
            token -= 1
        return token

    def _heard(self, token: int) -> int | None:
        return reporting_subject(self.tree, token, self.quoted, self.at, self.words)

    # Growing

    def _close_list(self, index: int) -> None:
        """When the last member of an "and" list has been read, the list itself can be meant by "they"."""
        mention = self.mentions[index]
        if mention.relation != "conj":
            return
        head = self.tree.head[mention.head]
        first = self.mentions[self.at[head]] if head in self.at else None
        if first is None or not first.members or first.members[-1] != mention.head:
            return
        parts = [self.draft_of.get(self.at.get(token, -1)) for token in (first.head, *first.members)]
        numbers = tuple(
            dict.fromkeys(part.number for part in parts if part is not None and part.nature != "thing")
        )
        if len(numbers) < 2:
            return
        draft = Draft(
            number=len(self.drafts), nature="list", plural=True, parts=numbers, last=self.at[first.head]
        )
        self.drafts.append(draft)

    def _open(self, index: int, nature: Nature) -> Draft:
        draft = Draft(number=len(self.drafts), nature=nature)
        self.drafts.append(draft)
        self._join(index, draft, "first")
        return draft

    def _join(self, index: int, draft: Draft, by: str) -> None:
        mention = self.mentions[index]
        draft.mentions.append(index)
        draft.by.append(by)
        draft.last = max(draft.last, index)
        self.draft_of[index] = draft
        draft.gender = draft.gender or mention.gender
        if mention.form == "pronoun":
            return
        if by in ("first", "name", "apposition") and mention.number == "plural" and not draft.names:
            draft.plural = draft.nature not in ("country", "organisation")
        if mention.name:
            draft.names.append(mention.name)
        if mention.hit is not None:
            entry = mention.hit.entries[0]
            draft.entry = draft.entry or entry.id
            draft.state = draft.state or state_of(mention)
            draft.country = draft.country or entry.country
            draft.sectors |= set(entry.sectors)
        draft.country = draft.country or modifier_countries(mention)
        if mention.possessor is not None and not draft.country:
            owner = self.draft_of.get(self.at.get(mention.possessor, -1))
            if owner is not None and owner.state is not None:
                draft.country = (owner.state,)
        described = self.described[index]
        if title := (mention.role or "").lower().split()[-1:]:
            draft.titles.add(title[0])
        if described is not None:
            draft.keys.add(described.key)
            draft.sectors |= set(described.sectors)
            if draft.nature == "thing":
                draft.nature = self._nature(index)
        if mention.form == "description":
            draft.heads |= {self.tree.lower[mention.head], (mention.role or "").lower()} - {""}
        elif draft.nature in ("thing", "organisation") and self._nature(index) == "person":
            draft.nature = "person"
