"""First-level units (states, provinces, regions) that act with their state, from GeoNames, where the name is clear."""

import re
from collections import Counter

from anyascii import anyascii

from scripts.knowledge.countries import ACT_FOR_THEMSELVES, OWNER
from scripts.knowledge.sources import Sources, entity

SOURCE = "GeoNames admin1CodesASCII (CC BY 4.0)"
KINDS = re.compile(
    r"\b(?:Province|Region|Governorate|Oblast|Department|District|State|Municipality|County|Prefecture|Parish|Canton|Emirate|"
    r"Krai|Republic|Division|Autonomous|Capital|Territory|City|Rayon|Voblasts|Distrito|Federal|Departamento|Voivodeship)\b",
    re.IGNORECASE,
)
MOST_UNITS = 90  # Slovenia's, Latvia's and North Macedonia's "first-level units" are their villages
# Words that are names of people or of anything else first.
UNCLEAR = frozenset(
    """
Aden Alexandria Antigua Artemisa Asia Atlantic Bar Black Blue Bush Capital Center Central Centre Charlotte Christ Church City Coast
Colon Columbia Constantine Cross Dominica East Eastern Elgin Florence Florida Francisco George Georgia Gisborne Grande Greater Hamilton Harbour
Highlands Home Islands Kent Kingston La Lara Lima Lincoln London Los Madrid Male Maria Mary Matthew Michael Miranda Monaco
Monagas Morgan North Northern Norfolk Nelson Olive Orange Oriental Paris Park Patrick Paul Peter Philip Portland Rivers River Roma Sale San
Santa Santiago Savannah Sofia South Southern Stuart Sucre Sud Sur Thomas Trinity Union Upper Valencia Victoria Warwick Wellington West Western
White York Yoro Zone Islas Ouest Nord Est Centro Norte Central Plateau Littoral Delta Gulf Hills Lakes Manchester Independencia Bolivar Guerrero
Hidalgo Morelos Moscow Mary Lori Marche Guria Barima Ariana Osh Ismail Jordan Kara Tete Nana Diana Sofia Alba Cluj Bihor Olt Dolj Ida Mon Sidi
Saint Nippes Artibonite Plaisance Flacq Pamplemousses Moka Como Bas Batha Chari Mayo Lac Lavalleja Flores Durazno Salto Rocha Soriano
Peravia Duarte Azua Samana Darien Chiriqui Cocle Veraguas Kosovo Moravia
Niger Zambezi Benin Congo Guinea Jersey Brunei Singapore Chad Mali Malta Cyprus Lebanon Luxembourg Brussels Berlin Vienna Rome Athens Tokyo Beijing
Macedonia Azuay Loja Amazonas Amazon Pacific Amur Sabah Lagos Kano Rivers Cross Ondo Edo Imo Abia Oyo Ogun Kogi Yobe Taraba Bauchi Gombe
""".split()
)


def build(sources: Sources) -> list[dict[str, str]]:
    """One row for each name that a single state has, that is not a state's or capital's, and that means nothing else."""
    iso3 = {}
    for line in sources.csv("country_crosswalk/country_crosswalk.csv"):
        owner = "" if line["iso3"] in ACT_FOR_THEMSELVES else OWNER.get(line["independent"][-2:], "")
        iso3[line["iso2"]] = owner or line["iso3"]
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
