"""Parties that grammar or the type of act gives where no phrase of their own names them, and acts that are shared.

A nationality before a noun that tells an act is its doer ("a Ukrainian drone attack", "the U.S.-led invasion"); a protest is
made by protesters of the place where it is held (the "mechanical agent" of coding.md §4). Talks that are no visit, and
fighting called a clash or a battle, have all sides as actors and no recipient (coding.md §2). And where both the acting
side's own people and another state seem to be aimed at, the act is aimed at the other state.
"""

from collections.abc import Sequence

from dragoman.coding.actors import Actors
from dragoman.coding.acts import Act
from dragoman.coding.roles import Cast, Player
from dragoman.coding.words import Words
from dragoman.knowledge import Knowledge
from dragoman.records import Actor, Place, Reason, Span

MODIFIERS = frozenset(("amod", "compound", "nmod:poss", "nmod", "nmod:desc"))
NAMES = frozenset(("demonym", "country", "group", "igo"))
ARMED = frozenset(("ASSAULT", "MOBILIZE"))
# Of what two sides do to each other. On the training part 48 of 59 such acts have all sides as actors and no recipient.
FIGHTING = frozenset({
    "clash", "clashes", "clashed", "clashing", "battle", "battles", "fighting", "skirmish", "skirmishes", "firefight",
    "gunfight", "gunfights", "gunbattle", "shootout", "shoot-out", "exchange", "exchanges", "exchanged",
})  # fmt: skip
ABOUT = frozenset(("over", "against"))
CLEAR = 0.6  # probability from which a recipient stays, whatever his country
PROBABILITY = 0.7  # set by hand, not measured: below what a phrase of its own usually gets


def doers_by_modifier(act: Act, actors: Actors, words: Words, knowledge: Knowledge) -> list[Player]:
    """The state or group whose name modifies a nominal trigger."""
    inside = set(act.tokens)
    nouns = {t for t in inside if words.pos[t] in ("NOUN", "PROPN")}
    if not nouns:
        return []
    for hit in actors.hits:
        entry = hit.entries[0]
        if entry.kind not in NAMES or not entry.country:
            continue
        token = actors.tree.token_at(hit.start)
        if token in inside or words.heads[token] not in nouns or words.deps[token] not in MODIFIERS:
            continue
        span = words.span(token, max(token, actors.tree.token_at(hit.end - 1)))
        state = entry.kind in ("demonym", "country")
        actor = Actor(
            name=knowledge.country(entry.country[0]).name if state else entry.name,
            id=entry.id,
            kind="country" if state else "group" if entry.kind == "group" else "organisation",
            country=entry.country[:1],
            sectors=("MIL",) if state and act.type in ARMED else entry.sectors or (("GOV",) if state else ()),
            mentions=(span,),
            resolved_by="nationality",
            confidence=0.9,
        )
        return [
            Player(
                actor=actor,
                probability=PROBABILITY,
                reasons=(_reason(actor, "implied:modifier of the act", span),),
                span=span,
            )
        ]
    return []


def may_be_shared(act: Act, words: Words) -> bool:
    """Tell whether all sides may do it together, so that nobody is its recipient: talks, a clash."""
    if act.type == "CONSULT":
        return True
    return act.type == "ASSAULT" and any(words.word(t).lower() in FIGHTING for t in act.tokens)


def protesters(act: Act, place: Place | None) -> list[Player]:
    """The protesters of the place where a protest without a named crowd is held."""
    if act.type != "PROTEST" or place is None or place.country is None:
        return []
    actor = Actor(
        name="protesters",
        kind="crowd",
        country=(place.country,),
        sectors=("CVL",),
        mentions=(act.span,),
        resolved_by="description",
        confidence=0.8,
    )
    return [
        Player(
            actor=actor,
            probability=PROBABILITY,
            reasons=(_reason(actor, "implied:a protest has protesters", act.span),),
            span=act.span,
        )
    ]


def protested_against(act: Act, cast: Cast) -> list[Player]:
    """Whoever a protest is against, or whose law or plan it is about ("over the government's reform"; coding.md case 9)."""
    words = cast.words
    if act.type != "PROTEST":
        return []
    for token in act.tokens:
        for child in words.children[token]:
            cases = {words.lower[t] for t in words.children[child] if words.deps[t] == "case"}
            if not cases & ABOUT:
                continue
            below = [t for t in words.children[child] if words.deps[t] in ("nmod:poss", "nmod")]
            for told in (*below, child):
                if found := cast.named_at(told, field="recipients", by="implied:what the protest is about"):
                    return found
    return []


def on_neutral_ground(act: Act, place: Place | None, parties: Sequence[Player]) -> bool:
    """Tell whether talks of several states are held in the country of none of them: nobody is host (coding.md case 16)."""
    if act.type != "CONSULT" or place is None or place.country is None:
        return False
    lands = [set(p.actor.country) for p in parties if p.actor.country]
    return len({code for land in lands for code in land}) > 1 and all(place.country not in x for x in lands)


def aimed_at(kind: str, doers: Sequence[Player], others: Sequence[Player]) -> list[Player]:
    """Leave out less sure recipients of the doers' own country where another is aimed at.

    States deal with each other: in an exchange even a sure one is left out ("extradited a banker | to Argentina").
    """
    own = {code for player in doers for code in player.actor.country}
    foreign = {code for player in others for code in player.actor.country} - own
    clear = 1.0 if kind == "COOPERATE" else CLEAR
    return [p for p in others if p.probability >= clear or not foreign or not set(p.actor.country) & own]


def hosts_among(
    act: Act, modes: Sequence[str], place: Place | None, parties: Sequence[Player]
) -> list[Player]:
    """The parties of talks in whose country they are held, if not all are: the others visit them.

    On the training part all 71 visits with a place in the country of some but not all parties are coded so.
    """
    if act.type != "CONSULT" or place is None or place.country is None or "visit" not in modes:
        return []
    hosts = [p for p in parties if place.country in p.actor.country]
    return hosts if 0 < len(hosts) < len(parties) else []


def _reason(actor: Actor, by: str, span: Span) -> Reason:
    return Reason(field="actors", value=actor.name, by=by, evidence=(span,), probability=PROBABILITY)
