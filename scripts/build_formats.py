"""Make the built tables of other systems' codes: countries and first-order divisions.

    python scripts/build_formats.py --knowledge ../shared/data/knowledge [--out src/dragoman/store/formats/data]

Reads `country_crosswalk/country_crosswalk.csv` (FIPS, COW), `cameo/text_to_CAMEO.countrynames.txt` and `.agentnames.txt`
(names, sectors and CAMEO codes of ICEWS), `geonames_admin/admin1CodesASCII.txt` (divisions), and `roles.csv`, which is
written by hand. What the tables do not say, or say wrongly, stands below with its reason. Writes `countries.csv`,
`admin1.csv`, `icews_sectors.csv` and `built.json` (hashes).
"""

import argparse
import csv
import hashlib
import json
import sys
from pathlib import Path

CROSSWALK = "country_crosswalk/country_crosswalk.csv"
ICEWS = "cameo/text_to_CAMEO.countrynames.txt"
AGENTS = "cameo/text_to_CAMEO.agentnames.txt"
DIVISIONS = "geonames_admin/admin1CodesASCII.txt"
COUNTRY_FIELDS = (
    "iso3",
    "name",
    "fips",
    "fips_other",
    "cow",
    "cameo",
    "cameo_other",
    "icews",
    "icews_other",
    "source",
)
SECTOR_FIELDS = ("name", "sectors", "beyond", "source")
DIVISION_FIELDS = ("fips", "code", "name")
HEAD = "ISO3"  # a second header inside the crosswalk

# FIPS 10-4 where the crosswalk has a slip (blank, lower case) or gives one code to two countries.
NO_FIPS = {"ALA", "UMI", "BES"}
# Codes for actors that CAMEO kept while ISO moved on, as the Phoenix dictionaries have them; and, to be read only, codes
# of ISO before a change of name or constitution, and those that GDELT's look-up gives to the parts of Palestine.
CAMEO = {"XKX": "KSV", "TLS": "TMP"}
CAMEO_OTHER = {
    "ROU": ["ROM"], "TLS": ["TLS"], "COD": ["ZAR"], "SRB": ["YUG"], "XKX": ["XKX", "KOS"], "PSE": ["WSB", "GZS"],
}  # fmt: skip
# Names of ICEWS that belong to a dependency whose CAMEO code is that of its owner, or under a code of its own.
ICEWS_ISO = {
    "Antarctica": "ATA", "Mayotte": "MYT", "Saint Barthelemy": "BLM", "Jersey": "JEY", "American Samoa": "ASM",
    "Kosovo": "XKX", "Serbia and Montenegro": "SCG",
    "British Virgin Islands": "VGB", "Faeroe Islands": "FRO", "Faroe Islands": "FRO", "Falkland Islands": "FLK",
    "French Guiana": "GUF", "French Polynesia": "PYF", "Gibraltar": "GIB", "Greenland": "GRL", "Guadeloupe": "GLP",
    "Guam": "GUM", "Isle Of Man": "IMN", "Montserrat": "MSR", "Netherlands Antilles": "ANT", "New Caledonia": "NCL",
    "Niue": "NIU", "Norfolk Island": "NFK", "Gaza": "PSE", "Pitcairn": "PCN", "Puerto Rico": "PRI",
    "Saint Helena": "SHN", "Timor Leste": "TLS", "Timor-Leste": "TLS", "Tokelau": "TKL",
    "United States Virgin Islands": "VIR", "U.S. Virgin Islands": "VIR", "Wallis and Futuna Islands": "WLF",
    "Wallis and Futuna": "WLF",
}  # fmt: skip
# Short names of the crosswalk that name a part, or nobody's word for it.
NAMES = {
    "PSE": "Palestine",
    "COD": "Democratic Republic of the Congo",
    "COG": "Republic of the Congo",
    "VAT": "Vatican City",
}
# The name to write where ICEWS has several.
ICEWS_FIRST = {
    "Brunei", "Cook Island", "Cote d'Ivoire", "Democratic Republic of Congo", "Faroe Islands", "France", "Guinea-Bissau",
    "Macedonia", "Madagascar", "Moldova", "Occupied Palestinian Territory", "South Africa", "Russian Federation",
    "Serbia", "Tanzania", "Timor-Leste", "U.S. Virgin Islands", "United Kingdom", "Wallis and Futuna",
    "Cocos (Keeling) Islands",
}  # fmt: skip
# Countries whose GeoNames codes are not FIPS 10-4 (GeoNames: ISO codes in BE CH ME; a level of its own in GB GR).
NOT_FIPS = {"BE", "CH", "ME", "GB", "GR"}


# Words of ICEWS's sectors that say more than the CAMEO code beside them, which slips in places (a water ministry is
# LAB there, religious majorities REF, activists IGO): the first that the name holds decides. PLOVER codes.
SECTOR_WORDS = (
    ("Defense / Security Ministry", "GOV MIL", ""), ("Intelligence Ministry", "SPY", ""), ("Ministry", "GOV", ""),
    ("NGOs", "", "NGO"), ("IGOs", "", "IGO"), ("MNCs", "", "MNC"), ("Nongovernmental", "", "NGO"),
    ("State-Owned", "GOV BUS", ""), ("Business", "BUS", ""), ("Religious Court", "JUD", ""),
    ("Government Religious", "GOV REL", ""), ("Religious", "REL", ""), ("Medical / Health", "MED", ""),
    ("Elite", "ELI", ""), ("General Population", "CVL", ""), ("International Dissident", "", "ISM"),
    ("International Protestors", "", "ISM"),
)  # fmt: skip
# Whole names: farmers are BUS there; the last four stand for levels of any branch, or for peoples.
SECTOR_NAMES = {
    "Agricultural": "AGR",
    "Local": "",
    "Provincial": "",
    "Municipal": "",
    "International Ethnic": "",
}


