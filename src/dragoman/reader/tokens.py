"""Words as the English UD treebanks cut them, so that training and use see the same tokens.

spaCy's English tokeniser agrees with the treebanks on clitics ("do|n't", "Russia|'s") and most punctuation. Where it
differs, the rules below follow the treebanks: hyphens and slashes between letters are words of their own
("al|-|Ani", "and|/|or"), "cannot" is "can|not", abbreviations of the table keep their full stop, and a currency sign,
a per-cent sign or a unit stands apart from its number. Measured by `training/score_tokens.py`.
"""

import re

import spacy
from spacy.lang.char_classes import ALPHA, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.tokenizer import Tokenizer

# Abbreviations that spaCy's exceptions lack and the treebanks keep whole; closed classes (titles, months, firms, states).
ABBREVIATIONS = [
    "Pfc.",
    "Spc.",
    "Cpl.",
    "Pvt.",
    "Ens.",
    "Cmdr.",
    "Lieut.",
    "Rear-Adm.",
    "Gov.",
    "Sen.",
    "Rep.",
    "Gen.",
    "Lt.",
    "Col.",
    "Maj.",
    "Capt.",
    "Sgt.",
    "Adm.",
    "Cmdr.",
    "Cpl.",
    "Pvt.",
    "Brig.",
    "Hon.",
    "Pres.",
    "Amb.",
    "Sec.",
    "Supt.",
    "Insp.",
    "Det.",
    "Msgr.",
    "No.",
    "Nos.",
    "Vol.",
    "Art.",
    "Fig.",
    "Sgt.",
    "Ave.",
    "Blvd.",
    "Rd.",
    "Hwy.",
    "Sq.",
    "Mt.",
    "Ft.",
    "Pt.",
    "Co.",
    "Corp.",
    "Inc.",
    "Ltd.",
    "Bros.",
    "Dept.",
    "Univ.",
    "Assn.",
    "Intl.",
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "Aug.",
    "Sep.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
    "Mon.",
    "Tue.",
    "Tues.",
    "Wed.",
    "Thu.",
    "Thur.",
    "Thurs.",
    "Fri.",
    "Sat.",
    "Sun.",
    "Ala.",
    "Ariz.",
    "Ark.",
    "Calif.",
    "Colo.",
    "Conn.",
    "Del.",
    "Fla.",
    "Ga.",
    "Ill.",
    "Ind.",
    "Kan.",
    "Ky.",
    "La.",
    "Md.",
    "Mass.",
    "Mich.",
    "Minn.",
    "Miss.",
    "Mo.",
    "Mont.",
    "Neb.",
    "Nev.",
    "Okla.",
    "Ore.",
    "Pa.",
    "Penn.",
    "Tenn.",
    "Tex.",
    "Va.",
    "Vt.",
    "Wash.",
    "Wis.",
    "Wyo.",
    "U.S.",
    "U.N.",
    "U.K.",
    "U.S.A.",
    "E.U.",
    "D.C.",
    "N.Y.",
    "L.A.",
    "P.M.",
    "A.M.",
    "a.m.",
    "p.m.",
    "Ph.D.",
    "M.D.",
    "U.A.E.",
    "D.R.C.",
    "vs.",
    "etc.",
    "e.g.",
    "i.e.",
    "cf.",
    "approx.",
    "est.",
    "St.",
    "Jr.",
    "Sr.",
    "Dr.",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Messrs.",
    "Prof.",
    "Rev.",
    "Fr.",
]
SPLIT_WORDS = {"cannot": ("can", "not"), "Cannot": ("Can", "not"), "and/or": ("and", "/", "or")}
WHOLE_WORDS = ("e-mail", "e-mails", "E-mail", "E-mails")
# Prefixes that the treebanks leave joined by their hyphen ("anti-government"); "self-", "vice-" stand apart.
JOINED = ("anti", "pro", "non", "re", "co", "mid", "pre", "post", "ex", "counter", "multi", "semi")
_NOT_JOINED = "".join(rf"(?<!\b(?i:{prefix}))" for prefix in JOINED)
_RUNS = r"(?:[!?]{2,}|={2,}|\*{2,}|_{2,}|-{3,}|#{2,}|~{2,}|<{2,}|>{2,}|\.{2,})"  # "!!!" is one word

_INFIXES = [
    *LIST_ELLIPSES,
    *LIST_ICONS,
    r"(?<=[0-9])[+*^](?=[0-9-])",
    rf"(?<=[{ALPHA}{CONCAT_QUOTES}])\.(?=[{ALPHA}{CONCAT_QUOTES}][{ALPHA}])(?<![A-Z]\.)(?<!www\.)(?=[A-Z][a-z])",
    rf"(?<=[{ALPHA}0-9]),(?=[{ALPHA}])",
    rf"(?<=[{ALPHA}0-9])(?:--|---|–|—|~)(?=[{ALPHA}0-9])",
    rf"(?<=[{ALPHA}0-9]){_NOT_JOINED}-(?=[{ALPHA}0-9])",
    r"(?<=[A-Z]\.)-(?=[A-Za-z])",  # "U.S.|-|led"
    rf"(?<=[{ALPHA}0-9\"”’'])(?:--|---|–|—)(?=[{ALPHA}0-9\"“‘'])",
    rf"(?<=[{ALPHA}0-9])[:<>=](?=[{ALPHA}])",
    rf"(?<=[{ALPHA}])/(?=[{ALPHA}])",
    r"(?<=[0-9])(?=(?:km|kg|mm|cm|am|pm|bn|mph|GB|MB|%)\b)",
]


def make_tokenizer(nlp: Language) -> Tokenizer:
    """Build the tokeniser for a blank English pipeline."""
    defaults = nlp.Defaults
    infixes = spacy.util.compile_infix_regex(_INFIXES)
    prefixes = spacy.util.compile_prefix_regex(
        [_RUNS, *(defaults.prefixes or ()), r"[-–—]+(?=[A-Za-z0-9\"“‘'])"]
    )
    suffixes = spacy.util.compile_suffix_regex([_RUNS, *(defaults.suffixes or ()), r"[-–—]+", r"(?<=[0-9])%"])
    rules = {
        key: value for key, value in (defaults.tokenizer_exceptions or {}).items() if _wanted(key, value)
    }
    tokenizer = Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=prefixes.search,
        suffix_search=suffixes.search,
        infix_finditer=infixes.finditer,
        token_match=re.compile(r"^(?:[A-Za-z]\.){2,}$").match,
        url_match=defaults.url_match,
    )
    for word in (*ABBREVIATIONS, *WHOLE_WORDS):
        tokenizer.add_special_case(word, [{ORTH: word}])
    for word, parts in SPLIT_WORDS.items():
        tokenizer.add_special_case(word, [{ORTH: part} for part in parts])
    return tokenizer


def _wanted(key: str, value: list[dict[int, str]]) -> bool:
    """Leave out spaCy's exceptions for lost apostrophes ("Im", "Ill", "Shed"): in news these are names and words."""
    return len(value) == 1 or any(mark in key for mark in "'’.") or key.lower() in _LOOSE


_LOOSE = frozenset(
    ("gonna", "gotta", "dont", "didnt", "doesnt", "cant", "wont", "isnt", "wasnt", "arent", "cannot")
)
