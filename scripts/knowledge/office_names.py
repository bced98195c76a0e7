"""What an office is from its English title: key and sectors. First matching row wins."""

import re

# (pattern, office_key, sectors). An office_key marks the single seat that texts name; "" where there are many seats.
PATTERNS: tuple[tuple[str, str, str], ...] = (
    (r"^first lady|^first gentleman|^spouse", "", "ELI"),
    (r"spokes", "spokesperson", "GOV"),
    (r"\bbank\b|monetary authority|federal reserve", "central bank governor", "GOV"),
    (r"leader of the opposition|shadow ", "opposition leader", "OPP LEG"),
    (r"ambassador|high commissioner to|permanent representative|charg|consul\b|nuncio|^representative to", "", "GOV"),
    (r"\b(deputy|vice|assistant|acting deputy|under-?secretary|junior|parliamentary secretary|secretary general of the ministry)\b.*"
     r"(speaker|senate|assembly|parliament|chamber|congress)", "", "LEG"),
    (r"(deputy|assistant|vice)[- ]+(chief|commander).*(staff|army|navy|air force|defen[cs]e|armed forces)", "", "MIL"),
    (r"(first |second |third )?vice[- ]president of the (republic|state|government)|^(first |second |third |executive )?vice[- ]presidents?\b(?!.*(senate|assembly|parliament|chamber|court|council|commission|bank))",
     "vice president", "GOV"),
    (r"(deputy|vice)[- ]+(prime[- ]minister|premier|chancellor|chairman of the (government|cabinet|council of ministers))|vice[- ]premier|deputy prime ministers|tánaiste",
     "deputy prime minister", "GOV"),
    (r"(deputy|vice|assistant|junior|state secretary|under-?secretary|parliamentary secretary|minister of state|secretary of state for|minister delegate|delegate)"
     r".*(foreign|external)", "deputy foreign minister", "GOV"),
    (r"\b(judge|justice of|chief justice|associate justice|supreme court|constitutional court|court of|magistrate|lord chief justice)\b|president of the .*court", "", "JUD"),
    (r"^(attorney[- ]general|prosecutor[- ]general|public prosecutor|chief prosecutor|director of public prosecutions|solicitor[- ]general|ombudsman|general prosecutor|procurator)", "prosecutor general", "JUD"),
    (r"speaker|(president|chair(man|person|woman)?|leader|chairperson) of the (house|senate|national assembly|parliament|chamber|congress|legislative|federal council|state duma|knesset|people's|riksdag|sejm|bundestag|national council|assembly|council of states|council of the federation|supreme council|majlis|federation council|national people's congress|standing committee)",
     "speaker", "LEG"),
    (r"^(member of (the )?(parliament|house|senate|national assembly)|senator|deputy of)|majority leader|minority leader|whip\b", "", "LEG"),
    (r"secretary-general of (the )?(united nations|nato|asean|arab league|commonwealth)", "head", ""),
    (r"^(deputy|vice|assistant|junior|associate) .*|^(first|second|senior)? ?deputy\b.*|minister of state\b.*|state secretary.*|under-?secretary.*|parliamentary secretary.*|minister delegate.*", "", "GOV"),
    (r"chief of (the )?(general staff|defen[cs]e( staff| force)?|army|air|naval|navy|military|staff of the (army|navy|air|armed))|chair(man)? of the (joint )?chiefs|commander[- ]in[- ]chief|commander of the (army|navy|air|armed|defen)|chiefs? of staff of the (army|armed|navy|air)|chief of (army|air|naval|defen)|adjutant general|supreme allied commander|chief of general staff",
     "army chief", "MIL"),
    (r"police|gendarmerie|carabinieri", "police chief", "COP"),
    (r"(director|head|chief).*(intelligence|security service|secret service|mossad|shin bet|federal security)|director of central intelligence", "intelligence chief", "SPY"),
    (r"^(transitional |interim |acting |state )?president( of the (republic|state|country|russian federation|united states.*|swiss confederation|government of national.*|transition.*))?$|^president of (?-i:[A-Z])(?!.*(bank|court|council|commission|chamber|senate|assembly|agency|academy|institute|university|board|authority|committee|association|company|fund|federation of|union))|^president \(|^president and (prime|head|commander|supreme|chair|minister)|chairman of the presidential (leadership )?council|^chief of state|head of state|chairman of the presidency|^president of the (islamic republic|people's republic|federa|confedera|national council for|state affairs|transitional|sovereign|military council|presidential|supreme political)",
     "president", "GOV"),
    (r"^(sultan|amir|emir|king|queen|emperor|grand duke|prince|sovereign prince|monarch|paramount ruler|yang di|co-prince|ruler)\b", "monarch", "GOV"),
    (r"supreme leader|^taliban leader|^amir al-mu", "supreme leader", "GOV"),
    (r"prime minister|^(state )?premier\b|^(federal )?chancellor$|^chancellor of (germany|austria)|taoiseach|^president of the (government|council of ministers|council$)|chair(man|person) of the (council of ministers|cabinet|government)|^head of government|minister-president|^chief adviser|president of the government",
     "prime minister", "GOV"),
    (r"governor[- ]general", "governor general", "GOV"),
    (r"foreign|external (affairs|relations)|^secretary of state$|^united states secretary of state", "foreign minister", "GOV"),
    (r"\b(defen[cs]e|war|armed forces)\b", "defence minister", "GOV"),
    (r"interior|internal affairs|home (affairs|secretary|department)|homeland security|public security|^minister of (security|police|national security)", "interior minister", "GOV"),
    (r"financ|treasury|exchequer|^treasurer|^minister (of|for) (the )?econom", "finance minister", "GOV"),
    (r"minister (of|for) (the )?justice|justice minister|minister of legal|secretary of justice", "justice minister", "GOV"),
    (r"patriarch|archbishop|bishop|^pope|grand mufti", "", "REL"),
    (r"minister|secretary|governor|mayor|director|commissioner|administrator|chair|president|premier|prefect|councill?or|adviser|advisor|head|chief|member|treasurer|controller|comptroller|auditor|lord|whip|government|office|envoy|representative|coordinator|chancellor|superintendent|board", "", "GOV"),
)  # fmt: skip
_COMPILED = [(re.compile(pattern, re.IGNORECASE), key, sectors) for pattern, key, sectors in PATTERNS]
# One person at a time in a state: an open term ends where the next one begins.
SINGLE_SEATS = frozenset({
    "president", "prime minister", "foreign minister", "defence minister", "interior minister", "finance minister",
    "justice minister", "monarch", "supreme leader", "head", "governor general",
})  # fmt: skip


def office_of(title: str) -> tuple[str, str]:
    """(office_key, sectors) of an office title; ("", "GOV") where no pattern fits."""
    plain = title.strip()
    for pattern, key, sectors in _COMPILED:
        if pattern.search(plain):
            return key, sectors
    return "", "GOV"
