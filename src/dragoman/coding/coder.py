"""From a parsed Doc to records: the stages in order.

Read this file as the table of contents of the room: each stage is a module that answers one question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dragoman.codebook import Codebook
from dragoman.coding.actors import Actors
from dragoman.coding.acts import Act, find_acts
from dragoman.coding.assemble import Draft, event_record, statement_record
from dragoman.coding.constraints import fit, turn
from dragoman.coding.counts import count_reasons, find_counts
from dragoman.coding.dates import date_event, find_timexes, lead_end
from dragoman.coding.demands import Demand, find_demands
from dragoman.coding.factuality import Factuality
from dragoman.coding.heads import Heads, heads_of
from dragoman.coding.implied import (
    aimed_at,
    doers_by_modifier,
    hosts_among,
    may_be_shared,
    on_neutral_ground,
    protested_against,
    protesters,
)
from dragoman.coding.modes import contexts_of, modes_of
from dragoman.coding.own_categories import OwnCategories
from dragoman.coding.places import find_toponyms, place_event
from dragoman.coding.quotes import find_quotations
from dragoman.coding.repeats import Telling, group
from dragoman.coding.roles import Cast
from dragoman.coding.sources import assertions, chain, tie, with_outlets
from dragoman.coding.stances import stances_of
from dragoman.coding.statements import Saying, find_statements
from dragoman.coding.status import age, is_coming, status_of
from dragoman.coding.topics import without_topics
from dragoman.coding.words import Words
from dragoman.knowledge import Knowledge
from dragoman.knowledge.places import Gazetteer
from dragoman.records import Coded, Document, Timex, Toponym, event_id, statement_id

# Verbal by quadrant, but things that happen at a place and time of their own.
DEEDS_OF_WORDS = frozenset(("CONSULT", "PROTEST"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The read-only tables that coding needs."""

    codebook: Codebook
    knowledge: Knowledge
    gazetteer: Gazetteer
    own: OwnCategories | None = None  # the user's own codebook


def code(doc: Any, document: Document, tables: Tables) -> Coded:
    """Code one document. doc: its text, read by a pipeline with Dragoman's meaning heads."""
    heads, words = heads_of(doc), Words(doc)
    actors = Actors(doc, document, tables.knowledge, heads=heads)
    timexes = find_timexes(doc, document.published)
    toponyms = find_toponyms(doc, tables.gazetteer, hits=actors.hits, place_line=document.place_line)
    cast = Cast(heads, actors, words)
    sayings, silent = find_statements(doc, heads, cast, words, find_quotations(words))
    sayings = with_outlets(cast, words, sayings)
    acts, near = find_acts(heads, words)
    acts, topics = without_topics(acts, words)
    acts, demands = find_demands(acts, sayings, cast)
    ties = tie(acts, sayings)

    lead = lead_end(words)
    grammar = Factuality(doc, words)
    drafts = [
        _draft(document, tables, heads, cast, act, grammar, timexes, toponyms, lead, demands.get(number))
        for number, act in enumerate(acts)
    ]
    kept, unfit = fit(drafts, tables.codebook)
    groups = group(doc, heads, [_telling(drafts[i]) for i in kept])
    groups = [[kept[i] for i in members] for members in groups]

    event_ids = {
        i: event_id(document.id, drafts[members[0]].act.span, drafts[members[0]].act.type)
        for members in groups
        for i in members
    }
    statement_ids = [statement_id(document.id, saying.cue_record, saying.pieces) for saying in sayings]
    statuses = {i: drafts[i].status for i in range(len(drafts))}

    events = []
    own_reading = None if tables.own is None else tables.own.of(words, acts)
    for members in groups:
        sources, reasons = chain(
            ties.sources[members[0]], sayings, statement_ids, announcers=drafts[members[0]].actors
        )
        own = next((ties.own[i] for i in members if ties.own[i] is not None), None)
        events.append(
            event_record(
                document,
                [drafts[i] for i in members],
                tables.codebook,
                doc=doc,
                sources=sources,
                source_reasons=reasons,
                statement=None if own is None else statement_ids[own],
            )
        )
        if own_reading is not None:
            events[-1] = own_reading.categorise(events[-1], [drafts[i].act for i in members])
    statements = []
    players = _players(drafts, sayings)
    for k, saying in enumerate(sayings):
        sources, reasons = chain(
            ties.outer[k], sayings, statement_ids, announcers=saying.speakers, relays=saying.relays
        )
        stance, stance_reasons = stances_of(heads, words, actors, saying, players)
        statements.append(
            statement_record(
                document,
                saying,
                statement_ids[k],
                sources=sources,
                source_reasons=reasons,
                asserts=assertions(k, ties, statuses, sayings, event_ids),
                event=next((event_ids[i] for i in event_ids if ties.own[i] == k), None),
                stance=stance,
                stance_reasons=stance_reasons,
            )
        )
    statements.sort(key=lambda statement: min(span.start for span in statement.content))
    finished = replace(
        document,
        sentences=words.sentences(),
        entities=actors.entities(),
        missed=tuple(sorted((*near, *topics, *silent, *unfit), key=lambda m: m.span.start)),
        timexes=tuple(timexes),
        toponyms=tuple(toponyms),
    )
    return Coded(document=finished, events=tuple(events), statements=tuple(statements))


