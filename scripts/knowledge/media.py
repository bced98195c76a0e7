"""News outlets under state control: outlet and state restated as facts; form "state" where the state controls them."""

import re

from scripts.knowledge.countries import acting_states
from scripts.knowledge.sources import Sources, entity, words

SOURCE = (
    "State Media Monitor by way of state-media-profiles, 2024-02: outlet, state and kind of control, as facts"
)
CONTROLLED = frozenset({"SC", "CaPu", "CaPr"})
# Titles that many papers have, or that are words of everyday.
TITLES = words("titles_of_papers")
NUMBERED = re.compile(r"^(?:Channel|Radio|TV|FM|Sunday) ?\w+$")


def build(sources: Sources) -> list[dict[str, str]]:
    """One row for each outlet whose title is clear: of two words, or all capitals."""
    iso3, acting = {}, acting_states(sources)
    for line in sources.csv("country_crosswalk/country_crosswalk.csv"):
        for column in ("cldr_name", "cldr_short", "cldr_variant", "factbook_short", "cow_name_now"):
            iso3.setdefault(line[column].replace("’", "'"), line["iso3"])
    rows = []
    for line in sources.csv("state_media/state_media_2024.csv"):
        iso = acting.get(iso3.get(line["country"].strip(), ""), "")
        names = []
        for text in (
            line["outlet"],
            line["company"] if re.search(r"Agency|Broadcasting|Television", line["company"]) else "",
        ):
            name = re.sub(r"\s*\([^)]*\)|\*", "", text).strip()
            short = re.search(r"\(([A-Z]{4,8})\)", text)
            names += [name, short.group(1) if short else ""]
        kept = [name for name in names if _clear(name)]
        if iso and kept:
            rows.append(
                entity(
                    id=f"media:{iso.lower()}:{kept[0].lower().replace(' ', '-')}", kind="media", name=kept[0], names=kept,
                    country=iso,
                    sectors="JRN", form="state" if line["typology"] in CONTROLLED else "public", source=SOURCE,
                )
            )  # fmt: skip
    return rows


def _clear(name: str) -> bool:
    if (
        len(name) < 4
        or name.removeprefix("The ") in TITLES
        or NUMBERED.match(name)
        or not name[0].isupper()
        or not name.replace(" ", "").replace("-", "").isalpha()
    ):
        return False
    return " " in name or name.isupper() or "-" in name
