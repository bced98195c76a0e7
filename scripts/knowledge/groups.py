"""Armed groups from the UCDP Actor Dataset: names, abbreviations, former and full names, state."""

import re

from scripts.knowledge.sources import Sources, entity, words

SOURCE = "UCDP Actor Dataset 22.1 (CC BY 4.0)"
FORMALLY_ORGANISED = "1"
SHORTEST_ABBREVIATION = 4  # shorter ones mean many things; those in use are in the hand table
NOTHING = frozenset({"", "n/a"})
UNCLEAR = words("groups")


def build(sources: Sources) -> list[dict[str, str]]:
    """One row for each formally organised group; several states: IMG only where the hand table says so."""
    states = {}
    for line in sources.csv("country_crosswalk/country_crosswalk.csv"):
        for column in ("gw_now", "cow"):
            if line[column]:
                states.setdefault(line[column].split(".")[0], line["iso3"])
    rows = []
    for line in sources.csv("ucdp_actors/ucdp-actor-221.csv"):
        if line["Org"] != FORMALLY_ORGANISED:
            continue
        first = re.split(r"[,;]", line["GWNOLoc"])[0].strip()
        iso = states.get(first, "")
        names = [
            line[column].strip()
            for column in (
                "NameData",
                "NameOrig",
                "NameOrigFull",
                "NameOrigFullEng",
                "NewName",
                "NewNameFullEng",
            )
        ]
        kept = [form for name in names if name not in NOTHING for form in _forms(name)]
        if not iso or not kept:
            continue
        full = next(
            (
                name
                for name in (line["NewNameFullEng"], line["NameOrigFullEng"])
                if name.strip() not in NOTHING
            ),
            kept[0],
        )
        rows.append(
            entity(
                id=f"ucdp:{line['ActorId']}", kind="group", name=full.strip(), names=kept, country=iso,
                sectors="CRM" if "Cartel" in full else "REB", source=SOURCE,
            )
        )  # fmt: skip
    return rows


def _forms(name: str) -> list[str]:
    """The name and what stands before a bracket; no short abbreviations, no single common words."""
    forms = []
    for form in dict.fromkeys((name, re.sub(r"\s*\(.*?\)", "", name).strip(), *name.split(" / "))):
        plain = form.strip()
        if plain in UNCLEAR or not plain[:1].isalpha() or "/" in plain or "(" in plain:
            continue
        if (
            " " not in plain
            and "-" not in plain
            and (len(plain) < SHORTEST_ABBREVIATION or not plain.isupper())
        ):
            continue
        forms.append(plain)
    return forms