def _players(drafts: Sequence[Draft], sayings: Sequence[Saying]) -> frozenset[str]:
    """Names of all who do, undergo or say something."""
    acting = (player for draft in drafts for player in (*draft.actors, *draft.recipients))
    speaking = (player for saying in sayings for player in saying.speakers)
    return frozenset(player.actor.name for player in (*acting, *speaking))


def _draft(
    document: Document,
    tables: Tables,
    heads: Heads,
    cast: Cast,
    act: Act,
    grammar: Factuality,
    timexes: Sequence[Timex],
    toponyms: Sequence[Toponym],
    lead: int,
    demand: Demand | None,
) -> Draft:
    """All that is known of one telling of an act."""
    kind, tokens, span, words = act.type, act.tokens, act.span, cast.words
    needs = tables.codebook.needs_recipient(kind)
    reach = (min(tokens), max(tokens) + 1)
    said = tables.codebook.quad(kind).code in (1, 3) and kind not in DEEDS_OF_WORDS
    place, place_reason = place_event(words, reach, toponyms, is_speech_act=said)
    modes, mode_reasons, mode_sure = modes_of(heads, tokens, kind, span)
    parties = cast.parties(tokens, kind) if may_be_shared(act, words) else []
    hosts = hosts_among(act, modes, place, parties)
    nobodys = on_neutral_ground(act, place, parties)
    if demand is not None:
        doers, others = list(demand.actors), list(demand.recipients)
    elif hosts or (parties and ("visit" not in modes or nobodys)):
        doers, others = [p for p in parties if p not in hosts], hosts
    else:
        doers, others = cast.sides(tokens, kind, needs_recipient=needs)
    if not doers:
        doers = doers_by_modifier(act, cast.actors, words, tables.knowledge) or protesters(act, place)
    own = {(p.actor.name, p.actor.country) for p in doers}
    others = [p for p in others if (p.actor.name, p.actor.country) not in own]
    if kind != "CONSULT":
        others = aimed_at(kind, doers, others or protested_against(act, cast))
    verdict = grammar.verdict(tokens)
    status, status_reasons, sure = status_of(heads, tokens, span, type=kind, verdict=verdict, words=words)
    act, status, turned = turn(act, status, tables.codebook)
    if turned:  # into a type of words, which has no modes
        kind, said = act.type, True
    contexts, context_reasons = contexts_of(heads, tokens, span)
    when, when_reason = date_event(
        words,
        reach,
        timexes,
        document.published,
        realis=status.realis,
        is_lead=tokens[0] < lead and not is_coming(kind, verdict),
        is_speech_act=said,
    )
    status, aged = age(status, when, document.published)
    counts = find_counts(words, reach, kind)
    if not tables.codebook.modes(kind):
        modes, mode_reasons, mode_sure = (), [], None
    why = [act.reason, *turned, *mode_reasons, *context_reasons]
    why += [reason for player in (*doers, *others) for reason in player.reasons]
    why += [
        *status_reasons,
        *([aged] if aged else []),
        when_reason,
        *([place_reason] if place_reason else []),
        *count_reasons(counts),
    ]
    return Draft(
        act=act,
        actors=tuple(doers),
        recipients=tuple(others),
        status=status,
        modes=modes,
        contexts=contexts,
        date=when,
        place=place,
        counts=counts,
        confidence={
            "type": act.probability,
            **sure,
            **({"modes": mode_sure} if mode_sure is not None else {}),
        },
        why=tuple(why),
    )


def _telling(draft: Draft) -> Telling:
    return Telling(
        act=draft.act,
        actors=draft.actors,
        recipients=draft.recipients,
        status=draft.status,
        date=draft.date.start if draft.date else None,
        place=draft.place.name if draft.place else None,
    )


__all__ = ["Tables", "code"]
