"""PLOVER's sectors by code and name, for messages; a test holds them equal to the codebook's."""

from typing import Final

# Source: PLOVER manual 2024, table "Sector Codes".
SECTORS: Final = {
    "AGR": "Agriculture", "BUS": "Business", "COP": "Police", "CRM": "Criminals", "CVL": "Civilians",
    "EDU": "Education", "ELI": "Elites", "GOV": "Government", "JRN": "Journalists", "JUD": "Judiciary",
    "LAB": "Labour", "LEG": "Legislature", "MED": "Medical", "MIL": "Military", "OPP": "Opposition",
    "PRE": "Partially recognised entity", "PRM": "Paramilitary", "PTY": "Party", "REB": "Rebels",
    "REF": "Refugees", "REL": "Religion", "SOC": "Civil society", "SPY": "Intelligence",
    "UAF": "Unidentified armed force", "UNK": "Unknown",
}  # fmt: skip
# Whoever leaves such a service is a former official (ELI) from the next day on.
OFFICIAL: Final = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})