def icews_sectors(path: Path, roles: Path) -> list[dict[str, str]]:
    """One row a sector of ICEWS that PLOVER has a code for."""
    with roles.open(encoding="utf-8", newline="") as file:
        known = {row["cameo"]: (row["kind"], row["plover"]) for row in csv.DictReader(file)}
    made = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, code, *_ = line.split("\t")
        sectors, beyond = "", ""
        for words, its_sectors, its_beyond in SECTOR_WORDS:
            if words in name:
                sectors, beyond = its_sectors, its_beyond
                break
        else:
            pieces = [known.get(code[at : at + 3], ("", "")) for at in range(0, len(code), 3)]
            sectors = " ".join(
                dict.fromkeys(plover for kind, plover in pieces if kind == "sector" and plover)
            )
            beyond = next((plover for kind, plover in pieces if kind == "beyond" and plover), "")
            sectors = "" if beyond else sectors
        sectors = SECTOR_NAMES.get(name, sectors)
        if sectors or beyond:
            made.setdefault(
                name, {"name": name, "sectors": sectors, "beyond": beyond, "source": "text_to_CAMEO"}
            )
    return [made[name] for name in sorted(made)]


def read_icews(path: Path) -> dict[str, list[str]]:
    """ISO code to the names of ICEWS, the one to write first."""
    names: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, code, *_ = line.split("\t")
        if code == "---":
            continue
        iso = ICEWS_ISO.get(name, code)
        if name not in names.setdefault(iso, []):
            names[iso].append(name)
    for found in names.values():
        found.sort(key=lambda name: name not in ICEWS_FIRST)
    return names


def read_cow(path: Path) -> dict[str, str]:
    """COW numbers of text_to_CAMEO, for the few that the crosswalk lacks."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: row[2] for row in rows if len(row) > 2 and row[2].strip("0")}


def countries(knowledge: Path) -> list[dict[str, str]]:
    """One row a country, by ISO code."""
    names, cow = read_icews(knowledge / ICEWS), read_cow(knowledge / ICEWS)
    with (knowledge / CROSSWALK).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["iso3"] != HEAD]
    first = {row["fips"].strip() for row in rows}
    made = []
    for row in sorted(rows, key=lambda row: row["iso3"]):
        iso = row["iso3"]
        fips = "" if iso in NO_FIPS else row["fips"].strip()
        other = [
            code for code in row["fips_other"].split("|") if len(code) == len("GZ") and code not in first
        ]
        icews = names.pop(iso, [])
        number = row["cow"].strip() or next((cow[name] for name in icews if iso == "XKX" and name in cow), "")
        made.append(
            {
                "iso3": iso,
                "name": NAMES.get(iso)
                or row["factbook_short"].strip()
                or row["cldr_short"].strip()
                or row["cldr_name"].strip(),
                "fips": fips,
                "fips_other": " ".join(other),
                "cow": number.split(".")[0].lstrip("0"),
                "cameo": CAMEO.get(iso, iso),
                "cameo_other": " ".join(CAMEO_OTHER.get(iso, [])),
                "icews": icews[0] if icews else "",
                "icews_other": "|".join(icews[1:]),
                "source": "country_crosswalk" + ("; text_to_CAMEO" if icews else ""),
            }
        )
    if names:
        sys.exit(f"names of ICEWS without a country: {names}")
    return made


def divisions(knowledge: Path, fips: dict[str, str]) -> list[dict[str, str]]:
    """One row a first-order division whose GeoNames code is its FIPS code (of the USA: the postal one)."""
    made = []
    for line in (knowledge / DIVISIONS).read_text(encoding="utf-8").splitlines():
        key, name, *_ = line.split("\t")
        iso2, code = key.split(".", 1)
        if iso2 in NOT_FIPS or iso2 not in fips or len(code) != len("TX"):
            continue
        if code.isdigit() or iso2 == "US":
            made.append({"fips": fips[iso2], "code": code, "name": name})
    return sorted(made, key=lambda row: (row["fips"], row["code"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--knowledge", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/dragoman/store/formats/data"))
    given = parser.parse_args()
    rows = countries(given.knowledge)
    with (given.knowledge / CROSSWALK).open(encoding="utf-8", newline="") as file:
        iso2 = {row["iso3"]: row["iso2"] for row in csv.DictReader(file)}
    codes = {iso2[row["iso3"]]: row["fips"] for row in rows if row["fips"]}
    tables = {
        "countries.csv": (COUNTRY_FIELDS, rows),
        "icews_sectors.csv": (
            SECTOR_FIELDS,
            icews_sectors(given.knowledge / AGENTS, given.out / "roles.csv"),
        ),
        "admin1.csv": (DIVISION_FIELDS, divisions(given.knowledge, codes)),
    }
    for name, (fields, table) in tables.items():
        with (given.out / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fields, lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
    built = {
        "made_by": "scripts/build_formats.py",
        "inputs": {name: digest(given.knowledge / name) for name in (CROSSWALK, ICEWS, AGENTS, DIVISIONS)},
        "outputs": {name: digest(given.out / name) for name in tables},
    }
    (given.out / "built.json").write_text(json.dumps(built, indent=2) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
