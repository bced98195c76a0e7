"""Parties from Party Facts and the Factbook: names and abbreviations of four letters or more."""

import re

from anyascii import anyascii
from scripts.knowledge.countries import acting_states
from scripts.knowledge.sources import Sources, entity, words

FORMER_STATES = {
    "XKO": "XKX",
    "KOS": "XKX",
    "SUN": "RUS",
    "YUG": "SRB",
    "SCG": "SRB",
    "DDR": "DEU",
    "CSK": "CZE",
}
SHORTEST_ABBREVIATION = 4
GONE_BEFORE = "1990"
# An English name must say that it is a party, else it is too often something else.
PARTY_WORDS = re.compile(
    r"\b(?:Party|Partido|Parti|Partij|Partei|Partito|Front|Movement|Union|Alliance|League|Congress|Coalition|Democrats?|Socialists?|Liberals?|"
    r"Communists?|Conservatives?|Greens|Bloc|Republicans|Labour|Labor|Rally|Nationalist|Democratic)\b"
)
SHARED_BY_MANY, GENERIC = words("shared_by_parties"), words("not_parties")
NOT_PARTIES = re.compile(
    r"independent|unknown|other\b|others|coalition of|electoral|list\b|muslims?$|catholic|christians?$|none|no party",
    re.I,
)


def build(sources: Sources) -> list[dict[str, str]]:
    """Rows of Party Facts, then of the Factbook what is not there under the same name and state."""
    wikidata = {
        line["partyfacts_id"]: line["wikidata_id"] for line in sources.csv("party_facts/wikidata.csv")
    }
    acting = acting_states(sources)
    rows, known = [], set()
    for line in sources.csv("party_facts/partyfacts-core-parties.csv"):
        last, state = line["year_last"], FORMER_STATES.get(line["country"], line["country"])
        if state not in acting or (last and last < GONE_BEFORE):
            continue
        english, native, short = line["name_english"], line["name"], line["name_short"]
        names = [*_names(english), *_names(native), *_abbreviation(short)]
        if not names:
            continue
        known |= {(line["country"], anyascii(name).lower()) for name in names}
        rows.append(
            entity(
                id=wikidata.get(line["partyfacts_id"]) or f"partyfacts:{line['partyfacts_id']}", kind="party",
                name=(english or native).split(" / ")[0], names=names, country=acting[state], sectors="PTY",
                wikidata=wikidata.get(line["partyfacts_id"], ""), source="Party Facts (MIT)",
            )
        )  # fmt: skip
    for line in sources.csv("factbook_countries/parties.csv.gz"):
        name = re.sub(r" or [A-Z].*$", "", line["name"]).strip()
        abbreviations = [
            form for part in re.split(r"[|;]", line["abbreviations"]) for form in _abbreviation(part.strip())
        ]
        names = [*_names(name), *abbreviations]
        if line["iso3"] not in acting or not names or (line["iso3"], anyascii(name).lower()) in known:
            continue
        rows.append(
            entity(
                id=f"factbook:{line['iso3'].lower()}:{anyascii(name).lower().replace(' ', '-')}", kind="party",
                name=name, names=names,
                country=acting[line["iso3"]], sectors="PTY", source="CIA World Factbook, 2026-01",
            )
        )  # fmt: skip
    return rows


def _names(text: str) -> list[str]:
    names = []
    for part in re.split(r" / |;", text):
        name = re.sub(r"\s*\([^)]*\)", "", part).strip(" ,").removeprefix("The ")
        words = name.split()
        if not 2 <= len(words) <= 9 or not name[0].isupper() or NOT_PARTIES.search(name) or name in GENERIC:
            continue
        if name.isascii() and (
            not PARTY_WORDS.search(name) or (len(words) == 2 and words[0] in SHARED_BY_MANY)
        ):
            continue
        names.append(name)
    return names


def _abbreviation(short: str) -> list[str]:
    letters = short.replace("-", "")
    return (
        [short]
        if len(letters) >= SHORTEST_ABBREVIATION
        and letters.isalpha()
        and letters.isupper()
        and letters.isascii()
        else []
    )
