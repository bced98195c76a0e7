"""Countries: names, adjectives, demonyms, capitals, from the crosswalk, the Factbook and CLDR."""

import re

from scripts.knowledge.sources import Sources, entity, words

SOURCE = "country_crosswalk (CLDR, CIA World Factbook, GeoNames)"
NOT_STATES = frozenset({"ISO3", "ATA", "ANT", "SCG", "UMI", "BVT", "HMD", "ATF", "SGS", "IOT", "SJM"})
# Dependent territories act as their state (coding.md §7 case 18); these four count as such.
ACT_FOR_THEMSELVES = frozenset({"HKG", "PSE", "TWN", "XKX", "COK", "NIU", "ESH"})
OWNER = {
    "AU": "AUS",
    "DK": "DNK",
    "FI": "FIN",
    "FR": "FRA",
    "GB": "GBR",
    "NL": "NLD",
    "NO": "NOR",
    "NZ": "NZL",
    "US": "USA",
    "CN": "CHN",
}
# Forms of the crosswalk that are wrong as they stand, double with another state, or no words of news.
LEAVE_OUT = words("country_names")
HOMONYM_ADJECTIVES = {"Dominican": ("DOM", "DMA"), "Congolese": ("COD", "COG")}
INSULAR = re.compile(r"^(?:St\.|Saint) ")


def acting_states(sources: Sources) -> dict[str, str]:
    """Each ISO code and the code that it acts under: its own, or for a dependent territory its state's."""
    acting = {}
    for line in sources.csv("country_crosswalk/country_crosswalk.csv"):
        owner = "" if line["iso3"] in ACT_FOR_THEMSELVES else OWNER.get(line["independent"][-2:], "")
        if line["iso3"] not in NOT_STATES:
            acting[line["iso3"]] = owner or line["iso3"]
    return acting


def build(sources: Sources) -> list[dict[str, str]]:
    """Rows of country, demonym and capital."""
    rows = []
    for line in sources.csv("country_crosswalk/country_crosswalk.csv"):
        iso = line["iso3"]
        if iso in NOT_STATES:
            continue
        name = _plain(line["cldr_short"] if iso in {"HKG", "MAC", "PSE"} else line["cldr_name"])
        name = NAMES.get(iso, name)
        owner = OWNER.get(line["independent"][-2:], "") if iso not in ACT_FOR_THEMSELVES else ""
        code = owner or iso
        kind = "region" if owner else "country"
        common = {
            "id": iso,
            "name": name,
            "country": code,
            "wikidata": line["wikidata"],
            "source": SOURCE,
            "start": FIRST_DAY.get(iso, ""),
        }
        names = [
            name,
            line["cldr_name"],
            line["cldr_short"],
            line["cldr_variant"],
            line["factbook_short"],
            line["factbook_long"],
        ]
        rows.append(entity(kind=kind, names=_names(names), sectors="GOV", **common))
        adjectives, singulars, plurals = _demonyms(line)
        for form, forms in (("adjective", adjectives), ("singular", singulars), ("plural", plurals)):
            rows.append(
                entity(
                    kind="demonym", names=[one for one in forms if one not in LEAVE_OUT], form=form, **common
                )
            )
        capitals = [
            line["geonames_capital"].strip(),
            line["factbook_capital"].split("(")[0].split(";")[0].strip(),
        ]
        if not owner and ":" not in capitals[1]:
            rows.append(
                entity(
                    kind="capital", names=[c for c in capitals if c not in LEAVE_OUT], sectors="GOV", **common
                )
            )
    return rows


# States younger than the texts that users read: before, the rows of hand/states.csv hold.
FIRST_DAY = {"MNE": "2006-06-03", "SSD": "2011-07-09", "TLS": "2002-05-20", "XKX": "2008-02-17"}
NAMES = {
    "ATG": "Antigua and Barbuda", "BIH": "Bosnia and Herzegovina", "CIV": "Ivory Coast",
    "COD": "Democratic Republic of the Congo", "COG": "Republic of the Congo", "CZE": "Czech Republic",
    "KNA": "Saint Kitts and Nevis", "MMR": "Myanmar", "PSE": "Palestine",
    "STP": "São Tomé and Príncipe", "TTO": "Trinidad and Tobago", "TUR": "Turkey", "VCT": "Saint Vincent and the Grenadines",
    "LCA": "Saint Lucia", "FSM": "Micronesia", "VAT": "Holy See", "TLS": "East Timor",
}  # fmt: skip


def _plain(text: str) -> str:
    return text.replace("’", "'").replace("&", "and")


def _names(given: list[str]) -> list[str]:
    names = []
    for raw in given:
        text = _plain(raw).split("(")[0].split(" - ")[0].split(";")[0].strip()
        text = re.sub(r"^The ", "", text)
        if not text or ":" in text or "..." in text or text in LEAVE_OUT or "," in text:
            continue
        names += [
            text,
            text.replace(" and ", " & "),
            INSULAR.sub("St. ", text),
            INSULAR.sub("Saint ", text),
            INSULAR.sub("St ", text),
        ]
    return names


def _demonyms(line: dict[str, str]) -> tuple[list[str], list[str], list[str]]:
    """Adjectives, singulars and plurals of one country; the Factbook writes "Briton(s), British (collective plural)"."""
    adjectives = [
        word.strip()
        for word in re.split(r"[,;/]| or ", _clean(line["adjective"]))
        if word.strip()[:1].isupper()
    ]
    singulars, plurals = [], []
    for raw in re.split(r"[,;]| or ", line["demonym"]):
        word = raw.strip()
        stem = re.sub(r"\s*\(.*", "", word).strip()
        if not stem or not stem[0].isupper():
            continue
        if "(s)" in word:
            singulars.append(stem)
            plurals.append(stem + "s")
        elif "(men)" in word or "(women)" in word:
            singulars.append(stem)
            plurals.append(stem.replace("man", "men"))
        elif "plural" in word:
            plurals.append(stem)
            if "singular" in word:
                singulars.append(stem)
    return adjectives, singulars, plurals


def _clean(text: str) -> str:
    return re.sub(r"\([^)]*\)", "", text).replace("Islander(s)", "Islander")
