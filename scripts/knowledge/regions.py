"""First-level units (states, provinces, regions) that act with their state, from GeoNames, where the name is clear."""

import re
from collections import Counter

from anyascii import anyascii
from scripts.knowledge.countries import acting_states
from scripts.knowledge.sources import Sources, entity, words

UNCLEAR = words("regions")
SOURCE = "GeoNames admin1CodesASCII (CC BY 4.0)"
KINDS = re.compile(
    r"\b(?:Province|Region|Governorate|Oblast|Department|District|Municipality|County|Prefecture|Parish|Canton|Emirate|Krai|Division|"
    r"Rayon|Voblasts|Distrito|Departamento|Voivodeship|Ward)\b",
    re.IGNORECASE,
)
MOST_UNITS = 90  # Slovenia's, Latvia's and North Macedonia's "first-level units" are their villages


def build(sources: Sources) -> list[dict[str, str]]:
    """One row for each name that a single state has, that is not a state's or capital's, and that means nothing else."""
    acting = acting_states(sources)
    lines = sources.csv("country_crosswalk/country_crosswalk.csv")
    iso3 = {line["iso2"]: acting.get(line["iso3"], "") for line in lines}
    taken = _names_of_states(sources)
    found = []
    for line in sources.text("geonames_admin/admin1CodesASCII.txt").splitlines():
        code, name, ascii_name, geonameid = line.split("\t")
        bare = " ".join(KINDS.sub(" ", name).replace(" of ", " ").split()).strip(" -,")
        found.append((iso3.get(code[:2], ""), bare, ascii_name, geonameid))
    units = Counter(iso for iso, _, _, _ in found)
    count = Counter(anyascii(bare).lower() for _, bare, _, _ in found)
    rows = []
    for iso, bare, _, geonameid in found:
        plain = anyascii(bare)
        if (
            not iso
            or units[iso] > MOST_UNITS
            or len(plain) < 4
            or count[plain.lower()] > 1
            or plain.lower() in taken
            or "(" in bare
        ):
            continue
        if all(word in UNCLEAR for word in plain.replace("-", " ").split()):
            continue
        rows.append(
            entity(
                id=f"geonames:{geonameid}",
                kind="region",
                name=bare,
                names=[bare],
                country=iso,
                sectors="GOV",
                source=SOURCE,
            )
        )
    return rows


def _names_of_states(sources: Sources) -> set[str]:
    taken = set()
    for line in sources.csv("country_crosswalk/country_crosswalk.csv"):
        for column in ("cldr_name", "cldr_short", "factbook_short", "geonames_capital", "factbook_capital"):
            taken.add(anyascii(line[column]).lower().strip())
    return taken
